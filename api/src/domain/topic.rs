//! Topics: what an editor may say about one, and how that becomes what readers see.

use chrono::{DateTime, Utc};
use entity::Id;
use entity::document::NodeKind;
use entity::link::Field;
use entity::topic;
use serde::Deserialize;
use serde_json::{Value, json};

use super::content::{Content, DRAFT};
use super::edit::{Edit, Patch, Reference};
use super::{global_id, revision, text};
use crate::store::draft::{Draft, Words};
use crate::store::noun::{Row, Text};
pub use crate::store::topic::Topic;

/// What an input may say about a topic.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TopicPatch {
    /// What it is called.
    pub name: Patch<String>,
    /// Its slug.
    pub slug: Patch<String>,
    /// What it is about.
    pub description: Patch<String>,
    /// Whether content on it needs a signpost and sign-off.
    pub is_sensitive: Patch<bool>,
    /// Which channels readers of content on it should see.
    #[serde(deserialize_with = "global_id::list_patch")]
    pub channel_ids: Patch<Vec<Reference>>,
}

impl Content for Topic {
    type Patch = TopicPatch;
    const TITLE: &'static str = "name";

    fn blank_row(id: Id, _: DateTime<Utc>) -> Row<Self> {
        topic::Model { document_id: id, stage: DRAFT, is_sensitive: false }
    }

    fn blank_text(id: Id, language: String) -> Text<Self> {
        topic::text::Model { document_id: id, stage: DRAFT, language, description: None }
    }

    // What makes a topic sensitive, and whom its readers can turn to, is not one editor's to take away.
    fn guarded(draft: &Draft<Self>) -> &'static [&'static str] {
        if draft.row.is_sensitive { &["isSensitive", "channelIds"] } else { &[] }
    }

    fn apply(edit: &mut Edit, draft: &mut Draft<Self>, patch: TopicPatch, _: DateTime<Utc>) {
        let TopicPatch { name, slug, description, is_sensitive, channel_ids } = patch;
        let id = draft.document.id;
        edit.defaulted("isSensitive", is_sensitive, &mut draft.row.is_sensitive, false, Ok);
        edit.links(
            "channelIds",
            channel_ids,
            draft.links.entry((id, Field::Channels)).or_default(),
            NodeKind::ContactChannel,
        );
        if let Some(Words { translation, text: words }) = draft.words.get_mut(edit.language.as_str()) {
            edit.title("name", name, slug, &mut translation.title);
            edit.text("description", description, &mut words.description, text::SUMMARY);
        }
    }

    fn shared(draft: &Draft<Self>) -> Value {
        let channels = revision::linked(draft, draft.document.id, Field::Channels, NodeKind::ContactChannel);
        json!({ "isSensitive": draft.row.is_sensitive, "channelIds": channels })
    }

    fn worded(text: &Text<Self>) -> Value {
        json!({ "description": text.description })
    }
}
