//! Changing a client.

use entity::Id;
use entity::change::Action;

use super::edit::Edit;
use super::{AccountError, ApiClient, ClientPatch, lock_active};
use crate::app::App;
use crate::domain::access::{self, Denied, Right};
use crate::domain::user::event;
use crate::domain::view::Viewer;
use crate::store::change::{self, NewChange};
use crate::store::{self, Db};

/// Changes a client, from its next request on.
///
/// # Errors
/// See [`AccountError`]; all problems at once.
pub async fn update(
    app: &App,
    db: &Db,
    viewer: Option<&Viewer>,
    id: Option<Id>,
    patch: ClientPatch,
) -> Result<ApiClient, AccountError> {
    let actor_id = access::require(viewer, Right::Administer)?.actor_id;
    let now = app.now();
    let tx = db.begin().await?;
    let client = lock_active(&tx, id).await?;
    let owner = store::user::by_id(&tx, client.owner_id).await?.ok_or(Denied::Unauthenticated)?;
    let mut edit = Edit::of(client, owner.role);
    edit.carry(patch, now);
    let Edit { client, problems, fields, .. } = edit;
    if !problems.is_empty() {
        return Err(AccountError::Problems(problems));
    }
    if !fields.is_empty() {
        store::api_client::update(&tx, client.clone()).await?;
        let event = event(Action::ClientUpdated, actor_id, now);
        change::append(&tx, NewChange { document_id: Some(client.id), fields, ..event }).await?;
        tx.commit().await?;
    }
    Ok(client)
}
