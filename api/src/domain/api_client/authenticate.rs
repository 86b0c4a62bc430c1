//! Telling which client a secret belongs to.

use chrono::{DateTime, Utc};

use super::ApiClient;
use super::secret::{is_equal, prefix};
use crate::app::App;
use crate::domain::access;
use crate::domain::session::hash;
use crate::domain::view::{Principal, ViewError, Viewer};
use crate::store::api_client;

/// The client behind a secret, in one statement; two more at its first request of a day.
///
/// # Errors
/// When the secret is unknown, expired or ended, the owner's account switched off, or the database away.
pub async fn authenticate(app: &App, secret: &str) -> Result<Viewer, ViewError> {
    let prefix = prefix(secret).ok_or(ViewError::BadToken)?;
    let (client, owner) = api_client::by_prefix(&app.db, prefix).await?.ok_or(ViewError::BadToken)?;
    let now = app.now();
    if !is_good(&client, &hash(secret), now) {
        return Err(ViewError::BadToken);
    }
    let today = now.with_timezone(&app.config.time_zone).date_naive();
    if client.last_used_on != Some(today) {
        let tx = app.db.begin().await?;
        api_client::touch(&tx, client.id, today).await?;
        tx.commit().await?;
    }
    let scopes = access::lent(&client.scopes.0, owner.role);
    Ok(Viewer { actor_id: client.id, name: client.name, principal: Principal::ApiClient { scopes } })
}

/// Whether a secret's hash is the client's, or its former one within the overlap, and the client has not expired.
fn is_good(client: &ApiClient, hash: &str, now: DateTime<Utc>) -> bool {
    let is_former = client.former_hash.as_ref().is_some_and(|former| is_equal(former, hash))
        && client.former_until.is_some_and(|until| now < until);
    let is_current = is_equal(&client.hash, hash);
    (is_current || is_former) && client.expires_at.is_none_or(|expires| now < expires)
}
