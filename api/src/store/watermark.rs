//! The content version of an SQLite file, known without a statement while nobody has written to it.
//!
//! In WAL mode every commit, of any process, changes the header of the index that SQLite keeps beside the file in shared
//! memory (`-shm`; <https://sqlite.org/walformat.html>, "WAL-Index Header"). As long as it is the one that was there before
//! the version was last read, that version is still the last. Reading it takes one system call.

use std::fs::File;
use std::mem;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sea_orm::sqlx::{self, Connection};
use sea_orm::{DbErr, RuntimeErr};

/// The bytes of the header that change with every commit.
type Header = [u8; 48];

/// Watches one file. Its own connection stays open, so that the index stays where it is.
pub(super) struct Watermark {
    keeper: tokio::sync::Mutex<Option<SqliteConnection>>,
    index: Mutex<Index>,
}

struct Index {
    /// Never closed while this process has a connection: closing any descriptor of a file takes away the locks that the
    /// process, here SQLite, holds on it (POSIX). `None` once all connections are closed.
    file: Option<File>,
    /// The version that was read after the index had this header.
    known: Option<(Header, i64)>,
}

impl Watermark {
    /// Opens a connection and the index of its file.
    ///
    /// # Errors
    /// When one of them cannot be opened.
    pub(super) async fn open(options: &SqliteConnectOptions) -> Result<Self, DbErr> {
        let mut keeper = SqliteConnection::connect_with(options).await.map_err(failed)?;
        let listed: String = sqlx::query_scalar("select file from pragma_database_list where name = 'main'")
            .fetch_one(&mut keeper)
            .await
            .map_err(failed)?;
        // The first reader makes the index.
        version(&mut keeper).await?;
        let file = File::open(PathBuf::from(listed + "-shm")).map_err(|error| failed(error.into()))?;
        let index = Mutex::new(Index { file: Some(file), known: None });
        Ok(Self { keeper: Some(keeper).into(), index })
    }

    /// The content version of the last commit.
    ///
    /// # Errors
    /// The database's.
    pub(super) async fn content_version(&self) -> Result<i64, DbErr> {
        if let Ok(version) = self.index().look()? {
            return Ok(version);
        }
        let mut keeper = self.keeper.lock().await;
        // Whoever had the connection before may have found it out.
        let header = match self.index().look()? {
            Ok(version) => return Ok(version),
            Err(header) => header,
        };
        let keeper = keeper.as_mut().ok_or_else(|| failed(sqlx::Error::PoolClosed))?;
        let version = version(keeper).await?;
        self.index().known = Some((header, version));
        Ok(version)
    }

    /// Closes its connection, and then the index: every other connection of the process to the file must be closed.
    ///
    /// # Errors
    /// When the connection cannot be closed.
    pub(super) async fn close(&self) -> Result<(), DbErr> {
        if let Some(keeper) = self.keeper.lock().await.take() {
            keeper.close().await.map_err(failed)?;
        }
        self.index().file = None;
        Ok(())
    }

    fn index(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Index {
    /// The version, if it is known, or else the header that it has to be read for.
    fn look(&self) -> Result<Result<i64, Header>, DbErr> {
        let mut header: Header = [0; 48];
        let file = self.file.as_ref().ok_or_else(|| failed(sqlx::Error::PoolClosed))?;
        file.read_exact_at(&mut header, 0).map_err(|error| failed(error.into()))?;
        // A header that is just being written is neither the old nor the new one, and is not found here.
        let known = self.known.filter(|(known, _)| *known == header);
        Ok(known.map(|(_, version)| version).ok_or(header))
    }
}

impl Drop for Index {
    fn drop(&mut self) {
        // Left open for the locks' sake; it ends with the process.
        mem::forget(self.file.take());
    }
}

async fn version(connection: &mut SqliteConnection) -> Result<i64, DbErr> {
    let read = sqlx::query_scalar("select value from counter where name = 'content_version'");
    read.fetch_optional(connection).await.map(Option::unwrap_or_default).map_err(failed)
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(error.into()))
}
