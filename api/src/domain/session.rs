//! Signing in and staying signed in.
//!
//! A session is one signed-in device. It holds a chain of refresh tokens, each good for one exchange; whoever
//! brings a used one has stolen it or was robbed of it, and the session ends. Access tokens are signed, live for
//! fifteen minutes, and count only while the session and the account do.

mod attempt;
mod open;
mod password;
mod refresh;
mod revoke;
mod sign_in;
#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta, Utc};

use super::view::{ViewError, Viewer};
use crate::app::App;
use crate::store;
use crate::store::StoreError;
use crate::store::session::Kept;

pub use open::{hash, random_text};
pub use password::{NewPassword, PasswordError, change_password};
pub use refresh::{RefreshError, refresh};
pub use revoke::revoke;
pub use sign_in::{Credentials, SignInError, sign_in};

/// A refresh token that is not used for so long is refused.
const IDLE: TimeDelta = TimeDelta::days(30);
/// So long after signing in, refresh tokens are refused.
const LONGEST: TimeDelta = TimeDelta::days(90);
/// How long sessions stay on record, so that an old token can be told from an unknown one.
const KEPT: Kept = Kept {
    after_use: TimeDelta::days(60),
    after_start: TimeDelta::days(120),
    after_end: TimeDelta::days(30),
};

/// What somebody who signed in is given.
pub struct SignedIn {
    /// For the header `Authorization: Bearer`.
    pub access_token: String,
    /// From when on the access token is refused.
    pub expires_at: DateTime<Utc>,
    /// Good for one exchange.
    pub refresh_token: String,
    /// Who signed in.
    pub viewer: Viewer,
}

/// Forgets sessions with their tokens, and failed sign-ins, that need not be kept any more.
///
/// # Errors
/// The database's.
pub async fn sweep(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    let tx = app.db.begin().await?;
    store::session::sweep(&tx, now, KEPT).await?;
    store::sign_in::sweep(&tx, now - attempt::WINDOW).await?;
    tx.commit().await
}

/// The viewer behind an access token, in one statement.
///
/// # Errors
/// When the token is malformed, expired or revoked, its user switched off, or the database away.
pub async fn authenticate(app: &App, token: &str) -> Result<Viewer, ViewError> {
    let access = app.tokens.read(token, app.now()).ok_or(ViewError::BadToken)?;
    let user = store::session::holder(&app.db, access.session_id, access.user_id)
        .await?
        .ok_or(ViewError::BadToken)?;
    Ok(Viewer::of_user(user, Some(access.session_id)))
}
