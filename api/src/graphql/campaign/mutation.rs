//! Writing campaigns and their editions.

use async_graphql::{Context, ID, Object, SimpleObject};

use super::Campaign;
use super::input::{CampaignCreateInput, CampaignEditionInput, CampaignUpdateInput};
use crate::domain;
use crate::domain::campaign::CampaignPatch;
use crate::domain::edition::{self, Which};
use crate::domain::goal::{self, Progress};
use crate::domain::language;
use crate::domain::save::{SaveError, Saved, Target, save};
use crate::domain::value;
use crate::graphql::check::Check;
use crate::graphql::error::Result;
use crate::graphql::lower::Lower;
use crate::graphql::payload::{self, UserError, manner, outcome, shown};
use crate::graphql::scalar::{self, DateTime, LanguageTag};
use crate::graphql::{app, db, view};

/// What became of a campaign.
#[derive(SimpleObject)]
pub struct CampaignPayload {
    /// The draft as it is now; null after a dry run and with any user error but a conflict.
    campaign: Option<Campaign>,
    /// What was wrong; with any, nothing was saved.
    user_errors: Vec<UserError>,
    /// What would stop or trouble a publication of what was written, as grave as that would take it; saving is not stopped.
    warnings: Vec<Check>,
}

impl CampaignPayload {
    async fn save(
        ctx: &Context<'_>,
        target: Target,
        patch: CampaignPatch,
        language: Option<LanguageTag>,
        dry_run: Option<bool>,
    ) -> Result<Self> {
        let manner = manner(language, dry_run)?;
        let language = manner.language.clone();
        let saved =
            save::<domain::campaign::Campaign>(app(ctx), db(ctx), view(ctx), target, patch, manner).await;
        Self::of(ctx, language.as_ref(), saved).await
    }

    async fn of(
        ctx: &Context<'_>,
        language: Option<&language::LanguageTag>,
        saved: Result<impl Into<Saved>, SaveError>,
    ) -> Result<Self> {
        let sight = payload::sight(ctx, language);
        let outcome = outcome(saved)?;
        Ok(Self {
            campaign: shown(ctx, &sight, outcome.id).await?,
            user_errors: outcome.user_errors,
            warnings: outcome.warnings,
        })
    }
}

/// Fields of `Mutation`.
#[derive(Default)]
pub struct CampaignMutation;

#[Object]
impl CampaignMutation {
    /// Writes a new draft. Needs the role AUTHOR.
    async fn campaign_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it says.")] input: CampaignCreateInput,
        #[graphql(desc = "Which language the words are in; the site's default unless said.")]
        language: Option<LanguageTag>,
        #[graphql(desc = "Only tell what would be wrong, and write nothing.", default_with = "Some(false)")]
        dry_run: Option<bool>,
    ) -> Result<CampaignPayload> {
        CampaignPayload::save(ctx, Target::New, input.lower(), language, dry_run).await
    }

    /// Writes the next version of a draft; its editions stay as they are. Needs the role AUTHOR.
    async fn campaign_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which campaign.")] id: ID,
        #[graphql(desc = "The `editorial.version` that the edit was based on.")] expected_version: i32,
        #[graphql(desc = "What changes.")] input: CampaignUpdateInput,
        #[graphql(desc = "Which language the words are in; the site's default unless said.")]
        language: Option<LanguageTag>,
        #[graphql(desc = "Only tell what would be wrong, and write nothing.", default_with = "Some(false)")]
        dry_run: Option<bool>,
    ) -> Result<CampaignPayload> {
        let target = Target::Existing { id: id.lower(), expected_version };
        CampaignPayload::save(ctx, target, input.lower(), language, dry_run).await
    }

    /// Adds the edition of a year to a campaign's draft, or changes the one that it has. Needs the role AUTHOR.
    #[expect(clippy::too_many_arguments, reason = "the contract's arguments")]
    async fn campaign_edition_upsert(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which campaign.")] campaign_id: ID,
        #[graphql(desc = "The campaign's `editorial.version` that the edit was based on.")] expected_version: i32,
        #[graphql(desc = "Which year's edition, 1900 to 2200.")] year: i32,
        #[graphql(desc = "What it says, or what changes.")] input: CampaignEditionInput,
        #[graphql(
            desc = "Which language the words are in, one that the campaign has a name in; the site's default unless said."
        )]
        language: Option<LanguageTag>,
        #[graphql(desc = "Only tell what would be wrong, and write nothing.", default_with = "Some(false)")]
        dry_run: Option<bool>,
    ) -> Result<CampaignPayload> {
        let manner = manner(language, dry_run)?;
        let language = manner.language.clone();
        let which = Which { campaign_id: campaign_id.lower(), expected_version, year };
        let saved = edition::upsert(app(ctx), db(ctx), view(ctx), which, input.lower(), manner).await;
        CampaignPayload::of(ctx, language.as_ref(), saved).await
    }

    /// Moves a published goal's progress, for readers and in the draft at once, and publishes nothing else; the
    /// campaign's version stays. NOT_FOUND for a year or metric that is not published. Needs the role EDITOR.
    async fn campaign_goal_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which campaign.")] campaign_id: ID,
        #[graphql(desc = "Which year's edition.")] year: i32,
        #[graphql(desc = "Which of its goals.")] metric: String,
        #[graphql(desc = "How many there are now, at least 0.")] current: i32,
        #[graphql(desc = "When that was counted.")] as_of: DateTime,
    ) -> Result<CampaignPayload> {
        let as_of = scalar::read(&["asOf"], &as_of.0, value::instant)?;
        let progress = Progress { year, metric, current, as_of };
        let recorded = goal::record(app(ctx), db(ctx), view(ctx), campaign_id.lower(), progress).await;
        CampaignPayload::of(ctx, None, recorded.map(Some)).await
    }

    /// Removes the edition of a year from a campaign's draft. Needs the role AUTHOR.
    async fn campaign_edition_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which campaign.")] campaign_id: ID,
        #[graphql(desc = "The campaign's `editorial.version` that the edit was based on.")] expected_version: i32,
        #[graphql(desc = "Which year's edition.")] year: i32,
    ) -> Result<CampaignPayload> {
        let which = Which { campaign_id: campaign_id.lower(), expected_version, year };
        let removed = edition::remove(app(ctx), db(ctx), view(ctx), which).await;
        CampaignPayload::of(ctx, None, removed).await
    }
}
