//! What of published content is delicate: whoever needs help must not see an old copy of it.

use entity::Id;
use entity::document::Stage;
use entity::link::{self, Field};
use entity::{post, topic};
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DbErr};

use super::Db;
use super::sql::{Sql, among, fixed};

/// Whether any of some documents, as published, is a sensitive topic, is about one, or has a content note.
///
/// # Errors
/// Whatever the database answers.
pub async fn any(db: &Db, documents: &[Id]) -> Result<bool, DbErr> {
    let ids = || among(documents);
    let published = || fixed(Stage::Published.as_str());
    let sensitive = Query::select()
        .column(topic::Column::DocumentId)
        .from(topic::Entity)
        .and_where(Expr::col(topic::Column::Stage).eq(published()))
        .and_where(Expr::col(topic::Column::IsSensitive).eq(true))
        .take();
    let is_one = sensitive.clone().and_where(Expr::col(topic::Column::DocumentId).is_in(ids())).take();
    let is_about = Query::select()
        .expr(Expr::val(1))
        .from(link::Entity)
        .and_where(Expr::col(link::Column::Stage).eq(published()))
        .and_where(Expr::col(link::Column::Field).eq(fixed(Field::Topics.as_str())))
        .and_where(Expr::col(link::Column::FromId).is_in(ids()))
        .and_where(Expr::col(link::Column::ToId).in_subquery(sensitive))
        .take();
    let is_noted = Query::select()
        .expr(Expr::val(1))
        .from(post::text::Entity)
        .and_where(Expr::col(post::text::Column::Stage).eq(published()))
        .and_where(Expr::col(post::text::Column::DocumentId).is_in(ids()))
        .and_where(Expr::col(post::text::Column::ContentNotes).cast_as("text").ne("[]"))
        .take();
    let any = [is_one, is_about, is_noted].into_iter().map(Expr::exists).fold(Cond::any(), Cond::add);
    let select = Query::select().expr(Expr::val(1)).cond_where(any).take();
    Ok(db.query_one_raw(Sql::whole(db, &select)).await?.is_some())
}
