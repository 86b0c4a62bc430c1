//! The history of what is written: kept with each save, read in pages for many documents at once.

use std::collections::HashMap;

use entity::Id;
use entity::cells::InOrder;
use entity::document::NodeKind;
pub use entity::revision::Model as Revision;
use entity::revision::{Column, Entity};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Order as Direction, Query, WindowStatement};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, IntoActiveModel, Iterable, QueryFilter};

use super::noun::all;
use super::page::{KeyValue, Page, Position, Slice, slice};
use super::read::{grouped, ranked};
use super::sql::among;
use super::{Db, Tx};

/// Keeps a version.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn insert(tx: &Tx, revision: Revision) -> Result<(), DbErr> {
    Entity::insert(revision.into_active_model()).exec_without_returning(tx).await.map(|_| ())
}

/// A version of a document.
pub async fn of_version(tx: &Tx, document_id: Id, version: i32) -> Result<Option<Revision>, DbErr> {
    let own = Entity::find().filter(Column::DocumentId.eq(document_id));
    own.filter(Column::Version.eq(version)).one(tx).await
}

/// Whether there was a document of a kind.
pub async fn was(tx: &Tx, kind: NodeKind, document_id: Id) -> Result<bool, DbErr> {
    let own = Entity::find().filter(Column::DocumentId.eq(document_id));
    Ok(own.filter(Column::NodeKind.eq(kind)).one(tx).await?.is_some())
}

/// Versions by their own ids.
pub async fn by_ids(db: &Db, ids: &[Id]) -> Result<HashMap<Id, Revision>, DbErr> {
    let rows = Entity::find().filter(Column::Id.is_in(among(ids))).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// A page of the versions of each of several documents, the newest first.
pub async fn pages(db: &Db, documents: &[Id], page: &Page) -> Result<HashMap<Id, Slice<Revision>>, DbErr> {
    let version = Expr::col((Entity, Column::Version));
    let direction = if page.backward { Direction::Asc } else { Direction::Desc };
    let window = WindowStatement::partition_by((Entity, Column::DocumentId))
        .order_by_expr(version.clone(), direction)
        .take();
    let mut inner = Query::select();
    inner
        .columns(Column::iter().map(|column| (Entity, column)))
        .expr_as(Expr::col((Entity, Column::DocumentId)), "parent_id")
        .expr_window_as(Func::cust("row_number"), window, "place")
        .from(Entity)
        .and_where(Expr::col((Entity, Column::DocumentId)).is_in(among(documents)));
    if let Some(Position(KeyValue::Number(after), _)) = page.after {
        inner.and_where(version.clone().lt(after));
    }
    if let Some(Position(KeyValue::Number(before), _)) = page.before {
        inner.and_where(version.gt(before));
    }
    let found = grouped(&all(db, &ranked(inner, page.limit + 1)).await?, |row| {
        let revision = Revision::first_of(row)?;
        Ok((Position(KeyValue::Number(revision.version.into()), revision.id), revision))
    })?;
    Ok(found.into_iter().map(|(id, items)| (id, slice(items, page))).collect())
}

/// How many versions each of several documents has.
pub async fn counts(db: &Db, documents: &[Id]) -> Result<HashMap<Id, i64>, DbErr> {
    let select = Query::select()
        .expr_as(Expr::col((Entity, Column::DocumentId)), "parent_id")
        .expr_as(Expr::cust("count(*)"), "many")
        .from(Entity)
        .and_where(Expr::col((Entity, Column::DocumentId)).is_in(among(documents)))
        .group_by_col((Entity, Column::DocumentId))
        .take();
    let rows = all(db, &select).await?;
    rows.iter().map(|row| Ok((row.get("parent_id")?, row.get("many")?))).collect()
}
