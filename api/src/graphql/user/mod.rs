//! Accounts of people.

mod input;
mod mutation;
mod query;

use async_graphql::{ComplexObject, Enum, ID, SimpleObject};

use super::id;
use crate::domain;

pub use input::{UserCreateInput, UserUpdateInput};
pub use mutation::{UserMutation, UserPayload};
pub use query::{UserQuery, find};

/// What the id of an account begins with.
pub const PREFIX: &str = "user";

/// What a person may do; each role may do all that the ones before it may.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::domain::view::Role")]
pub enum Role {
    /// Reads drafts.
    Viewer,
    /// Writes drafts.
    Author,
    /// Publishes.
    Editor,
    /// Signs off sensitive content.
    SafeguardingLead,
    /// Manages people and the site.
    Admin,
}

/// An account. Seen by those with the role ADMIN.
#[derive(Clone, SimpleObject)]
#[graphql(complex)]
pub struct User {
    /// As it was given, unique among those who sign in with it; for others what their identity provider told, which may be nothing.
    email: String,
    /// What to call them; others see it beside what they wrote.
    name: String,
    /// What they may do.
    role: Role,
    /// Whether they may sign in.
    is_active: bool,
    #[graphql(skip)]
    account: domain::Id,
}

#[ComplexObject]
impl User {
    /// Opaque, always the same for the same account.
    pub async fn id(&self) -> ID {
        id::with_prefix(PREFIX, self.account)
    }
}

impl From<domain::user::User> for User {
    fn from(user: domain::user::User) -> Self {
        let domain::user::User {
            id,
            email,
            name,
            role,
            is_active,
            email_key: _,
            password_hash: _,
            created_at: _,
        } = user;
        Self { account: id, email, name, role: role.into(), is_active }
    }
}
