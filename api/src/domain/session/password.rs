//! Changing one's own password.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use entity::change::Action;
use entity::{Id, user};
use thiserror::Error;

use super::SignedIn;
use super::attempt::{Attempt, TOO_MANY};
use super::open::{IssueError, issue};
use crate::app::{App, CryptoError};
use crate::domain::access::{Denied, Lack};
use crate::domain::password;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::user::event;
use crate::domain::view::{Principal, Viewer};
use crate::store::{self, Db, StoreError, Tx};

/// A wish for another password.
pub struct NewPassword {
    /// The one that it replaces.
    pub current: String,
    /// The one to be.
    pub new: String,
    /// Where the wish came from.
    pub address: IpAddr,
}

/// Why a password stays as it is.
#[derive(Debug, Error)]
pub enum PasswordError {
    /// Nobody is signed in with a password.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The current password is wrong, or the new one no good; or there were too many failed tries.
    #[error("the passwords have problems")]
    Problems(Vec<Problem>),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Hashing or signing failed.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
}

impl From<IssueError> for PasswordError {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::Store(error) => Self::Store(error),
            IssueError::Crypto(error) => Self::Crypto(error),
        }
    }
}

/// Replaces the viewer's password, ends their other sessions, and issues new tokens for this one, whose
/// refresh token is used up. Wrong current passwords count like failed sign-ins.
///
/// # Errors
/// See [`PasswordError`]; all problems at once.
pub async fn change_password(
    app: &App,
    db: &Db,
    viewer: Option<&Viewer>,
    wish: NewPassword,
) -> Result<SignedIn, PasswordError> {
    let viewer = viewer.ok_or(Denied::Unauthenticated)?;
    let Principal::User { session_id: Some(session_id), .. } = viewer.principal else {
        return Err(Denied::Forbidden(Lack::Session).into());
    };
    let user = store::user::by_id(db, viewer.actor_id).await?.ok_or(Denied::Unauthenticated)?;
    check(app, db, &user, &wish).await?;
    let hash = app.hasher.hash(&wish.new).await?;
    let now = app.now();
    let tx = db.begin().await?;
    // The session may have ended, or another change of the password won, while the hash was computed.
    let is_alive = store::session::holder(&tx, session_id, user.id).await?.is_some();
    if !is_alive || !store::user::replace_password(&tx, &user, hash).await? {
        return Err(Denied::Unauthenticated.into());
    }
    let next = renew(app, &tx, user, session_id, now).await?;
    tx.commit().await?;
    Ok(next)
}

/// Whether the current password is right and the new one will do.
async fn check(app: &App, db: &Db, user: &user::Model, wish: &NewPassword) -> Result<(), PasswordError> {
    let attempt = Attempt::of(app, user.email_key.as_deref().unwrap_or_default(), wish.address);
    let refused = || PasswordError::Problems(vec![Problem::at(&[], ProblemCode::TooManyAttempts, TOO_MANY)]);
    if attempt.is_refused(db, app.now()).await? {
        return Err(refused());
    }
    let mut problems = Vec::new();
    let is_right = app.hasher.verify(&wish.current, user.password_hash.clone()).await?;
    let now = app.now();
    let tx = db.begin().await?;
    if attempt.is_refused_after_all(&tx, now).await? {
        return Err(refused());
    }
    if is_right {
        attempt.succeeded(&tx).await?;
    } else {
        attempt.failed(app, &tx, now).await?;
        problems.push(Problem::at(
            &["current"],
            ProblemCode::InvalidCredentials,
            "This is not your current password.",
        ));
    }
    tx.commit().await?;
    if let Err((code, message)) = password::parse(&wish.new) {
        problems.push(Problem::at(&["new"], code, message));
    }
    if problems.is_empty() { Ok(()) } else { Err(PasswordError::Problems(problems)) }
}

async fn renew(
    app: &App,
    tx: &Tx,
    user: user::Model,
    session_id: Id,
    now: DateTime<Utc>,
) -> Result<SignedIn, PasswordError> {
    store::session::revoke_others(tx, user.id, Some(session_id), now).await?;
    store::session::use_up(tx, session_id, now).await?;
    store::session::touch(tx, session_id, now).await?;
    store::change::append(tx, event(Action::PasswordChanged, user.id, now)).await?;
    Ok(issue(app, tx, user, session_id, now).await?)
}
