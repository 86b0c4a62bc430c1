//! Reading figures, for many statistics in one statement each.

use std::collections::HashMap;

use entity::Id;
use entity::cells::{Cells, InOrder, Row};
use entity::statistic::correction::{self, Model as Correction};
use entity::statistic::figure::{Column, Entity, Model};
use entity::statistic::{AreaScheme, figure_text};
use sea_orm::sea_query::{
    Alias, Condition, Expr, ExprTrait, Func, IntoIden, Order as Direction, Query, SelectStatement,
    WindowStatement,
};
use sea_orm::{DbErr, Iterable, JoinType};

use super::noun::all;
use super::page::{KeyValue, Page, Position, Slice, slice};
use super::read::{grouped, is_wished, ranked};
use super::sql::among;
use super::{Connection, Db, Scope};

/// The most corrections that a figure shows.
const MAX_CORRECTIONS: u32 = 50;

/// A place that a figure is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Area {
    /// Which list the code is from.
    pub scheme: AreaScheme,
    /// The code.
    pub code: String,
}

/// A figure as a reader of one scope sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What is the same in every language.
    pub row: Model,
    /// In the first wished language that has one, else in any.
    pub caveat: Option<String>,
    /// Which language that is.
    pub caveat_language: Option<String>,
}

/// One figure of a statistic: that of a period, or the latest.
pub type Wanted = (Id, Option<String>);

impl Figure {
    fn read(row: Row<'_>) -> Result<Self, DbErr> {
        let mut cells = Cells::of(row);
        Ok(Self {
            row: InOrder::in_order(&mut cells)?,
            caveat: cells.take()?,
            caveat_language: cells.take()?,
        })
    }
}

/// Figures by their ids; those out of sight are left out.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn by_ids(db: &Db, scope: &Scope, ids: &[Id]) -> Result<HashMap<Id, Figure>, DbErr> {
    let mut select = figures(scope);
    select.and_where(Expr::col((Entity, Column::Id)).is_in(among(ids)));
    let rows = all(db, &select).await?;
    rows.iter().map(|row| Figure::read(row).map(|figure| (figure.row.id, figure))).collect()
}

/// The figures of some periods, or the latest, in an area; without one, in that of each statistic's newest figure.
pub async fn chosen<C: Connection>(
    db: &C,
    scope: &Scope,
    area: Option<&Area>,
    wanted: &[Wanted],
) -> Result<HashMap<Wanted, Figure>, DbErr> {
    let statistics: Vec<Id> = wanted.iter().map(|(id, _)| *id).collect();
    let labels: Vec<&str> = wanted.iter().filter_map(|(_, period)| period.as_deref()).collect();
    let select = if area.is_none() && labels.is_empty() {
        // Of an area but one figure is the latest.
        let mut newest = newest(scope, &statistics);
        figures_of(scope, newest.columns(Column::iter()).take()).and_where(is_first(Entity)).take()
    } else {
        let mut select = figures(scope);
        let mut periods = Condition::any().add(is_latest());
        if !labels.is_empty() {
            periods = periods.add(Expr::col((Entity, Column::PeriodLabel)).is_in(among(&labels)));
        }
        select.cond_where(periods);
        match area {
            Some(area) => {
                select.and_where(Expr::col((Entity, Column::DocumentId)).is_in(among(&statistics)));
                within(&mut select, area);
            }
            None => in_newest_area(&mut select, scope, &statistics),
        }
        select
    };
    let rows = all(db, &select).await?;
    let mut by_period = HashMap::new();
    for row in rows.iter() {
        let figure = Figure::read(row)?;
        if figure.row.is_latest {
            by_period.insert((figure.row.document_id, None), figure.clone());
        }
        by_period.insert((figure.row.document_id, Some(figure.row.period_label.clone())), figure);
    }
    Ok(by_period)
}

/// A page of figures for each of several statistics, newest period first; those that end on the same day come
/// in the order in which they were added.
pub async fn pages(
    db: &Db,
    scope: &Scope,
    area: Option<&Area>,
    statistics: &[Id],
    page: &Page,
) -> Result<HashMap<Id, Slice<Figure>>, DbErr> {
    let mut inner = figures(scope);
    inner
        .expr_as(Expr::col((Entity, Column::DocumentId)), "parent_id")
        .and_where(Expr::col((Entity, Column::DocumentId)).is_in(among(statistics)));
    if let Some(area) = area {
        within(&mut inner, area);
    }
    if let Some(after) = &page.after {
        inner.cond_where(beyond(after, false));
    }
    if let Some(before) = &page.before {
        inner.cond_where(beyond(before, true));
    }
    let (by_end, by_id) =
        if page.backward { (Direction::Asc, Direction::Desc) } else { (Direction::Desc, Direction::Asc) };
    let window = WindowStatement::partition_by((Entity, Column::DocumentId))
        .order_by((Entity, Column::PeriodEnd), by_end)
        .order_by((Entity, Column::Id), by_id)
        .take();
    inner.expr_window_as(Func::cust("row_number"), window, "place");
    let found = grouped(&all(db, &ranked(inner, page.limit + 1)).await?, |row| {
        let figure = Figure::read(row)?;
        Ok((Position(KeyValue::Day(figure.row.period_end), figure.row.id), figure))
    })?;
    Ok(found.into_iter().map(|(id, items)| (id, slice(items, page))).collect())
}

/// How many figures each of several statistics has: exactly as many as paging to the end returns.
pub async fn counts(
    db: &Db,
    scope: &Scope,
    area: Option<&Area>,
    statistics: &[Id],
) -> Result<HashMap<Id, i64>, DbErr> {
    let mut select = Query::select();
    select
        .expr_as(Expr::col((Entity, Column::DocumentId)), "parent_id")
        .expr_as(Expr::cust("count(*)"), "many")
        .from(Entity)
        .and_where(scope.shows(Entity))
        .and_where(Expr::col((Entity, Column::DocumentId)).is_in(among(statistics)))
        .group_by_col((Entity, Column::DocumentId));
    if let Some(area) = area {
        within(&mut select, area);
    }
    let rows = all(db, &select).await?;
    rows.iter().map(|row| Ok((row.get("parent_id")?, row.get("many")?))).collect()
}

/// The values that some figures were published with before, newest first, at most 50 each.
pub async fn corrections(db: &Db, figures: &[Id]) -> Result<HashMap<Id, Vec<Correction>>, DbErr> {
    use correction::{Column, Entity};
    let window = WindowStatement::partition_by((Entity, Column::FigureId))
        .order_by((Entity, Column::CorrectedAt), Direction::Desc)
        .order_by((Entity, Column::Id), Direction::Desc)
        .take();
    let inner = Query::select()
        .columns(Column::iter().map(|column| (Entity, column)))
        .expr_as(Expr::col((Entity, Column::FigureId)), "parent_id")
        .expr_window_as(Func::cust("row_number"), window, "place")
        .from(Entity)
        .and_where(Expr::col((Entity, Column::FigureId)).is_in(among(figures)))
        .take();
    grouped(&all(db, &ranked(inner, MAX_CORRECTIONS)).await?, Correction::first_of)
}

/// Selects figures of the reader's stage with their caveats: a stage has figures where it has their statistic.
fn figures(scope: &Scope) -> SelectStatement {
    told(Query::select().from(Entity).and_where(scope.shows(Entity)).take(), scope)
}

/// The same of rows that were chosen already.
fn figures_of(scope: &Scope, chosen: SelectStatement) -> SelectStatement {
    // They stand in place of their table.
    told(Query::select().from_subquery(chosen, Entity).take(), scope)
}

fn told(mut select: SelectStatement, scope: &Scope) -> SelectStatement {
    use figure_text::{Column as Word, Entity as Words};
    select
        .columns(Column::iter().map(|column| (Entity, column)))
        .column((Words, Word::Caveat))
        .expr_as(Expr::col((Words, Word::Language)), "caveat_language")
        .join(
            JoinType::LeftJoin,
            Words,
            Condition::all()
                .add(Expr::col((Words, Word::FigureId)).equals((Entity, Column::Id)))
                .add(scope.sees((Words, Word::Stage), (Words, Word::FigureId)))
                .add(is_wished::<Words>(scope, "figure_id", Expr::col((Entity, Column::Id)))),
        )
        .take()
}

fn within(select: &mut SelectStatement, area: &Area) {
    select
        .and_where(Expr::col((Entity, Column::AreaScheme)).eq(area.scheme.as_str()))
        .and_where(Expr::col((Entity, Column::AreaCode)).eq(area.code.as_str()));
}

/// Numbers the latest figures of some statistics, each statistic's newest first; where several are as new, the one that was
/// added first.
fn newest(scope: &Scope, statistics: &[Id]) -> SelectStatement {
    let window = WindowStatement::partition_by(Column::DocumentId)
        .order_by(Column::PeriodEnd, Direction::Desc)
        .order_by(Column::PeriodStart, Direction::Desc)
        .order_by(Column::Id, Direction::Asc)
        .take();
    Query::select()
        .expr_window_as(Func::cust("row_number"), window, "place")
        .from(Entity)
        .and_where(Expr::col((Entity, Column::DocumentId)).is_in(among(statistics)))
        .and_where(scope.shows(Entity))
        .and_where(is_latest())
        .take()
}

/// Keeps to some statistics, each in the area of its newest figure.
fn in_newest_area(select: &mut SelectStatement, scope: &Scope, statistics: &[Id]) {
    let chosen = Alias::new("newest");
    let same = |column| Expr::col((Entity, column)).equals((chosen.clone(), column));
    let mut areas = newest(scope, statistics);
    areas.columns([Column::DocumentId, Column::AreaScheme, Column::AreaCode]);
    select
        .join_subquery(
            JoinType::InnerJoin,
            areas,
            chosen.clone(),
            same(Column::DocumentId).and(same(Column::AreaScheme)).and(same(Column::AreaCode)),
        )
        .and_where(is_first(chosen));
}

/// Whether a row of numbered ones is the first.
fn is_first(table: impl IntoIden) -> Expr {
    Expr::col((table.into_iden(), "place".into_iden())).eq(Expr::Constant(1.into()))
}

fn is_latest() -> Expr {
    Expr::col((Entity, Column::IsLatest)).eq(Expr::Constant(true.into()))
}

/// What stands after a position, or before it.
fn beyond(position: &Position, before: bool) -> Condition {
    let Position(key, id) = position;
    let KeyValue::Day(day) = key else { return Condition::any().add(Expr::val(1).eq(0)) };
    let (end, own) = (Expr::col((Entity, Column::PeriodEnd)), Expr::col((Entity, Column::Id)));
    let same_day = end.clone().eq(*day);
    if before {
        Condition::any().add(end.gt(*day)).add(same_day.and(own.lt(*id)))
    } else {
        Condition::any().add(end.lt(*day)).add(same_day.and(own.gt(*id)))
    }
}
