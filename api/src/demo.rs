//! The demonstration: content, and an account for each role with a password that lasts until the next start.

mod content;

use std::sync::Arc;

use thiserror::Error;

use self::content::Cast;
use crate::app::{App, CryptoError};
use crate::domain::account::AccountError;
use crate::domain::session;
use crate::domain::user::{self, Manager, NewUser};
use crate::domain::view::{Role, Viewer};
use crate::store::StoreError;

/// A sign-in that may be shown, because the demonstration serves this machine only.
pub struct SignIn {
    /// What it may do.
    pub role: Role,
    /// Its e-mail address.
    pub email: String,
    /// Made at this start.
    pub password: String,
}

/// Why there is no demonstration.
#[derive(Debug, Error)]
pub enum DemoError {
    /// An account cannot be made.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The content cannot be written.
    #[error(transparent)]
    Content(#[from] content::ContentError),
    /// No randomness, or hashing failed.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
}

/// Gives every role an account with a new password, in the order of the roles, and writes the content where
/// there is none.
///
/// # Errors
/// The first thing that cannot be done.
pub async fn prepare(app: &Arc<App>) -> Result<Vec<SignIn>, DemoError> {
    let mut sign_ins = Vec::with_capacity(Role::ALL.len());
    for &role in Role::ALL {
        sign_ins.push(account(app, role).await?);
    }
    let account = async |role| crate::store::user::by_email_key(&app.db, &email(role)).await;
    if let (Some(admin), Some(lead)) = (account(Role::Admin).await?, account(Role::SafeguardingLead).await?) {
        let cast = Cast { editor: Viewer::of_user(admin, None), lead: Viewer::of_user(lead, None) };
        content::write(app, cast).await?;
    }
    Ok(sign_ins)
}

fn slug(role: Role) -> String {
    role.as_str().to_ascii_lowercase().replace('_', "-")
}

fn email(role: Role) -> String {
    format!("{}@demo.example", slug(role))
}

async fn account(app: &App, role: Role) -> Result<SignIn, DemoError> {
    let email = email(role);
    let password = session::random_text::<12>()?;
    let is_reset = user::reset_password(app, &app.db, &email, &password).await?;
    if !is_reset {
        let name = format!("Demo {}", slug(role).replace('-', " "));
        let new =
            NewUser { email: email.clone(), name, role, password: Some(password.clone()), is_active: true };
        user::create(app, &app.db, Manager::Operator, new).await?;
    }
    Ok(SignIn { role, email, password })
}
