//! Changing an account.

use entity::Id;
use entity::change::Action;

use super::{AccountError, Manager, NAME, User, event, of_write, taken};
use crate::app::App;
use crate::domain::edit::{Parsed, Patch};
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::view::Role;
use crate::domain::{email, password, text};
use crate::store::change::{self, NewChange};
use crate::store::{self, Db, StoreError, Tx};

/// What of an account is to change.
#[derive(Default)]
pub struct UserPatch {
    /// Unique, however it is written; cannot be cleared.
    pub email: Patch<String>,
    /// One line of 1 to 120 characters; cannot be cleared.
    pub name: Patch<String>,
    /// Counts from the next request on; cannot be cleared.
    pub role: Patch<Role>,
    /// 12 to 256 characters. Setting or clearing it ends every session of the account.
    pub password: Patch<String>,
    /// Switching off counts from the next request on, and ends every session, client and preview of the account; cannot be cleared.
    pub is_active: Patch<bool>,
}

/// An account under change.
struct Change {
    user: User,
    problems: Vec<Problem>,
    fields: Vec<String>,
}

/// Changes an account.
///
/// # Errors
/// See [`AccountError`]; all problems at once.
pub async fn update(
    app: &App,
    db: &Db,
    manager: Manager<'_>,
    id: Option<Id>,
    patch: UserPatch,
) -> Result<User, AccountError> {
    manager.check()?;
    // Before the transaction, which must not wait for it.
    let hash = match &patch.password {
        Patch::Set(password) if password::parse(password).is_ok() => Some(app.hasher.hash(password).await?),
        _ => None,
    };
    let tx = db.begin().await?;
    let admins = store::user::lock_admins(&tx).await?;
    let before = match id {
        Some(id) => store::user::lock(&tx, id).await?,
        None => None,
    };
    let before = before.ok_or_else(not_found)?;
    let actor_id = manager.actor(before.id)?;
    let mut change = Change { user: before.clone(), problems: Vec::new(), fields: Vec::new() };
    change.carry(patch, hash);
    change.check(&tx, &before, &admins).await?;
    if !change.problems.is_empty() {
        return Err(AccountError::Problems(change.problems));
    }
    if change.user != before {
        write(&tx, &change, actor_id, app.now()).await?;
        tx.commit().await?;
    }
    Ok(change.user)
}

fn not_found() -> AccountError {
    AccountError::Problems(vec![Problem::at(&["id"], ProblemCode::NotFound, "There is no such account.")])
}

async fn write(
    tx: &Tx,
    change: &Change,
    actor_id: Id,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), AccountError> {
    let Change { user, fields, .. } = change;
    store::user::update(tx, user.clone()).await.map_err(of_write)?;
    if !user.is_active {
        store::api_client::revoke_of(tx, user.id, now).await?;
        store::preview::revoke_of(tx, user.id, now).await?;
    }
    if !user.is_active || fields.iter().any(|field| field == "password") {
        store::session::revoke_others(tx, user.id, None, now).await?;
    }
    let event = event(Action::UserUpdated, actor_id, now);
    Ok(change::append(tx, NewChange { document_id: Some(user.id), fields: fields.clone(), ..event }).await?)
}

impl Change {
    /// Carries the patch in, gathering what is wrong with it.
    fn carry(&mut self, patch: UserPatch, hash: Option<String>) {
        let UserPatch { email, name, role, password, is_active } = patch;
        if let Some(email) = self.parsed("email", email, |text| email::parse(&text)) {
            self.note("email", self.user.email != email.address || self.user.email_key.is_none());
            (self.user.email, self.user.email_key) = (email.address, Some(email.key));
        }
        if let Some(name) = self.parsed("name", name, |text| text::parse(&text, NAME)) {
            self.note("name", self.user.name != name);
            self.user.name = name;
        }
        if let Some(role) = self.parsed("role", role, Ok) {
            self.note("role", self.user.role != role);
            self.user.role = role;
        }
        if let Some(is_active) = self.parsed("isActive", is_active, Ok) {
            self.note("isActive", self.user.is_active != is_active);
            self.user.is_active = is_active;
        }
        match password {
            Patch::Absent => {}
            Patch::Clear => {
                self.note("password", self.user.password_hash.is_some());
                self.user.password_hash = None;
            }
            set @ Patch::Set(_) => {
                if self.parsed("password", set, |text| password::parse(&text).map(drop)).is_some() {
                    self.note("password", true);
                    self.user.password_hash = hash;
                }
            }
        }
    }

    /// What only the database knows: whether the address is free, and whether an administrator would be left.
    async fn check(&mut self, tx: &Tx, before: &User, admins: &[Id]) -> Result<(), StoreError> {
        let user = &self.user;
        if let Some(key) = user.email_key.as_ref().filter(|_| user.email_key != before.email_key)
            && store::user::by_email_key(tx, key).await?.is_some()
        {
            self.problems.push(taken());
        }
        let is_admin = self.user.is_active && self.user.role == Role::Admin;
        if admins == [before.id] && !is_admin {
            let field = if self.user.role == Role::Admin { "isActive" } else { "role" };
            let message = "This is the last active account with the role ADMIN. Make another one first.";
            self.problems.push(Problem::at(&["input", field], ProblemCode::NotAllowedInState, message));
        }
        Ok(())
    }

    /// The value of a field that cannot be cleared, if it is set and right.
    fn parsed<I, T>(
        &mut self,
        field: &str,
        patch: Patch<I>,
        parse: impl FnOnce(I) -> Parsed<T>,
    ) -> Option<T> {
        let parsed = match patch {
            Patch::Absent => return None,
            Patch::Clear => Err((ProblemCode::Required, "This cannot be cleared.".to_owned())),
            Patch::Set(input) => parse(input),
        };
        parsed
            .map_err(|(code, message)| self.problems.push(Problem::at(&["input", field], code, message)))
            .ok()
    }

    fn note(&mut self, field: &str, is_changed: bool) {
        if is_changed {
            self.fields.push(field.to_owned());
        }
    }
}
