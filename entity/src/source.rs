//! Sources: where figures come from.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::document::Stage;
use crate::{Id, text_enum};

text_enum! {
    /// What kind of publication it is.
    SourceKind {
        /// A statistics office.
        OfficialStatistics = "OFFICIAL_STATISTICS",
        /// A body of several states.
        InternationalBody = "INTERNATIONAL_BODY",
        /// A journal.
        PeerReviewed = "PEER_REVIEWED",
        /// Records kept for another purpose.
        AdministrativeData = "ADMINISTRATIVE_DATA",
        /// A charity.
        CharityResearch = "CHARITY_RESEARCH",
        /// A survey.
        Survey = "SURVEY",
        /// The press.
        Media = "MEDIA",
        /// Anything else.
        Other = "OTHER",
    }
}

/// A source has no language of its own; its title is the `und` translation.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder, Serialize)]
#[sea_orm(table_name = "source")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub document_id: Id,
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub stage: Stage,
    /// What kind of publication it is.
    pub source_kind: SourceKind,
    /// Where it is.
    pub url: Option<String>,
    /// Digital Object Identifier, without a resolver.
    pub doi: Option<String>,
    /// When it came out.
    pub issued_on: Option<Date>,
    /// When it was last looked at.
    pub accessed_on: Option<Date>,
    /// A copy that stays.
    pub archived_url: Option<String>,
    /// When the next one is expected.
    pub next_expected_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The words of a source, in its only language.
pub mod text {
    use super::{Id, Serialize, Stage};
    use sea_orm::entity::prelude::*;

    /// The `und` text of a source.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder, Serialize)]
    #[sea_orm(table_name = "source_text")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub document_id: Id,
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub stage: Stage,
        #[sea_orm(primary_key, auto_increment = false)]
        pub language: String,
        /// Who published it.
        pub publisher: String,
        /// Under what terms.
        pub licence: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
