//! People in the database.

use entity::document::NodeKind;
use entity::person;

use super::noun::Noun;

/// The room of people.
pub struct Person;

impl Noun for Person {
    const KIND: NodeKind = NodeKind::Person;
    const LIVE: bool = true;
    type Row = person::Entity;
    type Text = person::text::Entity;
    type Parts = ();
}
