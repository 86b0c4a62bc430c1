//! What statements answer: rows, read by the order of their columns or by their names.
//!
//! SeaORM looks each column up by its name, and writes the text of an error for each that is null. A record has some forty
//! columns, most of which are null, and a page a hundred records: that was a quarter of the time that a list takes.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
pub use entity_derive::InOrder;
use sea_orm::sqlx::types::Json;
use sea_orm::sqlx::{self, ColumnIndex, Decode, Postgres, Row as _, Sqlite, ValueRef};
use sea_orm::{DbErr, QueryResult, RuntimeErr};
use serde::de::DeserializeOwned;

pub use crate::table::Table;
use crate::table::Value;
use crate::value::List;
use crate::{Decimal, Id};

/// Asks the row of whichever driver a result is of.
macro_rules! of_driver {
    ($result:expr, |$row:ident| $asked:expr) => {
        match ($result.try_as_pg_row(), $result.try_as_sqlite_row()) {
            (Some($row), _) => $asked.map_err(failed),
            (_, Some($row)) => $asked.map_err(failed),
            _ => Err(DbErr::Type("a row of neither SQLite nor PostgreSQL".into())),
        }
    };
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error)))
}

/// What a statement answered, whoever read it.
pub enum Rows {
    /// SeaORM, through its driver.
    Driver(Vec<QueryResult>),
    /// A reader of SQLite files.
    Table(Table),
}

impl Rows {
    /// Each row in its order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).map(|place| match self {
            Self::Driver(rows) => Row::Driver(&rows[place]),
            Self::Table(table) => Row::Table(table, place),
        })
    }

    /// The first row.
    #[must_use]
    pub fn first(&self) -> Option<Row<'_>> {
        self.iter().next()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Driver(rows) => rows.len(),
            Self::Table(table) => table.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One row.
#[derive(Clone, Copy)]
pub enum Row<'r> {
    /// Of a driver.
    Driver(&'r QueryResult),
    /// Of a table, by its place.
    Table(&'r Table, usize),
}

impl Row<'_> {
    /// The value of a column by its name: for the few that a statement has beside a model.
    ///
    /// # Errors
    /// When there is no such column, or it is of another type.
    pub fn get<T: Cell>(self, name: &str) -> Result<T, DbErr> {
        T::read(Place { row: self, index: self.index(name)? })
    }

    /// The value of a column by its place, from 0.
    ///
    /// # Errors
    /// When there is no such column, or it is of another type.
    pub fn at<T: Cell>(self, index: usize) -> Result<T, DbErr> {
        T::read(Place { row: self, index })
    }

    fn index(self, name: &str) -> Result<usize, DbErr> {
        let row = match self {
            Self::Driver(row) => row,
            Self::Table(table, _) => {
                return table.index(name).ok_or_else(|| DbErr::Type(format!("no column {name}")));
            }
        };
        of_driver!(row, |row| name.index(row))
    }
}

/// A model whose columns were selected in the order of its fields.
pub trait InOrder: Sized {
    /// Takes as many as it has fields.
    ///
    /// # Errors
    /// When a column is not of its field's type.
    fn in_order(cells: &mut Cells<'_>) -> Result<Self, DbErr>;

    /// Takes the first of a row.
    ///
    /// # Errors
    /// The same.
    fn first_of(row: Row<'_>) -> Result<Self, DbErr> {
        Self::in_order(&mut Cells::of(row))
    }
}

/// The columns that a row begins with where one of several models tells them for all: of which document it is, at which stage, in
/// which language.
pub const KEYS: [&str; 3] = ["document_id", "stage", "language"];

/// The columns of a row that are not read yet.
pub struct Cells<'r> {
    row: Row<'r>,
    next: usize,
    knows_keys: bool,
}

impl<'r> Cells<'r> {
    /// All of a row.
    #[must_use]
    pub fn of(row: Row<'r>) -> Self {
        Self { row, next: 0, knows_keys: false }
    }

    /// Those of a row that begins with [`KEYS`], none of which is selected again for the models after the first.
    pub fn know_keys(&mut self) {
        self.knows_keys = true;
    }

    /// The next one, or that of a key that is known.
    ///
    /// # Errors
    /// When there is none, or it is of another type.
    #[inline]
    pub fn take_unless_known<T: Cell>(&mut self, name: &str) -> Result<T, DbErr> {
        let known = KEYS.iter().position(|key| *key == name).filter(|_| self.knows_keys);
        if let Some(place) = known { self.row.at(place) } else { self.take() }
    }

    /// The next one.
    ///
    /// # Errors
    /// When there is none, or it is of another type.
    pub fn take<T: Cell>(&mut self) -> Result<T, DbErr> {
        let index = self.next;
        self.next += 1;
        self.row.at(index)
    }
}

/// A column of a row.
#[derive(Clone, Copy)]
pub struct Place<'r> {
    row: Row<'r>,
    index: usize,
}

impl<'r> Place<'r> {
    fn is_null(self) -> Result<bool, DbErr> {
        let row = match self.row {
            Row::Driver(row) => row,
            Row::Table(table, row) => return Ok(matches!(table.value(row, self.index)?, Value::Null)),
        };
        of_driver!(row, |row| row.try_get_raw(self.index).map(|value| value.is_null()))
    }

    /// Its value, as a driver gives it, or made of that in a table. The types of both ends are ours.
    fn get<T: Decode<'r, Postgres> + Decode<'r, Sqlite>>(
        self,
        own: impl FnOnce(Value<'r>) -> Option<T>,
    ) -> Result<T, DbErr> {
        let row = match self.row {
            Row::Driver(row) => row,
            Row::Table(table, row) => return own(table.value(row, self.index)?).ok_or_else(|| self.wrong()),
        };
        of_driver!(row, |row| row.try_get_unchecked(self.index))
    }

    /// The value of its text.
    pub(crate) fn parse<T>(self, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, DbErr> {
        parse(self.get(Value::text)?).ok_or_else(|| self.wrong())
    }

    fn wrong(self) -> DbErr {
        DbErr::Type(format!("column {} does not hold such a value", self.index))
    }
}

/// A value that a column holds.
pub trait Cell: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// When the column holds something else.
    fn read(place: Place<'_>) -> Result<Self, DbErr>;
}

macro_rules! as_the_driver_gives_it {
    ($($type:ty: $own:expr),* $(,)?) => {$(
        impl Cell for $type {
            fn read(place: Place<'_>) -> Result<Self, DbErr> {
                place.get($own)
            }
        }
    )*};
}
as_the_driver_gives_it! {
    bool: |value| value.integer().map(|number| number != 0),
    i32: |value| value.integer()?.try_into().ok(),
    i64: Value::integer,
    String: |value| value.text().map(str::to_owned),
    NaiveDate: |value| value.text()?.parse().ok(),
    DateTime<Utc>: |value| DateTime::parse_from_rfc3339(value.text()?).ok().map(Into::into),
}

impl<T: Cell> Cell for Option<T> {
    fn read(place: Place<'_>) -> Result<Self, DbErr> {
        if place.is_null()? { Ok(None) } else { T::read(place).map(Some) }
    }
}

impl Cell for Id {
    fn read(place: Place<'_>) -> Result<Self, DbErr> {
        place.parse(|text| text.parse().ok())
    }
}

impl Cell for Decimal {
    fn read(place: Place<'_>) -> Result<Self, DbErr> {
        place.parse(|text| text.parse().ok())
    }
}

impl<T: DeserializeOwned> Cell for List<T> {
    fn read(place: Place<'_>) -> Result<Self, DbErr> {
        let own = |value: Value<'_>| serde_json::from_str(value.text()?).ok().map(Json);
        place.get(own).map(|Json(list)| list)
    }
}
