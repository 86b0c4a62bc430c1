//! The history of what is written: one row for each save, which outlives its document.

use sea_orm::entity::prelude::*;

use crate::Id;
use crate::change::Action;
use crate::document::NodeKind;

/// One version of a document.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder)]
#[sea_orm(table_name = "revision")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// What was saved. May be gone.
    pub document_id: Id,
    /// What that is.
    pub node_kind: NodeKind,
    /// Its number, from 1.
    pub version: i32,
    /// When.
    pub saved_at: DateTimeUtc,
    /// By whom.
    pub saved_by: Id,
    /// What was done: one of [`Action::SAVES`].
    pub action: Action,
    /// Why, or from what.
    pub note: Option<String>,
    /// All that the inputs would say to make it what it is: JSON, as text so that its keys keep their order.
    pub content: String,
    /// What that changes of the version before: RFC 6902.
    pub patch: String,
}

impl ActiveModelBehavior for ActiveModel {}
