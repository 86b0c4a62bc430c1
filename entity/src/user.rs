//! Accounts of people.

use sea_orm::entity::prelude::*;

use crate::{Id, text_enum};

text_enum! {
    /// What a person may do; each role may do all that the ones before it may.
    Role {
        /// Reads drafts.
        Viewer = "VIEWER",
        /// Writes drafts.
        Author = "AUTHOR",
        /// Publishes.
        Editor = "EDITOR",
        /// Signs off sensitive content.
        SafeguardingLead = "SAFEGUARDING_LEAD",
        /// Manages people and the site.
        Admin = "ADMIN",
    }
}

/// One account.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// As it was given, or as an identity provider told it; empty where none did.
    pub email: String,
    /// Folded, unique; null for accounts that nobody gave an address to sign in with.
    pub email_key: Option<String>,
    /// What to call them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Argon2id in PHC format; null for accounts without a password.
    pub password_hash: Option<String>,
    /// Whether they may sign in.
    pub is_active: bool,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
