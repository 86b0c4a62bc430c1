//! People of identity providers: who a token of another issuer speaks for.
//!
//! Whoever comes for the first time is given an account, so that what they do is on record like anybody's. They are known by
//! issuer and subject and by nothing else, their e-mail address above all. Their role is what the issuer says at each
//! request; switching the account off is ours.

use entity::change::Action;
use entity::identity::Model as Identity;

use super::access::{Denied, Lack};
use super::user::{NAME, User, event};
use super::view::{Role, ViewError, Viewer};
use super::{email, text};
use crate::app::{App, Told};
use crate::store::change::{self, NewChange};
use crate::store::{self, StoreError};

/// The viewer behind a token of an issuer, in one statement; a few more at their first request, and when their role is
/// another.
///
/// # Errors
/// When the token is not good, gives no role, its account is switched off, or the database away.
pub async fn authenticate(app: &App, token: &str) -> Result<Viewer, ViewError> {
    let told = app.issuers.heard(token, app.now()).await.ok_or(ViewError::BadToken)?;
    let role = told.role.ok_or(Denied::Forbidden(Lack::Mapped))?;
    let user = match store::identity::holder(&app.db, &told.issuer, &told.subject).await? {
        None => Some(welcome(app, &told, role).await?),
        Some(user) if user.role != role && user.is_active => promoted(app, user, role).await?,
        known => known,
    };
    let user = user.filter(|user| user.is_active).ok_or(ViewError::BadToken)?;
    Ok(Viewer::of_user(user, None))
}

/// Makes the account of somebody who comes for the first time.
async fn welcome(app: &App, told: &Told, role: Role) -> Result<User, ViewError> {
    let (id, now) = (app.ids.next(), app.now());
    let names = [told.name.as_deref(), Some(&told.subject)];
    let name = names.into_iter().flatten().find_map(|name| text::parse(name, NAME).ok());
    let email = told.email.as_deref().and_then(|address| email::parse(address).ok());
    let user = User {
        id,
        email: email.map(|email| email.address).unwrap_or_default(),
        email_key: None,
        name: name.unwrap_or_else(|| id.to_string()),
        role,
        password_hash: None,
        is_active: true,
        created_at: now,
    };
    let tx = app.db.begin().await?;
    store::user::insert(&tx, user.clone()).await?;
    let identity = Identity { issuer: told.issuer.clone(), subject: told.subject.clone(), user_id: id };
    if store::identity::insert(&tx, identity).await? {
        change::append(&tx, NewChange { document_id: Some(id), ..event(Action::UserCreated, id, now) })
            .await?;
        tx.commit().await?;
        return Ok(user);
    }
    // Another request of theirs was faster.
    drop(tx);
    let first = store::identity::holder(&app.db, &told.issuer, &told.subject).await?;
    first.ok_or(ViewError::BadToken)
}

/// Gives an account the role that its issuer says; `None` when the account is gone.
async fn promoted(app: &App, user: User, role: Role) -> Result<Option<User>, StoreError> {
    let tx = app.db.begin().await?;
    let Some(user) = store::user::lock(&tx, user.id).await? else { return Ok(None) };
    if user.role == role || !user.is_active {
        return Ok(Some(user));
    }
    let user = User { role, ..user };
    store::user::update(&tx, user.clone()).await?;
    let fields = vec!["role".to_owned()];
    let event = event(Action::UserUpdated, user.id, app.now());
    change::append(&tx, NewChange { document_id: Some(user.id), fields, ..event }).await?;
    tx.commit().await?;
    Ok(Some(user))
}
