//! Topics in the database.

use entity::document::NodeKind;
use entity::topic;

use super::noun::Noun;

/// The room of topics.
pub struct Topic;

impl Noun for Topic {
    const KIND: NodeKind = NodeKind::Topic;
    const LIVE: bool = true;
    type Row = topic::Entity;
    type Text = topic::text::Entity;
    type Parts = ();
}
