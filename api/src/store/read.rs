//! Reading documents: by id, by slug, by link, in pages and counts. One statement each, whatever the number of rows.

use std::collections::{BTreeMap, HashMap};

use entity::Id;
use entity::cells::{Cells, InOrder, Row, Rows};
use entity::document::{self, NodeKind, Stage};
use entity::link::{self, Field};
use entity::translation::{self, Name};
use sea_orm::sea_query::{
    Alias, CaseStatement, Condition, DynIden, Expr, ExprTrait, IntoIden, Order as Direction, Query,
    SelectStatement,
};
use sea_orm::{DbErr, EntityTrait, JoinType};

use super::filter::Filter;
use super::noun::{self, Noun, Record, all, column, id_of, table};
use super::reads::Words;
use super::sql::{among, fixed};
use super::{Connection, Db, Scope};

/// The records of some ids that are in sight, in no order.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn by_ids<N: Noun>(
    db: &impl Connection,
    scope: &Scope,
    ids: &[Id],
) -> Result<HashMap<Id, Record<N>>, DbErr> {
    of_ids(db, scope, ids, referred_to(scope, N::KIND, id_of::<N>())).await
}

/// The same of ids to which something in sight is known to refer.
pub async fn referred<N: Noun>(
    db: &impl Connection,
    scope: &Scope,
    ids: &[Id],
) -> Result<HashMap<Id, Record<N>>, DbErr> {
    of_ids(db, scope, ids, seen_by_reference::<N>(scope)).await
}

async fn of_ids<N: Noun>(
    db: &impl Connection,
    scope: &Scope,
    ids: &[Id],
    sight: Option<Expr>,
) -> Result<HashMap<Id, Record<N>>, DbErr> {
    let mut select = records::<N>(scope);
    select.and_where(id_of::<N>().is_in(among(ids))).and_where_option(sight);
    let rows = all(db, &select).await?;
    rows.iter().map(|row| Record::read(scope, row).map(|record| (record.id(), record))).collect()
}

/// The record with a current slug: looked up in the wished languages in order, then in every other.
pub async fn by_slug<N: Noun>(db: &Db, scope: &Scope, slug: &str) -> Result<Option<Record<N>>, DbErr> {
    let named = Alias::new("named");
    let mut id = Query::select();
    id.column((named.clone(), translation::Column::DocumentId))
        .from_as(translation::Entity, named.clone())
        .join(
            JoinType::InnerJoin,
            document::Entity,
            Expr::col((document::Entity, document::Column::Id))
                .equals((named.clone(), translation::Column::DocumentId)),
        )
        .and_where(Expr::col((document::Entity, document::Column::NodeKind)).eq(fixed(N::KIND.as_str())))
        .and_where(scope.shows(named.clone()))
        .and_where(Expr::col((named.clone(), translation::Column::Slug)).eq(slug))
        .order_by_expr(wish_rank(&named.clone().into_iden(), scope), Direction::Asc)
        .order_by((named.clone(), translation::Column::Language), Direction::Asc)
        .limit(1);
    // What is out of sight does not stand before what is not.
    let named = Expr::col((named, translation::Column::DocumentId));
    id.and_where_option(referred_to(scope, N::KIND, named));
    let mut select = records::<N>(scope);
    select.and_where(id_of::<N>().in_subquery(id));
    all(db, &select).await?.first().map(|row| Record::read(scope, row)).transpose()
}

/// What documents, or parts of documents, link to under a field, in the order of use. Targets out of sight are left out.
pub async fn linked<N: Noun>(
    db: &Db,
    scope: &Scope,
    field: Field,
    from: &[Id],
) -> Result<HashMap<Id, Vec<Record<N>>>, DbErr> {
    let mut select = records::<N>(scope);
    select.and_where_option(seen_by_reference::<N>(scope));
    select
        .expr_as(Expr::col((link::Entity, link::Column::FromId)), "parent_id")
        .join(
            JoinType::InnerJoin,
            link::Entity,
            Expr::col((link::Entity, link::Column::ToId)).eq(id_of::<N>()),
        )
        .and_where(Expr::col((link::Entity, link::Column::FromId)).is_in(among(from)))
        .and_where(scope.shows(link::Entity))
        .and_where(Expr::col((link::Entity, link::Column::Field)).eq(fixed(field.as_str())))
        .order_by((link::Entity, link::Column::Position), Direction::Asc);
    grouped(&all(db, &select).await?, |row| Record::read(scope, row))
}

/// What documents, or parts of documents, link to under some fields, by name alone, in the order of use; the kinds are those that
/// the fields lead to. Links under different fields are one statement, and targets out of sight are left out. Not for a preview,
/// in whose midst a draft's link makes nothing visible: [`linked`] looks at what it leads to.
pub async fn named(
    db: &Db,
    scope: &Scope,
    fields: &BTreeMap<Field, NodeKind>,
    from: &[Id],
) -> Result<HashMap<(Field, Id), Vec<Name>>, DbErr> {
    let mut select = Query::select();
    select
        .columns(Name::COLUMNS.map(|column| (translation::Entity, column)))
        .columns(
            [link::Column::FromId, link::Column::Field, link::Column::Position]
                .map(|column| (link::Entity, column)),
        )
        .from(link::Entity)
        .join(
            JoinType::InnerJoin,
            translation::Entity,
            translations_of(scope, Expr::col((link::Entity, link::Column::ToId))),
        )
        .and_where(Expr::col((link::Entity, link::Column::FromId)).is_in(among(from)))
        .and_where(scope.shows(link::Entity))
        .and_where(
            Expr::col((link::Entity, link::Column::Field))
                .is_in(fields.keys().map(|field| fixed(field.as_str()))),
        )
        .order_by((link::Entity, link::Column::Position), Direction::Asc)
        .order_by((translation::Entity, translation::Column::Language), Direction::Asc);
    for kind in fields.values() {
        scope.at.note_kind(*kind);
    }
    // Every language comes: to choose among a few here is cheaper than to look each up.
    let mut found: HashMap<(Field, Id), Vec<(i32, Name)>> = HashMap::new();
    for row in all(db, &select).await?.iter() {
        let mut cells = Cells::of(row);
        let name = Name::in_order(&mut cells)?;
        let (from, field, position) = (cells.take()?, cells.take()?, cells.take()?);
        let names = found.entry((field, from)).or_default();
        match names.last_mut() {
            Some((last, other)) if *last == position => {
                if wish(scope, &name) < wish(scope, other) {
                    *other = name;
                }
            }
            _ => names.push((position, name)),
        }
    }
    for ((field, _), names) in &found {
        for (_, name) in names {
            scope.at.note_document(fields[field], name.document_id);
        }
    }
    let plain = |names: Vec<(i32, Name)>| names.into_iter().map(|(_, name)| name).collect();
    Ok(found.into_iter().map(|(key, names)| (key, plain(names))).collect())
}

/// Which wish a name meets; see [`wish_rank`].
fn wish(scope: &Scope, name: &Name) -> usize {
    let wishes = &scope.languages;
    wishes.iter().position(|wish| *wish == name.language).unwrap_or(wishes.len())
}

/// Every language that documents have at the reader's stage, in the order of their tags.
pub async fn translations(
    db: &Db,
    scope: &Scope,
    ids: &[Id],
) -> Result<HashMap<Id, Vec<translation::Model>>, DbErr> {
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
    let rows = translation::Entity::find()
        .filter(translation::Column::DocumentId.is_in(among(ids)))
        .filter(scope.shows(translation::Entity))
        .order_by_asc(translation::Column::Language)
        .all(db)
        .await?;
    let mut by_document: HashMap<Id, Vec<translation::Model>> = HashMap::new();
    for row in rows {
        by_document.entry(row.document_id).or_default().push(row);
    }
    Ok(by_document)
}

/// Which kinds some documents are of.
pub async fn kinds(db: &Db, ids: &[Id]) -> Result<HashMap<Id, NodeKind>, DbErr> {
    Ok(super::draft::existing(db, ids)
        .await?
        .into_iter()
        .map(|document| (document.id, document.node_kind))
        .collect())
}

/// Whether a document is in sight.
pub async fn is_in_sight(db: &Db, scope: &Scope, kind: NodeKind, id: Id) -> Result<bool, DbErr> {
    let mut select = Query::select();
    select
        .expr(Expr::val(1))
        .from(document::Entity)
        .and_where(Expr::col((document::Entity, document::Column::Id)).eq(id))
        .and_where(Expr::col((document::Entity, document::Column::NodeKind)).eq(kind.as_str()))
        .and_where(Expr::exists(
            Query::select()
                .expr(Expr::val(1))
                .from(translation::Entity)
                .and_where(Expr::col((translation::Entity, translation::Column::DocumentId)).eq(id))
                .and_where(scope.shows(translation::Entity))
                .take(),
        ));
    let itself = Expr::col((document::Entity, document::Column::Id));
    select.and_where_option(referred_to(scope, kind, itself));
    Ok(!all(db, &select).await?.is_empty())
}

/// Rows by their `parent_id`, keeping the order.
pub(super) fn grouped<T>(
    rows: &Rows,
    read: impl Fn(Row<'_>) -> Result<T, DbErr>,
) -> Result<HashMap<Id, Vec<T>>, DbErr> {
    let mut by_parent: HashMap<Id, Vec<T>> = HashMap::new();
    for row in rows.iter() {
        by_parent.entry(row.get("parent_id")?).or_default().push(read(row)?);
    }
    Ok(by_parent)
}

/// The first rows of each group of a select that numbers them in a column `place`, in that order.
pub(super) fn ranked(inner: SelectStatement, most: u32) -> SelectStatement {
    Query::select()
        .expr(Expr::cust("*"))
        .from_subquery(inner, "ranked")
        .and_where(Expr::col("place").lte(most))
        .order_by("place", Direction::Asc)
        .take()
}

/// Selects records of the reader's stage, as far as they are needed, whatever refers to them: for those who know which, by key or
/// by link.
pub(super) fn records<N: Noun>(scope: &Scope) -> SelectStatement {
    joined::<N>(rows::<N>(scope), scope)
}

/// The same of rows that were chosen already.
pub(super) fn records_of<N: Noun>(scope: &Scope, chosen: SelectStatement) -> SelectStatement {
    // They stand in place of their table.
    joined::<N>(Query::select().from_subquery(chosen, table::<N::Row>()).take(), scope)
}

fn joined<N: Noun>(mut select: SelectStatement, scope: &Scope) -> SelectStatement {
    let depth = scope.depth(N::KIND);
    if depth.document {
        select.join(JoinType::InnerJoin, document::Entity, is_document_of::<N>());
    }
    titles::<N>(&mut select, scope);
    if depth.words != Words::None {
        words::<N>(&mut select, scope);
    }
    select.expr(noun::columns::<N>(depth));
    select
}

/// All documents of a kind in sight, as narrow rows: what lists and counts are taken from.
///
/// Sight is decided here: rows of the reader's stage, and of what has no drafts only what something published refers to; those
/// who follow a link ([`linked`], [`named`]) need not ask that again. What is asked for is noted as what the answer is made of.
pub(super) fn documents<N: Noun>(scope: &Scope) -> SelectStatement {
    let mut select = rows::<N>(scope);
    select.and_where_option(referred_to(scope, N::KIND, id_of::<N>()));
    select
}

/// Joins what has no stage, for those who look at it.
pub(super) fn identity<N: Noun>(select: &mut SelectStatement) {
    // Every row of the table is of this kind; said for the indexes, which begin with it.
    let of_kind = Expr::col((document::Entity, document::Column::NodeKind)).eq(fixed(N::KIND.as_str()));
    select.join(JoinType::InnerJoin, document::Entity, is_document_of::<N>().and(of_kind));
}

/// Rows of the reader's stage, whatever refers to them.
fn rows<N: Noun>(scope: &Scope) -> SelectStatement {
    scope.at.note_kind(N::KIND);
    Query::select().from(table::<N::Row>()).and_where(scope.shows(table::<N::Row>())).take()
}

fn is_document_of<N: Noun>() -> Expr {
    Expr::col((document::Entity, document::Column::Id)).eq(id_of::<N>())
}

/// Whether something published refers to a document; `None` where that is not asked: of kinds that have drafts, and by those who
/// read drafts.
fn referred_to(scope: &Scope, kind: NodeKind, document: Expr) -> Option<Expr> {
    if scope.stage == Stage::Draft || !super::is_live(kind) {
        return None;
    }
    let reference = Alias::new("reference");
    let published = Query::select()
        .expr(Expr::val(1))
        .from_as(link::Entity, reference.clone())
        .and_where(Expr::col((reference.clone(), link::Column::ToId)).eq(document.clone()))
        .and_where(Expr::col((reference, link::Column::Stage)).eq(fixed(Stage::Published.as_str())))
        .take();
    let published = Expr::exists(published);
    let Some(apart) = &scope.apart else { return Some(published) };
    Some(published.or(document.is_in(among(&apart.ids))))
}

/// The same where something in sight refers to it: that is published itself, unless it is a draft in the midst of what is.
fn seen_by_reference<N: Noun>(scope: &Scope) -> Option<Expr> {
    scope.apart.as_ref().and_then(|_| referred_to(scope, N::KIND, id_of::<N>()))
}

/// Every language of a document in sight.
fn translations_of(scope: &Scope, document: Expr) -> Condition {
    Condition::all()
        .add(Expr::col((translation::Entity, translation::Column::DocumentId)).eq(document))
        .add(scope.shows(translation::Entity))
}

/// Joins the words in the language of the title.
fn words<N: Noun>(select: &mut SelectStatement, scope: &Scope) {
    select.join(
        JoinType::InnerJoin,
        table::<N::Text>(),
        Condition::all()
            .add(column::<N::Text>("document_id").eq(id_of::<N>()))
            .add(scope.shows(table::<N::Text>()))
            .add(
                column::<N::Text>("language")
                    .eq(Expr::col((translation::Entity, translation::Column::Language))),
            ),
    );
}

/// Joins slug and title in the first wished language that exists.
pub(super) fn titles<N: Noun>(select: &mut SelectStatement, scope: &Scope) {
    select.join(
        JoinType::InnerJoin,
        translation::Entity,
        translations_of(scope, id_of::<N>()).add(is_wished::<translation::Entity>(
            scope,
            "document_id",
            id_of::<N>(),
        )),
    );
}

/// Whether a row of words is in the first wished language that its document or part has any in: there is none in a better one.
/// `key` is the column that names the document or part, and `of` is that at hand.
pub(super) fn is_wished<W: EntityTrait>(scope: &Scope, key: &'static str, of: Expr) -> Expr {
    let better = Alias::new("better");
    let place = |row: DynIden| Expr::tuple([wish_rank(&row, scope), Expr::col((row, "language"))]);
    let others = Query::select()
        .expr(Expr::val(1))
        .from_as(table::<W>(), better.clone())
        .and_where(Expr::col((better.clone(), key)).eq(of))
        .and_where(scope.sees((better.clone(), "stage"), (better.clone(), key)))
        .and_where(place(better.into_iden()).lt(place(table::<W>())))
        .take();
    let unbeaten = Expr::exists(others).not();
    // Most have the first one that is wished for: there is nothing to be looked up then.
    match scope.languages.first() {
        Some(first) => column::<W>("language").eq(first.as_str()).or(unbeaten),
        None => unbeaten,
    }
}

/// 0 for the first wish, 1 for the second …, and one more than the last for every other language.
fn wish_rank(of: &DynIden, scope: &Scope) -> Expr {
    let mut rank = CaseStatement::new();
    let mut last = 0;
    for (wish, language) in (0_i32..).zip(scope.languages.iter()) {
        rank =
            rank.case(Expr::col((of.clone(), "language")).eq(language.as_str()), Expr::Constant(wish.into()));
        last = wish + 1;
    }
    rank.finally(Expr::Constant(last.into())).into()
}

/// Adds a filter to a select over [`documents`], with what it reads.
pub(super) fn filtered<N: Noun>(select: &mut SelectStatement, scope: &Scope, filter: Option<&Filter>) {
    if let Some(filter) = filter {
        select.cond_where(filter.condition::<N>(scope));
    }
}
