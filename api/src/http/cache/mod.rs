//! Answers that are given to anonymous readers again, in front of everything that reads what a request says.
//!
//! An answer is kept for the very bytes of its request, for the content version that it was made of, while the same
//! documents are trusted, and until time alone can change it. The version is read before an answer is made and after: an
//! answer that content changed under is given once and not kept. Requests for what is just being made wait for it, if
//! they were sent at the same version.

mod coding;
mod kept;
mod key;

use std::future::Future;
use std::sync::Arc;

use axum::http::request::Parts;
use axum::response::Response;
use chrono::{DateTime, Utc};
use moka::future::Cache;
use moka::policy::EvictionPolicy;

pub(super) use kept::Kept;
pub(super) use key::Key;

use super::graphql::Media;
use super::viewer;
use crate::app::App;

/// The answers that are kept.
pub(super) struct Answers(Option<Cache<Key, Arc<Kept>>>);

/// What was made of a request.
pub(super) enum Made {
    /// For every anonymous reader who sends the same.
    Public(Arc<Kept>),
    /// For the one who asked.
    Private(Response),
}

/// Why something that was made is not kept: it is not lasting, or no answer at all.
struct NotKept;

impl Answers {
    /// A cache of some size; none for 0.
    pub(super) fn new(bytes: u64) -> Self {
        Self((bytes > 0).then(|| {
            Cache::builder()
                .max_capacity(bytes)
                .weigher(|key: &Key, kept: &Arc<Kept>| {
                    u32::try_from(key.len() + kept.weight()).unwrap_or(u32::MAX)
                })
                // What belongs to a version that has passed is never asked for again, and goes first.
                .eviction_policy(EvictionPolicy::lru())
                .build()
        }))
    }

    /// How many are kept, and the bytes that they take.
    pub(super) fn size(&self) -> (u64, u64) {
        self.0.as_ref().map_or((0, 0), |cache| (cache.entry_count(), cache.weighted_size()))
    }

    /// What a request would find its answer by; `None` for one that passes the cache by.
    pub(super) async fn key(&self, app: &App, media: Media, head: &Parts, body: &[u8]) -> Option<Key> {
        if self.0.is_none() || viewer::says_who(&head.headers) || body.len() > key::LONGEST {
            return None;
        }
        let generation = app.trusted.now().generation();
        Key::of(media, head, body, (app.content_version().await?, generation))
    }

    /// The answer to a request, if it is kept and still holds, and the moment of which that is known.
    pub(super) async fn find(&self, app: &App, key: &Key) -> Option<(Arc<Kept>, DateTime<Utc>)> {
        let cache = self.0.as_ref()?;
        let kept = cache.get(key).await?;
        // The clock after the answer: it cannot have been made later than this.
        let now = app.now();
        if kept.holds_at(now) {
            return Some((kept, now));
        }
        cache.invalidate(key).await;
        None
    }

    /// What is made of a request, by itself or by another of the same that came before; kept if it lasts.
    pub(super) async fn through<F, E>(&self, app: &App, key: Key, make: impl Fn() -> F) -> Result<Made, E>
    where
        F: Future<Output = Result<Made, E>>,
    {
        let Some(cache) = &self.0 else { return make().await };
        let version = key.version();
        let mut own = None;
        let flight = async {
            let made = make().await;
            let lasting = match &made {
                Ok(Made::Public(kept)) if kept.lasts() => Some(kept.clone()),
                _ => None,
            };
            own = Some(made);
            let lasting = lasting.ok_or(NotKept)?;
            if app.content_version().await == Some(version) { Ok(lasting) } else { Err(NotKept) }
        };
        let found = cache.try_get_with(key, flight).await;
        match (own, found) {
            (Some(made), _) => made,
            (None, Ok(kept)) if kept.holds_at(app.now()) => Ok(Made::Public(kept)),
            // Another's that is not for everybody.
            (None, _) => make().await,
        }
    }
}
