//! Which rows are in sight.

use std::sync::Arc;

use super::{Moment, Stage};

/// The rows that one read may see. Part of every loader's key, so that aliases in different
/// languages never mix.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Drafts or what is published.
    pub stage: Stage,
    /// The ordered wish list, best first; then the site's default language; then any other.
    pub languages: Arc<[String]>,
    /// The moment that the answer is for.
    pub at: Moment,
}
