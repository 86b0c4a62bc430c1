//! Writing statistics.

use async_graphql::{Context, ID, Object, SimpleObject};

use super::Statistic;
use super::input::{StatisticCreateInput, StatisticUpdateInput};
use crate::domain;
use crate::domain::save::{Manner, Target, save};
use crate::domain::statistic::{Change, StatisticPatch};
use crate::graphql::check::Check;
use crate::graphql::content::Sight;
use crate::graphql::error::Result;
use crate::graphql::lower::Lower;
use crate::graphql::payload::{self, Outcome, UserError, manner, outcome, shown};
use crate::graphql::scalar::LanguageTag;
use crate::graphql::{app, db, view};

/// What became of a statistic.
#[derive(SimpleObject)]
pub struct StatisticPayload {
    /// The draft as it is now; null after a dry run and with any user error but a conflict.
    statistic: Option<Statistic>,
    /// What was wrong; with any, nothing was saved.
    user_errors: Vec<UserError>,
    /// What would stop or trouble a publication of what was written, as grave as that would take it; saving is not stopped.
    warnings: Vec<Check>,
}

impl StatisticPayload {
    /// The payload of an outcome.
    pub(super) async fn of(ctx: &Context<'_>, sight: &Sight, outcome: Outcome) -> Result<Self> {
        Ok(Self {
            statistic: shown(ctx, sight, outcome.id).await?,
            user_errors: outcome.user_errors,
            warnings: outcome.warnings,
        })
    }

    async fn save(ctx: &Context<'_>, target: Target, patch: StatisticPatch, manner: Manner) -> Result<Self> {
        let sight = payload::sight(ctx, manner.language.as_ref());
        let change = Change::Statistic(Box::new(patch));
        let saved =
            save::<domain::statistic::Statistic>(app(ctx), db(ctx), view(ctx), target, change, manner).await;
        Self::of(ctx, &sight, outcome(saved)?).await
    }
}

/// Fields of `Mutation`.
#[derive(Default)]
pub struct StatisticMutation;

#[Object]
impl StatisticMutation {
    /// Writes a new draft. Needs the role AUTHOR.
    async fn statistic_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it says.")] input: StatisticCreateInput,
        #[graphql(desc = "Which language the words are in; the site's default unless said.")]
        language: Option<LanguageTag>,
        #[graphql(desc = "Only tell what would be wrong, and write nothing.", default_with = "Some(false)")]
        dry_run: Option<bool>,
    ) -> Result<StatisticPayload> {
        StatisticPayload::save(ctx, Target::New, input.lower(), manner(language, dry_run)?).await
    }

    /// Writes the next version of a draft. Needs the role AUTHOR.
    async fn statistic_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which statistic.")] id: ID,
        #[graphql(desc = "The `editorial.version` that the edit was based on.")] expected_version: i32,
        #[graphql(desc = "What changes.")] input: StatisticUpdateInput,
        #[graphql(desc = "Which language the words are in; the site's default unless said.")]
        language: Option<LanguageTag>,
        #[graphql(desc = "Only tell what would be wrong, and write nothing.", default_with = "Some(false)")]
        dry_run: Option<bool>,
    ) -> Result<StatisticPayload> {
        let target = Target::Existing { id: id.lower(), expected_version };
        StatisticPayload::save(ctx, target, input.lower(), manner(language, dry_run)?).await
    }
}
