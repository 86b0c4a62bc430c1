//! Statistics and their figures.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::document::Stage;
use crate::{Id, text_enum};

text_enum! {
    /// What a statistic is measured in.
    StatisticUnit {
        /// Per cent.
        Percent = "PERCENT",
        /// How many.
        Count = "COUNT",
        /// How many per so many.
        Rate = "RATE",
        /// Money.
        Currency = "CURRENCY",
        /// Years.
        Years = "YEARS",
        /// One in relation to another.
        Ratio = "RATIO",
        /// Anything else.
        Other = "OTHER",
    }
}

text_enum! {
    /// How exact a figure is.
    Qualifier {
        /// As published.
        Exact = "EXACT",
        /// About.
        About = "ABOUT",
        /// This or more.
        AtLeast = "AT_LEAST",
        /// More than.
        Over = "OVER",
        /// This or less.
        UpTo = "UP_TO",
        /// Less than.
        Under = "UNDER",
        /// Between `lower` and `upper`.
        Range = "RANGE",
    }
}

text_enum! {
    /// Which list an area's code is from.
    AreaScheme {
        /// United Nations M49.
        M49 = "M49",
        /// Countries.
        Iso3166_1 = "ISO3166_1",
        /// Parts of countries.
        Iso3166_2 = "ISO3166_2",
        /// UK Office for National Statistics.
        OnsGss = "ONS_GSS",
    }
}

/// What is the same in every language.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder, Serialize)]
#[sea_orm(table_name = "statistic")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub document_id: Id,
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub stage: Stage,
    /// What it is measured in.
    pub unit: StatisticUnit,
    /// For `RATE`: per how many.
    pub per: Option<i32>,
    /// For `CURRENCY`: ISO 4217.
    pub currency: Option<String>,
    /// The earliest day on which one of its newest figures is due for review; far in the future without figures.
    #[serde(skip)]
    pub review_due_on: Date,
}

impl ActiveModelBehavior for ActiveModel {}

/// What belongs to one language.
pub mod text {
    use super::{Id, Serialize, Stage};
    use sea_orm::entity::prelude::*;

    /// One language of a statistic.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder, Serialize)]
    #[sea_orm(table_name = "statistic_text")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub document_id: Id,
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub stage: Stage,
        #[sea_orm(primary_key, auto_increment = false)]
        pub language: String,
        /// What exactly is measured.
        pub definition: String,
        /// The denominator in words.
        pub population: String,
        /// The Fluent pattern of its sentence.
        pub statement_pattern: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// One value of a statistic, for a period and an area, with its source.
pub mod figure {
    use super::{AreaScheme, Id, Qualifier, Serialize, Stage};
    use crate::Decimal;
    use sea_orm::entity::prelude::*;

    /// What is the same in every language.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder, Serialize)]
    #[sea_orm(table_name = "figure")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id,
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub stage: Stage,
        #[serde(skip)]
        pub document_id: Id,
        /// The number.
        pub value: Decimal,
        /// How exact it is.
        pub qualifier: Qualifier,
        /// Lower bound.
        pub lower: Option<Decimal>,
        /// Upper bound.
        pub upper: Option<Decimal>,
        /// What the period is called: `2016`.
        pub period_label: String,
        /// Its first day.
        pub period_start: Date,
        /// Its last day.
        pub period_end: Date,
        /// Which list `area_code` is from.
        pub area_scheme: AreaScheme,
        /// Where.
        pub area_code: String,
        /// The document it was published in.
        pub source_id: Id,
        /// Where in it.
        pub locator: Option<String>,
        /// Its words.
        pub quote: Option<String>,
        /// When somebody should look again.
        pub review_due_on: Date,
        /// Whether no figure of the same area has a later period.
        #[serde(skip)]
        pub is_latest: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What belongs to one language of a figure.
pub mod figure_text {
    use super::{Id, Serialize, Stage};
    use sea_orm::entity::prelude::*;

    /// One language of a figure.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "figure_text")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub figure_id: Id,
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub stage: Stage,
        #[sea_orm(primary_key, auto_increment = false)]
        pub language: String,
        #[serde(skip)]
        pub document_id: Id,
        /// Travels with every rendering.
        pub caveat: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The values a published figure had before it was put right.
pub mod correction {
    use super::Id;
    use crate::Decimal;
    use sea_orm::entity::prelude::*;

    /// One correction. Has no stage: what readers have seen is on record for good.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder)]
    #[sea_orm(table_name = "figure_correction")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id,
        pub figure_id: Id,
        pub document_id: Id,
        /// What it said.
        pub previous_value: Decimal,
        /// Why it was wrong.
        pub reason: String,
        /// When it was put right.
        pub corrected_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
