//! Sources in the database.

use entity::document::NodeKind;
use entity::source;

use super::noun::Noun;

/// The room of sources.
pub struct Source;

impl Noun for Source {
    const KIND: NodeKind = NodeKind::Source;
    const LIVE: bool = true;
    type Row = source::Entity;
    type Text = source::text::Entity;
    type Parts = ();
}
