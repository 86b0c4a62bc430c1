//! Pages by keyset: stable while content is added and removed, as quick at the thousandth page as at the first.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use entity::campaign::occurrence;
use entity::cells::Row;
use entity::link::{self, Field};
use entity::{Id, document, translation};
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, Func, Order as Direction, Query, SelectStatement, WindowStatement,
};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use super::filter::{Filter, updated_at};
use super::noun::{Noun, Record, all, column, id_of, row_columns};
use super::read::{documents, filtered, grouped, identity, records, records_of, titles};
use super::sql::{among, fixed};
use super::{Db, Scope};

/// What a page is sorted by; the id breaks ties, in the same direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sort {
    /// The key.
    pub by: SortKey,
    /// Largest first.
    pub descending: bool,
}

/// A sort key, never null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// The title in the reader's language, folded.
    Title,
    /// When it last changed for this reader.
    UpdatedAt,
    /// An instant of its row.
    Instant(&'static str),
    /// A day of its row.
    Day(&'static str),
    /// A number of its row.
    Number(&'static str),
    /// A text of its row.
    Text(&'static str),
    /// The first day of a campaign's turn that is running or comes next on this day; what has none comes last.
    NextOccurrence(NaiveDate),
}

/// The value of a sort key, as a cursor carries it: with its type, since a title may look like a day.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum KeyValue {
    /// Whole microseconds since 1970.
    #[serde(rename = "n")]
    Number(i64),
    /// A day.
    #[serde(rename = "d")]
    Day(NaiveDate),
    /// Folded text.
    #[serde(rename = "t")]
    Text(String),
}

/// Where an item stands in its list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Position(pub KeyValue, pub Id);

/// Which items of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Page {
    /// In which order.
    pub sort: Sort,
    /// At most how many.
    pub limit: u32,
    /// The last items instead of the first; they still come in the order of `sort`.
    pub backward: bool,
    /// Only what stands after this.
    pub after: Option<Position>,
    /// Only what stands before this.
    pub before: Option<Position>,
    /// Only what meets this.
    pub filter: Option<Filter>,
}

/// A page of a list.
pub struct Slice<T> {
    /// The items with their positions.
    pub items: Vec<(Position, T)>,
    /// Whether there are more in the direction that was asked for.
    pub has_more: bool,
}

impl<T> Default for Slice<T> {
    fn default() -> Self {
        Self { items: Vec::new(), has_more: false }
    }
}

impl<T> Slice<T> {
    /// The same page of other items.
    pub fn map<U>(self, f: impl Fn(T) -> U) -> Slice<U> {
        let items = self.items.into_iter().map(|(position, item)| (position, f(item))).collect();
        Slice { items, has_more: self.has_more }
    }
}

/// The year 1900 in microseconds: nothing is dated earlier.
const FIRST_INSTANT: i64 = -2_208_988_800_000_000;
/// The end of the year 9999 in microseconds; the cursors that we give never leave what both databases can hold.
pub(super) const LAST_INSTANT: i64 = 253_402_300_799_999_999;
/// What a page is sorted by, beside the columns of a row.
const SORT_KEY: &str = "sort_key";

impl Sort {
    /// Its name in cursors, so that one of another order is refused.
    #[must_use]
    pub fn name(self) -> String {
        let key = match self.by {
            SortKey::Title => "title",
            SortKey::UpdatedAt => "updated_at",
            SortKey::Instant(name) | SortKey::Day(name) | SortKey::Number(name) | SortKey::Text(name) => name,
            SortKey::NextOccurrence(_) => "next_occurrence",
        };
        format!("{key}{}", if self.descending { "-" } else { "+" })
    }

    /// Whether a cursor's key is of this sort's type.
    #[must_use]
    pub fn fits(self, position: &Position) -> bool {
        match (self.by, &position.0) {
            (SortKey::Title | SortKey::Text(_), KeyValue::Text(_))
            | (SortKey::UpdatedAt | SortKey::Instant(_), KeyValue::Number(FIRST_INSTANT..=LAST_INSTANT))
            | (SortKey::Number(_), KeyValue::Number(_)) => true,
            (SortKey::Day(_) | SortKey::NextOccurrence(_), KeyValue::Day(day)) => {
                (1..=9999).contains(&day.year())
            }
            _ => false,
        }
    }
}

/// A page of all documents of a kind.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn page<N: Noun>(db: &Db, scope: &Scope, page: &Page) -> Result<Slice<Record<N>>, DbErr> {
    let mut chosen = keyed::<N>(scope, page);
    chosen.limit(u64::from(page.limit) + 1);
    for (expr, direction) in order::<N>(scope, page) {
        chosen.order_by_expr(expr, direction);
    }
    let (mut select, key) = if let SortKey::NextOccurrence(_) = page.sort.by {
        // No index has them in this order: all are sorted, by as little as can be, and read again where they are shown.
        chosen.expr(id_of::<N>());
        records_among::<N>(scope, chosen)
    } else {
        chosen.expr(row_columns::<N>());
        (records_of::<N>(scope, chosen), column::<N::Row>(SORT_KEY))
    };
    select.expr(key.clone()).order_by_expr(key, direction(page)).order_by_expr(id_of::<N>(), direction(page));
    let rows = all(db, &select).await?;
    Ok(slice(rows.iter().map(|row| item(scope, row, page.sort)).collect::<Result<_, _>>()?, page))
}

/// A page for each of several parents at once: the documents that link to them under a field.
pub async fn pages<N: Noun>(
    db: &Db,
    scope: &Scope,
    field: Field,
    parents: &[Id],
    page: &Page,
) -> Result<HashMap<Id, Slice<Record<N>>>, DbErr> {
    pages_along::<N>(db, scope, links(scope, field, parents), page).await
}

/// The same along any edges: a select of `document_id` and `to_id`, the parent, each pair once.
pub(super) async fn pages_along<N: Noun>(
    db: &Db,
    scope: &Scope,
    edges: SelectStatement,
    page: &Page,
) -> Result<HashMap<Id, Slice<Record<N>>>, DbErr> {
    let parent = Alias::new("parent");
    let mut chosen = keyed::<N>(scope, page);
    chosen.expr(row_columns::<N>());
    joined::<N>(&mut chosen, edges);
    chosen.expr_as(Expr::col((parent.clone(), link::Column::ToId)), "parent_id");
    let mut window = WindowStatement::partition_by((parent, link::Column::ToId));
    for (expr, direction) in order::<N>(scope, page) {
        window.order_by_expr(expr, direction);
    }
    chosen.expr_window_as(Func::cust("row_number"), window, "place");
    let mut select = records_of::<N>(scope, chosen);
    select
        .exprs([SORT_KEY, "parent_id"].map(column::<N::Row>))
        .and_where(column::<N::Row>("place").lte(page.limit + 1))
        .order_by_expr(column::<N::Row>("place"), Direction::Asc);
    let by_parent = grouped(&all(db, &select).await?, |row| item(scope, row, page.sort))?;
    Ok(by_parent.into_iter().map(|(parent, items)| (parent, slice(items, page))).collect())
}

/// How many documents of a kind meet a filter: exactly as many as paging to the end returns.
pub async fn count<N: Noun>(db: &Db, scope: &Scope, filter: Option<&Filter>) -> Result<i64, DbErr> {
    let mut select = candidates::<N>(scope, filter, None);
    select.expr_as(Expr::cust("count(*)"), "many");
    all(db, &select).await?.first().map_or(Ok(0), |row| row.get("many"))
}

/// The same for each of several parents.
pub async fn counts<N: Noun>(
    db: &Db,
    scope: &Scope,
    field: Field,
    parents: &[Id],
    filter: Option<&Filter>,
) -> Result<HashMap<Id, i64>, DbErr> {
    counts_along::<N>(db, scope, links(scope, field, parents), filter).await
}

/// The same along any edges.
pub(super) async fn counts_along<N: Noun>(
    db: &Db,
    scope: &Scope,
    edges: SelectStatement,
    filter: Option<&Filter>,
) -> Result<HashMap<Id, i64>, DbErr> {
    let mut select = candidates::<N>(scope, filter, None);
    joined::<N>(&mut select, edges);
    let parent = (Alias::new("parent"), link::Column::ToId);
    select
        .expr_as(Expr::col(parent.clone()), "parent_id")
        .expr_as(Expr::cust("count(*)"), "many")
        .group_by_col(parent);
    let rows = all(db, &select).await?;
    rows.iter().map(|row| Ok((row.get("parent_id")?, row.get("many")?))).collect()
}

/// All that meets a filter, over no more tables than that and the sort look at.
fn candidates<N: Noun>(scope: &Scope, filter: Option<&Filter>, sort: Option<SortKey>) -> SelectStatement {
    let mut select = documents::<N>(scope);
    if sort == Some(SortKey::UpdatedAt) || filter.is_some_and(Filter::reads_document) {
        identity::<N>(&mut select);
    }
    if sort == Some(SortKey::Title) || filter.is_some_and(Filter::reads_words) {
        titles::<N>(&mut select, scope);
    }
    if let Some(SortKey::NextOccurrence(today)) = sort {
        next_turn::<N>(&mut select, scope, today);
    }
    filtered::<N>(&mut select, scope, filter);
    select
}

/// The edges from documents to the parents that they link to, each once.
fn links(scope: &Scope, field: Field, parents: &[Id]) -> SelectStatement {
    Query::select()
        .distinct()
        .columns([link::Column::DocumentId, link::Column::ToId])
        .from(link::Entity)
        .and_where(Expr::col(link::Column::ToId).is_in(among(parents)))
        .and_where(scope.sees(link::Column::Stage, link::Column::DocumentId))
        .and_where(Expr::col(link::Column::Field).eq(fixed(field.as_str())))
        .take()
}

/// Joins the parents that edges lead to.
fn joined<N: Noun>(select: &mut SelectStatement, edges: SelectStatement) {
    let parent = Alias::new("parent");
    select.join_subquery(
        JoinType::InnerJoin,
        edges,
        parent.clone(),
        Expr::col((parent, link::Column::DocumentId)).eq(id_of::<N>()),
    );
}

/// The sort keys of the rows that a page is taken from: what meets the filter and stands between the cursors. Places are given
/// among them alone; words are fetched for the few that are shown.
fn keyed<N: Noun>(scope: &Scope, page: &Page) -> SelectStatement {
    let mut select = candidates::<N>(scope, page.filter.as_ref(), Some(page.sort.by));
    let key = key::<N>(scope, page.sort.by);
    select.expr_as(key.clone(), SORT_KEY);
    let place = Expr::tuple([key, tie::<N>(page.sort.by)]);
    if let Some(after) = &page.after {
        let bound = bound(after, page.sort.by);
        select.and_where(if page.sort.descending {
            place.clone().lt(bound)
        } else {
            place.clone().gt(bound)
        });
    }
    if let Some(before) = &page.before {
        let bound = bound(before, page.sort.by);
        select.and_where(if page.sort.descending { place.gt(bound) } else { place.lt(bound) });
    }
    select
}

/// The records that were chosen by their ids, and their sort keys.
fn records_among<N: Noun>(scope: &Scope, chosen: SelectStatement) -> (SelectStatement, Expr) {
    let table = Alias::new("chosen");
    let id = Expr::col((table.clone(), link::Column::DocumentId));
    let mut select = records::<N>(scope);
    select.join_subquery(JoinType::InnerJoin, chosen, table.clone(), id.eq(id_of::<N>()));
    (select, Expr::col((table, SORT_KEY)))
}

fn order<N: Noun>(scope: &Scope, page: &Page) -> [(Expr, Direction); 2] {
    [(key::<N>(scope, page.sort.by), direction(page)), (tie::<N>(page.sort.by), direction(page))]
}

fn direction(page: &Page) -> Direction {
    if page.sort.descending == page.backward { Direction::Asc } else { Direction::Desc }
}

/// The id beside the key, in the key's own table: there an index has both.
fn tie<N: Noun>(by: SortKey) -> Expr {
    match by {
        SortKey::UpdatedAt => Expr::col((document::Entity, document::Column::Id)),
        SortKey::Title => Expr::col((translation::Entity, translation::Column::DocumentId)),
        SortKey::Instant(_)
        | SortKey::Day(_)
        | SortKey::Number(_)
        | SortKey::Text(_)
        | SortKey::NextOccurrence(_) => id_of::<N>(),
    }
}

fn key<N: Noun>(scope: &Scope, by: SortKey) -> Expr {
    match by {
        SortKey::Title => Expr::col((translation::Entity, translation::Column::TitleKey)),
        SortKey::UpdatedAt => updated_at(scope),
        SortKey::Instant(name) | SortKey::Day(name) | SortKey::Number(name) | SortKey::Text(name) => {
            column::<N::Row>(name)
        }
        SortKey::NextOccurrence(_) => {
            let starts_on = Expr::col((occurrence::Entity, occurrence::Column::StartsOn));
            Func::coalesce([starts_on, Expr::Constant(never().into())]).into()
        }
    }
}

/// Joins the turn of a campaign that is running or comes next on a day, where it has one: never more than that.
fn next_turn<N: Noun>(select: &mut SelectStatement, scope: &Scope, today: NaiveDate) {
    use occurrence::{Column, Entity};
    select.join(
        JoinType::LeftJoin,
        Entity,
        Expr::col((Entity, Column::DocumentId))
            .eq(id_of::<N>())
            .and(scope.shows(Entity))
            .and(Expr::col((Entity, Column::NextFrom)).lte(today))
            .and(Expr::col((Entity, Column::EndsOn)).gte(today)),
    );
}

/// What sorts after every occurrence on both databases.
fn never() -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX)
}

/// A page of rows that are no documents, the oldest first: in the order of a moment and the id.
pub(super) async fn oldest<E: EntityTrait>(
    db: &Db,
    page: &Page,
    (moment, id): (E::Column, E::Column),
    key: impl Fn(&E::Model) -> (DateTime<Utc>, Id),
) -> Result<Slice<E::Model>, DbErr> {
    let mut find = E::find().order_by_asc(moment).order_by_asc(id);
    if let Some(after) = &page.after {
        let place = Expr::tuple([moment.into_expr(), id.into_expr()]);
        find = find.filter(place.gt(bound(after, page.sort.by)));
    }
    let mut rows = find.limit(u64::from(page.limit) + 1).all(db).await?;
    let has_more = rows.len() > page.limit as usize;
    rows.truncate(page.limit as usize);
    let place = |row: &E::Model| {
        let (at, id) = key(row);
        Position(KeyValue::Number(at.timestamp_micros()), id)
    };
    Ok(Slice { items: rows.into_iter().map(|row| (place(&row), row)).collect(), has_more })
}

pub(super) fn bound(position: &Position, by: SortKey) -> Expr {
    let Position(value, id) = position;
    let value = match (value, by) {
        (KeyValue::Number(micros), SortKey::UpdatedAt | SortKey::Instant(_)) => {
            Expr::val(DateTime::<Utc>::from_timestamp_micros(*micros).unwrap_or_default())
        }
        (KeyValue::Number(number), _) => Expr::val(*number),
        (KeyValue::Day(day), _) => Expr::val(*day),
        (KeyValue::Text(text), _) => Expr::val(text.as_str()),
    };
    Expr::tuple([value, Expr::val(*id)])
}

fn item<N: Noun>(scope: &Scope, row: Row<'_>, sort: Sort) -> Result<(Position, Record<N>), DbErr> {
    let key = match sort.by {
        SortKey::Title | SortKey::Text(_) => KeyValue::Text(row.get(SORT_KEY)?),
        SortKey::UpdatedAt | SortKey::Instant(_) => {
            KeyValue::Number(row.get::<DateTime<Utc>>(SORT_KEY)?.timestamp_micros())
        }
        SortKey::Day(_) | SortKey::NextOccurrence(_) => KeyValue::Day(row.get(SORT_KEY)?),
        SortKey::Number(_) => KeyValue::Number(i64::from(row.get::<i32>(SORT_KEY)?)),
    };
    let record = Record::<N>::read(scope, row)?;
    Ok((Position(key, record.id()), record))
}

/// Cuts the one item too many that was fetched to see whether there are more.
pub(super) fn slice<T>(mut items: Vec<(Position, T)>, page: &Page) -> Slice<T> {
    let limit = page.limit as usize;
    let has_more = items.len() > limit;
    items.truncate(limit);
    if page.backward {
        items.reverse();
    }
    Slice { items, has_more }
}
