//! Posts in the database.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::Id;
use entity::document::{NodeKind, Stage};
use entity::post::{self, old_path};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DbErr};

use super::noun::Noun;
use super::parts::{self, Parts, Table};
use super::{Connection, Tx};

/// The room of posts.
pub struct Post;

impl Noun for Post {
    const KIND: NodeKind = NodeKind::Post;
    type Row = post::Entity;
    type Text = post::text::Entity;
    type Parts = OldPaths;
}

/// Paths that a post had elsewhere, in the order of use.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct OldPaths(pub Vec<old_path::Model>);

impl Parts for OldPaths {
    fn tables() -> Vec<Table> {
        vec![Table::of::<old_path::Entity>().lasting()]
    }
    async fn load<C: Connection>(db: &C, documents: &[Id], stage: Stage) -> Result<HashMap<Id, Self>, DbErr> {
        let rows = parts::load_at::<old_path::Entity, _>(db, documents, stage).await?;
        let in_order = rows.into_iter().map(|(id, mut paths)| {
            paths.sort_by_key(|path| path.position);
            (id, Self(paths))
        });
        Ok(in_order.collect())
    }
    async fn insert(&self, tx: &Tx) -> Result<(), DbErr> {
        parts::insert::<old_path::Entity>(tx, self.0.clone()).await
    }
}

/// Dates what readers do not see and has no date yet: what is published for the first time was published at this moment.
///
/// # Errors
/// Whatever the database answers.
pub async fn date(tx: &Tx, document_id: Id, at: DateTime<Utc>) -> Result<(), DbErr> {
    let update = Query::update()
        .table(post::Entity)
        .values([(post::Column::PublishedAt, Expr::val(at)), (post::Column::SortedAt, Expr::val(at))])
        .and_where(Expr::col(post::Column::DocumentId).eq(document_id))
        .and_where(Expr::col(post::Column::Stage).ne(Stage::Published.as_str()))
        .and_where(Expr::col(post::Column::PublishedAt).is_null())
        .take();
    tx.execute(&update).await.map(|_| ())
}
