//! Relay connections: bounded, stable, counted only when asked.

use std::borrow::Cow;

use async_graphql::{ContainerType, Context, Object, OutputType, SimpleObject, TypeName};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::content::{Doc, Sight};
use super::db;
use super::error::{GqlError, Result};
use super::list::List;
use super::loader::{CountOf, PageOf, documents};
use crate::domain::Id;
use crate::domain::read::{self, Field, Filter, Noun, Page, Position, Slice, Sort, SortKey};

/// The most items of a page.
pub const MAX: i32 = 100;
/// The order of what administrators manage: the oldest first.
pub const OLDEST: Sort = Sort { by: SortKey::Instant("created_at"), descending: false };
/// The most conditions of a filter, those within `and`, `or` and `not` included.
const MAX_CONDITIONS: usize = 200;
/// How many there are unless it is said.
const DEFAULT: i32 = 20;

/// Where a page stands in its list (Relay Cursor Connections).
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Whether there are more items after this page.
    pub(super) has_next_page: bool,
    /// Whether there are more items before this page.
    pub(super) has_previous_page: bool,
    /// Cursor of the first item; null on an empty page.
    pub(super) start_cursor: Option<String>,
    /// Cursor of the last item; null on an empty page.
    pub(super) end_cursor: Option<String>,
}

/// One page of a list.
pub struct Connection<T> {
    edges: List<Edge<T>>,
    nodes: List<T>,
    page_info: PageInfo,
    total_count: i32,
}

/// One page of a list.
#[Object(name_type, crate = "super::object::told")]
impl<T: ContainerType> Connection<T> {
    /// The items with their cursors.
    async fn edges(&self) -> &List<Edge<T>> {
        &self.edges
    }

    /// The items alone.
    async fn nodes(&self) -> &List<T> {
        &self.nodes
    }

    /// Where the page stands, and how to go on.
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }

    /// How many items paging to the end would return. Costs nothing unless it is selected.
    async fn total_count(&self) -> i32 {
        self.total_count
    }
}

/// An item of a list and where it stands in it.
pub struct Edge<T> {
    cursor: String,
    node: T,
}

/// An item of a list and where it stands in it.
#[Object(name_type, crate = "super::object::told")]
impl<T: ContainerType> Edge<T> {
    /// Pass as `after` or `before` to go on from here. Opaque, and good only for the same sort.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The item.
    async fn node(&self) -> &T {
        &self.node
    }
}

impl<T: OutputType> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

impl<T: OutputType> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

/// The paging arguments of a field, as they came.
#[derive(Default)]
pub struct Paging {
    /// How many from the start.
    pub first: Option<i32>,
    /// Start after this cursor.
    pub after: Option<String>,
    /// How many from the end.
    pub last: Option<i32>,
    /// End before this cursor.
    pub before: Option<String>,
}

impl Paging {
    /// The page that the arguments ask for.
    ///
    /// # Errors
    /// `BAD_INPUT` for anything out of bounds, `first` together with `last`, and cursors of other lists.
    pub fn page(self, sort: Sort, filter: Option<Filter>, max: i32) -> Result<Page> {
        let Self { first, after, last, before } = self;
        if first.is_some() && last.is_some() {
            return Err(GqlError::bad_input(&["last"], "Give either first or last, not both."));
        }
        if filter.as_ref().is_some_and(|filter| filter.size() > MAX_CONDITIONS) {
            return Err(GqlError::bad_input(
                &["filter"],
                format!("A filter may have at most {MAX_CONDITIONS} conditions."),
            ));
        }
        let argument = if last.is_some() { "last" } else { "first" };
        let limit = last.or(first).unwrap_or(DEFAULT.min(max));
        if !(1..=max).contains(&limit) {
            return Err(GqlError::bad_input(&[argument], format!("{argument} must be between 1 and {max}.")));
        }
        Ok(Page {
            sort,
            limit: limit.unsigned_abs(),
            backward: last.is_some(),
            after: after.map(|cursor| read_cursor("after", &cursor, sort)).transpose()?,
            before: before.map(|cursor| read_cursor("before", &cursor, sort)).transpose()?,
            filter,
        })
    }
}

/// A cursor carries the sort it belongs to, its key and the id.
fn cursor(position: &Position, sort: Sort) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(&(sort.name(), position)).unwrap_or_default())
}

fn read_cursor(argument: &str, cursor: &str, sort: Sort) -> Result<Position> {
    let position = URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .and_then(|json| serde_json::from_slice::<(String, Position)>(&json).ok())
        .filter(|(name, position)| *name == sort.name() && sort.fits(position));
    position.map(|(_, position)| position).ok_or_else(|| {
        GqlError::bad_input(
            &[argument],
            format!("{argument} is no cursor of this list in this order. Take one from pageInfo or edges."),
        )
    })
}

impl<T: OutputType> Connection<T> {
    /// A connection of one page; `total_count` is 0 where it was not selected.
    pub fn of<R>(
        ctx: &Context<'_>,
        slice: &Slice<R>,
        page: &Page,
        total_count: i64,
        node: impl Fn(&R) -> T,
    ) -> Self {
        let cursor = |(position, _): &(Position, R)| cursor(position, page.sort);
        let edge = |item: &(Position, R)| Edge { cursor: cursor(item), node: node(&item.1) };
        // Most ask for one of both, and cursors are long.
        let edges =
            if selects(ctx, "edges") { slice.items.iter().map(edge).collect() } else { List::default() };
        let nodes = if selects(ctx, "nodes") {
            slice.items.iter().map(|(_, item)| node(item)).collect()
        } else {
            List::default()
        };
        let page_info = PageInfo {
            has_next_page: if page.backward { page.before.is_some() } else { slice.has_more },
            has_previous_page: if page.backward { slice.has_more } else { page.after.is_some() },
            start_cursor: slice.items.first().map(cursor),
            end_cursor: slice.items.last().map(cursor),
        };
        Self { edges, nodes, page_info, total_count: i32::try_from(total_count).unwrap_or(i32::MAX) }
    }
}

/// Whether the field at hand selects a field of its connection.
fn selects(ctx: &Context<'_>, field: &str) -> bool {
    ctx.look_ahead().field(field).exists()
}

/// Whether the field at hand selects `totalCount`.
#[must_use]
pub fn is_counted(ctx: &Context<'_>) -> bool {
    selects(ctx, "totalCount")
}

/// A connection over all documents of a kind.
///
/// # Errors
/// Those of [`Paging::page`] and of the database.
pub async fn connect<N: Noun>(ctx: &Context<'_>, sight: &Sight, page: Page) -> Result<Connection<Doc<N>>>
where
    Doc<N>: OutputType,
{
    let slice = read::page::<N>(db(ctx), &sight.scope, &page).await?;
    let total = if is_counted(ctx) {
        read::count::<N>(db(ctx), &sight.scope, page.filter.as_ref()).await?
    } else {
        0
    };
    Ok(Connection::of(ctx, &slice.map(std::sync::Arc::new), &page, total, |record| {
        Doc::new(sight, record.clone())
    }))
}

/// A connection over the documents that link to one under a field; for all siblings together, one statement.
///
/// # Errors
/// Those of [`Paging::page`] and of the database.
pub async fn connect_to<N: Noun>(
    ctx: &Context<'_>,
    sight: &Sight,
    field: Field,
    parent: Id,
    page: Page,
) -> Result<Connection<Doc<N>>>
where
    Doc<N>: OutputType,
{
    let loader = documents::<N>(ctx);
    let counting = is_counted(ctx);
    let (slice, total) = futures_util::try_join!(
        loader.load_one(PageOf(sight.scope.clone(), field, parent, page.clone())),
        async {
            if !counting {
                return Ok(None);
            }
            loader.load_one(CountOf(sight.scope.clone(), field, parent, page.filter.clone())).await
        }
    )?;
    let slice = slice.unwrap_or_default();
    Ok(Connection::of(ctx, &slice, &page, total.unwrap_or(0), |record| Doc::new(sight, record.clone())))
}
