//! People: authors, by their own name or another.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::Id;
use crate::document::Stage;

/// What is the same in every language.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder, Serialize)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub document_id: Id,
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub stage: Stage,
    /// Whether the name is not theirs.
    pub is_pseudonym: bool,
}

impl ActiveModelBehavior for ActiveModel {}

/// What belongs to one language.
pub mod text {
    use super::{Id, Serialize, Stage};
    use sea_orm::entity::prelude::*;

    /// One language of a person.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder, Serialize)]
    #[sea_orm(table_name = "person_text")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub document_id: Id,
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub stage: Stage,
        #[sea_orm(primary_key, auto_increment = false)]
        pub language: String,
        /// What they do.
        pub role: Option<String>,
        /// Who they are, in CommonMark.
        pub bio: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
