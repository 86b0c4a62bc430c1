//! `beacon backup` and `beacon restore`: an SQLite database as one file. PostgreSQL has its own tools.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use clap::Args;
use thiserror::Error;

use super::CliError;
use crate::config::Config;
use crate::store::{StoreError, backup};

#[derive(Args)]
pub(super) struct Backup {
    /// Where to write it; there must be no such file yet.
    file: PathBuf,
}

#[derive(Args)]
pub(super) struct Restore {
    /// What `beacon backup` wrote.
    file: PathBuf,
    /// Replaces the database that is there, which is lost.
    #[arg(long)]
    replace: bool,
}

/// Why there is no backup, or nothing was restored.
#[derive(Debug, Error)]
pub(super) enum BackupError {
    #[error("The database is PostgreSQL's: use pg_dump and pg_restore.")]
    Postgres,
    #[error("There is no database at {}.", .0.display())]
    Nothing(PathBuf),
    #[error("{} cannot be written: {}.", .0.display(), .1)]
    Write(PathBuf, io::Error),
    #[error("{} cannot be read: {}.", .0.display(), .1)]
    Read(PathBuf, io::Error),
    #[error("{} is no backup of Beacon's, or it is damaged.", .0.display())]
    Unsound(PathBuf),
    #[error("There is a database at {}. Say --replace to lose it.", .0.display())]
    Exists(PathBuf),
    #[error("The database at {} is in use: stop the server first.", .0.display())]
    InUse(PathBuf),
    #[error("The database answered: {0}.")]
    Store(#[from] StoreError),
}

/// Writes all that is committed to a new file, for its owner's eyes only, while a server may go on.
pub(super) async fn back_up(config: Config, command: &Backup) -> Result<(), CliError> {
    let database = config.database_url.sqlite_file().ok_or(BackupError::Postgres)?;
    if !database.exists() {
        return Err(BackupError::Nothing(database).into());
    }
    let Backup { file } = command;
    // SQLite takes an empty file, and keeps who may read it.
    create(file).and_then(|file| file.sync_all()).map_err(|error| BackupError::Write(file.clone(), error))?;
    if let Err(error) = backup::write(config.database_url.as_str(), file).await {
        drop(fs::remove_file(file));
        return Err(BackupError::Store(error).into());
    }
    Ok(writeln!(io::stdout(), "{}", file.display())?)
}

/// Puts a backup in the database's place. It is copied beside it, checked and brought up to date there; only then it
/// takes the place, in one step.
pub(super) async fn restore(config: Config, command: &Restore) -> Result<(), CliError> {
    let database = config.database_url.sqlite_file().ok_or(BackupError::Postgres)?;
    let Restore { file, replace } = command;
    if database.exists() {
        if !replace {
            return Err(BackupError::Exists(database).into());
        }
        free(&config, &database).await?;
    } else {
        crate::app::make_directory(&config.data_dir)?;
    }
    let copy = database.with_extension("restoring");
    drop(fs::remove_file(&copy));
    let prepared = prepare(file, &copy).await;
    if let Err(error) = prepared {
        drop(fs::remove_file(&copy));
        return Err(error.into());
    }
    // A log that was left behind would be played into what takes its database's place.
    remove_log(&database)?;
    fs::rename(&copy, &database).map_err(|error| BackupError::Write(database.clone(), error))?;
    Ok(writeln!(io::stdout(), "{}", database.display())?)
}

/// Nobody else has the database open, and nothing of it is outside its file.
async fn free(config: &Config, database: &Path) -> Result<(), BackupError> {
    let Ok(connection) = backup::open(config.database_url.as_str()).await else {
        // What cannot be opened can be replaced, and with it what its log may hold.
        return remove_log(database);
    };
    backup::settle(connection).await.map_err(|_| BackupError::InUse(database.to_owned()))
}

fn remove_log(database: &Path) -> Result<(), BackupError> {
    for suffix in ["-wal", "-shm"] {
        let mut file = database.as_os_str().to_owned();
        file.push(suffix);
        let file = PathBuf::from(file);
        if file.exists() {
            fs::remove_file(&file).map_err(|error| BackupError::Write(file, error))?;
        }
    }
    Ok(())
}

async fn prepare(file: &Path, copy: &Path) -> Result<(), BackupError> {
    let mut source = File::open(file).map_err(|error| BackupError::Read(file.to_owned(), error))?;
    create(copy)
        .and_then(|mut target| io::copy(&mut source, &mut target).and(target.sync_all()))
        .map_err(|error| BackupError::Write(copy.to_owned(), error))?;
    let unsound = || BackupError::Unsound(file.to_owned());
    let url = format!("sqlite://{}", copy.display());
    let connection = backup::open(&url).await.map_err(|_| unsound())?;
    if !backup::is_sound(&connection).await.unwrap_or(false) {
        return Err(unsound());
    }
    migration::migrate(&connection).await?;
    Ok(backup::settle(connection).await?)
}

fn create(file: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)
}
