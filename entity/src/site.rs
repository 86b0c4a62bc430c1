//! The site's own settings that editors change.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Id;
use crate::value::List;

/// An entry in a public register.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Registration {
    /// Which register: `GB-CHC`.
    pub scheme: String,
    /// The number there.
    pub number: String,
}

/// The only row.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "site")]
pub struct Model {
    /// The site's document, whose links are its channels.
    #[sea_orm(primary_key, auto_increment = false)]
    pub document_id: Id,
    /// Who publishes.
    pub organisation_name: Option<String>,
    /// Their page.
    pub organisation_url: Option<String>,
    /// Where they are registered.
    pub registrations: List<Registration>,
    /// The way off any page.
    pub exit_url: Option<String>,
    /// What it is called.
    pub exit_label: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
