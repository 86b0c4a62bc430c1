//! Making a client.

use entity::change::Action;
use entity::value::List;

use super::edit::Edit;
use super::secret::{new_prefix, new_secret};
use super::{AccountError, ApiClient, ClientPatch, Issued};
use crate::app::App;
use crate::domain::access::{self, Denied, Right};
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::session::hash;
use crate::domain::user::{self, User, event};
use crate::domain::view::Viewer;
use crate::store::change::{self, NewChange};
use crate::store::{self, Db};

/// On whose account a client is made.
#[derive(Clone, Copy)]
pub enum Maker<'a> {
    /// Somebody over the network, who needs the role ADMIN: on their own.
    Viewer(Option<&'a Viewer>),
    /// Whoever runs the server and types commands on its machine: on the account with an e-mail address.
    Operator {
        /// However it is written.
        owner: &'a str,
    },
}

/// Makes a client; its name and its scopes must be said.
///
/// # Errors
/// See [`AccountError`]; all problems at once.
pub async fn create(
    app: &App,
    db: &Db,
    maker: Maker<'_>,
    patch: ClientPatch,
) -> Result<Issued, AccountError> {
    let owner = owner(db, maker).await?;
    let now = app.now();
    let prefix = new_prefix()?;
    let secret = new_secret(&prefix)?;
    let blank = ApiClient {
        id: app.ids.next(),
        owner_id: owner.id,
        name: String::new(),
        hash: hash(&secret),
        prefix,
        former_hash: None,
        former_until: None,
        scopes: List::default(),
        origins: List::default(),
        expires_at: None,
        last_used_on: None,
        revoked_at: None,
        created_at: now,
    };
    let mut edit = Edit::of(blank, owner.role);
    edit.carry(patch, now);
    let Edit { client, problems, .. } = edit;
    if !problems.is_empty() {
        return Err(AccountError::Problems(problems));
    }
    let tx = db.begin().await?;
    store::api_client::insert(&tx, client.clone()).await?;
    let event = event(Action::ClientCreated, owner.id, now);
    change::append(&tx, NewChange { document_id: Some(client.id), ..event }).await?;
    tx.commit().await?;
    Ok(Issued { client, secret })
}

async fn owner(db: &Db, maker: Maker<'_>) -> Result<User, AccountError> {
    match maker {
        Maker::Viewer(viewer) => {
            let viewer = access::require(viewer, Right::Administer)?;
            let account = store::user::by_id(db, viewer.actor_id).await?;
            Ok(account.ok_or(Denied::Unauthenticated)?)
        }
        Maker::Operator { owner } => {
            let account = user::by_email(db, owner).await?;
            let unknown = || {
                let message = "No active account has this e-mail address.";
                AccountError::from(Problem::at(&["input", "owner"], ProblemCode::NotFound, message))
            };
            account.filter(|account| account.is_active).ok_or_else(unknown)
        }
    }
}
