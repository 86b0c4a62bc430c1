//! What needs somebody's eyes.

use async_graphql::{Context, Enum, Object};

use super::connection::{self, Connection, Paging};
use super::content::{Content, Sight};
use super::editorial_item::{drafts, loaded};
use super::error::Result;
use super::loader::{ById, documents};
use super::scalar::Date;
use super::types::Person;
use super::{app, db};
use crate::domain;
use crate::domain::Id;
use crate::domain::attention::{self, Due, Kind};
use crate::domain::message::Voice;
use crate::domain::read::{Sort, SortKey};

/// The longest overdue first.
const LONGEST_OVERDUE: Sort = Sort { by: SortKey::Text("due"), descending: false };

/// Something that needs somebody's eyes.
#[derive(Clone)]
pub struct AttentionItem {
    kind: AttentionKind,
    node: Content,
    message: String,
    due_on: Option<Date>,
    person_id: Option<Id>,
    sight: Sight,
}

/// Something that needs somebody's eyes.
#[Object]
impl AttentionItem {
    /// What is to be done.
    async fn kind(&self) -> AttentionKind {
        self.kind
    }

    /// With which content; its draft. What is in a biography is told of the newest post of that person that readers see.
    async fn node(&self) -> &Content {
        &self.node
    }

    /// The same in words, in the first language asked for that the product speaks.
    async fn message(&self) -> &str {
        &self.message
    }

    /// When it was or is due, in the site's days where somebody set one and in UTC otherwise.
    async fn due_on(&self) -> Option<&Date> {
        self.due_on.as_ref()
    }

    /// Whose biography it is in; null where it is in the content itself.
    async fn person(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        let key = ById(self.sight.scope.clone(), self.person_id?);
        let found = documents::<domain::person::Person>(ctx).load_one(key).await;
        found.map(|person| person.map(|person| Person::new(&self.sight, person))).transpose()
    }
}

/// What is to be done. More may come: keep a default branch.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Kind")]
pub enum AttentionKind {
    /// Try a published channel: `contactChannelVerify`.
    ChannelUnverified,
    /// Look again at a statistic whose figures were due for review.
    FigureReviewDue,
    /// A text or a set that readers see pins a figure of which there is a later one.
    FigureSupersededInUse,
    /// Read a post again.
    PostReviewDue,
    /// Translate what changed in the default language; one for each language.
    TranslationOutdated,
    /// Decide on a draft that somebody submitted: `contentApprove`, `contentRequestChanges`.
    AwaitingApproval,
    /// Confirm the days of an edition that begins within a year.
    EditionUnconfirmed,
    /// Look at an urgent correction, as a second person: `contactChannelVerify`.
    UrgentCorrectionReview,
    /// See to a version that could not go to readers at its moment, or could not be taken from them; `message` says why.
    ScheduleFailed,
    /// A text or a statistic set that readers see refers to something that they do not: put it right, or publish that.
    BrokenReference,
}

/// Fields of `Query`.
#[derive(Default)]
pub struct AttentionQuery;

#[Object]
impl AttentionQuery {
    /// What needs somebody's eyes, the longest overdue first. Null with FORBIDDEN without the right to read drafts.
    async fn attention(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
    ) -> Option<Result<Connection<AttentionItem>>> {
        Some(due(ctx, Paging { first, after, ..Paging::default() }).await)
    }
}

async fn due(ctx: &Context<'_>, paging: Paging) -> Result<Connection<AttentionItem>> {
    let sight = drafts(ctx)?;
    let page = paging.page(LONGEST_OVERDUE, None, connection::MAX)?;
    let now = attention::now(app(ctx), &sight);
    let due = attention::page(db(ctx), &sight.scope, now, &page).await?;
    let total =
        if connection::is_counted(ctx) { attention::count(db(ctx), &sight.scope, now).await? } else { 0 };
    let voice = Voice::of(sight.scope.languages.iter());
    let slice = loaded(ctx, &sight, due).await?;
    Ok(Connection::of(ctx, &slice, &page, total, |(due, node): &(Due, Content)| AttentionItem {
        kind: due.kind.into(),
        node: node.clone(),
        message: attention::message(&voice, due),
        due_on: Some(due.due_on.into()),
        person_id: due.person.as_ref().map(|person| person.id),
        sight: sight.clone(),
    }))
}
