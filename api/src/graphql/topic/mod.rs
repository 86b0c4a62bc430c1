//! Topics: object here, inputs, queries and mutations beside.

mod input;
mod mutation;
mod query;

use async_graphql::{Context, ID};

pub use mutation::TopicMutation;
pub use query::TopicQuery;

use super::connection::{self, Connection, Paging};
use super::content::Translation;
use super::error::Result;
use super::list::List;
use super::live::live_object;
use super::mention::Linked;
use super::post::{Post, PostFilter, PostSort};
use super::scalar::{LanguageTag, URL};
use crate::domain;
use crate::domain::read::Field;

/// A topic in a view.
pub type Topic = super::content::Doc<domain::topic::Topic>;

live_object! {
    /// A subject that content is about. Readers see it while something published is on it.
    "Topic" for domain::topic::Topic {
        /// `id`, language and stage in one: the key for normalised client caches, where one topic in two languages must not mix.
        async fn cache_key(&self) -> ID {
            self.key()
        }

        /// Where readers of content on it can turn, in order. At most 50.
        async fn channels(&self, ctx: &Context<'_>) -> Result<List<Linked<domain::contact_channel::ContactChannel>>> {
            self.linked(ctx, Field::Channels).await
        }

        /// What it is called.
        async fn name(&self) -> &str {
            &self.record.name.title
        }

        /// What it is about, in a sentence or two; null unless written.
        async fn description(&self) -> Option<&str> {
            self.record.text.description.as_deref()
        }

        /// The language of the values here: the first of the requested languages that exists.
        async fn language(&self) -> LanguageTag {
            LanguageTag(self.record.name.language.clone())
        }

        /// True when `language` is not the first one asked for.
        async fn is_fallback(&self) -> bool {
            self.falls_back()
        }

        /// Every language it can be read in, the default language first; at most one for each of the site's languages.
        async fn translations(&self, ctx: &Context<'_>) -> Result<Vec<Translation>> {
            self.languages(ctx).await
        }

        /// Whether content on it needs a signpost and sign-off.
        async fn is_sensitive(&self) -> bool {
            self.record.row.is_sensitive
        }

        /// Posts on it, newest first unless sorted otherwise.
        #[expect(clippy::too_many_arguments, reason = "the contract's arguments")]
        async fn posts(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
            #[graphql(desc = "Start after this cursor.")] after: Option<String>,
            #[graphql(desc = "How many from the end, 1 to 100; not together with `first`.")] last: Option<i32>,
            #[graphql(desc = "End before this cursor.")] before: Option<String>,
            #[graphql(desc = "Which posts.")] filter: Option<PostFilter>,
            #[graphql(desc = "In which order.", default_with = "Some(PostSort::Newest)")] sort: Option<PostSort>,
        ) -> Result<Connection<Post>> {
            let filter = filter.map(|filter| PostFilter::lower(&["filter"], filter)).transpose()?;
            let sort = sort.unwrap_or(PostSort::Newest).into();
            let page = Paging { first, after, last, before }.page(sort, filter, connection::MAX)?;
            Box::pin(connection::connect_to(ctx, &self.sight, Field::Topics, self.document_id(), page)).await
        }

        /// The page of the topic.
        async fn url(&self, ctx: &Context<'_>) -> Option<URL> {
            self.address(ctx)
        }

        /// `url` without the origin, for routers.
        async fn path(&self, ctx: &Context<'_>) -> Option<String> {
            self.page(ctx)
        }
    }
}
