//! A sign of life.

use entity::document::{Column, Entity};
use sea_orm::{DbErr, EntityTrait, QuerySelect};

use super::Db;

/// One statement that reads a page of a table: an answer from memory would say nothing of a damaged file.
///
/// # Errors
/// When the database cannot be reached or read.
pub async fn ping(db: &Db) -> Result<(), DbErr> {
    Entity::find().select_only().column(Column::Id).limit(1).into_tuple::<String>().one(db).await.map(drop)
}
