//! Identity, version and state of everything that is written: what has no stage.

use sea_orm::entity::prelude::*;

use crate::{Id, text_enum};

text_enum! {
    /// What a document is.
    NodeKind {
        /// An article.
        Post = "POST",
        /// Something that comes round.
        Campaign = "CAMPAIGN",
        /// A measure with figures.
        Statistic = "STATISTIC",
        /// Figures that make up a whole.
        StatisticSet = "STATISTIC_SET",
        /// A team that helps.
        Service = "SERVICE",
        /// A way to reach a service.
        ContactChannel = "CONTACT_CHANNEL",
        /// A subject.
        Topic = "TOPIC",
        /// An author.
        Person = "PERSON",
        /// Where a figure comes from.
        Source = "SOURCE",
        /// The site's own settings.
        Site = "SITE",
    }
}

text_enum! {
    /// Whether a row is what readers see, what editors work on, or what waits for its moment.
    Stage {
        /// Seen by everybody.
        Published = "PUBLISHED",
        /// Seen with the right to read drafts.
        Draft = "DRAFT",
        /// Goes to readers at a moment; until then nobody sees it.
        Scheduled = "SCHEDULED",
    }
}

text_enum! {
    /// Where a document is in its life.
    State {
        /// Never published.
        Draft = "DRAFT",
        /// Readers can see it.
        Published = "PUBLISHED",
        /// Readers could see it once.
        Withdrawn = "WITHDRAWN",
    }
}

/// One document.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder)]
#[sea_orm(table_name = "document")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// What it is.
    pub node_kind: NodeKind,
    /// Number of the last save, from 1.
    pub version: i32,
    /// Where it is in its life.
    pub state: State,
    /// The version that readers see; null unless published.
    pub published_version: Option<i32>,
    /// The importer's own key of the draft; unique per kind.
    pub external_reference: Option<String>,
    /// The one of the version that readers see.
    pub published_reference: Option<String>,
    /// When it was first saved.
    pub created_at: DateTimeUtc,
    /// By whom.
    pub created_by: Id,
    /// When the draft was last saved.
    pub saved_at: DateTimeUtc,
    /// By whom.
    pub saved_by: Id,
    /// When readers last got another version of it; never null, so that it can be sorted by.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
