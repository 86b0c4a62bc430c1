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
                self.record.translation.slug.clone()
            }

            $($own)*
        }
    };
}
pub(crate) use live_object;
