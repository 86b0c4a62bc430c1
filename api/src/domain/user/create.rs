//! Making an account.

use entity::change::Action;

use super::{AccountError, Manager, NAME, User, event, of_write, taken};
use crate::app::App;
use crate::domain::edit::Parsed;
use crate::domain::email::{self, Email};
use crate::domain::problem::Problem;
use crate::domain::view::Role;
use crate::domain::{password, text};
use crate::store::change::{self, NewChange};
use crate::store::{self, Db};

/// An account to be.
pub struct NewUser {
    /// Unique, however it is written.
    pub email: String,
    /// One line of 1 to 120 characters.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// 12 to 256 characters; without one nobody can sign in yet.
    pub password: Option<String>,
    /// Whether they may sign in.
    pub is_active: bool,
}

/// Makes an account.
///
/// # Errors
/// See [`AccountError`]; all problems at once.
pub async fn create(app: &App, db: &Db, manager: Manager<'_>, new: NewUser) -> Result<User, AccountError> {
    let id = app.ids.next();
    let actor_id = manager.actor(id)?;
    let NewUser { email, name, role, password, is_active } = new;
    let mut problems = Vec::new();
    let email = keep(&mut problems, "email", email::parse(&email))
        .unwrap_or(Email { address: email, key: String::new() });
    let name = keep(&mut problems, "name", text::parse(&name, NAME)).unwrap_or_default();
    if let Some(password) = &password {
        keep(&mut problems, "password", password::parse(password));
    }
    if store::user::by_email_key(db, &email.key).await?.is_some() {
        problems.push(taken());
    }
    if !problems.is_empty() {
        return Err(AccountError::Problems(problems));
    }
    let password_hash = match password {
        Some(password) => Some(app.hasher.hash(&password).await?),
        None => None,
    };
    let now = app.now();
    let Email { address, key } = email;
    let user = User {
        id,
        email: address,
        email_key: Some(key),
        name,
        role,
        password_hash,
        is_active,
        created_at: now,
    };
    let tx = db.begin().await?;
    store::user::insert(&tx, user.clone()).await.map_err(of_write)?;
    change::append(&tx, NewChange { document_id: Some(id), ..event(Action::UserCreated, actor_id, now) })
        .await?;
    tx.commit().await?;
    Ok(user)
}

/// The value, or its problem with the field's path.
fn keep<T>(problems: &mut Vec<Problem>, field: &str, parsed: Parsed<T>) -> Option<T> {
    parsed.map_err(|(code, message)| problems.push(Problem::at(&["input", field], code, message))).ok()
}
