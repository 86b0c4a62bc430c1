//! Services.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::document::Stage;
use crate::value::List;
use crate::{Id, text_enum};

text_enum! {
    /// Whether a service can be turned to.
    ServiceStatus {
        /// It can.
        Active = "ACTIVE",
        /// Not now.
        TemporarilyClosed = "TEMPORARILY_CLOSED",
        /// Not any more, for now.
        Inactive = "INACTIVE",
        /// Never again.
        Defunct = "DEFUNCT",
    }
}

text_enum! {
    /// Whom a service is for.
    AudienceRole {
        /// Children.
        Child = "CHILD",
        /// Young people.
        YoungPerson = "YOUNG_PERSON",
        /// Those it happened to.
        Survivor = "SURVIVOR",
        /// Parents and carers.
        ParentCarer = "PARENT_CARER",
        /// People at work.
        Professional = "PROFESSIONAL",
        /// Anybody who worries about somebody.
        WorriedOther = "WORRIED_OTHER",
    }
}

text_enum! {
    /// What a service promises to keep to itself.
    ConfidentialityLevel {
        /// It does not know who calls.
        Anonymous = "ANONYMOUS",
        /// It tells nobody.
        Confidential = "CONFIDENTIAL",
        /// It tells nobody unless somebody is in danger.
        ConfidentialWithLimits = "CONFIDENTIAL_WITH_LIMITS",
        /// It may tell others.
        NotConfidential = "NOT_CONFIDENTIAL",
    }
}

/// What is the same in every language.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder, Serialize)]
#[sea_orm(table_name = "service")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub document_id: Id,
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub stage: Stage,
    /// Whether it can be turned to.
    pub status: ServiceStatus,
    /// When the alert begins to apply; null without an alert.
    pub alert_from: Option<DateTimeUtc>,
    /// When it ends; null while open-ended.
    pub alert_until: Option<DateTimeUtc>,
    /// Youngest age.
    pub min_age: Option<i32>,
    /// Oldest age.
    pub max_age: Option<i32>,
    /// Whom it is for.
    pub roles: List<AudienceRole>,
    /// What it keeps to itself; null where not stated.
    pub confidentiality: Option<ConfidentialityLevel>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What belongs to one language.
pub mod text {
    use super::{Id, Serialize, Stage};
    use sea_orm::entity::prelude::*;

    /// One language of a service.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder, Serialize)]
    #[sea_orm(table_name = "service_text")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub document_id: Id,
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub stage: Stage,
        #[sea_orm(primary_key, auto_increment = false)]
        pub language: String,
        /// One or two sentences.
        pub summary: Option<String>,
        /// CommonMark.
        pub body: String,
        /// `phones are down today`.
        pub alert_text: Option<String>,
        /// What it keeps to itself, in words.
        pub confidentiality_statement: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Where a service works.
pub mod area {
    use super::{Id, Serialize, Stage};
    use crate::statistic::AreaScheme;
    use sea_orm::entity::prelude::*;

    /// One area.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "service_area")]
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
        /// Which list `code` is from.
        pub scheme: AreaScheme,
        /// Where.
        pub code: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
