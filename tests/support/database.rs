//! A database for each test, copied from a template that was migrated once.

use std::fs;
use std::path::PathBuf;

use api::store::Db;
use sea_orm::ConnectionTrait;
use tokio::sync::OnceCell;

use super::{place, postgres};

/// The kinds of database that keep every promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Backend {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

/// A database that belongs to one test.
pub(crate) struct TestDatabase {
    /// What `BEACON_DATABASE_URL` would say.
    pub(crate) url: String,
    /// A directory that belongs to it, for an SQLite file and whatever stands beside it.
    pub(crate) directory: PathBuf,
    name: String,
    backend: Backend,
}

impl TestDatabase {
    /// A database with the newest schema and no rows.
    pub(crate) async fn migrated(backend: Backend) -> Self {
        Self::create(backend, true).await
    }

    /// A database with nothing in it.
    pub(crate) async fn empty(backend: Backend) -> Self {
        Self::create(backend, false).await
    }

    async fn create(backend: Backend, migrated: bool) -> Self {
        let name = place::fresh_name();
        let directory = place::directory().join(&name);
        fs::create_dir(&directory).expect("the name is fresh");
        let url = match backend {
            Backend::Postgres => postgres::create(&name, migrated).await.into(),
            Backend::Sqlite => {
                let file = directory.join("beacon.db");
                if migrated {
                    fs::write(&file, sqlite_template().await).expect("there is room");
                }
                format!("sqlite://{}?mode=rwc", file.display())
            }
        };
        Self { url, directory, name, backend }
    }

    /// Has it told something directly.
    pub(crate) async fn says(&self, statement: &str) {
        let db = Db::connect(&self.url).await.expect("the database answers");
        db.writer().execute_unprepared(statement).await.expect("the database answers");
        db.close().await.expect("it can be closed");
    }

    /// Removes it. Connections that are left are cut.
    pub(crate) async fn remove(self) {
        if self.backend == Backend::Postgres {
            postgres::remove(&self.name).await;
        }
        let _ = fs::remove_dir_all(&self.directory);
    }
}

/// The bytes of a migrated SQLite database.
async fn sqlite_template() -> &'static [u8] {
    static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
    TEMPLATE
        .get_or_init(|| async {
            let file = place::directory().join("template.db");
            let url = format!("sqlite://{}?mode=rwc", file.display());
            let db = Db::connect(&url).await.expect("a new file can be opened");
            migration::migrate(db.writer()).await.expect("an empty database can be migrated");
            let checkpoint = "pragma wal_checkpoint(truncate)";
            db.writer().execute_unprepared(checkpoint).await.expect("nobody else has it open");
            fs::read(&file).expect("it was written just now")
        })
        .await
}
