//! The index of what is published: SQLite's FTS5 and PostgreSQL's `tsvector`, asked in the same shape.
//!
//! The index holds words that are folded and stemmed already; neither database cuts or changes them, so that both find
//! the same. How they rank differs in detail: BM25 on SQLite, `ts_rank` on PostgreSQL, with the same weights.

use std::collections::HashMap;
use std::fmt::Write;

use entity::Id;
use entity::cells::Rows;
use entity::document::{NodeKind, Stage};
use entity::link::Field;
use entity::statistic::figure;
use entity::translation;
use sea_orm::sea_query::{Alias, Expr};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter, QueryOrder, Value};

use super::filter::links_to;
use super::noun::{Noun, Row, Text};
use super::sql::Sql;
use super::{Connection, Db, Scope, Tx, parts};

/// A row, and its words in each language.
pub type Published<N> = (Row<N>, Vec<(translation::Model, Text<N>)>);

/// Words that stand one after the other.
pub type Phrase = Vec<String>;

/// The most words of an entry that are indexed; what `PostgreSQL` can tell the places of.
const MAX_WORDS: usize = 16_000;
/// How many of the newest matches are ranked; the others follow, newest first. Ranking all would take longer than it is worth
/// where a word is so common.
const RANKED: usize = 1_000;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Each of these, in at least one of its forms.
    pub all: Vec<Vec<Phrase>>,
    /// None of these.
    pub none: Vec<Phrase>,
}

/// A document in one language, as it is indexed.
pub struct Entry {
    /// Which language.
    pub language: String,
    /// What it is called there.
    pub title: String,
    /// What a match is shown in.
    pub text: String,
    /// The words of its title, its summary and the rest, as the index has them.
    pub words: [Phrase; 3],
}

/// What is asked.
pub struct Question {
    /// What is looked for.
    pub terms: Terms,
    /// Of which kinds.
    pub kinds: Vec<NodeKind>,
    /// Only what has this topic, by its slug in any language.
    pub topic: Option<String>,
    /// How many come before.
    pub offset: u32,
    /// At most how many.
    pub limit: u32,
}

/// A document that was found.
pub struct Found {
    /// What it is.
    pub kind: NodeKind,
    /// Which.
    pub id: Id,
    /// In which language.
    pub language: String,
    /// What it is called there.
    pub title: String,
    /// What a match is shown in.
    pub text: String,
}

/// Puts the entries of a document in place of those it has; without any, it is forgotten.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn put(tx: &Tx, kind: NodeKind, id: Id, entries: &[Entry]) -> Result<(), DbErr> {
    forget(tx, id).await?;
    add(tx, kind, id, entries).await
}

/// Adds what is found of a document that the index has nothing of.
pub async fn add(tx: &Tx, kind: NodeKind, id: Id, entries: &[Entry]) -> Result<(), DbErr> {
    let mut languages: Vec<&str> = entries.iter().map(|entry| entry.language.as_str()).collect();
    languages.sort_unstable();
    let first = languages.first().copied();
    let all = format!(" {} ", languages.join(" "));
    for entry in entries {
        let mut sql = Sql::of(tx);
        let [document, language, node_kind, languages, is_first, title] = [
            Value::from(id),
            entry.language.as_str().into(),
            kind.as_str().into(),
            all.as_str().into(),
            (Some(entry.language.as_str()) == first).into(),
            entry.title.as_str().into(),
        ]
        .map(|value| sql.bind(value));
        let indexed = match sql.backend {
            DbBackend::Postgres => {
                let (title, whole) = (vector(&entry.words[..1]), vector(&entry.words));
                let (title, whole) = (sql.bind(title.into()), sql.bind(whole.into()));
                format!(", {title}::tsvector, {whole}::tsvector")
            }
            _ => String::new(),
        };
        let columns = if indexed.is_empty() { "" } else { ", title_words, words" };
        sql.text = format!(
            "insert into search_entry (document_id, language, node_kind, languages, is_first, title{columns}) \
             values ({document}, {language}, {node_kind}, {languages}, {is_first}, {title}{indexed}) returning id"
        );
        let row = tx.query_one_raw(sql.statement()).await?;
        let row_id: i64 = row.map_or(Ok(0), |row| row.try_get("", "id"))?;
        text(tx, row_id, entry).await?;
    }
    Ok(())
}

async fn text(tx: &Tx, row_id: i64, entry: &Entry) -> Result<(), DbErr> {
    let mut sql = Sql::of(tx);
    let (id, text) = (sql.bind(row_id.into()), sql.bind(entry.text.as_str().into()));
    sql.text = format!("insert into search_text (id, text) values ({id}, {text})");
    tx.execute_raw(sql.statement()).await?;
    if tx.get_database_backend() == DbBackend::Sqlite {
        let mut sql = Sql::of(tx);
        let id = sql.bind(row_id.into());
        let mut left = MAX_WORDS;
        let [title, summary, body] = [0, 1, 2].map(|field| {
            let words = &entry.words[field][..entry.words[field].len().min(left)];
            left -= words.len();
            sql.bind(words.join(" ").into())
        });
        sql.text = format!(
            "insert into search_index (rowid, title, summary, body) values ({id}, {title}, {summary}, {body})"
        );
        tx.execute_raw(sql.statement()).await?;
    }
    Ok(())
}

/// Removes the entries of a document.
pub async fn forget(tx: &Tx, id: Id) -> Result<(), DbErr> {
    let mut tables = vec![("search_text", "id"), ("search_entry", "id")];
    if tx.get_database_backend() == DbBackend::Sqlite {
        tables.insert(0, ("search_index", "rowid"));
    }
    for (table, key) in tables {
        let mut sql = Sql::of(tx);
        let id = sql.bind(id.into());
        sql.text = format!(
            "delete from {table} where {key} in (select id from search_entry where document_id = {id})"
        );
        tx.execute_raw(sql.statement()).await?;
    }
    Ok(())
}

/// Removes all entries.
pub async fn clear(tx: &Tx) -> Result<(), DbErr> {
    let index = if tx.get_database_backend() == DbBackend::Sqlite { "search_index" } else { "search_entry" };
    for table in [index, "search_text", "search_entry"] {
        tx.execute_unprepared(&format!("delete from {table}")).await?;
    }
    Ok(())
}

/// What readers see of a document: its row, and its words in each language.
pub async fn published_words<N: Noun>(tx: &Tx, id: Id) -> Result<Option<Published<N>>, DbErr> {
    let row = parts::load_at::<N::Row, _>(tx, &[id], Stage::Published).await?.remove(&id);
    let mut texts = parts::load_at::<N::Text, _>(tx, &[id], Stage::Published).await?;
    let mut translations = parts::load_at::<translation::Entity, _>(tx, &[id], Stage::Published).await?;
    let (texts, translations) =
        (texts.remove(&id).unwrap_or_default(), translations.remove(&id).unwrap_or_default());
    // Each language has one of both, in the order of the key.
    let row = row.and_then(|mut rows| rows.pop());
    Ok(row.map(|row| (row, translations.into_iter().zip(texts).collect())))
}

/// The newest figures of a published statistic, one for each area.
pub async fn newest_figures(tx: &Tx, id: Id) -> Result<Vec<figure::Model>, DbErr> {
    figure::Entity::find()
        .filter(figure::Column::DocumentId.eq(id))
        .filter(figure::Column::Stage.eq(Stage::Published))
        .filter(figure::Column::IsLatest.eq(true))
        .order_by_asc(figure::Column::Id)
        .all(tx)
        .await
}

/// The documents whose published text shows something of one: it refers to that, to a statistic whose figures are from it, or to
/// a set that is drawn from either.
pub async fn referring(tx: &Tx, id: Id) -> Result<Vec<(NodeKind, Id)>, DbErr> {
    let mut sql = Sql::of(tx);
    let id = sql.bind(id.into());
    sql.text = format!(
        "with told as (select document_id as id from figure where stage = 'PUBLISHED' and source_id = {id} union select {id}), \
         drawn as (select part.document_id as id from statistic_set_part as part join told on told.id = part.statistic_id \
         where part.stage = 'PUBLISHED' union select id from told) \
         select distinct document.node_kind, document.id from drawn \
         join link on link.to_id = drawn.id and link.stage = 'PUBLISHED' and link.field = 'REFERENCES' \
         join document on document.id = link.document_id where document.id <> {id} order by document.id"
    );
    pairs(&tx.rows(sql.statement()).await?)
}

/// Everything that readers see and that can be searched, the oldest change first.
pub async fn published(tx: &Tx, kinds: &[NodeKind]) -> Result<Vec<(NodeKind, Id)>, DbErr> {
    let mut sql = Sql::of(tx);
    let kinds = sql.list(kinds.iter().map(|kind| kind.as_str().into()));
    sql.text = format!(
        "select node_kind, id from document where state = 'PUBLISHED' and node_kind in ({kinds}) order by updated_at, id"
    );
    pairs(&tx.rows(sql.statement()).await?)
}

/// A page of what matches, best first, and one more where there is one. One statement.
pub async fn page(db: &Db, scope: &Scope, question: &Question) -> Result<Vec<Found>, DbErr> {
    if question.terms.all.is_empty() || question.kinds.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::of(db);
    let matches = Matches::of(&mut sql, &question.terms);
    let seen = seen(&mut sql, scope, &question.kinds, question.topic.as_deref());
    let Matches { score, newest, anywhere, in_title, every } = matches;
    let (limit, offset) = (question.limit as usize + 1, question.offset as usize);
    // Those that are not ranked come after at least as many that are.
    let reach = offset + limit;
    let rest = if reach <= RANKED {
        String::new()
    } else {
        format!(
            " union all select id, 0.0, 1 from (select entry.id as id {every} and {seen} \
             and entry.id not in (select id from best) order by entry.id desc limit {reach}) as rest"
        )
    };
    sql.text = format!(
        "with titled as materialized (select entry.id as id, {score} as score {in_title} and {seen} order by {newest} desc limit {RANKED}), \
         recent as materialized (select entry.id as id, {score} as score {anywhere} and {seen} order by {newest} desc limit {RANKED}), \
         best as materialized (select id, max(score) as score from (select * from titled union all select * from recent) as found group by id), \
         placed as (select id, score, 0 as later from best{rest} order by later, score desc, id desc limit {limit} offset {offset}) \
         select entry.node_kind, entry.document_id, entry.language, entry.title, search_text.text from placed \
         join search_entry as entry on entry.id = placed.id join search_text on search_text.id = placed.id \
         order by placed.later, placed.score desc, placed.id desc"
    );
    let rows = db.rows(sql.statement()).await?;
    let found = rows.iter().map(|row| {
        Ok(Found {
            kind: row.get("node_kind")?,
            id: row.get("document_id")?,
            language: row.get("language")?,
            title: row.get("title")?,
            text: row.get("text")?,
        })
    });
    found.collect()
}

/// How many documents of each kind match. One statement.
pub async fn counts(db: &Db, scope: &Scope, question: &Question) -> Result<HashMap<NodeKind, i64>, DbErr> {
    if question.terms.all.is_empty() || question.kinds.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::of(db);
    let every = Matches::of(&mut sql, &question.terms).every;
    let seen = seen(&mut sql, scope, &question.kinds, question.topic.as_deref());
    sql.text =
        format!("select entry.node_kind, count(*) as many {every} and {seen} group by entry.node_kind");
    let rows = db.rows(sql.statement()).await?;
    rows.iter().map(|row| Ok((row.get("node_kind")?, row.get("many")?))).collect()
}

fn pairs(rows: &Rows) -> Result<Vec<(NodeKind, Id)>, DbErr> {
    rows.iter().map(|row| Ok((row.get("node_kind")?, row.get("id")?))).collect()
}

/// The entry of the language that the reader sees the document in, of these kinds and this topic.
fn seen(sql: &mut Sql, scope: &Scope, kinds: &[NodeKind], topic: Option<&str>) -> String {
    let mut earlier = String::new();
    let mut any = String::new();
    for wish in scope.languages.iter() {
        let (language, has) = (sql.bind(wish.as_str().into()), sql.bind(format!("% {wish} %").into()));
        let _ = write!(any, "(entry.language = {language}{earlier}) or ");
        let _ = write!(earlier, " and entry.languages not like {has}");
    }
    let kinds = sql.list(kinds.iter().map(|kind| kind.as_str().into()));
    let first = sql.bind(true.into());
    let mut seen = format!("({any}(entry.is_first = {first}{earlier})) and entry.node_kind in ({kinds})");
    if let Some(topic) = topic {
        let document = Expr::col((Alias::new("entry"), Alias::new("document_id")));
        // The index holds what is published, whoever asks.
        let published = Scope { stage: Stage::Published, apart: None, ..scope.clone() };
        let links = links_to(Field::Topics, &[topic.to_owned()], &published, document);
        let _ = write!(seen, " and exists ({})", sql.part(&links));
    }
    seen
}

/// How a database is asked for matches. Each `from … where …` goes on with `and`.
struct Matches {
    /// How well an entry matches; more is better.
    score: String,
    /// What grows with every entry, as the index walks it.
    newest: &'static str,
    /// Matches, of which the newest are wanted.
    anywhere: String,
    /// The same, of those whose title alone has every word.
    in_title: String,
    /// Every match, however many.
    every: String,
}

impl Matches {
    fn of(sql: &mut Sql, terms: &Terms) -> Self {
        match sql.backend {
            DbBackend::Postgres => Self::of_postgres(terms),
            _ => Self::of_sqlite(sql, terms),
        }
    }

    fn of_sqlite(sql: &mut Sql, terms: &Terms) -> Self {
        let all = fts5(&terms.all);
        let none = match terms.none.as_slice() {
            [] => String::new(),
            none => format!(" NOT {}", fts5(&[none.to_vec()])),
        };
        let whole = sql.bind(format!("{all}{none}").into());
        let title = sql.bind(format!("({{title}} : {all}){none}").into());
        let from = |query: &str| {
            format!(
                "from search_index cross join search_entry as entry on entry.id = search_index.rowid \
                 where search_index match {query}"
            )
        };
        Self {
            score: "-bm25(search_index, 10.0, 4.0, 1.0)".to_owned(),
            newest: "search_index.rowid",
            in_title: from(&title),
            anywhere: from(&whole),
            every: from(&whole),
        }
    }

    /// The queries stand in the text, since the planner must know how common their words are: the newest of many are found
    /// backwards, and few by the index. All of many are found by the index, which a function sees to (see the migration).
    fn of_postgres(terms: &Terms) -> Self {
        let all = tsquery(&terms.all);
        let none = terms.none.iter().fold(String::new(), |mut none, phrase| {
            let _ = write!(none, " & !{}", lexemes(phrase));
            none
        });
        let literal = |query: String| format!("'{}'::tsquery", query.replace('\'', "''"));
        let (whole, title) = (literal(format!("{all}{none}")), literal(all));
        let anywhere = format!("from search_entry as entry where entry.words @@ {whole}");
        Self {
            score: format!("ts_rank('{{0.1,0.1,0.4,1.0}}', entry.words, {whole}, 1)"),
            newest: "entry.id",
            in_title: format!("{anywhere} and entry.title_words @@ {title}"),
            anywhere,
            every: format!("from search_hits({whole}) as entry where true"),
        }
    }
}

/// `(("a" OR "b c") AND ("d"))`. Words are letters and digits only, so that quoting them is enough.
fn fts5(all: &[Vec<Phrase>]) -> String {
    let groups = all.iter().map(|forms| {
        let phrases: Vec<String> = forms.iter().map(|phrase| format!("\"{}\"", phrase.join(" "))).collect();
        format!("({})", phrases.join(" OR "))
    });
    format!("({})", groups.collect::<Vec<_>>().join(" AND "))
}

/// `('a' | 'b' <-> 'c') & ('d')`.
fn tsquery(all: &[Vec<Phrase>]) -> String {
    let groups = all.iter().map(|forms| {
        let phrases: Vec<String> = forms.iter().map(|phrase| lexemes(phrase)).collect();
        format!("({})", phrases.join(" | "))
    });
    groups.collect::<Vec<_>>().join(" & ")
}

fn lexemes(phrase: &[String]) -> String {
    let words: Vec<String> = phrase.iter().map(|word| format!("'{word}'")).collect();
    format!("({})", words.join(" <-> "))
}

/// `'a':1A 'b':2A`: words with their places, the fields weighted A, B and D, and no phrase reaching from one into another.
fn vector(fields: &[Phrase]) -> String {
    let mut vector = String::new();
    let (mut place, mut left) = (0, MAX_WORDS);
    for (words, weight) in fields.iter().zip(["A", "B", "D"]) {
        for word in words.iter().take(left) {
            place += 1;
            let _ = write!(vector, "'{word}':{place}{weight} ");
        }
        left -= words.len().min(left);
        place += 2;
    }
    vector
}
