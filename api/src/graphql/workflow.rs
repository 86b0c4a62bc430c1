//! The way of a draft to readers: asking for a decision, and deciding.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Enum, ID, Object, SimpleObject};

use super::editorial::Actor;
use super::error::{GqlError, Result};
use super::node::{ContentPayload, content_payload};
use super::payload::outcome;
use super::scalar::DateTime;
use super::{app, db, id, view};
use crate::domain::Id;
use crate::domain::read::{Db, Document};
use crate::domain::workflow::{self, Progress, Which};

/// What somebody agreed to.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "workflow::ApprovalKind")]
pub enum ApprovalKind {
    /// The words.
    Editorial,
    /// That nobody comes to harm by it.
    Safeguarding,
}

/// That somebody agreed to one version.
#[derive(SimpleObject)]
pub struct Approval {
    /// To what.
    kind: ApprovalKind,
    /// Who.
    by: Actor,
    /// When.
    at: DateTime,
    /// The version that was looked at.
    version: i32,
    /// Whether it stands and is of the draft's version. A save, a withdrawal and a wish for changes void it.
    is_current: bool,
}

impl Approval {
    /// An approval of a document.
    #[must_use]
    pub fn of(approval: &workflow::Approval, document: &Document) -> Self {
        Self {
            kind: approval.kind.into(),
            by: Actor::of(approval.approved_by),
            at: approval.approved_at.into(),
            version: approval.version,
            is_current: workflow::is_current(approval, document),
        }
    }
}

/// Loads what people said of documents.
pub struct Progresses(pub(super) Db);

impl Loader<Id> for Progresses {
    type Value = Arc<Progress>;
    type Error = GqlError;
    async fn load(&self, keys: &[Id]) -> Result<HashMap<Id, Self::Value>> {
        let found = workflow::progress(&self.0, keys).await?;
        Ok(found.into_iter().map(|(id, progress)| (id, Arc::new(progress))).collect())
    }
}

/// Fields of `Mutation`.
#[derive(Default)]
pub struct WorkflowMutation;

#[Object]
impl WorkflowMutation {
    /// Asks for a decision on the draft: it is IN_REVIEW until changes are requested or it is published, also through
    /// further saves. The version stays. Needs the role AUTHOR.
    async fn content_submit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which content.")] id: ID,
        #[graphql(desc = "The `editorial.version` that is ready.")] expected_version: i32,
        #[graphql(desc = "For whoever decides; at most 1,000 characters, kept in the audit trail.")]
        note: Option<String>,
    ) -> Result<ContentPayload> {
        let which = Which { id: id::document(&id), expected_version };
        let submitted = workflow::submit(app(ctx), db(ctx), view(ctx), which, note.as_deref()).await;
        content_payload(ctx, outcome(submitted.map(Some))?).await
    }

    /// Agrees to one version of a draft, submitted or not: the next save voids it. APPROVER_IS_AUTHOR for whoever saved
    /// any of what readers do not see yet. The version stays. People only; needs the role EDITOR, and SAFEGUARDING_LEAD
    /// for SAFEGUARDING.
    async fn content_approve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which content.")] id: ID,
        #[graphql(desc = "The `editorial.version` that was looked at.")] expected_version: i32,
        #[graphql(desc = "To what you agree.")] kind: ApprovalKind,
        #[graphql(desc = "At most 1,000 characters, kept in the audit trail.")] note: Option<String>,
    ) -> Result<ContentPayload> {
        let which = Which { id: id::document(&id), expected_version };
        let said = (kind.into(), note.as_deref());
        let approved = workflow::approve(app(ctx), db(ctx), view(ctx), which, said).await;
        content_payload(ctx, outcome(approved.map(Some))?).await
    }

    /// Asks for another draft, submitted or not, and ends its approvals. The version stays. People only; needs the role
    /// EDITOR.
    async fn content_request_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which content.")] id: ID,
        #[graphql(desc = "The `editorial.version` that was looked at.")] expected_version: i32,
        #[graphql(desc = "What is to change, in at most 1,000 characters: `editorial.reviewNote`.")]
        reason: String,
    ) -> Result<ContentPayload> {
        let which = Which { id: id::document(&id), expected_version };
        let asked = workflow::request_changes(app(ctx), db(ctx), view(ctx), which, &reason).await;
        content_payload(ctx, outcome(asked.map(Some))?).await
    }
}
