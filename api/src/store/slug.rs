//! Slugs: unique per kind and language, kept when a document is renamed.

use std::collections::HashSet;

use entity::document::NodeKind;
use entity::slug::{Column, Entity, Model};
use entity::{Id, document, link, translation};
use sea_orm::sea_query::{CaseStatement, Condition, Expr, ExprTrait, OnConflict, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use super::Tx;

/// Any number that nothing else takes an advisory lock under.
const NAMES: i64 = 0x0062_6561_636f_6e01;

/// Lets one transaction at a time choose slugs and what else must be unique, until it ends. What others chose before is
/// seen by every statement from here on; without this, two that choose the same at the same moment would both find it
/// free. On SQLite whoever writes is alone anyway.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn lock(tx: &Tx) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(&format!("select pg_advisory_xact_lock({NAMES})")).await?;
    }
    Ok(())
}

/// Which of some slugs of a kind and language other documents have or had. A deleted document's may be used again.
pub async fn taken(
    tx: &Tx,
    kind: NodeKind,
    language: &str,
    slugs: &[String],
    but: Id,
) -> Result<HashSet<String>, DbErr> {
    let rows = Entity::find()
        .filter(Column::NodeKind.eq(kind))
        .filter(Column::Language.eq(language))
        .filter(Column::Slug.is_in(slugs))
        .filter(Column::DocumentId.ne(but))
        .all(tx)
        .await?;
    let owners: Vec<Id> = rows.iter().map(|row| row.document_id).collect();
    let alive: HashSet<Id> =
        super::draft::existing(tx, &owners).await?.into_iter().map(|document| document.id).collect();
    Ok(rows.into_iter().filter(|row| alive.contains(&row.document_id)).map(|row| row.slug).collect())
}

/// Keeps the slugs that a draft has, and forgets those that it had, that no reader ever saw and that wait for no moment. Answers
/// [`DbErr::RecordNotInserted`] when another document took one of them meanwhile.
pub async fn keep(
    tx: &Tx,
    kind: NodeKind,
    document_id: Id,
    translations: &[&translation::Model],
) -> Result<(), DbErr> {
    let current = translations.iter().fold(Condition::any(), |any, translation| {
        any.add(
            Column::Language
                .eq(translation.language.as_str())
                .and(Column::Slug.eq(translation.slug.as_str())),
        )
    });
    let scheduled = borne(Some(document::Stage::Scheduled));
    Entity::delete_many()
        .filter(Column::DocumentId.eq(document_id))
        .filter(Column::IsPublic.eq(false))
        .filter(current.not())
        .filter(Expr::exists(scheduled).not())
        .exec(tx)
        .await?;
    let rows: Vec<_> = translations
        .iter()
        .map(|translation| Model {
            node_kind: kind,
            language: translation.language.clone(),
            slug: translation.slug.clone(),
            document_id,
            is_public: false,
        })
        .map(IntoActiveModel::into_active_model)
        .collect();
    let wanted = rows.len() as u64;
    let owner_is_gone = Expr::exists(
        Query::select()
            .expr(Expr::val(1))
            .from(document::Entity)
            .and_where(
                Expr::col((document::Entity, document::Column::Id)).equals((Entity, Column::DocumentId)),
            )
            .take(),
    )
    .not();
    // A row that is there is this document's own, or a deleted one's.
    let kept = Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns([Column::NodeKind, Column::Language, Column::Slug])
                .update_column(Column::DocumentId)
                // A new owner's readers have not seen it.
                .value(Column::IsPublic, seen_of_own(document_id))
                .action_and_where(Expr::col((Entity, Column::DocumentId)).eq(document_id).or(owner_is_gone))
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    if kept == wanted { Ok(()) } else { Err(DbErr::RecordNotInserted) }
}

/// Whether readers saw a slug, if it was this document's before.
fn seen_of_own(document_id: Id) -> Expr {
    let own = Expr::col((Entity, Column::DocumentId)).eq(document_id);
    let seen =
        CaseStatement::new().case(own, Expr::col((Entity, Column::IsPublic))).finally(Expr::val(false));
    Expr::Case(Box::new(seen))
}

/// Marks the slugs that readers now see: a document's, and those of what it refers to. What has no drafts is seen
/// only while something published refers to it.
pub async fn show(tx: &Tx, document_id: Id) -> Result<(), DbErr> {
    let published = |column: link::Column| {
        let mut links = Query::select();
        links.column(column).from(link::Entity).and_where(link::Column::Stage.eq(document::Stage::Published));
        links
    };
    let targets = published(link::Column::ToId).and_where(link::Column::DocumentId.eq(document_id)).take();
    let has_drafts = NodeKind::ALL.iter().copied().filter(|&kind| !super::is_live(kind));
    let referring = published(link::Column::DocumentId)
        .and_where(Expr::col((link::Entity, link::Column::ToId)).equals((Entity, Column::DocumentId)))
        .take();
    let shown = borne(Some(document::Stage::Published));
    let update = Query::update()
        .table(Entity)
        .value(Column::IsPublic, true)
        .and_where(Column::IsPublic.eq(false))
        .and_where(Column::DocumentId.eq(document_id).or(Column::DocumentId.in_subquery(targets)))
        .and_where(Column::NodeKind.is_in(has_drafts).or(Expr::exists(referring)))
        .and_where(Expr::exists(shown))
        .take();
    tx.execute(&update).await.map(|_| ())
}

/// Forgets the slugs of a deleted document that no reader ever saw; the others answer "gone" for good.
pub async fn forget(tx: &Tx, document_id: Id) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::DocumentId.eq(document_id))
        .filter(Column::IsPublic.eq(false))
        .exec(tx)
        .await
        .map(|_| ())
}

/// Forgets the slugs that a document bears at no stage any more and no reader ever saw.
pub async fn forget_unused(tx: &Tx, document_id: Id) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::DocumentId.eq(document_id))
        .filter(Column::IsPublic.eq(false))
        .filter(Expr::exists(borne(None)).not())
        .exec(tx)
        .await
        .map(|_| ())
}

/// Forgets the slugs that a document had before, seen or not: they lead nowhere, and anybody may have them.
pub async fn forget_old(tx: &Tx, document_id: Id) -> Result<(), DbErr> {
    let current = borne(None);
    Entity::delete_many()
        .filter(Column::DocumentId.eq(document_id))
        .filter(Expr::exists(current).not())
        .exec(tx)
        .await
        .map(|_| ())
}

/// Whether a slug's document bears it, at a stage or at any.
fn borne(stage: Option<document::Stage>) -> SelectStatement {
    let mut bearing = Query::select();
    bearing.expr(Expr::val(1)).from(translation::Entity);
    let alike = [
        (translation::Column::DocumentId, Column::DocumentId),
        (translation::Column::Language, Column::Language),
        (translation::Column::Slug, Column::Slug),
    ];
    for (of_words, of_slug) in alike {
        bearing.and_where(Expr::col((translation::Entity, of_words)).equals((Entity, of_slug)));
    }
    bearing.and_where_option(stage.map(|stage| translation::Column::Stage.eq(stage))).take()
}
