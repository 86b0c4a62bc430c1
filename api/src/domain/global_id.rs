//! Global ids: opaque to clients, `post_0190b2…`, naming their type. Revisions speak of documents by them, as inputs do.

use entity::Id;
use entity::document::NodeKind;
use serde::{Deserialize, Deserializer};

use super::edit::{Patch, Reference};

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
pub fn of(kind: NodeKind, id: Id) -> String {
    with_prefix(prefix(kind), id)
}

/// The ids of some documents of a kind.
#[must_use]
pub fn all(kind: NodeKind, ids: &[Id]) -> Vec<String> {
    ids.iter().map(|id| of(kind, *id)).collect()
}

/// The id of something that is no document.
#[must_use]
pub fn with_prefix(prefix: &str, id: Id) -> String {
    format!("{prefix}_{}", id.0.simple())
}

/// The prefix and the id of a global id; `None` for what is none.
#[must_use]
pub fn split(id: &str) -> Option<(&str, Id)> {
    let (prefix, digits) = id.rsplit_once('_')?;
    let is_simple = digits.len() == 32 && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    is_simple.then(|| digits.parse().ok()).flatten().map(|id| (prefix, id))
}

/// The document behind a global id, of any kind.
#[must_use]
pub fn document(id: &str) -> Option<(NodeKind, Id)> {
    let (found, id) = split(id)?;
    NodeKind::ALL.iter().copied().find(|&kind| prefix(kind) == found).map(|kind| (kind, id))
}

/// The document that a global id names; one that cannot be read is like one that does not exist.
struct Named(Reference);

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(document(&String::deserialize(deserializer)?)))
    }
}

/// Reads a field that must name one document.
pub(super) fn one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Reference, D::Error> {
    Ok(Named::deserialize(deserializer)?.0)
}

/// Reads a field that names one document.
pub(super) fn one_patch<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Patch<Reference>, D::Error> {
    Ok(Patch::<Named>::deserialize(deserializer)?.map(|named| named.0))
}

/// Reads a field that names several.
pub(super) fn list_patch<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Patch<Vec<Reference>>, D::Error> {
    Ok(Patch::<Vec<Named>>::deserialize(deserializer)?.map(references))
}

/// Reads a field that may name several.
pub(super) fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<Reference>>, D::Error> {
    Ok(Option::<Vec<Named>>::deserialize(deserializer)?.map(references))
}

fn references(named: Vec<Named>) -> Vec<Reference> {
    named.into_iter().map(|named| named.0).collect()
}
