//! The moment that an answer is for, and what the answer turns out to depend on.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use entity::Id;
use entity::document::NodeKind;

/// The moment that an answer is for. It is only seen through [`Moment::look`], which notes how long what was made of
/// it stays true: an answer that depends on time without saying so cannot be taken for one that lasts.
#[derive(Clone)]
pub struct Moment {
    at: DateTime<Utc>,
    notes: Arc<Notes>,
}

/// What an answer depends on, gathered while it is made.
#[derive(Default)]
struct Notes {
    until: Horizon,
    read: Mutex<Read>,
}

/// The first microsecond at which time can change the answer.
struct Horizon(AtomicI64);

impl Default for Horizon {
    fn default() -> Self {
        Self(AtomicI64::new(i64::MAX))
    }
}

/// The content that an answer was made of.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The kinds that were asked for, found or not, each once.
    pub kinds: Vec<NodeKind>,
    /// The documents that were found, each once; at most 100.
    pub documents: Vec<(NodeKind, Id)>,
    /// Whether there were more.
    pub is_cut: bool,
}

/// The most documents that are told apart in one answer: their tags fill 2 KiB of a header.
const MOST: usize = 100;

impl Moment {
    /// A moment of which nothing has been made yet.
    #[must_use]
    pub fn new(at: DateTime<Utc>) -> Self {
        Self { at, notes: Arc::default() }
    }

    /// Looks at it. Unless the look is told how long what it led to holds, that is no longer than this very moment.
    pub fn look(&self) -> Look {
        Look { at: self.at, notes: Some(self.notes.clone()), is_told: AtomicBool::new(false) }
    }

    /// When the answer was made, and until when time alone cannot change it, exclusive; `None` for good.
    #[must_use]
    pub fn holds(&self) -> (DateTime<Utc>, Option<DateTime<Utc>>) {
        let until = self.notes.until.0.load(Ordering::Acquire);
        (self.at, DateTime::from_timestamp_micros(until))
    }

    /// The content that has been read so far.
    #[must_use]
    pub fn read(&self) -> Read {
        self.notes.read.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes that documents of a kind are asked for.
    pub(super) fn note_kind(&self, kind: NodeKind) {
        let mut read = self.notes.read.lock().unwrap_or_else(PoisonError::into_inner);
        if !read.kinds.contains(&kind) {
            read.kinds.push(kind);
        }
    }

    /// Notes that a document was found.
    pub(super) fn note_document(&self, kind: NodeKind, id: Id) {
        let mut read = self.notes.read.lock().unwrap_or_else(PoisonError::into_inner);
        if read.is_cut || read.documents.contains(&(kind, id)) {
            return;
        }
        if read.documents.len() < MOST {
            read.documents.push((kind, id));
        } else {
            read.is_cut = true;
        }
    }
}

// Two moments are the same where they are the same time: notes are no part of what is asked of the database.
impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Eq for Moment {}

impl Hash for Moment {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.at.hash(state);
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.at.fmt(f)
    }
}

/// A look at a moment. What is made of it holds until the earliest moment that it is told; untold, not at all.
#[must_use]
pub struct Look {
    at: DateTime<Utc>,
    notes: Option<Arc<Notes>>,
    is_told: AtomicBool,
}

impl Look {
    /// A look at a moment that the asker named: whatever is made of it, time does not change it.
    pub fn given(at: DateTime<Utc>) -> Self {
        Self { at, notes: None, is_told: AtomicBool::new(true) }
    }

    /// The moment.
    #[must_use]
    pub fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// Tells when time can change what was made of it: `None` for never, a moment that has passed for no reason to
    /// look again. Of several the earliest counts.
    pub fn until(&self, change: Option<DateTime<Utc>>) {
        self.is_told.store(true, Ordering::Release);
        if let Some(change) = change.filter(|change| *change > self.at) {
            self.narrow(change);
        }
    }

    fn narrow(&self, until: DateTime<Utc>) {
        if let Some(notes) = &self.notes {
            notes.until.0.fetch_min(until.timestamp_micros(), Ordering::AcqRel);
        }
    }
}

impl Drop for Look {
    fn drop(&mut self) {
        if !*self.is_told.get_mut() {
            self.narrow(self.at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).expect("a moment")
    }

    #[test]
    fn what_never_looked_at_the_clock_holds_for_good() {
        assert_eq!(Moment::new(at(5)).holds(), (at(5), None));
    }

    #[test]
    fn a_look_that_says_nothing_holds_no_longer_than_its_moment() {
        let moment = Moment::new(at(5));
        drop(moment.look());
        assert_eq!(moment.holds().1, Some(at(5)));
    }

    #[test]
    fn the_earliest_change_counts_and_what_has_passed_does_not() {
        let moment = Moment::new(at(5));
        for change in [Some(at(9)), Some(at(7)), Some(at(3)), None] {
            moment.look().until(change);
        }
        assert_eq!(moment.holds().1, Some(at(7)));
    }

    #[test]
    fn so_many_documents_are_told_apart_and_no_more() {
        let moment = Moment::new(at(5));
        for number in 0..=MOST {
            let id = Id(uuid::Uuid::from_u128(u128::try_from(number).unwrap_or_default()));
            moment.note_document(NodeKind::Post, id);
            moment.note_document(NodeKind::Post, id);
        }
        assert_eq!((moment.read().documents.len(), moment.read().is_cut), (MOST, true));
    }

    #[test]
    fn a_moment_that_was_named_does_not_pass() {
        let moment = Moment::new(at(5));
        let look = Look::given(at(1));
        look.until(Some(at(2)));
        drop(look);
        assert_eq!(moment.holds().1, None);
    }
}
