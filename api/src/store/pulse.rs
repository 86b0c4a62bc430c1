//! The pulse of the database: tells the process how far it has come, whoever wrote.
//!
//! Three things feed it. A commit of this process raises it before the commit returns. On PostgreSQL each transaction
//! that appends a change also sends a notification, which wakes the instances that listen. And the counters are read
//! again every so often: that is how another process that writes the same SQLite file is noticed, and the safety net
//! under notifications.

use std::convert::Infallible;
use std::time::Duration;

use sea_orm::sea_query::Query;
use sea_orm::sqlx::postgres::{PgListener, PgPoolOptions};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, RuntimeErr};
use tokio::sync::watch;

use super::Db;

/// Announces a change on PostgreSQL, at the commit of its transaction. It carries nothing: whoever hears it looks.
pub(super) const ANNOUNCE: &str = "notify beacon_change";
const CHANNEL: &str = "beacon_change";
/// How often an SQLite file is looked at: another process can only be seen, not heard.
const GLANCE: Duration = Duration::from_millis(500);
/// How often PostgreSQL is looked at although nothing was heard.
const SAFETY_NET: Duration = Duration::from_secs(5);
/// How long to wait before following is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// How far the database has come. Numbers only grow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beat {
    /// The sequence of the last change that is known to be committed.
    pub sequence: i64,
    /// The last content version that is known.
    pub content_version: i64,
    /// Whether commits of other processes are being followed. While not (at the start, and while PostgreSQL is away),
    /// the numbers may be behind without bound.
    pub is_live: bool,
}

impl Beat {
    /// The farther of both, number by number.
    pub(super) fn max(self, other: Self) -> Self {
        Self {
            sequence: self.sequence.max(other.sequence),
            content_version: self.content_version.max(other.content_version),
            ..self
        }
    }
}

/// The pulse of a database within this process. Clones are the same pulse.
#[derive(Clone, Default)]
pub(super) struct Pulse(watch::Sender<Beat>);

impl Pulse {
    /// Whoever holds the receiver sees the last beat, and can wait for the next.
    pub(super) fn subscribe(&self) -> watch::Receiver<Beat> {
        self.0.subscribe()
    }

    /// The last beat.
    pub(super) fn now(&self) -> Beat {
        *self.0.borrow()
    }

    /// Something of this process was committed.
    pub(super) fn raise(&self, beat: Beat) {
        self.become_at_least(|now| now.max(beat));
    }

    /// The database was looked at while it is followed.
    fn seen(&self, beat: Beat) {
        self.become_at_least(|now| Beat { is_live: true, ..now.max(beat) });
    }

    fn lost(&self) {
        self.become_at_least(|now| Beat { is_live: false, ..now });
    }

    fn become_at_least(&self, next: impl FnOnce(Beat) -> Beat) {
        self.0.send_if_modified(|now| {
            let before = std::mem::replace(now, next(*now));
            *now != before
        });
    }

    /// Follows the database for as long as it is polled, also beyond its failures.
    pub(super) async fn follow(&self, db: &Db) {
        loop {
            let Err(error) = self.follow_once(db).await;
            self.lost();
            tracing::warn!(error = %error, "the changes of other processes cannot be followed");
            tokio::time::sleep(RETRY).await;
        }
    }

    async fn follow_once(&self, db: &Db) -> Result<Infallible, DbErr> {
        // Before the first look, so that nothing falls between the two.
        let mut ear = Ear::open(db.writer()).await?;
        loop {
            self.seen(look(db).await?);
            ear.wait().await?;
        }
    }
}

/// What wakes the one who follows.
enum Ear {
    Postgres(Box<PgListener>),
    Sqlite,
}

impl Ear {
    /// Listens on a connection of its own, so that the pool keeps all of its.
    async fn open(database: &DatabaseConnection) -> Result<Self, DbErr> {
        if database.get_database_backend() == DbBackend::Sqlite {
            return Ok(Self::Sqlite);
        }
        let options = database.get_postgres_connection_pool().connect_options();
        let own = PgPoolOptions::new().max_connections(1).connect_lazy_with((*options).clone());
        let mut listener = PgListener::connect_with(&own).await.map_err(failed)?;
        // A lost connection is told at once; what was missed is then looked for.
        listener.eager_reconnect(false);
        listener.listen(CHANNEL).await.map_err(failed)?;
        Ok(Self::Postgres(Box::new(listener)))
    }

    /// Returns when it is time to look.
    async fn wait(&mut self) -> Result<(), DbErr> {
        let Self::Postgres(listener) = self else {
            tokio::time::sleep(GLANCE).await;
            return Ok(());
        };
        match tokio::time::timeout(SAFETY_NET, listener.try_recv()).await {
            Ok(Ok(None)) => {
                Err(DbErr::Conn(RuntimeErr::Internal("the connection that listens was lost".to_owned())))
            }
            Ok(Err(error)) => Err(failed(error)),
            Ok(Ok(Some(_))) => {
                // One look answers for all that were heard until now.
                while listener.next_buffered().is_some() {}
                Ok(())
            }
            Err(_) => Ok(()),
        }
    }
}

fn failed(error: sea_orm::sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(error.into()))
}

/// Both counters, at one moment.
async fn look(db: &Db) -> Result<Beat, DbErr> {
    let counters = Query::select().column("name").column("value").from("counter").take();
    let mut beat = Beat::default();
    for row in db.query_all(&counters).await? {
        let name: String = row.try_get("", "name")?;
        let value = row.try_get("", "value")?;
        match name.as_str() {
            "change" => beat.sequence = value,
            "content_version" => beat.content_version = value,
            _ => {}
        }
    }
    Ok(beat)
}
