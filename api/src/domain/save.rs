//! Saving a draft, the same five steps for every kind of content: lock, compare, edit, check, write.

mod late;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use entity::change::Action;
use entity::document::{self, State};
use entity::{Id, translation};
use thiserror::Error;

use super::access::{self, Denied, Right};
use super::check::{self, Check, Extent};
use super::content::{Content, DRAFT};
use super::edit::{Edit, Reference, SlugWish, missing, of_kind};
use super::language::LanguageTag;
use super::problem::{Problem, ProblemCode};
use super::revision::{self, Deed};
use super::view::View;
use super::{search, text_reference};
use crate::app::App;
use crate::store::change::{self, NewChange};
use crate::store::draft::{self, Draft, Words};
use crate::store::failure::{self, Violation};
use crate::store::{Db, Stage, StoreError, Tx, fold, publication, resolve, slug};
use late::Late;

/// What is to be saved.
pub enum Target {
    /// A new document.
    New,
    /// The next version of one.
    Existing {
        /// Which.
        id: Reference,
        /// The version that the edit was based on.
        expected_version: i32,
    },
}

/// How a save is meant.
pub struct Manner {
    /// The language that the words belong to; the site's default where it is not said.
    pub language: Option<LanguageTag>,
    /// Only tell what would be wrong.
    pub dry_run: bool,
}

/// What became of a write that was not refused.
#[derive(Debug, Default)]
pub struct Saved {
    /// What was written; none after a dry run.
    pub id: Option<Id>,
    /// What its checks found, as grave as a publication would take it.
    pub checks: Vec<Check>,
}

impl From<Option<Id>> for Saved {
    fn from(id: Option<Id>) -> Self {
        Self { id, checks: Vec::new() }
    }
}

/// Why nothing was saved.
#[derive(Debug, Error)]
pub enum SaveError {
    /// The viewer may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The input is wrong.
    #[error("the input has problems")]
    Problems(Vec<Problem>),
    /// Checks stop the publication; what they warn of is with them.
    #[error("checks stop the publication")]
    Checks(Vec<Check>),
    /// Somebody saved in between.
    #[error("the draft has another version")]
    Conflict(Box<Conflict>),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who saved in between, when, and what.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// The document.
    pub id: Id,
    /// The version that was expected.
    pub expected_version: i32,
    /// Its version now.
    pub current_version: i32,
    /// Who saved that.
    pub changed_by: Id,
    /// When.
    pub changed_at: DateTime<Utc>,
    /// The input fields that changed since the expected version, sorted.
    pub changed_fields: Vec<String>,
}

impl From<Problem> for SaveError {
    fn from(problem: Problem) -> Self {
        Self::Problems(vec![problem])
    }
}

impl SaveError {
    /// The error of an id that is nobody's.
    pub(super) fn not_found(argument: &str, kind: document::NodeKind) -> Self {
        missing(vec![argument.to_owned()], kind).into()
    }
}

/// Saves a draft, and tells what its checks find in the words that were written and in what has no language.
///
/// # Errors
/// All that is wrong with the input at once; then nothing was saved.
pub async fn save<N: Content>(
    app: &App,
    db: &Db,
    view: &View,
    target: Target,
    patch: N::Patch,
    manner: Manner,
) -> Result<Saved, SaveError> {
    let right =
        if N::LIVE && matches!(target, Target::Existing { .. }) { Right::Publish } else { Right::Write };
    let viewer = access::require(view.viewer.as_ref(), right)?;
    let now = app.now();
    let language =
        if N::HAS_LANGUAGES { known_language(app, manner.language)? } else { LanguageTag::undetermined() };
    let tx = db.begin().await?;
    let (mut draft, action, late) = match target {
        Target::New => (blank::<N>(app.ids.next(), viewer.actor_id, now), Action::Created, None),
        Target::Existing { id, expected_version } => {
            let (draft, late) = open_words::<N>(&tx, "id", id, expected_version, &language).await?;
            (draft, Action::Saved, late)
        }
    };
    let written = [language.to_string()];
    let guarded = N::guarded(&draft);
    let apply = |edit: &mut Edit, draft: &mut Draft<N>| N::apply(edit, draft, patch, now);
    let written_at = late.as_ref().map_or(now, |late| late.written_at(app, &language, now));
    let changed = edit(&tx, &mut draft, language.clone(), written_at, apply).await?;
    if let Some(late) = late {
        late.check(&draft, &language)?;
    }
    if guarded.iter().any(|field| changed.contains(field)) {
        access::require(view.viewer.as_ref(), Right::Approve)?;
    }
    let checks = check::of_draft(app, &tx, &draft, Extent { rows: true, languages: Some(&written) }).await?;
    if manner.dry_run {
        return Ok(Saved { id: None, checks });
    }
    let fields = changed.into_iter().map(str::to_owned).collect();
    let deed = Deed { action, fields, note: None, actor_id: viewer.actor_id };
    store(app, &tx, &mut draft, deed).await?;
    tx.commit().await?;
    Ok(Saved { id: Some(draft.document.id), checks })
}

/// Steps one and two: locks a draft and compares its version with the expected one.
///
/// # Errors
/// Not found, or a conflict that says who, when and what.
pub async fn open<N: Content>(
    tx: &Tx,
    argument: &str,
    id: Reference,
    expected_version: i32,
) -> Result<Draft<N>, SaveError> {
    let draft = find::<N>(tx, argument, id).await?;
    match conflict(tx, &draft.document, expected_version).await? {
        None => Ok(draft),
        Some(conflict) => Err(SaveError::Conflict(Box::new(conflict))),
    }
}

/// The same for an edit in one language: its words may come late.
///
/// # Errors
/// Not found, or a conflict.
pub(super) async fn open_words<N: Content>(
    tx: &Tx,
    argument: &str,
    id: Reference,
    expected_version: i32,
    language: &LanguageTag,
) -> Result<(Draft<N>, Option<Late>), SaveError> {
    let draft = find::<N>(tx, argument, id).await?;
    let late = Late::of(tx, &draft, expected_version, language).await?;
    Ok((draft, late))
}

/// Step one: locks a draft.
async fn find<N: Content>(tx: &Tx, argument: &str, id: Reference) -> Result<Draft<N>, SaveError> {
    let draft = match of_kind(id, N::KIND) {
        Some(id) => draft::load::<N>(tx, id).await?,
        None => None,
    };
    draft.ok_or_else(|| SaveError::not_found(argument, N::KIND))
}

/// The conflict of an expected version with the current one, if they differ.
pub(super) async fn conflict(
    tx: &Tx,
    document: &document::Model,
    expected_version: i32,
) -> Result<Option<Conflict>, StoreError> {
    if document.version == expected_version {
        return Ok(None);
    }
    let saves = change::saves_after(tx, document.id, expected_version).await?;
    let fields: BTreeSet<String> = saves.into_iter().flat_map(|save| save.fields.0).collect();
    Ok(Some(Conflict {
        id: document.id,
        expected_version,
        current_version: document.version,
        changed_by: document.saved_by,
        changed_at: document.saved_at,
        changed_fields: fields.into_iter().collect(),
    }))
}

/// Input fields, besides the slug, that no two documents of a kind may have the same of.
const UNIQUE: [&str; 2] = ["externalReference", "oldPaths"];

/// Steps three and four: carries the input in and checks what only the database knows. Answers the changed fields.
pub(super) async fn edit<N: Content>(
    tx: &Tx,
    draft: &mut Draft<N>,
    language: LanguageTag,
    now: DateTime<Utc>,
    apply: impl FnOnce(&mut Edit, &mut Draft<N>) + Send,
) -> Result<BTreeSet<&'static str>, SaveError> {
    let id = draft.document.id;
    let tag = language.to_string();
    let before = draft.words.get(&tag).cloned();
    let blank = Words { translation: blank_translation(id, &tag, now), text: N::blank_text(id, tag.clone()) };
    draft.words.entry(tag.clone()).or_insert_with(|| blank.clone());
    let mut edit = Edit::new(language);
    apply(&mut edit, draft);
    if edit.slug != SlugWish::Keep || UNIQUE.iter().any(|field| edit.changed.contains(field)) {
        slug::lock(tx).await?;
    }

    let is_only_language = draft.words.len() == 1;
    let words =
        draft.words.get_mut(&tag).ok_or_else(|| StoreError::Custom("the edited words are gone".into()))?;
    // A slug alone is words too: they lack a title, and whoever chose it is told.
    if *words == blank && !is_only_language && edit.slug == SlugWish::Keep {
        draft.words.remove(&tag);
    } else {
        finish_words(tx, &mut edit, N::KIND, N::TITLE, &mut words.translation).await?;
        if before.as_ref() != Some(words) {
            words.translation.translated_at = now;
        }
    }
    check_references(tx, &mut edit).await?;
    check_paths(tx, &mut edit, id).await?;
    if let Some(key) = &draft.document.external_reference
        && edit.changed.contains("externalReference")
        && draft::reference_taken(tx, N::KIND, key, id).await?
    {
        edit.refuse("externalReference", ProblemCode::Taken, "Another one has this external reference.");
    }
    if edit.problems.is_empty() { Ok(edit.changed) } else { Err(SaveError::Problems(edit.problems)) }
}

/// The title must be there, and the slug free.
async fn finish_words(
    tx: &Tx,
    edit: &mut Edit,
    kind: document::NodeKind,
    title_field: &'static str,
    words: &mut translation::Model,
) -> Result<(), StoreError> {
    if words.title.is_empty() {
        if !edit.problems.iter().any(|problem| problem.path == ["input", title_field]) {
            let message = format!("A {title_field} in \"{}\" is needed.", edit.language);
            edit.refuse(title_field, ProblemCode::Required, message);
        }
        return Ok(());
    }
    words.title_key = fold::key(&words.title);
    let (candidates, is_chosen) = match &edit.slug {
        SlugWish::Keep => return Ok(()),
        SlugWish::Chosen(slug) => (vec![slug.clone()], true),
        SlugWish::Made => (super::slug::candidates(&super::slug::from_title(&words.title)), false),
    };
    let taken = slug::taken(tx, kind, &words.language, &candidates, words.document_id).await?;
    match candidates.into_iter().find(|slug| !taken.contains(slug)) {
        Some(slug) => edit.put("slug", &mut words.slug, slug),
        None if is_chosen => edit.refuse("slug", ProblemCode::Taken, "Another one has or had this slug."),
        None => edit.refuse(
            "slug",
            ProblemCode::Required,
            "Choose a slug: all that follow from the title are taken.",
        ),
    }
    Ok(())
}

/// A path of another system leads to one post only, in drafts as for readers.
async fn check_paths(tx: &Tx, edit: &mut Edit, id: Id) -> Result<(), StoreError> {
    let taken = resolve::taken_paths(tx, &edit.paths, id).await?;
    for (index, path) in edit.paths.iter().enumerate() {
        if taken.contains(path) {
            let path = ["input", "oldPaths", &index.to_string()];
            edit.problems.push(Problem::at(&path, ProblemCode::Taken, "Another post has this path."));
        }
    }
    Ok(())
}

/// Everything that an input refers to must exist, and be of the right kind.
pub(super) async fn check_references(tx: &Tx, edit: &mut Edit) -> Result<(), StoreError> {
    let ids: Vec<Id> = edit.references.iter().map(|(_, _, id)| *id).collect();
    let found: BTreeMap<Id, document::NodeKind> = draft::existing(tx, &ids)
        .await?
        .into_iter()
        .map(|document| (document.id, document.node_kind))
        .collect();
    for (path, kind, id) in std::mem::take(&mut edit.references) {
        if found.get(&id) != Some(&kind) {
            edit.problems.push(missing(path, kind));
        }
    }
    Ok(())
}

/// Step five: writes the draft as its next version with what its texts refer to, live at once where its kind has no drafts,
/// appends the change, and keeps the version in the history.
///
/// # Errors
/// `TAKEN` when somebody took the slug in between.
pub(super) async fn store<N: Content>(
    app: &App,
    tx: &Tx,
    draft: &mut Draft<N>,
    deed: Deed,
) -> Result<(), SaveError> {
    let now = app.now();
    let references = text_reference::found(app, tx, draft).await?;
    let document = &mut draft.document;
    if deed.action != Action::Created {
        document.version += 1;
    }
    document.saved_at = now;
    document.saved_by = deed.actor_id;
    if N::LIVE {
        document.state = State::Published;
        document.published_version = Some(document.version);
        document.updated_at = now;
    }
    draft.write(tx).await.map_err(overtaken)?;
    text_reference::insert(tx, draft.document.id, Stage::Draft, references).await.map_err(overtaken)?;
    let mut is_public = false;
    if N::LIVE {
        publication::publish(tx, (N::KIND, draft.document.id), Stage::Draft, publication::Extent::WHOLE)
            .await?;
        is_public = !publication::users(tx, draft.document.id, Stage::Published).await?.is_empty();
        search::refresh(app, tx, N::KIND, draft.document.id).await?;
    }
    if !N::keeps_old_slugs(draft) {
        slug::forget_old(tx, draft.document.id).await?;
    }
    revision::keep(app, tx, &draft.document, &revision::content(draft), &deed).await?;
    let change = NewChange {
        document_id: Some(draft.document.id),
        node_kind: Some(N::KIND),
        action: deed.action,
        version: Some(draft.document.version),
        fields: deed.fields,
        reason: deed.note,
        actor_id: deed.actor_id,
        at: now,
        is_public,
    };
    Ok(change::append(tx, change).await?)
}

/// Two editors may choose the same slug, key or path at the same moment, or one may delete what the other refers to:
/// the constraint tells, and the second is told as if the first had been earlier.
fn overtaken(error: StoreError) -> SaveError {
    let problem =
        |code, path: &[&str], message: &str| SaveError::Problems(vec![Problem::at(path, code, message)]);
    match failure::violation(&error) {
        Some(Violation::Slug) => {
            problem(ProblemCode::Taken, &["input", "slug"], "Another one has or had this slug.")
        }
        Some(Violation::Unique) => problem(
            ProblemCode::Taken,
            &["input"],
            "Somebody took one of these values a moment ago. Try again.",
        ),
        Some(Violation::Reference) => problem(
            ProblemCode::NotFound,
            &["input"],
            "Something that this refers to was deleted a moment ago.",
        ),
        None => SaveError::Store(error),
    }
}

/// The language of an edit must be one of the site's.
pub(super) fn known_language(app: &App, language: Option<LanguageTag>) -> Result<LanguageTag, SaveError> {
    let Some(language) = language else { return Ok(app.config.languages[0].clone()) };
    if app.config.languages.contains(&language) {
        return Ok(language);
    }
    let known = app.config.languages.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let message = format!("This site does not publish in \"{language}\"; its languages are {known}.");
    Err(Problem::at(&["language"], ProblemCode::Invalid, message).into())
}

fn blank<N: Content>(id: Id, actor_id: Id, now: DateTime<Utc>) -> Draft<N> {
    let document = document::Model {
        id,
        node_kind: N::KIND,
        version: 1,
        state: State::Draft,
        published_version: None,
        external_reference: None,
        published_reference: None,
        created_at: now,
        created_by: actor_id,
        saved_at: now,
        saved_by: actor_id,
        updated_at: now,
    };
    let row = N::blank_row(id, now);
    Draft { document, row, words: BTreeMap::new(), links: BTreeMap::new(), parts: N::Parts::default() }
}

fn blank_translation(document_id: Id, language: &str, now: DateTime<Utc>) -> translation::Model {
    translation::Model {
        document_id,
        stage: DRAFT,
        language: language.to_owned(),
        slug: String::new(),
        title: String::new(),
        title_key: String::new(),
        translated_at: now,
    }
}
