//! People: object here, inputs, queries and mutations beside.

mod input;
mod mutation;
mod query;

use async_graphql::Context;

pub use mutation::PersonMutation;
pub use query::PersonQuery;

use super::connection::{self, Connection, Paging};
use super::content::Direction;
use super::error::Result;
use super::live::live_object;
use super::post::{Post, PostSort};
use super::rich_text::RichText;
use super::scalar::{LanguageTag, URL};
use crate::domain;
use crate::domain::read::Field;

/// A person in a view.
pub type Person = super::content::Doc<domain::person::Person>;

live_object! {
    /// Somebody who writes, by their own name or another. Readers see them while something published is theirs.
    "Person" for domain::person::Person {
        /// What they are called.
        async fn name(&self) -> &str {
            &self.record.name.title
        }

        /// The language of the values here: the first of the requested languages that exists.
        async fn language(&self) -> LanguageTag {
            LanguageTag(self.record.name.language.clone())
        }

        /// Writing direction of `language`.
        async fn direction(&self) -> Direction {
            Direction::of(&self.record.name.language)
        }

        /// What they do; null unless written.
        async fn role(&self) -> Option<&str> {
            self.record.text.role.as_deref()
        }

        /// Who they are; null unless written.
        async fn bio(&self) -> Option<RichText> {
            let bio = self.record.text.bio.as_deref()?;
            Some(self.rich_text(bio))
        }

        /// Whether the name is not their own; null without the right to read drafts.
        async fn is_pseudonym(&self) -> Option<bool> {
            self.sight.reads_drafts().then_some(self.record.row.is_pseudonym)
        }

        /// What they wrote, newest first.
        async fn posts(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
            #[graphql(desc = "Start after this cursor.")] after: Option<String>,
            #[graphql(desc = "How many from the end, 1 to 100; not together with `first`.")] last: Option<i32>,
            #[graphql(desc = "End before this cursor.")] before: Option<String>,
        ) -> Result<Connection<Post>> {
            let page = Paging { first, after, last, before }.page(PostSort::Newest.into(), None, connection::MAX)?;
            Box::pin(connection::connect_to(ctx, &self.sight, Field::Authors, self.document_id(), page)).await
        }

        /// The page of the person.
        async fn url(&self, ctx: &Context<'_>) -> Option<URL> {
            self.address(ctx)
        }

        /// `url` without the origin, for routers.
        async fn path(&self, ctx: &Context<'_>) -> Option<String> {
            self.page(ctx)
        }
    }
}
