//! Accounts of people: who may sign in, and as what.

mod create;
mod reset;
#[cfg(test)]
mod tests;
mod update;

use chrono::{DateTime, Utc};
use entity::Id;
use entity::change::Action;

use super::access::{self, Denied, Right};
use super::account::AccountError;
use super::problem::{Problem, ProblemCode};
use super::view::Viewer;
use super::{email, text};
use crate::store::change::NewChange;
use crate::store::{Db, StoreError};

pub use crate::store::user::{all, by_id, count, count_active, page};
pub use create::{NewUser, create};
pub use entity::user::Model as User;
pub use reset::reset_password;
pub use update::{UserPatch, update};

/// Names are one line of at most 120 characters.
pub(super) const NAME: text::Kind = text::Kind { max: 120, multiline: false, markdown: false };

/// Who manages accounts and clients.
#[derive(Clone, Copy)]
pub enum Manager<'a> {
    /// Somebody over the network: needs the role ADMIN.
    Viewer(Option<&'a Viewer>),
    /// Whoever runs the server and types commands on its machine. What they make is recorded as made by the
    /// account itself.
    Operator,
}

impl Manager<'_> {
    /// Whether they may, before anything is looked up.
    pub(super) fn check(self) -> Result<(), Denied> {
        match self {
            Self::Viewer(viewer) => access::require(viewer, Right::Administer).map(drop),
            Self::Operator => Ok(()),
        }
    }

    /// Who goes on record for a change to an account, or to what it owns.
    pub(super) fn actor(self, user_id: Id) -> Result<Id, Denied> {
        match self {
            Self::Viewer(viewer) => access::require(viewer, Right::Administer).map(|viewer| viewer.actor_id),
            Self::Operator => Ok(user_id),
        }
    }
}

/// The account that somebody signs in to with an e-mail address, however it is written.
///
/// # Errors
/// The database's.
pub async fn by_email(db: &Db, address: &str) -> Result<Option<User>, StoreError> {
    crate::store::user::by_email_key(db, &email::key(address)).await
}

/// A constraint that two writes at once ran into, as the first check would have put it.
fn of_write(error: StoreError) -> AccountError {
    if crate::store::user::is_taken(&error) { taken().into() } else { error.into() }
}

fn taken() -> Problem {
    Problem::at(&["input", "email"], ProblemCode::Taken, "Another account has this e-mail address.")
}

/// A change of accounts and sessions that readers see nothing of.
pub(super) fn event(action: Action, actor_id: Id, at: DateTime<Utc>) -> NewChange {
    NewChange {
        document_id: None,
        node_kind: None,
        action,
        version: None,
        fields: Vec::new(),
        reason: None,
        actor_id,
        at,
        is_public: false,
    }
}
