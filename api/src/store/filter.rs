//! Conditions on documents, alike for every kind of content.

use chrono::{DateTime, NaiveDate, Utc};
use entity::document::{self, NodeKind};
use entity::link::{self, Field};
use entity::statistic::AreaScheme;
use entity::{campaign, contact_channel, service, translation};
use sea_orm::sea_query::{
    Alias, CaseStatement, Condition, Expr, ExprTrait, LikeExpr, Query, SelectStatement,
};

use super::noun::{Noun, column, id_of, table};
use super::sql::{among, fixed};
use super::{Scope, Stage};
use crate::store::fold;

/// What the target of a link is called in a statement.
const THERE: &str = "there";

/// A condition that a document meets or not. Conditions on words look at the language that the reader sees.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Filter {
    /// All of them hold; with none, everything does.
    All(Vec<Filter>),
    /// At least one holds; with none, nothing does.
    Any(Vec<Filter>),
    /// It does not hold.
    Not(Box<Filter>),
    /// The slug that the reader sees.
    Slug(Match),
    /// The title, name or label that the reader sees, whatever its case and accents.
    Title(Match),
    /// It links to a document that is in sight, by the slug that has in any language.
    Linked(Field, Target),
    /// A text of it refers to a document of this kind that is in sight, by the slug that has in any language.
    Refers(NodeKind, Target),
    /// When it was last changed for this reader.
    UpdatedAt(Range<DateTime<Utc>>),
    /// An instant of its row.
    Instant(&'static str, Range<DateTime<Utc>>),
    /// A day of its row that is before this one.
    Before(&'static str, NaiveDate),
    /// A column of its row has one of these values.
    OneOf(&'static str, Vec<&'static str>),
    /// It exists in this language itself.
    TranslatedInto(String),
    /// The importer's own key.
    ExternalReference(String),
    /// A campaign that has a day in this range.
    OccursIn(Range<NaiveDate>),
    /// A service for people of this age; one without a stated age is for all.
    AudienceAge(i32),
    /// A service that says it works in one of these areas.
    Covers(Vec<(AreaScheme, String)>),
    /// A channel that answers in this language, without an interpreter.
    AnswersIn(String),
}

/// A condition on text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Match {
    /// One of these.
    In(Vec<String>),
    /// Has this in it.
    Contains(String),
    /// Begins with this.
    StartsWith(String),
}

/// A condition on what a link leads to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// One with one of these slugs, in any language.
    Slugs(Vec<String>),
    /// Any, or with `false` none.
    Exists(bool),
}

/// From, inclusive, until, exclusive; for days both are inclusive.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Range<T> {
    /// Not before this.
    pub from: Option<T>,
    /// Before this.
    pub until: Option<T>,
}

impl Filter {
    /// No condition.
    pub const NOTHING: Self = Self::All(Vec::new());

    /// Whether it is no condition: nothing was asked for in it, however it is nested.
    #[must_use]
    pub fn says_nothing(&self) -> bool {
        matches!(self, Self::All(filters) if filters.iter().all(Self::says_nothing))
    }

    /// How many conditions it has.
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Self::All(filters) | Self::Any(filters) => filters.iter().map(Self::size).sum(),
            Self::Not(filter) => filter.size(),
            _ => 1,
        }
    }

    /// Whether it looks at the words that the reader sees.
    #[must_use]
    pub fn reads_words(&self) -> bool {
        self.has(&|filter| matches!(filter, Self::Slug(_) | Self::Title(_)))
    }

    /// Whether it looks at what has no stage.
    #[must_use]
    pub fn reads_document(&self) -> bool {
        self.has(&|filter| matches!(filter, Self::UpdatedAt(_) | Self::ExternalReference(_)))
    }

    fn has(&self, is: &impl Fn(&Self) -> bool) -> bool {
        match self {
            Self::All(filters) | Self::Any(filters) => filters.iter().any(|filter| filter.has(is)),
            Self::Not(filter) => filter.has(is),
            _ => is(self),
        }
    }

    /// As SQL over the row of a kind, and [`titles`](super::read::titles) and [`identity`](super::read::identity) where it reads those.
    pub(super) fn condition<N: Noun>(&self, scope: &Scope) -> Condition {
        let one = |expr: Expr| Condition::all().add(expr);
        let id = id_of::<N>;
        match self {
            Self::All(filters) => {
                filters.iter().fold(Condition::all(), |all, filter| all.add(filter.condition::<N>(scope)))
            }
            Self::Any(filters) if filters.is_empty() => one(Expr::val(1).eq(0)),
            Self::Any(filters) => {
                filters.iter().fold(Condition::any(), |any, filter| any.add(filter.condition::<N>(scope)))
            }
            // What is unknown, since a column is null, does not hold: so its opposite does.
            Self::Not(filter) => one(Expr::Case(Box::new(
                CaseStatement::new().case(filter.condition::<N>(scope), 0).finally(1),
            ))
            .eq(1)),
            Self::Slug(text) => {
                text.condition(Expr::col((translation::Entity, translation::Column::Slug)), str::to_lowercase)
            }
            Self::Title(text) => {
                text.condition(Expr::col((translation::Entity, translation::Column::TitleKey)), fold::key)
            }
            Self::Linked(field, target) => one(linked(*field, None, target, scope, id())),
            Self::Refers(kind, target) => one(linked(Field::References, Some(*kind), target, scope, id())),
            Self::UpdatedAt(range) => range.condition(&updated_at(scope)),
            Self::Instant(name, range) => range.condition(&column::<N::Row>(name)),
            Self::Before(name, day) => one(column::<N::Row>(name).lt(*day)),
            Self::OneOf(name, values) => one(column::<N::Row>(name).is_in(among(values))),
            Self::TranslatedInto(language) => one(translated_into(language, scope, id())),
            Self::ExternalReference(key) => one(reference(scope).eq(key.as_str())),
            // A range without a bound is no condition, as any other.
            Self::OccursIn(Range { from: None, until: None }) => Condition::all(),
            Self::OccursIn(range) => one(occurs_in(range, scope, id())),
            Self::AudienceAge(age) => Condition::all()
                .add(at_least_or_null(service::Column::MaxAge, *age, true))
                .add(at_least_or_null(service::Column::MinAge, *age, false)),
            Self::Covers(areas) => one(covers(areas, scope, id())),
            Self::AnswersIn(language) => one(answers_in(language, scope, id())),
        }
    }
}

impl Match {
    fn condition(&self, column: Expr, folded: impl Fn(&str) -> String) -> Condition {
        let like = |pattern: String| LikeExpr::new(pattern).escape('\\');
        Condition::all().add(match self {
            Self::In(values) => column.is_in(values.iter().map(|value| folded(value))),
            Self::Contains(part) => column.like(like(format!("%{}%", escaped(&folded(part))))),
            Self::StartsWith(part) => column.like(like(format!("{}%", escaped(&folded(part))))),
        })
    }
}

/// Text in which the wildcards of LIKE stand for themselves.
pub(super) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

impl<T: Copy + Into<sea_orm::Value>> Range<T> {
    fn condition(&self, column: &Expr) -> Condition {
        Condition::all()
            .add_option(self.from.map(|from| column.clone().gte(from)))
            .add_option(self.until.map(|until| column.clone().lt(until)))
    }
}

/// When a reader last got another version of the document at hand.
pub(super) fn updated_at(scope: &Scope) -> Expr {
    by_stage(scope, document::Column::UpdatedAt, document::Column::SavedAt)
}

/// The importer's key of the document at hand.
fn reference(scope: &Scope) -> Expr {
    by_stage(scope, document::Column::PublishedReference, document::Column::ExternalReference)
}

fn by_stage(scope: &Scope, published: document::Column, draft: document::Column) -> Expr {
    scope.by_stage((document::Entity, document::Column::Id), |stage| {
        let column = match stage {
            Stage::Published => published,
            Stage::Draft | Stage::Scheduled => draft,
        };
        Expr::col((document::Entity, column))
    })
}

/// The links of a document to something in sight: a target without a translation at the reader's stage is not.
fn linked(field: Field, kind: Option<NodeKind>, target: &Target, scope: &Scope, document: Expr) -> Expr {
    let mut links = links(field, scope, document);
    if let Some(kind) = kind {
        // What texts refer to is of many kinds.
        let of_kind = Query::select()
            .column(document::Column::Id)
            .from(document::Entity)
            .and_where(Expr::col(document::Column::NodeKind).eq(kind.as_str()))
            .take();
        links.and_where(Expr::col((link::Entity, link::Column::ToId)).in_subquery(of_kind));
    }
    match target {
        Target::Slugs(slugs) => Expr::exists(named(links, slugs)),
        Target::Exists(true) => Expr::exists(links),
        Target::Exists(false) => Expr::exists(links).not(),
    }
}

/// `select 1 from link` of a document, to documents with one of these slugs in any language.
pub(super) fn links_to(field: Field, slugs: &[String], scope: &Scope, document: Expr) -> SelectStatement {
    named(links(field, scope, document), slugs)
}

fn links(field: Field, scope: &Scope, document: Expr) -> SelectStatement {
    let there = || (Alias::new(THERE), translation::Column::DocumentId);
    Query::select()
        .expr(Expr::val(1))
        .from(link::Entity)
        .join_as(
            sea_orm::JoinType::InnerJoin,
            translation::Entity,
            Alias::new(THERE),
            Condition::all()
                .add(Expr::col(there()).equals((link::Entity, link::Column::ToId)))
                .add(scope.shows(Alias::new(THERE))),
        )
        .and_where(Expr::col((link::Entity, link::Column::DocumentId)).eq(document))
        .and_where(scope.shows(link::Entity))
        .and_where(Expr::col((link::Entity, link::Column::Field)).eq(fixed(field.as_str())))
        .take()
}

fn named(mut links: SelectStatement, slugs: &[String]) -> SelectStatement {
    let slug = Expr::col((Alias::new(THERE), translation::Column::Slug));
    links.and_where(slug.is_in(slugs.iter().map(|slug| slug.to_lowercase()))).take()
}

/// `select 1` from a table of parts of a document, at the reader's stage.
fn part_of<E: sea_orm::EntityTrait>(scope: &Scope, document: Expr) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(table::<E>())
        .and_where(column::<E>("document_id").eq(document))
        .and_where(scope.shows(table::<E>()))
        .take()
}

fn translated_into(language: &str, scope: &Scope, document: Expr) -> Expr {
    let itself = Alias::new("itself");
    let exists = Query::select()
        .expr(Expr::val(1))
        .from_as(translation::Entity, itself.clone())
        .and_where(Expr::col((itself.clone(), translation::Column::DocumentId)).eq(document))
        .and_where(scope.shows(itself.clone()))
        .and_where(Expr::col((itself, translation::Column::Language)).eq(language))
        .take();
    Expr::exists(exists)
}

fn occurs_in(range: &Range<NaiveDate>, scope: &Scope, document: Expr) -> Expr {
    use campaign::occurrence::{Column, Entity};
    let mut exists = part_of::<Entity>(scope, document);
    if let Some(from) = range.from {
        exists.and_where(Expr::col((Entity, Column::EndsOn)).gte(from));
    }
    if let Some(until) = range.until {
        exists.and_where(Expr::col((Entity, Column::StartsOn)).lte(until));
    }
    Expr::exists(exists)
}

fn at_least_or_null(bound: service::Column, age: i32, upper: bool) -> Condition {
    let column = Expr::col((service::Entity, bound));
    Condition::any().add(column.clone().is_null()).add(if upper { column.gte(age) } else { column.lte(age) })
}

fn covers(areas: &[(AreaScheme, String)], scope: &Scope, document: Expr) -> Expr {
    use service::area::{Column, Entity};
    let is_one = areas.iter().fold(Condition::any(), |any, (scheme, code)| {
        let scheme = Expr::col((Entity, Column::Scheme)).eq(scheme.as_str());
        any.add(scheme.and(Expr::col((Entity, Column::Code)).eq(code)))
    });
    let mut exists = part_of::<Entity>(scope, document);
    exists.cond_where(is_one);
    Expr::exists(exists)
}

fn answers_in(language: &str, scope: &Scope, document: Expr) -> Expr {
    use contact_channel::language::{Column, Entity};
    let mut exists = part_of::<Entity>(scope, document);
    exists
        .and_where(Expr::col((Entity, Column::AnswersIn)).eq(language))
        .and_where(Expr::col((Entity, Column::ViaInterpreter)).eq(false));
    Expr::exists(exists)
}
