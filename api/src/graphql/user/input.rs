//! What is written about accounts.

use async_graphql::{InputObject, MaybeUndefined};

use super::Role;
use crate::domain;
use crate::domain::user::{NewUser, UserPatch};
use crate::graphql::lower::Lower;

/// A new account.
#[derive(InputObject)]
pub struct UserCreateInput {
    /// Where they are reached, and what they sign in with; at most 254 bytes. Another account's gives `TAKEN`, however it is written.
    email: String,
    /// What to call them: one line of 1 to 120 characters.
    name: String,
    /// What they may do.
    role: Role,
    /// 12 to 256 characters. Without one nobody can sign in to the account yet.
    password: Option<String>,
    /// Whether they may sign in; true unless said otherwise.
    is_active: Option<bool>,
}

/// What of an account changes. What is left out stays.
#[derive(InputObject)]
pub struct UserUpdateInput {
    /// Another address; at most 254 bytes. Cannot be null.
    email: MaybeUndefined<String>,
    /// Another name: one line of 1 to 120 characters. Cannot be null.
    name: MaybeUndefined<String>,
    /// Another role, from the next request on. Cannot be null. The last active ADMIN keeps it: `NOT_ALLOWED_IN_STATE`.
    role: MaybeUndefined<Role>,
    /// Another password, of 12 to 256 characters; null takes it away. Either ends every session of the account.
    password: MaybeUndefined<String>,
    /// False switches the account off from the next request on and ends its sessions. Cannot be null. The last active ADMIN stays on: `NOT_ALLOWED_IN_STATE`.
    is_active: MaybeUndefined<bool>,
}

impl Lower<domain::view::Role> for Role {
    fn lower(self) -> domain::view::Role {
        self.into()
    }
}

impl Lower<NewUser> for UserCreateInput {
    fn lower(self) -> NewUser {
        let Self { email, name, role, password, is_active } = self;
        NewUser { email, name, role: role.into(), password, is_active: is_active.unwrap_or(true) }
    }
}

impl Lower<UserPatch> for UserUpdateInput {
    fn lower(self) -> UserPatch {
        let Self { email, name, role, password, is_active } = self;
        UserPatch {
            email: email.lower(),
            name: name.lower(),
            role: role.lower(),
            password: password.lower(),
            is_active: is_active.lower(),
        }
    }
}
