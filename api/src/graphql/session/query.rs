//! Who is asking.

use async_graphql::{Context, Object};

use super::Viewer;
use crate::graphql::view;

/// Fields of `Query`.
#[derive(Default)]
pub struct SessionQuery;

#[Object]
impl SessionQuery {
    /// Who the credentials belong to; null for an anonymous reader.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<Viewer> {
        view(ctx).viewer.as_ref().map(Viewer::of)
    }
}
