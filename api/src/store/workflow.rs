//! What people said of drafts: who was asked, and who agreed.

#![expect(clippy::missing_errors_doc, reason = "each answers whatever the database does")]

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::cells::InOrder;
use entity::change::{self, Action};
use entity::document::Stage;
use entity::link::{self, Field};
pub use entity::workflow::approval::{ApprovalKind, Model as Approval};
pub use entity::workflow::review::Model as Review;
use entity::workflow::{approval, review};
use entity::{Id, post, service, topic};
use sea_orm::sea_query::{Expr, ExprTrait, Func, OnConflict, Order, Query, WindowStatement};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, IntoActiveModel, Iterable, QueryFilter};

use super::noun::all;
use super::read::{grouped, ranked};
use super::sql::among;
use super::{Connection, Tx, api_client};

/// The most approvals of a document that are shown.
pub const MAX_APPROVALS: u32 = 50;

/// Where some documents are with those who decide on them; those that nobody was asked about are missing.
pub async fn reviews<C: Connection>(db: &C, ids: &[Id]) -> Result<HashMap<Id, Review>, DbErr> {
    let rows = review::Entity::find().filter(review::Column::DocumentId.is_in(among(ids))).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.document_id, row)).collect())
}

/// Keeps a review in place of the one before.
pub async fn put_review(tx: &Tx, review: Review) -> Result<(), DbErr> {
    use review::Column;
    let others = [Column::SubmittedAt, Column::SubmittedBy, Column::Note];
    review::Entity::insert(review.into_active_model())
        .on_conflict(OnConflict::column(Column::DocumentId).update_columns(others).to_owned())
        .exec_without_returning(tx)
        .await
        .map(|_| ())
}

/// Forgets a review: what was asked about is decided.
pub async fn forget_review(tx: &Tx, document_id: Id) -> Result<(), DbErr> {
    review::Entity::delete_many()
        .filter(review::Column::DocumentId.eq(document_id))
        .exec(tx)
        .await
        .map(|_| ())
}

/// The approvals of some documents, whether they still stand or not, the newest first; at most
/// [`MAX_APPROVALS`] each.
pub async fn approvals<C: Connection>(db: &C, ids: &[Id]) -> Result<HashMap<Id, Vec<Approval>>, DbErr> {
    use approval::{Column, Entity};
    let window = WindowStatement::partition_by((Entity, Column::DocumentId))
        .order_by((Entity, Column::ApprovedAt), Order::Desc)
        .order_by((Entity, Column::Version), Order::Desc)
        .order_by((Entity, Column::Kind), Order::Asc)
        .order_by((Entity, Column::ApprovedBy), Order::Asc)
        .take();
    let inner = Query::select()
        .columns(Column::iter().map(|column| (Entity, column)))
        .expr_as(Expr::col((Entity, Column::DocumentId)), "parent_id")
        .expr_window_as(Func::cust("row_number"), window, "place")
        .from(Entity)
        .and_where(Expr::col((Entity, Column::DocumentId)).is_in(among(ids)))
        .take();
    grouped(&all(db, &ranked(inner, MAX_APPROVALS)).await?, Approval::first_of)
}

/// Keeps somebody's approval, in place of what they said of the same version before.
pub async fn put_approval(tx: &Tx, approval: Approval) -> Result<(), DbErr> {
    use approval::Column;
    let key = [Column::DocumentId, Column::Version, Column::Kind, Column::ApprovedBy];
    approval::Entity::insert(approval.into_active_model())
        .on_conflict(
            OnConflict::columns(key)
                .update_columns([Column::ApprovedAt, Column::Note, Column::EndedAt])
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await
        .map(|_| ())
}

/// Ends the approvals of a document that still stand.
pub async fn end_approvals(tx: &Tx, document_id: Id, at: DateTime<Utc>) -> Result<(), DbErr> {
    approval::Entity::update_many()
        .col_expr(approval::Column::EndedAt, Expr::value(at))
        .filter(approval::Column::DocumentId.eq(document_id))
        .filter(approval::Column::EndedAt.is_null())
        .exec(tx)
        .await
        .map(|_| ())
}

/// Forgets all that was said of a document.
pub async fn forget(tx: &Tx, document_id: Id) -> Result<(), DbErr> {
    forget_review(tx, document_id).await?;
    let own = approval::Column::DocumentId.eq(document_id);
    approval::Entity::delete_many().filter(own).exec(tx).await.map(|_| ())
}

/// The versions of some documents that somebody signed off and nobody ended.
pub async fn signed_off<C: Connection>(db: &C, ids: &[Id]) -> Result<HashSet<(Id, i32)>, DbErr> {
    let rows = approval::Entity::find()
        .filter(approval::Column::DocumentId.is_in(among(ids)))
        .filter(approval::Column::Kind.eq(ApprovalKind::Safeguarding))
        .filter(approval::Column::EndedAt.is_null())
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.document_id, row.version)).collect())
}

/// Who saved a document after a version, and the owners of clients that did.
pub async fn savers(tx: &Tx, document_id: Id, after: i32) -> Result<BTreeSet<Id>, DbErr> {
    let select = Query::select()
        .distinct()
        .column(change::Column::ActorId)
        .from(change::Entity)
        .and_where(change::Column::DocumentId.eq(document_id))
        .and_where(change::Column::Version.gt(after))
        .and_where(change::Column::Action.is_in(Action::SAVES))
        .take();
    let rows = all(tx, &select).await?;
    let savers: BTreeSet<Id> = rows.iter().map(|row| row.get("actor_id")).collect::<Result<_, DbErr>>()?;
    api_client::people(tx, savers).await
}

/// Which of some documents are on a sensitive topic, in a draft or for readers.
pub async fn on_sensitive_topic<C: Connection>(db: &C, ids: &[Id]) -> Result<HashSet<Id>, DbErr> {
    let sensitive = Query::select()
        .column(topic::Column::DocumentId)
        .from(topic::Entity)
        .and_where(topic::Column::Stage.eq(Stage::Draft))
        .and_where(topic::Column::IsSensitive.eq(true))
        .take();
    let select = Query::select()
        .distinct()
        .column(link::Column::DocumentId)
        .from(link::Entity)
        .and_where(link::Column::DocumentId.is_in(among(ids)))
        .and_where(link::Column::Field.eq(Field::Topics))
        .and_where(link::Column::ToId.in_subquery(sensitive))
        .take();
    all(db, &select).await?.iter().map(|row| row.get("document_id")).collect()
}

/// Whether a document is a topic that is marked as sensitive.
pub async fn is_sensitive_topic(tx: &Tx, id: Id) -> Result<bool, DbErr> {
    let row = topic::Entity::find_by_id((id, Stage::Draft)).one(tx).await?;
    Ok(row.is_some_and(|topic| topic.is_sensitive))
}

/// Which of some posts have a content note, in a draft or for readers, in any language.
pub async fn with_content_notes<C: Connection>(db: &C, ids: &[Id]) -> Result<HashSet<Id>, DbErr> {
    let rows =
        post::text::Entity::find().filter(post::text::Column::DocumentId.is_in(among(ids))).all(db).await?;
    Ok(rows.into_iter().filter(|row| !row.content_notes.0.is_empty()).map(|row| row.document_id).collect())
}

/// The alert of a service at a stage.
#[derive(Default, PartialEq, Eq)]
pub struct Alert {
    /// When it begins and ends.
    time: (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    /// What it says, by language.
    words: BTreeMap<String, String>,
}

/// The alerts of some services by stage; those without one are missing.
pub async fn alerts<C: Connection>(db: &C, ids: &[Id]) -> Result<HashMap<(Id, Stage), Alert>, DbErr> {
    let rows = service::Entity::find()
        .filter(service::Column::DocumentId.is_in(among(ids)))
        .filter(service::Column::AlertFrom.is_not_null())
        .all(db)
        .await?;
    let texts = service::text::Entity::find()
        .filter(service::text::Column::DocumentId.is_in(among(ids)))
        .filter(service::text::Column::AlertText.is_not_null())
        .all(db)
        .await?;
    let mut alerts: HashMap<(Id, Stage), Alert> = HashMap::new();
    for row in rows {
        alerts.entry((row.document_id, row.stage)).or_default().time = (row.alert_from, row.alert_until);
    }
    for text in texts {
        let words = text.alert_text.map(|words| (text.language, words));
        alerts.entry((text.document_id, text.stage)).or_default().words.extend(words);
    }
    Ok(alerts)
}
