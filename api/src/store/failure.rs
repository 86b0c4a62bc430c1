//! What a database error means for whoever asked.

use std::borrow::Cow;

use sea_orm::sqlx::Error;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Whether the database cannot do anything of the kind at the moment: it is away, locked, read-only, full or failing.
/// Asked again later, the same may succeed.
#[must_use]
pub fn is_unavailable(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) => true,
        DbErr::Conn(inner) | DbErr::Exec(inner) | DbErr::Query(inner) => match inner {
            RuntimeErr::SqlxError(error) => is_away(error),
            RuntimeErr::Internal(_) => matches!(error, DbErr::Conn(_)),
        },
        _ => false,
    }
}

/// Whether it is only the connection that is lost: the same may succeed with another one at once.
#[must_use]
pub fn is_broken(error: &DbErr) -> bool {
    match cause(error) {
        Some(Error::Io(_) | Error::WorkerCrashed) => true,
        // Ended by an administrator, by a crash, by the removal of the database.
        _ => code(error).is_some_and(|code| ["57P01", "57P02", "57P04"].contains(&&*code)),
    }
}

/// What the database calls an error: a result code of SQLite, or an SQLSTATE of PostgreSQL. `None` where it said nothing.
#[must_use]
pub fn code(error: &DbErr) -> Option<Cow<'_, str>> {
    match cause(error)? {
        Error::Database(error) => error.code(),
        _ => None,
    }
}

/// What the driver said.
fn cause(error: &DbErr) -> Option<&Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => Some(cause),
        _ => None,
    }
}

/// A constraint that caught what a check could not see, since somebody else wrote at the same moment.
pub enum Violation {
    /// Another document took the slug.
    Slug,
    /// Another document took a value that is unique.
    Unique,
    /// What was referred to is gone.
    Reference,
}

/// Which constraint an error tells of.
#[must_use]
pub fn violation(error: &DbErr) -> Option<Violation> {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Some(Violation::Unique),
        Some(SqlErr::ForeignKeyConstraintViolation(_)) => Some(Violation::Reference),
        _ => matches!(error, DbErr::RecordNotInserted).then_some(Violation::Slug),
    }
}

fn is_away(error: &Error) -> bool {
    match error {
        Error::Io(_) | Error::Tls(_) | Error::PoolTimedOut | Error::PoolClosed | Error::WorkerCrashed => true,
        Error::Database(error) => error.code().is_some_and(|code| is_away_by_code(&code)),
        _ => false,
    }
}

/// By SQLite's result codes (numbers, the primary one in the low byte) and PostgreSQL's SQLSTATE (five characters).
fn is_away_by_code(code: &str) -> bool {
    if code.len() == 5 {
        let classes = ["08", "53", "57", "58"];
        // Deadlock, serialisation failure, a lock held for too long, read-only transaction, no such database, a
        // database that lets nobody in.
        let codes = ["40P01", "40001", "55P03", "25006", "3D000", "55000"];
        return classes.iter().any(|class| code.starts_with(class)) || codes.contains(&code);
    }
    // Busy, locked, read-only, I/O error, corrupt, full, cannot open, protocol, not a database.
    code.parse::<u32>().is_ok_and(|code| matches!(code & 0xFF, 5 | 6 | 8 | 10 | 11 | 13 | 14 | 15 | 26))
}

#[cfg(test)]
mod tests {
    use super::is_away_by_code;

    #[test]
    fn locked_full_and_gone_databases_may_answer_later() {
        for code in
            ["5", "261", "8", "1032", "13", "14", "08006", "57P01", "53100", "25006", "40P01", "55000"]
        {
            assert!(is_away_by_code(code), "{code}");
        }
        for code in ["1", "19", "2067", "23505", "42601"] {
            assert!(!is_away_by_code(code), "{code}");
        }
    }
}
