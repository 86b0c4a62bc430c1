//! Reading, as the floor above may: everything asks with a [`Scope`](super::view::Scope), and the store filters.

pub use entity::document::{Model as Document, State};
pub use entity::link::Field;
pub use entity::translation::{Model as Translation, Name};

pub use crate::store::actor::{Actor, by_ids as actors};
pub use crate::store::failure::is_unavailable;
pub use crate::store::filter::{Filter, Match, Range, Target};
pub use crate::store::noun::{Noun, Record, Row, Text};
pub use crate::store::page::{KeyValue, Page, Position, Slice, Sort, SortKey, count, counts, page, pages};
pub use crate::store::read::{by_ids, by_slug, kinds, linked, named, referred, translations};
pub use crate::store::related::related;
pub use crate::store::{Db, StoreError};
