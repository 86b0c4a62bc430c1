//! What the checks of content ask of the database beside the content itself, in one statement each.

use std::collections::{BTreeSet, HashMap, HashSet};

use entity::document::{self, NodeKind, Stage, State};
use entity::source::SourceKind;
use entity::statistic::StatisticUnit;
use entity::{Id, contact_channel, slug, source, statistic, topic, translation};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter};

use super::Connection;
use super::sql::among;

/// What kind of publication each of some sources is.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn source_kinds<C: Connection>(db: &C, ids: &[Id]) -> Result<HashMap<Id, SourceKind>, DbErr> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = source::Entity::find()
        .filter(source::Column::DocumentId.is_in(among(ids)))
        .filter(source::Column::Stage.eq(Stage::Draft))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.document_id, row.source_kind)).collect())
}

/// Which of some topics are marked as sensitive.
pub async fn sensitive_topics<C: Connection>(db: &C, ids: &[Id]) -> Result<HashSet<Id>, DbErr> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let rows = topic::Entity::find()
        .filter(topic::Column::DocumentId.is_in(among(ids)))
        .filter(topic::Column::Stage.eq(Stage::Draft))
        .filter(topic::Column::IsSensitive.eq(true))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.document_id).collect())
}

/// What some documents are called, in every language of their drafts.
pub async fn titles<C: Connection>(
    db: &C,
    ids: &[Id],
) -> Result<HashMap<Id, Vec<translation::Model>>, DbErr> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    super::parts::load::<translation::Entity, C>(db, ids).await
}

/// The documents that have or had some slugs, whatever the language and stage. Where languages differ, one that is published.
pub async fn addresses<C: Connection>(
    db: &C,
    wanted: &BTreeSet<(NodeKind, String)>,
) -> Result<HashMap<(NodeKind, String), document::Model>, DbErr> {
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let slugs: BTreeSet<&str> = wanted.iter().map(|(_, slug)| slug.as_str()).collect();
    let rows = slug::Entity::find().filter(slug::Column::Slug.is_in(slugs)).all(db).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.document_id).collect();
    let documents: HashMap<Id, document::Model> =
        super::draft::existing(db, &ids).await?.into_iter().map(|document| (document.id, document)).collect();
    let mut found: HashMap<(NodeKind, String), document::Model> = HashMap::new();
    for row in rows {
        let address = (row.node_kind, row.slug);
        let document = documents.get(&row.document_id).filter(|_| wanted.contains(&address));
        let is_better = found.get(&address).is_none_or(|other| other.state != State::Published);
        if let (Some(document), true) = (document, is_better) {
            found.insert(address, document.clone());
        }
    }
    Ok(found)
}

/// What each of some statistics is measured in, as its draft says.
pub async fn units<C: Connection>(db: &C, ids: &[Id]) -> Result<HashMap<Id, StatisticUnit>, DbErr> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = statistic::Entity::find()
        .filter(statistic::Column::DocumentId.is_in(among(ids)))
        .filter(statistic::Column::Stage.eq(Stage::Draft))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.document_id, row.unit)).collect())
}

/// Whether readers can see any contact channel.
pub async fn has_channel<C: Connection>(db: &C) -> Result<bool, DbErr> {
    let published = document::Entity::find()
        .filter(document::Column::NodeKind.eq(NodeKind::ContactChannel))
        .filter(document::Column::State.eq(State::Published))
        .one(db)
        .await?;
    Ok(published.is_some())
}

/// A number that readers see, and the channel that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelNumber {
    /// How it is dialled.
    pub dial_string: String,
    /// The channel's slug; one for each language it has.
    pub slug: String,
    /// The language of the slug.
    pub language: String,
}

/// The numbers of all published channels, the smallest priority first.
pub async fn numbers<C: Connection>(db: &C) -> Result<Vec<ChannelNumber>, DbErr> {
    use contact_channel::Column as Channel;
    use translation::Column as Words;
    let select = Query::select()
        .column((contact_channel::Entity, Channel::DialString))
        .column((translation::Entity, Words::Slug))
        .column((translation::Entity, Words::Language))
        .from(contact_channel::Entity)
        .join(
            JoinType::InnerJoin,
            translation::Entity,
            Expr::col((translation::Entity, Words::DocumentId))
                .equals((contact_channel::Entity, Channel::DocumentId)),
        )
        .and_where(Expr::col((contact_channel::Entity, Channel::Stage)).eq(Stage::Published.as_str()))
        .and_where(Expr::col((translation::Entity, Words::Stage)).eq(Stage::Published.as_str()))
        .and_where(Expr::col((contact_channel::Entity, Channel::DialString)).is_not_null())
        .order_by((contact_channel::Entity, Channel::Priority), sea_orm::Order::Asc)
        .order_by((contact_channel::Entity, Channel::DocumentId), sea_orm::Order::Asc)
        .take();
    let rows = db.query_all(&select).await?;
    rows.iter()
        .map(|row| {
            Ok(ChannelNumber {
                dial_string: row.try_get("", "dial_string")?,
                slug: row.try_get("", "slug")?,
                language: row.try_get("", "language")?,
            })
        })
        .collect()
}
