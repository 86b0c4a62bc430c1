//! Numbers as the readers of a language write them: digits, separators and patterns by Unicode CLDR.
//!
//! Every number comes from the text of a decimal and keeps each digit that was published: nothing here rounds,
//! pads or goes through a float.

use super::language::primary;
use entity::Decimal;
use entity::statistic::{self, StatisticUnit};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal as Digits;
use icu_experimental::dimension::currency::CurrencyType;
use icu_experimental::dimension::currency::formatter::CurrencyFormatter;
use icu_experimental::dimension::percent::formatter::PercentFormatter;
use icu_experimental::dimension::units::categorized_formatter::CategorizedFormatter;
use icu_experimental::dimension::units::options::Width;
use icu_experimental::measure::category::Duration;
use icu_locale::Locale;
use icu_locale::extensions::unicode;

/// What stands between a number and a code: they stay on one line.
const NO_BREAK_SPACE: char = '\u{a0}';

/// What a number is measured in.
#[derive(Clone, Copy, Debug)]
pub struct Measure<'a> {
    /// The unit.
    pub unit: StatisticUnit,
    /// For `RATE`: per how many.
    pub per: Option<i32>,
    /// For `CURRENCY`: ISO 4217.
    pub currency: Option<&'a str>,
}

impl<'a> Measure<'a> {
    /// What the figures of a statistic are measured in.
    #[must_use]
    pub fn of(row: &'a statistic::Model) -> Self {
        Self { unit: row.unit, per: row.per, currency: row.currency.as_deref() }
    }
}

/// A number with its unit, as the readers of a language write it: `49%`, `49 %`, `۴۹٪`, `£1,200`, `12.3 per 100,000`,
/// `4 years`. Counts, ratios and other units are the number alone. A tag that CLDR does not know is written as CLDR's root.
#[must_use]
pub fn formatted(language: &str, value: Decimal, measure: Measure<'_>) -> String {
    let Measure { unit, per, currency } = measure;
    match (unit, per, currency) {
        (StatisticUnit::Percent, ..) => percent(language, value),
        (StatisticUnit::Rate, Some(per), _) => rate(language, value, per),
        (StatisticUnit::Currency, _, Some(code)) => money(language, value, code),
        (StatisticUnit::Years, ..) => years(language, value),
        _ => number(language, value),
    }
}

/// The number alone: `12,345.6`, `12 345,6`.
#[must_use]
pub fn number(language: &str, value: Decimal) -> String {
    plain(&locale(language), &digits(value))
}

/// A percentage.
///
/// The formatter takes the percent sign of Western digits for every numbering system. The digits of Arabic and of
/// Persian, Pashto and Urdu have signs of their own in CLDR (`numbers/symbols-numberSystem-arab` and `-arabext`).
#[must_use]
pub fn percent(language: &str, value: Decimal) -> String {
    let (locale, value) = (locale(language), digits(value));
    let number = plain(&locale, &value);
    match number.chars().find(|c| c.is_numeric()) {
        Some('\u{660}'..='\u{669}') => return format!("{number}\u{66a}\u{61c}"),
        Some('\u{6f0}'..='\u{6f9}') => return format!("{number}\u{66a}"),
        _ => {}
    }
    PercentFormatter::try_new((&locale).into(), <_>::default())
        .map_or_else(|_| format!("{number}%"), |formatter| formatter.format(&value).to_string())
}

/// The number with a plus, or with a minus (U+2212) instead of the hyphen, for differences. `write` gets it without its sign.
#[must_use]
pub fn signed(language: &str, value: Decimal, write: impl FnOnce(Decimal) -> String) -> String {
    let is_rtl = super::language::LanguageTag::parse(language).is_some_and(|tag| tag.is_rtl());
    // Keeps the sign before its number where the text runs from right to left.
    let mark = if is_rtl { "\u{200e}" } else { "" };
    let written = write(Decimal(value.0.abs()));
    match (value.0.is_zero(), value.0.is_sign_negative()) {
        (true, _) => written,
        (_, true) => format!("{mark}\u{2212}{written}"),
        _ => format!("{mark}+{written}"),
    }
}

/// The exact number that plural rules and formatters read.
pub(super) fn digits(value: Decimal) -> Digits {
    // Both write plain digits, so that this never fails.
    value.to_string().parse().unwrap_or_default()
}

/// The locale of a language tag; the root for what is none.
pub(super) fn locale(language: &str) -> Locale {
    language.parse().unwrap_or(Locale::UNKNOWN)
}

fn plain(locale: &Locale, value: &Digits) -> String {
    DecimalFormatter::try_new(locale.into(), <_>::default())
        .map_or_else(|_| value.to_string(), |formatter| formatter.format(value).to_string())
}

/// How many per so many. CLDR has no pattern for that; languages without words here get a stroke.
fn rate(language: &str, value: Decimal, per: i32) -> String {
    let (value, per) = (number(language, value), number(language, Decimal(per.into())));
    match primary(language) {
        "ar" => format!("{value} لكل {per}"),
        "cy" => format!("{value} fesul {per}"),
        "de" => format!("{value} je {per}"),
        "en" => format!("{value} per {per}"),
        "fa" => format!("{value} در هر {per}"),
        "fr" => format!("{value} pour {per}"),
        "pl" => format!("{value} na {per}"),
        _ => format!("{value} / {per}"),
    }
}

/// An amount with the currency's symbol where the language has one, else with its code.
///
/// The formatter rounds to the places that the currency has. So it writes a sample, in which the published digits
/// then take the sample's place.
fn money(language: &str, value: Decimal, code: &str) -> String {
    let (locale, mut sample) = (locale(language), Digits::from(1));
    let amount = digits(value);
    sample.sign = amount.sign;
    let number = plain(&locale, &digits(Decimal(value.0.abs())));
    let currency = code.parse::<unicode::Value>().ok().and_then(|code| CurrencyType::try_from(code).ok());
    let formatter = currency
        .and_then(|code| CurrencyFormatter::try_new_symbol((&locale).into(), code, <_>::default()).ok());
    let written = formatter.and_then(|formatter| {
        let written = formatter.format_fixed_decimal(&sample).to_string();
        (0..=4).rev().find_map(|places| {
            let mut one = Digits::from(1);
            one.absolute.pad_end(-places);
            let one = plain(&locale, &one);
            written.contains(&one).then(|| written.replacen(&one, &number, 1))
        })
    });
    written.unwrap_or_else(|| format!("{code}{NO_BREAK_SPACE}{}", plain(&locale, &amount)))
}

fn years(language: &str, value: Decimal) -> String {
    let (locale, value) = (locale(language), digits(value));
    CategorizedFormatter::try_new_outlier((&locale).into(), Duration::year(), Width::Long.into()).map_or_else(
        |_| plain(&locale, &value),
        |formatter| formatter.format_fixed_decimal(&value).to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    fn written(language: &str, value: &str, unit: StatisticUnit) -> String {
        formatted(language, decimal(value), Measure { unit, per: Some(100_000), currency: Some("GBP") })
    }

    #[test]
    fn percentages_have_the_code_points_of_cldr() {
        for (language, value, golden) in [
            ("en", "49", "49%"),
            ("cy", "49", "49%"),
            ("pl", "49", "49%"),
            ("fr", "49", "49\u{a0}%"),
            ("de", "49", "49\u{a0}%"),
            ("tr", "49", "%49"),
            ("fa", "49", "\u{6f4}\u{6f9}\u{66a}"),
            ("ps", "49", "\u{6f4}\u{6f9}\u{66a}"),
            ("ar-EG", "49", "\u{664}\u{669}\u{66a}\u{61c}"),
            ("de", "38.7", "38,7\u{a0}%"),
            ("fa", "38.7", "\u{6f3}\u{6f8}\u{66b}\u{6f7}\u{66a}"),
            ("en", "49.0", "49.0%"),
            ("en", "-0.30", "-0.30%"),
            ("qqq", "49", "49%"),
        ] {
            assert_eq!(percent(language, decimal(value)), golden, "{language} {value}");
        }
    }

    #[test]
    fn every_published_digit_is_kept_and_none_added() {
        assert_eq!(number("en", decimal("12345678901234567890")), "12,345,678,901,234,567,890");
        assert_eq!(number("en", decimal("0.12345678901234567890")), "0.12345678901234567890");
        assert_eq!(number("en", Decimal(decimal("0.1").0 + decimal("0.2").0)), "0.3");
        assert_eq!(percent("en", decimal("12345678901234567.895")), "12,345,678,901,234,567.895%");
        assert_eq!(written("en", "1200.125", StatisticUnit::Currency), "£1,200.125");
    }

    #[test]
    fn counts_are_grouped_as_the_language_groups() {
        for (language, golden) in [
            ("en", "1,234,567"),
            ("de", "1.234.567"),
            ("fr", "1\u{202f}234\u{202f}567"),
            ("pl", "1\u{a0}234\u{a0}567"),
            ("hi", "12,34,567"),
        ] {
            assert_eq!(written(language, "1234567", StatisticUnit::Count), golden, "{language}");
        }
        assert_eq!(written("pl", "1234", StatisticUnit::Count), "1234");
        assert_eq!(written("en", "0.75", StatisticUnit::Ratio), "0.75");
    }

    #[test]
    fn money_keeps_its_digits_and_finds_its_symbol() {
        for (language, value, golden) in [
            ("en", "5", "£5"),
            ("en", "-1200.5", "-£1,200.5"),
            ("en", "1.00", "£1.00"),
            ("de", "1200", "1.200\u{a0}£"),
            ("fr", "1", "1\u{a0}£GB"),
            ("cy", "2.50", "£2.50"),
            ("fa", "49", "\u{200e}£\u{6f4}\u{6f9}"),
        ] {
            assert_eq!(written(language, value, StatisticUnit::Currency), golden, "{language} {value}");
        }
        let odd = Measure { unit: StatisticUnit::Currency, per: None, currency: Some("XQX") };
        assert_eq!(formatted("en", decimal("5.5"), odd), "XQX\u{a0}5.5");
        let yen = Measure { currency: Some("JPY"), ..odd };
        assert_eq!(formatted("en", decimal("1.5"), yen), "¥1.5");
    }

    #[test]
    fn a_rate_says_per_how_many() {
        assert_eq!(written("en", "12.3", StatisticUnit::Rate), "12.3 per 100,000");
        assert_eq!(written("cy", "12.3", StatisticUnit::Rate), "12.3 fesul 100,000");
        assert_eq!(written("de-AT", "12.3", StatisticUnit::Rate), "12,3 je 100\u{a0}000");
        assert_eq!(written("tr", "12.3", StatisticUnit::Rate), "12,3 / 100.000");
    }

    #[test]
    fn years_are_counted_in_the_plural_of_the_language() {
        assert_eq!(written("en", "1", StatisticUnit::Years), "1 year");
        assert_eq!(written("en", "1.0", StatisticUnit::Years), "1.0 years");
        assert_eq!(written("cy", "3", StatisticUnit::Years), "3 blynedd");
        assert_eq!(written("pl", "4", StatisticUnit::Years), "4 lata");
    }

    #[test]
    fn differences_carry_a_real_minus() {
        let points = |value| signed("en", decimal(value), |value| number("en", value));
        assert_eq!(
            (points("-10"), points("0.5"), points("0")),
            ("\u{2212}10".into(), "+0.5".into(), "0".into())
        );
    }
}
