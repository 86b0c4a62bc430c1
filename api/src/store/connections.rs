//! Connections to PostgreSQL that read, kept at hand between statements.
//!
//! The pool of the driver asks each connection that comes back whether it still lives, and waits for the answer: every statement
//! would take both sides two turns instead of one (docs/PERFORMANCE.md).

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::postgres::PgArguments;
use sea_orm::sqlx::{self, AssertSqlSafe, IntoArguments, PgPool, Postgres};
use sea_orm::{
    ConnAcquireErr, ConnectOptions, Database, DatabaseConnection, DbErr, QueryResult, RuntimeErr, Statement,
    Values,
};
use sea_query_sqlx::SqlxValues;
use tokio::sync::Semaphore;

use super::Pool;
use super::db::lasting;
use super::options::{ACQUIRE_TIMEOUT, POOL};

/// After how long without a statement a connection goes back to its pool, which finds out whether it lives.
const FRESH: Duration = Duration::from_mins(1);
/// After how long a connection goes back to be closed: the server keeps in memory what each has read.
const LIFETIME: Duration = Duration::from_mins(30);

/// Connections that read one database.
pub(super) struct Connections {
    pool: DatabaseConnection,
    places: Semaphore,
    /// The one that was used last is taken first: the server has its memory at hand.
    idle: Mutex<Vec<Kept>>,
}

/// A connection that is not in its pool.
struct Kept {
    connection: PoolConnection<Postgres>,
    taken: Instant,
    used: Instant,
}

impl Connections {
    /// Connections as the options say, at most [`POOL`].
    ///
    /// # Errors
    /// When the database cannot be reached, unless that is left for later.
    pub(super) async fn open(options: ConnectOptions) -> Result<Self, DbErr> {
        let pool = Database::connect(options).await?;
        Ok(Self { pool, places: Semaphore::new(POOL as usize), idle: Mutex::default() })
    }

    /// What a statement answers. A connection on which it failed, or nobody waited for its end, goes back to the pool.
    ///
    /// # Errors
    /// When no connection is free in time, and the database's.
    pub(super) async fn read(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let Statement { sql, values, .. } = statement;
        let sql = Arc::<str>::from(sql);
        let values = SqlxValues(values.unwrap_or_else(|| Values(Vec::new())));
        let values = IntoArguments::<Postgres>::into_arguments(values);
        // Without a type of its own: those of all that waits for it would be longer than the compiler follows.
        lasting(|| self.attempt(sql.clone(), values.clone()).boxed()).await
    }

    async fn attempt(&self, sql: Arc<str>, values: PgArguments) -> Result<Vec<QueryResult>, DbErr> {
        let place = tokio::time::timeout(ACQUIRE_TIMEOUT, self.places.acquire()).await;
        let Ok(place) = place else { return Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)) };
        let _place = place.map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))?;
        let mut kept = match self.take() {
            Some(kept) => kept,
            None => self.acquire().await?,
        };
        let query = sqlx::query_with(AssertSqlSafe(sql), values);
        let rows = query.fetch_all(&mut *kept.connection).await;
        let rows = rows.map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error.into())))?;
        self.keep(kept);
        Ok(rows.into_iter().map(QueryResult::from).collect())
    }

    /// Closes every connection once it is idle; none is opened afterwards.
    ///
    /// # Errors
    /// When one cannot be closed.
    pub(super) async fn close(&self) -> Result<(), DbErr> {
        let everything = self.places.acquire_many(POOL).await;
        self.places.close();
        drop(everything);
        self.idle().clear();
        self.pool.close_by_ref().await
    }

    /// How many are in use.
    pub(super) fn pool(&self, name: &'static str) -> Pool {
        let free = u32::try_from(self.places.available_permits()).unwrap_or(POOL);
        Pool { name, busy: POOL.saturating_sub(free), free }
    }

    fn take(&self) -> Option<Kept> {
        let mut idle = self.idle();
        if idle.last().is_some_and(|last| last.used.elapsed() > FRESH) {
            idle.clear();
        }
        idle.pop()
    }

    async fn acquire(&self) -> Result<Kept, DbErr> {
        let pool: &PgPool = self.pool.get_postgres_connection_pool();
        let connection = pool.acquire().await.map_err(|error| match error {
            sqlx::Error::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
            sqlx::Error::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
            error => DbErr::Conn(RuntimeErr::SqlxError(error.into())),
        })?;
        let now = Instant::now();
        Ok(Kept { connection, taken: now, used: now })
    }

    fn keep(&self, kept: Kept) {
        if kept.taken.elapsed() < LIFETIME {
            self.idle().push(Kept { used: Instant::now(), ..kept });
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
