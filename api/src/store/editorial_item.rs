//! The editors' list: drafts of all kinds of content in one statement.

use chrono::{DateTime, Utc};
use entity::Id;
use entity::document::NodeKind;
use sea_orm::DbErr;

use super::contents::Entry;
use super::filter::escaped;
use super::fold;
use super::page::{KeyValue, LAST_INSTANT, Page, Position, Slice, SortKey, slice};
use super::sql::Sql;
use super::{Connection, Db, Scope};

/// Which drafts.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of which kinds, each once; with none, nothing.
    pub kinds: Vec<NodeKind>,
    /// In one of these states; any where it is not said.
    pub status: Option<Vec<&'static str>>,
    /// With this in a title of any language.
    pub text: Option<String>,
    /// Last saved by this person or client.
    pub saved_by: Option<SavedBy>,
}

/// Who saved a draft last.
#[derive(Clone, Debug)]
pub enum SavedBy {
    /// The actor with this id.
    Actor(Id),
    /// Whoever is called this, letter for letter.
    Name(String),
}

/// What comes after every moment that can be scheduled.
const NEVER: DateTime<Utc> = match DateTime::from_timestamp_micros(LAST_INSTANT) {
    Some(never) => never,
    None => DateTime::<Utc>::MAX_UTC,
};

/// Where a document is on its way to readers: the same as `domain::workflow::Progress::status` says.
const STATUS: &str = "case
  when exists (select 1 from schedule s where s.document_id = d.id and s.publish_at is not null) then 'SCHEDULED'
  when d.published_version = d.version then 'PUBLISHED'
  when exists (select 1 from approval a where a.document_id = d.id and a.version = d.version and a.ended_at is null)
    then 'APPROVED'
  when exists (select 1 from review r where r.document_id = d.id and r.submitted_at is not null) then 'IN_REVIEW'
  else d.state end";

/// A page of drafts.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn page(db: &Db, scope: &Scope, wanted: &Wanted, page: &Page) -> Result<Slice<Entry>, DbErr> {
    let mut sql = Sql::of(db);
    let (key, joined) = match page.sort.by {
        SortKey::Title => ("t.title_key".to_owned(), titles(&mut sql, scope)),
        SortKey::Instant("publish_at") => {
            let never = sql.bind(NEVER.into());
            let joined = "left join schedule s on s.document_id = d.id".to_owned();
            (format!("coalesce(s.publish_at, {never})"), joined)
        }
        _ => ("d.saved_at".to_owned(), String::new()),
    };
    let meets = conditions(&mut sql, wanted);
    let (beyond, direction) = if page.sort.descending { ("<", "desc") } else { (">", "asc") };
    let after = page.after.as_ref().map(|Position(key_value, id)| {
        let value = match key_value {
            KeyValue::Number(micros) => {
                DateTime::<Utc>::from_timestamp_micros(*micros).unwrap_or_default().into()
            }
            KeyValue::Text(text) => text.clone().into(),
            KeyValue::Day(day) => (*day).into(),
        };
        format!("and ({key}, d.id) {beyond} ({}, {})", sql.bind(value), sql.bind((*id).into()))
    });
    sql.text = format!(
        "select d.id, d.node_kind, {key} as sort_key from document d {joined} where {meets} {}
         order by {key} {direction}, d.id {direction} limit {}",
        after.unwrap_or_default(),
        page.limit + 1,
    );
    let rows = db.rows(sql.statement()).await?;
    let items = rows.iter().map(|row| {
        let key = match page.sort.by {
            SortKey::Title => KeyValue::Text(row.get("sort_key")?),
            _ => KeyValue::Number(row.get::<DateTime<Utc>>("sort_key")?.timestamp_micros()),
        };
        let id: Id = row.get("id")?;
        Ok((Position(key, id), (row.get("node_kind")?, id)))
    });
    Ok(slice(items.collect::<Result<_, DbErr>>()?, page))
}

/// How many drafts there are: exactly as many as paging to the end returns.
pub async fn count(db: &Db, wanted: &Wanted) -> Result<i64, DbErr> {
    let mut sql = Sql::of(db);
    let meets = conditions(&mut sql, wanted);
    sql.text = format!("select count(*) as many from document d where {meets}");
    db.rows(sql.statement()).await?.first().map_or(Ok(0), |row| row.get("many"))
}

/// Joins the title that the viewer sees.
fn titles(sql: &mut Sql, scope: &Scope) -> String {
    let best = best_language(sql, scope, "DRAFT", "d.id");
    format!(
        "join translation t on t.document_id = d.id and t.stage = 'DRAFT' and t.language = (select c.language {best})"
    )
}

/// The translation `c` of a document at a stage that comes first for the viewer, after `select …`.
pub(super) fn best_language(sql: &mut Sql, scope: &Scope, stage: &str, document: &str) -> String {
    let wishes = scope.languages.iter().enumerate();
    let wishes = wishes.map(|(rank, wish)| format!("when {} then {rank}", sql.bind(wish.as_str().into())));
    let ranks = wishes.collect::<Vec<_>>().join(" ");
    format!(
        "from translation c where c.document_id = {document} and c.stage = '{stage}'
         order by case c.language {ranks} else {} end, c.language limit 1",
        scope.languages.len(),
    )
}

fn conditions(sql: &mut Sql, Wanted { kinds, status, text, saved_by }: &Wanted) -> String {
    let list = |sql: &mut Sql, values: &[&'static str]| match values {
        [] => "(null)".to_owned(),
        values => format!("({})", sql.list(values.iter().map(|&value| value.into()))),
    };
    let kinds: Vec<&'static str> = kinds.iter().map(|kind| kind.as_str()).collect();
    let mut all = vec![format!("d.node_kind in {}", list(sql, &kinds))];
    if let Some(status) = status {
        all.push(format!("{STATUS} in {}", list(sql, status)));
    }
    if let Some(text) = text {
        let pattern = sql.bind(format!("%{}%", escaped(&fold::key(text))).into());
        all.push(format!(
            "exists (select 1 from translation w where w.document_id = d.id and w.stage = 'DRAFT'
               and w.title_key like {pattern} escape '\\')"
        ));
    }
    match saved_by {
        None => {}
        Some(SavedBy::Actor(id)) => all.push(format!("d.saved_by = {}", sql.bind((*id).into()))),
        Some(SavedBy::Name(name)) => {
            let name = sql.bind(name.as_str().into());
            all.push(format!(
                "d.saved_by in (select u.id from \"user\" u where u.name = {name}
                   union all select c.id from api_client c where c.name = {name})"
            ));
        }
    }
    all.join(" and ")
}
