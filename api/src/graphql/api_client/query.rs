//! Asking for clients.

use async_graphql::{Context, Object};

use super::ApiClient;
use crate::domain;
use crate::domain::Id;
use crate::domain::access::{self, Right};
use crate::graphql::connection::{self, Connection, OLDEST, Paging};
use crate::graphql::error::Result;
use crate::graphql::{db, view};

/// Fields of `Query`.
#[derive(Default)]
pub struct ApiClientQuery;

#[Object]
impl ApiClientQuery {
    /// Clients, the oldest first, those that were ended among them. Null with FORBIDDEN without the role ADMIN.
    async fn api_clients(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
    ) -> Option<Result<Connection<ApiClient>>> {
        Some(list(ctx, Paging { first, after, ..Paging::default() }).await)
    }
}

async fn list(ctx: &Context<'_>, paging: Paging) -> Result<Connection<ApiClient>> {
    access::require(view(ctx).viewer.as_ref(), Right::Administer)?;
    let page = paging.page(OLDEST, None, connection::MAX)?;
    let slice = domain::api_client::page(db(ctx), &page).await?;
    let total = if connection::is_counted(ctx) { domain::api_client::count(db(ctx)).await? } else { 0 };
    Ok(Connection::of(ctx, &slice, &page, total, |client| ApiClient::from(client.clone())))
}

/// A client by its id, for those with the role ADMIN.
///
/// # Errors
/// The database's.
pub async fn find(ctx: &Context<'_>, id: Id) -> Result<Option<ApiClient>> {
    if !access::has(view(ctx).viewer.as_ref(), Right::Administer) {
        return Ok(None);
    }
    Ok(domain::api_client::by_id(db(ctx), id).await?.map(ApiClient::from))
}
