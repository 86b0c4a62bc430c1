//! Appending to the spine of changes.

use chrono::{DateTime, Utc};
use entity::Id;
pub use entity::change::Model as Change;
use entity::change::{self, Action};
use entity::document::NodeKind;
use entity::value::List;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use super::{Beat, Db, Tx, visible_change};

/// A change that is about to be committed.
pub struct NewChange {
    /// What it was done to; none for sign-ins.
    pub document_id: Option<Id>,
    /// What that is.
    pub node_kind: Option<NodeKind>,
    /// What was done.
    pub action: Action,
    /// The version it made, for saves.
    pub version: Option<i32>,
    /// Which input fields it changed, for saves.
    pub fields: Vec<String>,
    /// Why, where the verb asks for a reason.
    pub reason: Option<String>,
    /// Who.
    pub actor_id: Id,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether a reader can see anything of it: only then does it raise the content version.
    pub is_public: bool,
}

impl NewChange {
    /// The same, where readers see nothing of it.
    #[must_use]
    pub fn unseen(self) -> Self {
        Self { is_public: false, ..self }
    }
}

/// Appends a change in its transaction. The counter's row is locked until the commit, so that sequence
/// numbers become visible in their order.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn append(tx: &Tx, new: NewChange) -> Result<(), DbErr> {
    append_also(tx, new, None).await
}

/// The same of what was shown elsewhere before: that changes for readers too.
pub async fn append_also(tx: &Tx, new: NewChange, shown_by: Option<Id>) -> Result<(), DbErr> {
    let NewChange { document_id, node_kind, action, version, fields, reason, actor_id, at, is_public } = new;
    let sequence = next(tx, "change").await?;
    let content_version = if is_public { Some(next(tx, "content_version").await?) } else { None };
    tx.note(Beat { sequence, content_version: content_version.unwrap_or_default(), is_live: true });
    let fields = List(fields);
    let row = change::Model {
        sequence,
        content_version,
        document_id,
        node_kind,
        action,
        version,
        fields,
        reason,
        actor_id,
        at,
    };
    change::Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    visible_change::note(tx, &row, shown_by).await
}

/// Raises a counter, whose row is locked until the commit; its next number.
pub(super) async fn next(tx: &Tx, counter: &str) -> Result<i64, DbErr> {
    let update = Query::update()
        .table("counter")
        .value("value", Expr::col("value").add(1))
        .and_where(Expr::col("name").eq(counter))
        .returning_col("value")
        .take();
    let row =
        tx.query_one(&update).await?.ok_or_else(|| DbErr::RecordNotFound(format!("counter {counter}")))?;
    row.try_get("", "value")
}

/// The number that every change which a reader can see raises.
pub async fn content_version(db: &Db) -> Result<i64, DbErr> {
    last(db, "content_version").await
}

/// The last number of a counter.
pub(super) async fn last(db: &Db, counter: &str) -> Result<i64, DbErr> {
    let select =
        Query::select().column("value").from("counter").and_where(Expr::col("name").eq(counter)).take();
    db.query_one(&select).await?.map_or(Ok(0), |row| row.try_get("", "value"))
}

/// The saves of a document after a version, oldest first.
pub async fn saves_after(tx: &Tx, document_id: Id, version: i32) -> Result<Vec<change::Model>, DbErr> {
    change::Entity::find()
        .filter(change::Column::DocumentId.eq(document_id))
        .filter(change::Column::Version.gt(version))
        .filter(change::Column::Action.is_in(Action::SAVES))
        .order_by_asc(change::Column::Sequence)
        .all(tx)
        .await
}

/// The most changes that are read at once.
const MAX: u64 = 1_000;

/// The next changes from a moment on that come after a sequence number.
pub async fn since(db: &Db, at: DateTime<Utc>, after: i64) -> Result<Vec<Change>, DbErr> {
    change::Entity::find()
        .filter(change::Column::At.gte(at))
        .filter(change::Column::Sequence.gt(after))
        .order_by_asc(change::Column::Sequence)
        .limit(MAX)
        .all(db)
        .await
}
