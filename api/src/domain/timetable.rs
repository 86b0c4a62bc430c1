//! Opening hours laid out in time: an expression in a zone, with the holidays of a region, day by day.
//!
//! Times of day become moments once, and each the same way: one that the clocks skip is the first moment after the
//! gap, one that they show twice is the first of the two (RFC 5545, 3.3.5). So stretches never overlap, and a night
//! shift is an hour shorter or longer when the clocks change. No search looks further than [`FURTHEST`] days.

mod shifts;

use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use entity::contact_channel::{HolidayRegion, Model};
use opening_hours::{Context, OpeningHours, RuleKind};
use opening_hours_syntax::ExtendedTime;
use opening_hours_syntax::rules::day::{Date, MonthdayRange};
use opening_hours_syntax::rules::{OpeningHoursExpression, RuleSequence};

use super::holidays::{Calendar, Holidays, Name};
use super::hours::uses_holidays;
use shifts::Shifts;

/// How far a search goes, in days.
pub const FURTHEST: u64 = 366;
/// The longest gap that a zone's clocks ever skipped is a day; so far is looked for its end.
const LONGEST_GAP: i64 = 25 * 60;
/// Up to so many days, dates without a year are days that differ; more are a season.
const LONGEST_EXCEPTION: i64 = 31;

/// Hours that can be asked.
pub struct Timetable {
    zone: Tz,
    calendar: Option<Arc<Calendar>>,
    needs_holidays: bool,
    is_constant: bool,
    /// Whether neither holidays nor named days make a difference to any day.
    is_regular: bool,
    hours: Shifts,
    without_exceptions: Shifts,
    /// Without holidays too.
    regular: Shifts,
}

/// Why hours are as they are on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// As always.
    Regular,
    /// It is a holiday, or `PH` in the expression says so for the day beside one, which has no name.
    Holiday(Option<Arc<Name>>),
    /// The expression names the day.
    Exception,
}

/// A time in which nothing changes. Stretches of a timetable follow each other without gaps.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// Its first moment.
    pub from: DateTime<Tz>,
    /// The first moment after it.
    pub until: DateTime<Tz>,
    /// Whether somebody answers; `None` where the expression itself does not know.
    pub is_open: Option<bool>,
    /// Why.
    pub why: Why,
    /// What the expression says of it in words.
    pub comment: Option<String>,
}

/// The hours of a day.
#[derive(Debug)]
pub struct Day {
    /// Which.
    pub date: NaiveDate,
    /// When somebody answers, in order. An interval belongs to the day it begins on; only one that fills whole days is
    /// cut at midnight.
    pub intervals: Vec<Range<DateTime<Tz>>>,
    /// The name of the region's holiday on it.
    pub holiday: Option<Arc<Name>>,
    /// What the expression says of it in words.
    pub comment: Option<String>,
}

impl Timetable {
    /// The timetable of a channel; `None` for channels without hours.
    #[must_use]
    pub fn of(channel: &Model, holidays: &Holidays) -> Option<Self> {
        let expression = channel.hours_expression.as_deref()?;
        let zone = channel.hours_time_zone.as_deref()?.parse().ok()?;
        Self::new(expression, zone, channel.hours_holidays.unwrap_or(HolidayRegion::None), holidays)
    }

    /// The timetable of an expression; `None` for what is none.
    #[must_use]
    pub fn new(expression: &str, zone: Tz, region: HolidayRegion, holidays: &Holidays) -> Option<Self> {
        let hours: OpeningHours = expression.parse().ok()?;
        let rules = hours.get_expression();
        let needs_holidays = uses_holidays(&rules) && region != HolidayRegion::None;
        let calendar = holidays.of(region).cloned();
        let context = match &calendar {
            Some(calendar) => Context::default().with_holidays(calendar.context().clone()),
            None => Context::default(),
        };
        let regular = without_exceptions(&rules);
        let is_regular = !needs_holidays && regular.is_none();
        let regular = Shifts::of(regular.unwrap_or_else(|| hours.clone()));
        Some(Self {
            zone,
            calendar,
            needs_holidays,
            is_constant: rules.is_constant(),
            is_regular,
            hours: Shifts::of(hours).with_context(&context),
            without_exceptions: regular.with_context(&context),
            regular,
        })
    }

    /// The zone that its times are in.
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// Whether it says the same at every moment: `24/7`, or `off`.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.is_constant
    }

    /// Whether the hours of a day are certain, as far as they depend on holidays.
    #[must_use]
    pub fn is_known(&self, date: NaiveDate) -> bool {
        !self.needs_holidays || self.calendar.as_ref().is_some_and(|calendar| calendar.is_certain(date))
    }

    /// When days become known after one that is not; `None` where none do.
    #[must_use]
    pub fn known_after(&self, date: NaiveDate) -> Option<DateTime<Tz>> {
        let first = self.calendar.as_ref()?.certain_from().filter(|first| *first > date)?;
        Some(self.midnight(first))
    }

    /// The first moment of a day.
    #[must_use]
    pub fn midnight(&self, date: NaiveDate) -> DateTime<Tz> {
        self.moment(date.and_time(NaiveTime::MIN))
    }

    /// The stretches from a moment on: the first holds it. They end before a day that is not known, and after
    /// [`FURTHEST`] days.
    pub fn stretches(&self, from: DateTime<Utc>) -> impl Iterator<Item = Stretch> {
        let from = from.with_timezone(&self.zone);
        let days = from.date_naive().iter_days().take(usize::try_from(FURTHEST).unwrap_or(usize::MAX));
        let known = days.take_while(|date| self.is_known(*date));
        known.flat_map(|date| self.stretches_of(date)).skip_while(move |stretch| stretch.until <= from)
    }

    /// The days from a date on, at most `count`; they end before one that is not known.
    pub fn days(&self, from: NaiveDate, count: usize) -> impl Iterator<Item = Day> {
        from.iter_days().take(count).take_while(|date| self.is_known(*date)).map(|date| self.day(date))
    }

    /// The first day, within a year, that is open, that many take for a holiday and that is none: a Saturday or Sunday
    /// that has a substitute. Only where holidays make a difference, and where the expression does not name the day.
    #[must_use]
    pub fn opens_on_likely_holiday(&self, from: NaiveDate) -> Option<(NaiveDate, &Name)> {
        let calendar = self.calendar.as_ref().filter(|_| self.needs_holidays)?;
        let days = from.iter_days().take(usize::try_from(FURTHEST).unwrap_or(usize::MAX));
        let mut likely = days.filter_map(move |day| Some((day, calendar.likely(day)?.as_ref())));
        likely.find(|(day, _)| self.why(*day) == Why::Regular && !self.open(*day).is_empty())
    }

    fn stretches_of(&self, date: NaiveDate) -> Vec<Stretch> {
        let why = self.why(date);
        let ranges = self.hours.schedule_at(date).into_iter().map(|part| {
            let is_open = match part.kind {
                RuleKind::Open => Some(true),
                RuleKind::Closed => Some(false),
                RuleKind::Unknown => None,
            };
            let (from, until) =
                (self.at(date, minutes(part.range.start)), self.at(date, minutes(part.range.end)));
            let comment = Some(part.comment.to_string()).filter(|comment| !comment.is_empty());
            Stretch { from, until, is_open, why: why.clone(), comment }
        });
        ranges.filter(|stretch| stretch.from < stretch.until).collect()
    }

    /// What makes the hours of a day: they are an exception, or a holiday's, if they were others without.
    fn why(&self, date: NaiveDate) -> Why {
        if self.is_regular {
            return Why::Regular;
        }
        let hours = self.hours.schedule_at(date);
        if hours == self.regular.schedule_at(date) {
            Why::Regular
        } else if hours == self.without_exceptions.schedule_at(date) {
            Why::Holiday(self.holiday(date))
        } else {
            Why::Exception
        }
    }

    fn holiday(&self, date: NaiveDate) -> Option<Arc<Name>> {
        self.calendar.as_ref().and_then(|calendar| calendar.name(date)).cloned()
    }

    fn day(&self, date: NaiveDate) -> Day {
        let neighbour = |date: Option<NaiveDate>| date.map(|date| self.open(date)).unwrap_or_default();
        let (before, after) = (neighbour(date.pred_opt()), neighbour(date.succ_opt()));
        let mut open = self.open(date);
        if runs_into(&before, &open) {
            open.remove(0);
        }
        if runs_into(&open, &after)
            && let (Some(last), Some(rest)) = (open.last_mut(), after.first())
        {
            last.end = DAY + rest.end;
        }
        let intervals = open.iter().map(|range| self.at(date, range.start)..self.at(date, range.end));
        let comment = self.hours.schedule_at(date).into_iter().find(|part| !part.comment.is_empty());
        Day {
            date,
            intervals: intervals.filter(|interval| interval.start < interval.end).collect(),
            holiday: self.holiday(date),
            comment: comment.map(|part| part.comment.to_string()),
        }
    }

    /// When somebody answers within a day, in minutes from its midnight.
    fn open(&self, date: NaiveDate) -> Vec<Range<i64>> {
        let mut open: Vec<Range<i64>> = Vec::new();
        for part in self.hours.schedule_at(date).into_iter().filter(|part| part.kind == RuleKind::Open) {
            let (start, end) = (minutes(part.range.start), minutes(part.range.end));
            match open.last_mut() {
                Some(last) if last.end == start => last.end = end,
                _ => open.push(start..end),
            }
        }
        open
    }

    fn at(&self, date: NaiveDate, minutes: i64) -> DateTime<Tz> {
        self.moment(date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes))
    }

    fn moment(&self, local: NaiveDateTime) -> DateTime<Tz> {
        let exists =
            |minutes| self.zone.from_local_datetime(&(local + TimeDelta::minutes(minutes))).earliest();
        (0..=LONGEST_GAP).find_map(exists).unwrap_or_else(|| self.zone.from_utc_datetime(&local))
    }
}

/// The minutes of a day by the clock.
const DAY: i64 = 24 * 60;

fn minutes(time: ExtendedTime) -> i64 {
    time.mins_from_midnight().into()
}

/// Whether the last interval of a day goes on after midnight. A day that is open as a whole is no night shift's rest.
fn runs_into(day: &[Range<i64>], next: &[Range<i64>]) -> bool {
    match (day.last(), next.first()) {
        (Some(last), Some(first)) => last.end == DAY && first.start == 0 && first.end < DAY,
        _ => false,
    }
}

/// The expression without the rules that name days; `None` where it has none.
fn without_exceptions(expression: &OpeningHoursExpression) -> Option<OpeningHours> {
    let rules: Vec<RuleSequence> =
        expression.rules.iter().filter(|rule| !is_exception(rule)).cloned().collect();
    if rules.len() == expression.rules.len() {
        return None;
    }
    OpeningHoursExpression { rules }.to_string().parse().ok()
}

/// Whether a rule names days of the calendar, not a season.
pub(super) fn is_exception(rule: &RuleSequence) -> bool {
    rule.day_selector.monthday.iter().any(|days| match days {
        MonthdayRange::Month { year, .. } => year.is_some(),
        MonthdayRange::Date { start: (start, _), end: (end, _) } => {
            start == end || start.year().is_some() || is_short(start, end)
        }
    })
}

fn is_short(start: &Date, end: &Date) -> bool {
    let in_year = |date: &Date, year| match date {
        Date::Fixed { month, day, .. } => NaiveDate::from_ymd_opt(year, *month as u32, u32::from(*day)),
        Date::Weekday { .. } | Date::Easter { .. } => None,
    };
    let (Some(first), Some(last)) = (in_year(start, LEAP_YEAR), in_year(end, LEAP_YEAR)) else {
        return false;
    };
    let last = if last < first { last + Days::new(366) } else { last };
    (last - first).num_days() < LONGEST_EXCEPTION
}

/// A year that has every day there is.
const LEAP_YEAR: i32 = 2024;
