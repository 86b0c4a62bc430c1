//! Schedules: what goes to readers at a moment, what is taken from them, and who has it in hand.

#![expect(clippy::missing_errors_doc, reason = "each answers whatever the database does")]

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::Id;
use entity::document::NodeKind;
pub use entity::schedule::Model as Schedule;
use entity::schedule::{Column, Entity};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use super::sql::among;
use super::{Connection, Tx, publication};

/// What is to happen to some documents; those of which nothing is are missing.
pub async fn of_documents<C: Connection>(db: &C, ids: &[Id]) -> Result<HashMap<Id, Schedule>, DbErr> {
    let rows = Entity::find().filter(Column::DocumentId.is_in(among(ids))).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.document_id, row)).collect())
}

/// Adds a schedule where there is none.
pub async fn insert(tx: &Tx, schedule: Schedule) -> Result<(), DbErr> {
    Entity::insert(schedule.into_active_model()).exec_without_returning(tx).await.map(drop)
}

/// Writes a schedule in place of what it was.
pub async fn put(tx: &Tx, schedule: Schedule) -> Result<(), DbErr> {
    Entity::update(schedule.into_active_model().reset_all()).exec(tx).await.map(drop)
}

/// Forgets the schedule of a document.
pub async fn forget(tx: &Tx, document_id: Id) -> Result<(), DbErr> {
    Entity::delete_by_id(document_id).exec(tx).await.map(drop)
}

/// Ends the schedule of a document, with what was set aside for it; whether there was one.
pub async fn end(tx: &Tx, (kind, id): (NodeKind, Id)) -> Result<bool, DbErr> {
    let ended = Entity::delete_by_id(id).exec(tx).await?.rows_affected == 1;
    if ended {
        publication::drop_aside(tx, kind, id).await?;
    }
    Ok(ended)
}

/// Ends the publication that a schedule has in mind; what is to be taken from readers still is.
pub async fn end_publication(tx: &Tx, (kind, id): (NodeKind, Id)) -> Result<(), DbErr> {
    let Some(schedule) = Entity::find_by_id(id).one(tx).await? else { return Ok(()) };
    if schedule.withdraw_at.is_none() {
        return end(tx, (kind, id)).await.map(drop);
    }
    publication::drop_aside(tx, kind, id).await?;
    put(tx, done(schedule)).await
}

/// A schedule whose publication is behind it.
fn done(schedule: Schedule) -> Schedule {
    Schedule {
        publish_at: None,
        due_at: schedule.withdraw_at,
        failures: 0,
        failure: None,
        claimed_by: None,
        claimed_until: None,
        ..schedule
    }
}

/// Whether something is due and nobody has it in hand.
pub async fn is_due<C: Connection>(db: &C, now: DateTime<Utc>) -> Result<bool, DbErr> {
    Ok(earliest(db, now).await?.is_some())
}

/// The earliest moment at which something is due that nobody has in hand.
async fn earliest<C: Connection>(db: &C, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, DbErr> {
    let select = Query::select()
        .expr_as(Expr::col(Column::DueAt).min(), "earliest")
        .from(Entity)
        .cond_where(Condition::all().add(Column::DueAt.lte(now)).add(free(now)))
        .take();
    match db.query_one(&select).await? {
        Some(row) => row.try_get("", "earliest"),
        None => Ok(None),
    }
}

fn free(now: DateTime<Utc>) -> Condition {
    Condition::any().add(Column::ClaimedUntil.is_null()).add(Column::ClaimedUntil.lte(now))
}

/// Takes in hand what is due at the earliest moment, for one runner alone until `until`. Two runners never get the same.
pub async fn claim(
    tx: &Tx,
    runner: Id,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Schedule>, DbErr> {
    let Some(moment) = earliest(tx, now).await? else { return Ok(Vec::new()) };
    let claimed = Entity::update_many()
        .col_expr(Column::ClaimedBy, Expr::value(runner))
        .col_expr(Column::ClaimedUntil, Expr::value(until))
        .filter(Column::DueAt.eq(moment))
        .filter(free(now));
    claimed.exec_with_returning(tx).await
}

/// A schedule that a runner took in hand, if it still has it. Its document is locked.
pub async fn held(tx: &Tx, document_id: Id, runner: Id) -> Result<Option<Schedule>, DbErr> {
    Entity::find_by_id(document_id).filter(Column::ClaimedBy.eq(runner)).one(tx).await
}
