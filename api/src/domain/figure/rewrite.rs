//! Figures in revisions: told as inputs have them, and written again.

use chrono::{DateTime, Utc};
use entity::document::NodeKind;
use entity::statistic::{figure, figure_text};
use serde_json::{Map, Value, json};

use super::put;
use crate::domain::edit::Edit;
use crate::domain::global_id;
use crate::domain::statistic::Statistic;
use crate::store::draft::Draft;
use crate::store::statistic::Figures;

/// The figures of a draft by their ids, each with its words by language.
pub(in crate::domain) fn told(parts: &Figures) -> Value {
    let figure = |figure: &figure::Model| {
        let texts = parts.texts.iter().filter(|text| text.figure_id == figure.id);
        let worded = |text: &figure_text::Model| (text.language.clone(), json!({ "caveat": text.caveat }));
        let mut value = numbers(figure);
        value["reviewDueOn"] = json!(figure.review_due_on);
        value["translations"] = texts.map(worded).collect::<Map<_, _>>().into();
        (global_id::with_prefix("figure", figure.id), value)
    };
    parts.figures.iter().map(figure).collect::<Map<_, _>>().into()
}

/// What a correction puts right, and what says which figure it is.
fn numbers(figure: &figure::Model) -> Value {
    json!({
        "value": figure.value,
        "qualifier": figure.qualifier,
        "lower": figure.lower,
        "upper": figure.upper,
        "period": { "label": figure.period_label, "start": figure.period_start, "end": figure.period_end },
        "area": { "scheme": figure.area_scheme, "code": figure.area_code },
        "sourceId": global_id::of(NodeKind::Source, figure.source_id),
        "locator": figure.locator,
        "quote": figure.quote,
    })
}

/// Writes the figures of a revision again, with their caveats in the language of the edit. What readers see stays as it
/// is: a value that was put right does not come back.
pub(in crate::domain) fn rewrite(
    edit: &mut Edit,
    draft: &mut Draft<Statistic>,
    figures: &Value,
    now: DateTime<Utc>,
) -> serde_json::Result<()> {
    for (id, told) in figures.as_object().into_iter().flatten() {
        let Some((_, id)) = global_id::split(id) else { continue };
        let mut told = told.clone();
        if let Some(published) = draft.parts.published.iter().find(|published| published.id == id) {
            for (field, value) in numbers(published).as_object().into_iter().flatten() {
                told[field] = value.clone();
            }
        }
        told["caveat"] = told["translations"][edit.language.as_str()]["caveat"].clone();
        put(edit, draft, id, serde_json::from_value(told)?, now);
    }
    Ok(())
}
