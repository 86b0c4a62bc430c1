//! How databases are connected to.

use std::time::Duration;

use sea_orm::ConnectOptions;
use sea_orm::sqlx::Connection;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

use super::given_up::GivenUp;

/// How long a statement waits for another process's write to an SQLite file.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a request waits for a connection.
pub(super) const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a statement on PostgreSQL may wait for a lock, how long it may take at all, and how soon it ends when its
/// connection was cut. Its plan is made once for each connection: making one takes longer than running it
/// (docs/PERFORMANCE.md).
const POSTGRES_SETTINGS: [(&str, &str); 4] = [
    ("lock_timeout", "5s"),
    ("statement_timeout", "30s"),
    ("client_connection_check_interval", "500ms"),
    ("plan_cache_mode", "force_generic_plan"),
];
/// Connections that read an SQLite file: each has a page cache of its own.
pub(super) const SQLITE_READERS: u32 = 4;
/// Connections to PostgreSQL that read, and as many that write.
pub(super) const POOL: u32 = 8;

/// How PostgreSQL is connected to.
pub(super) fn postgres(url: &str, given_up: &GivenUp) -> ConnectOptions {
    let (mut options, given_up) = (ConnectOptions::new(url), given_up.clone());
    options
        .max_connections(POOL)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A broken one is noticed when it is used, and another is taken: see `lasting`.
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_postgres_opts(|postgres| postgres.options(POSTGRES_SETTINGS))
        .map_sqlx_postgres_pool_opts(move |pool| given_up.clone().watch(pool));
    options
}

/// How an SQLite file is opened by the one connection that writes to it.
pub(super) fn sqlite_writer(url: &str) -> ConnectOptions {
    let mut options = sqlite(url, 1, |sqlite| sqlite);
    options.map_sqlx_sqlite_pool_opts(|pool| {
        // SQLite itself undoes a transaction when the disk is full or fails. The driver is not told, and takes the next for a part
        // of that one, which would never be committed: https://sqlite.org/lang_transaction.html, "Response To Errors".
        pool.after_release(|connection, _| {
            Box::pin(async move {
                // What was dropped is undone before this is answered.
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
    });
    options
}

/// How an SQLite file is opened by connections that do not write to it.
pub(super) fn sqlite_readers(url: &str) -> ConnectOptions {
    sqlite(url, SQLITE_READERS, |sqlite| sqlite.pragma("query_only", "on"))
}

fn sqlite(
    url: &str,
    connections: u32,
    further: fn(SqliteConnectOptions) -> SqliteConnectOptions,
) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            let sqlite = sqlite
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                // What is deleted is overwritten: see `domain::erasure`.
                .pragma("secure_delete", "on")
                .busy_timeout(BUSY_TIMEOUT)
                // The thread of a connection does not wait in the midst of a batch until somebody takes its rows.
                .row_buffer_size(1_000);
            further(sqlite)
        });
    options
}
