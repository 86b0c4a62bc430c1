//! Telephone numbers: what is one, how it is dialled, and what its prefix says of its cost.
//!
//! A number is taken if libphonenumber calls it valid, if it is a known short number, or if it lies in a range that
//! Ofcom keeps for drama, which libphonenumber calls invalid.

use entity::contact_channel::CallCost;
use phonenumber::metadata::DATABASE;
use phonenumber::{Type, country};

use super::edit::Parsed;
use super::problem::ProblemCode;

/// The country of numbers in national form, unless it is said.
pub const DEFAULT_COUNTRY: &str = "GB";

/// A number that can be dialled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// E.164, `+441632960123`; none for short numbers.
    pub e164: Option<String>,
    /// What to dial: E.164, or the digits of a short number.
    pub dial_string: String,
    /// ISO 3166-1 of where it belongs.
    pub country: String,
}

/// Harmonised short numbers of the European numbering area: emergencies, and lines of social value.
const EUROPEAN: &[&str] = &["112", "116000", "116006", "116111", "116117", "116123"];
/// Short numbers of the United Kingdom: emergencies, police, power cuts, health, fraud.
const BRITISH: &[&str] = &["101", "105", "111", "119", "159", "999"];
/// Those of them that cost nothing to call, 116 aside.
const FREE: &[&str] = &["101", "105", "111", "112", "119", "999"];
/// Kept for drama, without their last three digits, and the range of these.
const DRAMA: &[&str] = &["+441632960", "+447700900", "+448081570"];

/// A country by its two letters, in capitals.
///
/// # Errors
/// Code and words for the person who typed it, here and below.
pub fn country(text: &str) -> Parsed<String> {
    let text = text.trim().to_ascii_uppercase();
    match text.parse::<country::Id>() {
        Ok(_) => Ok(text),
        Err(_) => Err((
            ProblemCode::Invalid,
            "This is no country by its two letters (ISO 3166-1), such as GB.".into(),
        )),
    }
}

/// A number as people write it, with spaces, hyphens, full stops, slashes and brackets between its digits. `country` is
/// where a number in national form belongs; `is_text` also takes the short codes that texts are sent to.
pub fn parse(text: &str, country: &str, is_text: bool) -> Parsed<Number> {
    let dialled = digits(text)
        .ok_or_else(|| invalid("A number has digits only, grouped by spaces, hyphens or brackets."))?;
    if is_short(&dialled, country, is_text) {
        return Ok(Number { e164: None, dial_string: dialled, country: country.to_owned() });
    }
    let home = country.parse::<country::Id>().ok().filter(|_| !dialled.starts_with('+'));
    let number = phonenumber::parse(home, &dialled)
        .map_err(|_| invalid("This is no telephone number of this country."))?;
    let e164 = format!("+{}{}", number.code().value(), number.national());
    let is_drama = DRAMA.iter().any(|range| e164.strip_prefix(range).is_some_and(|last| last.len() == 3));
    if !is_drama && !number.is_valid() {
        return Err(invalid(
            "This is no telephone number of this country that can be dialled. Check its digits.",
        ));
    }
    Ok(Number {
        dial_string: e164.clone(),
        e164: Some(e164),
        country: owner(&number).unwrap_or_else(|| country.to_owned()),
    })
}

/// The country of a number; none for those of the whole world. Where several share a code and the library cannot tell
/// (numbers in Italy begin with a nought, which it drops there), the one that the code is foremost of.
fn owner(number: &phonenumber::PhoneNumber) -> Option<String> {
    let id = number.country().id().or_else(|| {
        let sharing = DATABASE.by_code(&number.code().value())?;
        let foremost =
            sharing.iter().find(|country| country.is_main_country_for_code() || sharing.len() == 1)?;
        foremost.id().parse().ok()
    });
    id.map(|id| id.as_ref().to_owned())
}

/// What to dial after a number has answered: 1 to 10 digits.
pub fn extension(text: &str) -> Parsed<String> {
    let text = text.trim();
    let is_extension = (1..=10).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if is_extension { Ok(text.to_owned()) } else { Err(invalid("An extension has 1 to 10 digits.")) }
}

/// What a call costs by the prefix of the number in the United Kingdom; elsewhere no more is known than that callers are charged.
#[must_use]
pub fn cost(dial_string: &str) -> CallCost {
    let begins = |number: &str, prefixes: &[&str]| prefixes.iter().any(|prefix| number.starts_with(prefix));
    match dial_string.strip_prefix("+44") {
        Some(national) if begins(national, &["800", "808"]) => CallCost::Free,
        Some(national) if begins(national, &["1", "2", "3"]) => CallCost::StandardRate,
        Some(national) if begins(national, &["70", "84", "87", "9"]) => CallCost::Charged,
        None if FREE.contains(&dial_string) || dial_string.starts_with("116") => CallCost::Free,
        None if dial_string.starts_with("118") || is_premium(dial_string) => CallCost::Charged,
        _ => CallCost::Unknown,
    }
}

/// Whether callers pay more than for others of its country, by libphonenumber.
fn is_premium(e164: &str) -> bool {
    let number = phonenumber::parse(None, e164).ok();
    number.is_some_and(|number| matches!(number.number_type(&DATABASE), Type::PremiumRate | Type::SharedCost))
}

/// How Relay UK reaches a number: 18001 and the number as it is dialled within the United Kingdom.
#[must_use]
pub fn text_relay(dial_string: &str) -> Option<String> {
    let national = match dial_string.strip_prefix("+44") {
        Some(national) => format!("0{national}"),
        None if dial_string.starts_with('+') => return None,
        None => dial_string.to_owned(),
    };
    Some(format!("18001{national}"))
}

/// The digits of a number, with a plus where it began with one; none where anything else is in it.
fn digits(text: &str) -> Option<String> {
    let text = text.trim();
    // "+44 (0)1632": the nought in brackets is dialled within the country only.
    let text = if text.starts_with('+') { text.replace("(0)", "") } else { text.to_owned() };
    let mut dialled = String::with_capacity(text.len());
    for (index, c) in text.char_indices() {
        match c {
            '0'..='9' => dialled.push(c),
            '+' if index == 0 => dialled.push(c),
            ' ' | '-' | '.' | '/' | '(' | ')' | '\u{A0}' | '\u{2009}' | '\u{2010}' | '\u{2011}'
            | '\u{2013}' | '\u{202F}' => {}
            _ => return None,
        }
    }
    (dialled.len() > 1).then_some(dialled)
}

fn is_short(dialled: &str, country: &str, is_text: bool) -> bool {
    let is_code = is_text && matches!(dialled.len(), 5 | 6) && dialled.starts_with(['6', '7', '8']);
    let is_directory = !is_text && dialled.len() == 6 && dialled.starts_with("118");
    let is_british = country == DEFAULT_COUNTRY && (BRITISH.contains(&dialled) || is_directory || is_code);
    EUROPEAN.contains(&dialled) || is_british
}

fn invalid(message: &str) -> (ProblemCode, String) {
    (ProblemCode::Invalid, message.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(text: &str) -> Parsed<Number> {
        parse(text, "GB", false)
    }

    fn e164(text: &str) -> Option<String> {
        call(text).ok().and_then(|number| number.e164)
    }

    #[test]
    fn short_numbers_have_no_international_form() {
        let number = Number { e164: None, dial_string: "116123".into(), country: "GB".into() };
        assert_eq!(call("116 123"), Ok(number));
        for text in ["999", "112", "111", "101", "105", "119", "116 000", "116 111", "116 117", "118 500"] {
            assert!(call(text).is_ok_and(|number| number.e164.is_none()), "{text}");
        }
    }

    #[test]
    fn drama_numbers_are_taken_and_their_neighbours_are_not() {
        assert_eq!(e164("01632 960123").as_deref(), Some("+441632960123"));
        assert_eq!(e164("07700 900999").as_deref(), Some("+447700900999"));
        assert_eq!(e164("08081 570000").as_deref(), Some("+448081570000"));
        assert_eq!(e164("+44 (0)1632 960000").as_deref(), Some("+441632960000"));
        assert_eq!(e164("0044 1632 960000").as_deref(), Some("+441632960000"));
        for text in ["01632 961000", "01632 96012", "01632 9601234"] {
            assert_eq!(call(text).map_err(|(code, _)| code), Err(ProblemCode::Invalid), "{text}");
        }
    }

    #[test]
    fn a_short_freephone_number_is_complete() {
        assert_eq!(e164("0800 1111").as_deref(), Some("+448001111"));
        assert_eq!(text_relay("+448001111").as_deref(), Some("1800108001111"));
    }

    #[test]
    fn numbers_of_other_countries_keep_their_digits() {
        let paris = parse("01 42 68 53 00", "FR", false);
        assert_eq!(
            paris.map(|number| (number.dial_string, number.country)),
            Ok(("+33142685300".into(), "FR".into()))
        );
        let rome = call("+39 06 6982 1234");
        assert_eq!(
            rome.map(|number| (number.dial_string, number.country)),
            Ok(("+390669821234".into(), "IT".into()))
        );
        assert_eq!(text_relay("+33142685300"), None);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "+",
            "call us",
            "0800 FLOWERS",
            "01632 960123 ext 4",
            "1",
            "٠١٦٣٢",
            "0000000000",
            "+999 123",
            "12345",
            "++44 1632 960123",
        ] {
            assert_eq!(call(text).map_err(|(code, _)| code), Err(ProblemCode::Invalid), "{text}");
        }
    }

    #[test]
    fn short_codes_are_for_texts() {
        assert!(parse("85258", "GB", true).is_ok() && parse("60 777", "GB", true).is_ok());
        assert!(parse("85258", "GB", false).is_err() && parse("15258", "GB", true).is_err());
    }

    #[test]
    fn no_country_is_too_odd_for_the_parser() {
        for code in super::super::area::countries() {
            for text in ["0", "01632 960123", "112", "+1", "+44", "00441632960123", "999999999999999999"] {
                let _ = parse(text, code, true);
            }
        }
    }

    #[test]
    fn cost_follows_the_prefix() {
        for (text, expected) in [
            ("0800 1111", CallCost::Free),
            ("08081 570123", CallCost::Free),
            ("116 123", CallCost::Free),
            ("999", CallCost::Free),
            ("01632 960123", CallCost::StandardRate),
            ("020 7946 0018", CallCost::StandardRate),
            ("0300 123 4567", CallCost::StandardRate),
            ("0845 601 2345", CallCost::Charged),
            ("0870 123 4567", CallCost::Charged),
            ("0909 879 0123", CallCost::Charged),
            ("118 500", CallCost::Charged),
            ("07700 900123", CallCost::Unknown),
            ("070 1234 5678", CallCost::Charged),
            ("+33 1 42 68 53 00", CallCost::Unknown),
            ("+1 900 555 1234", CallCost::Charged),
            ("+33 899 12 34 56", CallCost::Charged),
        ] {
            assert_eq!(call(text).map(|number| cost(&number.dial_string)), Ok(expected), "{text}");
        }
    }
}
