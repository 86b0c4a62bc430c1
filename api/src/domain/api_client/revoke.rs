//! Ending a client.

use entity::Id;
use entity::change::Action;

use super::{AccountError, ApiClient, lock};
use crate::app::App;
use crate::domain::user::{Manager, event};
use crate::store::change::{self, NewChange};
use crate::store::{self, Db};

/// Ends a client: its secrets are refused from its next request on. One that was ended before stays so.
///
/// # Errors
/// See [`AccountError`].
pub async fn revoke(
    app: &App,
    db: &Db,
    manager: Manager<'_>,
    id: Option<Id>,
) -> Result<ApiClient, AccountError> {
    manager.check()?;
    let now = app.now();
    let tx = db.begin().await?;
    let before = lock(&tx, id).await?;
    if before.revoked_at.is_some() {
        return Ok(before);
    }
    let actor_id = manager.actor(before.owner_id)?;
    let client = ApiClient { revoked_at: Some(now), ..before };
    store::api_client::update(&tx, client.clone()).await?;
    let event = event(Action::ClientRevoked, actor_id, now);
    change::append(&tx, NewChange { document_id: Some(client.id), ..event }).await?;
    tx.commit().await?;
    Ok(client)
}
