//! Publishing, withdrawing and deleting: the same verbs for every kind of content.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use entity::Id;
use entity::change::Action;
use entity::document::{self, NodeKind, State};

use super::access::{self, Right};
use super::check::{self, Check, CheckCode, Severity};
use super::content::is_live;
use super::language::LanguageTag;
use super::problem::{Problem, ProblemCode};
use super::save::{SaveError, Saved, conflict};
use super::view::View;
use super::{refusal, search, text, text_reference, verification};
use crate::app::App;
use crate::store::change::{self, NewChange};
use crate::store::publication::Extent;
use crate::store::{
    self, Db, Stage, StoreError, Tx, draft, post, publication, schedule, visible_change, workflow,
};

/// What is to be published.
pub struct Publish {
    /// Which; `None` where the id could not be read.
    pub id: Option<Address>,
    /// The version that was looked at.
    pub expected_version: i32,
    /// Only the words of these languages.
    pub languages: Option<Vec<LanguageTag>>,
    /// Errors of checks that the editor takes upon themselves.
    pub overrides: Vec<Override>,
    /// Only tell what would be wrong.
    pub dry_run: bool,
}

/// The most overrides of a publication.
const MAX_OVERRIDES: usize = 10;

/// A check that does not stop this publication, and why.
pub struct Override {
    /// Which rule.
    pub code: CheckCode,
    /// Why it may be broken; kept in the audit trail.
    pub reason: String,
}

/// Makes the draft of a document what readers see. With `languages`, only their words go; what is the same in
/// every language goes when all are published.
///
/// # Errors
/// Denied, not found, a conflict, a target that must be live first, or what its checks found.
pub async fn publish(app: &App, db: &Db, view: &View, request: Publish) -> Result<Saved, SaveError> {
    let (id, dry_run) = (request.id, request.dry_run);
    let outcome = attempt(app, db, view, request).await;
    if dry_run { outcome } else { refusal::on_record(app, db, view, id, outcome).await }
}

async fn attempt(app: &App, db: &Db, view: &View, request: Publish) -> Result<Saved, SaveError> {
    let Publish { id, expected_version, languages, overrides, dry_run } = request;
    let viewer = access::require(view.viewer.as_ref(), Right::Publish)?;
    let now = app.now();
    let tx = db.begin().await?;
    lock_needed(&tx, id, Stage::Draft).await?;
    let document = open(&tx, id, expected_version).await?;
    let languages = chosen(&tx, &document, Stage::Draft, languages).await?;
    let hidden = hidden_targets(&tx, &document, Stage::Draft).await?;
    targets_are_live(&document, &hidden)?;
    // The first publication carries everything that is the same in every language.
    let rows = languages.is_none() || document.state != State::Published;
    let extent = Extent { rows, languages: languages.as_deref() };
    let found = check::of_publications(app, &tx, (document.node_kind, &[document.id]), extent).await?;
    let mut checks: Vec<Check> = found.into_values().flatten().collect();
    let reason = overruled(&mut checks, overrides)?;
    if checks.iter().any(|check| check.severity == Severity::Error) {
        return Err(SaveError::Checks(checks));
    }
    if dry_run {
        return Ok(Saved { id: None, checks });
    }
    // What is older does not come after it.
    schedule::end_publication(&tx, (document.node_kind, document.id)).await?;
    let going = Going {
        stage: Stage::Draft,
        version: document.version,
        reference: document.external_reference.clone(),
        extent,
        dated: now,
    };
    let id = document.id;
    carry(app, &tx, document, going, (viewer.actor_id, reason)).await?;
    tx.commit().await?;
    Ok(Saved { id: Some(id), checks })
}

/// What goes to readers, once nothing stops it.
pub(super) struct Going<'a> {
    /// Where it is now.
    pub(super) stage: Stage,
    /// Its version.
    pub(super) version: i32,
    /// The importer's own key of that version.
    pub(super) reference: Option<String>,
    /// How much of it.
    pub(super) extent: Extent<'a>,
    /// What a post that has no date yet is dated.
    pub(super) dated: DateTime<Utc>,
}

/// Makes it what readers see, and says on whose account and why.
///
/// # Errors
/// The database's.
pub(super) async fn carry(
    app: &App,
    tx: &Tx,
    mut document: document::Model,
    going: Going<'_>,
    (actor_id, reason): (Id, Option<String>),
) -> Result<(), StoreError> {
    let Going { stage, version, reference, extent, dated } = going;
    let (kind, id, now) = (document.node_kind, document.id, app.now());
    if kind == NodeKind::Post && extent.rows {
        post::date(tx, id, dated).await?;
    }
    text_reference::settle(app, tx, id, stage).await?;
    let shown_by = publication::shown_by(tx, kind, id).await?;
    publication::publish(tx, (kind, id), stage, extent).await?;
    if kind == NodeKind::ContactChannel {
        verification::settle(tx, id).await?;
    }
    document.state = State::Published;
    // Some of the languages alone are not the whole version, unless they were all that was left.
    if extent.languages.is_none() || publication::is_whole(tx, kind, id).await? {
        document.published_version = Some(version);
        document.published_reference = reference;
        if version == document.version {
            workflow::forget_review(tx, id).await?;
        }
    }
    document.updated_at = now;
    draft::put_document(tx, &document).await?;
    search::refresh(app, tx, kind, id).await?;
    let change =
        NewChange { version: Some(version), ..record(&document, Action::Published, reason, actor_id, now) };
    change::append_also(tx, change, shown_by).await
}

/// Makes warnings of the errors that an editor takes upon themselves; what the audit trail says of that.
fn overruled(checks: &mut [Check], overrides: Vec<Override>) -> Result<Option<String>, SaveError> {
    if overrides.len() > MAX_OVERRIDES {
        let message = format!("This list may have at most {MAX_OVERRIDES} entries.");
        return Err(Problem::at(&["overrides"], ProblemCode::TooLong, message).into());
    }
    let mut problems = Vec::new();
    let mut reasons = Vec::new();
    for (index, Override { code, reason }) in overrides.into_iter().enumerate() {
        let index = index.to_string();
        let mut refuse = |part, code, message: String| {
            problems.push(Problem::at(&["overrides", &index, part], code, message));
        };
        if !code.may_be_overridden() {
            let message = format!("{} cannot be overridden.", code.as_str());
            refuse("code", ProblemCode::Invalid, message);
        }
        let reason =
            text::parse(&reason, text::SUMMARY).map_err(|(code, message)| refuse("reason", code, message));
        let mut is_needed = false;
        let own = checks.iter_mut().filter(|check| check.code == code && check.severity == Severity::Error);
        for check in own {
            check.severity = Severity::Warning;
            is_needed = true;
        }
        reasons
            .extend(reason.ok().filter(|_| is_needed).map(|reason| format!("{}: {reason}", code.as_str())));
    }
    if !problems.is_empty() {
        return Err(SaveError::Problems(problems));
    }
    Ok(Some(reasons.join("\n")).filter(|reason| !reason.is_empty()))
}

/// Takes a document, or some of its languages, from readers at once. Never refused by state or version.
///
/// # Errors
/// Denied, not found, or a reason that is missing.
pub async fn withdraw(
    app: &App,
    db: &Db,
    view: &View,
    id: Option<Address>,
    reason: &str,
    languages: Option<Vec<LanguageTag>>,
) -> Result<Id, SaveError> {
    let viewer = access::require(view.viewer.as_ref(), Right::Publish)?;
    let reason = text::said("reason", reason)?;
    let tx = db.begin().await?;
    let document = find(&tx, id).await?;
    if is_live(document.node_kind) {
        let message =
            "This has no drafts: it disappears when nothing published refers to it, or when it is deleted.";
        return Err(not_allowed(message));
    }
    let languages = chosen(&tx, &document, Stage::Published, languages).await?;
    let id = document.id;
    take_down(app, &tx, document, languages.as_deref(), (viewer.actor_id, &reason)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Takes a document from readers, a service with its channels, and says on whose account and why.
///
/// # Errors
/// The database's.
pub(super) async fn take_down(
    app: &App,
    tx: &Tx,
    document: document::Model,
    languages: Option<&[String]>,
    why: (Id, &str),
) -> Result<(), SaveError> {
    let mut also = Vec::new();
    if document.node_kind == NodeKind::Service && languages.is_none() {
        let mut channels = publication::dependants(tx, document.id, Stage::Published).await?;
        channels.sort_by_key(|channel| channel.id);
        for channel in channels {
            // Somebody may have deleted it just now.
            also.extend(draft::locked(tx, channel.id).await?);
        }
    }
    take_one_down(app, tx, document, languages, why).await?;
    // What somebody wrote is kept once, where an erasure of the service finds it.
    let with_it = (why.0, "With its service.");
    for channel in also {
        take_one_down(app, tx, channel, languages, with_it).await?;
    }
    Ok(())
}

async fn take_one_down(
    app: &App,
    tx: &Tx,
    mut document: document::Model,
    languages: Option<&[String]>,
    (actor_id, reason): (Id, &str),
) -> Result<(), StoreError> {
    let now = app.now();
    let was_public = document.state == State::Published;
    let shown_by = publication::shown_by(tx, document.node_kind, document.id).await?;
    publication::withdraw(tx, document.node_kind, document.id, languages).await?;
    if languages.is_none() && was_public {
        document.state = State::Withdrawn;
        document.published_version = None;
        document.published_reference = None;
    }
    let this = (document.node_kind, document.id);
    match languages {
        None => drop(schedule::end(tx, this).await?),
        // Other languages stay, and go at their moment.
        Some(_) => schedule::end_publication(tx, this).await?,
    }
    workflow::end_approvals(tx, document.id, now).await?;
    workflow::forget_review(tx, document.id).await?;
    document.updated_at = now;
    draft::put_document(tx, &document).await?;
    search::refresh(app, tx, document.node_kind, document.id).await?;
    let change = NewChange {
        is_public: was_public,
        ..record(&document, Action::Withdrawn, Some(reason.to_owned()), actor_id, now)
    };
    change::append_also(tx, change, shown_by).await
}

/// Removes a document for good, unless something that readers see, or will see at its moment, refers to it, or something
/// could not be without it.
///
/// # Errors
/// Denied, not found, a conflict, or `IN_USE`.
pub async fn delete(
    app: &App,
    db: &Db,
    view: &View,
    id: Option<Address>,
    expected_version: i32,
) -> Result<Id, SaveError> {
    access::require(view.viewer.as_ref(), Right::Write)?;
    let tx = db.begin().await?;
    let document = find(&tx, id).await?;
    let was_public = publication::was_public(&tx, document.id).await? && !is_live(document.node_kind);
    let is_guarded = workflow::is_sensitive_topic(&tx, document.id).await?;
    let right = match (is_guarded, was_public || is_live(document.node_kind)) {
        (true, _) => Right::Approve,
        (false, true) => Right::Publish,
        (false, false) => Right::Write,
    };
    let viewer = access::require(view.viewer.as_ref(), right)?;
    if let Some(conflict) = conflict(&tx, &document, expected_version).await? {
        return Err(SaveError::Conflict(Box::new(conflict)));
    }
    let mut seen = publication::users(&tx, document.id, Stage::Published).await?;
    seen.extend(publication::users(&tx, document.id, Stage::Scheduled).await?);
    let needing = publication::dependants(&tx, document.id, Stage::Draft).await?;
    seen.extend(needing.into_iter().map(|document| document.id));
    is_unused(app, &tx, seen).await?;
    let shown_by = publication::shown_by(&tx, document.node_kind, document.id).await?;
    publication::delete(&tx, document.node_kind, document.id).await?;
    let change = NewChange {
        // Whoever heard of it hears that it is gone for good, also where it was withdrawn before.
        is_public: visible_change::is_told(&tx, document.id).await?,
        ..record(&document, Action::Deleted, None, viewer.actor_id, app.now())
    };
    change::append_also(&tx, change, shown_by).await?;
    tx.commit().await?;
    Ok(document.id)
}

/// The most documents that are named where something is in use.
const MAX_NAMED: usize = 10;

/// Refuses what would take something from those who use it, and names them.
///
/// # Errors
/// `IN_USE` where there are any.
pub(super) async fn is_unused(
    app: &App,
    tx: &Tx,
    users: impl IntoIterator<Item = Id>,
) -> Result<(), SaveError> {
    let users: Vec<Id> = users.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    if users.is_empty() {
        return Ok(());
    }
    let mut titles = store::check::titles(tx, &users).await?;
    let default = app.config.languages[0].as_str();
    let named = users.iter().take(MAX_NAMED).map(|user| {
        let title = titles.remove(user).into_iter().flatten().min_by_key(|title| title.language != default);
        title.map_or_else(|| "the settings of the site".to_owned(), |title| format!("“{}”", title.title))
    });
    let mut named = named.collect::<Vec<_>>().join(", ");
    if let Some(more @ 1..) = users.len().checked_sub(MAX_NAMED) {
        named = format!("{named} and {more} more");
    }
    let message = format!("This is in use: {named}. Change or withdraw that first.");
    Err(Problem::at(&["id"], ProblemCode::InUse, message).into())
}

/// Which document a verb is about, as its global id has it.
pub type Address = (NodeKind, Id);

/// The content that a verb is about, as it was when somebody looked at it: locked until the transaction ends.
///
/// # Errors
/// Not found, a conflict, or what has no drafts.
pub(super) async fn open(
    tx: &Tx,
    id: Option<Address>,
    expected_version: i32,
) -> Result<document::Model, SaveError> {
    let document = find(tx, id).await?;
    if let Some(conflict) = conflict(tx, &document, expected_version).await? {
        return Err(SaveError::Conflict(Box::new(conflict)));
    }
    if is_live(document.node_kind) {
        return Err(not_allowed("This has no drafts: each save is live at once."));
    }
    Ok(document)
}

async fn find(tx: &Tx, id: Option<Address>) -> Result<document::Model, SaveError> {
    let document = match id {
        Some((kind, id)) => draft::locked(tx, id).await?.filter(|document| document.node_kind == kind),
        None => None,
    };
    document.filter(|document| document.node_kind != NodeKind::Site).ok_or_else(unknown)
}

/// The error of an id that is no content's.
pub(super) fn unknown() -> SaveError {
    Problem::at(&["id"], ProblemCode::NotFound, "There is no such content.").into()
}

/// The languages chosen, `None` for all; each must be there.
async fn chosen(
    tx: &Tx,
    document: &document::Model,
    stage: Stage,
    languages: Option<Vec<LanguageTag>>,
) -> Result<Option<Vec<String>>, SaveError> {
    let Some(languages) = languages else { return Ok(None) };
    let there = publication::languages(tx, document.id, stage).await?;
    let languages: Vec<String> = languages.iter().map(ToString::to_string).collect();
    let problems: Vec<Problem> = languages
        .iter()
        .enumerate()
        .filter(|(_, language)| !there.contains(language))
        .map(|(index, language)| {
            let message = format!("There is nothing in \"{language}\".");
            Problem::at(&["languages", &index.to_string()], ProblemCode::NotFound, message)
        })
        .collect();
    if !problems.is_empty() || languages.is_empty() {
        let none = Problem::at(
            &["languages"],
            ProblemCode::Required,
            "Name at least one language, or leave it out for all.",
        );
        return Err(SaveError::Problems(if problems.is_empty() { vec![none] } else { problems }));
    }
    Ok(Some(languages).filter(|languages| there.iter().any(|language| !languages.contains(language))))
}

/// What a document cannot be published without is locked before it, in the order in which a withdrawal locks: so
/// neither can slip in between the other's question and its answer.
///
/// # Errors
/// The database's.
pub(super) async fn lock_needed(tx: &Tx, id: Option<Address>, stage: Stage) -> Result<(), StoreError> {
    let Some((kind, id)) = id else { return Ok(()) };
    let Some(needs) = needed(kind) else { return Ok(()) };
    let mut targets: Vec<Id> = publication::targets(tx, id, stage)
        .await?
        .into_iter()
        .filter(|target| target.node_kind == needs)
        .map(|target| target.id)
        .collect();
    targets.sort();
    for target in targets {
        draft::locked(tx, target).await?;
    }
    Ok(())
}

/// The kind that a kind cannot be published without.
fn needed(kind: NodeKind) -> Option<NodeKind> {
    match kind {
        NodeKind::ContactChannel => Some(NodeKind::Service),
        NodeKind::StatisticSet => Some(NodeKind::Statistic),
        _ => None,
    }
}

/// What a document cannot be published without, and readers do not see.
///
/// # Errors
/// The database's.
pub(super) async fn hidden_targets(
    tx: &Tx,
    document: &document::Model,
    stage: Stage,
) -> Result<Vec<document::Model>, StoreError> {
    let Some(needs) = needed(document.node_kind) else { return Ok(Vec::new()) };
    let mut targets = publication::targets(tx, document.id, stage).await?;
    targets.retain(|target| target.node_kind == needs && target.state != State::Published);
    Ok(targets)
}

/// Edges that are never null must lead to something readers see.
pub(super) fn targets_are_live(
    document: &document::Model,
    hidden: &[document::Model],
) -> Result<(), SaveError> {
    let (Some(needs), false) = (needed(document.node_kind), hidden.is_empty()) else { return Ok(()) };
    let name = needs.as_str().to_lowercase();
    Err(not_allowed(&format!("Publish the {name} first: readers of this would find nothing there.")))
}

pub(super) fn not_allowed(message: &str) -> SaveError {
    Problem::at(&["id"], ProblemCode::NotAllowedInState, message).into()
}

/// What a verb of a document leaves in the audit trail.
pub(super) fn record(
    document: &document::Model,
    action: Action,
    reason: Option<String>,
    actor_id: Id,
    at: DateTime<Utc>,
) -> NewChange {
    NewChange {
        document_id: Some(document.id),
        node_kind: Some(document.node_kind),
        action,
        version: Some(document.version),
        fields: Vec::new(),
        reason,
        actor_id,
        at,
        is_public: true,
    }
}
