//! Content of several kinds in one list, oldest change first: one statement, whatever the kinds.

use entity::Id;
use entity::document::{self, NodeKind};
use sea_orm::DbErr;
use sea_orm::sea_query::{Expr, ExprTrait, Order as Direction, Query, SelectStatement, UnionType};

use super::filter::{Filter, updated_at};
use super::noun::{Noun, all};
use super::page::{KeyValue, Position, Slice, SortKey, bound};
use super::read::{documents, filtered, identity};
use super::{Db, Scope, campaign, contact_channel, post, service, statistic, statistic_set};

/// A document in such a list.
pub type Entry = (NodeKind, Id);

/// Which content of such a list.
pub struct Listing {
    /// Of which kinds, each once; with none, nothing.
    pub kinds: Vec<NodeKind>,
    /// At most how many.
    pub limit: u32,
    /// Only what stands after this.
    pub after: Option<Position>,
    /// Only what meets this. Its conditions look at no words and at no columns of one kind only.
    pub filter: Option<Filter>,
}

/// What a kind has in sight; `None` for what is no content.
fn of_kind(kind: NodeKind, scope: &Scope, filter: Option<&Filter>) -> Option<SelectStatement> {
    Some(match kind {
        NodeKind::Post => in_sight::<post::Post>(scope, filter),
        NodeKind::Campaign => in_sight::<campaign::Campaign>(scope, filter),
        NodeKind::Statistic => in_sight::<statistic::Statistic>(scope, filter),
        NodeKind::StatisticSet => in_sight::<statistic_set::StatisticSet>(scope, filter),
        NodeKind::Service => in_sight::<service::Service>(scope, filter),
        NodeKind::ContactChannel => in_sight::<contact_channel::ContactChannel>(scope, filter),
        _ => return None,
    })
}

fn in_sight<N: Noun>(scope: &Scope, filter: Option<&Filter>) -> SelectStatement {
    let mut select = documents::<N>(scope);
    identity::<N>(&mut select);
    filtered::<N>(&mut select, scope, filter);
    select
}

/// A page of what is in sight, with the position of each.
///
/// # Errors
/// Whatever the database answers.
pub async fn page(db: &Db, scope: &Scope, listing: &Listing) -> Result<Slice<Entry>, DbErr> {
    let Some(candidates) = each(scope, listing, |select| keyed(select, scope, listing)) else {
        return Ok(Slice::default());
    };
    let select = Query::select()
        .expr(Expr::cust("*"))
        .from_subquery(candidates, "content")
        .order_by("sort_key", Direction::Asc)
        .order_by("id", Direction::Asc)
        .limit(u64::from(listing.limit) + 1)
        .take();
    let rows = all(db, &select).await?;
    let items = rows.iter().take(listing.limit as usize).map(|row| {
        let at: chrono::DateTime<chrono::Utc> = row.get("sort_key")?;
        let id: Id = row.get("id")?;
        Ok((Position(KeyValue::Number(at.timestamp_micros()), id), (row.get("node_kind")?, id)))
    });
    Ok(Slice { items: items.collect::<Result<_, DbErr>>()?, has_more: rows.len() > listing.limit as usize })
}

/// How many documents are in sight: exactly as many as paging to the end returns.
///
/// # Errors
/// Whatever the database answers.
pub async fn count(db: &Db, scope: &Scope, listing: &Listing) -> Result<i64, DbErr> {
    let counted = |mut select: SelectStatement| select.expr_as(Expr::cust("count(*)"), "many").take();
    let Some(select) = each(scope, listing, counted) else { return Ok(0) };
    all(db, &select).await?.iter().map(|row| row.get::<i64>("many")).sum()
}

/// One select for each kind, all in one statement; `None` where there is no kind.
fn each(
    scope: &Scope,
    listing: &Listing,
    finish: impl Fn(SelectStatement) -> SelectStatement,
) -> Option<SelectStatement> {
    let mut selects =
        listing.kinds.iter().filter_map(|&kind| of_kind(kind, scope, listing.filter.as_ref())).map(finish);
    let mut first = selects.next()?;
    first.unions(selects.map(|select| (UnionType::All, select)));
    Some(first)
}

/// The first candidates of one kind: no page of the whole list has more.
fn keyed(mut select: SelectStatement, scope: &Scope, listing: &Listing) -> SelectStatement {
    let changed = updated_at(scope);
    let id = Expr::col((document::Entity, document::Column::Id));
    if let Some(after) = &listing.after {
        select.and_where(Expr::tuple([changed.clone(), id.clone()]).gt(bound(after, SortKey::UpdatedAt)));
    }
    select
        .expr_as(changed.clone(), "sort_key")
        .expr_as(id.clone(), "id")
        .column((document::Entity, document::Column::NodeKind))
        .order_by_expr(changed, Direction::Asc)
        .order_by_expr(id, Direction::Asc)
        .limit(u64::from(listing.limit) + 1);
    // SQLite takes an order within a union in a subquery only.
    Query::select().expr(Expr::cust("*")).from_subquery(select, "of_kind").take()
}
