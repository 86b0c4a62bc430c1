//! Values that inputs bring as text: parsed once, kept in one form.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use entity::Decimal;
use url::{Host, Url};

use super::edit::Parsed;
use super::language::LanguageTag;
use super::problem::ProblemCode;

/// The longest URL that is kept.
const MAX_URL: usize = 2_000;

fn invalid<T>(message: impl Into<String>) -> Parsed<T> {
    Err((ProblemCode::Invalid, message.into()))
}

/// An absolute `https` URL without credentials, in its normal form. `http` is taken for loopback only.
///
/// # Errors
/// Code and words for the person who typed it, here and below.
pub fn url(text: &str) -> Parsed<String> {
    let text = text.trim();
    if text.len() > MAX_URL {
        return Err((ProblemCode::TooLong, format!("A URL may have at most {MAX_URL} characters.")));
    }
    let Ok(url) = Url::parse(text) else {
        return invalid("This is no absolute URL, such as https://example.org/page.");
    };
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback) {
        return invalid("Only https URLs are taken.");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return invalid("A URL must not contain a user name or password.");
    }
    Ok(url.into())
}

/// A calendar day, `2026-07-30`, from 1900 to 2200.
pub fn date(text: &str) -> Parsed<NaiveDate> {
    use chrono::Datelike;
    match NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d") {
        Ok(date) if text.trim().len() == 10 && (1900..=2200).contains(&date.year()) => Ok(date),
        Ok(_) => Err((ProblemCode::OutOfRange, "A date lies between 1900-01-01 and 2200-12-31.".into())),
        Err(_) => invalid("This is no date, such as 2026-07-30."),
    }
}

/// A moment with an offset (RFC 3339), from 1900 to 2200, cut to whole microseconds.
pub fn instant(text: &str) -> Parsed<DateTime<Utc>> {
    use chrono::Datelike;
    match DateTime::parse_from_rfc3339(text.trim()) {
        // Through microseconds, which have no leap second: databases and cursors know none.
        Ok(at) if (1900..=2200).contains(&at.year()) => {
            Ok(DateTime::from_timestamp_micros(at.timestamp_micros())
                .unwrap_or_else(|| at.with_timezone(&Utc)))
        }
        Ok(_) => Err((ProblemCode::OutOfRange, "A moment lies between the years 1900 and 2200.".into())),
        Err(_) => invalid("This is no moment with an offset, such as 2026-07-30T09:00:00+01:00."),
    }
}

/// A moment that can be asked about, from 1970 to 2200.
pub fn moment(text: &str) -> Parsed<DateTime<Utc>> {
    use chrono::Datelike;
    match instant(text) {
        Ok(at) if at.year() < 1970 => out_of_reach(),
        Err((ProblemCode::OutOfRange, _)) => out_of_reach(),
        read => read,
    }
}

fn out_of_reach<T>() -> Parsed<T> {
    Err((ProblemCode::OutOfRange, "This lies between the years 1970 and 2200.".into()))
}

/// An IANA time zone, `Europe/London`; no offsets, no abbreviations.
pub fn time_zone(text: &str) -> Parsed<Tz> {
    match text.trim().parse::<Tz>() {
        Ok(zone) if zone == Tz::UTC => Ok(zone),
        // `Etc/GMT+5` is an offset, and a confusing one.
        Ok(zone) if zone.name().contains('/') && !zone.name().starts_with("Etc/GMT") => Ok(zone),
        _ => invalid("This is no IANA time zone, such as Europe/London."),
    }
}

/// A BCP 47 language tag.
pub fn language(text: &str) -> Parsed<LanguageTag> {
    LanguageTag::parse(text.trim())
        .map_or_else(|| invalid("This is no BCP 47 language tag, such as en or cy."), Ok)
}

/// An exact decimal in plain digits, `38.7` or `-4`; trailing zeros are kept, since they say how exact it is. At most 20 digits.
pub fn decimal(text: &str) -> Parsed<Decimal> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return invalid("This is no plain decimal, such as 38.7.");
    }
    if digits.bytes().filter(u8::is_ascii_digit).count() > 20 {
        return Err((ProblemCode::TooLong, "A number may have at most 20 digits.".into()));
    }
    text.parse().map_or_else(|_| invalid("This is no plain decimal, such as 38.7."), Ok)
}

/// A whole number within bounds.
pub fn between(number: i32, least: i32, most: i32) -> Parsed<i32> {
    if (least..=most).contains(&number) {
        Ok(number)
    } else {
        Err((ProblemCode::OutOfRange, format!("This must be between {least} and {most}.")))
    }
}

/// A site path, `/news/2019/07/30`: rooted, without query, fragment, dot segments or white space.
pub fn path(text: &str) -> Parsed<String> {
    let text = text.trim();
    let is_rooted = text.starts_with('/') && !text.starts_with("//");
    let is_plain =
        !text.contains(['?', '#', '\\']) && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    let is_flat = !text.split('/').any(|segment| matches!(segment, "." | ".."));
    if text.len() > 500 {
        return Err((ProblemCode::TooLong, "A path may have at most 500 characters.".into()));
    }
    if !(is_rooted && is_plain && is_flat) {
        return invalid("This is no site path, such as /news/2019/07/30.");
    }
    Ok(if text.len() > 1 { text.trim_end_matches('/').to_owned() } else { text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_safe_urls_are_taken() {
        assert_eq!(url("https://Example.org").as_deref(), Ok("https://example.org/"));
        assert!(url("http://127.0.0.1:8080/a").is_ok());
        for text in [
            "javascript:alert(1)",
            "http://example.org",
            "https://a:b@example.org",
            "/path",
            "data:text/html,x",
            "",
        ] {
            assert!(url(text).is_err(), "{text}");
        }
    }

    #[test]
    fn decimals_keep_every_digit() {
        for text in ["49", "38.7", "49.0", "12345678901234567890", "0.1", "-0.30"] {
            assert_eq!(decimal(text).map(|value| value.to_string()), Ok(text.to_owned()));
        }
        for text in ["1e3", "1,5", ".5", "5.", "NaN", "", "--1", "123456789012345678901"] {
            assert!(decimal(text).is_err(), "{text}");
        }
    }

    #[test]
    fn absurd_dates_are_refused() {
        assert!(date("2026-07-30").is_ok());
        for text in ["2026-02-30", "0001-01-01", "9999-01-01", "2026-7-3", "today"] {
            assert!(date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn zones_are_names_and_not_offsets() {
        assert!(time_zone("Europe/London").is_ok() && time_zone("UTC").is_ok());
        for text in ["GMT+1", "BST", "+01:00", "EST", "Mars/Olympus"] {
            assert!(time_zone(text).is_err(), "{text}");
        }
    }

    #[test]
    fn paths_are_rooted_and_flat() {
        assert_eq!(path("/news/2019/").as_deref(), Ok("/news/2019"));
        for text in ["news", "//evil.example", "/a/../b", "/a?b", "/a b"] {
            assert!(path(text).is_err(), "{text}");
        }
    }
}
