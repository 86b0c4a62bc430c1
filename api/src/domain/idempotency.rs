//! Mutations that are carried out once, however often they are sent: the first to come claims the key, runs, and leaves the
//! answer for all others.

use std::time::Duration;

use chrono::TimeDelta;
use entity::Id;
use entity::idempotency::{FORGOTTEN, Model};
use entity::value::List;
use thiserror::Error;

use super::access::{self, Denied, Lack};
use super::view::Viewer;
use crate::app::App;
use crate::store::StoreError;
use crate::store::idempotency as store;

/// For how long a key gives the first answer.
const KEPT: TimeDelta = TimeDelta::hours(24);
/// How much longer than a request may take nobody is at work on it any more.
const GRACE: TimeDelta = TimeDelta::minutes(1);
/// How often whoever comes second looks whether the first has ended.
const PAUSE: Duration = Duration::from_millis(50);

/// A mutation under a key.
#[derive(Clone)]
pub struct Keyed {
    /// As it was sent.
    pub key: String,
    /// The hash of the request.
    pub fingerprint: String,
}

/// What is to be done about it.
pub enum Claimed {
    /// Carry it out, and say what came of it with [`settle`].
    New(Claim),
    /// It was carried out: this is the answer as JSON.
    Answered(String),
}

/// The right to carry a mutation out.
pub struct Claim {
    actor_id: Id,
    key: String,
}

/// Why a mutation under a key is neither carried out nor answered.
#[derive(Debug, Error)]
pub enum IdempotencyError {
    /// The key was used for another request.
    #[error("This Idempotency-Key was used for another request within the last 24 hours. Use a new one.")]
    AnotherRequest,
    /// The first request was answered, and its answer is no longer kept.
    #[error(
        "The first request with this Idempotency-Key was answered. What the answer said is no longer kept, because something was erased since. See what came of it, and use a new key for what is still to be done."
    )]
    Forgotten,
    /// The first request never came to an end.
    #[error(
        "What came of the first request with this Idempotency-Key is not known. See whether it was carried out before you send it under another."
    )]
    Unknown,
    /// The viewer had rights at the time that they lack now.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Claims a key for its first request; waits for the answer where that is under way.
///
/// # Errors
/// See [`IdempotencyError`].
pub async fn claim(app: &App, viewer: &Viewer, keyed: &Keyed) -> Result<Claimed, IdempotencyError> {
    let longest = TimeDelta::seconds(app.config.request_timeout.into()) + GRACE;
    loop {
        let now = app.now();
        let found = store::find(&app.db, viewer.actor_id, &keyed.key).await?;
        let Some(first) = found.filter(|first| now < first.claimed_at + KEPT) else {
            // Of two at once one gets it; the other looks again.
            match first_claim(app, viewer, keyed).await? {
                Some(claim) => return Ok(Claimed::New(claim)),
                None => continue,
            }
        };
        if first.fingerprint != keyed.fingerprint {
            return Err(IdempotencyError::AnotherRequest);
        }
        if let Some(answer) = &first.answer {
            check(viewer, &first)?;
            return match answer.as_str() {
                FORGOTTEN => Err(IdempotencyError::Forgotten),
                answer => Ok(Claimed::Answered(answer.to_owned())),
            };
        }
        if now >= first.claimed_at + longest {
            return Err(IdempotencyError::Unknown);
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn first_claim(app: &App, viewer: &Viewer, keyed: &Keyed) -> Result<Option<Claim>, StoreError> {
    let now = app.now();
    let row = Model {
        actor_id: viewer.actor_id,
        key: keyed.key.clone(),
        fingerprint: keyed.fingerprint.clone(),
        role: viewer.role(),
        scopes: List(access::scopes(viewer)),
        answer: None,
        claimed_at: now,
    };
    let tx = app.db.begin().await?;
    let is_ours = store::claim(&tx, row, now - KEPT).await?;
    tx.commit().await?;
    Ok(is_ours.then(|| Claim { actor_id: viewer.actor_id, key: keyed.key.clone() }))
}

/// Whether the viewer still has all the rights that they had at the time.
fn check(viewer: &Viewer, first: &Model) -> Result<(), Denied> {
    let scopes = access::scopes(viewer);
    let holds = viewer.role() >= first.role && first.scopes.0.iter().all(|scope| scopes.contains(scope));
    if holds { Ok(()) } else { Err(Denied::Forbidden(Lack::Former)) }
}

/// Says what came of a mutation: its answer as JSON, or `None` where nothing was done, which frees the key.
///
/// # Errors
/// The database's.
pub async fn settle(app: &App, claim: Claim, answer: Option<String>) -> Result<(), StoreError> {
    let Claim { actor_id, key } = claim;
    let tx = app.db.begin().await?;
    match answer {
        Some(answer) => store::answer(&tx, actor_id, &key, answer).await?,
        None => store::release(&tx, actor_id, &key).await?,
    }
    tx.commit().await
}

/// Forgets keys that are older than a day.
///
/// # Errors
/// The database's.
pub async fn sweep(app: &App) -> Result<(), StoreError> {
    let tx = app.db.begin().await?;
    store::sweep(&tx, app.now() - KEPT).await?;
    tx.commit().await
}
