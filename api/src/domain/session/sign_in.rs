//! Signing in with e-mail address and password.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use entity::change::Action;
use entity::user;
use thiserror::Error;

use super::SignedIn;
use super::attempt::{Attempt, TOO_MANY};
use super::open::{IssueError, open};
use crate::app::{App, CryptoError};
use crate::domain::email;
use crate::domain::user::event;
use crate::store::{self, Db, StoreError, Tx};

/// What somebody signs in with.
pub struct Credentials {
    /// As it was typed.
    pub email: String,
    /// As it was typed.
    pub password: String,
    /// Where from.
    pub address: IpAddr,
}

/// Why nobody was signed in. Nothing tells whether there is such an account.
#[derive(Debug, Error)]
pub enum SignInError {
    /// No active account has this address and this password.
    #[error("The e-mail address or the password is wrong.")]
    InvalidCredentials,
    /// Ten failures of this address with this account, or a hundred with any, in the last fifteen minutes.
    #[error("{TOO_MANY}")]
    TooManyAttempts,
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Hashing or signing failed.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
}

impl From<IssueError> for SignInError {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::Store(error) => Self::Store(error),
            IssueError::Crypto(error) => Self::Crypto(error),
        }
    }
}

/// Signs somebody in. An unknown account costs the same work as a wrong password.
///
/// # Errors
/// See [`SignInError`].
pub async fn sign_in(app: &App, db: &Db, credentials: Credentials) -> Result<SignedIn, SignInError> {
    let Credentials { email, password, address } = credentials;
    let attempt = Attempt::of(app, &email::key(&email), address);
    if attempt.is_refused(db, app.now()).await? {
        return Err(SignInError::TooManyAttempts);
    }
    let user = match email::parse(&email) {
        Ok(email) => store::user::by_email_key(db, &email.key).await?,
        Err(_) => None,
    };
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    let is_right = app.hasher.verify(&password, hash).await?;
    let now = app.now();
    let tx = db.begin().await?;
    if attempt.is_refused_after_all(&tx, now).await? {
        return Err(SignInError::TooManyAttempts);
    }
    let user = user.filter(|_| is_right);
    let Some(user) = still_good(&tx, user).await? else {
        attempt.failed(app, &tx, now).await?;
        tx.commit().await?;
        return Err(SignInError::InvalidCredentials);
    };
    attempt.succeeded(&tx).await?;
    let signed_in = welcome(app, &tx, &user, now).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// The account as it is now, unless it was switched off or given another password while the hash was computed.
async fn still_good(tx: &Tx, user: Option<user::Model>) -> Result<Option<user::Model>, StoreError> {
    let Some(before) = user else { return Ok(None) };
    let now = store::user::by_id(tx, before.id).await?;
    Ok(now.filter(|user| user.is_active && user.password_hash == before.password_hash))
}

async fn welcome(
    app: &App,
    tx: &Tx,
    user: &user::Model,
    now: DateTime<Utc>,
) -> Result<SignedIn, SignInError> {
    let signed_in = open(app, tx, user, now).await?;
    store::change::append(tx, event(Action::SignedIn, user.id, now)).await?;
    Ok(signed_in)
}
