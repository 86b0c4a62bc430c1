//! What a trace says of a statement, by the conventions of OpenTelemetry: what it asks, and nothing of what it asks for.
//!
//! <https://opentelemetry.io/docs/specs/semconv/db/database-spans/>. Values are not only in parameters: some searches have
//! theirs as literals in the text (`store/search.rs`). So no text leaves the server as it is.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use tracing::{Instrument, Span, field};

use super::failure;

/// The span of a statement within that of whoever asks; none for what nobody traces, such as the house's own looking around.
pub(super) fn of_statement(connection: &impl ConnectionTrait, sql: &str) -> Span {
    if Span::current().is_none() {
        return Span::none();
    }
    let is_postgres = connection.get_database_backend() == DbBackend::Postgres;
    tracing::info_span!(
        "statement",
        otel.name = summary(sql),
        otel.kind = "client",
        otel.status_code = field::Empty,
        error.type = field::Empty,
        db.system.name = if is_postgres { "postgresql" } else { "sqlite" },
        db.query.text = text(sql),
    )
}

/// Says in a span how what happens within it went: the begin and the end of a transaction, which are no statements of SeaORM's.
pub(super) async fn within<T>(span: Span, asked: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
    let answer = asked.instrument(span.clone()).await;
    answered(&span, &answer);
    answer
}

/// Says of a statement's span how it failed: in the database's code, as its words may quote a value.
pub(super) fn answered<T>(span: &Span, answer: &Result<T, DbErr>) {
    if let Err(error) = answer {
        span.record("error.type", failure::code(error).as_deref().unwrap_or("_OTHER"));
        span.record("otel.status_code", "ERROR");
    }
}

/// A part of a statement.
enum Part<'a> {
    /// A keyword or a name.
    Word(&'a str),
    /// Something that is asked for, or the place of it.
    Value,
    /// White space of any length.
    Space,
    /// Any other sign.
    Sign(char),
    /// What is not understood; nothing after it is read.
    Unknown,
}

/// What a statement is called: `SELECT post`, its verb and the first table that it is about.
fn summary(sql: &str) -> String {
    let (mut depth, mut verb, mut is_next) = (0, None, false);
    for part in Parts(sql) {
        match part {
            Part::Word(table) if depth == 0 && is_next => {
                return format!("{} {}", verb.unwrap_or_default(), table.trim_matches('"'));
            }
            Part::Word(word) if depth == 0 => {
                let word = word.to_ascii_uppercase();
                is_next = matches!(word.as_str(), "FROM" | "INTO" | "UPDATE");
                // What comes before it in `with … as (…) select` is a part of it.
                if matches!(word.as_str(), "SELECT" | "INSERT" | "UPDATE" | "DELETE" | "BEGIN" | "COMMIT") {
                    verb = verb.or(Some(word));
                }
            }
            // What is chosen from is within.
            Part::Sign('(') if is_next => is_next = false,
            Part::Sign('(') => depth += 1,
            Part::Sign(')') => depth -= 1,
            _ => {}
        }
    }
    verb.unwrap_or_else(|| "STATEMENT".to_owned())
}

/// A statement with `?` for each value and each list of values; as far as it is understood.
fn text(sql: &str) -> String {
    let mut text = String::new();
    for part in Parts(sql) {
        match part {
            Part::Word(word) => text.push_str(word),
            Part::Space => text.push(' '),
            Part::Value if text.ends_with("?, ") => text.truncate(text.len() - 2),
            Part::Value => text.push('?'),
            Part::Sign(')') if text.ends_with("(?), (?") => text.truncate(text.len() - 4),
            Part::Sign(sign) => text.push(sign),
            Part::Unknown => text.push('…'),
        }
    }
    text
}

/// What is left of a statement to be read, part by part.
struct Parts<'a>(&'a str);

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let rest = self.0;
        let first = rest.chars().next()?;
        let while_ = |fits: fn(char) -> bool| rest[1..].find(|c| !fits(c)).map_or(rest.len(), |end| end + 1);
        let (part, length) = match first {
            '\'' => (Part::Value, quoted(rest, '\'')),
            '"' => {
                let length = quoted(rest, '"');
                (length.map_or(Part::Unknown, |length| Part::Word(&rest[..length])), length)
            }
            '?' => (Part::Value, Some(while_(|c| c.is_ascii_digit()))),
            '$' => (Part::Value, Some(while_(|c| c.is_ascii_digit())).filter(|length| *length > 1)),
            '0'..='9' => (Part::Value, Some(while_(|c| c.is_ascii_alphanumeric() || c == '.'))),
            'a'..='z' | 'A'..='Z' | '_' => {
                let length = while_(|c| c.is_ascii_alphanumeric() || c == '_');
                // `E'…'`, `X'…'`: literals by other rules.
                (
                    Part::Word(&rest[..length]),
                    Some(length).filter(|length| !rest[*length..].starts_with('\'')),
                )
            }
            _ if first.is_ascii_whitespace() => (Part::Space, Some(while_(|c| c.is_ascii_whitespace()))),
            // Comments may hold anything, an apostrophe too.
            _ if rest.starts_with("--") || rest.starts_with("/*") || !first.is_ascii() => {
                (Part::Unknown, None)
            }
            sign => (Part::Sign(sign), Some(1)),
        };
        self.0 = &rest[length.unwrap_or(rest.len())..];
        Some(if length.is_some() { part } else { Part::Unknown })
    }
}

/// The length of what stands in quotes, with them; a doubled one is a part of it.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut end = 1;
    loop {
        end += text[end..].find(quote)? + 1;
        if !text[end..].starts_with(quote) {
            return Some(end);
        }
        end += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{summary, text};

    #[test]
    fn a_statement_is_called_by_its_verb_and_its_table() {
        for (sql, name) in [
            (r#"SELECT "post"."id" FROM "post" WHERE "post"."id" = $1"#, "SELECT post"),
            ("select (select count(*) from figure) from topic", "SELECT topic"),
            ("with item as (select 1 from person)\n select * from item", "SELECT item"),
            ("select many from (select 1 from post) as of_kind", "SELECT post"),
            ("select (1) from (select * from (select 1 from figure) as f) as g", "SELECT figure"),
            ("INSERT INTO change (id) SELECT id FROM document", "INSERT change"),
            ("insert into slug (a) values (1) on conflict (a) do update set a = 2", "INSERT slug"),
            ("UPDATE \"counter\" SET \"value\" = 1", "UPDATE counter"),
            ("delete from session", "DELETE session"),
            ("BEGIN", "BEGIN"),
            ("pragma optimize", "STATEMENT"),
        ] {
            assert_eq!(summary(sql), name, "{sql}");
        }
    }

    #[test]
    fn nothing_that_is_asked_for_is_in_a_text() {
        for (sql, said) in [
            (r#"SELECT * FROM "t1" WHERE "a" = $12 LIMIT 21"#, r#"SELECT * FROM "t1" WHERE "a" = ? LIMIT ?"#),
            ("where a = ?1 and b = ? and c > 1.5e3", "where a = ? and b = ? and c > ?"),
            ("id in ($1, $2, 3, 'four')", "id in (?)"),
            ("values ($1, $2), ($3, $4), ($5, $6) on", "values (?) on"),
            ("words @@ 'it''s ''a'' <-> word'::tsquery", "words @@ ?::tsquery"),
            (r"a = 'back\' and b", "a = ? and b"),
            ("select\n    one,\n\ttwo", "select one, two"),
        ] {
            assert_eq!(text(sql), said, "{sql}");
        }
    }

    #[test]
    fn what_is_not_understood_is_left_out_with_all_that_follows() {
        for sql in [
            "select 'never closed",
            "select \"never closed",
            r"select E'it\'s secret'",
            "select x'5EC2E7'",
            "select $$secret$$",
            "select $tag$secret$tag$",
            "select -- it's secret",
            "select /* it's secret */ 1",
            "select ünsecret",
        ] {
            assert_eq!(text(sql), "select …", "{sql}");
        }
    }
}
