//! Asking for accounts.

use async_graphql::{Context, Object};

use super::User;
use crate::domain;
use crate::domain::Id;
use crate::domain::access::{self, Right};
use crate::graphql::connection::{self, Connection, OLDEST, Paging};
use crate::graphql::error::Result;
use crate::graphql::{db, view};

/// Fields of `Query`.
#[derive(Default)]
pub struct UserQuery;

#[Object]
impl UserQuery {
    /// Accounts, the oldest first. Null with FORBIDDEN without the role ADMIN.
    async fn users(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
    ) -> Option<Result<Connection<User>>> {
        Some(list(ctx, Paging { first, after, ..Paging::default() }).await)
    }
}

async fn list(ctx: &Context<'_>, paging: Paging) -> Result<Connection<User>> {
    access::require(view(ctx).viewer.as_ref(), Right::Administer)?;
    let page = paging.page(OLDEST, None, connection::MAX)?;
    let slice = domain::user::page(db(ctx), &page).await?;
    let total = if connection::is_counted(ctx) { domain::user::count(db(ctx)).await? } else { 0 };
    Ok(Connection::of(ctx, &slice, &page, total, |user| User::from(user.clone())))
}

/// An account by its id, for those with the role ADMIN.
///
/// # Errors
/// The database's.
pub async fn find(ctx: &Context<'_>, id: Id) -> Result<Option<User>> {
    if !access::has(view(ctx).viewer.as_ref(), Right::Administer) {
        return Ok(None);
    }
    Ok(domain::user::by_id(db(ctx), id).await?.map(User::from))
}
