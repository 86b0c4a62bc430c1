//! Previews.

#![expect(clippy::missing_errors_doc, reason = "each answers whatever the database does")]

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use entity::change::{self, Action};
use entity::document::{self, NodeKind, Stage, State};
use entity::link::{self, Field};
use entity::preview::{Column, Entity, Model};
use entity::{Id, campaign, schedule, statistic, user};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, IntoActiveModel, JoinType, QueryFilter, QuerySelect,
};

use super::noun::{all, column, table};
use super::{Apart, Db, Tx};

/// The preview with a hash and who gave it, in one statement; `None` when it was ended, its document taken down since, or
/// the account switched off.
pub async fn by_hash(db: &Db, hash: &str) -> Result<Option<(Model, user::Model)>, DbErr> {
    let owner = Entity::belongs_to(user::Entity).from(Column::OwnerId).to(user::Column::Id);
    let taken_down = Query::select()
        .expr(Expr::val(1))
        .from(change::Entity)
        .and_where(
            Expr::col((change::Entity, change::Column::DocumentId)).equals((Entity, Column::DocumentId)),
        )
        .and_where(Expr::col((change::Entity, change::Column::Action)).eq(Action::Withdrawn.as_str()))
        .and_where(
            Expr::col((change::Entity, change::Column::At)).gte(Expr::col((Entity, Column::CreatedAt))),
        )
        .take();
    let found = Entity::find()
        .filter(Column::Hash.eq(hash))
        .filter(Column::RevokedAt.is_null())
        .filter(user::Column::IsActive.eq(true))
        .filter(Expr::exists(taken_down).not())
        .join(JoinType::InnerJoin, owner.into())
        .select_also(user::Entity)
        .one(db)
        .await?;
    Ok(found.and_then(|(preview, owner)| Some((preview, owner?))))
}

/// What a preview of a document shows beside what readers see: the document, what its draft links to and is not withdrawn, what
/// those cannot be without, and the parts of all of them that have ids of their own. As drafts; where a version of the document
/// goes out until a moment, that version, and of the others those that do too. Five statements at most.
pub async fn of(db: &Db, document_id: Id, at: Option<DateTime<Utc>>) -> Result<Apart, DbErr> {
    let mut ids = BTreeSet::from([document_id]);
    ids.extend(listed(db, &embedded(document_id)).await?);
    // The longest way: a campaign that is embedded, the channel of its call to action, and that one's service.
    for _ in 0..2 {
        ids.extend(listed(db, &needed(&ids)).await?);
    }
    let due = match at {
        Some(at) => due(db, at).await?,
        None => BTreeSet::new(),
    };
    if !due.contains(&document_id) {
        return with_parts(db, Stage::Draft, ids).await;
    }
    ids.retain(|id| due.contains(id));
    with_parts(db, Stage::Scheduled, ids).await
}

/// What goes to readers until a moment, as it was set aside for them; `None` where nothing does. Two statements at most.
pub async fn scheduled(db: &Db, at: DateTime<Utc>) -> Result<Option<Apart>, DbErr> {
    let ids = due(db, at).await?;
    if ids.is_empty() { Ok(None) } else { with_parts(db, Stage::Scheduled, ids).await.map(Some) }
}

/// The documents of which a version goes to readers until a moment.
async fn due(db: &Db, at: DateTime<Utc>) -> Result<BTreeSet<Id>, DbErr> {
    let select = Query::select()
        .expr_as(column::<schedule::Entity>("document_id"), "id")
        .from(table::<schedule::Entity>())
        .and_where(column::<schedule::Entity>("publish_at").lte(at))
        .take();
    Ok(listed(db, &select).await?.into_iter().collect())
}

async fn with_parts(db: &Db, stage: Stage, documents: BTreeSet<Id>) -> Result<Apart, DbErr> {
    let mut parts = parts_of::<campaign::edition::Entity>(stage, &documents);
    parts.union(UnionType::All, parts_of::<statistic::figure::Entity>(stage, &documents));
    let parts = listed(db, &parts).await?;
    Ok(Apart { stage, ids: documents.into_iter().chain(parts).collect() })
}

async fn listed(db: &Db, select: &SelectStatement) -> Result<Vec<Id>, DbErr> {
    all(db, select).await?.iter().map(|row| row.get("id")).collect()
}

fn embedded(document_id: Id) -> SelectStatement {
    links(&BTreeSet::from([document_id]), link::Column::ToId)
        .and_where(Expr::col((document::Entity, document::Column::State)).ne(State::Withdrawn.as_str()))
        .take()
}

/// What documents cannot be without, as `publication::dependants` has it the other way round.
fn needed(documents: &BTreeSet<Id>) -> SelectStatement {
    let needs = [
        (NodeKind::ContactChannel, Field::Service),
        (NodeKind::Statistic, Field::Source),
        (NodeKind::StatisticSet, Field::Statistics),
        (NodeKind::Campaign, Field::Channels),
    ];
    let one = |(kind, field): (NodeKind, Field)| {
        Condition::all()
            .add(Expr::col((document::Entity, document::Column::NodeKind)).eq(kind.as_str()))
            .add(Expr::col((link::Entity, link::Column::Field)).eq(field.as_str()))
    };
    links(documents, link::Column::DocumentId)
        .cond_where(needs.into_iter().map(one).fold(Condition::any(), Condition::add))
        .take()
}

/// Where the drafts of some documents lead; `document` is joined at one end of each link.
fn links(from: &BTreeSet<Id>, end: link::Column) -> SelectStatement {
    Query::select()
        .distinct()
        .expr_as(Expr::col((link::Entity, link::Column::ToId)), "id")
        .from(link::Entity)
        .join(
            JoinType::InnerJoin,
            document::Entity,
            Expr::col((document::Entity, document::Column::Id)).equals((link::Entity, end)),
        )
        .and_where(Expr::col((link::Entity, link::Column::DocumentId)).is_in(from.iter().copied()))
        .and_where(Expr::col((link::Entity, link::Column::Stage)).eq(Stage::Draft.as_str()))
        .take()
}

fn parts_of<E: EntityTrait>(stage: Stage, documents: &BTreeSet<Id>) -> SelectStatement {
    Query::select()
        .expr_as(column::<E>("id"), "id")
        .from(table::<E>())
        .and_where(column::<E>("document_id").is_in(documents.iter().copied()))
        .and_where(column::<E>("stage").eq(stage.as_str()))
        .take()
}

/// Adds a preview.
pub async fn insert(tx: &Tx, preview: Model) -> Result<(), DbErr> {
    Entity::insert(preview.into_active_model()).exec_without_returning(tx).await.map(drop)
}

/// Ends a preview; what it was, if it had not ended before.
pub async fn revoke(tx: &Tx, hash: &str, at: DateTime<Utc>) -> Result<Option<Model>, DbErr> {
    let update = Entity::update_many().col_expr(Column::RevokedAt, Expr::value(at));
    let ended = update.filter(Column::Hash.eq(hash)).filter(Column::RevokedAt.is_null()).exec(tx).await?;
    if ended.rows_affected == 0 {
        return Ok(None);
    }
    Entity::find_by_id(hash.to_owned()).one(tx).await
}

/// Ends all previews that an account gave.
pub async fn revoke_of(tx: &Tx, owner_id: Id, at: DateTime<Utc>) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::RevokedAt, Expr::value(at));
    let given = update.filter(Column::OwnerId.eq(owner_id)).filter(Column::RevokedAt.is_null());
    given.exec(tx).await.map(drop)
}

/// Forgets previews that ran out before a moment.
pub async fn sweep(tx: &Tx, before: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::ExpiresAt.lt(before)).exec(tx).await.map(drop)
}
