//! Opening hours in words: `Monday to Friday 09:00–17:00, closed on public holidays`.
//!
//! An expression is a list of rules of which a later one replaces the earlier on its days. A list in words is read in the same
//! way only while each rule is about fewer days than those before it. Where that does not hold, or a rule uses what has no
//! words here (weeks, years, nth weekdays, offsets, fallbacks), the expression itself is the description.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use entity::contact_channel::HolidayRegion;
use opening_hours_syntax::ExtendedTime;
use opening_hours_syntax::rules::day::{
    Date, DateOffset, HolidayKind, Month, MonthdayRange, WeekDayRange, Year,
};
use opening_hours_syntax::rules::time::{Time, TimeSelector, TimeSpan};
use opening_hours_syntax::rules::{OpeningHoursExpression, RuleKind, RuleOperator, RuleSequence};

use crate::domain::date;
use crate::domain::message::{Value, Voice};
use crate::domain::timetable::is_exception;

/// An expression in words, or the expression itself.
#[must_use]
pub fn description(voice: &Voice, expression: &str, region: HolidayRegion) -> String {
    let read = opening_hours_syntax::parse(expression).ok();
    read.and_then(|read| in_words(voice, &read, region)).unwrap_or_else(|| expression.to_owned())
}

fn in_words(voice: &Voice, expression: &OpeningHoursExpression, region: HolidayRegion) -> Option<String> {
    let words = Words { voice, region };
    let mut told: Vec<Rule> = Vec::new();
    let mut text = String::new();
    for rule in &expression.rules {
        let rule = words.read(rule)?;
        if !rule.has_days() {
            continue;
        }
        let phrase = words.phrase(&rule, &told)?;
        text = if text.is_empty() {
            phrase
        } else {
            voice.say("hours-join", &[("first", Value::Text(&text)), ("next", Value::Text(&phrase))])
        };
        told.push(rule);
    }
    (!text.is_empty()).then_some(text)
}

/// What a rule is about; the later ones are about fewer days.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Scope {
    Week,
    Season,
    Holidays,
    Dates,
}

/// A rule that has words.
struct Rule {
    scope: Scope,
    /// From Monday.
    weekdays: [bool; 7],
    has_holidays: bool,
    /// Days of a leap year.
    season: Vec<bool>,
    /// Months or days in words.
    period: Option<String>,
    times: Vec<Range<ExtendedTime>>,
    is_open: bool,
    adds: bool,
    comment: String,
}

impl Rule {
    /// Whether it ever applies: holidays may be those of no region.
    fn has_days(&self) -> bool {
        self.has_holidays || self.weekdays != [false; 7]
    }

    fn meets(&self, other: &Self) -> bool {
        let share = |own: &[bool], others: &[bool]| own.iter().zip(others).any(|(own, other)| *own && *other);
        share(&self.weekdays, &other.weekdays) && share(&self.season, &other.season)
    }

    fn is_within(&self, other: &Self) -> bool {
        let within =
            |own: &[bool], others: &[bool]| own.iter().zip(others).all(|(own, other)| !own || *other);
        within(&self.weekdays, &other.weekdays) && within(&self.season, &other.season)
    }

    fn is_all_week(&self) -> bool {
        self.weekdays == [true; 7]
    }

    fn is_all_day(&self) -> bool {
        self.times == [ExtendedTime::MIDNIGHT_00..ExtendedTime::MIDNIGHT_24]
    }
}

struct Words<'a> {
    voice: &'a Voice,
    region: HolidayRegion,
}

impl Words<'_> {
    fn say(&self, id: &str, values: &[(&str, &str)]) -> String {
        let values: Vec<_> = values.iter().map(|(name, text)| (*name, Value::Text(text))).collect();
        self.voice.say(id, &values)
    }

    fn list(&self, parts: &[String]) -> String {
        date::list(self.voice.locale(), parts)
    }

    /// `None` for what has no words.
    fn read(&self, rule: &RuleSequence) -> Option<Rule> {
        let days = &rule.day_selector;
        if !days.year.is_empty() || !days.week.is_empty() || rule.operator == RuleOperator::Fallback {
            return None;
        }
        let is_open = match rule.kind {
            RuleKind::Open => true,
            RuleKind::Closed => false,
            RuleKind::Unknown => return None,
        };
        let (weekdays, has_holidays) = weekdays(&days.weekday)?;
        let has_holidays = has_holidays && self.region != HolidayRegion::None;
        let is_dated = !days.monthday.is_empty();
        // A weekday of a season is a set of days; a holiday of one, and the weekday of a date, are riddles.
        if is_dated && has_holidays || is_exception(rule) && !days.weekday.is_empty() {
            return None;
        }
        let periods: Option<Vec<String>> = days.monthday.iter().map(|days| self.period(days)).collect();
        let scope = match () {
            () if is_exception(rule) => Scope::Dates,
            () if is_dated => Scope::Season,
            () if has_holidays && weekdays == [false; 7] => Scope::Holidays,
            () => Scope::Week,
        };
        Some(Rule {
            scope,
            weekdays,
            has_holidays,
            season: season(&days.monthday),
            period: is_dated.then_some(self.list(&periods?)),
            times: times(&rule.time_selector)?,
            is_open,
            adds: rule.operator == RuleOperator::Additional,
            comment: rule.comment.to_string(),
        })
    }

    /// A rule after others; `None` where the list would be read otherwise than it is meant.
    fn phrase(&self, rule: &Rule, before: &[Rule]) -> Option<String> {
        let met: Vec<&Rule> = before.iter().filter(|other| rule.meets(other)).collect();
        let is_narrower = |other: &Rule| match rule.scope.cmp(&other.scope) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Equal => rule.is_within(other) && !other.is_within(rule),
        };
        let is_plain = rule.scope > Scope::Season;
        let clashes =
            before.iter().filter(|other| is_plain || other.scope > Scope::Season || rule.meets(other));
        let both_closed = |other: &Rule| !rule.is_open && !other.is_open;
        let is_read_so = |other: &&Rule| {
            let is_apart = rule.scope == other.scope && !rule.meets(other);
            let is_pause = !rule.is_open && !rule.is_all_day() && rule.is_within(other);
            is_narrower(other) || both_closed(other) || is_apart || is_pause
        };
        if rule.adds && !rule.is_open || !rule.adds && !clashes.into_iter().all(|other| is_read_so(&other)) {
            return None;
        }
        let hours = self.hours(rule);
        let hours = match rule.comment.as_str() {
            "" => hours,
            note => self.say("hours-note", &[("hours", &hours), ("note", note)]),
        };
        Some(match &met[..] {
            [] => hours,
            _ if rule.adds => self.say("hours-also", &[("hours", &hours)]),
            _ if rule.scope == Scope::Week && rule.is_open => self.say("hours-but", &[("hours", &hours)]),
            _ => hours,
        })
    }

    fn hours(&self, rule: &Rule) -> String {
        let is_always = rule.scope == Scope::Week && rule.is_all_week() && rule.is_all_day();
        if is_always {
            return self.say(if rule.is_open { "hours-always" } else { "hours-never" }, &[]);
        }
        let days = self.days(rule);
        let hours = |days: &str| match (rule.is_open, rule.is_all_day()) {
            (false, true) if rule.scope == Scope::Holidays => self.say("hours-closed-holidays", &[]),
            (false, true) => self.say("hours-closed", &[("days", days)]),
            (false, false) => {
                self.say("hours-closed-times", &[("days", days), ("times", &self.times(&rule.times))])
            }
            (true, true) => {
                self.say("hours-open", &[("days", days), ("times", &self.say("hours-all-day", &[]))])
            }
            (true, false) => self.say("hours-open", &[("days", days), ("times", &self.times(&rule.times))]),
        };
        match &rule.period {
            Some(period) if rule.is_all_week() => hours(period),
            Some(period) => self.say("hours-during", &[("period", period), ("hours", &hours(&days))]),
            None => hours(&days),
        }
    }

    /// `Monday to Friday`, `Saturday and Sunday`, `every day`.
    fn days(&self, rule: &Rule) -> String {
        let name = |day: usize| {
            let day =
                u8::try_from(day).ok().and_then(|day| Weekday::try_from(day).ok()).unwrap_or(Weekday::Mon);
            date::weekday(self.voice.locale(), day)
        };
        let mut parts = Vec::new();
        if rule.is_all_week() {
            parts.push(self.say("hours-every-day", &[]));
        } else {
            let mut day = 0;
            while day < 7 {
                let end = (day..7).take_while(|day| rule.weekdays[*day]).last();
                match end {
                    Some(end) if end > day + 1 => {
                        parts.push(
                            self.say("hours-day-range", &[("first", &name(day)), ("last", &name(end))]),
                        );
                    }
                    Some(end) => parts.extend((day..=end).map(name)),
                    None => {}
                }
                day = end.map_or(day, |end| end) + 1;
            }
        }
        if rule.has_holidays {
            parts.push(self.say("hours-holidays", &[]));
        }
        self.list(&parts)
    }

    fn times(&self, times: &[Range<ExtendedTime>]) -> String {
        let written = |time: ExtendedTime| {
            let minutes = u32::from(time.mins_from_midnight()) % (24 * 60);
            let time = NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0).unwrap_or_default();
            date::time(self.voice.locale(), time)
        };
        let parts: Vec<String> = times
            .iter()
            .map(|time| {
                let is_overnight = time.end > ExtendedTime::MIDNIGHT_24 || time.end <= time.start;
                let id = if is_overnight { "hours-times-overnight" } else { "hours-times" };
                self.say(id, &[("from", &written(time.start)), ("until", &written(time.end))])
            })
            .collect();
        self.list(&parts)
    }

    /// `July to August`, `24 December to 2 January`, `26 December 2026`.
    fn period(&self, days: &MonthdayRange) -> Option<String> {
        let (first, last) = match days {
            MonthdayRange::Month { range, year: None } => {
                let name = |month: Month| date::month(self.voice.locale(), month as u32);
                (name(*range.start()), name(*range.end()))
            }
            MonthdayRange::Date { start: (start, none), end: (end, none_either) }
                if [none, none_either] == [&DateOffset::default(); 2]
                    && start.year().is_some() == end.year().is_some() =>
            {
                (self.date(start)?, self.date(end)?)
            }
            MonthdayRange::Month { .. } | MonthdayRange::Date { .. } => return None,
        };
        if first == last {
            return Some(first);
        }
        Some(self.say("hours-period", &[("first", &first), ("last", &last)]))
    }

    fn date(&self, date: &Date) -> Option<String> {
        let Date::Fixed { year, month, day } = date else { return None };
        let known =
            NaiveDate::from_ymd_opt(year.map_or(LEAP_YEAR, |Year(year)| year), *month as u32, (*day).into())?;
        let language = self.voice.locale();
        Some(if year.is_some() { date::day_and_year(language, known) } else { date::day(language, known) })
    }
}

/// Which days of the week, from Monday, and whether holidays; `None` for what has no words.
fn weekdays(ranges: &[WeekDayRange]) -> Option<([bool; 7], bool)> {
    let (mut days, mut has_holidays) = ([ranges.is_empty(); 7], false);
    for range in ranges {
        match range {
            WeekDayRange::Holiday { kind: HolidayKind::Public, offset: 0 } => has_holidays = true,
            WeekDayRange::Fixed {
                range,
                offset: 0,
                nth_from_start: [true, true, true, true, true],
                nth_from_end: [true, true, true, true, true],
            } => {
                let mut day = *range.start();
                days[day.num_days_from_monday() as usize] = true;
                while day != *range.end() {
                    day = day.succ();
                    days[day.num_days_from_monday() as usize] = true;
                }
            }
            WeekDayRange::Holiday { .. } | WeekDayRange::Fixed { .. } => return None,
        }
    }
    Some((days, has_holidays))
}

fn times(selector: &TimeSelector) -> Option<Vec<Range<ExtendedTime>>> {
    let fixed = |span: &TimeSpan| match (span.range.start, span.range.end) {
        (Time::Fixed(start), Time::Fixed(end)) if !span.open_end && span.repeats.is_none() => {
            Some(start..end)
        }
        _ => None,
    };
    selector.spans.iter().map(fixed).collect()
}

/// A year that has every day there is.
const LEAP_YEAR: i32 = 2024;

/// The days of a leap year that lie in some ranges; all of them without a range.
fn season(ranges: &[MonthdayRange]) -> Vec<bool> {
    let mut days = vec![ranges.is_empty(); 366];
    let ordinal = |month: Month, day: u8| {
        NaiveDate::from_ymd_opt(LEAP_YEAR, month as u32, day.into())
            .map_or(0, |date| date.ordinal0() as usize)
    };
    for range in ranges {
        let (first, last) = match range {
            MonthdayRange::Month { range, .. } => {
                let next = range.end().next();
                let last = if next == Month::January { 365 } else { ordinal(next, 1) - 1 };
                (ordinal(*range.start(), 1), last)
            }
            MonthdayRange::Date {
                start: (Date::Fixed { month, day, .. }, _),
                end: (Date::Fixed { month: last_month, day: last_day, .. }, _),
            } => (ordinal(*month, *day), ordinal(*last_month, *last_day)),
            MonthdayRange::Date { .. } => (0, 365),
        };
        let is_in = |day: usize| {
            if first <= last { (first..=last).contains(&day) } else { day >= first || day <= last }
        };
        for (day, within) in days.iter_mut().enumerate() {
            *within |= is_in(day);
        }
    }
    days
}

#[cfg(test)]
mod tests;
