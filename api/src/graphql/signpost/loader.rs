//! The open lines of the site, looked for once for all who need one.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use chrono::{DateTime, Utc};

use crate::app::App;
use crate::domain::contact_channel::ContactChannel;
use crate::domain::open_state::OpenStatus;
use crate::domain::read::{Db, Record};
use crate::domain::service::ServiceStatus;
use crate::domain::signpost::{self, Asked, CANDIDATES, CHOICE, FURTHEST, LAST_RESORT, PAGE};
use crate::domain::verification;
use crate::domain::view::Scope;
use crate::graphql::error::{GqlError, Result};
use crate::graphql::loader::Shared;

/// Which lines are open at a moment.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct OpenAt(pub Scope, pub DateTime<Utc>);

/// Lines that are open, and until when no other answer is possible.
#[derive(Clone, Default)]
pub struct Open {
    /// Open lines by priority; at most [`CHOICE`].
    pub lines: Vec<Shared<ContactChannel>>,
    /// When the first of those that were looked at can change.
    pub changes_at: Option<DateTime<Utc>>,
}

impl Open {
    fn stays_until(&mut self, until: DateTime<Utc>) {
        self.changes_at = Some(self.changes_at.map_or(until, |first| first.min(until)));
    }
}

/// Looks for lines that are open.
pub struct OpenLines {
    app: Arc<App>,
    db: Db,
}

impl OpenLines {
    /// Reads with a request's handle.
    #[must_use]
    pub fn new(app: Arc<App>, db: Db) -> Self {
        Self { app, db }
    }

    /// Reads page after page until one has an open line.
    async fn look(&self, scope: &Scope, at: DateTime<Utc>) -> Result<Open> {
        let asked = Asked { is_live: true, ..Asked::default() };
        let mut open = Open::default();
        let mut from = 0;
        while from < FURTHEST && open.lines.is_empty() {
            let page = signpost::candidates(&self.db, scope, &asked, from..from + PAGE).await?;
            let is_last = u64::try_from(page.len()).unwrap_or(u64::MAX) < PAGE;
            let ids: Vec<_> = page.iter().map(Record::id).collect();
            let last = verification::verifications(&self.db, &ids).await?;
            for channel in page {
                let (verification, holidays) = (last.get(&channel.id()), &self.app.holidays);
                // Candidates are of services that can be turned to.
                let state = signpost::state(&channel, ServiceStatus::Active, holidays, verification, at);
                let Some(state) = state else { continue };
                open.stays_until(state.valid_until.to_utc());
                if state.status == OpenStatus::Open {
                    open.lines.push(Arc::new(channel));
                }
                if open.lines.len() == CHOICE {
                    break;
                }
            }
            if is_last {
                break;
            }
            from += PAGE;
        }
        Ok(open)
    }
}

/// Channels that stand in at a moment where nobody chose any.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct LastResort(pub Scope, pub DateTime<Utc>);

impl Loader<LastResort> for OpenLines {
    type Value = Arc<Open>;
    type Error = GqlError;
    async fn load(&self, keys: &[LastResort]) -> Result<HashMap<LastResort, Self::Value>> {
        let mut found = HashMap::new();
        for key @ LastResort(scope, at) in keys {
            let channels = signpost::candidates(&self.db, scope, &Asked::default(), 0..CANDIDATES).await?;
            let mut usable = Open::default();
            for channel in channels {
                if usable.lines.len() == LAST_RESORT {
                    break;
                }
                match channel.row.suspended_until.filter(|until| at < until) {
                    Some(until) => usable.stays_until(until),
                    None => usable.lines.push(Arc::new(channel)),
                }
            }
            found.insert(key.clone(), Arc::new(usable));
        }
        Ok(found)
    }
}

impl Loader<OpenAt> for OpenLines {
    type Value = Arc<Open>;
    type Error = GqlError;
    async fn load(&self, keys: &[OpenAt]) -> Result<HashMap<OpenAt, Arc<Open>>> {
        let mut found = HashMap::new();
        for key in keys {
            found.insert(key.clone(), Arc::new(self.look(&key.0, key.1).await?));
        }
        Ok(found)
    }
}
