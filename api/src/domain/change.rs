//! What changed for readers: the way for apps and partners to stay in step.
//!
//! Places in this list are content versions, which nothing but a visible change raises: drafts leave no trace in them.

use thiserror::Error;

use super::NodeKind;
use crate::store::visible_change;
use crate::store::{Db, StoreError, change};

pub use entity::visible_change::{ChangeKind, Model as Change};
pub use visible_change::Place;

/// Which changes.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Those after this; from the first one where there is none.
    pub after: Option<Place>,
    /// Those of these kinds; of all where there are none.
    pub kinds: Option<Vec<NodeKind>>,
}

/// Why changes cannot be listed.
#[derive(Debug, Error)]
pub enum ChangesError {
    /// The place is one that has not come yet: it is of another database, or of this one before it was restored.
    #[error("no change has come so far yet")]
    Ahead,
    /// The database is away.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A page of changes, oldest first, and whether there are more: of each item the newest one.
///
/// # Errors
/// A place that has not come yet.
pub async fn page(db: &Db, asked: &Asked, limit: u32) -> Result<(Vec<Change>, bool), ChangesError> {
    if let Some(place) = asked.after
        && place.content_version > change::content_version(db).await?
    {
        return Err(ChangesError::Ahead);
    }
    let limit = limit as usize;
    let kinds = asked.kinds.as_deref();
    let mut changes = visible_change::after(db, asked.after, kinds, limit as u64 + 1).await?;
    let has_more = changes.len() > limit;
    changes.truncate(limit);
    Ok((changes, has_more))
}

/// Behind everything that has changed until now.
///
/// # Errors
/// The database's.
pub async fn latest(db: &Db) -> Result<Place, StoreError> {
    Ok(Place::behind(change::content_version(db).await?))
}
