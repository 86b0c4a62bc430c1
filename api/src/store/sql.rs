//! Statements as text, for either database.

use std::fmt::{self, Display, Formatter, Write};

use sea_orm::sea_query::{
    Expr, PostgresQueryBuilder, QueryBuilder, SelectStatement, SqlWriter, SqliteQueryBuilder,
};
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

/// A statement in the making: its text, and what its numbered places stand for.
pub(super) struct Sql {
    pub(super) backend: DbBackend,
    pub(super) text: String,
    values: Vec<Value>,
}

impl Sql {
    pub(super) fn of(connection: &impl ConnectionTrait) -> Self {
        Self { backend: connection.get_database_backend(), text: String::new(), values: Vec::new() }
    }

    /// Takes a value, and says how the text names it.
    pub(super) fn bind(&mut self, value: Value) -> String {
        let (sign, place) = self.take(value);
        format!("{sign}{place}")
    }

    /// Takes a value; its sign and its place in the text.
    fn take(&mut self, value: Value) -> (char, usize) {
        self.values.push(value);
        (if self.backend == DbBackend::Postgres { '$' } else { '?' }, self.values.len())
    }

    /// Takes a statement in as a part; its text.
    pub(super) fn part(&mut self, statement: &SelectStatement) -> String {
        let whole = std::mem::take(&mut self.text);
        match self.backend {
            DbBackend::Postgres => statement.build_collect_any_into(&PostgresQueryBuilder, self),
            _ => statement.build_collect_any_into(&SqliteQueryBuilder, self),
        }
        std::mem::replace(&mut self.text, whole)
    }

    /// A statement that was built as a whole.
    pub(super) fn whole(connection: &impl ConnectionTrait, statement: &SelectStatement) -> Statement {
        let mut sql = Self::of(connection);
        sql.text = sql.part(statement);
        sql.statement()
    }

    pub(super) fn list(&mut self, values: impl Iterator<Item = Value>) -> String {
        values.map(|value| self.bind(value)).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn statement(self) -> Statement {
        Statement::from_sql_and_values(self.backend, self.text, self.values)
    }
}

/// A word that a statement has whatever is asked, in its text: the plan that PostgreSQL keeps is made for it.
pub(super) fn fixed(word: &'static str) -> Expr {
    Expr::Constant(word.into())
}

/// The longest list that [`among`] fills up: longer ones are rare, and databases bound how many values a statement has.
const FILLED: usize = 1_024;

/// Values for a list in a statement, the last one repeated until there are 1, 2, 4, 8 …: so there are few texts, and both databases
/// keep what they have prepared.
pub(super) fn among<T: Copy>(values: &[T]) -> impl Iterator<Item = T> {
    let wanted = if values.len() < FILLED { values.len().next_power_of_two() } else { values.len() };
    let again = values.last().copied().into_iter().cycle();
    values.iter().copied().chain(again).take(wanted)
}

impl Write for Sql {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text.write_str(text)
    }
}

impl Display for Sql {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl SqlWriter for Sql {
    fn push_param<T: QueryBuilder>(&mut self, value: Value, _: &T) {
        // A text takes all that is written to it.
        let _ = match value {
            // How many rows are wanted, the one number without a sign: PostgreSQL would plan the statement anew each time
            // while it does not know that.
            Value::BigUnsigned(Some(bound)) => write!(self.text, "{bound}"),
            value => {
                let (sign, place) = self.take(value);
                write!(self.text, "{sign}{place}")
            }
        };
    }

    fn as_writer(&mut self) -> &mut dyn Write {
        self
    }
}
