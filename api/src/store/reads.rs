//! What of records is read: tables and columns that nothing in a request asks for are left alone.
//!
//! A record lies in four tables, and most questions need two of them. Which fields need which is said in one place,
//! `graphql/reads.rs`, where what is not known to need less is read whole.

use std::ops::{BitOr, Deref};

use entity::document::NodeKind;

/// What a request needs of the records that readers see, beside their rows, slugs and titles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reads {
    documents: bool,
    words: Kinds,
    bodies: Kinds,
}

/// Some kinds, a bit for each.
type Kinds = u16;

impl Reads {
    /// Nothing else.
    pub const NAMES: Self = Self { documents: false, words: 0, bodies: 0 };
    /// All that there is.
    pub const EVERYTHING: Self = Self { documents: true, words: Kinds::MAX, bodies: Kinds::MAX };
    /// When they were changed, by whom, and what state they are in.
    pub const DOCUMENTS: Self = Self { documents: true, ..Self::NAMES };

    /// What is written in one language, but for bodies, of one kind.
    #[must_use]
    pub const fn words(kind: NodeKind) -> Self {
        Self { words: 1 << kind as Kinds, ..Self::NAMES }
    }

    /// The same with bodies.
    #[must_use]
    pub const fn bodies(kind: NodeKind) -> Self {
        Self { bodies: 1 << kind as Kinds, ..Self::words(kind) }
    }

    /// What is read of a kind.
    pub(super) fn of(self, kind: NodeKind) -> Depth {
        let has = |kinds: Kinds| kinds & (1 << kind as Kinds) != 0;
        let words = match (has(self.words), has(self.bodies)) {
            (_, true) => Words::Whole,
            (true, false) => Words::Brief,
            (false, false) => Words::None,
        };
        Depth { document: self.documents, words }
    }
}

impl BitOr for Reads {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self {
            documents: self.documents || other.documents,
            words: self.words | other.words,
            bodies: self.bodies | other.bodies,
        }
    }
}

/// What is read of the records of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Depth {
    pub(super) document: bool,
    pub(super) words: Words,
}

/// How much of the words of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// Slug and title alone.
    None,
    /// All but the body, which is long.
    Brief,
    /// All.
    Whole,
}

impl Depth {
    /// All of it.
    pub(super) const WHOLE: Self = Self { document: true, words: Words::Whole };
    /// How many there are.
    pub(super) const COUNT: usize = 6;

    /// Its place among all of them.
    pub(super) fn place(self) -> usize {
        usize::from(self.document) * 3 + self.words as usize
    }
}

/// A part of a record that was read with it. To look at one that was not is a defect of `graphql/reads.rs`, and panics; a body that was
/// not read is empty.
pub struct Part<T>(pub(super) Option<T>);

impl<T> From<T> for Part<T> {
    fn from(part: T) -> Self {
        Self(Some(part))
    }
}

impl<T> Deref for Part<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_ref().expect("a field was asked for that reads more than graphql/reads.rs says")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_read_as_far_as_it_is_asked_for() {
        let reads = Reads::words(NodeKind::Campaign) | Reads::bodies(NodeKind::Post);

        assert_eq!(reads.of(NodeKind::Post), Depth { document: false, words: Words::Whole });
        assert_eq!(reads.of(NodeKind::Campaign), Depth { document: false, words: Words::Brief });
        assert_eq!(reads.of(NodeKind::Topic), Depth { document: false, words: Words::None });
        assert_eq!((reads | Reads::EVERYTHING).of(NodeKind::Topic), Depth::WHOLE);
    }

    #[test]
    fn every_depth_has_a_place_of_its_own() {
        let words = [Words::None, Words::Brief, Words::Whole];
        let places = [false, true].map(|document| words.map(|words| Depth { document, words }.place()));
        assert_eq!(places.as_flattened(), (0..Depth::COUNT).collect::<Vec<_>>());
    }
}
