//! The state of a channel in words. They stay true until the state can next change, however long an answer is kept: so
//! they say today for a day that ends later than the answer, and never tomorrow.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{OpenReason, OpenState, OpenStatus};
use crate::domain::date;
use crate::domain::message::{Value, Voice};

/// How the ids of whole sentences begin.
const SENTENCE: &str = "";
/// How the ids of parts of a line begin.
const PART: &str = "when-";
/// From so many days away a day has its year.
const NEXT_YEAR: i64 = 180;

/// `Closed for Christmas Day. Opens Tuesday 29 December at 09:00.`
#[must_use]
pub fn sentence(voice: &Voice, state: &OpenState, at: DateTime<Utc>) -> String {
    let mut sentences = match state.status {
        OpenStatus::Open => vec![open(voice, state, at, SENTENCE)],
        OpenStatus::Closed => closed(voice, state, at),
        OpenStatus::Unknown if state.reason == OpenReason::NoHolidayData => {
            vec![voice.say("unknown-holidays", &[])]
        }
        OpenStatus::Unknown => vec![voice.say("unknown-unverified", &[])],
    };
    sentences
        .extend(state.note.as_deref().map(|note| voice.say("state-note", &[("note", Value::Text(note))])));
    sentences.join(" ")
}

/// The same in a few words, for lists: `opens Tuesday 29 December at 09:00`.
#[must_use]
pub fn when(voice: &Voice, state: &OpenState, at: DateTime<Utc>) -> String {
    match (state.status, state.opens_at) {
        (OpenStatus::Open, _) => open(voice, state, at, PART),
        (OpenStatus::Closed, Some(opens_at)) => opens(voice, opens_at, at, PART),
        (OpenStatus::Closed, None) => voice.say("when-closed-now", &[]),
        (OpenStatus::Unknown, _) => voice.say("when-unknown", &[]),
    }
}

fn open(voice: &Voice, state: &OpenState, at: DateTime<Utc>, form: &str) -> String {
    let Some(closes_at) = state.closes_at else {
        let now = if state.reason == OpenReason::AlwaysOpen { "always" } else { "now" };
        return voice.say(&format!("{form}open-{now}"), &[]);
    };
    let time = date::time(voice.locale(), closes_at.time());
    // Within a day there is one such time, whichever date it is on.
    if closes_at.to_utc() - at < TimeDelta::days(1) {
        return voice.say(&format!("{form}open-until"), &[("time", Value::Text(&time))]);
    }
    let day = day(voice, closes_at, at);
    voice.say(&format!("{form}open-until-day"), &[("day", Value::Text(&day)), ("time", Value::Text(&time))])
}

fn closed(voice: &Voice, state: &OpenState, at: DateTime<Utc>) -> Vec<String> {
    let is_today = |opens_at: &DateTime<Tz>| {
        opens_at.date_naive() == at.with_timezone(&opens_at.timezone()).date_naive()
    };
    let why = match (state.reason, &state.holiday) {
        (OpenReason::Suspended, _) => Some(voice.say("closed-suspended", &[])),
        // When it opens says enough.
        _ if state.opens_at.as_ref().is_some_and(is_today) => None,
        (OpenReason::Holiday, Some(name)) => {
            let name = name.said(voice);
            Some(voice.say("closed-holiday", &[("holiday", Value::Text(&name))]))
        }
        _ => Some(voice.say("closed-now", &[])),
    };
    why.into_iter().chain(state.opens_at.map(|opens_at| opens(voice, opens_at, at, SENTENCE))).collect()
}

fn opens(voice: &Voice, opens_at: DateTime<Tz>, at: DateTime<Utc>, form: &str) -> String {
    let time = date::time(voice.locale(), opens_at.time());
    if opens_at.date_naive() == at.with_timezone(&opens_at.timezone()).date_naive() {
        return voice.say(&format!("{form}opens-today"), &[("time", Value::Text(&time))]);
    }
    let day = day(voice, opens_at, at);
    voice.say(&format!("{form}opens-day"), &[("day", Value::Text(&day)), ("time", Value::Text(&time))])
}

fn day(voice: &Voice, of: DateTime<Tz>, at: DateTime<Utc>) -> String {
    if of.to_utc() - at < TimeDelta::days(NEXT_YEAR) {
        date::weekday_and_day(voice.locale(), of.date_naive())
    } else {
        date::weekday_day_and_year(voice.locale(), of.date_naive())
    }
}

#[cfg(test)]
mod tests;
