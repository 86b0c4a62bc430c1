//! Whether a channel is open at a moment, why, and until when that answer holds.

mod sentence;

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use chrono_tz::Tz;
use entity::contact_channel::Model;
use entity::service::ServiceStatus;

use super::holidays::{Holidays, Name};
use super::timetable::{FURTHEST, Stretch, Timetable, Why};
use super::verification;
pub use sentence::{sentence, when};

/// Whether somebody answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenStatus {
    /// Somebody does.
    Open,
    /// Nobody does.
    Closed,
    /// Nothing can be promised.
    Unknown,
}

/// Why the status is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenReason {
    /// It never closes.
    AlwaysOpen,
    /// It is within the usual hours.
    WithinHours,
    /// It is outside them.
    OutsideHours,
    /// The hours of a holiday hold.
    Holiday,
    /// The hours of a named day hold.
    Exception,
    /// It is not in use for a time, or its service cannot be turned to.
    Suspended,
    /// Nobody has tried it for too long.
    Unverified,
    /// It is not known which days are holidays.
    NoHolidayData,
}

/// The state of a channel at a moment. All moments are in the offset that its hours are in.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenState {
    /// Whether somebody answers.
    pub status: OpenStatus,
    /// Why.
    pub reason: OpenReason,
    /// While it is closed: when it opens next; `None` if that is not known, or further away than [`FURTHEST`] days.
    pub opens_at: Option<DateTime<Tz>>,
    /// While it is open: when it closes; `None` if it does not within as many days.
    pub closes_at: Option<DateTime<Tz>>,
    /// The name of the holiday that is the reason.
    pub holiday: Option<Arc<Name>>,
    /// What editors wrote about these hours.
    pub note: Option<String>,
    /// The first moment at which this answer can be another.
    pub valid_until: DateTime<Tz>,
}

/// The state of a channel that was last tried at a moment; `None` for one that is not answered live. Nobody answers for a service
/// that is not [`ServiceStatus::Active`].
#[must_use]
pub fn of(
    channel: &Model,
    service: ServiceStatus,
    holidays: &Holidays,
    verified_at: Option<DateTime<Utc>>,
    at: DateTime<Utc>,
) -> Option<OpenState> {
    let hours = Timetable::of(channel, holidays)?;
    let at = at.trunc_subsecs(0);
    if service != ServiceStatus::Active {
        return Some(out_of_service(&hours, at));
    }
    let suspended_until = channel.suspended_until.map(|until| until.trunc_subsecs(0));
    if let Some(until) = suspended_until.filter(|until| at < *until) {
        return Some(suspended(&hours, until));
    }
    let state = by_the_hours(&hours, at);
    Some(verified(state, &hours, verification::stale_at(channel, verified_at), at))
}

/// Until its service can be turned to again: no hours tell when, and who shows it asks again tomorrow.
fn out_of_service(hours: &Timetable, at: DateTime<Utc>) -> OpenState {
    not_in_use(None, tomorrow(hours, at))
}

fn suspended(hours: &Timetable, until: DateTime<Utc>) -> OpenState {
    let until_here = until.with_timezone(&hours.zone());
    let first = hours.stretches(until).find(answers);
    not_in_use(first.map(|stretch| stretch.from.max(until_here)), until_here)
}

fn not_in_use(opens_at: Option<DateTime<Tz>>, valid_until: DateTime<Tz>) -> OpenState {
    OpenState {
        status: OpenStatus::Closed,
        reason: OpenReason::Suspended,
        opens_at,
        closes_at: None,
        holiday: None,
        note: None,
        valid_until,
    }
}

/// The next midnight of its zone.
fn tomorrow(hours: &Timetable, at: DateTime<Utc>) -> DateTime<Tz> {
    let here = at.with_timezone(&hours.zone());
    here.date_naive().succ_opt().map_or(here, |date| hours.midnight(date))
}

/// What the hours say, and until when.
fn by_the_hours(hours: &Timetable, at: DateTime<Utc>) -> OpenState {
    let here = at.with_timezone(&hours.zone());
    let furthest = here + TimeDelta::days(i64::try_from(FURTHEST).unwrap_or(0));
    let mut stretches = hours.stretches(at);
    let Some(now) = stretches.next() else {
        return no_holiday_data(hours.known_after(here.date_naive()).unwrap_or(furthest));
    };
    if hours.is_constant() {
        let reason = if answers(&now) { OpenReason::AlwaysOpen } else { OpenReason::OutsideHours };
        return OpenState { valid_until: furthest, ..state(&now, reason) };
    }
    let Ahead { changes_at, turns_at, end } = Ahead::of(&now, stretches);
    let valid_until = changes_at.unwrap_or(end);
    // A search that found nothing may find something tomorrow, when it looks a day further; not where knowledge ends.
    let never_turns = turns_at.is_none() && hours.is_known(end.date_naive());
    let state = state(&now, reason(&now, never_turns));
    OpenState {
        opens_at: turns_at.filter(|_| state.status == OpenStatus::Closed),
        closes_at: turns_at.filter(|_| state.status == OpenStatus::Open),
        valid_until: if never_turns { valid_until.min(tomorrow(hours, at)) } else { valid_until },
        ..state
    }
}

/// Whether somebody answers during a stretch.
fn answers(stretch: &Stretch) -> bool {
    stretch.is_open == Some(true)
}

/// What comes after a stretch.
struct Ahead {
    /// When anything about it changes.
    changes_at: Option<DateTime<Tz>>,
    /// When it opens, or closes.
    turns_at: Option<DateTime<Tz>>,
    /// Until when it does neither.
    end: DateTime<Tz>,
}

impl Ahead {
    fn of(now: &Stretch, stretches: impl Iterator<Item = Stretch>) -> Self {
        let mut ahead = Self { changes_at: None, turns_at: None, end: now.until };
        for next in stretches {
            if (next.is_open, &next.why, &next.comment) != (now.is_open, &now.why, &now.comment) {
                ahead.changes_at.get_or_insert(next.from);
            }
            if answers(&next) != answers(now) {
                ahead.turns_at = Some(next.from);
                break;
            }
            ahead.end = next.until;
        }
        ahead
    }
}

fn reason(now: &Stretch, never_turns: bool) -> OpenReason {
    match (&now.why, answers(now)) {
        (_, true) if never_turns => OpenReason::AlwaysOpen,
        (Why::Holiday(_), _) => OpenReason::Holiday,
        (Why::Exception, _) => OpenReason::Exception,
        (Why::Regular, true) => OpenReason::WithinHours,
        (Why::Regular, false) => OpenReason::OutsideHours,
    }
}

/// The state of a stretch by itself.
fn state(now: &Stretch, reason: OpenReason) -> OpenState {
    let status = match now.is_open {
        Some(true) => OpenStatus::Open,
        Some(false) => OpenStatus::Closed,
        None => OpenStatus::Unknown,
    };
    let holiday = match &now.why {
        Why::Holiday(name) if reason == OpenReason::Holiday => name.clone(),
        Why::Regular | Why::Exception | Why::Holiday(_) => None,
    };
    OpenState {
        status,
        reason,
        opens_at: None,
        closes_at: None,
        holiday,
        note: now.comment.clone(),
        valid_until: now.until,
    }
}

fn no_holiday_data(valid_until: DateTime<Tz>) -> OpenState {
    OpenState {
        status: OpenStatus::Unknown,
        reason: OpenReason::NoHolidayData,
        opens_at: None,
        closes_at: None,
        holiday: None,
        note: None,
        valid_until,
    }
}

/// What of a state can be promised: nobody answers for an open line that was not tried for too long.
fn verified(
    state: OpenState,
    hours: &Timetable,
    stale_at: Option<DateTime<Utc>>,
    at: DateTime<Utc>,
) -> OpenState {
    if state.status != OpenStatus::Open {
        return state;
    }
    match stale_at {
        Some(stale_at) if at < stale_at => {
            let stale_at = stale_at.with_timezone(&hours.zone());
            OpenState { valid_until: state.valid_until.min(stale_at), ..state }
        }
        _ => OpenState {
            status: OpenStatus::Unknown,
            reason: OpenReason::Unverified,
            // Whatever hours hold, this stays unverified until they end.
            valid_until: state.closes_at.unwrap_or(state.valid_until),
            closes_at: None,
            holiday: None,
            note: None,
            opens_at: None,
        },
    }
}

#[cfg(test)]
mod tests;
