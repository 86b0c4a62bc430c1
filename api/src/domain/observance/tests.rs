use entity::Id;
use entity::value::List;
use uuid::Uuid;

use super::*;
use crate::domain::content::{Content, DRAFT};
use crate::domain::language::LanguageTag;
use crate::store::campaign::Campaign;

const ID: Id = Id(Uuid::nil());

fn row() -> Row {
    Campaign::blank_row(ID, chrono::DateTime::UNIX_EPOCH)
}

fn fixed(month: i32, day: i32, length_days: i32) -> Row {
    Row { observance_kind: ObservanceKind::Fixed, month: Some(month), day: Some(day), length_days, ..row() }
}

fn nth(month: i32, weekday: Weekday, nth: i32) -> Row {
    Row {
        observance_kind: ObservanceKind::NthWeekday,
        month: Some(month),
        weekday: Some(weekday),
        nth: Some(nth),
        ..row()
    }
}

fn easter_with(offset: i32) -> Row {
    Row { observance_kind: ObservanceKind::Easter, easter_offset: Some(offset), ..row() }
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn edition(year: i32, starts_on: &str, ends_on: &str, date_status: DateStatus) -> edition::Model {
    let (starts_on, ends_on) = (day(starts_on), day(ends_on));
    edition::Model {
        id: ID,
        stage: DRAFT,
        document_id: ID,
        year,
        starts_on,
        ends_on,
        date_status,
        date_source: None,
        goals: List::default(),
    }
}

/// The first days of some years, as text.
fn starts(rule: &Row, years: RangeInclusive<i32>) -> Vec<String> {
    years.filter_map(|year| starts_in(rule, year)).map(|day| day.format("%a %F").to_string()).collect()
}

fn input(kind: ObservanceKind) -> ObservanceInput {
    ObservanceInput {
        kind,
        month: None,
        day: None,
        weekday: None,
        nth: None,
        easter_offset: None,
        starts_on: None,
        length_days: None,
    }
}

/// What is wrong with an input, as `CODE part`.
fn problems(input: ObservanceInput) -> Vec<String> {
    let mut edit = Edit::new(LanguageTag::parse("en").expect("a tag"));
    apply(&mut edit, Patch::Set(input), &mut row());
    edit.problems
        .iter()
        .map(|problem| {
            assert_eq!(problem.path[..2], ["input", "observance"]);
            format!("{:?} {}", problem.code, problem.path[2])
        })
        .collect()
}

#[test]
fn a_fixed_day_comes_every_year() {
    assert_eq!(starts(&fixed(7, 30, 1), 2026..=2028), ["Thu 2026-07-30", "Fri 2027-07-30", "Sun 2028-07-30"]);
}

#[test]
fn the_second_tuesday_of_february_moves() {
    let rule = nth(2, Weekday::Tuesday, 2);
    assert_eq!(starts(&rule, 2026..=2028), ["Tue 2026-02-10", "Tue 2027-02-09", "Tue 2028-02-08"]);
}

#[test]
fn the_last_weekday_is_the_fifth_or_else_the_fourth() {
    assert_eq!(starts(&nth(5, Weekday::Monday, -1), 2026..=2027), ["Mon 2026-05-25", "Mon 2027-05-31"]);
}

#[test]
fn a_month_without_a_fifth_one_has_no_turn() {
    assert_eq!(starts(&nth(5, Weekday::Monday, 5), 2026..=2027), ["Mon 2027-05-31"]);
}

#[test]
fn good_friday_follows_western_easter() {
    assert_eq!(starts(&easter_with(-2), 2027..=2028), ["Fri 2027-03-26", "Fri 2028-04-14"]);
}

#[test]
fn easter_is_a_sunday_between_22_march_and_25_april_whatever_the_year() {
    for year in 1900..=2200 {
        let sunday = easter(year).expect("every year has one");
        assert_eq!(sunday.weekday(), chrono::Weekday::Sun);
        assert!((on(year, 3, 22)..=on(year, 4, 25)).contains(&Some(sunday)), "{sunday}");
        for offset in [*EASTER_OFFSETS.start(), *EASTER_OFFSETS.end()] {
            assert_eq!(starts_in(&easter_with(offset), year).map(|day| day.year()), Some(year));
        }
    }
    assert_eq!([1961, 2000, 2038].map(easter), [on(1961, 4, 2), on(2000, 4, 23), on(2038, 4, 25)]);
}

#[test]
fn the_29th_of_february_comes_in_leap_years_only() {
    assert_eq!(starts(&fixed(2, 29, 1), 2096..=2104), ["Wed 2096-02-29", "Fri 2104-02-29"]);
}

#[test]
fn sixteen_days_from_25_november_end_on_10_december() {
    assert_eq!(ends_on(&fixed(11, 25, 16), day("2026-11-25")), day("2026-12-10"));
}

#[test]
fn an_edition_decides_for_its_year_and_the_rule_for_the_others() {
    let rule = nth(2, Weekday::Tuesday, 2);
    let editions = [edition(2023, "2023-02-07", "2023-02-08", DateStatus::Confirmed)];
    let turns = turns(&rule, &editions, 2022..=2024);
    assert_eq!(
        turns.iter().map(|turn| turn.starts_on.to_string()).collect::<Vec<_>>(),
        ["2022-02-08", "2023-02-07", "2024-02-13"]
    );
    assert_eq!(turns[1].ends_on, day("2023-02-08"));
    assert_eq!(
        turns.iter().map(|turn| turn.date_status).collect::<Vec<_>>(),
        [DateStatus::Provisional, DateStatus::Confirmed, DateStatus::Provisional]
    );
}

#[test]
fn announced_dates_come_from_editions_alone_and_once_is_once() {
    let announced = Row { observance_kind: ObservanceKind::Announced, ..row() };
    assert_eq!(turns(&announced, &[], 2000..=2100), []);
    let editions = [edition(2027, "2027-05-03", "2027-05-09", DateStatus::Confirmed)];
    assert_eq!(turns(&announced, &editions, 2000..=2100).len(), 1);
    let once = Row { observance_kind: ObservanceKind::Once, starts_on: Some(day("2027-05-03")), ..row() };
    assert_eq!(starts(&once, 2000..=2100), ["Mon 2027-05-03"]);
}

#[test]
fn a_turn_that_runs_over_new_year_is_found_from_both_sides() {
    let rule = fixed(12, 25, 12);
    let found = |from, until| between(&rule, &[], day(from), day(until));
    assert_eq!(found("2027-01-05", "2027-01-05")[0].starts_on, day("2026-12-25"));
    assert_eq!(found("2026-12-01", "2026-12-25").len(), 1);
    assert_eq!(found("2027-01-06", "2027-12-24"), []);
    assert_eq!(found("2027-01-05", "2027-12-25").len(), 2);
}

#[test]
fn rules_are_written_as_rfc_5545_has_them() {
    let written = |rule: &Row| rrule(rule);
    assert_eq!(written(&fixed(7, 30, 3)).as_deref(), Some("FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=30"));
    assert_eq!(written(&nth(2, Weekday::Tuesday, 2)).as_deref(), Some("FREQ=YEARLY;BYMONTH=2;BYDAY=2TU"));
    assert_eq!(written(&nth(5, Weekday::Monday, -1)).as_deref(), Some("FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO"));
    assert_eq!(written(&easter_with(-2)), None);
    let once = Row { observance_kind: ObservanceKind::Once, ..fixed(7, 30, 1) };
    assert_eq!(written(&once).as_deref(), Some("FREQ=YEARLY;COUNT=1"));
}

#[test]
fn each_kind_needs_exactly_its_own_parts() {
    use ObservanceKind::{Announced, Easter, Fixed, NthWeekday, Once};
    assert_eq!(problems(input(Fixed)), ["Required month", "Required day"]);
    assert_eq!(problems(input(NthWeekday)), ["Required month", "Required weekday", "Required nth"]);
    assert_eq!(problems(input(Easter)), ["Required easterOffset"]);
    assert_eq!(problems(input(Once)), ["Required startsOn"]);
    assert_eq!(problems(input(Announced)), [""; 0]);
    let all = |kind| ObservanceInput {
        month: Some(1),
        day: Some(1),
        weekday: Some(Weekday::Monday),
        nth: Some(-1),
        easter_offset: Some(0),
        starts_on: Some("2027-01-01".into()),
        ..input(kind)
    };
    let invalid = |parts: &[&str]| parts.iter().map(|part| format!("Invalid {part}")).collect::<Vec<_>>();
    assert_eq!(problems(all(Fixed)), invalid(&["weekday", "nth", "easterOffset", "startsOn"]));
    assert_eq!(problems(all(NthWeekday)), invalid(&["day", "easterOffset", "startsOn"]));
}

#[test]
fn what_is_out_of_bounds_is_told_at_once_with_its_path() {
    use ObservanceKind::{Easter, Fixed, NthWeekday, Once};
    let wrong = ObservanceInput { month: Some(13), day: Some(0), length_days: Some(367), ..input(Fixed) };
    assert_eq!(problems(wrong), ["OutOfRange month", "OutOfRange day", "OutOfRange lengthDays"]);
    let never = |month, day| problems(ObservanceInput { month: Some(month), day: Some(day), ..input(Fixed) });
    assert_eq!(never(4, 31), ["Invalid day"]);
    assert_eq!(never(2, 30), ["Invalid day"]);
    assert_eq!(never(2, 29), [""; 0]);
    let zeroth = ObservanceInput {
        month: Some(1),
        weekday: Some(Weekday::Monday),
        nth: Some(0),
        length_days: Some(0),
        ..input(NthWeekday)
    };
    assert_eq!(problems(zeroth), ["OutOfRange nth", "OutOfRange lengthDays"]);
    assert_eq!(
        problems(ObservanceInput { easter_offset: Some(300), ..input(Easter) }),
        ["OutOfRange easterOffset"]
    );
    assert_eq!(
        problems(ObservanceInput { starts_on: Some("soon".into()), ..input(Once) }),
        ["Invalid startsOn"]
    );
}

#[test]
fn an_observance_cannot_be_cleared_and_one_that_is_left_out_stays() {
    let mut edit = Edit::new(LanguageTag::parse("en").expect("a tag"));
    let mut kept = fixed(7, 30, 1);
    apply(&mut edit, Patch::Absent, &mut kept);
    assert!(edit.problems.is_empty() && edit.changed.is_empty() && kept == fixed(7, 30, 1));
    apply(&mut edit, Patch::Clear, &mut kept);
    assert_eq!(edit.problems[0].path, ["input", "observance"]);
}
