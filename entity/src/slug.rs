//! Every slug a document has or had: unique per kind and language, kept when it is renamed.

use sea_orm::entity::prelude::*;

use crate::Id;
use crate::document::NodeKind;

/// One slug.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "slug")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub node_kind: NodeKind,
    #[sea_orm(primary_key, auto_increment = false)]
    pub language: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub slug: String,
    /// Whose it is. Stays when the document is deleted, so that its paths answer "gone".
    pub document_id: Id,
    /// Whether readers have ever seen it: only then does it resolve.
    pub is_public: bool,
}

impl ActiveModelBehavior for ActiveModel {}
