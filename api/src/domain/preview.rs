//! Previews: a draft for somebody without an account.
//!
//! A preview's token alone selects the view: one document's draft with what it embeds directly, and everything else as
//! readers see it; or all drafts, what is scheduled until then as it was set aside. It only reads, and ends by itself, with its maker's account or right, when its document is
//! taken down, or when it is revoked.

use chrono::{DateTime, TimeDelta, Utc};
use entity::change::Action;
use entity::preview;
use entity::{Id, user};
use thiserror::Error;

use super::access::{self, Denied, Right};
use super::account::AccountError;
use super::problem::{Problem, ProblemCode};
use super::session::{hash, random_text};
use super::user::event;
use super::value;
use super::view::{Apart, Principal, Stage, ViewError, Viewer};
use crate::app::App;
use crate::store::change::{self, NewChange};
use crate::store::{self, Db, StoreError};

/// What every token begins with, so that a leaked one is recognised.
const PREFIX: &str = "bpt_";
/// How long a preview of one document may last, in minutes: 30 days.
const LONGEST: i32 = 30 * 24 * 60;
/// How long one of all drafts may, in minutes: a day.
const LONGEST_OF_ALL: i32 = 24 * 60;

/// A preview to be.
pub struct NewPreview {
    /// Whose draft; all drafts when left out. The inner one is `None` for an id that cannot be read.
    pub document: Option<Option<Id>>,
    /// The moment that answers are for; each request's own unless said.
    pub at: Option<DateTime<Utc>>,
    /// For how many minutes.
    pub minutes: i32,
}

/// A preview's token, shown once.
pub struct Issued {
    /// For the header `Authorization: Bearer`.
    pub token: String,
    /// From when on it is refused.
    pub expires_at: DateTime<Utc>,
}

/// What a preview shows.
pub struct Shown {
    /// Who asks, for all that is not reading.
    pub viewer: Viewer,
    /// What everything is seen as.
    pub stage: Stage,
    /// What is seen at another stage all the same.
    pub apart: Option<Apart>,
    /// The moment that answers are for, if it is another than the present one.
    pub at: Option<DateTime<Utc>>,
}

/// Why a preview goes on.
#[derive(Debug, Error)]
pub enum RevokeError {
    /// The viewer is no AUTHOR.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Gives a preview. Those of one document need the role AUTHOR, those of all drafts ADMIN.
///
/// # Errors
/// See [`AccountError`]; all problems at once.
pub async fn create(
    app: &App,
    db: &Db,
    viewer: Option<&Viewer>,
    new: NewPreview,
) -> Result<Issued, AccountError> {
    let NewPreview { document, at, minutes } = new;
    let owner_id = access::require(viewer, right(document.is_some()))?.actor_id;
    let mut problems = Vec::new();
    let longest = if document.is_some() { LONGEST } else { LONGEST_OF_ALL };
    if let Err((code, message)) = value::between(minutes, 1, longest) {
        problems.push(Problem::at(&["expiresInMinutes"], code, message));
    }
    let document_id = document.flatten();
    let exists = match document_id {
        Some(id) => store::read::kinds(db, &[id]).await?.contains_key(&id),
        None => document.is_none(),
    };
    if !exists {
        problems.push(Problem::at(&["id"], ProblemCode::NotFound, "There is no such content."));
    }
    if !problems.is_empty() {
        return Err(AccountError::Problems(problems));
    }
    let now = app.now();
    let expires_at = now + TimeDelta::minutes(minutes.into());
    let token = format!("{PREFIX}{}", random_text::<32>()?);
    let row = preview::Model {
        hash: hash(&token),
        id: app.ids.next(),
        owner_id,
        document_id,
        at,
        created_at: now,
        expires_at,
        revoked_at: None,
    };
    let tx = db.begin().await?;
    store::preview::insert(&tx, row).await?;
    change::append(&tx, NewChange { document_id, ..event(Action::PreviewCreated, owner_id, now) }).await?;
    tx.commit().await?;
    Ok(Issued { token, expires_at })
}

/// Ends a preview; whether there was one that had not ended.
///
/// # Errors
/// See [`RevokeError`].
pub async fn revoke(app: &App, db: &Db, viewer: Option<&Viewer>, token: &str) -> Result<bool, RevokeError> {
    let actor_id = access::require(viewer, Right::Share)?.actor_id;
    let now = app.now();
    let tx = db.begin().await?;
    let Some(ended) = store::preview::revoke(&tx, &hash(token), now).await? else { return Ok(false) };
    let event = event(Action::PreviewRevoked, actor_id, now);
    change::append(&tx, NewChange { document_id: ended.document_id, ..event }).await?;
    tx.commit().await?;
    Ok(true)
}

/// Forgets previews that ran out.
///
/// # Errors
/// The database's.
pub async fn sweep(app: &App) -> Result<(), StoreError> {
    let tx = app.db.begin().await?;
    store::preview::sweep(&tx, app.now()).await?;
    tx.commit().await
}

/// Whether a token is that of a preview, good or not, and no other kind of token.
#[must_use]
pub fn is_token(token: &str) -> bool {
    token.starts_with(PREFIX)
}

/// What the preview behind a token shows, in six statements at most.
///
/// # Errors
/// When the token is unknown, expired or ended, or the database away.
pub async fn authenticate(app: &App, token: &str) -> Result<Shown, ViewError> {
    let found = store::preview::by_hash(&app.db, &hash(token)).await?;
    let (preview, owner) = found.ok_or(ViewError::BadToken)?;
    if app.now() >= preview.expires_at || !may_still_give(&owner, &preview) {
        return Err(ViewError::BadToken);
    }
    let (stage, apart) = match (preview.document_id, preview.at) {
        (Some(id), at) => (Stage::Published, Some(store::preview::of(&app.db, id, at).await?)),
        (None, Some(at)) => (Stage::Draft, store::preview::scheduled(&app.db, at).await?),
        (None, None) => (Stage::Draft, None),
    };
    let name = format!("Preview of {}", owner.name);
    let viewer = Viewer { actor_id: preview.id, name, principal: Principal::Preview };
    Ok(Shown { viewer, stage, apart, at: preview.at })
}

fn may_still_give(owner: &user::Model, preview: &preview::Model) -> bool {
    owner.role >= right(preview.document_id.is_some()).least_role()
}

fn right(of_one: bool) -> Right {
    if of_one { Right::Share } else { Right::Administer }
}
