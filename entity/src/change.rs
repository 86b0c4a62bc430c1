//! The one spine of changes: audit trail, feed and content version.

use sea_orm::entity::prelude::*;

use crate::document::NodeKind;
use crate::value::List;
use crate::{Id, text_enum};

text_enum! {
    /// What was done.
    Action {
        /// A draft was saved for the first time.
        Created = "CREATED",
        /// A draft was saved again.
        Saved = "SAVED",
        /// An old version was brought back as the next one.
        Restored = "RESTORED",
        /// What readers see was put right at once, and the draft with it.
        Corrected = "CORRECTED",
        /// Somebody was asked to decide on a draft.
        Submitted = "SUBMITTED",
        /// Somebody agreed to the words of a draft.
        Approved = "APPROVED",
        /// Somebody agreed that nobody comes to harm by a draft.
        SignedOff = "SIGNED_OFF",
        /// Somebody asked for another draft.
        ChangesRequested = "CHANGES_REQUESTED",
        /// Somebody said when readers are to see a version, or until when.
        Scheduled = "SCHEDULED",
        /// Somebody took that back.
        Unscheduled = "UNSCHEDULED",
        /// Readers see a new version.
        Published = "PUBLISHED",
        /// Readers no longer see it.
        Withdrawn = "WITHDRAWN",
        /// Somebody tried it, and it works.
        Verified = "VERIFIED",
        /// It is gone.
        Deleted = "DELETED",
        /// What it said is gone for good, from its history too.
        Erased = "ERASED",
        /// Somebody was refused a publication; `reason` says by what.
        PublicationRefused = "PUBLICATION_REFUSED",
        /// Somebody signed in.
        SignedIn = "SIGNED_IN",
        /// Somebody signed out.
        SignedOut = "SIGNED_OUT",
        /// A password was changed.
        PasswordChanged = "PASSWORD_CHANGED",
        /// An account was made.
        UserCreated = "USER_CREATED",
        /// An account was changed.
        UserUpdated = "USER_UPDATED",
        /// A client was made.
        ClientCreated = "CLIENT_CREATED",
        /// A client was changed.
        ClientUpdated = "CLIENT_UPDATED",
        /// A client was given another secret.
        ClientRotated = "CLIENT_ROTATED",
        /// A client was ended.
        ClientRevoked = "CLIENT_REVOKED",
        /// Somebody without an account was given a draft to see.
        PreviewCreated = "PREVIEW_CREATED",
        /// They no longer see it.
        PreviewRevoked = "PREVIEW_REVOKED",
        /// Documents are trusted from now on; `fields` are their ids.
        DocumentsImported = "DOCUMENTS_IMPORTED",
        /// Documents are trusted no longer; `fields` are their ids.
        DocumentsRemoved = "DOCUMENTS_REMOVED",
    }
}

/// Whoever runs the server and types commands on its machine.
pub const OPERATOR: Id = Id(uuid::Uuid::nil());

impl Action {
    /// What makes a version.
    pub const SAVES: [Self; 4] = [Self::Created, Self::Saved, Self::Restored, Self::Corrected];
}

/// One change, in the order in which they were committed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "change")]
pub struct Model {
    /// From 1, without gaps, in commit order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i64,
    /// The content version this change raised; null where readers can see nothing of it.
    pub content_version: Option<i64>,
    /// What it was done to; null for sign-ins. May be gone.
    pub document_id: Option<Id>,
    /// What that is.
    pub node_kind: Option<NodeKind>,
    /// What was done.
    pub action: Action,
    /// The version it made, for saves; else the one it was about.
    pub version: Option<i32>,
    /// Which input fields it changed, for saves; the ids of trusted documents.
    pub fields: List<String>,
    /// Why, where the verb asks for a reason.
    pub reason: Option<String>,
    /// Who; [`OPERATOR`] for what is nobody's account to do.
    pub actor_id: Id,
    /// When.
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
