//! Topics in the database.

use entity::document::{NodeKind, Stage};
use entity::link::{self, Field};
use entity::{Id, topic};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use super::Db;
use super::noun::Noun;

/// The room of topics.
pub struct Topic;

impl Noun for Topic {
    const KIND: NodeKind = NodeKind::Topic;
    const LIVE: bool = true;
    type Row = topic::Entity;
    type Text = topic::text::Entity;
    type Parts = ();
}

/// Whether any of some documents is a sensitive topic, or as published is about one.
///
/// # Errors
/// Whatever the database answers.
pub async fn any_is_sensitive(db: &Db, documents: &[Id]) -> Result<bool, DbErr> {
    let about = Query::select()
        .expr(Expr::val(1))
        .from(link::Entity)
        .and_where(
            Expr::col((link::Entity, link::Column::ToId)).equals((topic::Entity, topic::Column::DocumentId)),
        )
        .and_where(Expr::col((link::Entity, link::Column::Stage)).eq(Stage::Published.as_str()))
        .and_where(Expr::col((link::Entity, link::Column::Field)).eq(Field::Topics.as_str()))
        .and_where(Expr::col((link::Entity, link::Column::FromId)).is_in(documents.iter().copied()))
        .take();
    let concerned = Condition::any()
        .add(topic::Column::DocumentId.is_in(documents.iter().copied()))
        .add(Expr::exists(about));
    let found = topic::Entity::find()
        .select_only()
        .column(topic::Column::DocumentId)
        .filter(topic::Column::Stage.eq(Stage::Published))
        .filter(topic::Column::IsSensitive.eq(true))
        .filter(concerned)
        .limit(1)
        .into_tuple::<Id>()
        .one(db)
        .await?;
    Ok(found.is_some())
}
