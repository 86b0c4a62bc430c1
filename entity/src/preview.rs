//! Previews: what somebody without an account was given to see.

use sea_orm::entity::prelude::*;

use crate::Id;

/// One preview.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "preview")]
pub struct Model {
    /// SHA-256 of its token, hexadecimal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    pub id: Id,
    /// Who gave it; it ends with their account.
    pub owner_id: Id,
    /// Whose draft is seen; null for all drafts.
    pub document_id: Option<Id>,
    /// The moment that answers are for; null for the present one.
    pub at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    /// From when on it is refused.
    pub expires_at: DateTimeUtc,
    /// When it was ended.
    pub revoked_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
