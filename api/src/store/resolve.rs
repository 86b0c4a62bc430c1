//! Who has or had a path.

use std::collections::HashSet;

use entity::Id;
use entity::document::{NodeKind, Stage};
use entity::post::old_path;
use entity::slug::{Column, Entity, Model};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::{Db, Tx};

/// Who has or had a slug that readers saw, by language.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn owners(db: &Db, kind: NodeKind, slug: &str) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::NodeKind.eq(kind))
        .filter(Column::Slug.eq(slug))
        .filter(Column::IsPublic.eq(true))
        .order_by_asc(Column::Language)
        .all(db)
        .await
}

/// The post that took over a path from another system for readers; it may have been withdrawn since.
pub async fn old_path(db: &Db, path: &str) -> Result<Option<Id>, DbErr> {
    let row = old_path::Entity::find_by_id((Stage::Published, path.to_owned())).one(db).await?;
    Ok(row.map(|row| row.document_id))
}

/// Which of some paths from other systems another post has, at any stage.
pub async fn taken_paths(tx: &Tx, paths: &[String], but: Id) -> Result<HashSet<String>, DbErr> {
    if paths.is_empty() {
        return Ok(HashSet::new());
    }
    let rows = old_path::Entity::find()
        .filter(old_path::Column::Stage.is_in([Stage::Draft, Stage::Published, Stage::Scheduled]))
        .filter(old_path::Column::Path.is_in(paths))
        .filter(old_path::Column::DocumentId.ne(but))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| row.path).collect())
}
