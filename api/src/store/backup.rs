//! Whole copies of an SQLite database, taken while others read and write it.

use std::path::Path;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbErr, Statement};

use super::options;

/// Writes everything that is committed by now to a file, which must be empty or absent: a database by itself, without a
/// log beside it. Readers and writers of the original go on.
///
/// # Errors
/// When the original cannot be read or the file not be written.
pub async fn write(url: &str, file: &Path) -> Result<(), DbErr> {
    let connection = open(url).await?;
    let file = file.to_string_lossy().into_owned();
    let backend = connection.get_database_backend();
    let vacuum = Statement::from_sql_and_values(backend, "vacuum into ?", [file.into()]);
    connection.execute_raw(vacuum).await?;
    connection.close().await
}

/// One connection to an SQLite file, for work on the file as a whole.
///
/// # Errors
/// When the file cannot be opened, or is no database.
pub async fn open(url: &str) -> Result<DatabaseConnection, DbErr> {
    Database::connect(options::sqlite_writer(url)).await
}

/// Whether a database is Beacon's and every page of it can be read.
///
/// # Errors
/// When it cannot be read at all.
pub async fn is_sound(connection: &DatabaseConnection) -> Result<bool, DbErr> {
    let is_ours =
        "select name from sqlite_schema where type = 'table' and name in ('seaql_migrations', 'change')";
    let backend = connection.get_database_backend();
    let tables = connection.query_all_raw(Statement::from_string(backend, is_ours)).await?;
    let check = Statement::from_string(backend, "pragma integrity_check");
    let found = connection.query_one_raw(check).await?.map(|row| row.try_get_by_index::<String>(0));
    Ok(tables.len() == 2 && found.transpose()?.as_deref() == Some("ok"))
}

/// Puts all of a database into its one file, and closes it. Nobody else may have it open.
///
/// # Errors
/// When somebody has it open.
pub async fn settle(connection: DatabaseConnection) -> Result<(), DbErr> {
    connection.execute_unprepared("pragma journal_mode = delete").await?;
    connection.close().await
}
