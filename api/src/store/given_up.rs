//! Statements whose asker went away: because it took too long, or because the client hung up.
//!
//! The driver takes such a connection back once its statement has ended, which keeps both the database and a place of the
//! pool at work for nobody. So a connection that is not ready soon after somebody gave up is cut instead, and
//! PostgreSQL, which looks after its client every so often (`client_connection_check_interval`), ends the statement.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sea_orm::sqlx::pool::PoolOptions;
use sea_orm::sqlx::{Connection, Error, Postgres};

/// How long after somebody gave up the connections that come back are looked at, in milliseconds.
const LATELY: u64 = 1_000;
/// How soon a connection is ready whose statement has ended.
const SOON: Duration = Duration::from_millis(100);

/// When a statement was last given up. Clones are the same.
#[derive(Clone)]
pub(super) struct GivenUp {
    start: Instant,
    /// Milliseconds after the start, and one more; 0 for never.
    last: Arc<AtomicU64>,
}

impl Default for GivenUp {
    fn default() -> Self {
        Self { start: Instant::now(), last: Arc::default() }
    }
}

impl GivenUp {
    /// Somebody gave up just now. To be said before the connection goes back to its pool.
    pub(super) fn note(&self) {
        self.last.store(self.now() + 1, Ordering::Release);
    }

    /// Has the connections that come back looked at where they may still be at work.
    pub(super) fn watch(self, pool: PoolOptions<Postgres>) -> PoolOptions<Postgres> {
        pool.after_release(move |connection, _| {
            let given_up = self.clone();
            Box::pin(async move {
                if !given_up.is_recent() {
                    return Ok(true);
                }
                match tokio::time::timeout(SOON, connection.ping()).await {
                    Ok(ready) => ready.map(|()| true),
                    // An error cuts the connection; to close it in good order would be to wait.
                    Err(_) => Err(Error::Protocol("its statement was given up".to_owned())),
                }
            })
        })
    }

    fn is_recent(&self) -> bool {
        let last = self.last.load(Ordering::Acquire);
        last > 0 && self.now() < last + LATELY
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
