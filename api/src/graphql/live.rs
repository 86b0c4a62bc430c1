//! What topics, people and sources have in common: no drafts of their own, so that each save is live, and
//! a reader sees them while something published refers to them.

use async_graphql::Context;

use super::app;
use super::content::Doc;
use super::scalar::URL;
use crate::domain::path;
use crate::domain::read::Noun;

impl<N: Noun> Doc<N> {
    /// Where readers find it, with the site's origin.
    pub(super) fn address(&self, ctx: &Context<'_>) -> Option<URL> {
        self.page(ctx).map(|page| URL(path::url(app(ctx), &page)))
    }
}

/// Declares the object of a kind without drafts: the fields that all of them have, and its own.
macro_rules! live_object {
    ($(#[$meta:meta])* $name:literal for $noun:ty { $($own:tt)* }) => {
        $(#[$meta])*
        #[async_graphql::Object(name = $name)]
        impl $crate::graphql::content::Doc<$noun> {
            /// Opaque; names its type and never changes.
            pub(super) async fn id(&self) -> async_graphql::ID {
                $crate::graphql::id::of(<$noun as $crate::domain::read::Noun>::KIND, self.document_id())
            }

            /// Number of the last save, from 1; every write names the one it was based on.
            async fn version(&self) -> i32 {
                self.record.document.version
            }

            /// Unique per type and language; kept when the title or name changes.
            async fn slug(&self) -> String {
                self.record.name.slug.clone()
            }

            /// Every save, the newest first; null without the right to read drafts.
            async fn revisions(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
                #[graphql(desc = "Start after this cursor.")] after: Option<String>,
                #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
                #[graphql(desc = "End before this cursor.")] before: Option<String>,
            ) -> Option<$crate::graphql::error::Result<$crate::graphql::connection::Connection<$crate::graphql::revision::Revision>>> {
                let paging = $crate::graphql::connection::Paging { first, after, last, before };
                Box::pin($crate::graphql::revision::if_seen(ctx, self.document_id(), paging)).await
            }

            $($own)*
        }
    };
}
pub(crate) use live_object;
