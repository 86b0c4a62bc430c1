//! What needs somebody's eyes: one statement over everything that can be due, whatever there is of it.

use chrono::{DateTime, Days, NaiveDate, Utc};
use entity::Id;
use entity::cells::Row;
use sea_orm::{DbBackend, DbErr};

use super::contents::Entry;
use super::editorial_item::best_language;
use super::page::{KeyValue, Page, Position, Slice, slice};
use super::sql::Sql;
use super::{Connection, Db, Scope};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Try a channel.
    ChannelUnverified,
    /// Look at a figure again.
    FigureReviewDue,
    /// Show a later figure instead of a pinned one.
    FigureSupersededInUse,
    /// Read a post again.
    PostReviewDue,
    /// Translate what changed.
    TranslationOutdated,
    /// Decide on a draft.
    AwaitingApproval,
    /// Confirm the days of an edition.
    EditionUnconfirmed,
    /// Look at what was put right without a second person.
    UrgentCorrectionReview,
    /// See to a schedule that could not be kept.
    ScheduleFailed,
    /// Put a reference right that leads to nothing readers see.
    BrokenReference,
}

impl Kind {
    const ALL: [Self; 10] = [
        Self::ChannelUnverified,
        Self::FigureReviewDue,
        Self::FigureSupersededInUse,
        Self::PostReviewDue,
        Self::TranslationOutdated,
        Self::AwaitingApproval,
        Self::EditionUnconfirmed,
        Self::UrgentCorrectionReview,
        Self::ScheduleFailed,
        Self::BrokenReference,
    ];

    /// Its name in statements and cursors.
    fn name(self) -> &'static str {
        match self {
            Self::ChannelUnverified => "CHANNEL_UNVERIFIED",
            Self::FigureReviewDue => "FIGURE_REVIEW_DUE",
            Self::FigureSupersededInUse => "FIGURE_SUPERSEDED_IN_USE",
            Self::PostReviewDue => "POST_REVIEW_DUE",
            Self::TranslationOutdated => "TRANSLATION_OUTDATED",
            Self::AwaitingApproval => "AWAITING_APPROVAL",
            Self::EditionUnconfirmed => "EDITION_UNCONFIRMED",
            Self::UrgentCorrectionReview => "URGENT_CORRECTION_REVIEW",
            Self::ScheduleFailed => "SCHEDULE_FAILED",
            Self::BrokenReference => "BROKEN_REFERENCE",
        }
    }
}

/// Something that is due.
#[derive(Clone, Debug)]
pub struct Due {
    /// What is to be done.
    pub kind: Kind,
    /// By when.
    pub due_on: NaiveDate,
    /// Which part of the content: the language, the year, the period, or the slug of a reference with its period; empty for
    /// all of it.
    pub part: String,
    /// What there is to say of it: the reason, the name of a statistic, the day of the last verification, the kind of approval
    /// that it needs, or the kind of thing that a reference names.
    pub words: Option<String>,
    /// Whose biography it is in, where it is not in the content itself.
    pub person: Option<Named>,
}

/// A person.
#[derive(Clone, Debug)]
pub struct Named {
    /// Who.
    pub id: Id,
    /// What they are called, in the first language asked for that there is.
    pub name: String,
}

/// What decides whether something is due.
#[derive(Clone, Copy, Debug)]
pub struct Now<'a> {
    /// Now.
    pub at: DateTime<Utc>,
    /// The site's day.
    pub today: NaiveDate,
    /// The language that the others are translations of.
    pub default_language: &'a str,
}

/// How long before it begins the days of an edition should be confirmed.
const AHEAD: Days = Days::new(366);

/// A page of what is due, the longest overdue first.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn page(db: &Db, scope: &Scope, now: Now<'_>, page: &Page) -> Result<Slice<(Due, Entry)>, DbErr> {
    let mut sql = Sql::of(db);
    let items = items(&mut sql, scope, now);
    let bytes = if sql.backend == DbBackend::Postgres { r#"collate "C""# } else { "collate binary" };
    let after = page.after.as_ref().map_or(String::new(), |Position(key, id)| {
        let key = match key {
            KeyValue::Text(text) => text.clone(),
            KeyValue::Number(_) | KeyValue::Day(_) => String::new(),
        };
        format!(
            "where (sort_key, document_id) > ({} {bytes}, {})",
            sql.bind(key.into()),
            sql.bind((*id).into())
        )
    });
    sql.text = format!(
        "{items},
         keyed as (select item.*, (due_on || ' ' || kind || ' ' || key) {bytes} as sort_key from item)
         select * from keyed {after} order by sort_key, document_id limit {}",
        page.limit + 1,
    );
    let rows = db.rows(sql.statement()).await?;
    Ok(slice(rows.iter().map(read).collect::<Result<_, _>>()?, page))
}

/// How much is due: exactly as much as paging to the end returns.
pub async fn count(db: &Db, scope: &Scope, now: Now<'_>) -> Result<i64, DbErr> {
    let mut sql = Sql::of(db);
    let items = items(&mut sql, scope, now);
    sql.text = format!("{items} select count(*) as many from item");
    db.rows(sql.statement()).await?.first().map_or(Ok(0), |row| row.get("many"))
}

fn read(row: Row<'_>) -> Result<(Position, (Due, Entry)), DbErr> {
    let (name, due_on): (String, String) = (row.get("kind")?, row.get("due_on")?);
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
    let kind = kind.ok_or_else(|| DbErr::Type(format!("{name} is no kind of attention")))?;
    let due_on = due_on.parse().map_err(|error| DbErr::Type(format!("{due_on}: {error}")))?;
    let id: Id = row.get("document_id")?;
    let person: (Option<Id>, Option<String>) = (row.get("person_id")?, row.get("person_name")?);
    let person = person.0.zip(person.1).map(|(id, name)| Named { id, name });
    let due = Due { kind, due_on, part: row.get("part")?, words: row.get("words")?, person };
    let key = KeyValue::Text(row.get("sort_key")?);
    Ok((Position(key, id), (due, (row.get("node_kind")?, id))))
}

/// Days and seconds in each database's words.
struct Dialect {
    is_postgres: bool,
}

impl Dialect {
    /// A day as text.
    fn date(&self, day: &str) -> String {
        if self.is_postgres { format!("to_char({day}, 'YYYY-MM-DD')") } else { day.to_owned() }
    }

    /// The day of an instant, in UTC.
    fn day(&self, instant: &str) -> String {
        if self.is_postgres {
            self.date(&format!("({instant} at time zone 'UTC')"))
        } else {
            format!("date({instant})")
        }
    }

    /// The day that comes some days after an instant.
    fn days_after(&self, instant: &str, days: &str) -> String {
        if self.is_postgres {
            self.date(&format!("({instant} at time zone 'UTC') + {days} * interval '1 day'"))
        } else {
            format!("date({instant}, '+' || {days} || ' days')")
        }
    }

    /// Whole seconds since 1970.
    fn seconds(&self, instant: &str) -> String {
        if self.is_postgres {
            format!("cast(floor(extract(epoch from {instant})) as bigint)")
        } else {
            format!("cast(strftime('%s', {instant}) as integer)")
        }
    }
}

/// All that is due of content, as the table `item`: kind, content, day, what tells it from others of the same content, part
/// and words. What readers see of somebody they see beside a post, so that what a biography refers to is due of the newest.
fn items(sql: &mut Sql, scope: &Scope, now: Now<'_>) -> String {
    let dialect = Dialect { is_postgres: sql.backend == DbBackend::Postgres };
    let all = [
        channels(sql, &dialect, now),
        reviews(sql, &dialect, now, "statistic", Kind::FigureReviewDue),
        reviews(sql, &dialect, now, "post", Kind::PostReviewDue),
        pinned(sql, &dialect, scope),
        translations(sql, &dialect, now),
        awaiting(&dialect),
        editions(sql, &dialect, now),
        urgent(&dialect),
        schedules(&dialect),
        broken(sql, &dialect, scope),
    ];
    let name = best_language(sql, scope, "PUBLISHED", "due.document_id");
    format!(
        "with due (kind, document_id, due_on, key, part, words) as ({}),
         item as (
           select due.*, d.node_kind, null as person_id, null as person_name
           from due join document d on d.id = due.document_id
           where d.node_kind not in ('TOPIC','PERSON','SOURCE')
           union all
           select due.kind, post.id, due.due_on, due.document_id || ' ' || due.key, due.part, due.words, 'POST',
             due.document_id, (select c.title {name})
           from due
           join (
             select to_id, max(document_id) as id from link
             where stage = 'PUBLISHED' and field = 'AUTHORS' group by to_id
           ) as post on post.to_id = due.document_id
           where due.kind in ('{}','{}')
         )",
        all.join(" union all "),
        Kind::BrokenReference.name(),
        Kind::FigureSupersededInUse.name(),
    )
}

/// Published channels that nobody has tried for too long, see `domain::verification::freshness`; from the day on which
/// they were made if nobody ever did.
fn channels(sql: &mut Sql, dialect: &Dialect, now: Now<'_>) -> String {
    let kind = Kind::ChannelUnverified.name();
    let (made, tried) = (dialect.day("d.created_at"), dialect.day("v.verified_at"));
    let due = dialect.days_after("v.verified_at", "c.verify_every_days");
    let seconds = dialect.seconds("v.verified_at");
    let at = sql.bind(now.at.timestamp().into());
    format!(
        "select '{kind}', c.document_id, coalesce({due}, {made}), '', '', {tried}
         from contact_channel c join document d on d.id = c.document_id
         left join contact_channel_verification v on v.document_id = c.document_id
         where c.stage = 'PUBLISHED'
           and (v.verified_at is null or {seconds} + c.verify_every_days * 86400 < {at})"
    )
}

/// What readers see and somebody should have looked at again before today.
fn reviews(sql: &mut Sql, dialect: &Dialect, now: Now<'_>, table: &str, kind: Kind) -> String {
    let (kind, due, today) = (kind.name(), dialect.date("review_due_on"), sql.bind(now.today.into()));
    format!(
        "select '{kind}', document_id, {due}, '', '', null from {table}
         where stage = 'PUBLISHED' and review_due_on < {today}"
    )
}

/// Texts and sets that readers see with a pinned figure of which there is a later one.
fn pinned(sql: &mut Sql, dialect: &Dialect, scope: &Scope) -> String {
    let kind = Kind::FigureSupersededInUse.name();
    let day = dialect.day("d.updated_at");
    let title = best_language(sql, scope, "PUBLISHED", "pin.statistic_id");
    format!(
        "select '{kind}', pin.document_id, {day}, pin.statistic_id || ' ' || pin.period, pin.period,
           (select c.title {title})
         from (
           select document_id, to_id as statistic_id, period from text_reference
           where stage = 'PUBLISHED' and node_kind = 'STATISTIC' and period is not null and to_id is not null
           union
           select document_id, statistic_id, period from statistic_set_part
           where stage = 'PUBLISHED' and period is not null
         ) as pin join document d on d.id = pin.statistic_id
         where exists (select 1 from figure f where f.document_id = pin.statistic_id and f.stage = 'PUBLISHED'
             and f.period_label = pin.period)
           and not exists (select 1 from figure f where f.document_id = pin.statistic_id and f.stage = 'PUBLISHED'
             and f.period_label = pin.period and f.is_latest = {})",
        sql.bind(true.into()),
    )
}

/// Words that are older than those of the default language, of what is not withdrawn.
fn translations(sql: &mut Sql, dialect: &Dialect, now: Now<'_>) -> String {
    let kind = Kind::TranslationOutdated.name();
    let (day, language) = (dialect.day("o.translated_at"), sql.bind(now.default_language.into()));
    format!(
        "select '{kind}', t.document_id, {day}, t.language, t.language, null
         from translation o
         join translation t on t.document_id = o.document_id and t.stage = 'DRAFT' and t.translated_at < o.translated_at
         join document d on d.id = t.document_id
         where o.stage = 'DRAFT' and o.language = {language} and d.state <> 'WITHDRAWN'"
    )
}

/// What somebody must sign off, of a document `d` with changes that readers do not see: the same as
/// `domain::check::safeguarding`.
const IS_GUARDED: &str = "(
  d.node_kind = 'CONTACT_CHANNEL'
  or exists (
    select 1 from link l join topic t on t.document_id = l.to_id and t.stage = 'DRAFT'
    where l.document_id = d.id and l.field = 'TOPICS' and t.is_sensitive)
  or exists (select 1 from post_text p where p.document_id = d.id and p.content_notes <> '[]')
  or exists (
    select 1 from service s where s.document_id = d.id and s.stage = 'DRAFT' and s.alert_from is not null
      and not exists (
        select 1 from service p where p.document_id = d.id and p.stage = 'PUBLISHED' and p.alert_from = s.alert_from
          and p.alert_until is not distinct from s.alert_until))
  or exists (
    select 1 from service s
    join service_text t on t.document_id = d.id and t.stage in ('DRAFT','PUBLISHED') and t.alert_text is not null
    where s.document_id = d.id and s.stage = 'DRAFT' and s.alert_from is not null
      and not exists (
        select 1 from service_text o where o.document_id = d.id and o.language = t.language
          and o.stage in ('DRAFT','PUBLISHED') and o.stage <> t.stage and o.alert_text = t.alert_text)))";

/// Drafts that somebody asked to decide on, and nobody who can has yet: agreed to, signed off where that is needed, or
/// scheduled.
fn awaiting(dialect: &Dialect) -> String {
    let (kind, day) = (Kind::AwaitingApproval.name(), dialect.day("r.submitted_at"));
    let needs = "case when w.is_guarded then 'SAFEGUARDING' end";
    format!(
        "select '{kind}', r.document_id, {day}, '', '', {needs}
         from review r
         join (
           select d.id, d.version, {IS_GUARDED} as is_guarded from document d
           where coalesce(d.published_version, 0) <> d.version
         ) as w on w.id = r.document_id
         where r.submitted_at is not null
           and not exists (
             select 1 from approval a where a.document_id = w.id and a.version = w.version and a.ended_at is null
               and (a.kind = 'SAFEGUARDING' or not w.is_guarded))
           and not exists (
             select 1 from schedule s where s.document_id = w.id and s.version = w.version and s.publish_at is not null)"
    )
}

/// Editions that are near and whose days nobody has confirmed.
fn editions(sql: &mut Sql, dialect: &Dialect, now: Now<'_>) -> String {
    let (kind, day) = (Kind::EditionUnconfirmed.name(), dialect.date("starts_on"));
    let (today, ahead) = (sql.bind(now.today.into()), sql.bind((now.today + AHEAD).into()));
    format!(
        "select '{kind}', document_id, {day}, cast(year as text), cast(year as text), null from campaign_edition
         where stage = 'PUBLISHED' and date_status = 'PROVISIONAL' and ends_on >= {today} and starts_on <= {ahead}"
    )
}

/// What was put right at once, and a second person has not looked at.
fn urgent(dialect: &Dialect) -> String {
    let (kind, day) = (Kind::UrgentCorrectionReview.name(), dialect.day("u.review_due_at"));
    format!(
        "select '{kind}', u.document_id, {day}, '', '', u.reason
         from contact_channel_urgent_correction u join document d on d.id = u.document_id
         where d.state = 'PUBLISHED'"
    )
}

/// What was to go to readers at a moment, or to be taken from them, and could not.
fn schedules(dialect: &Dialect) -> String {
    let (kind, day) = (Kind::ScheduleFailed.name(), dialect.day("coalesce(publish_at, withdraw_at)"));
    format!("select '{kind}', document_id, {day}, '', '', failure from schedule where failure is not null")
}

/// What readers see and what it refers to, but they do not: of no such slug or period, or not published. Since it was last
/// published, or since what it names was last changed for readers.
fn broken(sql: &mut Sql, dialect: &Dialect, scope: &Scope) -> String {
    let (kind, day) = (Kind::BrokenReference.name(), dialect.day("coalesce(o.updated_at, d.updated_at)"));
    let written = "r.slug || coalesce('@' || r.period, '')";
    let slug = best_language(sql, scope, "DRAFT", "part.statistic_id");
    format!(
        "select distinct '{kind}', r.document_id, {day}, r.node_kind || ' ' || {written}, {written}, r.node_kind
         from (
           select document_id, to_id, node_kind, slug, period from text_reference where stage = 'PUBLISHED'
           union
           select part.document_id, part.statistic_id, 'STATISTIC', (select c.slug {slug}), part.period
           from statistic_set_part part where part.stage = 'PUBLISHED'
         ) as r
         join document d on d.id = r.document_id
         left join document o on o.id = r.to_id
         where o.id is null or o.state <> 'PUBLISHED'
           or (r.period is not null and not exists (
             select 1 from figure f where f.document_id = o.id and f.stage = 'PUBLISHED' and f.period_label = r.period))"
    )
}
