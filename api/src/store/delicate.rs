//! What of published content is delicate: whoever needs help must not see an old copy of it.

use entity::Id;
use entity::document::{NodeKind, Stage};
use entity::link::{self, Field};
use entity::{post, topic};
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Query};
use sea_orm::{DbErr, JoinType};

use super::noun::all;
use super::sql::{among, fixed};
use super::{Db, is_live};

/// Whether any of some documents, as published, is a sensitive topic, is about one, or has a content note.
///
/// # Errors
/// Whatever the database answers.
pub async fn any(db: &Db, documents: &[(NodeKind, Id)]) -> Result<bool, DbErr> {
    let of = |is: fn(NodeKind) -> bool| -> Vec<Id> {
        documents.iter().filter(|(kind, _)| is(*kind)).map(|(_, id)| *id).collect()
    };
    let topics = of(|kind| kind == NodeKind::Topic);
    let content = of(|kind| !is_live(kind));
    let posts = of(|kind| kind == NodeKind::Post);
    let is_one = Query::select()
        .expr(Expr::val(1))
        .from(topic::Entity)
        .and_where(is_sensitive())
        .and_where(Expr::col(topic::Column::DocumentId).is_in(among(&topics)))
        .take();
    // From the links to the topics: SQLite would begin with a list of all sensitive topics, were they a subquery.
    let is_about = Query::select()
        .expr(Expr::val(1))
        .from(link::Entity)
        .join(
            JoinType::InnerJoin,
            topic::Entity,
            Expr::col((topic::Entity, topic::Column::DocumentId)).equals((link::Entity, link::Column::ToId)),
        )
        .and_where(is_sensitive())
        .and_where(Expr::col((link::Entity, link::Column::Stage)).eq(published()))
        .and_where(Expr::col((link::Entity, link::Column::Field)).eq(fixed(Field::Topics.as_str())))
        .and_where(Expr::col((link::Entity, link::Column::FromId)).is_in(among(&content)))
        .take();
    let is_noted = Query::select()
        .expr(Expr::val(1))
        .from(post::text::Entity)
        .and_where(Expr::col(post::text::Column::Stage).eq(published()))
        .and_where(Expr::col(post::text::Column::DocumentId).is_in(among(&posts)))
        .and_where(Expr::col(post::text::Column::ContentNotes).cast_as("text").ne("[]"))
        .take();
    // Each is asked of those alone that it can be true of.
    let asked = [(topics, is_one), (content, is_about), (posts, is_noted)];
    let any: Vec<Expr> = asked
        .into_iter()
        .filter(|(ids, _)| !ids.is_empty())
        .map(|(_, select)| Expr::exists(select))
        .collect();
    if any.is_empty() {
        return Ok(false);
    }
    let any = any.into_iter().fold(Cond::any(), Cond::add);
    let select = Query::select().expr(Expr::val(1)).cond_where(any).take();
    Ok(!all(db, &select).await?.is_empty())
}

fn published() -> Expr {
    fixed(Stage::Published.as_str())
}

/// Whether a topic is a sensitive one, as published.
fn is_sensitive() -> Expr {
    let topic = |column| Expr::col((topic::Entity, column));
    topic(topic::Column::Stage)
        .eq(published())
        .and(topic(topic::Column::IsSensitive).eq(Expr::Constant(true.into())))
}
