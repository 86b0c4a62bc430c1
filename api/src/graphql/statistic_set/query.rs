//! Asking for statistic sets.

use async_graphql::{Context, Object};

use super::StatisticSet;
use crate::domain;
use crate::domain::read::{self, Sort, SortKey};
use crate::graphql::connection::{self, Connection, Paging};
use crate::graphql::content::{Doc, sight};
use crate::graphql::db;
use crate::graphql::error::Result;
use crate::graphql::scalar::LanguageTag;

/// Fields of `Query`.
#[derive(Default)]
pub struct StatisticSetQuery;

#[Object]
impl StatisticSetQuery {
    /// The set with this current slug: looked up in the wished languages in order, then in every other. Null when there is none.
    async fn statistic_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its slug.")] slug: String,
        #[graphql(desc = "Ordered wish list, at most 10; everything below inherits it.")] languages: Option<
            Vec<LanguageTag>,
        >,
    ) -> Option<Result<StatisticSet>> {
        let find = async {
            let sight = sight(ctx, languages)?;
            let record =
                read::by_slug::<domain::statistic_set::StatisticSet>(db(ctx), &sight.scope, &slug).await?;
            Ok(record.map(|record| Doc::new(&sight, record.into())))
        };
        find.await.transpose()
    }

    /// Statistic sets, by title in the reader's language.
    async fn statistic_sets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Ordered wish list, at most 10; everything below inherits it.")] languages: Option<
            Vec<LanguageTag>,
        >,
    ) -> Result<Connection<StatisticSet>> {
        let sight = sight(ctx, languages)?;
        let sort = Sort { by: SortKey::Title, descending: false };
        let page = Paging { first, after, last, before }.page(sort, None, connection::MAX)?;
        connection::connect(ctx, &sight, page).await
    }
}
