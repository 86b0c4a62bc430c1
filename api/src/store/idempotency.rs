//! Mutations that are carried out once.

#![expect(clippy::missing_errors_doc, reason = "each answers whatever the database does")]

use chrono::{DateTime, Utc};
use entity::Id;
use entity::idempotency::{Column, Entity, FORGOTTEN, Model};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use super::{Db, Tx};

/// Takes a key that nobody has; whether it was taken. One that was claimed before a moment is free again.
pub async fn claim(tx: &Tx, row: Model, free_before: DateTime<Utc>) -> Result<bool, DbErr> {
    let old = Entity::delete_many()
        .filter(Column::ActorId.eq(row.actor_id))
        .filter(Column::Key.eq(row.key.as_str()))
        .filter(Column::ClaimedAt.lte(free_before));
    old.exec(tx).await?;
    let insert = Entity::insert(row.into_active_model())
        .on_conflict(OnConflict::columns([Column::ActorId, Column::Key]).do_nothing().to_owned());
    Ok(insert.exec_without_returning(tx).await? == 1)
}

/// What came of a mutation under a key.
pub async fn find(db: &Db, actor_id: Id, key: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((actor_id, key.to_owned())).one(db).await
}

/// Keeps the answer to a mutation under a key.
pub async fn answer(tx: &Tx, actor_id: Id, key: &str, answer: String) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Answer, Expr::value(answer))
        .filter(Column::ActorId.eq(actor_id))
        .filter(Column::Key.eq(key))
        .exec(tx)
        .await
        .map(drop)
}

/// Frees a key.
pub async fn release(tx: &Tx, actor_id: Id, key: &str) -> Result<(), DbErr> {
    Entity::delete_by_id((actor_id, key.to_owned())).exec(tx).await.map(drop)
}

/// Forgets keys that were claimed up to a moment.
pub async fn sweep(tx: &Tx, until: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::ClaimedAt.lte(until)).exec(tx).await.map(drop)
}

/// Forgets every answer, and no key: what was carried out is not carried out again.
pub async fn forget_answers(tx: &Tx) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::Answer, Expr::value(FORGOTTEN));
    update.filter(Column::Answer.is_not_null()).exec(tx).await.map(drop)
}
