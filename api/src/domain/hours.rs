//! When somebody answers: an OpenStreetMap `opening_hours` expression in a zone, with the holidays of a region.

mod description;

use entity::contact_channel::HolidayRegion;
use opening_hours_syntax::Error;
use opening_hours_syntax::rules::day::{HolidayKind, WeekDayRange};
use opening_hours_syntax::rules::time::{Time, TimeSpan};
use opening_hours_syntax::rules::{OpeningHoursExpression, RuleKind, RuleSequence};
use pest::error::InputLocation;
use serde::Deserialize;

use super::edit::Parsed;
use super::problem::ProblemCode;
use super::text;
pub use description::description;

/// Hours, as an input has them; replaced whole.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HoursPatch {
    /// `Mo-Fr 09:00-17:00; PH off`.
    pub expression: String,
    /// The zone it is in.
    pub time_zone: String,
    /// Whose holidays `PH` means.
    pub holidays: HolidayRegion,
}

/// An expression that can be evaluated, as it was written.
///
/// # Errors
/// Code and words for the person who typed it, with the place where reading stopped.
pub fn expression(text: &str) -> Parsed<String> {
    let text = text::parse(text, text::LINE)?;
    match opening_hours_syntax::parse(&text) {
        Ok(read) => match undecidable(&read) {
            None => Ok(text),
            Some(why) => Err((ProblemCode::Invalid, why.into())),
        },
        Err(error) => Err((ProblemCode::Invalid, explained(&text, &error))),
    }
}

/// Whether hours depend on public holidays, so that somebody must say whose.
#[must_use]
pub fn names_holidays(expression: &str) -> bool {
    opening_hours_syntax::parse(expression).is_ok_and(|read| uses_holidays(&read))
}

/// Whether any rule is for public holidays.
pub(super) fn uses_holidays(expression: &OpeningHoursExpression) -> bool {
    expression.rules.iter().any(|rule| is_for_holidays(rule, HolidayKind::Public))
}

/// Whether a rule is for holidays of a kind.
fn is_for_holidays(rule: &RuleSequence, kind: HolidayKind) -> bool {
    rule.day_selector
        .weekday
        .iter()
        .any(|days| matches!(days, WeekDayRange::Holiday { kind: own, .. } if *own == kind))
}

/// What OpenStreetMap can say and nobody can answer: whether a line is open must follow from the hours alone.
fn undecidable(expression: &OpeningHoursExpression) -> Option<&'static str> {
    let has_span = |holds: fn(&TimeSpan) -> bool| {
        expression.rules.iter().flat_map(|rule| &rule.time_selector.spans).any(holds)
    };
    if expression.rules.iter().any(|rule| is_for_holidays(rule, HolidayKind::School)) {
        return Some("School holidays (SH) are not known here: write their days.");
    }
    if expression.rules.iter().any(|rule| rule.kind == RuleKind::Unknown) {
        return Some("Hours are open or off, never unknown.");
    }
    if has_span(|span| !matches!((span.range.start, span.range.end), (Time::Fixed(_), Time::Fixed(_)))) {
        return Some("Sunrise and sunset are not known here: write times of day.");
    }
    if has_span(|span| span.open_end || span.repeats.is_some()) {
        return Some("Every time has an end: write 10:00-18:00, not 10:00+.");
    }
    None
}

fn explained(text: &str, error: &Error) -> String {
    match error {
        Error::Syntax(syntax) => {
            let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = syntax.location;
            let (read, rest) = text.split_at_checked(at).unwrap_or((text, ""));
            let place = read.chars().count() + 1;
            let found = rest
                .split_whitespace()
                .next()
                .map_or_else(|| "the end".to_owned(), |word| format!("\"{word}\""));
            format!(
                "Character {place}: {found} is not expected here. Hours are written as in OpenStreetMap: Mo-Fr 09:00-17:00; PH off."
            )
        }
        Error::Unsupported(what) => format!("This uses something that cannot be evaluated: {what}."),
        Error::Overflow { value, expected_bounds } => {
            let place = text.find(&value.to_string()).map_or(1, |at| text[..at].chars().count() + 1);
            format!(
                "Character {place}: {value} must be between {} and {}.",
                expected_bounds.start(),
                expected_bounds.end()
            )
        }
        Error::InvalidExtendedTime { hour, minutes } => format!("{hour:02}:{minutes:02} is no time of day."),
        Error::InvertedYearRange { .. } | Error::InvertedWeekRange { .. } => {
            "A range of years or weeks ends before it begins.".into()
        }
        Error::GrammarUnexpectedToken { .. } | Error::GrammarLogic { .. } => {
            "This cannot be read as opening hours.".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hours_of_the_examples_are_read() {
        for text in [
            "Mo-Fr 09:00-17:00; PH off",
            "Mo-Fr 09:00-17:00; Sa 10:00-14:00; PH off; 2026 Dec 26 off",
            "19:00-23:00",
            "Sa 22:00-06:00",
            "Mo-Fr 09:00-17:00; PH off; 2026 Dec 29 10:00-14:00 \"short day\"",
            "24/7",
        ] {
            assert_eq!(expression(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn holidays_are_named_wherever_they_stand() {
        for text in ["Mo-Fr 09:00-17:00; PH off", "Su,PH 10:00-12:00", "PH -1 day 09:00-12:00"] {
            assert!(names_holidays(text), "{text}");
        }
        for text in ["Mo-Fr 09:00-17:00", "24/7 \"not on PH\"", "PH o'clock"] {
            assert!(!names_holidays(text), "{text}");
        }
    }

    #[test]
    fn what_is_refused_says_where() {
        let message = |text| expression(text).expect_err("no hours").1;
        assert!(
            message("Mo-Fr 09:00-17:00; Blursday off").starts_with("Character 20: \"Blursday\""),
            "{}",
            message("Mo-Fr 09:00-17:00; Blursday off")
        );
        for text in [
            "weekdays nine to five",
            "Mo-Fr 09:00-99:00",
            "Mo-Fr 9am-5pm",
            "",
            "Mo-Fr 09:00-17:00;;;x",
            "2026-2020 Mo",
            "week 60 Mo",
            "Mo-Fr 09:00-17:00; SH off",
            "Mo-Fr sunrise-sunset",
            "Mo-Fr 10:00+",
            "Mo-Fr 10:00-12:00 unknown",
        ] {
            assert!(expression(text).is_err(), "{text}");
        }
    }
}
