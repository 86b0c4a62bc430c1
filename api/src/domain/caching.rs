//! How long what anonymous readers were told may be told again.

use chrono::{DateTime, Utc};
use entity::document::NodeKind;

use super::view::{Moment, Read};
use crate::app::App;
use crate::store::{StoreError, delicate};

/// What is known of an answer once it is made.
pub struct Lasting {
    /// The moment it was made for.
    pub from: DateTime<Utc>,
    /// When time alone can change it, exclusive; `None` for never.
    pub until: Option<DateTime<Utc>>,
    /// Whether it shows channels or sensitive content: then nobody but this server may show it again unasked.
    pub is_delicate: bool,
    /// What it was made of.
    pub read: Read,
}

impl Lasting {
    /// What the moment that an answer was made for has noted.
    ///
    /// # Errors
    /// The database's.
    pub async fn of(app: &App, moment: &Moment) -> Result<Self, StoreError> {
        let ((from, until), read) = (moment.holds(), moment.read());
        let is_delicate = is_delicate(app, &read).await?;
        Ok(Self { from, until, is_delicate, read })
    }

    /// Whether it is the answer at a moment too, while the content stays as it is. A clock that was put back is no proof.
    #[must_use]
    pub fn holds_at(&self, now: DateTime<Utc>) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

/// Asks the database only where nothing else decides; where nobody may keep anything, nothing is asked.
async fn is_delicate(app: &App, read: &Read) -> Result<bool, StoreError> {
    if read.is_cut
        || [NodeKind::ContactChannel, NodeKind::Service].iter().any(|kind| read.kinds.contains(kind))
    {
        return Ok(true);
    }
    if app.config.cache_max_age == 0 || read.documents.is_empty() {
        return Ok(false);
    }
    // No statement of the operation: it is about the answer.
    delicate::any(&app.db.counted(), &read.documents).await
}
