//! Editions: one year's turn of a campaign, added, changed and removed within its draft.

mod rewrite;

use chrono::{Datelike, NaiveDate};
use entity::Id;
use entity::campaign::{DateStatus, edition, edition_text};
use entity::change::Action;
use entity::document::NodeKind;
use entity::link::Field;
use entity::value::List;
use serde::Deserialize;

use super::access::{self, Right};
use super::campaign::{Campaign, reckon};
use super::check::{self, Extent};
use super::content::DRAFT;
use super::edit::{Edit, Patch, Reference};
use super::goal::{self, GoalInput};
use super::problem::{Problem, ProblemCode};
use super::revision::Deed;
use super::save::{Manner, SaveError, Saved, check_references, known_language, open, open_words, store};
use super::share::{self, ActionInput, ShareMessage};
use super::view::View;
use super::{global_id, observance, text, value};
use crate::app::App;
use crate::store::Db;
use crate::store::draft::Draft;
pub use crate::store::edition::{campaigns_of, of_campaigns, words};
pub use edition::Model as Edition;
pub use edition_text::Model as EditionText;
pub(super) use rewrite::{rewrite, told};

/// The most editions of a campaign.
pub const MAX: usize = 100;
/// The most hashtags of an edition.
const MAX_HASHTAGS: usize = 30;

/// What an input may say about an edition.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EditionPatch {
    /// First day; by the rule unless said.
    pub starts_on: Patch<String>,
    /// Last day; by the campaign's length unless said.
    pub ends_on: Patch<String>,
    /// How sure the dates are.
    pub date_status: Patch<DateStatus>,
    /// Where they were announced.
    pub date_source: Patch<String>,
    /// The year's theme.
    pub theme: Patch<String>,
    /// One or two sentences.
    pub summary: Patch<String>,
    /// `CommonMark`.
    pub body: Patch<String>,
    /// The posts chosen for it.
    #[serde(deserialize_with = "global_id::list_patch")]
    pub post_ids: Patch<Vec<Reference>>,
    /// With or without the leading #.
    pub hashtags: Patch<Vec<String>>,
    /// What readers can do.
    pub actions: Patch<Vec<ActionInput>>,
    /// What they can share.
    pub share_messages: Patch<Vec<ShareMessage>>,
    /// How far it has come.
    pub goals: Patch<Vec<GoalInput>>,
}

/// Which edition of which draft.
pub struct Which {
    /// The campaign.
    pub campaign_id: Reference,
    /// The version that the edit was based on.
    pub expected_version: i32,
    /// The edition's year.
    pub year: i32,
}

/// Adds the edition of a year to a campaign's draft, or changes the one it has.
///
/// # Errors
/// Denied, not found, a conflict, or all that is wrong with the input at once.
pub async fn upsert(
    app: &App,
    db: &Db,
    view: &View,
    which: Which,
    patch: EditionPatch,
    manner: Manner,
) -> Result<Saved, SaveError> {
    let Which { campaign_id, expected_version, year } = which;
    let viewer = access::require(view.viewer.as_ref(), Right::Write)?;
    let now = app.now();
    let language = known_language(app, manner.language)?;
    let tx = db.begin().await?;
    let (mut draft, late) =
        open_words::<Campaign>(&tx, "campaignId", campaign_id, expected_version, &language).await?;
    let written_at = late.as_ref().map_or(now, |late| late.written_at(app, &language, now));
    let mut edit = Edit::new(language);
    apply(&mut edit, &mut draft, year, app.ids.next(), patch);
    check_references(&tx, &mut edit).await?;
    if !edit.problems.is_empty() {
        return Err(SaveError::Problems(edit.problems));
    }
    if let Some(late) = late {
        late.check(&draft, &edit.language)?;
    }
    let checks = check::of_draft(
        app,
        &tx,
        &draft,
        Extent { rows: true, languages: Some(&[edit.language.to_string()]) },
    )
    .await?;
    if manner.dry_run {
        return Ok(Saved { id: None, checks });
    }
    if edit.changed.iter().any(|field| WORDS.contains(field))
        && let Some(words) = draft.words.get_mut(edit.language.as_str())
    {
        words.translation.translated_at = written_at;
    }
    reckon(&mut draft, now);
    let fields = if edit.changed.is_empty() { Vec::new() } else { vec!["editions".into()] };
    let deed = Deed { action: Action::Saved, fields, note: None, actor_id: viewer.actor_id };
    store(app, &tx, &mut draft, deed).await?;
    tx.commit().await?;
    Ok(Saved { id: Some(draft.document.id), checks })
}

/// Removes the edition of a year from a campaign's draft.
///
/// # Errors
/// Denied, not found, or a conflict.
pub async fn remove(app: &App, db: &Db, view: &View, which: Which) -> Result<Saved, SaveError> {
    let Which { campaign_id, expected_version, year } = which;
    let viewer = access::require(view.viewer.as_ref(), Right::Write)?;
    let now = app.now();
    let tx = db.begin().await?;
    let mut draft = open::<Campaign>(&tx, "campaignId", campaign_id, expected_version).await?;
    let position = draft.parts.editions.iter().position(|edition| edition.year == year);
    let Some(position) = position else {
        let message = format!("There is no edition of {year}.");
        return Err(Problem::at(&["year"], ProblemCode::NotFound, message).into());
    };
    let edition = draft.parts.editions.remove(position);
    draft.parts.texts.retain(|text| text.edition_id != edition.id);
    draft.links.retain(|(from, _), _| *from != edition.id);
    reckon(&mut draft, now);
    let checks = check::of_draft(app, &tx, &draft, Extent::SHARED).await?;
    let fields = vec!["editions".into()];
    let deed = Deed { action: Action::Saved, fields, note: None, actor_id: viewer.actor_id };
    store(app, &tx, &mut draft, deed).await?;
    tx.commit().await?;
    Ok(Saved { id: Some(draft.document.id), checks })
}

/// The input fields that belong to a language.
const WORDS: [&str; 6] = ["theme", "summary", "body", "hashtags", "actions", "shareMessages"];

/// Carries an input into the edition of a year, a new one with an id of its own where there is none.
fn apply(edit: &mut Edit, draft: &mut Draft<Campaign>, year: i32, new_id: Id, patch: EditionPatch) {
    let EditionPatch {
        starts_on,
        ends_on,
        date_status,
        date_source,
        theme,
        summary,
        body,
        post_ids,
        hashtags,
        actions,
        share_messages,
        goals,
    } = patch;
    if let Err((code, message)) = value::between(year, 1900, 2200) {
        edit.problems.push(Problem::at(&["year"], code, message));
    }
    let Draft { document, row, words, links, parts } = draft;
    let (mut edition, is_new) = match parts.editions.iter().position(|edition| edition.year == year) {
        Some(position) => (parts.editions.remove(position), false),
        None => (blank(new_id, document.id, year), true),
    };
    if is_new {
        edit.changed.insert("year");
        if parts.editions.len() >= MAX {
            let message = format!("A campaign may have at most {MAX} editions.");
            edit.problems.push(Problem::at(&["year"], ProblemCode::TooLong, message));
        }
    }
    apply_dates(edit, &mut edition, row, is_new, starts_on, ends_on);
    edit.defaulted("dateStatus", date_status, &mut edition.date_status, DateStatus::Provisional, Ok);
    edit.optional("dateSource", date_source, &mut edition.date_source, |url| value::url(&url));
    edit.links("postIds", post_ids, links.entry((edition.id, Field::Posts)).or_default(), NodeKind::Post);
    goal::apply(edit, goals, &mut edition.goals.0);

    let tag = edit.language.to_string();
    let blank = blank_text(edition.id, document.id, &tag);
    let position = parts.texts.iter().position(|text| text.edition_id == edition.id && text.language == tag);
    let mut text = position.map_or_else(|| blank.clone(), |position| parts.texts.remove(position));
    edit.text("theme", theme, &mut text.theme, text::TITLE);
    edit.text("summary", summary, &mut text.summary, text::SUMMARY);
    edit.text("body", body, &mut text.body, text::BODY);
    share::apply_hashtags(edit, hashtags, &mut text.hashtags.0, MAX_HASHTAGS);
    share::apply_actions(edit, actions, &mut text.actions.0);
    share::apply_messages(edit, share_messages, &mut text.share_messages.0);
    if text != blank {
        if !words.contains_key(&tag) {
            let message =
                format!("The campaign has no words in \"{tag}\" yet: write its name in that language first.");
            edit.problems.push(Problem::at(&["language"], ProblemCode::NotFound, message));
        }
        parts.texts.push(text);
    }
    // What actions lead to is in use, whatever the language.
    let mut channels: Vec<Id> = Vec::new();
    let texts = parts.texts.iter().filter(|text| text.edition_id == edition.id);
    for id in texts.flat_map(|text| &text.actions.0).flat_map(|action| &action.channel_ids) {
        if !channels.contains(id) {
            channels.push(*id);
        }
    }
    links.insert((edition.id, Field::Channels), channels);
    parts.editions.push(edition);
    parts.editions.sort_by_key(|edition| edition.year);
}

fn blank(id: Id, document_id: Id, year: i32) -> Edition {
    Edition {
        id,
        stage: DRAFT,
        document_id,
        year,
        starts_on: NaiveDate::default(),
        ends_on: NaiveDate::default(),
        date_status: DateStatus::Provisional,
        date_source: None,
        goals: List::default(),
    }
}

fn blank_text(edition_id: Id, document_id: Id, language: &str) -> EditionText {
    EditionText {
        edition_id,
        stage: DRAFT,
        language: language.to_owned(),
        document_id,
        theme: None,
        summary: None,
        body: None,
        hashtags: List::default(),
        actions: List::default(),
        share_messages: List::default(),
    }
}

/// The days of an edition: what is new or cleared follows the campaign's rule and length.
fn apply_dates(
    edit: &mut Edit,
    edition: &mut Edition,
    rule: &entity::campaign::Model,
    is_new: bool,
    starts_on: Patch<String>,
    ends_on: Patch<String>,
) {
    let or_default = |patch| if is_new && patch == Patch::Absent { Patch::Clear } else { patch };
    let before = edit.problems.len();
    match (or_default(starts_on), observance::starts_in(rule, edition.year)) {
        (Patch::Clear, None) => {
            let message =
                format!("The campaign's rule gives no day in {}: say when it starts.", edition.year);
            edit.refuse("startsOn", ProblemCode::Required, message);
        }
        (Patch::Clear, Some(day)) => edit.put("startsOn", &mut edition.starts_on, day),
        (patch, _) => edit.required("startsOn", patch, &mut edition.starts_on, |day| value::date(&day)),
    }
    if edit.problems.len() > before {
        // Without a first day there is nothing to measure the last one by, but it may be wrong by itself.
        return edit.required(
            "endsOn",
            if ends_on == Patch::Clear { Patch::Absent } else { ends_on },
            &mut edition.ends_on,
            |day| value::date(&day),
        );
    }
    let default = observance::ends_on(rule, edition.starts_on);
    edit.defaulted("endsOn", or_default(ends_on), &mut edition.ends_on, default, |day| value::date(&day));
    if edit.problems.len() > before {
        return;
    }
    if edition.starts_on.year() != edition.year {
        edit.refuse(
            "startsOn",
            ProblemCode::OutOfRange,
            format!("The edition of {} starts in that year.", edition.year),
        );
    }
    let days = (edition.ends_on - edition.starts_on).num_days() + 1;
    if days < 1 {
        edit.refuse(
            "endsOn",
            ProblemCode::OutOfRange,
            format!("The last day cannot be before the first, {}.", edition.starts_on),
        );
    } else if days > i64::from(observance::MAX_DAYS) {
        edit.refuse(
            "endsOn",
            ProblemCode::OutOfRange,
            format!("An edition lasts at most {} days.", observance::MAX_DAYS),
        );
    }
}

#[cfg(test)]
mod tests;
