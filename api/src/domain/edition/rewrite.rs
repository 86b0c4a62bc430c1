//! Editions in revisions: told as inputs have them, and written again.

use entity::campaign::{edition, edition_text};
use entity::document::NodeKind;
use entity::link::Field;
use serde_json::{Map, Value, json};

use super::apply;
use crate::domain::campaign::Campaign;
use crate::domain::edit::Edit;
use crate::domain::{global_id, revision};
use crate::store::draft::Draft;

/// The editions of a draft by their years, each with its words by language.
pub(in crate::domain) fn told(draft: &Draft<Campaign>) -> Value {
    let edition = |edition: &edition::Model| {
        let goal = |goal: &edition::Goal| json!({ "metric": goal.metric, "target": goal.target, "current": goal.current, "asOf": goal.as_of });
        let texts = draft.parts.texts.iter().filter(|text| text.edition_id == edition.id);
        let value = json!({
            "id": global_id::with_prefix("edition", edition.id),
            "startsOn": edition.starts_on,
            "endsOn": edition.ends_on,
            "dateStatus": edition.date_status,
            "dateSource": edition.date_source,
            "postIds": revision::linked(draft, edition.id, Field::Posts, NodeKind::Post),
            "goals": edition.goals.0.iter().map(goal).collect::<Vec<_>>(),
            "translations": texts.map(|text| (text.language.clone(), worded(text))).collect::<Map<_, _>>(),
        });
        (edition.year.to_string(), value)
    };
    draft.parts.editions.iter().map(edition).collect::<Map<_, _>>().into()
}

fn worded(text: &edition_text::Model) -> Value {
    let action = |action: &edition_text::CallToAction| {
        json!({
            "kind": action.kind,
            "label": action.label,
            "url": action.url,
            "channelIds": global_id::all(NodeKind::ContactChannel, &action.channel_ids),
        })
    };
    json!({
        "theme": text.theme,
        "summary": text.summary,
        "body": text.body,
        "hashtags": text.hashtags,
        "actions": text.actions.0.iter().map(action).collect::<Vec<_>>(),
        "shareMessages": text.share_messages,
    })
}

/// Writes the editions of a revision again, with their words in the language of the edit.
pub(in crate::domain) fn rewrite(
    edit: &mut Edit,
    draft: &mut Draft<Campaign>,
    editions: &Value,
) -> serde_json::Result<()> {
    for (year, told) in editions.as_object().into_iter().flatten() {
        let id = told["id"].as_str().and_then(global_id::split);
        let (Ok(year), Some((_, id))) = (year.parse(), id) else { continue };
        let mut told = told.clone();
        let words = told["translations"][edit.language.as_str()].clone();
        if words.is_object() {
            json_patch::merge(&mut told, &words);
        }
        apply(edit, draft, year, id, serde_json::from_value(told)?);
    }
    Ok(())
}
