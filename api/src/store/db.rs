//! The database: a pool that reads, a connection that writes.

use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use entity::cells::Rows;
use sea_orm::entity::prelude::async_trait;
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, RuntimeErr, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, Value,
};
use tokio::sync::{OnceCell, watch};
use tracing::Span;

use super::connections::Connections;
use super::failure;
use super::given_up::GivenUp;
use super::options::{self, POOL};
use super::pulse::{self, Beat, Pulse};
use super::replica::Replica;
use super::watermark::Watermark;
use super::{reader, trace};

/// A handle to the database. Cloning is cheap; [`Db::counted`] gives one with its own count of statements.
#[derive(Clone)]
pub struct Db {
    readers: Readers,
    writer: DatabaseConnection,
    replica: Option<Arc<Replica>>,
    /// Whether `readers` are those of the replica.
    is_on_replica: bool,
    work: Arc<Work>,
    pulse: Pulse,
    watermark: Arc<OnceCell<Watermark>>,
}

/// What reads.
#[derive(Clone)]
enum Readers {
    /// An SQLite file: a pool of SeaORM's, and what reads lists.
    Sqlite(DatabaseConnection, Arc<reader::Readers>),
    /// PostgreSQL.
    Postgres(Arc<Connections>),
}

impl Readers {
    /// What a statement answers.
    async fn all(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(pool, _) => lasting(|| pool.query_all_raw(statement.clone())).await,
            Self::Postgres(connections) => connections.read(statement).await,
        }
    }
}

/// What a handle has asked of the database.
#[derive(Default)]
struct Work {
    statements: AtomicU32,
    running: AtomicU32,
    all: Arc<All>,
}

/// What all handles together have asked of it.
#[derive(Default)]
struct All {
    statements: AtomicU64,
    microseconds: AtomicU64,
    given_up: GivenUp,
}

/// What was asked of the database since the start.
#[derive(Clone, Copy, Debug)]
pub struct Total {
    /// Statements.
    pub statements: u64,
    /// How long they took together, the waiting for a connection included.
    pub time: Duration,
}

/// Connections of a pool.
#[derive(Clone, Copy, Debug)]
pub struct Pool {
    /// What it is for: `read`, `lists`, `write`, `all`, or the `replica`.
    pub name: &'static str,
    /// Connections in use.
    pub busy: u32,
    /// How many more could be.
    pub free: u32,
}

/// A statement that is running; dropped when it is answered or given up.
struct Running<'a> {
    work: &'a Work,
    since: Instant,
    is_answered: bool,
}

impl Work {
    /// Counts a statement, says in its span how it went, and notes if nobody waits for its end.
    async fn answered<T>(
        &self,
        span: Span,
        statement: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<T, DbErr> {
        // Dropped after what is declared below, so that it is known to be given up before its connection goes back.
        let statement = pin!(statement);
        self.statements.fetch_add(1, Ordering::Relaxed);
        self.running.fetch_add(1, Ordering::AcqRel);
        let mut running = Running { work: self, since: Instant::now(), is_answered: false };
        let answer = statement.await;
        running.is_answered = true;
        trace::answered(&span, &answer);
        answer
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let all = &self.work.all;
        if !self.is_answered {
            all.given_up.note();
        }
        all.statements.fetch_add(1, Ordering::Relaxed);
        let taken = u64::try_from(self.since.elapsed().as_micros()).unwrap_or(u64::MAX);
        all.microseconds.fetch_add(taken, Ordering::Relaxed);
        self.work.running.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Db {
    /// Opens `sqlite://…` or `postgres://…`. SQLite writes through one connection and reads through a pool
    /// that cannot write.
    ///
    /// # Errors
    /// When the database cannot be reached or opened.
    pub async fn connect(url: &str) -> Result<Self, DbErr> {
        let work = Arc::<Work>::default();
        let (readers, writer) = if DbBackend::Sqlite.is_prefix_of(url) {
            let writer = Database::connect(options::sqlite_writer(url)).await?;
            let readers = Database::connect(options::sqlite_readers(url)).await?;
            let file = readers.get_sqlite_connection_pool().connect_options().get_filename().into();
            (Readers::Sqlite(readers, reader::Readers::new(file).into()), writer)
        } else {
            let writer = Database::connect(options::postgres(url, &work.all.given_up)).await?;
            let readers = Connections::open(options::postgres(url, &work.all.given_up)).await?;
            (Readers::Postgres(readers.into()), writer)
        };
        let (pulse, watermark) = (Pulse::default(), Arc::default());
        Ok(Self { readers, writer, replica: None, is_on_replica: false, work, pulse, watermark })
    }

    /// The same database with a count of its own, from 0: one for each request.
    #[must_use]
    pub fn counted(&self) -> Self {
        let work = Work { all: self.work.all.clone(), ..Work::default() };
        Self { work: work.into(), ..self.clone() }
    }

    /// The same database with a replica that may read for [`Db::for_public`].
    ///
    /// # Errors
    /// When the URL cannot be used.
    pub async fn with_replica(self, url: &str) -> Result<Self, DbErr> {
        let replica = Replica::open(url, &self.work.all.given_up).await?;
        Ok(Self { replica: Some(replica.into()), ..self })
    }

    /// A handle with a count of its own for a request that reads what is published: through the replica, where there is one
    /// that has come as far as the database is known to be.
    pub async fn for_public(&self) -> Self {
        let mut db = self.counted();
        let beat = self.pulse.now();
        if let Some(replica) = self.replica.as_ref().filter(|_| beat.is_live)
            && let Some(connections) = replica.at(beat.content_version).await
        {
            (db.readers, db.is_on_replica) = (Readers::Postgres(connections.clone()), true);
        }
        db
    }

    /// Asks whom this handle reads from, and the database itself where a replica cannot answer.
    async fn read(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let statement = without_nul(statement);
        let Some(replica) = self.replica.as_ref().filter(|_| self.is_on_replica) else {
            return self.readers.all(statement).await;
        };
        match self.readers.all(statement.clone()).await {
            Err(error) if failure::is_unavailable(&error) => {
                replica.lost();
                tracing::warn!(error = %error, "the replica does not answer");
                lasting(|| self.writer.query_all_raw(statement.clone())).await
            }
            answer => answer,
        }
    }

    /// Whom is asked for what gives no rows: on SQLite by somebody who cannot write.
    fn executor(&self) -> &DatabaseConnection {
        match &self.readers {
            Readers::Sqlite(pool, _) => pool,
            Readers::Postgres(_) => &self.writer,
        }
    }

    /// How many statements went through this handle and its transactions.
    #[must_use]
    pub fn statements(&self) -> u32 {
        self.work.statements.load(Ordering::Relaxed)
    }

    /// What all handles together have asked.
    #[must_use]
    pub fn total(&self) -> Total {
        let All { statements, microseconds, .. } = &*self.work.all;
        Total {
            statements: statements.load(Ordering::Relaxed),
            time: Duration::from_micros(microseconds.load(Ordering::Relaxed)),
        }
    }

    /// The pools of connections.
    #[must_use]
    pub fn pools(&self) -> Vec<Pool> {
        let pool = |name, open: u32, idle: usize, most: u32| {
            let busy = open.saturating_sub(u32::try_from(idle).unwrap_or(open));
            Pool { name, busy, free: most.saturating_sub(busy) }
        };
        match &self.readers {
            Readers::Sqlite(readers, file) => {
                let pools = [("read", readers), ("write", &self.writer)];
                let pools = pools.map(|(name, pool)| (name, pool.get_sqlite_connection_pool()));
                let pools = pools.map(|(name, of)| {
                    pool(name, of.size(), of.num_idle(), of.options().get_max_connections())
                });
                pools.into_iter().chain([file.pool("lists")]).collect()
            }
            Readers::Postgres(connections) => {
                let of = self.writer.get_postgres_connection_pool();
                let write = pool("write", of.size(), of.num_idle(), of.options().get_max_connections());
                let replica = self.replica.as_ref().map(|replica| replica.connections().pool("replica"));
                [connections.pool("read"), write].into_iter().chain(replica).collect()
            }
        }
    }

    /// Whether a statement of this handle or its transactions is running.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.work.running.load(Ordering::Acquire) > 0
    }

    /// The connection that may write, for migrations.
    #[must_use]
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// The content version at hand, without a statement where nobody has written: on SQLite that of the last commit of any
    /// process; on PostgreSQL what the pulse knows, and `None` while it is not live.
    ///
    /// # Errors
    /// When the file cannot be opened or read.
    pub async fn content_version(&self) -> Result<Option<i64>, DbErr> {
        let Readers::Sqlite(readers, _) = &self.readers else {
            let beat = self.pulse.now();
            return Ok(beat.is_live.then_some(beat.content_version));
        };
        let open =
            || async { Watermark::open(&readers.get_sqlite_connection_pool().connect_options()).await };
        self.watermark.get_or_try_init(open).await?.content_version().await.map(Some)
    }

    /// Closes every connection.
    ///
    /// # Errors
    /// When one cannot be closed.
    pub async fn close(&self) -> Result<(), DbErr> {
        match &self.readers {
            Readers::Sqlite(readers, file) => {
                readers.close_by_ref().await?;
                file.close().await;
            }
            Readers::Postgres(connections) => connections.close().await?,
        }
        self.writer.close_by_ref().await?;
        if let Some(replica) = &self.replica {
            replica.connections().close().await?;
        }
        if let Some(watermark) = self.watermark.get() {
            watermark.close().await?;
        }
        Ok(())
    }

    /// Leaves nothing in the write-ahead log of an SQLite file. While somebody reads for longer than a statement waits, the log
    /// stays until the next time, or until the server stops.
    ///
    /// # Errors
    /// Whatever the database answers.
    pub async fn truncate_log(&self) -> Result<(), DbErr> {
        if self.get_database_backend() == DbBackend::Sqlite {
            let checkpoint = Statement::from_string(DbBackend::Sqlite, "pragma wal_checkpoint(truncate)");
            let row = self.writer.query_one_raw(checkpoint).await?;
            if row.map_or(Ok(0), |row| row.try_get_by_index::<i32>(0))? != 0 {
                tracing::warn!("the write-ahead log could not be emptied: somebody reads from it");
            }
        }
        Ok(())
    }

    /// Lets SQLite count what is in tables that have grown: without, it guesses in which order to read them, and may begin with a
    /// hundred thousand rows where ten are wanted. PostgreSQL counts by itself.
    ///
    /// # Errors
    /// Whatever the database answers.
    pub async fn gather_statistics(&self) -> Result<(), DbErr> {
        if self.get_database_backend() == DbBackend::Sqlite {
            // Of all tables, not only of those that this connection has read: https://sqlite.org/pragma.html#pragma_optimize
            self.writer.execute_unprepared("pragma optimize = 0x10002").await?;
        }
        Ok(())
    }

    /// Begins a transaction that writes: on SQLite it is alone from here on. Dropped, it is rolled back.
    ///
    /// # Errors
    /// When no connection is free in time, or the database is away or locked.
    pub async fn begin(&self) -> Result<Tx, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let inner = trace::within(
            trace::of_statement(self, "BEGIN"),
            lasting(|| self.writer.begin_with_options(options)),
        )
        .await?;
        Ok(Tx { inner, work: self.work.clone(), pulse: self.pulse.clone(), noted: Mutex::default() })
    }

    /// How far the database has come: the last that is known, and a way to wait for the next.
    #[must_use]
    pub fn pulse(&self) -> watch::Receiver<Beat> {
        self.pulse.subscribe()
    }

    /// Follows what other processes commit, for as long as it is polled.
    pub async fn follow(&self) {
        self.pulse.follow(&self.counted()).await;
    }
}

/// A transaction that writes.
pub struct Tx {
    inner: DatabaseTransaction,
    work: Arc<Work>,
    pulse: Pulse,
    noted: Mutex<Beat>,
}

impl Tx {
    /// Notes how far its commit brings the database.
    pub(super) fn note(&self, beat: Beat) {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        *noted = noted.max(beat);
    }

    /// Makes everything done in it last, and lets the process and other instances feel it.
    ///
    /// # Errors
    /// When the database cannot keep it: then nothing was done. Where the connection was lost meanwhile, nobody knows.
    pub async fn commit(self) -> Result<(), DbErr> {
        let noted = *self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.sequence > 0 && self.get_database_backend() == DbBackend::Postgres {
            self.execute_unprepared(pulse::ANNOUNCE).await?;
        }
        let span = trace::of_statement(&self, "COMMIT");
        let Self { inner, pulse, .. } = self;
        // A task of its own: whoever asked may go away meanwhile, and what was committed is felt all the same.
        let committing = tokio::spawn(async move {
            inner.commit().await?;
            pulse.raise(noted);
            Ok(())
        });
        let ended = async {
            committing.await.unwrap_or_else(|error| Err(DbErr::Conn(RuntimeErr::Internal(error.to_string()))))
        };
        trace::within(span, ended).await
    }
}

/// `PostgreSQL` refuses NUL in text, and nothing that is stored has one (the domain refuses it too): asked for, it
/// stands for the replacement character, so that both databases find nothing instead of failing.
fn without_nul(mut statement: Statement) -> Statement {
    for value in statement.values.iter_mut().flat_map(|values| values.0.iter_mut()) {
        if let Value::String(Some(text)) = value
            && text.contains('\0')
        {
            *text = text.replace('\0', "\u{FFFD}");
        }
    }
    statement
}

/// Does something with a connection of a pool, and again with another one while it gets broken ones: those that
/// were idle when the database restarted. Only for what has not changed anything yet.
pub(super) async fn lasting<T, F: Future<Output = Result<T, DbErr>>>(
    attempt: impl Fn() -> F,
) -> Result<T, DbErr> {
    for _ in 0..POOL {
        match attempt().await {
            Err(error) if failure::is_broken(&error) => {}
            outcome => return outcome,
        }
    }
    attempt().await
}

/// Whom a statement can be asked.
pub trait Connection: ConnectionTrait {
    /// What a statement answers, as the quickest way to read it gives it.
    ///
    /// # Errors
    /// Whatever the database answers.
    fn rows(&self, statement: Statement) -> impl Future<Output = Result<Rows, DbErr>> + Send;
}

impl Connection for Db {
    async fn rows(&self, statement: Statement) -> Result<Rows, DbErr> {
        let span = trace::of_statement(self, &statement.sql);
        match &self.readers {
            Readers::Sqlite(_, file) => {
                self.work.answered(span, file.read(without_nul(statement))).await.map(Rows::Table)
            }
            Readers::Postgres(_) => self.work.answered(span, self.read(statement)).await.map(Rows::Driver),
        }
    }
}

impl Connection for Tx {
    async fn rows(&self, statement: Statement) -> Result<Rows, DbErr> {
        self.query_all_raw(statement).await.map(Rows::Driver)
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Db {
    fn get_database_backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }
    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let statement = without_nul(statement);
        let span = trace::of_statement(self, &statement.sql);
        self.work.answered(span, lasting(|| self.executor().execute_raw(statement.clone()))).await
    }
    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let span = trace::of_statement(self, sql);
        self.work.answered(span, lasting(|| self.executor().execute_unprepared(sql))).await
    }
    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let span = trace::of_statement(self, &statement.sql);
        self.work.answered(span, self.read(statement)).await.map(|rows| rows.into_iter().next())
    }
    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let span = trace::of_statement(self, &statement.sql);
        self.work.answered(span, self.read(statement)).await
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }
    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let span = trace::of_statement(self, &statement.sql);
        self.work.answered(span, self.inner.execute_raw(without_nul(statement))).await
    }
    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.work.answered(trace::of_statement(self, sql), self.inner.execute_unprepared(sql)).await
    }
    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let span = trace::of_statement(self, &statement.sql);
        self.work.answered(span, self.inner.query_one_raw(without_nul(statement))).await
    }
    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let span = trace::of_statement(self, &statement.sql);
        self.work.answered(span, self.inner.query_all_raw(without_nul(statement))).await
    }
}
