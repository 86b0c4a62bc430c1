//! What changed for readers: the newest change of each item that they ever saw.

use sea_orm::entity::prelude::*;

use crate::document::NodeKind;
use crate::{Id, text_enum};

text_enum! {
    /// What a change is to readers.
    ChangeKind {
        /// They see it now, and did not before.
        Published = "PUBLISHED",
        /// It changed.
        Updated = "UPDATED",
        /// Unchanged itself; something that it shows changed.
        ReferenceUpdated = "REFERENCE_UPDATED",
        /// They no longer see it.
        Withdrawn = "WITHDRAWN",
        /// It is gone.
        Deleted = "DELETED",
    }
}

impl ChangeKind {
    /// Whether readers see nothing of it afterwards.
    #[must_use]
    pub fn is_gone(self) -> bool {
        matches!(self, Self::Withdrawn | Self::Deleted)
    }
}

/// The newest change of one item.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "visible_change")]
pub struct Model {
    /// The item; may be gone.
    #[sea_orm(primary_key, auto_increment = false)]
    pub document_id: Id,
    /// What it is or was.
    pub node_kind: NodeKind,
    /// What happened to it for readers.
    pub kind: ChangeKind,
    /// The content version that the change raised.
    pub content_version: i64,
    /// Order within that version: 0 for what was changed, 1 for what appears or disappears with it, 2 for what shows it.
    pub rank: i32,
    /// When.
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
