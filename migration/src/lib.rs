//! How the rows of Beacon's database came to be: forward-only, the same on SQLite and PostgreSQL.

use std::fs::File;
use std::path::Path;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DatabaseConnection, DbBackend, TransactionTrait};

mod accounts;
mod baseline;
mod campaigns;
mod clients;
mod history;
mod idempotency;
mod search;
mod trusted_documents;
mod visible_change;
mod workflow;

/// The migrations in their order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(baseline::Migration)]
    }
}

/// Any number that no other program takes an advisory lock under.
const ADVISORY_LOCK: i64 = 0x0062_6561_636f_6e00;

/// Brings an empty or older database up to date, all or nothing. Several processes may call it at once:
/// one migrates, the others wait and find nothing left to do.
///
/// # Errors
/// Whatever the database answers.
pub async fn migrate(connection: &DatabaseConnection) -> Result<(), DbErr> {
    let transaction = connection.begin().await?;
    if connection.get_database_backend() == DbBackend::Postgres {
        // Another process may migrate for long, and so may this one.
        transaction.execute_unprepared("set local lock_timeout = 0").await?;
        transaction.execute_unprepared("set local statement_timeout = 0").await?;
        // Nobody needs to hear that its table is there already.
        transaction.execute_unprepared("set local client_min_messages = warning").await?;
        transaction.execute_unprepared(&format!("select pg_advisory_xact_lock({ADVISORY_LOCK})")).await?;
    }
    // It tells that it begins even where there is nothing to do.
    if !Migrator::get_pending_migrations_read_only(&transaction).await?.is_empty() {
        Migrator::up(&transaction, None).await?;
    }
    transaction.commit().await
}

/// Takes the lock file beside an SQLite database, waiting for whoever holds it; dropping the file frees it.
///
/// # Errors
/// When the file cannot be made or locked.
pub fn lock_beside(database: &Path) -> std::io::Result<File> {
    let file = File::create(database.with_extension("lock"))?;
    file.lock()?;
    Ok(file)
}
