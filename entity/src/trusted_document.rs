//! Documents that the operator trusts.

use sea_orm::entity::prelude::*;

/// A document that clients name by its id.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trusted_document")]
pub struct Model {
    /// As its manifest has it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// GraphQL.
    pub text: String,
    pub imported_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
