//! Editorial state: what only those who may read drafts see.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, ID, Object, SimpleObject};

use super::check::{Check, Checks};
use super::connection::{Connection, Paging};
use super::content::Sight;
use super::error::Result;
use super::id;
use super::loader::{Actors, ById, DataLoader, Translations};
use super::revision::{self, Revision};
use super::scalar::{DateTime, LanguageTag};
use super::workflow::{Approval, Progresses};
use crate::domain::Id;
use crate::domain::read::{self, Document};
use crate::domain::view::{Scope, Stage};
use crate::domain::workflow::{self, Progress, Schedule};

/// Where content is on its way to readers: SCHEDULED before all others, then PUBLISHED where readers see the draft's
/// version, then the last of these that holds.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "workflow::Status")]
pub enum EditorialStatus {
    /// Never published.
    Draft,
    /// Somebody waits for a decision.
    InReview,
    /// Somebody agreed to this version.
    Approved,
    /// A version goes to readers at `publishAt`. A moment that is past says that it could not; it is tried again.
    Scheduled,
    /// Readers can see it; see `hasUnpublishedChanges` for whether there is a newer draft.
    Published,
    /// Readers could see it once.
    Withdrawn,
}

/// What kind of credentials somebody has.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum ViewerKind {
    /// A person.
    User,
    /// A machine.
    ApiClient,
    /// Whoever was given a preview.
    Preview,
}

/// Somebody who did something.
#[derive(Clone, SimpleObject)]
#[graphql(complex)]
pub struct Actor {
    /// Opaque, always the same for the same actor.
    id: ID,
    #[graphql(skip)]
    actor_id: Id,
}

impl Actor {
    /// The actor with an id.
    #[must_use]
    pub fn of(actor_id: Id) -> Self {
        Self { id: id::with_prefix("actor", actor_id), actor_id }
    }
}

impl Actor {
    async fn loaded(&self, ctx: &Context<'_>) -> Result<Option<read::Actor>> {
        ctx.data_unchecked::<DataLoader<Actors>>().load_one(self.actor_id).await
    }
}

#[ComplexObject]
impl Actor {
    /// What to call them; empty for an account that is gone.
    async fn name(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.loaded(ctx).await?.map(|actor| actor.name).unwrap_or_default())
    }

    /// A person or a machine.
    async fn kind(&self, ctx: &Context<'_>) -> Result<ViewerKind> {
        let is_client = self.loaded(ctx).await?.is_some_and(|actor| actor.is_client);
        Ok(if is_client { ViewerKind::ApiClient } else { ViewerKind::User })
    }
}

/// Editorial state of a document.
#[derive(Clone)]
pub struct Editorial {
    sight: Sight,
    document: Document,
}

impl Editorial {
    /// The state of a document, for those who may read drafts.
    #[must_use]
    pub fn of(sight: &Sight, document: &Document) -> Option<Self> {
        sight.reads_drafts().then(|| Self { sight: sight.clone(), document: document.clone() })
    }

    async fn progress(&self, ctx: &Context<'_>) -> Result<Arc<Progress>> {
        let loader = ctx.data_unchecked::<DataLoader<Progresses>>();
        Ok(loader.load_one(self.document.id).await?.unwrap_or_default())
    }

    async fn scheduled(
        &self,
        ctx: &Context<'_>,
        moment: impl Fn(&Schedule) -> Option<chrono::DateTime<chrono::Utc>>,
    ) -> Result<Option<DateTime>> {
        let progress = self.progress(ctx).await?;
        Ok(progress.schedule.as_ref().and_then(moment).map(DateTime::from))
    }

    fn scope(&self, stage: Stage) -> Scope {
        Scope { stage, ..self.sight.scope.clone() }
    }
}

/// A language of a document in the editors' eyes.
#[derive(SimpleObject)]
struct EditorialTranslation {
    /// Which language.
    language: LanguageTag,
    /// Whether readers can see it.
    is_published: bool,
    /// Saved before the default language was last changed.
    is_outdated: bool,
    /// When it was last saved.
    saved_at: DateTime,
}

/// Where content is on its way to readers, who saved it and when. Only for those with the right to read drafts.
#[Object]
impl Editorial {
    /// Where it is.
    async fn status(&self, ctx: &Context<'_>) -> Result<EditorialStatus> {
        Ok(self.progress(ctx).await?.status(&self.document).into())
    }

    /// Number of the last save; every write names the one it was based on.
    async fn version(&self) -> i32 {
        self.document.version
    }

    /// The version that readers see; null unless it is published.
    async fn published_version(&self) -> Option<i32> {
        self.document.published_version
    }

    /// Whether the draft has something that readers do not see, including all of it.
    async fn has_unpublished_changes(&self) -> bool {
        self.document.published_version != Some(self.document.version)
    }

    /// When it was first saved.
    async fn created_at(&self) -> DateTime {
        self.document.created_at.into()
    }

    /// By whom.
    async fn created_by(&self) -> Actor {
        Actor::of(self.document.created_by)
    }

    /// When the draft was last saved.
    async fn saved_at(&self) -> DateTime {
        self.document.saved_at.into()
    }

    /// By whom.
    async fn saved_by(&self) -> Actor {
        Actor::of(self.document.saved_by)
    }

    /// The importer's own key; null unless one was given.
    async fn external_reference(&self) -> Option<&str> {
        self.document.external_reference.as_deref()
    }

    /// When a version goes to readers; null unless that is scheduled.
    async fn publish_at(&self, ctx: &Context<'_>) -> Option<Result<DateTime>> {
        self.scheduled(ctx, |schedule| schedule.publish_at).await.transpose()
    }

    /// When it is taken from readers; null unless that is scheduled.
    async fn withdraw_at(&self, ctx: &Context<'_>) -> Option<Result<DateTime>> {
        self.scheduled(ctx, |schedule| schedule.withdraw_at).await.transpose()
    }

    /// What the last reviewer asked for; null once somebody approved, and once it is published.
    async fn review_note(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        let progress = self.progress(ctx).await;
        progress.map(|progress| progress.review.as_ref().and_then(|review| review.note.clone())).transpose()
    }

    /// Who agreed to which version, the newest first, at most 50.
    async fn approvals(&self, ctx: &Context<'_>) -> Result<Vec<Approval>> {
        let progress = self.progress(ctx).await?;
        Ok(progress.approvals.iter().map(|approval| Approval::of(approval, &self.document)).collect())
    }

    /// What would stop or trouble a publication of all of the draft now, errors first.
    async fn checks(&self, ctx: &Context<'_>) -> Result<Vec<Check>> {
        let loader = ctx.data_unchecked::<DataLoader<Checks>>();
        let checks = loader.load_one((self.document.node_kind, self.document.id)).await?.unwrap_or_default();
        Ok(checks.iter().cloned().map(Check::from).collect())
    }

    /// Every save, the newest first.
    async fn revisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Revision>> {
        Box::pin(revision::of(ctx, self.document.id, Paging { first, after, last, before })).await
    }

    /// Every language of the draft, in the order of their tags.
    async fn translations(&self, ctx: &Context<'_>) -> Result<Vec<EditorialTranslation>> {
        let loader = ctx.data_unchecked::<DataLoader<Translations>>();
        let (drafts, published) = futures_util::try_join!(
            loader.load_one(ById(self.scope(Stage::Draft), self.document.id)),
            loader.load_one(ById(self.scope(Stage::Published), self.document.id)),
        )?;
        let (drafts, published) = (drafts.unwrap_or_default(), published.unwrap_or_default());
        let default = super::app(ctx).config.languages[0].as_str();
        let source_saved_at =
            drafts.iter().find(|draft| draft.language == default).map(|draft| draft.translated_at);
        Ok(drafts
            .iter()
            .map(|draft| EditorialTranslation {
                language: LanguageTag(draft.language.clone()),
                is_published: published.iter().any(|other| other.language == draft.language),
                is_outdated: source_saved_at.is_some_and(|saved_at| draft.translated_at < saved_at),
                saved_at: draft.translated_at.into(),
            })
            .collect())
    }
}
