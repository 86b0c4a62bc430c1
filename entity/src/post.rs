//! Posts.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::document::Stage;
use crate::value::List;
use crate::{Id, text_enum};

text_enum! {
    /// What a reader may want to be warned of.
    SensitiveTopic {
        /// Rape and sexual assault.
        SexualViolence = "SEXUAL_VIOLENCE",
        /// Any abuse of a child.
        ChildAbuse = "CHILD_ABUSE",
        /// Using somebody for another's gain.
        Exploitation = "EXPLOITATION",
        /// Slavery and servitude.
        Slavery = "SLAVERY",
        /// Abuse by a partner or relative.
        DomesticAbuse = "DOMESTIC_ABUSE",
        /// Suicide.
        Suicide = "SUICIDE",
        /// Self-harm.
        SelfHarm = "SELF_HARM",
        /// Anything else.
        Other = "OTHER",
    }
}

text_enum! {
    /// How closely the text looks at it.
    NoteStrength {
        /// In passing.
        Mentions = "MENTIONS",
        /// As a subject.
        Discusses = "DISCUSSES",
        /// In detail.
        Describes = "DESCRIBES",
    }
}

/// What a reader may want to know before reading.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ContentNote {
    /// What of.
    pub topic: SensitiveTopic,
    /// How closely.
    pub strength: NoteStrength,
    /// In words.
    pub text: String,
}

/// What is the same in every language.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder, Serialize)]
#[sea_orm(table_name = "post")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub document_id: Id,
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub stage: Stage,
    /// The date shown to readers; null for a draft that never was published.
    pub published_at: Option<DateTimeUtc>,
    /// `published_at`, or else when the draft was made: what NEWEST sorts by.
    #[serde(skip)]
    pub sorted_at: DateTimeUtc,
    /// When somebody should read it again.
    pub review_due_on: Date,
}

impl ActiveModelBehavior for ActiveModel {}

/// What belongs to one language.
pub mod text {
    use super::{ContentNote, Id, List, Serialize, Stage};
    use sea_orm::entity::prelude::*;

    /// One language of a post.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder, Serialize)]
    #[sea_orm(table_name = "post_text")]
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
        /// What a reader may want to know first.
        pub content_notes: List<ContentNote>,
        /// A way off the page.
        pub exit_url: Option<String>,
        /// What it is called.
        pub exit_label: Option<String>,
        /// Title for search engines, where it differs.
        pub seo_title: Option<String>,
        /// Description for search engines, where it differs from the summary.
        pub seo_description: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Paths that a post had elsewhere.
pub mod old_path {
    use super::{Id, Serialize, Stage};
    use sea_orm::entity::prelude::*;

    /// One path.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "post_old_path")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub stage: Stage,
        /// From the root, `/news/2019/07/30`.
        #[sea_orm(primary_key, auto_increment = false)]
        pub path: String,
        #[serde(skip)]
        pub document_id: Id,
        /// Order of use, from 0.
        pub position: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
