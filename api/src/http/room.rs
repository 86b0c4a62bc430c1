//! How much goes on at a time. What is more is told to come back at once, before it takes memory.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

use super::admission::Admission;
use super::refusal::Refusal;

/// Most bodies beyond [`SMALL_BODY`] that are read at a time: 64 MiB together.
const LARGE_BODIES: u32 = 64;
/// Bodies up to it, in bytes, are bounded by the connections that they come over.
const SMALL_BODY: u64 = 64 * 1024;

/// A number of places. Clones are the same places.
#[derive(Clone)]
pub(super) struct Places {
    all: u32,
    free: Arc<Semaphore>,
}

/// The places for what takes memory, and what lets those in who have one.
pub(super) struct Room {
    /// Connections.
    pub(super) connections: Places,
    /// Operations that are carried out.
    pub(super) operations: Places,
    /// Questions that are worked on.
    pub(super) admission: Admission,
    large_bodies: Places,
}

impl Places {
    /// All free.
    pub(super) fn new(all: u32) -> Self {
        Self { all, free: Arc::new(Semaphore::new(all as usize)) }
    }

    /// A place until it is dropped; `None` where there is none.
    pub(super) fn enter(&self) -> Option<OwnedSemaphorePermit> {
        self.free.clone().try_acquire_owned().ok()
    }

    /// The next place that gets free, until it is dropped.
    pub(super) async fn wait(&self) -> Option<SemaphorePermit<'_>> {
        self.free.acquire().await.ok()
    }

    /// How many are taken.
    pub(super) fn taken(&self) -> u32 {
        self.all.saturating_sub(u32::try_from(self.free.available_permits()).unwrap_or(self.all))
    }

    /// Comes when everybody has left.
    pub(super) async fn emptied(&self) {
        // All places are free once everybody has left.
        let _ = self.free.acquire_many(self.all).await;
    }
}

impl Room {
    /// Room for some connections and some operations.
    pub(super) fn new(connections: u32, operations: u32) -> Self {
        Self {
            connections: Places::new(connections),
            operations: Places::new(operations),
            admission: Admission::default(),
            large_bodies: Places::new(LARGE_BODIES),
        }
    }

    /// A place for an operation.
    ///
    /// # Errors
    /// 503 where there is none.
    pub(super) fn for_operation(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        self.operations.enter().ok_or_else(Refusal::busy)
    }

    /// A place for a body of at most so many bytes, which it needs if it may be large.
    ///
    /// # Errors
    /// 503 where there is none.
    pub(super) fn for_body(&self, bytes: Option<u64>) -> Result<Option<OwnedSemaphorePermit>, Refusal> {
        if bytes.is_some_and(|bytes| bytes <= SMALL_BODY) {
            return Ok(None);
        }
        self.large_bodies.enter().ok_or_else(Refusal::busy).map(Some)
    }
}
