//! Who can help now: which channels, in which order, and why.
//!
//! Only channels of services that can be turned to count, and only while they are not suspended. A line that is open is always
//! among them where one exists: looked for by priority, [`PAGE`] channels at a time, in the first [`FURTHEST`] channels with
//! hours that are published.

pub mod words;

use super::language::primary;
use std::cmp::Reverse;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use entity::Id;
use entity::service::ServiceStatus;

use super::area::Area;
use super::contact_channel::{AnswerLanguage, ContactChannel};
use super::holidays::Holidays;
use super::open_state::{self, OpenState, OpenStatus};
use super::read::Record;
use super::service::{AudienceRole, CoveredArea, Service};
use super::verification::{self, Verification};
pub use crate::store::signpost::{Asked, candidates};

/// How many channels are looked at for a reader who asks.
pub const CANDIDATES: u64 = 200;
/// How many channels with hours are read at a time while an open line is looked for.
pub const PAGE: u64 = 200;
/// After so many the search ends.
pub const FURTHEST: u64 = 1_000;
/// Among so many open lines the fittest is chosen.
pub const CHOICE: usize = 20;
/// How many channels stand in where nobody chose any.
pub const LAST_RESORT: usize = 3;
/// The most channels of one item.
pub const MAX_CHANNELS: usize = 10;

/// Why a service is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An editor chose it for this content.
    Chosen,
    /// It helps with the campaign.
    Campaign,
    /// It helps with the topic.
    Topic,
    /// It helps anybody.
    SiteDefault,
    /// Nothing else is open.
    OpenNow,
}

/// A channel that may be named.
#[derive(Clone)]
pub struct Candidate {
    /// The channel.
    pub channel: Arc<Record<ContactChannel>>,
    /// Whom it reaches.
    pub service: Arc<Record<Service>>,
    /// Which languages it answers in.
    pub languages: Arc<Vec<AnswerLanguage>>,
    /// Where the service works.
    pub coverage: Arc<Vec<CoveredArea>>,
    /// Whether it is open; `None` for what is not answered live.
    pub state: Option<OpenState>,
    /// Why it may be named.
    pub reason: Reason,
}

/// Who asks.
pub struct Asker {
    /// When.
    pub at: DateTime<Utc>,
    /// In which languages they would talk, best first.
    pub languages: Arc<[String]>,
    /// Where they are, and what that lies in; empty where they do not say.
    pub areas: Vec<(usize, Area)>,
    /// How old they are.
    pub age: Option<i32>,
    /// Who they are.
    pub role: Option<AudienceRole>,
}

/// A service and how to reach it.
pub struct Item {
    /// Its channels, best first; never empty.
    pub channels: Vec<Candidate>,
    /// Why it is named.
    pub reason: Reason,
}

/// The state of a channel, if it may be named at a moment.
#[must_use]
pub fn state(
    channel: &Record<ContactChannel>,
    service: ServiceStatus,
    holidays: &Holidays,
    last: Option<&Verification>,
    at: DateTime<Utc>,
) -> Option<OpenState> {
    let verified_at = verification::verified_at(&channel.row, last);
    open_state::of(&channel.row, service, holidays, verified_at, at)
}

impl Candidate {
    /// Whether it may be named at all at a moment.
    #[must_use]
    pub fn is_usable(&self, at: DateTime<Utc>) -> bool {
        let is_suspended = self.channel.row.suspended_until.is_some_and(|until| at < until);
        self.service.row.status == ServiceStatus::Active && !is_suspended
    }

    /// Whether somebody answers.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state.as_ref().is_some_and(|state| state.status == OpenStatus::Open)
    }

    fn id(&self) -> Id {
        self.channel.id()
    }

    /// Open first, then what can be used or tried at any time, then what is closed.
    fn openness(&self) -> u8 {
        match self.state.as_ref().map(|state| state.status) {
            Some(OpenStatus::Open) => 0,
            None | Some(OpenStatus::Unknown) => 1,
            Some(OpenStatus::Closed) => 2,
        }
    }

    /// The place of the best language in the wish list; through an interpreter after all that speak it themselves.
    fn language(&self, asker: &Asker) -> (usize, bool) {
        let place = |answers: &AnswerLanguage| {
            let is = |wish: &&String| primary(wish) == primary(&answers.answers_in);
            let place = asker.languages.iter().position(|wish| is(&wish)).unwrap_or(usize::MAX);
            (place, answers.via_interpreter)
        };
        self.languages.iter().map(place).min().unwrap_or((usize::MAX, false))
    }

    /// How wide the narrowest area is in which the asker is; unstated areas are wider, and others wider still.
    fn area(&self, asker: &Asker) -> usize {
        if asker.areas.is_empty() {
            return 0;
        }
        let width = |covered: &CoveredArea| {
            let is = |(_, area): &&(usize, Area)| area.scheme == covered.scheme && area.code == covered.code;
            asker.areas.iter().find(is).map(|(width, _)| *width)
        };
        let unknown = if self.coverage.is_empty() { usize::MAX - 1 } else { usize::MAX };
        self.coverage.iter().filter_map(width).min().unwrap_or(unknown)
    }

    /// How well the service is for the asker: made for them, for everybody, for others.
    fn audience(&self, asker: &Asker) -> u8 {
        let row = &self.service.row;
        let age = asker.age.and_then(|age| {
            let is_stated = row.min_age.is_some() || row.max_age.is_some();
            let fits = row.min_age.is_none_or(|min| min <= age) && row.max_age.is_none_or(|max| age <= max);
            is_stated.then_some(fits)
        });
        let role = asker.role.and_then(|role| {
            let roles = &row.roles.0;
            (!roles.is_empty()).then(|| roles.contains(&role))
        });
        match (age, role) {
            (Some(false), _) | (_, Some(false)) => 2,
            (Some(true), _) | (_, Some(true)) => 0,
            (None, None) => 1,
        }
    }

    fn misfits(&self, asker: &Asker) -> bool {
        self.area(asker) == usize::MAX || self.audience(asker) == 2
    }

    fn rank(&self, asker: &Asker) -> impl Ord + use<> {
        let row = &self.channel.row;
        let how = (self.openness(), self.language(asker), self.area(asker), self.audience(asker));
        (how, row.priority, self.id())
    }
}

/// Those that fit, best first, at most `first` services; with a line of `open` before them if none of them is open.
#[must_use]
pub fn ranked(candidates: Vec<Candidate>, open: Vec<Candidate>, asker: &Asker, first: usize) -> Vec<Item> {
    let mut fitting: Vec<Candidate> =
        candidates.into_iter().filter(|one| one.is_usable(asker.at) && !one.misfits(asker)).collect();
    if !fitting.iter().any(Candidate::is_open) {
        fitting.extend(fittest(open, asker));
    }
    fitting.sort_by_cached_key(|candidate| candidate.rank(asker));
    let mut items = grouped(fitting);
    items.truncate(first);
    items
}

/// What an editor or a default chose, in that order but what is open first; with a line of `open` behind it if nothing is open.
#[must_use]
pub fn chosen(candidates: Vec<Candidate>, open: Vec<Candidate>, asker: &Asker) -> Vec<Item> {
    let mut chosen: Vec<Candidate> =
        candidates.into_iter().filter(|candidate| candidate.is_usable(asker.at)).collect();
    let is_elsewhere = |candidate: &Candidate| candidate.area(asker) == usize::MAX;
    chosen.sort_by_key(|candidate| (Reverse(candidate.is_open()), is_elsewhere(candidate)));
    if !chosen.iter().any(Candidate::is_open) {
        chosen.extend(fittest(open, asker));
    }
    grouped(chosen)
}

/// The open line that is best for the asker, even one that is meant for others where there is no better.
fn fittest(open: Vec<Candidate>, asker: &Asker) -> Option<Candidate> {
    let usable = open.into_iter().filter(|one| one.is_usable(asker.at) && one.is_open());
    let best = usable.min_by_key(|candidate| (candidate.misfits(asker), candidate.rank(asker)))?;
    Some(Candidate { reason: Reason::OpenNow, ..best })
}

/// By service, in the order of the first channel of each; each channel once.
fn grouped(candidates: Vec<Candidate>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for candidate in candidates {
        let service = candidate.service.id();
        let known = items.iter_mut().find(|item| item.channels[0].service.id() == service);
        match known {
            Some(item) if item.channels.iter().any(|known| known.id() == candidate.id()) => {}
            Some(item) if item.channels.len() < MAX_CHANNELS || candidate.reason == Reason::OpenNow => {
                item.channels.push(candidate);
            }
            Some(_) => {}
            None => items.push(Item { reason: candidate.reason, channels: vec![candidate] }),
        }
    }
    items
}

/// When another answer is possible: at the first change of anything that was looked at; a day from now where nothing changes.
pub fn valid_until<'a>(looked_at: impl Iterator<Item = &'a OpenState>, at: DateTime<Utc>) -> DateTime<Utc> {
    let first = looked_at.map(|state| state.valid_until.to_utc()).min();
    first.filter(|until| *until > at).unwrap_or(at + TimeDelta::days(1))
}

#[cfg(test)]
mod tests;
