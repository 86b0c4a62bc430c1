//! What can befall a database from outside.

use std::fs;
use std::time::{Duration, Instant};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, Statement,
    TransactionTrait,
};
use url::Url;

use super::database::Backend;
use super::{World, postgres};

/// A database that another program writes to, until this is dropped or ended.
pub(crate) struct Locked(DatabaseTransaction);

impl World {
    /// Another program holds the right to write.
    pub(crate) async fn is_locked(&self) -> Locked {
        let other = self.connects().await;
        let transaction = other.begin().await.expect("a transaction can begin");
        let lock = match self.backend {
            // As good as a write, and undone with the transaction.
            Backend::Sqlite => "delete from document where id = ''",
            Backend::Postgres => "lock table document in exclusive mode",
        };
        transaction.execute_unprepared(lock).await.expect("nobody else writes");
        Locked(transaction)
    }

    /// Nobody can read what is published, until this is dropped or ended. SQLite's readers wait for nobody.
    pub(crate) async fn keeps_readers_waiting(&self) -> Locked {
        let other = self.connects().await;
        let transaction = other.begin().await.expect("a transaction can begin");
        let locked = transaction.execute_unprepared("lock table post in access exclusive mode").await;
        locked.expect("nobody reads");
        Locked(transaction)
    }

    /// Waits until so many statements wait for a lock; how long that took.
    pub(crate) async fn has_waiting(&self, statements: i64) -> Duration {
        let (other, start) = (self.connects().await, Instant::now());
        let waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        loop {
            let row = other.query_one_raw(Statement::from_string(DbBackend::Postgres, waiting)).await;
            let count: i64 =
                row.expect("it answers").expect("one row").try_get_by_index(0).expect("a number");
            if count == statements {
                return start.elapsed();
            }
        }
    }

    /// From here on the database only reads.
    pub(crate) async fn becomes_read_only(&self) {
        match self.backend {
            Backend::Sqlite => self.says("pragma query_only = on").await,
            Backend::Postgres => {
                let name = self.database_name();
                let statement = format!("alter database {name} set default_transaction_read_only = on");
                postgres::administer(&statement).await;
                self.drops_connections().await;
            }
        }
    }

    /// From here on the database has no room for another page.
    pub(crate) async fn becomes_full(&self) {
        match self.backend {
            // Below what it has, which is the least that SQLite accepts.
            Backend::Sqlite => self.says("pragma max_page_count = 1").await,
            // The disk is the cluster's, which all tests share: each insert is answered as if it were full.
            Backend::Postgres => {
                self.says(
                    "create function refuses() returns trigger language plpgsql as $$ begin
                     raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$",
                )
                .await;
                self.says("create trigger no_room before insert on document execute function refuses()")
                    .await;
            }
        }
    }

    /// There is room again.
    pub(crate) async fn has_room_again(&self) {
        match self.backend {
            Backend::Sqlite => self.says("pragma max_page_count = 1000000").await,
            Backend::Postgres => self.says("drop trigger no_room on document").await,
        }
    }

    /// The database cannot be read any more.
    pub(crate) async fn loses_its_database(&self) {
        match self.backend {
            Backend::Sqlite => {
                self.says("pragma wal_checkpoint(truncate)").await;
                let file = self.app.config.data_dir.join("beacon.db");
                let size = fs::metadata(&file).expect("it is there").len();
                fs::write(&file, "x".repeat(size.try_into().expect("it fits"))).expect("there is room");
            }
            Backend::Postgres => {
                let name = self.database_name();
                postgres::administer(&format!("alter database {name} allow_connections false")).await;
                postgres::cut_off(&name).await;
            }
        }
    }

    /// A database of PostgreSQL is there again.
    pub(crate) async fn finds_its_database(&self) {
        let name = self.database_name();
        postgres::administer(&format!("alter database {name} allow_connections true")).await;
    }

    async fn connects(&self) -> DatabaseConnection {
        let mut options = ConnectOptions::new(self.app.config.database_url.as_str());
        options.max_connections(1).sqlx_logging(false);
        Database::connect(options).await.expect("the database answers")
    }

    async fn says(&self, statement: &str) {
        self.app.db.writer().execute_unprepared(statement).await.expect("the database answers");
    }

    /// Cuts the server's connections, and waits until it has new ones.
    async fn drops_connections(&self) {
        postgres::cut_off(&self.database_name()).await;
        while self.app.db.execute_unprepared("select 1").await.is_err() {}
    }

    fn database_name(&self) -> String {
        let url: Url = self.app.config.database_url.as_str().parse().expect("it is a URL");
        url.path().trim_start_matches('/').to_owned()
    }
}

impl Locked {
    /// The other program is done.
    pub(crate) async fn ends(self) {
        self.0.rollback().await.expect("nothing was done");
    }
}
