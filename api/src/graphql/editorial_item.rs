//! The editors' list: drafts of all content, and where they are.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object};

use super::connection::{self, Connection, Paging};
use super::content::{Content, Sight};
use super::contents::{ContentType, kinds};
use super::editorial::{Editorial, EditorialStatus};
use super::error::{GqlError, Result};
use super::filter::given;
use super::{db, id, node, view};
use crate::domain::access::{self, Right};
use crate::domain::contents::Entry;
use crate::domain::editorial_item::{self, SavedBy, Wanted};
use crate::domain::read::{Slice, Sort, SortKey};

/// The most bytes of a text in a filter.
const MAX_TEXT: usize = 1_000;

/// A draft in the editors' list.
#[derive(Clone)]
pub struct EditorialItem {
    node: Content,
    editorial: Editorial,
}

/// A draft in the editors' list.
#[Object]
impl EditorialItem {
    /// The draft.
    async fn node(&self) -> &Content {
        &self.node
    }

    /// Where it is on its way to readers, who saved it and when.
    async fn editorial(&self) -> &Editorial {
        &self.editorial
    }
}

/// Which drafts. All given conditions must hold. An explicit null is a `BAD_INPUT` error, never "no condition".
#[derive(InputObject)]
pub struct EditorialFilter {
    /// Of one of these types; an empty list is met by none.
    types: MaybeUndefined<Vec<ContentType>>,
    /// In one of these states; an empty list is met by none.
    status: MaybeUndefined<Vec<EditorialStatus>>,
    /// With this in its title, in any language, whatever its case and accents; at most 1,000 bytes.
    text: MaybeUndefined<String>,
    /// Last saved by this actor: an `Actor.id`, or a name letter for letter.
    saved_by: MaybeUndefined<String>,
}

impl EditorialFilter {
    fn lower(self) -> Result<Wanted> {
        let Self { types, status, text, saved_by } = self;
        let text = given(&["filter", "text"], text)?;
        if text.as_ref().is_some_and(|text| text.len() > MAX_TEXT) {
            let message = format!("A text in a filter may have at most {MAX_TEXT} bytes.");
            return Err(GqlError::bad_input(&["filter", "text"], message));
        }
        let status = given(&["filter", "status"], status)?;
        let saved_by = given(&["filter", "savedBy"], saved_by)?
            .map(|actor| id::part(&ID(actor.clone()), "actor").map_or(SavedBy::Name(actor), SavedBy::Actor));
        Ok(Wanted {
            kinds: kinds(given(&["filter", "types"], types)?),
            status: status.map(|status| status.into_iter().map(named).collect()),
            text,
            saved_by,
        })
    }
}

/// What the database calls a state.
fn named(status: EditorialStatus) -> &'static str {
    match status {
        EditorialStatus::Draft => "DRAFT",
        EditorialStatus::InReview => "IN_REVIEW",
        EditorialStatus::Approved => "APPROVED",
        EditorialStatus::Scheduled => "SCHEDULED",
        EditorialStatus::Published => "PUBLISHED",
        EditorialStatus::Withdrawn => "WITHDRAWN",
    }
}

/// The order of the editors' list.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum EditorialSort {
    /// The last saved first.
    RecentlyEdited,
    /// By title, from A to Z.
    Title,
    /// By when they go to readers, the next first; those that are not scheduled come last.
    PublishAt,
}

impl From<EditorialSort> for Sort {
    fn from(sort: EditorialSort) -> Self {
        match sort {
            EditorialSort::RecentlyEdited => Self { by: SortKey::Instant("saved_at"), descending: true },
            EditorialSort::Title => Self { by: SortKey::Title, descending: false },
            EditorialSort::PublishAt => Self { by: SortKey::Instant("publish_at"), descending: false },
        }
    }
}

/// Fields of `Query`.
#[derive(Default)]
pub struct EditorialItemQuery;

#[Object]
impl EditorialItemQuery {
    /// The editors' list: the drafts of all content, whether readers see it or not. Null with FORBIDDEN without the right to read
    /// drafts.
    async fn editorial_items(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Which drafts.")] filter: Option<EditorialFilter>,
        #[graphql(desc = "In which order.", default_with = "Some(EditorialSort::RecentlyEdited)")]
        sort: Option<EditorialSort>,
    ) -> Option<Result<Connection<EditorialItem>>> {
        let sort = sort.unwrap_or(EditorialSort::RecentlyEdited);
        Some(items(ctx, Paging { first, after, ..Paging::default() }, filter, sort).await)
    }
}

async fn items(
    ctx: &Context<'_>,
    paging: Paging,
    filter: Option<EditorialFilter>,
    sort: EditorialSort,
) -> Result<Connection<EditorialItem>> {
    let sight = drafts(ctx)?;
    let wanted = filter
        .map_or_else(|| Ok(Wanted { kinds: kinds(None), ..Wanted::default() }), EditorialFilter::lower)?;
    let page = paging.page(sort.into(), None, connection::MAX)?;
    let entries = editorial_item::page(db(ctx), &sight.scope, &wanted, &page).await?;
    let total = if connection::is_counted(ctx) { editorial_item::count(db(ctx), &wanted).await? } else { 0 };
    let slice = loaded(ctx, &sight, entries.map(|entry| ((), entry))).await?;
    let items = slice.items.into_iter().filter_map(|(position, ((), node))| {
        let editorial = Editorial::of(&sight, node.document())?;
        Some((position, EditorialItem { node, editorial }))
    });
    let slice = Slice { items: items.collect(), has_more: slice.has_more };
    Ok(Connection::of(ctx, &slice, &page, total, EditorialItem::clone))
}

/// The view of drafts, for those who may.
///
/// # Errors
/// `UNAUTHENTICATED` or `FORBIDDEN`.
pub(super) fn drafts(ctx: &Context<'_>) -> Result<Sight> {
    access::require(view(ctx).viewer.as_ref(), Right::ReadDrafts)?;
    Ok(Arc::new(view(ctx).of_drafts(None)))
}

/// The content of a page beside what is said of it, one statement for each kind in it. What was deleted in between is left out.
///
/// # Errors
/// The database's.
pub(super) async fn loaded<T: Send>(
    ctx: &Context<'_>,
    sight: &Sight,
    entries: Slice<(T, Entry)>,
) -> Result<Slice<(T, Content)>> {
    let load = entries.items.into_iter().map(async |(position, (said, (kind, id)))| -> Result<_> {
        Ok(node::content(ctx, sight, kind, id).await?.map(|content| (position, (said, content))))
    });
    let items = futures_util::future::try_join_all(load).await?;
    Ok(Slice { items: items.into_iter().flatten().collect(), has_more: entries.has_more })
}
