//! Asking for statistics.

use async_graphql::{Context, Object};

use super::{Statistic, StatisticFilter, StatisticSort};
use crate::domain;
use crate::domain::read;
use crate::graphql::connection::{self, Connection, Paging};
use crate::graphql::content::{Doc, sight};
use crate::graphql::db;
use crate::graphql::error::Result;
use crate::graphql::scalar::LanguageTag;

/// Fields of `Query`.
#[derive(Default)]
pub struct StatisticQuery;

#[Object]
impl StatisticQuery {
    /// The statistic with this current slug: looked up in the wished languages in order, then in every other. Null when there is none.
    async fn statistic(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The last segment of its path.")] slug: String,
        #[graphql(desc = "Ordered wish list, at most 10; everything below inherits it.")] languages: Option<
            Vec<LanguageTag>,
        >,
    ) -> Option<Result<Statistic>> {
        let find = async {
            let sight = sight(ctx, languages)?;
            let record = read::by_slug::<domain::statistic::Statistic>(db(ctx), &sight.scope, &slug).await?;
            Ok(record.map(|record| Doc::new(&sight, record.into())))
        };
        find.await.transpose()
    }

    /// Statistics, by name unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "the contract's arguments")]
    async fn statistics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which statistics.")] filter: Option<StatisticFilter>,
        #[graphql(desc = "In which order.", default_with = "Some(StatisticSort::Name)")] sort: Option<
            StatisticSort,
        >,
        #[graphql(desc = "Ordered wish list, at most 10; everything below inherits it.")] languages: Option<
            Vec<LanguageTag>,
        >,
    ) -> Result<Connection<Statistic>> {
        let sight = sight(ctx, languages)?;
        let filter = filter.map(|filter| StatisticFilter::lower(&["filter"], filter)).transpose()?;
        let page = Paging { first, after, last, before }.page(
            sort.unwrap_or(StatisticSort::Name).into(),
            filter,
            connection::MAX,
        )?;
        connection::connect(ctx, &sight, page).await
    }
}
