//! Mutations that are carried out once, however often they are sent.

use sea_orm::entity::prelude::*;

use crate::Id;
use crate::api_client::Scope;
use crate::user::Role;
use crate::value::List;

/// Stands for an answer that was given, and that nobody may see again.
pub const FORGOTTEN: &str = "";

/// What came of a mutation under a key.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    /// Whose key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub actor_id: Id,
    /// As it was sent.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// SHA-256 of the request, hexadecimal.
    pub fingerprint: String,
    /// Their role at the time; null for machines.
    pub role: Option<Role>,
    /// What their credentials allowed at the time.
    pub scopes: List<Scope>,
    /// The answer as JSON, or [`FORGOTTEN`]; null while it is under way, and for good if it never ended.
    pub answer: Option<String>,
    pub claimed_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
