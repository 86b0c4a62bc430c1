//! Edges from a document, or from a part of it, to other documents.

use sea_orm::entity::prelude::*;

use crate::document::Stage;
use crate::{Id, text_enum};

text_enum! {
    /// Which edge a link is.
    Field {
        /// Post, its authors.
        Authors = "AUTHORS",
        /// Any content, its topics.
        Topics = "TOPICS",
        /// Post, its campaigns.
        Campaigns = "CAMPAIGNS",
        /// Post, campaign, topic or site: the channels chosen for it; campaign edition, those that its actions lead to.
        Channels = "CHANNELS",
        /// Campaign, its statistics; set, those of its parts.
        Statistics = "STATISTICS",
        /// Campaign edition, the posts chosen for it.
        Posts = "POSTS",
        /// Figure, its source.
        Source = "SOURCE",
        /// Contact channel, the service it reaches.
        Service = "SERVICE",
        /// Any content, what its texts refer to in any language; derived from `text_reference`.
        References = "REFERENCES",
    }
}

/// One edge at one stage.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "link")]
pub struct Model {
    /// The document, or the part of a document (edition, figure), that the edge starts from.
    #[sea_orm(primary_key, auto_increment = false)]
    pub from_id: Id,
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub stage: Stage,
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: Field,
    /// Order of use, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// The document that is published together with the edge.
    #[serde(skip)]
    pub document_id: Id,
    /// The document it leads to.
    pub to_id: Id,
}

impl ActiveModelBehavior for ActiveModel {}
