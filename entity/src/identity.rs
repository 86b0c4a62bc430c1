//! People of identity providers.

use sea_orm::entity::prelude::*;

use crate::Id;

/// The account of somebody whom an issuer knows.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity")]
pub struct Model {
    /// The issuer, as its tokens name it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub issuer: String,
    /// Who it is, as that issuer has it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    pub user_id: Id,
}

impl ActiveModelBehavior for ActiveModel {}
