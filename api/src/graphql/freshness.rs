//! How far something can be trusted.

use async_graphql::Enum;

use crate::domain::{freshness, verification};

/// How much a reader may rely on something that was checked at a point in time.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "freshness::Freshness")]
pub enum Freshness {
    /// Somebody has looked within the time that was set.
    Fresh,
    /// It is time to look again.
    Due,
    /// It was time long ago, or nobody ever looked.
    Stale,
    /// Something newer took its place.
    Superseded,
}

impl From<verification::Freshness> for Freshness {
    fn from(freshness: verification::Freshness) -> Self {
        match freshness {
            verification::Freshness::Fresh => Self::Fresh,
            verification::Freshness::Due => Self::Due,
            verification::Freshness::Stale => Self::Stale,
        }
    }
}
