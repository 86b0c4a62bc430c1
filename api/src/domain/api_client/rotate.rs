//! Giving a client another secret.

use chrono::TimeDelta;
use entity::Id;
use entity::change::Action;

use super::secret::new_secret;
use super::{AccountError, ApiClient, Issued, lock_active};
use crate::app::App;
use crate::domain::access::{self, Right};
use crate::domain::problem::Problem;
use crate::domain::session::hash;
use crate::domain::user::event;
use crate::domain::value;
use crate::domain::view::Viewer;
use crate::store::change::{self, NewChange};
use crate::store::{self, Db};

/// The longest time for which two secrets are good, in minutes.
const MAX_OVERLAP: i32 = 7 * 24 * 60;

/// Gives a client another secret under the same prefix. The one it has works on for some minutes; one before that ends now.
///
/// # Errors
/// See [`AccountError`]; all problems at once.
pub async fn rotate(
    app: &App,
    db: &Db,
    viewer: Option<&Viewer>,
    id: Option<Id>,
    overlap_minutes: i32,
) -> Result<Issued, AccountError> {
    let actor_id = access::require(viewer, Right::Administer)?.actor_id;
    let overlap = value::between(overlap_minutes, 0, MAX_OVERLAP)
        .map_err(|(code, message)| AccountError::from(Problem::at(&["overlapMinutes"], code, message)))?;
    let now = app.now();
    let tx = db.begin().await?;
    let before = lock_active(&tx, id).await?;
    let secret = new_secret(&before.prefix)?;
    let client = ApiClient {
        hash: hash(&secret),
        former_hash: Some(before.hash),
        former_until: Some(now + TimeDelta::minutes(overlap.into())),
        ..before
    };
    store::api_client::update(&tx, client.clone()).await?;
    let event = event(Action::ClientRotated, actor_id, now);
    change::append(&tx, NewChange { document_id: Some(client.id), ..event }).await?;
    tx.commit().await?;
    Ok(Issued { client, secret })
}
