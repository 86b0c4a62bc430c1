//! Giving an account another password from the server's own machine.

use entity::change::Action;

use super::{AccountError, by_email, event};
use crate::app::App;
use crate::store::{self, Db};

/// Gives the account with an address another password and ends its sessions; whether there is such an account.
/// The password is not checked: whoever calls this made it.
///
/// # Errors
/// The hasher's or the database's.
pub async fn reset_password(app: &App, db: &Db, address: &str, password: &str) -> Result<bool, AccountError> {
    let Some(user) = by_email(db, address).await? else { return Ok(false) };
    let hash = app.hasher.hash(password).await?;
    let now = app.now();
    let tx = db.begin().await?;
    if !store::user::replace_password(&tx, &user, hash).await? {
        return Ok(false);
    }
    store::session::revoke_others(&tx, user.id, None, now).await?;
    store::change::append(&tx, event(Action::PasswordChanged, user.id, now)).await?;
    tx.commit().await?;
    Ok(true)
}
