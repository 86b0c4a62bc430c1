//! Writing sources.

use async_graphql::{Context, ID, Object, SimpleObject};

use super::Source;
use super::input::{SourceCreateInput, SourceUpdateInput};
use crate::domain;
use crate::domain::save::{Target, save};
use crate::graphql::error::Result;
use crate::graphql::lower::Lower;
use crate::graphql::payload::{self, UserError, manner, outcome, shown};
use crate::graphql::{app, db, view};

/// What became of a source.
#[derive(SimpleObject)]
pub struct SourcePayload {
    /// The source as it is now; null with any user error but a conflict.
    source: Option<Source>,
    /// What was wrong; with any, nothing was saved.
    user_errors: Vec<UserError>,
}

impl SourcePayload {
    async fn save(ctx: &Context<'_>, target: Target, patch: domain::source::SourcePatch) -> Result<Self> {
        let saved =
            save::<domain::source::Source>(app(ctx), db(ctx), view(ctx), target, patch, manner(None, None)?)
                .await;
        let outcome = outcome(saved)?;
        Ok(Self {
            source: shown(ctx, &payload::sight(ctx, None), outcome.id).await?,
            user_errors: outcome.user_errors,
        })
    }
}

/// Fields of `Mutation`.
#[derive(Default)]
pub struct SourceMutation;

#[Object]
impl SourceMutation {
    /// Writes a new source. It has no draft: readers see it as soon as a published figure is from it. Needs the role AUTHOR.
    async fn source_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it says.")] input: SourceCreateInput,
    ) -> Result<SourcePayload> {
        SourcePayload::save(ctx, Target::New, input.lower()).await
    }

    /// Changes a source. It has no draft: readers see the change at once. Needs the role EDITOR.
    async fn source_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which source.")] id: ID,
        #[graphql(desc = "The `version` that the edit was based on.")] expected_version: i32,
        #[graphql(desc = "What changes.")] input: SourceUpdateInput,
    ) -> Result<SourcePayload> {
        let target = Target::Existing { id: id.lower(), expected_version };
        SourcePayload::save(ctx, target, input.lower()).await
    }
}
