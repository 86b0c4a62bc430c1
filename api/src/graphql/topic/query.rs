//! Asking for topics.

use async_graphql::{Context, Object};

use super::Topic;
use crate::domain;
use crate::domain::read::{self, Sort, SortKey};
use crate::graphql::connection::{self, Connection, Paging};
use crate::graphql::content::{Doc, sight};
use crate::graphql::db;
use crate::graphql::error::Result;
use crate::graphql::scalar::LanguageTag;

/// By name in the reader's language.
const BY_NAME: Sort = Sort { by: SortKey::Title, descending: false };

/// Fields of `Query`.
#[derive(Default)]
pub struct TopicQuery;

#[Object]
impl TopicQuery {
    /// The topic with this current slug: looked up in the wished languages in order, then in every other. Null when
    /// there is none, and for readers while nothing published is on it.
    async fn topic(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The last segment of its path.")] slug: String,
        #[graphql(desc = "Ordered wish list, at most 10; everything below inherits it.")] languages: Option<
            Vec<LanguageTag>,
        >,
    ) -> Option<Result<Topic>> {
        let find = async {
            let sight = sight(ctx, languages)?;
            let record = read::by_slug::<domain::topic::Topic>(db(ctx), &sight.scope, &slug).await?;
            Ok(record.map(|record| Doc::new(&sight, record.into())))
        };
        find.await.transpose()
    }

    /// Topics that something published is on, by name.
    async fn topics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Ordered wish list, at most 10; everything below inherits it.")] languages: Option<
            Vec<LanguageTag>,
        >,
    ) -> Result<Connection<Topic>> {
        let sight = sight(ctx, languages)?;
        let page = Paging { first, after, last, before }.page(BY_NAME, None, connection::MAX)?;
        connection::connect(ctx, &sight, page).await
    }
}
