//! Signing in, and who is asking.

mod mutation;
mod query;

use async_graphql::{Enum, ID, SimpleObject};

use super::editorial::ViewerKind;
use super::id;
use super::user::Role;
use crate::domain;
use crate::domain::access::{self, Right};

pub use mutation::{RevokePayload, SessionMutation, SessionPayload};
pub use query::SessionQuery;

/// Who is asking. Its id is not a user's id.
#[derive(SimpleObject)]
pub struct Viewer {
    /// Opaque, the same in every session of one account.
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

/// Rights. Writing implies reading drafts; approving is for people.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
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
    /// A person.
    #[must_use]
    pub fn of(viewer: &domain::view::Viewer) -> Self {
        let allowed = |(right, scope)| access::has(Some(viewer), right).then_some(scope);
        let rights = [
            (Right::ReadDrafts, Scope::DraftRead),
            (Right::Write, Scope::ContentWrite),
            (Right::Publish, Scope::ContentPublish),
        ];
        Self {
            id: id::with_prefix("viewer", viewer.user_id),
            kind: ViewerKind::User,
            name: viewer.name.clone(),
            role: Some(viewer.role.into()),
            scopes: std::iter::once(Scope::ContentRead)
                .chain(rights.into_iter().filter_map(allowed))
                .collect(),
        }
    }
}
