//! Revisions: every save is kept whole, in the words of the inputs, beside what it changed. Nothing changes them but an
//! [erasure](super::erasure).

mod restore;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use entity::Id;
use entity::change::Action;
use entity::document::{self, NodeKind};
use entity::link::Field;
use serde_json::{Value, json};

use super::content::Content;
use super::global_id;
use crate::app::App;
use crate::store::draft::Draft;
pub use crate::store::revision::{Revision, by_ids, counts, pages};
use crate::store::{StoreError, Tx, revision};
pub use restore::restore;

/// What a save is, for those who look back.
pub(super) struct Deed {
    /// What was done.
    pub(super) action: Action,
    /// Which input fields it changed.
    pub(super) fields: Vec<String>,
    /// Why, or from what; none for what speaks for itself.
    pub(super) note: Option<String>,
    /// Who did it.
    pub(super) actor_id: Id,
}

/// All that the inputs would say to make a draft what it is.
pub(super) fn content<N: Content>(draft: &Draft<N>) -> Value {
    let mut content = N::shared(draft);
    if !N::LIVE {
        content["externalReference"] = json!(draft.document.external_reference);
    }
    let mut translations = json!({});
    for (language, words) in &draft.words {
        let mut told = json!({ N::TITLE: words.translation.title, "slug": words.translation.slug });
        for (field, value) in N::worded(&words.text).as_object().into_iter().flatten() {
            told[field] = value.clone();
        }
        translations[language] = told;
    }
    content["translations"] = translations;
    content
}

/// What a draft links to under a field, as inputs name it.
pub(super) fn linked<N: Content>(draft: &Draft<N>, from: Id, field: Field, kind: NodeKind) -> Vec<String> {
    draft.links.get(&(from, field)).map_or_else(Vec::new, |ids| global_id::all(kind, ids))
}

/// A draft of the same document without anything in it.
pub(super) fn blank<N: Content>(present: &Draft<N>, now: DateTime<Utc>) -> Draft<N> {
    let document = document::Model { external_reference: None, ..present.document.clone() };
    let row = N::blank_row(document.id, now);
    Draft { document, row, words: BTreeMap::new(), links: BTreeMap::new(), parts: N::Parts::default() }
}

/// Keeps a document's present version in its history: what it says, and what that changes of the version before.
///
/// # Errors
/// The database's.
pub(super) async fn keep(
    app: &App,
    tx: &Tx,
    document: &document::Model,
    content: &Value,
    deed: &Deed,
) -> Result<(), StoreError> {
    let before = match revision::of_version(tx, document.id, document.version - 1).await? {
        Some(before) => read(&before.content)?,
        None => json!({}),
    };
    let kept = Revision {
        id: app.ids.next(),
        document_id: document.id,
        node_kind: document.node_kind,
        version: document.version,
        saved_at: document.saved_at,
        saved_by: document.saved_by,
        action: deed.action,
        note: deed.note.clone(),
        content: content.to_string(),
        patch: json!(json_patch::diff(&before, content)).to_string(),
    };
    revision::insert(tx, kept).await
}

/// The JSON that a revision keeps.
///
/// # Errors
/// Where it is none.
pub fn read(json: &str) -> Result<Value, StoreError> {
    serde_json::from_str(json).map_err(unreadable)
}

fn unreadable(error: serde_json::Error) -> StoreError {
    StoreError::Custom(format!("a revision cannot be read: {error}"))
}

/// The input fields in which two contents differ, those of every language among them.
fn differences(before: &Value, after: &Value) -> BTreeSet<String> {
    let mut fields = changed(before, after);
    if fields.remove("translations") {
        for language in changed(&before["translations"], &after["translations"]) {
            fields.extend(changed(&before["translations"][&language], &after["translations"][&language]));
        }
    }
    fields
}

fn changed(before: &Value, after: &Value) -> BTreeSet<String> {
    let keys = |value: &Value| value.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect();
    let (before_keys, after_keys): (BTreeSet<String>, BTreeSet<String>) = (keys(before), keys(after));
    before_keys.union(&after_keys).filter(|key| before.get(*key) != after.get(*key)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_named_as_inputs_name_it() {
        let before = json!({ "topicIds": [], "translations": { "en": { "title": "A", "body": "B" } } });
        let after = json!({ "topicIds": ["t"], "translations": { "en": { "title": "A", "body": "C" }, "cy": { "title": "D" } } });
        assert_eq!(
            differences(&before, &after).into_iter().collect::<Vec<_>>(),
            ["body", "title", "topicIds"]
        );
        assert!(differences(&after, &after).is_empty());
    }
}
