//! Figures that make up a whole.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Id;
use crate::document::Stage;

/// What a part is called. It names its part instead of counting it, since words are published language by
/// language and parts are not: a label never lands beside another part's number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Label {
    /// The part's statistic.
    pub statistic_id: Id,
    /// The part's pinned period.
    pub period: Option<String>,
    /// In words.
    pub text: String,
}

/// What is the same in every language.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder, Serialize)]
#[sea_orm(table_name = "statistic_set")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub document_id: Id,
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub stage: Stage,
    /// Whether the parts are said to make up the whole.
    pub is_complete: bool,
}

impl ActiveModelBehavior for ActiveModel {}

/// What belongs to one language.
pub mod text {
    use super::{Id, Label, Serialize, Stage};
    use crate::value::List;
    use sea_orm::entity::prelude::*;

    /// One language of a set.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder, Serialize)]
    #[sea_orm(table_name = "statistic_set_text")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub document_id: Id,
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub stage: Stage,
        #[sea_orm(primary_key, auto_increment = false)]
        pub language: String,
        /// Measure, place and period.
        pub subtitle: String,
        /// What the parts are called.
        pub labels: List<Label>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// One part of a whole.
pub mod part {
    use super::{Id, Serialize, Stage};
    use sea_orm::entity::prelude::*;

    /// One part.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "statistic_set_part")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub document_id: Id,
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub stage: Stage,
        /// Order of use, from 0.
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        /// Whose figure it shows.
        pub statistic_id: Id,
        /// The pinned period; null follows the latest.
        pub period: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
