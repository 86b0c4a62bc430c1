//! A table in memory: what a statement on SQLite answered, in two pieces of memory however many values it has.

use sea_orm::DbErr;

/// The rows that a statement answered, all of one width.
pub struct Table {
    columns: Vec<String>,
    cells: Vec<Stored>,
    text: String,
}

/// A value as it is kept.
#[derive(Clone, Copy)]
enum Stored {
    Null,
    Integer(i64),
    /// From where to where in the text of all.
    Text(usize, usize),
}

/// A value.
#[derive(Clone, Copy)]
pub(crate) enum Value<'t> {
    /// None.
    Null,
    /// A whole number, or a truth as 0 or 1.
    Integer(i64),
    /// Anything else, as text.
    Text(&'t str),
}

impl Table {
    /// No rows yet of these columns.
    #[must_use]
    pub fn new(columns: Vec<String>) -> Self {
        Self { columns, cells: Vec::new(), text: String::new() }
    }

    /// The next value of a row is null.
    pub fn push_null(&mut self) {
        self.cells.push(Stored::Null);
    }

    /// The next value of a row is a number.
    pub fn push_integer(&mut self, number: i64) {
        self.cells.push(Stored::Integer(number));
    }

    /// The next value of a row is a text.
    pub fn push_text(&mut self, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.cells.push(Stored::Text(start, self.text.len()));
    }

    /// How many whole rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len() / self.columns.len().max(1)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub(crate) fn index(&self, name: &str) -> Option<usize> {
        // What a statement has beside a model comes last.
        self.columns.iter().rposition(|column| column == name)
    }

    pub(crate) fn value(&self, row: usize, index: usize) -> Result<Value<'_>, DbErr> {
        let missing = || DbErr::Type(format!("there is no column {index}"));
        let width = self.columns.len();
        let cell = self.cells.get(row * width + index).filter(|_| index < width).ok_or_else(missing)?;
        Ok(match *cell {
            Stored::Null => Value::Null,
            Stored::Integer(number) => Value::Integer(number),
            Stored::Text(start, end) => Value::Text(&self.text[start..end]),
        })
    }
}

impl<'t> Value<'t> {
    pub(crate) fn integer(self) -> Option<i64> {
        if let Self::Integer(number) = self { Some(number) } else { None }
    }

    pub(crate) fn text(self) -> Option<&'t str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}
