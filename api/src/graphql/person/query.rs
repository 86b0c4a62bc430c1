//! Asking for people.

use async_graphql::{Context, Object};

use super::Person;
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
pub struct PersonQuery;

#[Object]
impl PersonQuery {
    /// The person with this current slug: looked up in the wished languages in order, then in every other. Null when
    /// there is none, and for readers while nothing published is theirs.
    async fn person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The last segment of its path.")] slug: String,
        #[graphql(desc = "Ordered wish list, at most 10; everything below inherits it.")] languages: Option<
            Vec<LanguageTag>,
        >,
    ) -> Option<Result<Person>> {
        let find = async {
            let sight = sight(ctx, languages)?;
            let record = read::by_slug::<domain::person::Person>(db(ctx), &sight.scope, &slug).await?;
            Ok(record.map(|record| Doc::new(&sight, record.into())))
        };
        find.await.transpose()
    }

    /// People of whom something is published, by name.
    async fn people(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Ordered wish list, at most 10; everything below inherits it.")] languages: Option<
            Vec<LanguageTag>,
        >,
    ) -> Result<Connection<Person>> {
        let sight = sight(ctx, languages)?;
        let page = Paging { first, after, last, before }.page(BY_NAME, None, connection::MAX)?;
        connection::connect(ctx, &sight, page).await
    }
}
