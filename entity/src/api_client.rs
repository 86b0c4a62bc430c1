//! Clients that are machines.

use sea_orm::entity::prelude::*;

use crate::value::List;
use crate::{Id, text_enum};

text_enum! {
    /// What a machine may do.
    Scope {
        /// Reads what is published.
        ContentRead = "CONTENT_READ",
        /// Reads drafts.
        DraftRead = "DRAFT_READ",
        /// Writes drafts.
        ContentWrite = "CONTENT_WRITE",
        /// Changes what readers see.
        ContentPublish = "CONTENT_PUBLISH",
    }
}

/// One client.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_client")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// Whose rights it is lent, and with whose account it ends.
    pub owner_id: Id,
    /// What to call it.
    pub name: String,
    /// What its secrets begin with, in clear; unique.
    pub prefix: String,
    /// SHA-256 of its secret, hexadecimal.
    pub hash: String,
    /// Of the secret before.
    pub former_hash: Option<String>,
    /// From when on the secret before is refused.
    pub former_until: Option<DateTimeUtc>,
    /// What it was given; its owner's role bounds what of that counts.
    pub scopes: List<Scope>,
    /// Whose pages may use it from a browser.
    pub origins: List<String>,
    /// From when on it is refused; null for never.
    pub expires_at: Option<DateTimeUtc>,
    /// The last day on which it was used, in the site's zone.
    pub last_used_on: Option<Date>,
    /// When it was ended.
    pub revoked_at: Option<DateTimeUtc>,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
