//! Signing in, and who is asking.

mod mutation;
mod query;

use async_graphql::{Enum, ID, SimpleObject};

use super::editorial::ViewerKind;
use super::id;
use super::user::Role;
use crate::domain;
use crate::domain::access;
use crate::domain::view::Principal;

pub use mutation::{RevokePayload, SessionMutation, SessionPayload};
pub use query::SessionQuery;

/// Who is asking. Its id is not a user's id.
#[derive(SimpleObject)]
pub struct Viewer {
    /// Opaque, always the same for the same account, client or preview.
    id: ID,
    /// What kind of credentials these are.
    kind: ViewerKind,
    /// What to call them.
    name: String,
    /// What they may do, as it is at this moment; null for machines.
    role: Option<Role>,
    /// What the credentials allow, in the words that machines are given rights in.
    scopes: Vec<Scope>,
}

/// Rights of machines. Writing and publishing imply reading drafts; approving is for people.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::domain::access::Scope")]
pub enum Scope {
    /// Reads what is published.
    ContentRead,
    /// Reads drafts.
    DraftRead,
    /// Writes drafts.
    ContentWrite,
    /// Changes what readers see.
    ContentPublish,
}

impl Viewer {
    /// Whoever is behind the credentials of a request.
    #[must_use]
    pub fn of(viewer: &domain::view::Viewer) -> Self {
        Self {
            id: id::with_prefix("viewer", viewer.actor_id),
            kind: match viewer.principal {
                Principal::User { .. } => ViewerKind::User,
                Principal::ApiClient { .. } => ViewerKind::ApiClient,
                Principal::Preview => ViewerKind::Preview,
            },
            name: viewer.name.clone(),
            role: viewer.role().map(Role::from),
            scopes: access::scopes(viewer).into_iter().map(Scope::from).collect(),
        }
    }
}
