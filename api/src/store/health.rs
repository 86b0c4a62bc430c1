//! A sign of life.

use sea_orm::{ConnectionTrait, DbErr};

use super::Db;

/// One statement that touches no table.
///
/// # Errors
/// When the database cannot be reached.
pub async fn ping(db: &Db) -> Result<(), DbErr> {
    db.execute_unprepared("SELECT 1").await.map(drop)
}
