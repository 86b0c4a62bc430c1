//! The days of the United Kingdom, and what governments announce.

use super::*;

fn of(region: HolidayRegion) -> Option<Arc<Calendar>> {
    Holidays::shipped().of(region).cloned()
}

/// `MM-DD` of every holiday in a year.
fn days(region: HolidayRegion, year: i32) -> Vec<String> {
    let calendar = of(region).expect("a region with holidays");
    let days = calendar.days.keys().filter(|day| day.year() == year);
    days.map(|day| day.format("%m-%d").to_string()).collect()
}

fn name(region: HolidayRegion, day: &str) -> Option<String> {
    let day = day.parse().expect("a day");
    of(region)?.name(day).map(|name| name.said(&Voice::of(["en"])))
}

#[test]
fn the_file_can_be_read_and_each_holiday_has_one_rule() {
    calendars(DATA).expect("a calendar");
    let Data { holiday: holidays, .. } = toml::from_str(DATA).expect("TOML");
    for Holiday { id, fixed, monday, easter, once, .. } in holidays {
        let rules = [fixed.is_some(), monday.is_some(), easter.is_some(), once.is_some()];
        assert_eq!(rules.iter().filter(|given| **given).count(), 1, "{id}");
        assert!(Voice::of(["en"]).knows(&format!("holiday-{id}")), "{id} has no name");
    }
}

#[test]
fn england_and_wales() {
    let days = |year| days(HolidayRegion::EnglandAndWales, year).join(" ");
    assert_eq!(days(2026), "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28");
    assert_eq!(days(2027), "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28");
    assert_eq!(days(2028), "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26");
}

#[test]
fn scotland() {
    let days = |year| days(HolidayRegion::Scotland, year).join(" ");
    assert_eq!(days(2026), "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28");
    assert_eq!(days(2027), "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28");
    assert_eq!(days(2028), "01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26");
}

#[test]
fn northern_ireland() {
    let days = |year| days(HolidayRegion::NorthernIreland, year).join(" ");
    assert_eq!(days(2026), "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28");
    assert_eq!(days(2027), "01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-27 12-28");
    assert_eq!(days(2028), "01-03 03-17 04-14 04-17 05-01 05-29 07-12 08-28 12-25 12-26");
}

#[test]
fn substitutes_keep_their_names() {
    let name = |day| name(HolidayRegion::Scotland, day).unwrap_or_default();
    assert_eq!((name("2026-12-28"), name("2026-12-26")), ("Boxing Day".into(), String::new()));
    assert_eq!((name("2027-12-27"), name("2027-12-28")), ("Christmas Day".into(), "Boxing Day".into()));
    assert_eq!((name("2028-01-03"), name("2028-01-04")), ("New Year’s Day".into(), "2nd January".into()));
}

#[test]
fn names_are_said_in_every_language() {
    let day = NaiveDate::from_ymd_opt(2026, 12, 25).expect("a day");
    let calendar = of(HolidayRegion::EnglandAndWales).expect("a calendar");
    let name = calendar.name(day).expect("a name");
    let named = |wishes: &[&str]| name.said(&Voice::of(wishes));
    assert_eq!(named(&["cy", "en"]), "Dydd Nadolig");
    assert_eq!(named(&["en-GB", "cy"]), "Christmas Day");
    assert_eq!((named(&["fa"]), named(&["so"])), ("روز کریسمس".into(), "Christmas Day".into()));
}

#[test]
fn certainty_has_an_end() {
    let calendar = of(HolidayRegion::Scotland).expect("a calendar");
    let day = |year| NaiveDate::from_ymd_opt(year, 6, 1).expect("a day");
    assert!(calendar.is_certain(day(2026)) && calendar.is_certain(day(2029)));
    assert!(!calendar.is_certain(day(2030)) && !calendar.is_certain(day(2023)));
    assert!(of(HolidayRegion::None).is_none());
}

/// The calendar of England and Wales with a list of `date title` lines.
fn with_list(lines: &[&str]) -> Calendar {
    let events = lines.iter().filter_map(|line| line.split_once(' '));
    let events: Vec<_> = events
        .map(
            |(date, title)| serde_json::json!({ "title": title, "date": date, "notes": "", "bunting": true }),
        )
        .collect();
    let list =
        serde_json::json!({ "england-and-wales": { "division": "england-and-wales", "events": events } });
    let holidays = Holidays::with_published(&list.to_string()).expect("a list");
    Calendar::clone(holidays.of(HolidayRegion::EnglandAndWales).expect("a calendar"))
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

#[test]
fn a_day_that_was_announced_is_a_holiday_beside_the_others() {
    let calendar = with_list(&["2027-06-07 Bank holiday for the regatta"]);
    let name = |on: &str| calendar.name(day(on)).map(|name| name.said(&Voice::of(["cy"])));
    assert_eq!(name("2027-06-07").as_deref(), Some("Bank holiday for the regatta"));
    assert_eq!(name("2027-12-27").as_deref(), Some("Dydd Nadolig"));
    assert!(calendar.is_certain(day("2029-06-01")) && !calendar.is_certain(day("2030-06-01")));
}

#[test]
fn the_list_of_a_whole_year_replaces_the_rules_and_makes_it_certain() {
    let calendar = with_list(&[
        "2030-01-01 New Year's Day",
        "2030-04-19 Good Friday",
        "2030-04-22 Easter Monday",
        "2030-05-10 Early May bank holiday",
        "2030-05-27 Spring bank holiday",
        "2030-08-26 Summer bank holiday",
        "2030-12-25 Christmas Day",
        "2030-12-26 Boxing Day",
    ]);
    assert_eq!(calendar.name(day("2030-05-06")), None);
    assert_eq!(calendar.name(day("2030-05-10")).map(|name| &**name), Some(&Name::Known("early-may".into())));
    assert!(calendar.is_certain(day("2030-06-01")) && !calendar.is_certain(day("2031-06-01")));
}

#[test]
fn a_list_that_cannot_be_read_says_why() {
    let why = |list| Holidays::with_published(list).err().unwrap_or_default();
    assert!(why("[]").contains("map"), "{}", why("[]"));
    assert!(why("{}").contains("no divisions"));
    assert!(why(r#"{"wales":{"division":"wales","events":[]}}"#).contains("\"wales\" is no division"));
    assert!(why(r#"{"scotland":{"events":[{"title":"Fair","date":"2027-02-30"}]}}"#).contains("line 1"));
    assert!(why(r#"{"scotland":{"events":[{"title":" ","date":"2027-02-03"}]}}"#).contains("no title"));
}
