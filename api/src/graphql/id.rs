//! Global ids: opaque to clients, `post_0190b2…`, naming their type.

use async_graphql::ID;

use crate::domain::{Id, NodeKind, global_id};

/// What an id begins with.
#[must_use]
pub fn prefix(kind: NodeKind) -> &'static str {
    global_id::prefix(kind)
}

/// The id of a document.
#[must_use]
pub fn of(kind: NodeKind, id: Id) -> ID {
    ID(global_id::of(kind, id))
}

/// The id of something that is no document: `edition`, `figure`, `revision`, `user`, `client`, `viewer`, `actor`.
#[must_use]
pub fn with_prefix(prefix: &str, id: Id) -> ID {
    ID(global_id::with_prefix(prefix, id))
}

/// The prefix and the id of a global id; `None` for what is none.
fn split(id: &ID) -> Option<(&str, Id)> {
    global_id::split(id)
}

/// The document behind a global id, of any kind.
#[must_use]
pub fn document(id: &ID) -> Option<(NodeKind, Id)> {
    global_id::document(id)
}

/// The id behind a global id with a prefix; `None` for another's.
#[must_use]
pub fn part(id: &ID, prefix: &str) -> Option<Id> {
    split(id).filter(|(found, _)| *found == prefix).map(|(_, id)| id)
}
