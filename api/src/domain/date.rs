//! Days and times in words, as the readers of a language write them: by Unicode CLDR, in the Gregorian calendar and on the
//! 24-hour clock everywhere.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};
use icu_datetime::fieldsets::enums::{
    CalendarPeriodFieldSet, CompositeDateTimeFieldSet, DateFieldSet, TimeFieldSet,
};
use icu_datetime::fieldsets::{E, M, MD, MDE, T, YMD, YMDE};
use icu_datetime::input::{Date, DateTime, Time};
use icu_datetime::options::Alignment;
use icu_datetime::preferences::{CalendarAlgorithm, HourCycle};
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;

use super::number::locale;

/// `Tuesday 29 December`.
#[must_use]
pub fn weekday_and_day(language: &str, date: NaiveDate) -> String {
    on(language, CompositeDateTimeFieldSet::Date(DateFieldSet::MDE(MDE::long())), date)
}

/// `Tuesday 29 December 2026`.
#[must_use]
pub fn weekday_day_and_year(language: &str, date: NaiveDate) -> String {
    on(language, CompositeDateTimeFieldSet::Date(DateFieldSet::YMDE(YMDE::long())), date)
}

/// `29 December`.
#[must_use]
pub fn day(language: &str, date: NaiveDate) -> String {
    on(language, CompositeDateTimeFieldSet::Date(DateFieldSet::MD(MD::long())), date)
}

/// `29 December 2026`.
#[must_use]
pub fn day_and_year(language: &str, date: NaiveDate) -> String {
    on(language, CompositeDateTimeFieldSet::Date(DateFieldSet::YMD(YMD::long())), date)
}

/// `Tuesday`.
#[must_use]
pub fn weekday(language: &str, weekday: Weekday) -> String {
    let first = NaiveDate::default();
    let date = first.iter_days().find(|date| date.weekday() == weekday).unwrap_or(first);
    on(language, CompositeDateTimeFieldSet::Date(DateFieldSet::E(E::long())), date)
}

/// `December`; by its number from 1.
#[must_use]
pub fn month(language: &str, month: u32) -> String {
    let date = NaiveDate::default().with_month(month).unwrap_or_default();
    on(language, CompositeDateTimeFieldSet::CalendarPeriod(CalendarPeriodFieldSet::M(M::long())), date)
}

/// `09:00`.
#[must_use]
pub fn time(language: &str, time: NaiveTime) -> String {
    let fields = T::hm().with_alignment(Alignment::Column);
    written(
        language,
        CompositeDateTimeFieldSet::Time(TimeFieldSet::T(fields)),
        NaiveDate::default().and_time(time),
    )
}

/// `Monday, Wednesday and Friday`.
#[must_use]
pub fn list(language: &str, parts: &[String]) -> String {
    let list = ListFormatter::try_new_and((&locale(language)).into(), ListFormatterOptions::default())
        .map_or_else(|_| parts.join(", "), |formatter| formatter.format(parts.iter()).to_string());
    // CLDR leaves to the writer whether Welsh says "a", or "ac" before a vowel.
    match list.split_once("a(c) ") {
        Some((before, last)) if last.starts_with(|c: char| "AEIOUWYaeiouwy".contains(c)) => {
            format!("{before}ac {last}")
        }
        Some((before, last)) => format!("{before}a {last}"),
        None => list,
    }
}

fn on(language: &str, fields: CompositeDateTimeFieldSet, date: NaiveDate) -> String {
    written(language, fields, date.and_time(NaiveTime::MIN))
}

fn written(language: &str, fields: CompositeDateTimeFieldSet, at: NaiveDateTime) -> String {
    let mut preferences: DateTimeFormatterPreferences = (&locale(language)).into();
    preferences.calendar_algorithm = Some(CalendarAlgorithm::Gregory);
    preferences.hour_cycle = Some(HourCycle::H23);
    let byte = |number: u32| u8::try_from(number).unwrap_or_default();
    let date = Date::try_new_gregorian(at.year(), byte(at.month()), byte(at.day()));
    let time = Time::try_new(byte(at.hour()), byte(at.minute()), byte(at.second()), 0);
    match (date, time, DateTimeFormatter::try_new(preferences, fields)) {
        (Ok(date), Ok(time), Ok(formatter)) => formatter.format(&DateTime { date, time }).to_string(),
        // Every date and time of ours can be written; if not in words, then as ISO 8601 has it.
        _ => at.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_written_as_the_language_writes_them() {
        let date = NaiveDate::from_ymd_opt(2026, 12, 29).expect("a day");
        let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
        let written =
            |language: &str| format!("{}, {}", weekday_and_day(language, date), time(language, nine));
        for (language, golden) in [
            ("en-GB", "Tuesday 29 December, 09:00"),
            ("en-US", "Tuesday, December 29, 09:00"),
            ("cy", "Dydd Mawrth, 29 Rhagfyr, 09:00"),
            ("de", "Dienstag, 29. Dezember, 09:00"),
            ("fr", "mardi 29 décembre, 09:00"),
            ("pl", "wtorek, 29 grudnia, 09:00"),
            ("ar", "الثلاثاء، 29 ديسمبر, 09:00"),
            ("ar-EG", "الثلاثاء، ٢٩ ديسمبر, ٠٩:٠٠"),
            ("fa", "سه‌شنبه ۲۹ دسامبر, ۰۹:۰۰"),
        ] {
            assert_eq!(written(language), golden);
        }
        assert_eq!(weekday_day_and_year("de", date), "Dienstag, 29. Dezember 2026");
        assert_eq!(
            (day("fr", date), day_and_year("pl", date)),
            ("29 décembre".into(), "29 grudnia 2026".into())
        );
        assert_eq!((weekday("cy", Weekday::Sun), month("pl", 2)), ("Dydd Sul".into(), "luty".into()));
    }

    #[test]
    fn lists_end_in_and() {
        let list = |language, parts: &[&str]| {
            list(language, &parts.iter().map(|&part| part.into()).collect::<Vec<_>>())
        };
        assert_eq!(list("en-GB", &["Monday", "Wednesday", "Friday"]), "Monday, Wednesday and Friday");
        assert_eq!(list("cy", &["Dydd Llun", "Dydd Mawrth"]), "Dydd Llun a Dydd Mawrth");
        assert_eq!(list("cy", &["Mai", "Awst"]), "Mai ac Awst");
        assert_eq!(list("pl", &["luty"]), "luty");
    }
}
