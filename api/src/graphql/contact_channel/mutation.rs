//! Writing contact channels.

use async_graphql::{Context, ID, Object, SimpleObject};

use super::ContactChannel;
use super::input::{ContactChannelCreateInput, ContactChannelUpdateInput};
use crate::domain;
use crate::domain::save::{Target, save};
use crate::domain::urgent_correction::{self, Wrong};
use crate::domain::verification;
use crate::graphql::check::Check;
use crate::graphql::error::Result;
use crate::graphql::lower::Lower;
use crate::graphql::payload::{self, Outcome, UserError, manner, outcome, shown};
use crate::graphql::scalar::LanguageTag;
use crate::graphql::{app, db, view};

/// What became of a contact channel.
#[derive(SimpleObject)]
pub struct ContactChannelPayload {
    /// The draft as it is now; null after a dry run and with any user error but a conflict.
    contact_channel: Option<ContactChannel>,
    /// What was wrong; with any, nothing was saved.
    user_errors: Vec<UserError>,
    /// What would stop or trouble a publication of what was written, as grave as that would take it; saving is not stopped.
    warnings: Vec<Check>,
}

impl ContactChannelPayload {
    async fn save(
        ctx: &Context<'_>,
        target: Target,
        patch: domain::contact_channel::ContactChannelPatch,
        language: Option<LanguageTag>,
        dry_run: Option<bool>,
    ) -> Result<Self> {
        let manner = manner(language, dry_run)?;
        let sight = payload::sight(ctx, manner.language.as_ref());
        let saved = save::<domain::contact_channel::ContactChannel>(
            app(ctx),
            db(ctx),
            view(ctx),
            target,
            patch,
            manner,
        )
        .await;
        let outcome = outcome(saved)?;
        Ok(Self {
            contact_channel: shown(ctx, &sight, outcome.id).await?,
            user_errors: outcome.user_errors,
            warnings: outcome.warnings,
        })
    }
}

/// Fields of `Mutation`.
#[derive(Default)]
pub struct ContactChannelMutation;

#[Object]
impl ContactChannelMutation {
    /// Writes a new draft. Needs the role AUTHOR.
    async fn contact_channel_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it says.")] input: ContactChannelCreateInput,
        #[graphql(desc = "Which language the words are in; the site's default unless said.")]
        language: Option<LanguageTag>,
        #[graphql(desc = "Only tell what would be wrong, and write nothing.", default_with = "Some(false)")]
        dry_run: Option<bool>,
    ) -> Result<ContactChannelPayload> {
        ContactChannelPayload::save(ctx, Target::New, input.lower(), language, dry_run).await
    }

    /// Writes the next version of a draft. Needs the role AUTHOR.
    async fn contact_channel_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which channel.")] id: ID,
        #[graphql(desc = "The `editorial.version` that the edit was based on.")] expected_version: i32,
        #[graphql(desc = "What changes.")] input: ContactChannelUpdateInput,
        #[graphql(desc = "Which language the words are in; the site's default unless said.")]
        language: Option<LanguageTag>,
        #[graphql(desc = "Only tell what would be wrong, and write nothing.", default_with = "Some(false)")]
        dry_run: Option<bool>,
    ) -> Result<ContactChannelPayload> {
        let target = Target::Existing { id: id.lower(), expected_version };
        ContactChannelPayload::save(ctx, target, input.lower(), language, dry_run).await
    }

    /// A dead or wrong channel gets its new number, or its new hours, or is suspended, everywhere and at once. It starts from
    /// what readers see and carries nothing else of the draft to them; the draft gets the same correction as its next
    /// version. The verification is cleared, and a second person is asked to look within 24 hours: `contactChannelVerify`
    /// by somebody else is that look. INVALID for numbers that callers are charged for and for every other field;
    /// NOT_ALLOWED_IN_STATE for a channel that readers do not see. To take one down, use `contentWithdraw`. People only;
    /// needs the role EDITOR.
    async fn contact_channel_urgent_correction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which channel.")] id: ID,
        #[graphql(desc = "The `editorial.version` that was looked at.")] expected_version: i32,
        #[graphql(
            desc = "What is right: `value`, `country`, `extension`, `keyword`, `hours` and `suspendedUntil` only."
        )]
        input: ContactChannelUpdateInput,
        #[graphql(desc = "Why it cannot wait; at most 1,000 characters, kept in the audit trail.")]
        reason: String,
    ) -> Result<ContactChannelPayload> {
        let sight = payload::sight(ctx, None);
        let wrong = Wrong { id: id.lower(), expected_version, patch: input.lower(), reason };
        let corrected = urgent_correction::correct(app(ctx), db(ctx), view(ctx), wrong).await;
        let Outcome { id, user_errors, warnings } = outcome(corrected)?;
        Ok(ContactChannelPayload { contact_channel: shown(ctx, &sight, id).await?, user_errors, warnings })
    }

    /// Someone tried it, and it works: counts at once, for the number that readers see, or the draft's where they see
    /// none. The version stays. People only; needs the role AUTHOR.
    async fn contact_channel_verify(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which channel.")] id: ID,
        #[graphql(
            desc = "How, in a line of at most 500 characters: `Rang it and spoke to the team`. Kept on record."
        )]
        method: String,
    ) -> Result<ContactChannelPayload> {
        let sight = payload::sight(ctx, None);
        let verified = verification::verify(app(ctx), db(ctx), view(ctx), id.lower(), &method).await;
        let Outcome { id, user_errors, warnings } = outcome(verified)?;
        Ok(ContactChannelPayload { contact_channel: shown(ctx, &sight, id).await?, user_errors, warnings })
    }
}
