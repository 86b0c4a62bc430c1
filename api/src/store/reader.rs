//! Reading an SQLite file where lists are read: a statement runs to its end, and gives back one table. It runs at once where it is
//! asked, as nearly all are done sooner than another thread would begin; one that is not begins again on a thread that may wait.
//!
//! The driver under SeaORM copies each value of a row to memory of its own and hands each row to another thread, which takes about
//! as long as finding it (docs/PERFORMANCE.md).

use std::borrow::Cow;
use std::collections::HashMap;
use std::error::Error as StdError;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::SecondsFormat;
use entity::cells::Table;
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql};
use sea_orm::sqlx::error::{DatabaseError, ErrorKind};
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, Statement, Value};
use tokio::sync::Semaphore;

use super::Pool;
use super::options::{ACQUIRE_TIMEOUT, BUSY_TIMEOUT, SQLITE_READERS};

/// Statements that a connection keeps prepared.
const PREPARED: usize = 200;
/// How much of the file a connection keeps in memory, in KiB: what a home page looks at among 100,000 posts is more than the 2 MiB
/// that SQLite keeps by itself, and was read from the system anew for each request.
const KEPT: i64 = 8 * 1024;
/// How many steps of SQLite's machine pass before it is asked whether somebody still waits.
const STEPS: i32 = 1_000;
/// How long a statement may take where it is asked. Everybody waits who is answered by the same thread.
const SOON: Duration = Duration::from_millis(3);
/// For how long one that took longer is not tried there.
const SLOW: Duration = Duration::from_mins(1);

/// Connections that read one file.
pub(super) struct Readers {
    file: PathBuf,
    places: Arc<Semaphore>,
    idle: Mutex<Vec<Connection>>,
    /// The texts of statements that took long, and when they did; at most [`PREPARED`]. They hold no value that is asked for.
    slow: Mutex<HashMap<String, Instant>>,
}

/// Tells a statement that nobody waits for it any more, once it is dropped.
struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Readers {
    /// Connections to a file. They are opened when they are needed.
    pub(super) fn new(file: PathBuf) -> Self {
        Self {
            file,
            places: Arc::new(Semaphore::new(SQLITE_READERS as usize)),
            idle: Mutex::default(),
            slow: Mutex::default(),
        }
    }

    /// What a statement answers.
    ///
    /// # Errors
    /// When no connection is free in time, and SQLite's.
    pub(super) async fn read(self: &Arc<Self>, statement: Statement) -> Result<Table, DbErr> {
        if let Some(table) = self.read_here(&statement) {
            return Ok(table);
        }
        let place = tokio::time::timeout(ACQUIRE_TIMEOUT, self.places.clone().acquire_owned()).await;
        let Ok(place) = place else { return Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)) };
        let place = place.map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))?;
        let is_given_up = Arc::<AtomicBool>::default();
        let _waiting = Waiting(is_given_up.clone());
        let readers = self.clone();
        let reading = tokio::task::spawn_blocking(move || {
            let _place = place;
            let connection = readers.take()?;
            let watch = move || is_given_up.load(Ordering::Relaxed);
            let table = connection
                .busy_timeout(BUSY_TIMEOUT)
                .and_then(|()| connection.progress_handler(STEPS, Some(watch)))
                .and_then(|()| table(&connection, &statement))
                .map_err(|error| failed(error, DbErr::Query))?;
            // One that failed is not used again.
            readers.idle().push(connection);
            Ok(table)
        });
        reading.await.unwrap_or_else(|error| Err(DbErr::Query(RuntimeErr::Internal(error.to_string()))))
    }

    /// What a statement answers, where that is there at once: a connection is open and idle, nobody locks the file, and it takes no
    /// longer than [`SOON`]. `None` also for what fails, which is found out once more where there is time for it.
    fn read_here(&self, statement: &Statement) -> Option<Table> {
        let _place = self.places.try_acquire().ok()?;
        if self.slow().get(&statement.sql).is_some_and(|since| since.elapsed() < SLOW) {
            return None;
        }
        let connection = self.idle().pop()?;
        let start = Instant::now();
        let table = connection
            .busy_timeout(Duration::ZERO)
            .and_then(|()| connection.progress_handler(STEPS, Some(move || start.elapsed() > SOON)))
            .and_then(|()| table(&connection, statement));
        let is_late = start.elapsed() > SOON;
        if is_late {
            let mut slow = self.slow();
            slow.retain(|_, since| since.elapsed() < SLOW);
            if slow.len() < PREPARED {
                slow.insert(statement.sql.clone(), Instant::now());
            }
        }
        // One that failed is not used again, unless it was told to stop.
        if is_late || table.is_ok() {
            self.idle().push(connection);
        }
        table.ok()
    }

    /// Closes every connection once it is idle; none is opened afterwards.
    pub(super) async fn close(&self) {
        let everything = self.places.acquire_many(SQLITE_READERS).await;
        self.places.close();
        drop(everything);
        self.idle().clear();
    }

    /// How many are in use.
    pub(super) fn pool(&self, name: &'static str) -> Pool {
        let free = u32::try_from(self.places.available_permits()).unwrap_or(SQLITE_READERS);
        Pool { name, busy: SQLITE_READERS.saturating_sub(free), free }
    }

    fn take(&self) -> Result<Connection, DbErr> {
        let idle = self.idle().pop();
        idle.map_or_else(|| self.open().map_err(|error| failed(error, DbErr::Conn)), Ok)
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        // As one that may write, it can make the index of the write-ahead log; it is told not to write.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.file, flags)?;
        connection.pragma_update(None, "query_only", true)?;
        connection.pragma_update(None, "cache_size", -KEPT)?;
        // One plan for each statement, as on PostgreSQL: else it is planned anew for what it is asked with.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        Ok(connection)
    }

    fn slow(&self) -> MutexGuard<'_, HashMap<String, Instant>> {
        self.slow.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn table(connection: &Connection, statement: &Statement) -> rusqlite::Result<Table> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    let values = statement.values.iter().flat_map(|values| &values.0);
    for (place, value) in values.enumerate() {
        prepared.raw_bind_parameter(place + 1, Bound(value))?;
    }
    let columns: Vec<String> = prepared.column_names().into_iter().map(str::to_owned).collect();
    let width = columns.len();
    let mut table = Table::new(columns);
    let mut rows = prepared.raw_query();
    while let Some(row) = rows.next()? {
        for place in 0..width {
            match row.get_ref(place)? {
                ValueRef::Null => table.push_null(),
                ValueRef::Integer(number) => table.push_integer(number),
                ValueRef::Text(text) => table.push_text(std::str::from_utf8(text)?),
                other @ (ValueRef::Real(_) | ValueRef::Blob(_)) => {
                    return Err(rusqlite::Error::InvalidColumnType(place, String::new(), other.data_type()));
                }
            }
        }
    }
    Ok(table)
}

/// A value as SeaORM's driver binds it.
struct Bound<'v>(&'v Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let owned = |text: Option<String>| Ok(ToSqlOutput::Owned(text.into()));
        match self.0 {
            Value::Bool(truth) => truth.to_sql(),
            Value::Int(number) => number.to_sql(),
            Value::BigInt(number) => number.to_sql(),
            Value::Unsigned(number) => number.to_sql(),
            Value::String(text) => text.to_sql(),
            Value::ChronoDate(day) => owned(day.map(|day| day.to_string())),
            Value::ChronoDateTimeUtc(at) => {
                owned(at.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, false)))
            }
            // Not the value: it may be somebody's.
            _ => Err(rusqlite::Error::ToSqlConversionFailure("no statement asks with such a value".into())),
        }
    }
}

fn failed(error: rusqlite::Error, of: fn(RuntimeErr) -> DbErr) -> DbErr {
    match error {
        rusqlite::Error::SqliteFailure(cause, message) => {
            let message = message.unwrap_or_else(|| cause.to_string());
            let failure = Failure { code: cause.extended_code, message };
            of(RuntimeErr::SqlxError(Arc::new(sea_orm::sqlx::Error::Database(Box::new(failure)))))
        }
        other => DbErr::Query(RuntimeErr::Internal(other.to_string())),
    }
}

/// What SQLite said, in the words of the other driver, so that there is one way to understand it: `store/failure.rs`.
#[derive(Debug, thiserror::Error)]
#[error("(code: {code}) {message}")]
struct Failure {
    code: i32,
    message: String,
}

impl DatabaseError for Failure {
    fn message(&self) -> &str {
        &self.message
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(self.code.to_string().into())
    }

    fn as_error(&self) -> &(dyn StdError + Send + Sync + 'static) {
        self
    }

    fn as_error_mut(&mut self) -> &mut (dyn StdError + Send + Sync + 'static) {
        self
    }

    fn into_error(self: Box<Self>) -> Box<dyn StdError + Send + Sync + 'static> {
        self
    }

    fn kind(&self) -> ErrorKind {
        // What reads violates nothing.
        ErrorKind::Other
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;
    use std::time::Duration;
    use std::{env, fs, process};

    use chrono::{DateTime, NaiveDate, Utc};
    use entity::cells::{Row, Table};
    use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement, Value};

    use super::{Readers, SQLITE_READERS};
    use crate::store::failure;

    /// Counts for as long as anybody lets it.
    const ENDLESS: &str =
        "with recursive n(n) as (select 1 union all select n + 1 from n) select count(*) as many from n";

    fn asked(sql: &str, values: Vec<Value>) -> Statement {
        Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)
    }

    /// A folder that lasts as long as its test.
    struct Folder(PathBuf);

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    /// A new file with somebody who writes it, and one connection that reads it.
    async fn file(name: &str) -> (Folder, DatabaseConnection, Arc<Readers>) {
        let folder = Folder(env::temp_dir().join(format!("beacon-reader-{}-{name}", process::id())));
        fs::create_dir(&folder.0).expect("a folder");
        let path = folder.0.join("beacon.db");
        let url = format!("sqlite://{}?mode=rwc", path.display());
        let writer = Database::connect(url).await.expect("a database");
        writer.execute_unprepared("pragma journal_mode = wal").await.expect("a log");
        let readers = Readers::new(path);
        (folder, writer, Arc::new(readers))
    }

    fn only(table: &Table) -> Row<'_> {
        assert_eq!(table.len(), 1);
        Row::Table(table, 0)
    }

    #[tokio::test]
    async fn what_the_driver_writes_is_found_and_read() {
        let (_folder, writer, readers) = file("values").await;
        writer
            .execute_unprepared("create table kept (t bool, n int, m bigint, w text, d text, i text)")
            .await
            .expect("a table");
        let instants = ["2026-12-25T08:00:00Z", "2026-12-25T08:00:00.120Z", "2026-12-25T08:00:00.123456Z"];
        for instant in instants {
            let at: DateTime<Utc> = instant.parse().expect("an instant");
            let day = NaiveDate::from_ymd_opt(2026, 12, 25).expect("a day");
            let values: Vec<Value> =
                vec![true.into(), (-7).into(), i64::MAX.into(), "dŵr".into(), day.into(), at.into()];
            let kept = asked("insert into kept values (?, ?, ?, ?, ?, ?)", values.clone());
            writer.execute_raw(kept).await.expect("a row");
            let same = "select * from kept where t = ? and n = ? and m = ? and w = ? and d = ? and i = ?";
            let table = readers.read(asked(same, values)).await.expect("an answer");
            let row = only(&table);
            assert_eq!((row.get("t"), row.get("n"), row.get("m")), (Ok(true), Ok(-7), Ok(i64::MAX)));
            assert_eq!((row.get("w"), row.get("d")), (Ok("dŵr".to_owned()), Ok(day)));
            assert_eq!((row.get("i"), row.get("i")), (Ok(at), Ok(Some(at))));
        }
        let nothing: Vec<Value> = vec![Value::String(None), Value::ChronoDate(None)];
        let table = readers.read(asked("select ? as w, ? as d", nothing)).await.expect("an answer");
        let row = only(&table);
        assert_eq!((row.get("w"), row.get("d")), (Ok(None::<String>), Ok(None::<NaiveDate>)));
        assert!(row.get::<String>("w").is_err() && row.get::<i32>("missing").is_err());
    }

    #[tokio::test]
    async fn it_writes_nothing() {
        let (_folder, writer, readers) = file("refusal").await;
        writer.execute_unprepared("create table kept (n int)").await.expect("a table");
        let refused = readers.read(asked("insert into kept values (1)", Vec::new())).await.err();
        // SQLITE_READONLY: https://sqlite.org/rescode.html#readonly
        assert_eq!(refused.as_ref().and_then(failure::code).as_deref(), Some("8"));
    }

    #[tokio::test]
    async fn a_statement_that_takes_long_is_answered_all_the_same() {
        let (_folder, _writer, readers) = file("long").await;
        let sql = "with recursive n(n) as (select 1 union all select n + 1 from n where n < 1000000) select max(n) as n from n";
        readers.read(asked("select 1 as n", Vec::new())).await.expect("a connection that is idle then");
        for _ in 0..2 {
            let table = readers.read(asked(sql, Vec::new())).await.expect("an answer");
            assert_eq!(only(&table).get("n"), Ok(1_000_000));
        }
        assert_eq!(readers.slow().keys().collect::<Vec<_>>(), [sql]);
    }

    #[tokio::test]
    async fn a_statement_that_nobody_waits_for_ends() {
        let (_folder, _writer, readers) = file("end").await;
        let reading =
            tokio::time::timeout(Duration::from_millis(20), readers.read(asked(ENDLESS, Vec::new())));
        assert!(reading.await.is_err(), "it has no end");
        while readers.pool("lists").busy > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let table = readers.read(asked("select 1 as n", Vec::new())).await.expect("a connection is free");
        assert_eq!(only(&table).get("n"), Ok(1));
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_finds_no_place_may_ask_again() {
        let readers = Arc::new(Readers::new(PathBuf::from("nobody opens it")));
        let _places = readers.places.acquire_many(SQLITE_READERS).await.expect("nobody reads");

        let refused = readers.read(asked("select 1", Vec::new())).await.err();

        assert!(refused.as_ref().is_some_and(failure::is_unavailable));
    }
}
