//! Everything published in one list.

use async_graphql::{Context, Enum, InputObject, MaybeUndefined, Object};

use super::connection::{Connection, Paging, is_counted};
use super::content::{Content, Sight, sight};
use super::error::Result;
use super::filter::{self, Conditions, DateTimeRange, SlugFilter};
use super::scalar::LanguageTag;
use super::{db, node};
use crate::domain::NodeKind;
use crate::domain::contents::{self, Entry, KINDS, Listing, OLDEST_CHANGE_FIRST};
use crate::domain::read::{Field, Filter, Slice};

/// The most items of a page.
const MAX: i32 = 1_000;
/// How many there are unless it is said.
const DEFAULT: i32 = 100;

/// A type of content. More may come: keep a default branch.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum ContentType {
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
}

impl From<ContentType> for NodeKind {
    fn from(kind: ContentType) -> Self {
        match kind {
            ContentType::Post => Self::Post,
            ContentType::Campaign => Self::Campaign,
            ContentType::Statistic => Self::Statistic,
            ContentType::StatisticSet => Self::StatisticSet,
            ContentType::Service => Self::Service,
            ContentType::ContactChannel => Self::ContactChannel,
        }
    }
}

impl ContentType {
    /// The type of a kind; `None` for what is no content.
    pub(super) fn of(kind: NodeKind) -> Option<Self> {
        Some(match kind {
            NodeKind::Post => Self::Post,
            NodeKind::Campaign => Self::Campaign,
            NodeKind::Statistic => Self::Statistic,
            NodeKind::StatisticSet => Self::StatisticSet,
            NodeKind::Service => Self::Service,
            NodeKind::ContactChannel => Self::ContactChannel,
            NodeKind::Topic | NodeKind::Person | NodeKind::Source | NodeKind::Site => return None,
        })
    }
}

/// Which content. All given conditions must hold. An explicit null is a `BAD_INPUT` error, never "no condition".
#[derive(Clone, InputObject)]
pub struct ContentFilter {
    /// Available in this language itself, not as a fallback.
    translated_into: MaybeUndefined<LanguageTag>,
    /// When it last changed for those who see it.
    updated_at: MaybeUndefined<DateTimeRange>,
    /// Its topics; content of a type without topics is linked to none.
    topic: MaybeUndefined<SlugFilter>,
    /// The importer's own key, unique per type.
    external_reference: MaybeUndefined<String>,
}

impl ContentFilter {
    fn lower(self) -> Result<Filter> {
        let Self { translated_into, updated_at, topic, external_reference } = self;
        let mut conditions = Conditions::at(&["filter"])?;
        conditions
            .add("translatedInto", translated_into, |path, language| filter::translated(path, &language))?;
        conditions.add("updatedAt", updated_at, |path, range| {
            Ok(Filter::UpdatedAt(filter::instants(path, range)?))
        })?;
        conditions.add("topic", topic, |path, slugs| filter::linked(path, slugs, Field::Topics))?;
        conditions
            .add("externalReference", external_reference, |_, key| Ok(Filter::ExternalReference(key)))?;
        Ok(conditions.filter())
    }
}

/// Fields of `Query`.
#[derive(Default)]
pub struct ContentsQuery;

#[Object]
impl ContentsQuery {
    /// Everything published in one list, oldest change first, for site generators and sitemaps. In the draft view, all drafts.
    async fn contents(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 1,000; 100 unless said.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Of which types; of all when left out.")] types: Option<Vec<ContentType>>,
        #[graphql(desc = "Which content.")] filter: Option<ContentFilter>,
        #[graphql(desc = "Ordered wish list, at most 10; everything below inherits it.")] languages: Option<
            Vec<LanguageTag>,
        >,
    ) -> Result<Connection<Content>> {
        let sight = sight(ctx, languages)?;
        let filter = filter.map(ContentFilter::lower).transpose()?;
        let paging = Paging { first: first.or(Some(DEFAULT)), after, ..Paging::default() };
        let page = paging.page(OLDEST_CHANGE_FIRST, filter, MAX)?;
        let listing = Listing {
            kinds: kinds(types),
            limit: page.limit,
            after: page.after.clone(),
            filter: page.filter.clone(),
        };
        let entries = contents::page(db(ctx), &sight.scope, &listing).await?;
        let total = if is_counted(ctx) { contents::count(db(ctx), &sight.scope, &listing).await? } else { 0 };
        let slice = loaded(ctx, &sight, entries).await?;
        Ok(Connection::of(ctx, &slice, &page, total, Content::clone))
    }
}

/// Each kind once, however often it was asked for.
pub(super) fn kinds(types: Option<Vec<ContentType>>) -> Vec<NodeKind> {
    let Some(types) = types else { return KINDS.to_vec() };
    let wanted: Vec<NodeKind> = types.into_iter().map(NodeKind::from).collect();
    KINDS.into_iter().filter(|kind| wanted.contains(kind)).collect()
}

/// The content of a page, one statement for each kind in it. What was withdrawn in between is left out.
async fn loaded(ctx: &Context<'_>, sight: &Sight, entries: Slice<Entry>) -> Result<Slice<Content>> {
    let load = entries.items.into_iter().map(async |(position, (kind, id))| -> Result<_> {
        Ok(node::content(ctx, sight, kind, id).await?.map(|content| (position, content)))
    });
    let items = futures_util::future::try_join_all(load).await?;
    Ok(Slice { items: items.into_iter().flatten().collect(), has_more: entries.has_more })
}
