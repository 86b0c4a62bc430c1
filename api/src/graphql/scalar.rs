//! The custom scalars. Inside input objects they take any string, so that a wrong one becomes a user error with
//! its path; as arguments of fields they are read by [`read`] and refused as `BAD_INPUT`.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{NaiveDate, SecondsFormat, Utc};

use super::error::{GqlError, Result};
use crate::domain::edit::Parsed;

/// Declares a scalar that is a string on the wire.
macro_rules! string_scalar {
    ($(#[$meta:meta])* $name:ident, $wire:literal, $url:literal) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(pub String);

        $(#[$meta])*
        #[Scalar(name = $wire, specified_by_url = $url)]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                match value {
                    Value::String(text) => Ok(Self(text)),
                    value => Err(InputValueError::expected_type(value)),
                }
            }
            fn is_valid(value: &Value) -> bool {
                matches!(value, Value::String(_))
            }
            fn to_value(&self) -> Value {
                Value::String(self.0.clone())
            }
        }
    };
}

string_scalar! {
    /// A moment in time with an offset, RFC 3339: `2026-07-30T09:00:00+01:00`. Inputs accept any offset, the years
    /// 1900 to 2200, and are cut to whole microseconds. Outputs are in UTC (`Z`) unless a field says otherwise.
    DateTime, "DateTime", "https://scalars.graphql.org/andimarek/date-time"
}
string_scalar! {
    /// A calendar day without a zone, `2026-07-30`, from 1900 to 2200. An awareness day is a `Date`: it begins at midnight wherever the reader is.
    Date, "Date", "https://www.rfc-editor.org/rfc/rfc3339#section-5.6"
}
string_scalar! {
    /// IANA time zone name, `Europe/London`. Offsets and abbreviations are refused.
    TimeZone, "TimeZone", "https://www.iana.org/time-zones"
}
string_scalar! {
    /// BCP 47 language tag, `en`, `cy`, `fa`, canonical case. At most 35 characters.
    LanguageTag, "LanguageTag", "https://www.rfc-editor.org/info/bcp47"
}
string_scalar! {
    /// An exact decimal as a string, `"38.7"`, of at most 20 digits. Never a binary float.
    Decimal, "Decimal", "https://www.w3.org/TR/xmlschema11-2/#decimal"
}
string_scalar! {
    /// Absolute URL, at most 2,000 characters. `https` unless the site runs on loopback.
    #[allow(clippy::upper_case_acronyms, reason = "the contract's name")]
    URL, "URL", "https://url.spec.whatwg.org/"
}
string_scalar! {
    /// Sanitised HTML that is safe to insert into a page as it is.
    #[allow(clippy::upper_case_acronyms, reason = "the contract's name")]
    HTML, "HTML", "https://html.spec.whatwg.org/"
}

/// Any JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json(pub serde_json::Value);

/// Any JSON value (CSL-JSON, JSON-LD).
#[Scalar(name = "JSON", specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259")]
impl ScalarType for Json {
    fn parse(value: Value) -> InputValueResult<Self> {
        Ok(Self(value.into_json()?))
    }
    fn to_value(&self) -> Value {
        // Whatever is JSON is a value.
        Value::from_json(self.0.clone()).unwrap_or_default()
    }
}

impl From<chrono::DateTime<Utc>> for DateTime {
    fn from(at: chrono::DateTime<Utc>) -> Self {
        Self(at.to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self(day.to_string())
    }
}

/// Reads the argument at a path.
///
/// # Errors
/// `BAD_INPUT` naming the argument.
pub fn read<T>(path: &[&str], text: &str, parse: impl FnOnce(&str) -> Parsed<T>) -> Result<T> {
    parse(text).map_err(|(_, message)| GqlError::bad_input(path, message))
}
