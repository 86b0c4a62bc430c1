//! Asking for sources.

use async_graphql::{Context, Object};

use super::Source;
use crate::domain;
use crate::domain::read::{self, Sort, SortKey};
use crate::graphql::connection::{self, Connection, Paging};
use crate::graphql::content::Doc;
use crate::graphql::error::Result;
use crate::graphql::{db, view};

/// By title.
const BY_TITLE: Sort = Sort { by: SortKey::Title, descending: false };

/// Fields of `Query`.
#[derive(Default)]
pub struct SourceQuery;

#[Object]
impl SourceQuery {
    /// The source with this current slug. Null when there is none, and for readers while no published figure is from it.
    async fn source(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its slug.")] slug: String,
    ) -> Option<Result<Source>> {
        let find = async {
            let record = read::by_slug::<domain::source::Source>(db(ctx), &view(ctx).scope, &slug).await?;
            Ok(record.map(|record| Doc::new(view(ctx), record.into())))
        };
        find.await.transpose()
    }

    /// Sources that a published figure is from, by title.
    async fn sources(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Source>> {
        let page = Paging { first, after, last, before }.page(BY_TITLE, None, connection::MAX)?;
        connection::connect(ctx, view(ctx), page).await
    }
}
