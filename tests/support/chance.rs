//! Time and chance, in the hands of the test.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use api::app::{Clock, Ids};
use chrono::{DateTime, TimeDelta, Utc};
use entity::Id;
use uuid::Uuid;

/// When every world begins: a Wednesday morning.
const BEGINNING: &str = "2026-07-01T09:00:00Z";

/// A clock that stands still until it is moved.
pub(crate) struct TestClock(Mutex<DateTime<Utc>>);

impl TestClock {
    /// At the beginning of every world.
    pub(crate) fn new() -> Self {
        Self(Mutex::new(instant(BEGINNING)))
    }

    /// Moves the clock to a moment in RFC 3339.
    pub(crate) fn set(&self, moment: &str) {
        *self.0.lock().expect("nobody panics holding it") = instant(moment);
    }

    /// Moves the clock on.
    pub(crate) fn advance(&self, minutes: i64) {
        *self.0.lock().expect("nobody panics holding it") += TimeDelta::minutes(minutes);
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("nobody panics holding it")
    }
}

/// Reads a moment in RFC 3339.
pub(crate) fn instant(moment: &str) -> DateTime<Utc> {
    moment.parse().unwrap_or_else(|error| panic!("{moment:?} is no moment: {error}"))
}

/// Ids that count from one, in the form of `UUIDv7`.
pub(crate) struct TestIds(AtomicU64);

impl TestIds {
    /// Begins at one.
    pub(crate) fn new() -> Self {
        Self(AtomicU64::new(1))
    }
}

impl Ids for TestIds {
    fn next(&self) -> Id {
        let count = self.0.fetch_add(1, Ordering::Relaxed);
        Id(Uuid::from_u64_pair(0x0197_0000_0000_7000, 0x8000_0000_0000_0000 | count))
    }
}
