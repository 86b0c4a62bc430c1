//! Clients that are machines: websites, apps, importers.
//!
//! Each is lent rights by its owner, never more than the owner has at the moment of a request, and ends with the
//! owner's account. Its secret is shown once and kept as a hash; the prefix tells which client a leaked one is of.

mod authenticate;
mod create;
mod edit;
mod revoke;
mod rotate;
mod secret;
mod update;

use entity::Id;

use super::access::Scope;
use super::account::AccountError;
use super::edit::Patch;
use super::problem::{Problem, ProblemCode};
use crate::store::{self, Tx};

pub use crate::store::api_client::{all, by_id, count, origins, page};
pub use authenticate::authenticate;
pub use create::{Maker, create};
pub use entity::api_client::Model as ApiClient;
pub use revoke::revoke;
pub use rotate::rotate;
pub use secret::is_secret;
pub use update::update;

/// What of a client is to change, or what a new one is to be.
#[derive(Default)]
pub struct ClientPatch {
    /// One line of 1 to 120 characters; cannot be cleared.
    pub name: Patch<String>,
    /// At least one, none beyond the owner's rights; cannot be cleared.
    pub scopes: Patch<Vec<Scope>>,
    /// Whose pages may use it from a browser; at most 50.
    pub origins: Patch<Vec<String>>,
    /// From when on it is refused, in the future; never when cleared.
    pub expires_at: Patch<String>,
}

/// A client and the secret that is shown once.
#[derive(Debug)]
pub struct Issued {
    /// As it is now.
    pub client: ApiClient,
    /// For the header `Authorization: Bearer`.
    pub secret: String,
}

/// A client that is to change, locked.
async fn lock(tx: &Tx, id: Option<Id>) -> Result<ApiClient, AccountError> {
    let found = match id {
        Some(id) => store::api_client::lock(tx, id).await?,
        None => None,
    };
    let not_found = || Problem::at(&["id"], ProblemCode::NotFound, "There is no such client.");
    found.ok_or_else(|| AccountError::from(not_found()))
}

/// The same, if it was not ended.
async fn lock_active(tx: &Tx, id: Option<Id>) -> Result<ApiClient, AccountError> {
    let client = lock(tx, id).await?;
    if client.revoked_at.is_some() {
        let message = "This client was ended. Make another one.";
        return Err(AccountError::from(Problem::at(&["id"], ProblemCode::NotAllowedInState, message)));
    }
    Ok(client)
}
