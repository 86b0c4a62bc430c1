//! People: what an editor may say about one, and how that becomes what readers see.

use chrono::{DateTime, Utc};
use entity::Id;
use entity::person;
use serde::Deserialize;
use serde_json::{Value, json};

use super::content::{Content, DRAFT};
use super::edit::{Edit, Patch};
use super::text;
use super::text_reference::{self, Prose};
use crate::store::draft::{Draft, Words};
use crate::store::noun::{Row, Text};
pub use crate::store::person::Person;

/// What an input may say about a person.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PersonPatch {
    /// What they are called.
    pub name: Patch<String>,
    /// Their slug.
    pub slug: Patch<String>,
    /// What they do.
    pub role: Patch<String>,
    /// Who they are, in `CommonMark`.
    pub bio: Patch<String>,
    /// Whether the name is not theirs.
    pub is_pseudonym: Patch<bool>,
}

impl Content for Person {
    type Patch = PersonPatch;
    const TITLE: &'static str = "name";

    fn blank_row(id: Id, _: DateTime<Utc>) -> Row<Self> {
        person::Model { document_id: id, stage: DRAFT, is_pseudonym: false }
    }

    fn blank_text(id: Id, language: String) -> Text<Self> {
        person::text::Model { document_id: id, stage: DRAFT, language, role: None, bio: None }
    }

    fn apply(edit: &mut Edit, draft: &mut Draft<Self>, patch: PersonPatch, _: DateTime<Utc>) {
        let PersonPatch { name, slug, role, bio, is_pseudonym } = patch;
        edit.defaulted("isPseudonym", is_pseudonym, &mut draft.row.is_pseudonym, false, Ok);
        if let Some(Words { translation, text: words }) = draft.words.get_mut(edit.language.as_str()) {
            edit.title("name", name, slug, &mut translation.title);
            edit.text("role", role, &mut words.role, text::TITLE);
            edit.text("bio", bio, &mut words.bio, text::BODY);
        }
    }

    fn shared(draft: &Draft<Self>) -> Value {
        json!({ "isPseudonym": draft.row.is_pseudonym })
    }

    fn worded(text: &Text<Self>) -> Value {
        json!({ "role": text.role, "bio": text.bio })
    }

    /// The old path of somebody who takes a pseudonym would tell their name.
    fn keeps_old_slugs(draft: &Draft<Self>) -> bool {
        !draft.row.is_pseudonym
    }

    fn prose(draft: &Draft<Self>) -> Vec<Prose<'_>> {
        text_reference::own(draft, |words| words.bio.as_deref())
    }
}
