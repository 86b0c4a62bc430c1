//! Writing statistic sets.

use async_graphql::{Context, ID, Object, SimpleObject};

use super::StatisticSet;
use super::input::{StatisticSetCreateInput, StatisticSetUpdateInput};
use crate::domain;
use crate::domain::save::{Target, save};
use crate::domain::statistic_set::StatisticSetPatch;
use crate::graphql::check::Check;
use crate::graphql::error::Result;
use crate::graphql::lower::Lower;
use crate::graphql::payload::{self, UserError, manner, outcome, shown};
use crate::graphql::scalar::LanguageTag;
use crate::graphql::{app, db, view};

/// What became of a statistic set.
#[derive(SimpleObject)]
pub struct StatisticSetPayload {
    /// The draft as it is now; null after a dry run and with any user error but a conflict.
    statistic_set: Option<StatisticSet>,
    /// What was wrong; with any, nothing was saved.
    user_errors: Vec<UserError>,
    /// What would stop or trouble a publication of what was written, as grave as that would take it; saving is not stopped.
    warnings: Vec<Check>,
}

impl StatisticSetPayload {
    async fn save(
        ctx: &Context<'_>,
        target: Target,
        patch: StatisticSetPatch,
        language: Option<LanguageTag>,
        dry_run: Option<bool>,
    ) -> Result<Self> {
        let manner = manner(language, dry_run)?;
        let sight = payload::sight(ctx, manner.language.as_ref());
        let saved =
            save::<domain::statistic_set::StatisticSet>(app(ctx), db(ctx), view(ctx), target, patch, manner)
                .await;
        let outcome = outcome(saved)?;
        Ok(Self {
            statistic_set: shown(ctx, &sight, outcome.id).await?,
            user_errors: outcome.user_errors,
            warnings: outcome.warnings,
        })
    }
}

/// Fields of `Mutation`.
#[derive(Default)]
pub struct StatisticSetMutation;

#[Object]
impl StatisticSetMutation {
    /// Writes a new draft. Needs the role AUTHOR.
    async fn statistic_set_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it says.")] input: StatisticSetCreateInput,
        #[graphql(desc = "Which language the words are in; the site's default unless said.")]
        language: Option<LanguageTag>,
        #[graphql(desc = "Only tell what would be wrong, and write nothing.", default_with = "Some(false)")]
        dry_run: Option<bool>,
    ) -> Result<StatisticSetPayload> {
        StatisticSetPayload::save(ctx, Target::New, input.lower(), language, dry_run).await
    }

    /// Writes the next version of a draft. Needs the role AUTHOR.
    async fn statistic_set_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which set.")] id: ID,
        #[graphql(desc = "The `editorial.version` that the edit was based on.")] expected_version: i32,
        #[graphql(desc = "What changes.")] input: StatisticSetUpdateInput,
        #[graphql(desc = "Which language the words are in; the site's default unless said.")]
        language: Option<LanguageTag>,
        #[graphql(desc = "Only tell what would be wrong, and write nothing.", default_with = "Some(false)")]
        dry_run: Option<bool>,
    ) -> Result<StatisticSetPayload> {
        let target = Target::Existing { id: id.lower(), expected_version };
        StatisticSetPayload::save(ctx, target, input.lower(), language, dry_run).await
    }
}
