//! Opening a session, and issuing its tokens.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use entity::session::refresh_token;
use entity::{Id, session, user};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::SignedIn;
use crate::app::{Access, App, CryptoError, hex, random_bytes};
use crate::domain::view::Viewer;
use crate::store::{self, StoreError, Tx};

/// What every refresh token begins with, so that a leaked one is recognised.
const PREFIX: &str = "brt_";

/// Why no tokens were issued.
#[derive(Debug, Error)]
pub(super) enum IssueError {
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No randomness, or signing failed.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
}

/// Opens a session for an account.
pub(super) async fn open(
    app: &App,
    tx: &Tx,
    user: &user::Model,
    now: DateTime<Utc>,
) -> Result<SignedIn, IssueError> {
    let id = app.ids.next();
    let row = session::Model { id, user_id: user.id, created_at: now, used_at: now, revoked_at: None };
    store::session::insert(tx, row).await?;
    issue(app, tx, user.clone(), id, now).await
}

/// Issues the next tokens of an account's session.
pub(super) async fn issue(
    app: &App,
    tx: &Tx,
    user: user::Model,
    session_id: Id,
    now: DateTime<Utc>,
) -> Result<SignedIn, IssueError> {
    let refresh_token = format!("{PREFIX}{}", random_text::<32>()?);
    let row = refresh_token::Model { hash: hash(&refresh_token), session_id, created_at: now, used_at: None };
    store::session::insert_token(tx, row).await?;
    let access = Access { user_id: user.id, session_id };
    let signed = app.tokens.sign(access, app.ids.next(), now)?;
    let viewer = Viewer::of_user(user, Some(session_id));
    Ok(SignedIn { access_token: signed.token, expires_at: signed.expires_at, refresh_token, viewer })
}

/// What is stored of a token. It is random already, so that one round of SHA-256 is enough.
#[must_use]
pub fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Random bytes as URL-safe text.
///
/// # Errors
/// When the operating system has no randomness.
pub fn random_text<const BYTES: usize>() -> Result<String, CryptoError> {
    Ok(URL_SAFE_NO_PAD.encode(random_bytes::<BYTES>()?))
}
