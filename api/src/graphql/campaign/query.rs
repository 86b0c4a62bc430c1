//! Asking for campaigns.

use async_graphql::{Context, Object};

use super::{Campaign, CampaignFilter, CampaignSort};
use crate::domain;
use crate::domain::campaign::day_of;
use crate::domain::read;
use crate::graphql::connection::{self, Connection, Paging};
use crate::graphql::content::{Doc, sight};
use crate::graphql::error::Result;
use crate::graphql::scalar::LanguageTag;
use crate::graphql::{app, db};

/// Fields of `Query`.
#[derive(Default)]
pub struct CampaignQuery;

#[Object]
impl CampaignQuery {
    /// The campaign with this current slug: looked up in the wished languages in order, then in every other. Null when there is none.
    async fn campaign(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The last segment of its path.")] slug: String,
        #[graphql(desc = "Ordered wish list, at most 10; everything below inherits it.")] languages: Option<
            Vec<LanguageTag>,
        >,
    ) -> Option<Result<Campaign>> {
        let find = async {
            let sight = sight(ctx, languages)?;
            let record = read::by_slug::<domain::campaign::Campaign>(db(ctx), &sight.scope, &slug).await?;
            Ok(record.map(|record| Doc::new(&sight, record.into())))
        };
        find.await.transpose()
    }

    /// Campaigns, the next to come first unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "the contract's arguments")]
    async fn campaigns(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which campaigns.")] filter: Option<CampaignFilter>,
        #[graphql(desc = "In which order.", default_with = "Some(CampaignSort::NextOccurrence)")]
        sort: Option<CampaignSort>,
        #[graphql(desc = "Ordered wish list, at most 10; everything below inherits it.")] languages: Option<
            Vec<LanguageTag>,
        >,
    ) -> Result<Connection<Campaign>> {
        let sight = sight(ctx, languages)?;
        let filter = filter.map(|filter| CampaignFilter::lower(&["filter"], filter)).transpose()?;
        let today = || day_of(app(ctx), &sight.scope.at.look(), None);
        let sort = sort.unwrap_or(CampaignSort::NextOccurrence).on(today);
        let page = Paging { first, after, last, before }.page(sort, filter, connection::MAX)?;
        connection::connect(ctx, &sight, page).await
    }
}
