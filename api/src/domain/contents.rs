//! Everything published in one list, for those who build, map or copy a whole site.

use entity::document::NodeKind;

use super::read::{Sort, SortKey};
pub use crate::store::contents::{Entry, Listing, count, page};

/// The kinds of content: what editors write, translate and publish.
pub const KINDS: [NodeKind; 6] = [
    NodeKind::Post,
    NodeKind::Campaign,
    NodeKind::Statistic,
    NodeKind::StatisticSet,
    NodeKind::Service,
    NodeKind::ContactChannel,
];

/// The order of the list: what changes while somebody pages through it moves to the end, and is read again.
pub const OLDEST_CHANGE_FIRST: Sort = Sort { by: SortKey::UpdatedAt, descending: false };
