//! Services: what an editor may say about one, and how that becomes a draft.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::Id;
use entity::document::NodeKind;
use entity::link::Field;
pub use entity::service::area::Model as CoveredArea;
use entity::service::{self, area};
pub use entity::service::{AudienceRole, ConfidentialityLevel, ServiceStatus};
use entity::value::List;
use serde::Deserialize;
use serde_json::{Value, json};

use super::area::Area;
use super::check::{self, Context, Finding, Needs};
use super::content::{Content, DRAFT};
use super::edit::{Edit, MAX_LIST, Patch, Reference};
use super::problem::{Problem, ProblemCode};
use super::text_reference::{self, Prose};
use super::{global_id, revision, text, value};
use crate::store::draft::{Draft, Words};
use crate::store::noun::{Row, Text};
use crate::store::service::Coverage;
pub use crate::store::service::{Service, areas};

/// The highest age that can be stated.
pub const MAX_AGE: i32 = 120;

/// What an input may say about a service.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ServicePatch {
    /// Its name.
    pub name: Patch<String>,
    /// Its slug.
    pub slug: Patch<String>,
    /// One or two sentences.
    pub summary: Patch<String>,
    /// `CommonMark`.
    pub body: Patch<String>,
    /// Whether it can be turned to.
    pub status: Patch<ServiceStatus>,
    /// What readers should know for a time.
    pub alert: Patch<AlertPatch>,
    /// Whom it is for.
    pub audience: Patch<AudiencePatch>,
    /// What it is about.
    #[serde(deserialize_with = "global_id::list_patch")]
    pub topic_ids: Patch<Vec<Reference>>,
    /// Where it works.
    pub coverage: Patch<Vec<Area>>,
    /// What it keeps to itself.
    pub confidentiality: Patch<ConfidentialityPatch>,
    /// The importer's own key.
    pub external_reference: Patch<String>,
}

/// What readers should know for a time; replaced whole.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AlertPatch {
    /// In words.
    pub text: String,
    /// When it begins to apply.
    pub from: String,
    /// When it ends, if that is known.
    pub until: Option<String>,
}

/// Whom a service is for; replaced whole.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AudiencePatch {
    /// Youngest age.
    pub min_age: Option<i32>,
    /// Oldest age.
    pub max_age: Option<i32>,
    /// Which people.
    pub roles: Vec<AudienceRole>,
}

/// What a service keeps to itself; replaced whole.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConfidentialityPatch {
    /// In a word.
    pub level: ConfidentialityLevel,
    /// In a sentence or two.
    pub statement: String,
}

/// The alert of a service at a moment: its words and its time.
pub struct Alert<'a> {
    /// In words.
    pub text: &'a str,
    /// When it began to apply.
    pub from: DateTime<Utc>,
    /// When it ends, if that is known.
    pub until: Option<DateTime<Utc>>,
}

/// When an alert next begins or ends after a moment.
#[must_use]
pub fn alert_turns_at(row: &Row<Service>, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    [row.alert_from, row.alert_until].into_iter().flatten().filter(|turns| at < *turns).min()
}

/// The alert that applies at a moment: from its beginning, inclusive, to its end, exclusive.
#[must_use]
pub fn alert<'a>(row: &Row<Service>, text: &'a Text<Service>, at: DateTime<Utc>) -> Option<Alert<'a>> {
    let (from, until) = (row.alert_from?, row.alert_until);
    let applies = from <= at && until.is_none_or(|until| at < until);
    applies.then_some(Alert { text: text.alert_text.as_deref()?, from, until })
}

impl Content for Service {
    type Patch = ServicePatch;
    const TITLE: &'static str = "name";

    fn blank_row(id: Id, _: DateTime<Utc>) -> Row<Self> {
        service::Model {
            document_id: id,
            stage: DRAFT,
            status: ServiceStatus::Active,
            alert_from: None,
            alert_until: None,
            min_age: None,
            max_age: None,
            roles: List::default(),
            confidentiality: None,
        }
    }

    fn blank_text(id: Id, language: String) -> Text<Self> {
        service::text::Model {
            document_id: id,
            stage: DRAFT,
            language,
            summary: None,
            body: String::new(),
            alert_text: None,
            confidentiality_statement: None,
        }
    }

    fn apply(edit: &mut Edit, draft: &mut Draft<Self>, patch: ServicePatch, _: DateTime<Utc>) {
        let ServicePatch {
            name,
            slug,
            summary,
            body,
            status,
            alert,
            audience,
            topic_ids,
            coverage,
            confidentiality,
            external_reference,
        } = patch;
        let id = draft.document.id;
        edit.optional(
            "externalReference",
            external_reference,
            &mut draft.document.external_reference,
            |key| text::parse(&key, text::CODE),
        );
        edit.defaulted("status", status, &mut draft.row.status, ServiceStatus::Active, Ok);
        edit.links(
            "topicIds",
            topic_ids,
            draft.links.entry((id, Field::Topics)).or_default(),
            NodeKind::Topic,
        );
        apply_audience(edit, &mut draft.row, audience);
        apply_coverage(edit, id, &mut draft.parts, coverage);
        apply_alert(edit, &mut draft.row, &mut draft.words, alert);
        apply_confidentiality(edit, &mut draft.row, &mut draft.words, confidentiality);
        if let Some(Words { translation, text: words }) = draft.words.get_mut(edit.language.as_str()) {
            edit.title("name", name, slug, &mut translation.title);
            edit.text("summary", summary, &mut words.summary, text::SUMMARY);
            edit.body("body", body, &mut words.body);
        }
    }

    fn shared(draft: &Draft<Self>) -> Value {
        let row = &draft.row;
        let area = |area: &CoveredArea| json!({ "scheme": area.scheme, "code": area.code });
        json!({
            "status": row.status,
            "alert": row.alert_from.map(|from| json!({ "from": from, "until": row.alert_until })),
            "audience": { "minAge": row.min_age, "maxAge": row.max_age, "roles": row.roles },
            "topicIds": revision::linked(draft, draft.document.id, Field::Topics, NodeKind::Topic),
            "coverage": draft.parts.0.iter().map(area).collect::<Vec<_>>(),
            "confidentiality": row.confidentiality.map(|level| json!({ "level": level })),
        })
    }

    fn worded(text: &Text<Self>) -> Value {
        let statement = text.confidentiality_statement.as_ref();
        json!({
            "summary": text.summary,
            "body": text.body,
            "alert": text.alert_text.as_ref().map(|text| json!({ "text": text })),
            "confidentiality": statement.map(|statement| json!({ "statement": statement })),
        })
    }

    fn needs(draft: &Draft<Self>, needs: &mut Needs) {
        check::service::needs(draft, needs);
    }

    fn checks(draft: &Draft<Self>, context: &Context<'_>) -> Vec<Finding> {
        check::service::find(draft, context)
    }

    fn prose(draft: &Draft<Self>) -> Vec<Prose<'_>> {
        text_reference::own(draft, |words| Some(&words.body))
    }
}

/// Ages and roles, replaced and cleared together.
fn apply_audience(edit: &mut Edit, row: &mut Row<Service>, patch: Patch<AudiencePatch>) {
    let AudiencePatch { min_age, max_age, roles } = match patch {
        Patch::Absent => return,
        Patch::Clear => AudiencePatch { min_age: None, max_age: None, roles: Vec::new() },
        Patch::Set(audience) => audience,
    };
    let before = edit.problems.len();
    for (leaf, age) in [("minAge", min_age), ("maxAge", max_age)] {
        if let Some(Err((code, message))) = age.map(|age| value::between(age, 0, MAX_AGE)) {
            edit.problems.push(Problem::at(&["input", "audience", leaf], code, message));
        }
    }
    if edit.problems.len() == before && min_age.zip(max_age).is_some_and(|(min, max)| min > max) {
        let message = "The oldest age must not be below the youngest.";
        edit.problems.push(Problem::at(&["input", "audience", "maxAge"], ProblemCode::OutOfRange, message));
    }
    if roles.len() > MAX_LIST {
        let message = format!("This list may have at most {MAX_LIST} entries.");
        edit.problems.push(Problem::at(&["input", "audience", "roles"], ProblemCode::TooLong, message));
    } else if let Some(index) = (1..roles.len()).find(|&index| roles[..index].contains(&roles[index])) {
        let message = "This is in the list already.";
        edit.problems.push(Problem::at(
            &["input", "audience", "roles", &index.to_string()],
            ProblemCode::Invalid,
            message,
        ));
    }
    if edit.problems.len() == before {
        edit.put("audience", &mut row.min_age, min_age);
        edit.put("audience", &mut row.max_age, max_age);
        edit.put("audience", &mut row.roles.0, roles);
    }
}

/// The areas, each once.
fn apply_coverage(edit: &mut Edit, document_id: Id, parts: &mut Coverage, patch: Patch<Vec<Area>>) {
    let inputs = match patch {
        Patch::Absent => return,
        Patch::Clear => Vec::new(),
        Patch::Set(inputs) if inputs.len() > MAX_LIST => {
            return edit.refuse(
                "coverage",
                ProblemCode::TooLong,
                format!("This list may have at most {MAX_LIST} entries."),
            );
        }
        Patch::Set(inputs) => inputs,
    };
    let before = edit.problems.len();
    let mut rows: Vec<area::Model> = Vec::with_capacity(inputs.len());
    for (position, Area { scheme, code }) in (0..).zip(inputs) {
        let index = i32::to_string(&position);
        match super::area::parse(scheme, &code) {
            Ok(code) if rows.iter().any(|row| row.scheme == scheme && row.code == code) => {
                edit.problems.push(Problem::at(
                    &["input", "coverage", &index],
                    ProblemCode::Invalid,
                    "This is in the list already.",
                ));
            }
            Ok(code) => rows.push(area::Model { document_id, stage: DRAFT, position, scheme, code }),
            Err((code, message)) => {
                edit.problems.push(Problem::at(&["input", "coverage", &index, "code"], code, message));
            }
        }
    }
    if edit.problems.len() == before {
        edit.put("coverage", &mut parts.0, rows);
    }
}

/// The words of a draft by language.
type Languages = BTreeMap<String, Words<Service>>;

/// The alert: its time is the same in every language, its text is not. An alert that begins after the one before has
/// ended is another one, and says nothing in the other languages until it is translated.
fn apply_alert(edit: &mut Edit, row: &mut Row<Service>, words: &mut Languages, patch: Patch<AlertPatch>) {
    let Some(AlertPatch { text, from, until }) = (match patch {
        Patch::Absent => return,
        Patch::Clear => None,
        Patch::Set(alert) => Some(alert),
    }) else {
        edit.put("alert", &mut row.alert_from, None);
        edit.put("alert", &mut row.alert_until, None);
        return words.values_mut().for_each(|words| edit.put("alert", &mut words.text.alert_text, None));
    };
    let text = leaf(edit, &["input", "alert", "text"], text::parse(&text, text::LINE));
    let from = leaf(edit, &["input", "alert", "from"], value::instant(&from));
    let until = match until {
        Some(until) => leaf(edit, &["input", "alert", "until"], value::instant(&until)).map(Some),
        None => Some(None),
    };
    let (Some(text), Some(from), Some(until)) = (text, from, until) else { return };
    if until.is_some_and(|until| until <= from) {
        let message = "An alert must end after it begins.";
        return edit.problems.push(Problem::at(
            &["input", "alert", "until"],
            ProblemCode::OutOfRange,
            message,
        ));
    }
    if row.alert_until.is_some_and(|ended| ended <= from) {
        for words in words.values_mut() {
            words.text.alert_text = None;
        }
    }
    edit.put("alert", &mut row.alert_from, Some(from));
    edit.put("alert", &mut row.alert_until, until);
    if let Some(words) = words.get_mut(edit.language.as_str()) {
        edit.put("alert", &mut words.text.alert_text, Some(text));
    }
}

/// Confidentiality: the level is the same in every language, the statement is not. With another level the statements
/// of the other languages would promise something else, so they go.
fn apply_confidentiality(
    edit: &mut Edit,
    row: &mut Row<Service>,
    words: &mut Languages,
    patch: Patch<ConfidentialityPatch>,
) {
    let Some(ConfidentialityPatch { level, statement }) = (match patch {
        Patch::Absent => return,
        Patch::Clear => None,
        Patch::Set(confidentiality) => Some(confidentiality),
    }) else {
        edit.put("confidentiality", &mut row.confidentiality, None);
        return words
            .values_mut()
            .for_each(|words| edit.put("confidentiality", &mut words.text.confidentiality_statement, None));
    };
    let statement =
        leaf(edit, &["input", "confidentiality", "statement"], text::parse(&statement, text::SUMMARY));
    let Some(statement) = statement else { return };
    if row.confidentiality != Some(level) {
        for words in words.values_mut() {
            words.text.confidentiality_statement = None;
        }
    }
    edit.put("confidentiality", &mut row.confidentiality, Some(level));
    if let Some(words) = words.get_mut(edit.language.as_str()) {
        edit.put("confidentiality", &mut words.text.confidentiality_statement, Some(statement));
    }
}

/// The value of a nested field, or a problem at its path.
pub(super) fn leaf<T>(edit: &mut Edit, path: &[&str], parsed: super::edit::Parsed<T>) -> Option<T> {
    parsed.map_err(|(code, message)| edit.problems.push(Problem::at(path, code, message))).ok()
}

#[cfg(test)]
mod tests;
