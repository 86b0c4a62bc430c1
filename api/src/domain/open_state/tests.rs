//! The cases of contact channels, by their numbers.

use chrono::NaiveDate;
use entity::Id;
use entity::contact_channel::HolidayRegion;

use super::*;
use crate::domain::contact_channel::ContactChannel;
use crate::domain::content::Content;
use crate::domain::message::Voice;
use crate::domain::value;
use crate::domain::verification::Freshness;

const SAFE: &str = "Mo-Fr 09:00-17:00; PH off";
const EAW: HolidayRegion = HolidayRegion::EnglandAndWales;

fn channel(expression: &str, region: HolidayRegion) -> Model {
    let mut channel = ContactChannel::blank_row(Id(uuid::Uuid::nil()), DateTime::UNIX_EPOCH);
    channel.hours_expression = Some(expression.to_owned());
    channel.hours_time_zone = Some("Europe/London".to_owned());
    channel.hours_holidays = Some(region);
    channel
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|error| panic!("{text:?} is no moment: {error}"))
}

fn state(channel: &Model, at: &str) -> OpenState {
    // Tried at that very moment.
    let verified_at = Some(moment(at));
    of(channel, ServiceStatus::Active, &Holidays::shipped(), verified_at, moment(at)).expect("it has hours")
}

/// `STATUS REASON opens … closes … until …` with what there is.
fn told(state: &OpenState) -> String {
    let mut told = vec![format!("{:?} {:?}", state.status, state.reason)];
    told.extend(state.holiday.iter().map(|name| format!("\"{}\"", name.said(&Voice::of(["en"])))));
    let moments =
        [("opens", state.opens_at), ("closes", state.closes_at), ("until", Some(state.valid_until))];
    let written = |(word, moment): (_, Option<DateTime<Tz>>)| {
        moment.map(|moment| format!("{word} {}", moment.format("%Y-%m-%dT%H:%M:%S%:z")))
    };
    told.extend(moments.into_iter().filter_map(written));
    told.join(" ")
}

fn asked(expression: &str, region: HolidayRegion, at: &str) -> String {
    told(&state(&channel(expression, region), at))
}

fn safe(region: HolidayRegion, at: &str) -> String {
    asked(SAFE, region, at)
}

#[test]
fn case_1_closed_for_christmas_until_after_the_substitute_day() {
    assert_eq!(
        safe(EAW, "2026-12-25T10:00:00Z"),
        "Closed Holiday \"Christmas Day\" opens 2026-12-29T09:00:00+00:00 until 2026-12-26T00:00:00+00:00"
    );
}

#[test]
fn case_2_open_until_the_last_second() {
    assert_eq!(
        safe(EAW, "2026-12-24T16:59:30Z"),
        "Open WithinHours closes 2026-12-24T17:00:00+00:00 until 2026-12-24T17:00:00+00:00"
    );
}

#[test]
fn case_3_the_end_is_exclusive() {
    assert_eq!(
        safe(EAW, "2026-12-24T17:00:00Z"),
        "Closed OutsideHours opens 2026-12-29T09:00:00+00:00 until 2026-12-25T00:00:00+00:00"
    );
}

#[test]
fn case_4_new_year_is_longer_in_scotland() {
    assert!(safe(EAW, "2027-01-01T10:00:00Z").contains("opens 2027-01-04T09:00:00+00:00"));
    let scotland = safe(HolidayRegion::Scotland, "2027-01-01T10:00:00Z");
    assert!(scotland.contains("opens 2027-01-05T09:00:00+00:00"), "{scotland}");
}

#[test]
fn case_5_st_andrews_day() {
    let scotland = safe(HolidayRegion::Scotland, "2026-11-30T10:00:00Z");
    assert!(scotland.starts_with("Closed Holiday \"St Andrew’s Day\""), "{scotland}");
    assert!(safe(EAW, "2026-11-30T10:00:00Z").starts_with("Open WithinHours"));
}

#[test]
fn case_6_easter_monday_is_no_holiday_in_scotland() {
    assert_eq!(
        safe(EAW, "2027-03-29T09:00:00Z"),
        "Closed Holiday \"Easter Monday\" opens 2027-03-30T09:00:00+01:00 until 2027-03-30T00:00:00+01:00"
    );
    assert!(safe(HolidayRegion::Scotland, "2027-03-29T09:00:00Z").starts_with("Open WithinHours"));
}

#[test]
fn case_7_two_substitute_days() {
    assert!(safe(EAW, "2027-12-24T17:30:00Z").contains("opens 2027-12-29T09:00:00+00:00"));
}

#[test]
fn case_8_new_year_at_a_weekend() {
    assert!(safe(EAW, "2027-12-31T18:00:00Z").contains("opens 2028-01-04T09:00:00+00:00"));
    let scotland = safe(HolidayRegion::Scotland, "2027-12-31T18:00:00Z");
    assert!(scotland.contains("opens 2028-01-05T09:00:00+00:00"), "{scotland}");
}

#[test]
fn case_9_a_saturday_in_the_holidays_is_an_ordinary_one_unless_it_is_named() {
    let saturdays = "Mo-Fr 09:00-17:00; Sa 10:00-14:00; PH off";
    assert_eq!(
        asked(saturdays, EAW, "2026-12-26T11:00:00Z"),
        "Open WithinHours closes 2026-12-26T14:00:00+00:00 until 2026-12-26T14:00:00+00:00"
    );
    assert_eq!(
        asked(&format!("{saturdays}; 2026 Dec 26 off"), EAW, "2026-12-26T11:00:00Z"),
        "Closed Exception opens 2026-12-29T09:00:00+00:00 until 2026-12-27T00:00:00+00:00"
    );
}

#[test]
fn case_10_hours_are_local() {
    assert_eq!(
        safe(EAW, "2026-07-30T08:30:00Z"),
        "Open WithinHours closes 2026-07-30T17:00:00+01:00 until 2026-07-30T17:00:00+01:00"
    );
}

#[test]
fn case_11_an_evening_after_the_clocks_changed() {
    assert_eq!(
        asked("19:00-23:00", HolidayRegion::None, "2027-03-28T17:30:00Z"),
        "Closed OutsideHours opens 2027-03-28T19:00:00+01:00 until 2027-03-28T19:00:00+01:00"
    );
}

#[test]
fn case_12_night_shifts_while_the_clocks_change() {
    let shift = |saturday: &str| {
        let saturday: NaiveDate = saturday.parse().expect("a day");
        let hours = Timetable::new("Sa 22:00-06:00", chrono_tz::Europe::London, EAW, &Holidays::shipped())
            .expect("hours");
        let days: Vec<_> = hours.days(saturday, 2).collect();
        assert!(days[1].intervals.is_empty(), "it belongs to the Saturday");
        let [interval] = days[0].intervals.as_slice() else { panic!("{days:?}") };
        interval.end - interval.start
    };
    assert_eq!(shift("2027-03-27"), TimeDelta::hours(7));
    assert_eq!(shift("2026-10-24"), TimeDelta::hours(9));
    assert_eq!(
        asked("Sa 22:00-06:00", EAW, "2026-10-25T01:30:00Z"),
        "Open WithinHours closes 2026-10-25T06:00:00+00:00 until 2026-10-25T06:00:00+00:00"
    );
}

#[test]
fn case_13_a_short_day_is_an_exception() {
    let short = format!("{SAFE}; 2026 Dec 29 10:00-14:00 \"short day\"");
    assert_eq!(
        asked(&short, EAW, "2026-12-25T10:00:00Z"),
        "Closed Holiday \"Christmas Day\" opens 2026-12-29T10:00:00+00:00 until 2026-12-26T00:00:00+00:00"
    );
    assert_eq!(
        asked(&short, EAW, "2026-12-29T10:30:00Z"),
        "Open Exception closes 2026-12-29T14:00:00+00:00 until 2026-12-29T14:00:00+00:00"
    );
    assert!(asked(&short, EAW, "2026-12-29T09:30:00Z").starts_with("Closed Exception"));
    let hours = Timetable::new(&short, chrono_tz::Europe::London, EAW, &Holidays::shipped()).expect("hours");
    let day = hours.days(NaiveDate::from_ymd_opt(2026, 12, 29).expect("a day"), 1).next().expect("it");
    assert_eq!(day.comment.as_deref(), Some("short day"));
}

#[test]
fn case_14_always_open() {
    assert_eq!(
        asked("24/7", EAW, "2026-12-25T10:00:00Z"),
        "Open AlwaysOpen until 2027-06-23T11:00:01+01:00",
        "until nobody has tried it for too long"
    );
    let every_day = asked("Mo-Su 00:00-24:00", EAW, "2026-12-25T10:00:00Z");
    assert!(every_day.starts_with("Open AlwaysOpen until"), "{every_day}");
}

#[test]
fn beyond_the_known_holidays_nothing_is_promised() {
    assert_eq!(safe(EAW, "2030-03-04T10:00:00Z"), "Unknown NoHolidayData until 2031-03-05T10:00:00+00:00");
    assert_eq!(safe(EAW, "2023-06-01T10:00:00Z"), "Unknown NoHolidayData until 2024-01-01T00:00:00+00:00");
    assert_eq!(
        safe(EAW, "2029-12-31T18:00:00Z"),
        "Closed OutsideHours until 2030-01-01T00:00:00+00:00",
        "whether it opens on 1 January is not known yet"
    );
    assert!(asked("Mo-Fr 09:00-17:00", EAW, "2030-03-04T10:00:00Z").starts_with("Open WithinHours"));
    assert!(safe(HolidayRegion::None, "2030-03-04T10:00:00Z").starts_with("Open WithinHours"));
}

#[test]
fn a_line_that_nobody_tried_for_too_long_promises_nothing() {
    let channel = channel(SAFE, EAW);
    let asked = |verified: Option<&str>, at| {
        told(
            &of(&channel, ServiceStatus::Active, &Holidays::shipped(), verified.map(moment), moment(at))
                .expect("hours"),
        )
    };
    let unverified = "Unknown Unverified until 2026-07-30T17:00:00+01:00";
    assert_eq!(asked(None, "2026-07-30T08:30:00Z"), unverified);
    assert_eq!(asked(Some("2026-01-30T08:00:00Z"), "2026-07-30T08:30:00Z"), unverified);
    assert!(asked(Some("2026-02-05T08:00:00Z"), "2026-07-30T08:30:00Z").starts_with("Open"));
    assert!(asked(None, "2026-07-30T18:30:00Z").starts_with("Closed OutsideHours"), "closed stays closed");
    assert!(asked(Some("2026-08-30T08:00:00Z"), "2026-07-30T08:30:00Z").starts_with("Open"));
    assert_eq!(
        asked(Some("2026-01-31T10:00:00Z"), "2026-07-30T08:30:00Z"),
        "Open WithinHours closes 2026-07-30T17:00:00+01:00 until 2026-07-30T11:00:01+01:00"
    );
    let verified = Some(moment("2026-01-31T10:00:00Z"));
    let freshness = |at| verification::freshness(&channel, verified, moment(at));
    assert_eq!(
        (freshness("2026-07-30T10:00:00Z"), freshness("2026-07-30T10:00:01Z")),
        (Freshness::Due, Freshness::Stale)
    );
}

#[test]
fn a_suspended_line_is_closed_until_its_first_opening_after() {
    let mut channel = channel(SAFE, EAW);
    channel.suspended_until = Some(moment("2026-12-25T12:00:00Z"));
    assert_eq!(
        told(&state(&channel, "2026-12-24T10:00:00Z")),
        "Closed Suspended opens 2026-12-29T09:00:00+00:00 until 2026-12-25T12:00:00+00:00"
    );
    channel.suspended_until = Some(moment("2026-07-30T10:00:00Z"));
    assert_eq!(
        told(&state(&channel, "2026-07-29T10:00:00Z")),
        "Closed Suspended opens 2026-07-30T11:00:00+01:00 until 2026-07-30T11:00:00+01:00"
    );
    assert!(told(&state(&channel, "2026-07-30T10:00:00Z")).starts_with("Open WithinHours"));
}

#[test]
fn hours_of_a_holiday_may_be_shorter_instead_of_none() {
    let some = "Mo-Fr 09:00-17:00; PH 10:00-12:00";
    assert_eq!(
        asked(some, EAW, "2026-12-25T11:00:00Z"),
        "Open Holiday \"Christmas Day\" closes 2026-12-25T12:00:00+00:00 until 2026-12-25T12:00:00+00:00"
    );
    let both = "Mo-Fr 09:00-17:00; PH off; Dec 25 off";
    assert!(asked(both, EAW, "2026-12-25T11:00:00Z").starts_with("Closed Holiday \"Christmas Day\""));
}

#[test]
fn searches_are_bounded() {
    assert_eq!(
        asked("2030 Jun 1 10:00-12:00", EAW, "2026-07-30T08:30:00Z"),
        "Closed OutsideHours until 2026-07-31T00:00:00+01:00",
        "a day later the search sees a day further"
    );
    assert_eq!(
        asked("off", EAW, "2026-07-30T08:30:00Z"),
        "Closed OutsideHours until 2027-07-31T09:30:00+01:00"
    );
}

#[test]
fn a_moment_that_the_clocks_skip_or_repeat_is_one_moment() {
    assert_eq!(
        asked("01:30-05:00", EAW, "2027-03-28T00:15:00Z"),
        "Closed OutsideHours opens 2027-03-28T02:00:00+01:00 until 2027-03-28T02:00:00+01:00"
    );
    assert_eq!(
        asked("00:00-01:30", EAW, "2026-10-25T00:15:00Z"),
        "Open WithinHours closes 2026-10-25T01:30:00+01:00 until 2026-10-25T01:30:00+01:00"
    );
    assert!(asked("00:00-01:30", EAW, "2026-10-25T01:15:00Z").starts_with("Closed"));
}

#[test]
fn days_are_whole_weeks_with_their_holidays() {
    let hours =
        |text| Timetable::new(text, chrono_tz::Europe::London, EAW, &Holidays::shipped()).expect("hours");
    let from = NaiveDate::from_ymd_opt(2026, 12, 24).expect("a day");
    let counts: Vec<usize> = hours(SAFE).days(from, 6).map(|day| day.intervals.len()).collect();
    assert_eq!(counts, [1, 0, 0, 0, 0, 1]);
    let named: Vec<NaiveDate> =
        hours(SAFE).days(from, 6).filter(|day| day.holiday.is_some()).map(|day| day.date).collect();
    assert_eq!(named, ["2026-12-25", "2026-12-28"].map(|day| day.parse().expect("a day")));
    let nights: Vec<String> = hours("Mo-Su 18:00-02:00")
        .days(from, 2)
        .flat_map(|day| day.intervals)
        .map(|interval| format!("{} {}", interval.start.format("%dT%H"), interval.end.format("%dT%H")))
        .collect();
    assert_eq!(nights, ["24T18 25T02", "25T18 26T02"]);
    let whole: Vec<TimeDelta> = hours("24/7")
        .days(from, 31)
        .flat_map(|day| day.intervals)
        .map(|interval| interval.end - interval.start)
        .collect();
    assert_eq!(whole, vec![TimeDelta::hours(24); 31]);
    let end = NaiveDate::from_ymd_opt(2029, 12, 30).expect("a day");
    assert_eq!(hours(SAFE).days(end, 31).count(), 2, "the list ends where holidays are not known");
}

#[test]
fn moments_have_bounds() {
    assert!(value::moment("1970-01-01T00:00:00Z").is_ok() && value::moment("2200-12-31T23:59:59Z").is_ok());
    assert!(value::moment("1969-12-31T23:59:59Z").is_err() && value::moment("2201-01-02T00:00:00Z").is_err());
    for at in ["1970-01-01T00:00:00Z", "2200-12-31T23:59:59Z"] {
        for zone in chrono_tz::TZ_VARIANTS {
            let mut channel = channel("Mo-Fr 09:00-17:00; Sa 22:00-06:00", EAW);
            channel.hours_time_zone = Some(zone.name().to_owned());
            let state = state(&channel, at);
            assert!(state.valid_until > moment(at), "{zone}: {state:?}");
        }
    }
}

#[test]
fn a_night_shift_belongs_to_the_day_it_begins_on() {
    let nights = "Mo-Su 22:00-06:00; PH off";
    assert_eq!(
        asked(nights, EAW, "2026-12-25T03:00:00Z"),
        "Open Holiday \"Christmas Day\" closes 2026-12-25T06:00:00+00:00 until 2026-12-25T06:00:00+00:00",
        "it began on Christmas Eve"
    );
    let opens = "opens 2026-12-26T22:00:00+00:00";
    assert!(asked(nights, EAW, "2026-12-25T23:00:00Z").contains(opens));
    assert!(asked(nights, EAW, "2026-12-26T03:00:00Z").contains(opens), "no shift began on Christmas Day");
    let weekdays = "Mo-Fr 22:00-06:00; Sa 10:00-14:00";
    assert!(
        asked(weekdays, EAW, "2026-12-19T03:00:00Z").starts_with("Open WithinHours closes 2026-12-19T06:00"),
        "Saturday has hours of its own, and Friday's shift goes on"
    );
}

#[test]
fn a_day_that_the_government_announced_closes_too() {
    let list = r#"{"england-and-wales":{"division":"england-and-wales","events":[
        {"title":"Regatta","date":"2027-06-07","notes":"","bunting":true}]}}"#;
    let holidays = Holidays::with_published(list).expect("a list");
    let at = moment("2027-06-07T10:00:00Z");

    let state =
        of(&channel(SAFE, EAW), ServiceStatus::Active, &holidays, Some(at), at).expect("it has hours");

    assert_eq!(
        told(&state),
        "Closed Holiday \"Regatta\" opens 2027-06-08T09:00:00+01:00 until 2027-06-08T00:00:00+01:00"
    );
}
