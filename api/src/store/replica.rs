//! A copy of a PostgreSQL database that only reads, and is behind by as long as it takes.
//!
//! It is asked for a request once it has come as far as this process knows of the database itself: what it answers is then
//! never older than what the process would have given from its memory. Otherwise, and whenever it fails, the database is
//! asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use sea_orm::{DbBackend, DbErr, Statement};
use tokio::sync::Mutex;

use super::connections::Connections;
use super::given_up::GivenUp;
use super::options;

/// How long it may take to say how far it is; the database would have answered by then.
const PATIENCE: Duration = Duration::from_millis(100);

/// A replica, and how far it is known to be.
pub(super) struct Replica {
    connections: Arc<Connections>,
    /// The content version that it has at least; -1 while nothing is known.
    reached: AtomicI64,
    /// Held by whoever asks how far it is.
    asking: Mutex<()>,
}

impl Replica {
    /// A replica, which need not be there yet.
    ///
    /// # Errors
    /// When the URL cannot be used.
    pub(super) async fn open(url: &str, given_up: &GivenUp) -> Result<Self, DbErr> {
        let mut options = options::postgres(url, given_up);
        options.connect_lazy(true);
        let connections = Connections::open(options).await?.into();
        Ok(Self { connections, reached: AtomicI64::new(-1), asking: Mutex::default() })
    }

    /// Its connections, if it has a content version by now. One request at a time finds out; the others do not wait for it.
    pub(super) async fn at(&self, version: i64) -> Option<&Arc<Connections>> {
        if self.reached.load(Ordering::Acquire) < version {
            let _asking = self.asking.try_lock().ok()?;
            let reached = tokio::time::timeout(PATIENCE, self.look()).await.ok()?.ok()?;
            self.reached.store(reached, Ordering::Release);
            if reached < version {
                return None;
            }
        }
        Some(&self.connections)
    }

    /// It failed: it is asked how far it is before it is asked for anything else.
    pub(super) fn lost(&self) {
        self.reached.store(-1, Ordering::Release);
    }

    /// Its connections.
    pub(super) fn connections(&self) -> &Connections {
        &self.connections
    }

    async fn look(&self) -> Result<i64, DbErr> {
        let read = "select value from counter where name = 'content_version'";
        let rows = self.connections.read(Statement::from_string(DbBackend::Postgres, read)).await?;
        rows.first().map_or(Ok(0), |row| row.try_get("", "value"))
    }
}
