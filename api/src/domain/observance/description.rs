//! How a campaign comes round, in words: `The second Tuesday of February`, `25 November every year, for 16 days`.

use chrono::Datelike;
use entity::campaign::{Model as Row, ObservanceKind};

use super::{LEAP_YEAR, on};
use crate::domain::date;
use crate::domain::message::{Value, Voice};
use crate::domain::number;

/// An observance in words.
#[must_use]
pub fn description(voice: &Voice, rule: &Row) -> String {
    // What a kind needs was checked when it was saved.
    let when = rule_in_words(voice, rule).unwrap_or_else(|| voice.say("observance-announced", &[]));
    let when = if rule.length_days > 1 {
        counted(voice, "observance-length", rule.length_days, Some(("when", Value::Text(&when))))
    } else {
        when
    };
    capitalised(&when)
}

fn rule_in_words(voice: &Voice, rule: &Row) -> Option<String> {
    let said = |id: &str, day: String| voice.say(id, &[("day", Value::Text(&day))]);
    match rule.observance_kind {
        ObservanceKind::Fixed => {
            let day = on(LEAP_YEAR, rule.month?, rule.day?)?;
            Some(said("observance-fixed", date::day(voice.locale(), day)))
        }
        ObservanceKind::NthWeekday => {
            let weekday = chrono::Weekday::try_from(rule.weekday? as u8).ok()?;
            let key = rule.weekday?.as_str().to_lowercase();
            let (weekday, month) =
                (date::weekday(voice.locale(), weekday), on(LEAP_YEAR, rule.month?, 1)?.month());
            let values = [
                ("nth", Value::Number(entity::Decimal(rule.nth?.into()), "")),
                ("weekday", Value::Text(&weekday)),
                ("weekday-key", Value::Text(&key)),
                ("month", Value::Text(&date::month(voice.locale(), month))),
            ];
            Some(voice.say("observance-weekday", &values))
        }
        ObservanceKind::Easter => Some(match rule.easter_offset? {
            0 => voice.say("observance-easter", &[]),
            days @ ..0 => counted(voice, "observance-before-easter", -days, None),
            days => counted(voice, "observance-after-easter", days, None),
        }),
        ObservanceKind::Announced => None,
        ObservanceKind::Once => {
            Some(said("observance-once", date::day_and_year(voice.locale(), rule.starts_on?)))
        }
    }
}

fn counted(voice: &Voice, id: &str, days: i32, beside: Option<(&str, Value<'_>)>) -> String {
    let days = entity::Decimal(days.into());
    let written = number::number(voice.locale(), days);
    let values: Vec<_> = [("days", Value::Number(days, &written))].into_iter().chain(beside).collect();
    voice.say(id, &values)
}

/// With a capital first letter, where the script has any.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::campaign::Campaign;
    use crate::domain::content::Content;
    use crate::domain::observance::Weekday;

    fn blank(kind: ObservanceKind) -> Row {
        let row = Campaign::blank_row(entity::Id(uuid::Uuid::nil()), chrono::DateTime::UNIX_EPOCH);
        Row { observance_kind: kind, length_days: 1, ..row }
    }

    fn nth(nth: i32, weekday: Weekday, month: i32) -> Row {
        let kind = ObservanceKind::NthWeekday;
        Row { nth: Some(nth), weekday: Some(weekday), month: Some(month), ..blank(kind) }
    }

    fn easter(days: i32) -> Row {
        Row { easter_offset: Some(days), ..blank(ObservanceKind::Easter) }
    }

    fn fixed(month: i32, day: i32, length_days: i32) -> Row {
        Row { month: Some(month), day: Some(day), length_days, ..blank(ObservanceKind::Fixed) }
    }

    fn told(language: &str, rule: &Row) -> String {
        description(&Voice::of([language]), rule)
    }

    #[test]
    fn each_kind_has_its_words() {
        let once =
            Row { starts_on: chrono::NaiveDate::from_ymd_opt(2026, 7, 30), ..blank(ObservanceKind::Once) };
        for (rule, golden) in [
            (fixed(7, 30, 1), "30 July every year"),
            (fixed(2, 29, 1), "29 February every year"),
            (fixed(11, 25, 16), "25 November every year, for 16 days"),
            (nth(2, Weekday::Tuesday, 2), "The second Tuesday of February"),
            (nth(-1, Weekday::Monday, 5), "The last Monday of May"),
            (easter(-2), "2 days before Easter Sunday"),
            (easter(0), "Easter Sunday"),
            (easter(1), "1 day after Easter Sunday"),
            (blank(ObservanceKind::Announced), "Announced each year by the organiser"),
            (once, "Once, on 30 July 2026"),
        ] {
            assert_eq!(told("en", &rule), golden);
        }
    }

    #[test]
    fn weekdays_are_told_in_every_language() {
        for (language, golden) in [
            ("cy", "Ail ddydd Mawrth mis Chwefror"),
            ("de", "Der zweite Dienstag im Februar"),
            ("fr", "Le deuxième mardi du mois (février)"),
            ("pl", "Drugi wtorek miesiąca (luty)"),
            ("ar", "يوم الثلاثاء الثاني من فبراير"),
            ("fa", "دومین سه‌شنبه ماه فوریه"),
        ] {
            assert_eq!(told(language, &nth(2, Weekday::Tuesday, 2)), golden);
        }
        assert_eq!(told("pl", &nth(2, Weekday::Wednesday, 2)), "Druga środa miesiąca (luty)");
        assert_eq!(told("cy", &nth(-1, Weekday::Sunday, 2)), "Dydd Sul olaf mis Chwefror");
        assert_eq!(told("cy", &nth(5, Weekday::Monday, 3)), "Pumed dydd Llun mis Mawrth");
    }

    #[test]
    fn lengths_are_told_in_every_language() {
        for (language, golden) in [
            ("cy", "25 Tachwedd bob blwyddyn, am 16 diwrnod"),
            ("de", "Jedes Jahr am 25. November, 16 Tage lang"),
            ("fr", "Chaque année le 25 novembre, pendant 16 jours"),
            ("pl", "Co roku 25 listopada, przez 16 dni"),
            ("ar", "25 نوفمبر من كل عام، لمدة 16 يومًا"),
            ("fa", "هر سال ۲۵ نوامبر، به مدت ۱۶ روز"),
        ] {
            assert_eq!(told(language, &fixed(11, 25, 16)), golden);
        }
        assert_eq!(told("ar", &easter(-2)), "قبل أحد الفصح بيومين");
        assert_eq!(told("cy", &easter(-2)), "2 ddiwrnod cyn Sul y Pasg");
    }
}
