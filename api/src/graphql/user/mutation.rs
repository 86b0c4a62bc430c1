//! Managing accounts.

use async_graphql::{Context, ID, Object, SimpleObject};

use super::input::{UserCreateInput, UserUpdateInput};
use super::{PREFIX, User};
use crate::domain::account::AccountError;
use crate::domain::user::{self, Manager};
use crate::graphql::error::Result;
use crate::graphql::lower::Lower;
use crate::graphql::payload::{UserError, refused};
use crate::graphql::{app, db, id, view};

/// What became of an account.
#[derive(SimpleObject)]
pub struct UserPayload {
    /// The account as it is now; null with any user error.
    user: Option<User>,
    /// What was wrong; with any, nothing was saved.
    user_errors: Vec<UserError>,
}

impl UserPayload {
    fn of(result: Result<user::User, AccountError>) -> Result<Self> {
        match result {
            Ok(user) => Ok(Self { user: Some(user.into()), user_errors: Vec::new() }),
            Err(error) => Ok(Self { user: None, user_errors: refused(error)? }),
        }
    }
}

/// Fields of `Mutation`.
#[derive(Default)]
pub struct UserMutation;

#[Object]
impl UserMutation {
    /// Makes an account. Needs the role ADMIN.
    async fn user_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account to be.")] input: UserCreateInput,
    ) -> Result<UserPayload> {
        let manager = Manager::Viewer(view(ctx).viewer.as_ref());
        UserPayload::of(user::create(app(ctx), db(ctx), manager, input.lower()).await)
    }

    /// Changes an account. Needs the role ADMIN.
    async fn user_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account.")] id: ID,
        #[graphql(desc = "What changes.")] input: UserUpdateInput,
    ) -> Result<UserPayload> {
        let manager = Manager::Viewer(view(ctx).viewer.as_ref());
        let id = id::part(&id, PREFIX);
        UserPayload::of(user::update(app(ctx), db(ctx), manager, id, input.lower()).await)
    }
}
