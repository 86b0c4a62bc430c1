//! Checks: what would stop or trouble a publication, told at every save and held at every publication.
//!
//! A kind of content brings its findings ([`Content::checks`]); how grave each is follows from the one table in
//! [`severity`]. What a rule has to know beside the draft itself is asked for once, for any number of drafts.

pub(super) mod campaign;
pub(super) mod channel;
mod facts;
mod hashtag;
mod loose_number;
mod population;
pub(super) mod post;
mod safeguarding;
pub(super) mod service;
pub(super) mod statistic;
pub(super) mod statistic_set;

mod text;
mod tokens;
mod unbound;
mod wordbook;

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::Id;
use entity::document::{Model as Document, NodeKind, Stage};
use entity::link::Field;

use super::content::Content;
use super::holidays::Holidays;
use crate::app::App;
use crate::store::draft::{self, Draft};
pub use crate::store::publication::Extent;
use crate::store::{Connection, StoreError};
pub use facts::{Facts, Needs};
pub use wordbook::Wordbook;

/// What can be found, by the names of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CheckCode {
    /// A sensitive post, and no channel to turn to.
    SignpostRequired,
    /// Nothing says where a figure or a date is from.
    SourceRequired,
    /// Nothing says where in a report a figure is.
    LocatorRequired,
    /// A sentence that leaves out whom its figure is about.
    PopulationMissing,
    /// Shares of a whole that add up to more than it.
    SharesExceed100,
    /// A telephone number that was typed.
    LoosePhoneNumber,
    /// A figure that was typed.
    UnboundFigure,
    /// A link whose words do not say where it leads.
    VagueLinkText,
    /// A heading more than one level below the one before.
    HeadingSkipped,
    /// Words that hurt those they are about.
    LanguageToAvoid,
    /// A reference to nothing.
    BrokenReference,
    /// A reference to something that readers do not see.
    ReferenceNotPublished,
    /// Somebody who has not written it must sign it off.
    SafeguardingApprovalRequired,
    /// Words older than those of the default language.
    TranslationOutdated,
    /// A message longer than its network takes.
    MessageTooLong,
    /// A hashtag whose words a screen reader cannot tell apart.
    HashtagCase,
    /// Open on a day that many take for a holiday.
    OpenOnHoliday,
    /// A number shown with other digits than are dialled.
    DisplayMismatch,
    /// Nobody has looked since somebody should have.
    ReviewOverdue,
}

impl CheckCode {
    /// The code as the contract writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignpostRequired => "SIGNPOST_REQUIRED",
            Self::SourceRequired => "SOURCE_REQUIRED",
            Self::LocatorRequired => "LOCATOR_REQUIRED",
            Self::PopulationMissing => "POPULATION_MISSING",
            Self::SharesExceed100 => "SHARES_EXCEED_100",
            Self::LoosePhoneNumber => "LOOSE_PHONE_NUMBER",
            Self::UnboundFigure => "UNBOUND_FIGURE",
            Self::VagueLinkText => "VAGUE_LINK_TEXT",
            Self::HeadingSkipped => "HEADING_SKIPPED",
            Self::LanguageToAvoid => "LANGUAGE_TO_AVOID",
            Self::BrokenReference => "BROKEN_REFERENCE",
            Self::ReferenceNotPublished => "REFERENCE_NOT_PUBLISHED",
            Self::SafeguardingApprovalRequired => "SAFEGUARDING_APPROVAL_REQUIRED",
            Self::TranslationOutdated => "TRANSLATION_OUTDATED",
            Self::MessageTooLong => "MESSAGE_TOO_LONG",
            Self::HashtagCase => "HASHTAG_CASE",
            Self::OpenOnHoliday => "OPEN_ON_HOLIDAY",
            Self::DisplayMismatch => "DISPLAY_MISMATCH",
            Self::ReviewOverdue => "REVIEW_OVERDUE",
        }
    }

    /// Whether an editor may publish in spite of it, with a reason.
    #[must_use]
    pub fn may_be_overridden(self) -> bool {
        self == Self::UnboundFigure
    }
}

/// How grave something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// It stops the publication.
    Error,
    /// It does not.
    Warning,
}

/// What makes the same finding graver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Circumstance {
    /// Nothing does.
    #[default]
    Usual,
    /// The content is on something sensitive.
    Sensitive,
    /// The content says of itself that it is all there is.
    Complete,
    /// It is about a figure that readers would see.
    Figure,
}

/// How grave a finding is: the one table, which docs/API.md has too.
fn severity(code: CheckCode, circumstance: Circumstance) -> Severity {
    use CheckCode as Code;
    let graver = match code {
        Code::LocatorRequired
        | Code::PopulationMissing
        | Code::DisplayMismatch
        | Code::SafeguardingApprovalRequired => return Severity::Error,
        Code::SourceRequired => Circumstance::Figure,
        Code::SignpostRequired | Code::UnboundFigure => Circumstance::Sensitive,
        Code::SharesExceed100 => Circumstance::Complete,
        Code::LoosePhoneNumber
        | Code::VagueLinkText
        | Code::HeadingSkipped
        | Code::LanguageToAvoid
        | Code::BrokenReference
        | Code::ReferenceNotPublished
        | Code::TranslationOutdated
        | Code::MessageTooLong
        | Code::HashtagCase
        | Code::OpenOnHoliday
        | Code::ReviewOverdue => return Severity::Warning,
    };
    if circumstance == graver { Severity::Error } else { Severity::Warning }
}

/// Something that a rule found in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which rule.
    code: CheckCode,
    /// What makes it graver.
    circumstance: Circumstance,
    /// The language whose words it is about; none for what is the same in every language.
    language: Option<String>,
    /// The input field, and the way within it.
    path: Vec<String>,
    /// In words for the person who writes.
    message: String,
    /// What to put in its place.
    suggestion: Option<String>,
}

impl Finding {
    /// A finding under an input field.
    pub(super) fn new(code: CheckCode, path: &[&str], message: impl Into<String>) -> Self {
        Self {
            code,
            circumstance: Circumstance::Usual,
            language: None,
            path: path.iter().map(|&part| part.to_owned()).collect(),
            message: message.into(),
            suggestion: None,
        }
    }

    /// The same in the words of a language.
    pub(super) fn in_language(self, language: &str) -> Self {
        Self { language: Some(language.to_owned()), ..self }
    }

    /// The same under a circumstance, where it holds.
    pub(super) fn when(self, holds: bool, circumstance: Circumstance) -> Self {
        if holds { Self { circumstance, ..self } } else { self }
    }

    /// The same with what to put in its place.
    pub(super) fn suggesting(self, suggestion: Option<String>) -> Self {
        Self { suggestion, ..self }
    }
}

/// A finding as people are told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Whether it stops a publication.
    pub severity: Severity,
    /// Which rule.
    pub code: CheckCode,
    /// In words for the person who writes.
    pub message: String,
    /// Where: the language of the words, unless it is the same in every language; then the field as inputs call it, and
    /// the way within it.
    pub path: Vec<String>,
    /// What to put in its place.
    pub suggestion: Option<String>,
}

impl From<Finding> for Check {
    fn from(finding: Finding) -> Self {
        let Finding { code, circumstance, language, path, message, suggestion } = finding;
        let path = language.into_iter().chain(path).collect();
        Self { severity: severity(code, circumstance), code, message, path, suggestion }
    }
}

/// What every rule may look at beside the draft.
pub struct Context<'a> {
    /// The site's day.
    pub(super) today: NaiveDate,
    /// The language that the others are translations of.
    pub(super) default_language: &'a str,
    /// Which days are public holidays.
    pub(super) holidays: &'a Holidays,
    /// What is known of words.
    pub(super) wordbook: &'a Wordbook,
    /// What only the database knows.
    pub(super) facts: &'a Facts,
}

/// The checks of a draft at hand, as far as an extent goes.
///
/// # Errors
/// The database's, here and below.
pub(super) async fn of_draft<N: Content, C: Connection>(
    app: &App,
    db: &C,
    draft: &Draft<N>,
    extent: Extent<'_>,
) -> Result<Vec<Check>, StoreError> {
    let found = of_drafts(app, db, std::slice::from_ref(draft), extent).await?;
    Ok(found.into_values().flatten().collect())
}

/// What would stop or trouble the publication of some drafts of a kind, as far as an extent goes: what their checks
/// find, and first of all that nobody has signed off what must be.
///
/// # Errors
/// The database's.
pub async fn of_publications<C: Connection>(
    app: &App,
    db: &C,
    (kind, ids): (NodeKind, &[Id]),
    extent: Extent<'_>,
) -> Result<HashMap<Id, Vec<Check>>, StoreError> {
    let documents = draft::existing(db, ids).await?;
    let mut found = of_documents(app, db, (kind, ids), (Stage::Draft, extent)).await?;
    for (id, finding) in safeguarding::find(db, kind, Stage::Draft, &documents).await? {
        found.entry(id).or_default().insert(0, finding.into());
    }
    Ok(found)
}

/// The same of what is scheduled of a document, at the version that goes out.
pub(super) async fn of_scheduled<C: Connection>(
    app: &App,
    db: &C,
    document: &Document,
    version: i32,
) -> Result<Vec<Check>, StoreError> {
    let (kind, id) = (document.node_kind, document.id);
    let found = of_documents(app, db, (kind, &[id]), (Stage::Scheduled, Extent::WHOLE)).await?;
    let scheduled = Document { version, ..document.clone() };
    let unsigned = safeguarding::find(db, kind, Stage::Scheduled, &[scheduled]).await?;
    Ok(unsigned.into_values().map(Check::from).chain(found.into_values().flatten()).collect())
}

/// The checks of some documents of a kind at a stage, by document.
async fn of_documents<C: Connection>(
    app: &App,
    db: &C,
    (kind, ids): (NodeKind, &[Id]),
    of: (Stage, Extent<'_>),
) -> Result<HashMap<Id, Vec<Check>>, StoreError> {
    use super::{campaign, contact_channel, post, service, statistic, statistic_set};
    match kind {
        NodeKind::Post => of_kind::<post::Post, C>(app, db, ids, of).await,
        NodeKind::Campaign => of_kind::<campaign::Campaign, C>(app, db, ids, of).await,
        NodeKind::Statistic => of_kind::<statistic::Statistic, C>(app, db, ids, of).await,
        NodeKind::StatisticSet => of_kind::<statistic_set::StatisticSet, C>(app, db, ids, of).await,
        NodeKind::Service => of_kind::<service::Service, C>(app, db, ids, of).await,
        NodeKind::ContactChannel => of_kind::<contact_channel::ContactChannel, C>(app, db, ids, of).await,
        NodeKind::Topic | NodeKind::Person | NodeKind::Source | NodeKind::Site => Ok(HashMap::new()),
    }
}

async fn of_kind<N: Content, C: Connection>(
    app: &App,
    db: &C,
    ids: &[Id],
    (stage, extent): (Stage, Extent<'_>),
) -> Result<HashMap<Id, Vec<Check>>, StoreError> {
    of_drafts(app, db, &draft::read::<N, C>(db, ids, stage).await?, extent).await
}

/// What the rules have to know is asked for once, for all of them.
async fn of_drafts<N: Content, C: Connection>(
    app: &App,
    db: &C,
    drafts: &[Draft<N>],
    extent: Extent<'_>,
) -> Result<HashMap<Id, Vec<Check>>, StoreError> {
    let mut needs = Needs::default();
    for draft in drafts {
        N::needs(draft, &mut needs);
    }
    let facts = Facts::load(app, db, needs).await?;
    Ok(drafts.iter().map(|draft| (draft.document.id, found(app, &facts, draft, extent))).collect())
}

/// What the rules find, errors first, else in the order of the rules.
fn found<N: Content>(app: &App, facts: &Facts, draft: &Draft<N>, extent: Extent<'_>) -> Vec<Check> {
    let context = Context {
        today: app.now().with_timezone(&app.config.time_zone).date_naive(),
        default_language: app.config.languages[0].as_str(),
        holidays: &app.holidays,
        wordbook: &app.wordbook,
        facts,
    };
    let mut findings = outdated(draft, context.default_language);
    findings.extend(N::checks(draft, &context));
    let is_asked = |finding: &Finding| match (&finding.language, extent.languages) {
        (Some(language), Some(languages)) => languages.contains(language),
        (Some(_), None) => true,
        (None, _) => extent.rows,
    };
    let mut checks: Vec<Check> = findings.into_iter().filter(is_asked).map(Check::from).collect();
    checks.sort_by_key(|check| check.severity == Severity::Warning);
    checks
}

/// The topics of a draft.
fn topics<N: Content>(draft: &Draft<N>) -> impl Iterator<Item = &Id> {
    draft.links.get(&(draft.document.id, Field::Topics)).into_iter().flatten()
}

/// Whether one of its topics is marked as sensitive.
fn is_on_sensitive_topic<N: Content>(draft: &Draft<N>, context: &Context<'_>) -> bool {
    topics(draft).any(|topic| context.facts.sensitive.contains(topic))
}

/// Words that were saved before those of the default language last were.
fn outdated<N: Content>(draft: &Draft<N>, default_language: &str) -> Vec<Finding> {
    let Some(source) = draft.words.get(default_language) else { return Vec::new() };
    let is_older = |at| at < source.translation.translated_at;
    let older = draft.words.iter().filter(|(_, words)| is_older(words.translation.translated_at));
    let finding = |language: &String| {
        let message = format!("The words in \"{default_language}\" were changed after these.");
        Finding::new(CheckCode::TranslationOutdated, &[], message).in_language(language)
    };
    older.map(|(language, _)| finding(language)).collect()
}

/// A review that was due before today.
fn overdue(due_on: NaiveDate, field: &[&str], context: &Context<'_>) -> Option<Finding> {
    (due_on < context.today).then(|| {
        let message = format!("Somebody should have looked at this again by {due_on}.");
        Finding::new(CheckCode::ReviewOverdue, field, message)
    })
}
