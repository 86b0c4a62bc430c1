//! Search over what is published.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::connection::PageInfo;
use super::content::{Content, Sight, sight};
use super::contents::{ContentType, kinds};
use super::error::{GqlError, Result};
use super::list::List;
use super::scalar::{HTML, LanguageTag};
use super::{app, db, node};
use crate::domain::contents::KINDS;
use crate::domain::search::{self, Asked, Found, MAX_OFFSET};
use crate::domain::value;
use crate::domain::view::{Scope, Stage, View};

/// The most results of a page.
const MAX: i32 = 100;
/// How many there are unless it is said.
const DEFAULT: i32 = 20;

/// Something that was found.
#[derive(Clone)]
pub struct SearchResult {
    node: Content,
    title: String,
    snippet: HTML,
}

/// Something that was found.
#[Object]
impl SearchResult {
    /// What was found, in the language in which the reader sees it.
    async fn node(&self) -> &Content {
        &self.node
    }

    /// What to call it in a list.
    async fn title(&self) -> &str {
        &self.title
    }

    /// Plain text around the match; matches are wrapped in `<mark>` and everything else is escaped. The beginning of the text where
    /// only the title matches.
    async fn snippet(&self) -> &HTML {
        &self.snippet
    }
}

/// A result and where it stands.
pub struct SearchResultEdge {
    cursor: String,
    node: SearchResult,
}

/// A result and where it stands.
#[Object]
impl SearchResultEdge {
    /// Pass as `after` to go on from here. Opaque, and good only for the same search.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The result.
    async fn node(&self) -> &SearchResult {
        &self.node
    }
}

/// How much there is of a type.
#[derive(SimpleObject)]
pub struct TypeCount {
    /// Which type.
    #[graphql(name = "type")]
    kind: ContentType,
    /// How many results are of it; never 0.
    count: i32,
}

/// One page of results.
pub struct SearchResultConnection {
    edges: List<SearchResultEdge>,
    nodes: List<SearchResult>,
    page_info: PageInfo,
    total_count: i32,
    counts_by_type: Vec<TypeCount>,
}

/// One page of results.
#[Object]
impl SearchResultConnection {
    /// The results with their cursors.
    async fn edges(&self) -> &List<SearchResultEdge> {
        &self.edges
    }

    /// The results alone.
    async fn nodes(&self) -> &List<SearchResult> {
        &self.nodes
    }

    /// Where the page stands, and how to go on.
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }

    /// How many results there are. Costs nothing unless it is selected.
    async fn total_count(&self) -> i32 {
        self.total_count
    }

    /// How many there are of each type, whichever `types` were asked for, so that they can be offered. Costs nothing unless it is selected.
    async fn counts_by_type(&self) -> &[TypeCount] {
        &self.counts_by_type
    }
}

/// Fields of `Query`.
#[derive(Default)]
pub struct SearchQuery;

#[Object]
impl SearchQuery {
    /// Full-text search over everything published, best match first, in the languages asked for: each document is searched in the language
    /// that the reader sees it in, and found in all forms of a word where the language's stemmer is known. Matches in
    /// titles count most, then those in summaries; of more than 1,000 matches the newest 1,000, and the newest 1,000 by their
    /// titles, are ranked, and the others follow, newest first.
    #[expect(clippy::too_many_arguments, reason = "the contract's arguments")]
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "What is looked for: all words must be there, `\"…\"` holds words together, `or` lets either do, `-` shuts a word out. Anything is a valid query; of a very long one the first 1,000 characters and 32 words count."
        )]
        query: String,
        #[graphql(desc = "Of which types; of all when left out.")] types: Option<Vec<ContentType>>,
        #[graphql(desc = "Only what has the topic with this slug, in any language.")] topic: Option<String>,
        #[graphql(desc = "How many, 1 to 100; 20 unless said.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Ordered wish list, at most 10; everything below inherits it.")] languages: Option<
            Vec<LanguageTag>,
        >,
    ) -> Result<SearchResultConnection> {
        let sight = published(&sight(ctx, languages)?);
        let limit = value::between(first.unwrap_or(DEFAULT), 1, MAX)
            .map_err(|(_, message)| GqlError::bad_input(&["first"], message))?;
        let offset = after.as_deref().map(read_cursor).transpose()?.unwrap_or(0);
        let asked = Asked { query, kinds: kinds(types), topic, offset, limit: limit.unsigned_abs() };
        let (found, has_more) = search::page(app(ctx), db(ctx), &sight.scope, &asked).await?;
        let look = ctx.look_ahead();
        let counts = if look.field("totalCount").exists() || look.field("countsByType").exists() {
            search::counts(app(ctx), db(ctx), &sight.scope, &asked).await?
        } else {
            HashMap::new()
        };
        let edges: Vec<SearchResultEdge> = loaded(ctx, &sight, found, offset).await?;
        let total: i64 = asked.kinds.iter().filter_map(|kind| counts.get(kind)).sum();
        let by_type = KINDS.into_iter().filter_map(|kind| {
            let count = counts.get(&kind).copied()?;
            Some(TypeCount { kind: ContentType::of(kind)?, count: i32::try_from(count).unwrap_or(i32::MAX) })
        });
        Ok(SearchResultConnection {
            page_info: PageInfo {
                has_next_page: has_more,
                has_previous_page: offset > 0,
                start_cursor: edges.first().map(|edge| edge.cursor.clone()),
                end_cursor: edges.last().map(|edge| edge.cursor.clone()),
            },
            nodes: edges.iter().map(|edge| edge.node.clone()).collect(),
            edges: edges.into(),
            total_count: i32::try_from(total).unwrap_or(i32::MAX),
            counts_by_type: by_type.collect(),
        })
    }
}

/// Only what is published is searched, also by those who see drafts elsewhere.
fn published(sight: &Sight) -> Sight {
    let scope = Scope { stage: Stage::Published, ..sight.scope.clone() };
    Arc::new(View { viewer: sight.viewer.clone(), scope })
}

/// The content of a page, one statement for each type in it. What was withdrawn in between is left out.
async fn loaded(
    ctx: &Context<'_>,
    sight: &Sight,
    found: Vec<Found>,
    offset: u32,
) -> Result<Vec<SearchResultEdge>> {
    let load = (offset + 1..).zip(found).map(async |(place, found)| -> Result<_> {
        let Some(node) = node::content(ctx, sight, found.kind, found.id).await? else { return Ok(None) };
        let node = SearchResult { node, title: found.title, snippet: HTML(found.snippet) };
        Ok(Some(SearchResultEdge { cursor: cursor(place), node }))
    });
    let edges = futures_util::future::try_join_all(load).await?;
    Ok(edges.into_iter().flatten().collect())
}

/// A cursor carries how many results there are up to it.
fn cursor(place: u32) -> String {
    URL_SAFE_NO_PAD.encode(format!("search:{place}"))
}

fn read_cursor(cursor: &str) -> Result<u32> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    let place = text.as_deref().and_then(|text| text.strip_prefix("search:")?.parse().ok());
    place.filter(|place| *place <= MAX_OFFSET).ok_or_else(|| {
        GqlError::bad_input(&["after"], "after is no cursor of a search. Take one from pageInfo or edges.")
    })
}
