//! How a campaign comes round: what an editor may say of it, and the days that follow.

mod description;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
pub use entity::campaign::{DateStatus, ObservanceKind, Weekday};
use entity::campaign::{Model as Row, edition};
use serde::Deserialize;

use super::edit::{Edit, Patch};
use super::problem::{Problem, ProblemCode};
use super::value;
pub use description::description;

/// The most days of one turn.
pub const MAX_DAYS: i32 = 366;
/// Days from Easter Sunday that never leave its year, whichever it is: Easter falls between 22 March and 25 April.
const EASTER_OFFSETS: RangeInclusive<i32> = -80..=250;

/// How a campaign comes round, as an input has it. Replaced whole.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ObservanceInput {
    /// In which manner; it decides what else is needed.
    pub kind: ObservanceKind,
    /// 1 to 12.
    pub month: Option<i32>,
    /// 1 to 31.
    pub day: Option<i32>,
    /// Of `NTH_WEEKDAY`.
    pub weekday: Option<Weekday>,
    /// 1 to 5, or -1 for the last.
    pub nth: Option<i32>,
    /// Days from Easter Sunday.
    pub easter_offset: Option<i32>,
    /// Of `ONCE`.
    pub starts_on: Option<String>,
    /// How many days; 1 unless said.
    pub length_days: Option<i32>,
}

/// One turn of a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day, inclusive.
    pub ends_on: NaiveDate,
    /// How sure that is.
    pub date_status: DateStatus,
}

/// Carries an observance into a campaign: exactly what its kind needs, each problem with its path.
pub(super) fn apply(edit: &mut Edit, patch: Patch<ObservanceInput>, row: &mut Row) {
    let input = match patch {
        Patch::Absent => return,
        Patch::Clear => return edit.refuse("observance", ProblemCode::Required, "This cannot be cleared."),
        Patch::Set(input) => input,
    };
    let ObservanceInput { kind, month, day, weekday, nth, easter_offset, starts_on, length_days } = input;
    let mut check = Check { edit, kind };
    let is_nth = kind == ObservanceKind::NthWeekday;
    let after = Row {
        observance_kind: kind,
        month: check.only_if(kind == ObservanceKind::Fixed || is_nth, "month", month, |month| {
            value::between(month, 1, 12)
        }),
        day: check.only_if(kind == ObservanceKind::Fixed, "day", day, |day| value::between(day, 1, 31)),
        weekday: check.only_if(is_nth, "weekday", weekday, Ok),
        nth: check.only_if(is_nth, "nth", nth, |nth| {
            if nth == -1 {
                Ok(nth)
            } else {
                value::between(nth, 1, 5)
                    .map_err(|(code, _)| (code, "This is 1 to 5, or -1 for the last.".into()))
            }
        }),
        easter_offset: check.only_if(
            kind == ObservanceKind::Easter,
            "easterOffset",
            easter_offset,
            |offset| value::between(offset, *EASTER_OFFSETS.start(), *EASTER_OFFSETS.end()),
        ),
        starts_on: check
            .only_if(kind == ObservanceKind::Once, "startsOn", starts_on, |day| value::date(&day)),
        length_days: check
            .only_if(true, "lengthDays", Some(length_days.unwrap_or(1)), |days| {
                value::between(days, 1, MAX_DAYS)
            })
            .unwrap_or(1),
        ..row.clone()
    };
    if let (Some(month), Some(day)) = (after.month, after.day)
        && on(LEAP_YEAR, month, day).is_none()
    {
        check.refuse("day", ProblemCode::Invalid, format!("Month {month} never has a day {day}."));
    }
    edit.put("observance", row, after);
}

/// A year that has every day there is.
const LEAP_YEAR: i32 = 2000;

/// Checks the parts of one input.
struct Check<'a> {
    edit: &'a mut Edit,
    kind: ObservanceKind,
}

impl Check<'_> {
    fn refuse(&mut self, part: &str, code: ProblemCode, message: String) {
        self.edit.problems.push(Problem::at(&["input", "observance", part], code, message));
    }

    /// A part that must be there for some kinds, and must not for the others.
    fn only_if<I, T>(
        &mut self,
        needed: bool,
        part: &str,
        input: Option<I>,
        parse: impl FnOnce(I) -> super::edit::Parsed<T>,
    ) -> Option<T> {
        let kind = self.kind.as_str();
        match input {
            None if needed => self.refuse(part, ProblemCode::Required, format!("{kind} needs this.")),
            None => {}
            Some(_) if !needed => {
                self.refuse(part, ProblemCode::Invalid, format!("{kind} does not have this."));
            }
            Some(input) => match parse(input) {
                Ok(value) => return Some(value),
                Err((code, message)) => self.refuse(part, code, message),
            },
        }
        None
    }
}

/// The first day of a year's turn by the rule; `None` where the rule gives none: 29 February in other years, a fifth
/// Monday that the month does not have, dates that the organiser announces.
#[must_use]
pub fn starts_in(rule: &Row, year: i32) -> Option<NaiveDate> {
    match rule.observance_kind {
        ObservanceKind::Fixed => on(year, rule.month?, rule.day?),
        ObservanceKind::NthWeekday => nth_weekday(year, rule.month?, rule.weekday?, rule.nth?),
        ObservanceKind::Easter => {
            easter(year)?.checked_add_signed(TimeDelta::days(rule.easter_offset?.into()))
        }
        ObservanceKind::Announced => None,
        ObservanceKind::Once => rule.starts_on.filter(|day| day.year() == year),
    }
}

/// The last day of a turn that begins on a day.
#[must_use]
pub fn ends_on(rule: &Row, starts_on: NaiveDate) -> NaiveDate {
    starts_on + Days::new(u64::from(rule.length_days.max(1).unsigned_abs()) - 1)
}

/// The turns of some years in their order: an edition decides for its year, the rule for every other.
#[must_use]
pub fn turns<'a>(
    rule: &Row,
    editions: impl IntoIterator<Item = &'a edition::Model>,
    years: RangeInclusive<i32>,
) -> Vec<Turn> {
    let mut by_year: BTreeMap<i32, Turn> = years
        .clone()
        .filter_map(|year| {
            let starts_on = starts_in(rule, year)?;
            Some((
                year,
                Turn { starts_on, ends_on: ends_on(rule, starts_on), date_status: DateStatus::Provisional },
            ))
        })
        .collect();
    for edition in editions.into_iter().filter(|edition| years.contains(&edition.year)) {
        let turn =
            Turn { starts_on: edition.starts_on, ends_on: edition.ends_on, date_status: edition.date_status };
        by_year.insert(edition.year, turn);
    }
    by_year.into_values().collect()
}

/// The turns that have a day between two, both inclusive.
#[must_use]
pub fn between<'a>(
    rule: &Row,
    editions: impl IntoIterator<Item = &'a edition::Model>,
    from: NaiveDate,
    until: NaiveDate,
) -> Vec<Turn> {
    // No turn is longer than a year: one from before may still run.
    let mut turns = turns(rule, editions, from.year() - 1..=until.year());
    turns.retain(|turn| turn.ends_on >= from && turn.starts_on <= until);
    turns
}

/// How many years before and after a day a turn is looked for.
const REACH: i32 = 100;

/// The turn at hand on a day: the one that runs, else the next to come, else the last.
#[must_use]
pub fn at_hand<'a>(
    rule: &Row,
    editions: impl IntoIterator<Item = &'a edition::Model>,
    day: NaiveDate,
) -> Option<Turn> {
    let mut turns = turns(rule, editions, day.year() - REACH..=day.year() + REACH);
    let coming = turns.iter().position(|turn| turn.ends_on >= day);
    coming.map(|place| turns.swap_remove(place)).or_else(|| turns.pop())
}

/// The rule as RFC 5545 writes it; `None` for what it cannot say (Easter), and for what no rule gives (announced dates).
#[must_use]
pub fn rrule(rule: &Row) -> Option<String> {
    match rule.observance_kind {
        ObservanceKind::Fixed => {
            Some(format!("FREQ=YEARLY;BYMONTH={};BYMONTHDAY={}", rule.month?, rule.day?))
        }
        ObservanceKind::NthWeekday => {
            let weekday = &rule.weekday?.as_str()[..2];
            Some(format!("FREQ=YEARLY;BYMONTH={};BYDAY={}{weekday}", rule.month?, rule.nth?))
        }
        ObservanceKind::Once => Some("FREQ=YEARLY;COUNT=1".to_owned()),
        ObservanceKind::Easter | ObservanceKind::Announced => None,
    }
}

fn on(year: i32, month: i32, day: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month.try_into().ok()?, day.try_into().ok()?)
}

fn nth_weekday(year: i32, month: i32, weekday: Weekday, nth: i32) -> Option<NaiveDate> {
    let weekday = chrono::Weekday::try_from(weekday as u8).ok()?;
    let month = month.try_into().ok()?;
    let nth_of = |nth| NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth);
    if nth == -1 { nth_of(5).or_else(|| nth_of(4)) } else { nth_of(nth.try_into().ok()?) }
}

/// Western Easter Sunday, by the algorithm of Meeus, Jones and Butcher.
pub(super) fn easter(year: i32) -> Option<NaiveDate> {
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let leap_correction = (century + 8) / 25;
    let epact = (19 * golden + century - century / 4 - (century - leap_correction + 1) / 3 + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let days = epact + to_sunday - 7 * late + 114;
    on(year, days / 31, days % 31 + 1)
}

#[cfg(test)]
mod tests;
