//! Writing services.

use async_graphql::{Context, ID, Object, SimpleObject};

use super::Service;
use super::input::{ServiceCreateInput, ServiceUpdateInput};
use crate::domain;
use crate::domain::save::{Target, save};
use crate::graphql::check::Check;
use crate::graphql::error::Result;
use crate::graphql::lower::Lower;
use crate::graphql::payload::{self, UserError, manner, outcome, shown};
use crate::graphql::scalar::LanguageTag;
use crate::graphql::{app, db, view};

/// What became of a service.
#[derive(SimpleObject)]
pub struct ServicePayload {
    /// The draft as it is now; null after a dry run and with any user error but a conflict.
    service: Option<Service>,
    /// What was wrong; with any, nothing was saved.
    user_errors: Vec<UserError>,
    /// What would stop or trouble a publication of what was written, as grave as that would take it; saving is not stopped.
    warnings: Vec<Check>,
}

impl ServicePayload {
    async fn save(
        ctx: &Context<'_>,
        target: Target,
        patch: domain::service::ServicePatch,
        language: Option<LanguageTag>,
        dry_run: Option<bool>,
    ) -> Result<Self> {
        let manner = manner(language, dry_run)?;
        let sight = payload::sight(ctx, manner.language.as_ref());
        let saved =
            save::<domain::service::Service>(app(ctx), db(ctx), view(ctx), target, patch, manner).await;
        let outcome = outcome(saved)?;
        Ok(Self {
            service: shown(ctx, &sight, outcome.id).await?,
            user_errors: outcome.user_errors,
            warnings: outcome.warnings,
        })
    }
}

/// Fields of `Mutation`.
#[derive(Default)]
pub struct ServiceMutation;

#[Object]
impl ServiceMutation {
    /// Writes a new draft. Needs the role AUTHOR.
    async fn service_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it says.")] input: ServiceCreateInput,
        #[graphql(desc = "Which language the words are in; the site's default unless said.")]
        language: Option<LanguageTag>,
        #[graphql(desc = "Only tell what would be wrong, and write nothing.", default_with = "Some(false)")]
        dry_run: Option<bool>,
    ) -> Result<ServicePayload> {
        ServicePayload::save(ctx, Target::New, input.lower(), language, dry_run).await
    }

    /// Writes the next version of a draft. Needs the role AUTHOR.
    async fn service_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which service.")] id: ID,
        #[graphql(desc = "The `editorial.version` that the edit was based on.")] expected_version: i32,
        #[graphql(desc = "What changes.")] input: ServiceUpdateInput,
        #[graphql(desc = "Which language the words are in; the site's default unless said.")]
        language: Option<LanguageTag>,
        #[graphql(desc = "Only tell what would be wrong, and write nothing.", default_with = "Some(false)")]
        dry_run: Option<bool>,
    ) -> Result<ServicePayload> {
        let target = Target::Existing { id: id.lower(), expected_version };
        ServicePayload::save(ctx, target, input.lower(), language, dry_run).await
    }
}
