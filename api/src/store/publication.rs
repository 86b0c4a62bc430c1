//! Making a draft what readers see, and taking it from them.

use std::collections::HashSet;

use entity::document::{self, NodeKind, Stage};
use entity::link::{self, Field};
use entity::{Id, slug as slug_entity, translation};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};

use super::parts::Table;
use super::{Tx, campaign, draft, edition, post, schedule, search, slug};
use super::{contact_channel, service};
use super::{person, source, topic};
use super::{statistic, statistic_set, text_reference, workflow};

/// The tables of a kind.
fn tables(kind: NodeKind) -> Vec<Table> {
    match kind {
        NodeKind::Post => draft::tables::<post::Post>(),
        NodeKind::Campaign => draft::tables::<campaign::Campaign>(),
        NodeKind::Statistic => draft::tables::<statistic::Statistic>(),
        NodeKind::StatisticSet => draft::tables::<statistic_set::StatisticSet>(),
        NodeKind::Service => draft::tables::<service::Service>(),
        NodeKind::ContactChannel => draft::tables::<contact_channel::ContactChannel>(),
        NodeKind::Topic => draft::tables::<topic::Topic>(),
        NodeKind::Person => draft::tables::<person::Person>(),
        NodeKind::Source => draft::tables::<source::Source>(),
        NodeKind::Site => Vec::new(),
    }
}

/// What of a document is published, or looked at.
#[derive(Clone, Copy)]
pub struct Extent<'a> {
    /// Whether what is the same in every language goes too.
    pub rows: bool,
    /// Only the words of these languages; all without.
    pub languages: Option<&'a [String]>,
}

impl Extent<'static> {
    /// All of it.
    pub const WHOLE: Self = Self { rows: true, languages: None };
    /// What is the same in every language, and no words.
    pub const SHARED: Self = Self { rows: true, languages: Some(&[]) };
}

/// Makes the rows of a document at a stage the published ones, as far as the extent goes.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn publish(
    tx: &Tx,
    (kind, id): (NodeKind, Id),
    from: Stage,
    extent: Extent<'_>,
) -> Result<(), DbErr> {
    for table in tables(kind) {
        if extent.rows || table.is_by_language() {
            table.copy(tx, id, (from, Stage::Published), extent.languages).await?;
        }
    }
    // Links have no language; those that follow from words do.
    text_reference::link(tx, id, Stage::Published).await?;
    if kind == NodeKind::Campaign {
        edition::show(tx, id).await?;
    }
    slug::show(tx, id).await
}

/// Keeps the draft rows of a document for the moment when they go to readers, in place of what was kept before.
pub async fn set_aside(tx: &Tx, kind: NodeKind, id: Id) -> Result<(), DbErr> {
    for table in tables(kind) {
        table.copy(tx, id, (Stage::Draft, Stage::Scheduled), None).await?;
    }
    Ok(())
}

/// Forgets what was kept of a document for its moment, and frees the slugs that only that had.
pub async fn drop_aside(tx: &Tx, kind: NodeKind, id: Id) -> Result<(), DbErr> {
    for table in tables(kind) {
        table.delete(tx, id, Stage::Scheduled, None).await?;
    }
    slug::forget_unused(tx, id).await
}

/// Takes a document, or some of its languages, from readers. Its paths stay its own: they answer "gone".
pub async fn withdraw(tx: &Tx, kind: NodeKind, id: Id, languages: Option<&[String]>) -> Result<(), DbErr> {
    for table in tables(kind).into_iter().filter(|table| !table.is_lasting()) {
        if languages.is_none() || table.is_by_language() {
            table.delete(tx, id, Stage::Published, languages).await?;
        }
    }
    text_reference::link(tx, id, Stage::Published).await
}

/// Removes a document for good. Links that others had to it go with it; what their texts say of it leads to nothing.
pub async fn delete(tx: &Tx, kind: NodeKind, id: Id) -> Result<(), DbErr> {
    link::Entity::delete_many().filter(link::Column::ToId.eq(id)).exec(tx).await?;
    text_reference::forget(tx, id).await?;
    for table in tables(kind) {
        table.delete(tx, id, Stage::Published, None).await?;
        table.delete(tx, id, Stage::Draft, None).await?;
        table.delete(tx, id, Stage::Scheduled, None).await?;
    }
    schedule::forget(tx, id).await?;
    search::forget(tx, id).await?;
    workflow::forget(tx, id).await?;
    statistic::forget_corrections(tx, id).await?;
    contact_channel::forget_verification(tx, id).await?;
    contact_channel::forget_urgent_correction(tx, id).await?;
    edition::forget_seen(tx, id).await?;
    slug::forget(tx, id).await?;
    document::Entity::delete_many().filter(document::Column::Id.eq(id)).exec(tx).await.map(|_| ())
}

/// The service that readers see a channel under; none for anything else.
pub async fn shown_by(tx: &Tx, kind: NodeKind, id: Id) -> Result<Option<Id>, DbErr> {
    if kind != NodeKind::ContactChannel {
        return Ok(None);
    }
    let link = link::Entity::find()
        .filter(link::Column::DocumentId.eq(id))
        .filter(link::Column::Stage.eq(Stage::Published))
        .filter(link::Column::Field.eq(Field::Service))
        .one(tx)
        .await?;
    Ok(link.map(|link| link.to_id))
}

/// Whether readers see all of a document's draft, word for word.
pub async fn is_whole(tx: &Tx, kind: NodeKind, id: Id) -> Result<bool, DbErr> {
    for table in tables(kind) {
        if !table.is_published(tx, id).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The languages that a document has at a stage.
pub async fn languages(tx: &Tx, id: Id, stage: Stage) -> Result<Vec<String>, DbErr> {
    let rows = translation::Entity::find()
        .filter(translation::Column::DocumentId.eq(id))
        .filter(translation::Column::Stage.eq(stage))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| row.language).collect())
}

/// The documents that refer to one at a stage, itself aside.
pub async fn users(tx: &Tx, id: Id, stage: Stage) -> Result<HashSet<Id>, DbErr> {
    Ok(links_to(tx, id, stage).await?.into_iter().map(|row| row.document_id).collect())
}

async fn links_to(tx: &Tx, id: Id, stage: Stage) -> Result<Vec<link::Model>, DbErr> {
    link::Entity::find()
        .filter(link::Column::ToId.eq(id))
        .filter(link::Column::Stage.eq(stage))
        .filter(link::Column::DocumentId.ne(id))
        .all(tx)
        .await
}

/// The documents that cannot be without one, at a stage: channels of a service, statistics of a source, sets of a statistic.
pub async fn dependants(tx: &Tx, id: Id, stage: Stage) -> Result<Vec<document::Model>, DbErr> {
    // A text can be without what it refers to.
    let links = links_to(tx, id, stage).await?.into_iter().filter(|link| link.field != Field::References);
    let users: Vec<Id> = links.map(|link| link.document_id).collect();
    let documents = draft::existing(tx, &users).await?;
    let needs = |kind| match kind {
        NodeKind::ContactChannel => Some(NodeKind::Service),
        NodeKind::Statistic => Some(NodeKind::Source),
        NodeKind::StatisticSet => Some(NodeKind::Statistic),
        // An edition's calls to action name channels inside a value, where no deletion reaches.
        NodeKind::Campaign => Some(NodeKind::ContactChannel),
        _ => None,
    };
    let own = draft::existing(tx, &[id]).await?.pop().map(|document| document.node_kind);
    Ok(documents.into_iter().filter(|document| own.is_some() && needs(document.node_kind) == own).collect())
}

/// The documents that one refers to at a stage.
pub async fn targets(tx: &Tx, id: Id, stage: Stage) -> Result<Vec<document::Model>, DbErr> {
    let to = Query::select()
        .column(link::Column::ToId)
        .from(link::Entity)
        .and_where(Expr::col(link::Column::DocumentId).eq(id))
        .and_where(Expr::col(link::Column::Stage).eq(stage.as_str()))
        .take();
    document::Entity::find().filter(document::Column::Id.in_subquery(to)).all(tx).await
}

/// Whether readers ever saw a document.
pub async fn was_public(tx: &Tx, id: Id) -> Result<bool, DbErr> {
    let slug = slug_entity::Entity::find()
        .filter(slug_entity::Column::DocumentId.eq(id))
        .filter(slug_entity::Column::IsPublic.eq(true))
        .one(tx)
        .await?;
    Ok(slug.is_some())
}
