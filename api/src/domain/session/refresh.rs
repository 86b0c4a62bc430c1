//! Exchanging a refresh token for the next tokens.

use chrono::{DateTime, Utc};
use entity::session::{self, refresh_token};
use thiserror::Error;

use super::open::{self, IssueError, issue};
use super::revoke::end;
use super::{IDLE, LONGEST, SignedIn};
use crate::app::{App, CryptoError};
use crate::store::{self, Db, StoreError, Tx};

/// Why there are no next tokens.
#[derive(Debug, Error)]
pub enum RefreshError {
    /// It is unknown or was used, its session is ended, or its account switched off.
    #[error("This refresh token is not good. Sign in again.")]
    InvalidCredentials,
    /// It was not used for 30 days, or its session began 90 days ago.
    #[error("This refresh token has expired. Sign in again.")]
    TokenExpired,
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Signing failed.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
}

impl From<IssueError> for RefreshError {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::Store(error) => Self::Store(error),
            IssueError::Crypto(error) => Self::Crypto(error),
        }
    }
}

/// Uses a refresh token up and issues the next tokens. One that was used before ends its session.
///
/// # Errors
/// See [`RefreshError`].
pub async fn refresh(app: &App, db: &Db, token: &str) -> Result<SignedIn, RefreshError> {
    let now = app.now();
    let hash = open::hash(token);
    // Outside the transaction: whoever guesses tokens must not hold up writers.
    let token = store::session::token(db, &hash).await?.ok_or(RefreshError::InvalidCredentials)?;
    let tx = db.begin().await?;
    let (token, session) = lock(&tx, token).await?.ok_or(RefreshError::InvalidCredentials)?;
    let holder = store::session::holder(&tx, session.id, session.user_id).await?;
    let holder = holder.ok_or(RefreshError::InvalidCredentials)?;
    if token.used_at.is_some() {
        end(&tx, &session, Some("a used refresh token came back"), now).await?;
        tx.commit().await?;
        return Err(RefreshError::InvalidCredentials);
    }
    if has_expired(&token, &session, now) {
        return Err(RefreshError::TokenExpired);
    }
    store::session::use_up(&tx, session.id, now).await?;
    store::session::touch(&tx, session.id, now).await?;
    let next = issue(app, &tx, holder, session.id, now).await?;
    tx.commit().await?;
    Ok(next)
}

/// A token and its session, as they are once nobody else can change them: of two exchanges at once, the second
/// sees that the token was used.
async fn lock(
    tx: &Tx,
    token: refresh_token::Model,
) -> Result<Option<(refresh_token::Model, session::Model)>, StoreError> {
    let session = store::session::lock(tx, token.session_id).await?;
    Ok(store::session::token(tx, &token.hash).await?.zip(session))
}

fn has_expired(token: &refresh_token::Model, session: &session::Model, now: DateTime<Utc>) -> bool {
    now >= token.created_at + IDLE || now >= session.created_at + LONGEST
}
