//! Rows read by the order of their columns.
//!
//! SeaORM looks each column up by its name, and writes the text of an error for each that is null. A record has some forty
//! columns, most of which are null, and a page a hundred records: that was a quarter of the time that a list takes.

use std::sync::Arc;

pub use entity_derive::InOrder;
use sea_orm::sqlx::types::Json;
use sea_orm::sqlx::{self, Decode, Postgres, Row, Sqlite, ValueRef};
use sea_orm::{DbErr, QueryResult, RuntimeErr};
use serde::de::DeserializeOwned;

use crate::value::List;
use crate::{Decimal, Id};

/// A model whose columns were selected in the order of its fields.
pub trait InOrder: Sized {
    /// Takes as many as it has fields.
    ///
    /// # Errors
    /// When a column is not of its field's type.
    fn in_order(cells: &mut Cells<'_>) -> Result<Self, DbErr>;
}

/// The columns of a row that are not read yet.
pub struct Cells<'r> {
    row: &'r QueryResult,
    next: usize,
}

impl<'r> Cells<'r> {
    /// All of a row.
    #[must_use]
    pub fn of(row: &'r QueryResult) -> Self {
        Self { row, next: 0 }
    }

    /// The next one.
    ///
    /// # Errors
    /// When there is none, or it is of another type.
    pub fn take<T: Cell>(&mut self) -> Result<T, DbErr> {
        let place = Place { row: self.row, index: self.next };
        self.next += 1;
        T::read(place)
    }
}

/// A column of a row.
#[derive(Clone, Copy)]
pub struct Place<'r> {
    row: &'r QueryResult,
    index: usize,
}

impl<'r> Place<'r> {
    fn is_null(self) -> Result<bool, DbErr> {
        let is_null = match (self.row.try_as_pg_row(), self.row.try_as_sqlite_row()) {
            (Some(row), _) => row.try_get_raw(self.index).map(|value| value.is_null()),
            (_, Some(row)) => row.try_get_raw(self.index).map(|value| value.is_null()),
            _ => return Err(unknown_driver()),
        };
        is_null.map_err(failed)
    }

    /// Its value, as the driver gives it. The types of both ends are ours.
    pub(crate) fn get<T: Decode<'r, Postgres> + Decode<'r, Sqlite>>(self) -> Result<T, DbErr> {
        let value = match (self.row.try_as_pg_row(), self.row.try_as_sqlite_row()) {
            (Some(row), _) => row.try_get_unchecked(self.index),
            (_, Some(row)) => row.try_get_unchecked(self.index),
            _ => return Err(unknown_driver()),
        };
        value.map_err(failed)
    }

    /// The value of its text.
    pub(crate) fn parse<T>(self, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, DbErr> {
        let text: &str = self.get()?;
        parse(text).ok_or_else(|| DbErr::Type(format!("column {} does not hold such a value", self.index)))
    }
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error)))
}

fn unknown_driver() -> DbErr {
    DbErr::Type("a row of neither SQLite nor PostgreSQL".into())
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
    ($($type:ty),*) => {$(
        impl Cell for $type {
            fn read(place: Place<'_>) -> Result<Self, DbErr> {
                place.get()
            }
        }
    )*};
}
as_the_driver_gives_it!(bool, i32, i64, String, chrono::NaiveDate, chrono::DateTime<chrono::Utc>);

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
        place.get().map(|Json(list)| list)
    }
}
