//! Global ids: opaque to clients, `post_0190b2…`, naming their type.

use async_graphql::ID;

use crate::domain::{Id, NodeKind};

/// What an id begins with.
#[must_use]
pub fn prefix(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Post => "post",
        NodeKind::Campaign => "campaign",
        NodeKind::Statistic => "statistic",
        NodeKind::StatisticSet => "statisticset",
        NodeKind::Service => "service",
        NodeKind::ContactChannel => "channel",
        NodeKind::Topic => "topic",
        NodeKind::Person => "person",
        NodeKind::Source => "source",
        NodeKind::Site => "site",
    }
}

/// The id of a document.
#[must_use]
pub fn of(kind: NodeKind, id: Id) -> ID {
    with_prefix(prefix(kind), id)
}

/// The id of something that is no document: `edition`, `figure`, `user`, `client`, `viewer`, `actor`.
#[must_use]
pub fn with_prefix(prefix: &str, id: Id) -> ID {
    ID(format!("{prefix}_{}", id.0.simple()))
}

/// The prefix and the id of a global id; `None` for what is none.
#[must_use]
pub fn split(id: &ID) -> Option<(&str, Id)> {
    let (prefix, digits) = id.rsplit_once('_')?;
    let is_simple = digits.len() == 32 && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    is_simple.then(|| digits.parse().ok()).flatten().map(|id| (prefix, id))
}

/// The document behind a global id, of any kind.
#[must_use]
pub fn document(id: &ID) -> Option<(NodeKind, Id)> {
    let (found, id) = split(id)?;
    NodeKind::ALL.iter().copied().find(|&kind| prefix(kind) == found).map(|kind| (kind, id))
}

/// The id behind a global id with a prefix; `None` for another's.
#[must_use]
pub fn part(id: &ID, prefix: &str) -> Option<Id> {
    split(id).filter(|(found, _)| *found == prefix).map(|(_, id)| id)
}
