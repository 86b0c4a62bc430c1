//! What the texts of a document refer to: derived from their words whenever those are saved or published.

use sea_orm::entity::prelude::*;

use crate::Id;
use crate::document::{NodeKind, Stage};

/// One reference of one text.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "text_reference")]
pub struct Model {
    /// The document, or the campaign edition, whose text it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub from_id: Id,
    #[sea_orm(primary_key, auto_increment = false)]
    pub stage: Stage,
    /// The language of the text.
    #[sea_orm(primary_key, auto_increment = false)]
    pub language: String,
    /// Order of appearance in the text, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// The document that is published together with the text.
    pub document_id: Id,
    /// What it refers to.
    pub node_kind: NodeKind,
    /// The slug of that as it was written; of any language, and maybe an old one.
    pub slug: String,
    /// The period of a statistic that it pins.
    pub period: Option<String>,
    /// Whose slug it is; null where it is nobody's.
    pub to_id: Option<Id>,
}

impl ActiveModelBehavior for ActiveModel {}
