//! What changed for readers, to stay in step with.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::connection::PageInfo;
use super::content::{Node, Sight, sight};
use super::error::{GqlError, Result};
use super::scalar::{DateTime, LanguageTag};
use super::{budget, db, id, node};
use crate::domain;
use crate::domain::change::{self, Asked, ChangesError, Place};

/// The most changes of a page.
const MAX: i32 = 1_000;
/// How many there are unless it is said.
const DEFAULT: i32 = 100;

/// A type of item whose changes are listed. More may come: keep a default branch.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum NodeKind {
    /// An article.
    Post,
    /// Something that comes round, such as an awareness day.
    Campaign,
    /// A measure with its figures.
    Statistic,
    /// Figures that make up a whole.
    StatisticSet,
    /// A team that helps.
    Service,
    /// A way to reach a service.
    ContactChannel,
    /// A subject.
    Topic,
    /// An author.
    Person,
    /// Where a figure comes from.
    Source,
}

impl NodeKind {
    fn of(kind: domain::NodeKind) -> Result<Self> {
        use domain::NodeKind as Kind;
        Ok(match kind {
            Kind::Post => Self::Post,
            Kind::Campaign => Self::Campaign,
            Kind::Statistic => Self::Statistic,
            Kind::StatisticSet => Self::StatisticSet,
            Kind::Service => Self::Service,
            Kind::ContactChannel => Self::ContactChannel,
            Kind::Topic => Self::Topic,
            Kind::Person => Self::Person,
            Kind::Source => Self::Source,
            // The site's own settings are no item of the list.
            Kind::Site => return Err(GqlError::internal()),
        })
    }
}

impl From<NodeKind> for domain::NodeKind {
    fn from(kind: NodeKind) -> Self {
        match kind {
            NodeKind::Post => Self::Post,
            NodeKind::Campaign => Self::Campaign,
            NodeKind::Statistic => Self::Statistic,
            NodeKind::StatisticSet => Self::StatisticSet,
            NodeKind::Service => Self::Service,
            NodeKind::ContactChannel => Self::ContactChannel,
            NodeKind::Topic => Self::Topic,
            NodeKind::Person => Self::Person,
            NodeKind::Source => Self::Source,
        }
    }
}

/// What happened to an item for readers.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "change::ChangeKind")]
pub enum ChangeKind {
    /// Readers see it, and did not before.
    Published,
    /// It changed.
    Updated,
    /// Unchanged itself, but something it shows has changed: a figure, a number, the name of a topic or an author.
    ReferenceUpdated,
    /// Readers no longer see it.
    Withdrawn,
    /// It is gone for good.
    Deleted,
}

/// The newest change of an item: older ones of the same item are folded into it.
#[derive(Clone)]
pub struct Change {
    sight: Sight,
    change: change::Change,
}

impl Change {
    /// A change, with the item in a view.
    pub(super) fn new(sight: &Sight, change: change::Change) -> Self {
        Self { sight: sight.clone(), change }
    }
}

/// The newest change of an item: older ones of the same item are folded into it.
#[Object]
impl Change {
    /// Pass as `after` to go on from here. Opaque.
    async fn cursor(&self) -> String {
        cursor(Place::of(&self.change))
    }

    /// What happened.
    async fn kind(&self) -> ChangeKind {
        self.change.kind.into()
    }

    /// What kind of item it is or was.
    async fn node_kind(&self) -> Result<NodeKind> {
        NodeKind::of(self.change.node_kind)
    }

    /// The item's id; also of one that is gone.
    async fn node_id(&self) -> ID {
        id::of(self.change.node_kind, self.change.document_id)
    }

    /// When it happened.
    async fn at(&self) -> DateTime {
        self.change.at.into()
    }

    /// What it is now; null when withdrawn or deleted.
    async fn node(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        if self.change.kind.is_gone() {
            return None;
        }
        node::of_kind(ctx, &self.sight, self.change.node_kind, self.change.document_id).await.transpose()
    }
}

/// One page of changes.
#[derive(SimpleObject)]
pub struct ChangeConnection {
    /// The changes with their cursors.
    edges: Vec<ChangeEdge>,
    /// The changes alone.
    nodes: Vec<Change>,
    /// Where the page stands, and how to go on.
    page_info: PageInfo,
}

/// A change and where it stands.
#[derive(SimpleObject)]
pub struct ChangeEdge {
    /// Pass as `after` to go on from here. Opaque.
    cursor: String,
    /// The change.
    node: Change,
}

/// What the arguments ask for.
///
/// # Errors
/// `BAD_INPUT` for what is no cursor of this list.
pub(super) fn asked(after: Option<&str>, types: Option<Vec<NodeKind>>) -> Result<Asked> {
    let kinds = types.map(|types| types.into_iter().map(domain::NodeKind::from).collect());
    Ok(Asked { after: after.map(read_cursor).transpose()?, kinds })
}

impl From<ChangesError> for GqlError {
    fn from(error: ChangesError) -> Self {
        match error {
            ChangesError::Ahead => Self::bad_input(
                &["after"],
                "after has not come yet: the content was restored, or the cursor is of another site. Read everything anew.",
            ),
            ChangesError::Store(error) => error.into(),
        }
    }
}

/// A cursor of this list, for a place in it.
pub(super) fn cursor(place: Place) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(&("changes", place)).unwrap_or_default())
}

fn read_cursor(cursor: &str) -> Result<Place> {
    let place = URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .and_then(|json| serde_json::from_slice::<(String, Place)>(&json).ok())
        .filter(|(name, _)| name == "changes");
    place.map(|(_, place)| place).ok_or_else(|| {
        let message =
            "after is no cursor of this list. Take one from a change or from Site.latestChangeCursor.";
        GqlError::bad_input(&["after"], message)
    })
}

/// Fields of `Query`.
#[derive(Default)]
pub struct ChangeQuery;

#[Object]
impl ChangeQuery {
    /// Everything that changed after `after`, oldest first, deletions included: the way for apps and partners to stay in
    /// step. Of each item the newest change; whatever `X-Include-Drafts` says, only what readers saw is listed.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Start after this cursor, from here or from `Site.latestChangeCursor`; from the first change when left out."
        )]
        after: Option<String>,
        #[graphql(desc = "Of which types; of all when left out.")] types: Option<Vec<NodeKind>>,
        #[graphql(desc = "How many, 1 to 1,000.", default_with = "Some(DEFAULT)")] first: Option<i32>,
        #[graphql(desc = "Ordered wish list, at most 10; everything below inherits it.")] languages: Option<
            Vec<LanguageTag>,
        >,
    ) -> Result<ChangeConnection> {
        let sight = sight(ctx, languages)?;
        let limit = first.unwrap_or(DEFAULT);
        if !(1..=MAX).contains(&limit) {
            return Err(GqlError::bad_input(&["first"], format!("first must be between 1 and {MAX}.")));
        }
        let asked = asked(after.as_deref(), types)?;
        let (changes, has_next_page) = change::page(db(ctx), &asked, limit.unsigned_abs()).await?;
        budget::spend(ctx, changes.len())?;
        let edges: Vec<ChangeEdge> = changes
            .into_iter()
            .map(|change| ChangeEdge {
                cursor: cursor(Place::of(&change)),
                node: Change::new(&sight, change),
            })
            .collect();
        let page_info = PageInfo {
            has_next_page,
            has_previous_page: asked.after.is_some(),
            start_cursor: edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: edges.last().map(|edge| edge.cursor.clone()),
        };
        let nodes = edges.iter().map(|edge| edge.node.clone()).collect();
        Ok(ChangeConnection { edges, nodes, page_info })
    }
}
