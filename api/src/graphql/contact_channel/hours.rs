//! When somebody answers: hours, days and the state at a moment.

use async_graphql::{Context, Enum, Object, SimpleObject};
use chrono::{Datelike, NaiveDate, SecondsFormat};
use chrono_tz::Tz;

use super::HolidayRegion;
use crate::domain::campaign::day_of;
use crate::domain::message::Voice;
use crate::domain::timetable::{self, Timetable};
use crate::domain::value;
use crate::domain::view::Look;
use crate::domain::{hours, open_state};
use crate::graphql::app;
use crate::graphql::content::{Sight, look};
use crate::graphql::error::{GqlError, Result};
use crate::graphql::scalar::{self, Date, DateTime, TimeZone};

/// The most days of one answer.
const MAX_DAYS: i32 = 31;

/// Whether somebody answers.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "open_state::OpenStatus")]
pub enum OpenStatus {
    /// Somebody does.
    Open,
    /// Nobody does.
    Closed,
    /// Not verified for too long, or beyond the known holidays: show the number, promise nothing.
    Unknown,
}

/// Why the status is what it is.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "open_state::OpenReason")]
pub enum OpenReason {
    /// It never closes.
    AlwaysOpen,
    /// It is within the usual hours.
    WithinHours,
    /// It is outside the usual hours.
    OutsideHours,
    /// The hours of a public holiday hold, see `holiday`.
    Holiday,
    /// The hours of a day that the expression names hold.
    Exception,
    /// It is not in use: until `ContactChannel.suspendedUntil`, or while its service is not ACTIVE, whatever moment is asked about.
    Suspended,
    /// It would be open by its hours, but nobody has tried it for more than twice `verifyEveryDays`, or ever.
    Unverified,
    /// Its hours depend on public holidays, and it is not known which days will be.
    NoHolidayData,
}

/// Whether a channel is open at a moment. Its own moments are in the offset of the channel's zone.
#[derive(SimpleObject)]
pub struct OpenState {
    /// Whether somebody answers.
    status: OpenStatus,
    /// While it is CLOSED: when it opens next. Null when that is not known, or more than a year away.
    opens_at: Option<DateTime>,
    /// While it is OPEN: when it closes. Null when it does not within a year.
    closes_at: Option<DateTime>,
    /// Why.
    reason: OpenReason,
    /// For HOLIDAY: the name of the holiday, in the language of `sentence`; one that was announced for a single year has the
    /// government's title. Null otherwise, and where the hours of the day before or after a holiday hold.
    holiday: Option<String>,
    /// When this answer can next change: nothing needs to ask again before.
    valid_until: DateTime,
    /// All of it for readers: `Closed for Christmas Day. Opens Tuesday 29 December at 09:00.` In the first of the wished
    /// languages that Beacon speaks (en, cy, de, fr, pl, ar, fa), else in English; times are in the channel's zone, and
    /// what editors wrote about these hours follows as they wrote it. It stays true until `validUntil`.
    sentence: String,
}

impl OpenState {
    /// A state for a reader.
    pub(super) fn of(sight: &Sight, state: open_state::OpenState, at: chrono::DateTime<chrono::Utc>) -> Self {
        let voice = Voice::of(sight.scope.languages.iter());
        let sentence = open_state::sentence(&voice, &state, at);
        let open_state::OpenState { status, reason, opens_at, closes_at, holiday, note: _, valid_until } =
            state;
        Self {
            status: status.into(),
            opens_at: opens_at.map(local),
            closes_at: closes_at.map(local),
            reason: reason.into(),
            holiday: holiday.map(|name| name.said(&voice)),
            valid_until: local(valid_until),
            sentence,
        }
    }
}

/// In its own offset, whole seconds.
fn local(at: chrono::DateTime<Tz>) -> DateTime {
    DateTime(at.to_rfc3339_opts(SecondsFormat::Secs, false))
}

/// A look at a moment that a client asks about; at the view's own unless said.
///
/// # Errors
/// `BAD_INPUT` for one that cannot be read, or is out of bounds.
pub fn moment(sight: &Sight, at: Option<DateTime>) -> Result<Look> {
    let at = at.map(|at| scalar::read(&["at"], &at.0, value::moment)).transpose()?;
    Ok(look(sight, at))
}

/// The hours of a channel in a view.
pub struct OpeningHours {
    pub(super) sight: Sight,
    pub(super) expression: String,
    pub(super) time_zone: String,
    pub(super) holidays: HolidayRegion,
    pub(super) timetable: Timetable,
}

/// Hours as an OpenStreetMap `opening_hours` expression in a zone, with the public holidays of a region.
#[Object]
impl OpeningHours {
    /// As written: `Mo-Fr 09:00-17:00; PH off`.
    async fn expression(&self) -> &str {
        &self.expression
    }

    /// The zone that its times are in.
    async fn time_zone(&self) -> TimeZone {
        TimeZone(self.time_zone.clone())
    }

    /// Whose holidays `PH` means.
    async fn holidays(&self) -> HolidayRegion {
        self.holidays
    }

    /// In words: `Monday to Friday 09:00–17:00, closed on public holidays`. In the first of the wished languages that Beacon
    /// speaks (en, cy, de, fr, pl, ar, fa), else in English, with what editors wrote about some hours as they wrote it.
    /// Hours for which words would not be exact are the `expression`.
    async fn description(&self) -> String {
        let voice = Voice::of(self.sight.scope.languages.iter());
        hours::description(&voice, &self.expression, self.holidays.into())
    }

    /// The coming days from `from`, holidays and exceptions applied, a suspension not. The list ends before the first
    /// day whose holidays are not known, if the hours depend on them.
    async fn days(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first day, 1970 to 2200; today in the zone of the hours unless said.")]
        from: Option<Date>,
        #[graphql(desc = "How many days, 1 to 31.", default_with = "Some(7)")] count: Option<i32>,
    ) -> Result<Vec<OpeningDay>> {
        let count = value::between(count.unwrap_or(7), 1, MAX_DAYS)
            .map_err(|(_, message)| GqlError::bad_input(&["count"], message))?;
        let zone = Some(self.timetable.zone());
        let today = || day_of(app(ctx), &self.sight.scope.at.look(), zone);
        let from = from.map_or_else(|| Ok(today()), |from| scalar::read(&["from"], &from.0, day))?;
        let days = self.timetable.days(from, usize::try_from(count).unwrap_or_default());
        Ok(days.map(|day| OpeningDay::of(&self.sight, day)).collect())
    }
}

fn day(text: &str) -> crate::domain::edit::Parsed<NaiveDate> {
    use crate::domain::problem::ProblemCode;
    let day = value::date(text)?;
    if day.year() < 1970 {
        return Err((ProblemCode::OutOfRange, "This lies between the years 1970 and 2200.".into()));
    }
    Ok(day)
}

/// The hours of a day.
#[derive(SimpleObject)]
pub struct OpeningDay {
    /// Which day.
    date: Date,
    /// When somebody answers, in order; empty on a day when nobody does. An interval belongs to the day it begins on and
    /// is not cut at midnight, unless it fills whole days.
    intervals: Vec<OpeningInterval>,
    /// The name of the region's public holiday on that day, as in `OpenState.holiday`; null on other days.
    holiday: Option<String>,
    /// What editors wrote about that day in the expression: `2026 Dec 29 10:00-14:00 "short day"`. Null unless they did.
    comment: Option<String>,
}

/// A time in which somebody answers.
#[derive(SimpleObject)]
pub struct OpeningInterval {
    /// From then on, in the offset of the zone.
    opens_at: DateTime,
    /// Until then, exclusive.
    closes_at: DateTime,
}

impl OpeningDay {
    fn of(sight: &Sight, day: timetable::Day) -> Self {
        let timetable::Day { date, intervals, holiday, comment } = day;
        let interval = |interval: std::ops::Range<chrono::DateTime<Tz>>| OpeningInterval {
            opens_at: local(interval.start),
            closes_at: local(interval.end),
        };
        Self {
            date: date.into(),
            intervals: intervals.into_iter().map(interval).collect(),
            holiday: holiday.map(|name| name.said(&Voice::of(sight.scope.languages.iter()))),
            comment,
        }
    }
}
