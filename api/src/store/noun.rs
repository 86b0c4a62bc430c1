//! What all kinds of content have in common, so that a page, a batch, a save and a publication are written once.

use std::sync::OnceLock;

use entity::cells::{self, Cells, InOrder, KEYS, Rows};
use entity::document::NodeKind;
use entity::translation::{self, Name};
use entity::{Id, document};
use sea_orm::sea_query::{DynIden, Expr, IntoIden, SelectStatement};
use sea_orm::{DbErr, EntityTrait, IdenStatic, IntoActiveModel, Iterable};
use serde::Serialize;

use super::parts::Parts;
use super::reads::{Depth, Part, Words};
use super::sql::Sql;
use super::{Connection, Scope};

/// A kind of content: which tables it lives in.
///
/// Every kind has a row for each stage (what is the same in every language) and a text for each stage and
/// language; both are keyed by `document_id` and `stage`. What else belongs to it are its parts.
pub trait Noun: Send + Sync + Sized + 'static {
    /// Its name in the `document` table.
    const KIND: NodeKind;
    /// Topics, people and sources have no drafts of their own: each save is live, and readers see them while
    /// something published refers to them.
    const LIVE: bool = false;
    /// The table of what is the same in every language.
    type Row: EntityTrait<
            Model: Send
                       + Sync
                       + PartialEq
                       + Serialize
                       + InOrder
                       + IntoActiveModel<<Self::Row as EntityTrait>::ActiveModel>,
            ActiveModel: Send,
        >;
    /// The table of what is not.
    type Text: EntityTrait<
            Model: Send
                       + Sync
                       + PartialEq
                       + Serialize
                       + InOrder
                       + IntoActiveModel<<Self::Text as EntityTrait>::ActiveModel>,
            ActiveModel: Send,
        >;
    /// Editions, figures, areas and the like.
    type Parts: Parts;
}

/// A row's model.
pub type Row<N> = <<N as Noun>::Row as EntityTrait>::Model;
/// A text's model.
pub type Text<N> = <<N as Noun>::Text as EntityTrait>::Model;

/// One document as a reader of one scope sees it: a single language of a single stage.
pub struct Record<N: Noun> {
    /// Identity, version and state.
    pub document: Part<document::Model>,
    /// Language, slug and title.
    pub name: Name,
    /// What is the same in every language.
    pub row: Row<N>,
    /// What is not.
    pub text: Part<Text<N>>,
}

impl<N: Noun> Record<N> {
    /// Reads the columns that [`columns`] selects, and notes what it was for those who saw it.
    pub(super) fn read(scope: &Scope, row: cells::Row<'_>) -> Result<Self, DbErr> {
        let depth = scope.depth(N::KIND);
        let mut cells = Cells::of(row);
        let name = Name::in_order(&mut cells)?;
        scope.at.note_document(N::KIND, name.document_id);
        cells.know_keys();
        Ok(Self {
            name,
            row: InOrder::in_order(&mut cells)?,
            document: Part(depth.document.then(|| InOrder::in_order(&mut cells)).transpose()?),
            text: Part((depth.words != Words::None).then(|| InOrder::in_order(&mut cells)).transpose()?),
        })
    }

    /// Whose it is.
    #[must_use]
    pub fn id(&self) -> Id {
        self.name.document_id
    }
}

/// Texts that are made once for each kind.
type OnceForEach = [OnceLock<String>; NodeKind::ALL.len()];

/// The columns of a record, in the order in which [`Record::read`] takes them, the keys that its tables share once: as one text, since
/// there are up to forty, and each statement would put them together anew.
pub(super) fn columns<N: Noun>(depth: Depth) -> Expr {
    static COLUMNS: [OnceForEach; Depth::COUNT] =
        [const { [const { OnceLock::new() }; NodeKind::ALL.len()] }; Depth::COUNT];
    said_once::<N>(&COLUMNS[depth.place()], || {
        let mut columns = named::<translation::Entity>(Name::COLUMNS);
        columns.extend(columns_beside_keys::<N::Row>());
        if depth.document {
            columns.extend(columns_of::<document::Entity>());
        }
        let words = columns_beside_keys::<N::Text>();
        let body = format!(r#""{}"."body""#, table::<N::Text>());
        match depth.words {
            Words::None => {}
            Words::Brief => columns
                .extend(words.into_iter().map(|column| if column == body { "''".into() } else { column })),
            Words::Whole => columns.extend(words),
        }
        columns
    })
}

/// The columns of a kind's row, as one text.
pub(super) fn row_columns<N: Noun>() -> Expr {
    static COLUMNS: OnceForEach = [const { OnceLock::new() }; NodeKind::ALL.len()];
    said_once::<N>(&COLUMNS, columns_of::<N::Row>)
}

fn said_once<N: Noun>(texts: &'static OnceForEach, columns: impl FnOnce() -> Vec<String>) -> Expr {
    let text = texts[N::KIND as usize].get_or_init(|| columns().join(", "));
    Expr::cust(text.as_str())
}

/// The columns of an entity, in the order of its fields.
fn columns_of<E: EntityTrait>() -> Vec<String> {
    named::<E>(E::Column::iter())
}

/// The same but for those that another table of the record has too.
fn columns_beside_keys<E: EntityTrait>() -> Vec<String> {
    named::<E>(E::Column::iter().filter(|column| !KEYS.contains(&column.as_str())))
}

fn named<E: EntityTrait>(columns: impl IntoIterator<Item = E::Column>) -> Vec<String> {
    let table = table::<E>();
    columns.into_iter().map(|column| format!(r#""{table}"."{}""#, column.into_iden())).collect()
}

/// An entity's table.
pub(super) fn table<E: EntityTrait>() -> DynIden {
    E::default().table_name().to_owned().into_iden()
}

/// A column of an entity's table by name.
pub(super) fn column<E: EntityTrait>(name: &'static str) -> Expr {
    Expr::col((table::<E>(), name.into_iden()))
}

/// The id of the document that a row of a kind is of.
pub(super) fn id_of<N: Noun>() -> Expr {
    column::<N::Row>("document_id")
}

/// All rows of a select.
pub(super) async fn all<C: Connection>(db: &C, select: &SelectStatement) -> Result<Rows, DbErr> {
    db.rows(Sql::whole(db, select)).await
}
