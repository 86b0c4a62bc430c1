//! Slug and title of a document in one language and stage.

use sea_orm::entity::prelude::*;

use crate::Id;
use crate::cells::InOrder;
use crate::document::Stage;

/// A document has one row for each stage and language it exists in. Sources, which have no language, have `und`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "translation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub document_id: Id,
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub stage: Stage,
    /// BCP 47, canonical case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub language: String,
    /// Its last path segment.
    pub slug: String,
    /// Title, name or label.
    pub title: String,
    /// The title folded for sorting and searching alike on both databases.
    #[serde(skip)]
    pub title_key: String,
    /// When this language was last saved.
    #[serde(skip)]
    pub translated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// What a document is called: all that a reader is told of a translation.
#[derive(Clone, Debug, InOrder)]
pub struct Name {
    /// The document.
    pub document_id: Id,
    /// Where it was read.
    pub stage: Stage,
    /// BCP 47, canonical case.
    pub language: String,
    /// Its last path segment.
    pub slug: String,
    /// Title, name or label.
    pub title: String,
}

impl Name {
    /// Its columns, in their order: the keys of a row first.
    pub const COLUMNS: [Column; 5] =
        [Column::DocumentId, Column::Stage, Column::Language, Column::Slug, Column::Title];
}
