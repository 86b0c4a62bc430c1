//! The one composition root: what the floors are given instead of reaching for it.

mod hasher;
mod issuers;
mod manifest;
mod pseudonyms;
mod rounds;
#[cfg(test)]
pub(crate) mod testing;
mod tokens;
mod trusted;

use std::fs::{DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::Id;
use thiserror::Error;
use tokio::sync::watch;
use uuid::Uuid;

use crate::config::{self, Config, Secrets};
use crate::domain::check::Wordbook;
use crate::domain::holidays::Holidays;
use crate::store::{Db, StoreError};

pub use crate::store::Beat;
pub use hasher::{HashCost, Hasher};
pub use issuers::{Issuers, Told};
pub use manifest::{Manifest, read as read_manifest};
pub use pseudonyms::Pseudonyms;
pub use rounds::Rounds;
pub use tokens::{Access, Signed, Tokens, rotate};
pub use trusted::{Trusted, TrustedSet};

/// Everything a request needs that outlives it.
pub struct App {
    /// The settings the process was started with.
    pub config: Config,
    /// The database, readers and writer.
    pub db: Db,
    /// The only source of "now".
    pub clock: Arc<dyn Clock>,
    /// The only source of new ids.
    pub ids: Arc<dyn Ids>,
    /// Signs and reads access tokens.
    pub tokens: Tokens,
    /// Hashes passwords away from the async threads.
    pub hasher: Hasher,
    /// Which days are public holidays.
    pub holidays: Holidays,
    /// Stand-ins for accounts and addresses in the sign-in limits.
    pub pseudonyms: Pseudonyms,
    /// The words that texts are checked for.
    pub wordbook: Wordbook,
    /// The documents that the operator trusts.
    pub trusted: Trusted,
    /// The identity providers that the operator trusts.
    pub issuers: Issuers,
    /// How the jobs of this process went.
    pub rounds: Rounds,
}

/// Why an app cannot be built. Each is one line, without secrets.
#[derive(Debug, Error)]
pub enum BuildError {
    /// The data directory cannot be made or written.
    #[error("The data directory {} cannot be used: {error}.", .path.display())]
    DataDir {
        /// The directory.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// The secret that signs access tokens cannot be kept or read.
    #[error("The secret in {} cannot be used: {error}. Put BEACON_JWT_SECRET in its place, or remove the file to have a new one made.", .path.display())]
    Secret {
        /// Its file.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// The operator's words cannot be read.
    #[error("The words in {} cannot be used: {error}.", .path.display())]
    Words {
        /// Their file.
        path: PathBuf,
        /// Why not.
        error: String,
    },
    /// The trusted documents cannot be read.
    #[error("The documents in {} cannot be used: {why}.", .path.display())]
    Documents {
        /// Their file.
        path: PathBuf,
        /// Why not.
        why: String,
    },
    /// The identity providers cannot be read.
    #[error("The identity providers in {} cannot be used: {why}.", .path.display())]
    Issuers {
        /// Their file.
        path: PathBuf,
        /// Why not.
        why: String,
    },
    /// The file of a new SQLite database cannot be made, or the lock file beside it not be taken.
    #[error(
        "BEACON_DATABASE_URL: the database's file and the lock beside it cannot be made: {0}. Its folder must be there."
    )]
    File(io::Error),
    /// The database cannot be reached, opened or migrated.
    #[error("{setting}: the database {url} cannot be used: {error}. {}", wanted(.url))]
    Database {
        /// What says where it is.
        setting: &'static str,
        /// Where it should be, without its password.
        url: String,
        /// Why not.
        error: StoreError,
    },
    /// There is a replica, and the database is a file.
    #[error("BEACON_DATABASE_READ_URL is for PostgreSQL, and BEACON_DATABASE_URL is an SQLite file.")]
    ReplicaOfFile,
    /// The list of public holidays cannot be used.
    #[error("The holidays in {} cannot be used: {why}.", .path.display())]
    Holidays {
        /// Its file.
        path: PathBuf,
        /// Why not.
        why: String,
    },
    /// The hasher or a key cannot be made.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
}

/// A cryptographic operation that was not done. Nothing of its input is in the message.
#[derive(Debug, Error)]
pub enum CryptoError {
    /// It failed.
    #[error("a cryptographic operation failed: {0}")]
    Failed(String),
    /// Too many passwords wait to be hashed.
    #[error("too many passwords wait to be hashed")]
    Busy,
}

impl CryptoError {
    /// From any library's error.
    pub fn of(error: impl std::fmt::Display) -> Self {
        Self::Failed(error.to_string())
    }
}

impl App {
    /// Makes the data directory, opens and migrates the database, and puts everything together. Passwords that people
    /// choose are hashed at [`HashCost::OWASP`].
    ///
    /// # Errors
    /// The first of these that cannot be done.
    pub async fn build(mut config: Config, cost: HashCost) -> Result<Arc<Self>, BuildError> {
        let data_dir = config.data_dir.clone();
        make_directory(&data_dir).map_err(|error| BuildError::DataDir { path: data_dir.clone(), error })?;
        let mut kept = None;
        if config.jwt_secret.is_none() {
            let path = data_dir.join(config::SECRET_FILE);
            let secrets = config::kept(&data_dir).map_err(|error| BuildError::Secret { path, error })?;
            config.jwt_secret = Some(secrets.current.clone());
            kept = Some(Tokens::new(&secrets, config.public_url.as_str()).following(&data_dir));
        }
        let db = open(&config).await?;
        let app = Self::with(config, db, Arc::new(SystemClock), Arc::new(SystemIds), cost)?;
        Ok(Arc::new(match kept {
            Some(tokens) => Self { tokens, ..app },
            None => app,
        }))
    }

    /// The app over a migrated database, with time, chance and the cost of hashing given.
    ///
    /// # Errors
    /// When the config has no secret, its words or its list of holidays cannot be read, or the cost is none that Argon2
    /// allows.
    pub fn with(
        config: Config,
        db: Db,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
        cost: HashCost,
    ) -> Result<Self, BuildError> {
        let secret = config.jwt_secret.as_ref().ok_or_else(|| CryptoError::of("there is no secret"))?;
        let former = config.jwt_former_secret.iter().map(|secret| (clock.now(), secret.clone())).collect();
        let secrets = Secrets { current: secret.clone(), former };
        let tokens = Tokens::new(&secrets, config.public_url.as_str());
        let pseudonyms = Pseudonyms::new(secret)?;
        let (wordbook, holidays) =
            (wordbook(config.words.as_deref())?, holidays(config.holidays_file.as_deref())?);
        let trusted = trusted(config.trusted_documents.as_deref())?;
        let issuers = issuers(config.oidc_file.as_deref())?;
        let hasher = Hasher::new(cost)?;
        let rounds = Rounds::default();
        Ok(Self {
            config,
            db,
            clock,
            ids,
            tokens,
            hasher,
            holidays,
            pseudonyms,
            wordbook,
            trusted,
            issuers,
            rounds,
        })
    }

    /// The content version at hand; `None` while it is not known what other processes do.
    pub async fn content_version(&self) -> Option<i64> {
        let read = self.db.content_version().await;
        read.inspect_err(|error| tracing::warn!(error = %error, "the content version cannot be read"))
            .ok()
            .flatten()
    }

    /// The present moment, in whole microseconds.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// How far the database has come. A commit of this process is in it before whoever asked for it hears of it; one of
    /// another process is in it shortly after, while [`App::follow`] runs.
    #[must_use]
    pub fn pulse(&self) -> watch::Receiver<Beat> {
        self.db.pulse()
    }

    /// Keeps the pulse up with other processes over the same database, for as long as it is polled.
    pub async fn follow(&self) {
        self.db.follow().await;
    }
}

/// The words that come with the product, and those of the operator.
fn wordbook(file: Option<&Path>) -> Result<Wordbook, BuildError> {
    let mut wordbook = Wordbook::shipped();
    if let Some(path) = file {
        let added = read(path, |words| wordbook.add(words));
        added.map_err(|error| BuildError::Words { path: path.to_owned(), error })?;
    }
    Ok(wordbook)
}

/// What an operator's file holds, or why it cannot be used.
pub(crate) fn read<T>(path: &Path, parse: impl FnOnce(&str) -> Result<T, String>) -> Result<T, String> {
    std::fs::read_to_string(path).map_err(|error| error.to_string()).and_then(|text| parse(&text))
}

/// What a database must be like, for whoever gave its URL.
fn wanted(url: &str) -> &'static str {
    if url.starts_with("sqlite") {
        "The file must be an SQLite database, or `?mode=rwc` at the end of the URL make one."
    } else {
        "PostgreSQL must run there, and let this user into this database."
    }
}

/// For the owner's eyes only: the database holds personal data.
pub(crate) fn make_directory(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Opens the database and brings it up to date; other processes that start at the same time wait.
async fn open(config: &Config) -> Result<Db, BuildError> {
    let url = &config.database_url;
    let lock = match url.sqlite_file() {
        Some(file) => {
            let locked = tokio::task::spawn_blocking(move || migration::lock_beside(&file)).await;
            Some(locked.map_err(io::Error::other).flatten().map_err(BuildError::File)?)
        }
        None => None,
    };
    if let Some(file) = url.sqlite_file().filter(|file| url.makes_its_file() && !file.exists()) {
        // SQLite gives the files beside it the same mode.
        let made = File::options().write(true).create_new(true).mode(0o600).open(file);
        made.map_err(BuildError::File)?;
    }
    let failed = |error| BuildError::Database { setting: "BEACON_DATABASE_URL", url: url.to_string(), error };
    let db = Db::connect(url.as_str()).await.map_err(failed)?;
    migration::migrate(db.writer()).await.map_err(failed)?;
    db.gather_statistics().await.map_err(failed)?;
    drop(lock);
    match &config.database_read_url {
        Some(_) if url.sqlite_file().is_some() => Err(BuildError::ReplicaOfFile),
        Some(replica) => {
            let failed = |error| BuildError::Database {
                setting: "BEACON_DATABASE_READ_URL",
                url: replica.to_string(),
                error,
            };
            db.with_replica(replica.as_str()).await.map_err(failed)
        }
        None => Ok(db),
    }
}

/// The holidays that the product knows, and those of an operator's file.
fn holidays(file: Option<&Path>) -> Result<Holidays, BuildError> {
    let Some(path) = file else { return Ok(Holidays::shipped()) };
    read(path, Holidays::with_published).map_err(|why| BuildError::Holidays { path: path.to_owned(), why })
}

/// Random bytes.
///
/// # Errors
/// When the operating system has no randomness.
pub(crate) fn random_bytes<const BYTES: usize>() -> Result<[u8; BYTES], CryptoError> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(CryptoError::of)?;
    Ok(bytes)
}

/// The trusted documents of a file.
fn trusted(file: Option<&Path>) -> Result<Trusted, BuildError> {
    let Some(path) = file else { return Ok(Trusted::default()) };
    let manifest = read(path, read_manifest);
    manifest.map(Trusted::of).map_err(|why| BuildError::Documents { path: path.to_owned(), why })
}

/// The identity providers that the operator trusts.
fn issuers(file: Option<&Path>) -> Result<Issuers, BuildError> {
    let Some(path) = file else { return Ok(Issuers::default()) };
    read(path, Issuers::read).map_err(|why| BuildError::Issuers { path: path.to_owned(), why })
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| DIGITS[usize::from(digit)]).collect()
}

/// Tells the time. Tests move it.
pub trait Clock: Send + Sync {
    /// The present moment in UTC, cut to whole microseconds so that both databases keep it exactly.
    fn now(&self) -> DateTime<Utc>;
}

/// The operating system's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now(&self) -> DateTime<Utc> {
        let now = Utc::now();
        DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
    }
}

/// Makes ids.
pub trait Ids: Send + Sync {
    /// A new UUIDv7: unique, and sorted by the time it was made.
    fn next(&self) -> Id;
}

/// UUIDv7 from the system's clock and randomness.
pub struct SystemIds;

impl Ids for SystemIds {
    #[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
    fn next(&self) -> Id {
        Id(Uuid::now_v7())
    }
}
