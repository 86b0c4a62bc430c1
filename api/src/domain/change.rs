//! What changed for readers: the way for apps and partners to stay in step.
//!
//! Places in this list are content versions, which nothing but a visible change raises: drafts leave no trace in them.

use std::collections::VecDeque;
use std::sync::Arc;

use thiserror::Error;
use tokio::sync::watch;

use super::NodeKind;
use crate::app::{App, Beat};
use crate::store::visible_change;
use crate::store::{Db, StoreError, change};

pub use entity::visible_change::{ChangeKind, Model as Change};
pub use visible_change::Place;

/// How many changes a feed reads at a time.
const FEED_PAGE: u64 = 100;

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
    if let Some(place) = asked.after {
        has_come(db, place).await?;
    }
    let limit = limit as usize;
    let kinds = asked.kinds.as_deref();
    let mut changes = visible_change::after(db, asked.after, kinds, limit as u64 + 1).await?;
    let has_more = changes.len() > limit;
    changes.truncate(limit);
    Ok((changes, has_more))
}

async fn has_come(db: &Db, place: Place) -> Result<(), ChangesError> {
    let latest = change::content_version(db).await?;
    if place.content_version > latest { Err(ChangesError::Ahead) } else { Ok(()) }
}

/// Behind everything that has changed until now.
///
/// # Errors
/// The database's.
pub async fn latest(db: &Db) -> Result<Place, StoreError> {
    Ok(Place::behind(change::content_version(db).await?))
}

/// Changes as they happen: first those after a place, then each as soon as it is committed, whichever instance wrote it.
/// An item that changes again before its change was taken is told once, as it is then.
pub struct Feed {
    app: Arc<App>,
    asked: Asked,
    page: VecDeque<Change>,
    pulse: watch::Receiver<Beat>,
}

impl Feed {
    /// The changes after a place; without one, those from now on.
    ///
    /// # Errors
    /// A place that has not come yet.
    pub async fn open(app: &Arc<App>, asked: Asked) -> Result<Self, ChangesError> {
        let after = match asked.after {
            Some(place) => has_come(&app.db, place).await.map(|()| place)?,
            None => latest(&app.db).await?,
        };
        let asked = Asked { after: Some(after), ..asked };
        Ok(Self { app: app.clone(), asked, page: VecDeque::new(), pulse: app.pulse() })
    }

    /// The next change, once there is one. Given up, nothing is lost.
    ///
    /// # Errors
    /// The database's.
    pub async fn next(&mut self) -> Result<Change, StoreError> {
        loop {
            if let Some(change) = self.page.pop_front() {
                self.asked.after = Some(Place::of(&change));
                return Ok(change);
            }
            // Taken before the look: what is committed between the two is waited for no longer than it takes to see it.
            let known = self.pulse.borrow_and_update().content_version;
            let Asked { after, kinds } = &self.asked;
            self.page =
                visible_change::after(&self.app.db, *after, kinds.as_deref(), FEED_PAGE).await?.into();
            if self.page.is_empty() && self.pulse.wait_for(|beat| beat.content_version > known).await.is_err()
            {
                // Nobody is left who could write.
                std::future::pending::<()>().await;
            }
        }
    }
}
