//! Ending a session.

use chrono::{DateTime, Utc};
use entity::change::Action;
use entity::session;

use super::open::hash;
use crate::app::App;
use crate::domain::user::event;
use crate::store::change::{self, NewChange};
use crate::store::{self, Db, StoreError, Tx};

/// Ends the session of a refresh token, used or not; whether there was one that had not ended.
///
/// # Errors
/// The database's.
pub async fn revoke(app: &App, db: &Db, token: &str) -> Result<bool, StoreError> {
    let Some(token) = store::session::token(db, &hash(token)).await? else { return Ok(false) };
    let tx = db.begin().await?;
    let Some(session) = store::session::lock(&tx, token.session_id).await? else { return Ok(false) };
    let ended = end(&tx, &session, None, app.now()).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Ends a session and records it; whether it had not ended before.
pub(super) async fn end(
    tx: &Tx,
    session: &session::Model,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let ended = store::session::revoke(tx, session.id, now).await?;
    if ended {
        let change = event(Action::SignedOut, session.user_id, now);
        let change = NewChange { reason: reason.map(str::to_owned), ..change };
        change::append(tx, change).await?;
    }
    Ok(ended)
}
