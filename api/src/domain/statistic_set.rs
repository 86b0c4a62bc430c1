//! Statistic sets: what an editor may say about one, and how that becomes a draft.

use chrono::{DateTime, Utc};
use entity::document::NodeKind;
use entity::link::Field;
use entity::statistic::{StatisticUnit, figure};
pub use entity::statistic_set::part::Model as Part;
use entity::statistic_set::{self, Label};
use entity::value::List;
use entity::{Decimal, Id};
use serde::Deserialize;
use serde_json::{Value, json};

use super::check::{self, Context, Finding, Needs};
use super::content::{Content, DRAFT};
use super::edit::{Edit, MAX_LIST, Parsed, Patch, Reference};
use super::figure::LABEL;
use super::problem::{Problem, ProblemCode};
use super::statistic::needed;
use super::{global_id, text};
use crate::store::draft::{Draft, Words};
use crate::store::noun::{Row, Text};
use crate::store::statistic_set::SetParts;
pub use crate::store::statistic_set::{StatisticSet, parts_of};

/// What an input may say about a set.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StatisticSetPatch {
    /// Its title: the message.
    pub title: Patch<String>,
    /// Its slug.
    pub slug: Patch<String>,
    /// Measure, place and period.
    pub subtitle: Patch<String>,
    /// What it is made of.
    pub parts: Patch<Vec<PartPatch>>,
    /// Whether the parts make up the whole.
    pub is_complete: Patch<bool>,
    /// The importer's own key.
    pub external_reference: Patch<String>,
}

/// A part as an input has it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartPatch {
    /// What it is called.
    pub label: String,
    /// Whose figure it shows.
    #[serde(deserialize_with = "global_id::one")]
    pub statistic_id: Reference,
    /// The pinned period.
    pub period: Option<String>,
}

impl Content for StatisticSet {
    type Patch = StatisticSetPatch;
    const TITLE: &'static str = "title";

    fn blank_row(id: Id, _: DateTime<Utc>) -> Row<Self> {
        statistic_set::Model { document_id: id, stage: DRAFT, is_complete: false }
    }

    fn blank_text(id: Id, language: String) -> Text<Self> {
        statistic_set::text::Model {
            document_id: id,
            stage: DRAFT,
            language,
            subtitle: String::new(),
            labels: List::default(),
        }
    }

    fn apply(edit: &mut Edit, draft: &mut Draft<Self>, patch: StatisticSetPatch, _: DateTime<Utc>) {
        let StatisticSetPatch { title, slug, subtitle, parts, is_complete, external_reference } = patch;
        let id = draft.document.id;
        edit.optional(
            "externalReference",
            external_reference,
            &mut draft.document.external_reference,
            |key| text::parse(&key, text::CODE),
        );
        edit.defaulted("isComplete", is_complete, &mut draft.row.is_complete, false, Ok);
        let labels = apply_parts(edit, draft, parts);
        if let Some(Words { translation, text: words }) = draft.words.get_mut(edit.language.as_str()) {
            edit.title("title", title, slug, &mut translation.title);
            edit.required("subtitle", subtitle, &mut words.subtitle, |text| text::parse(&text, text::LINE));
            if let Some(labels) = labels {
                edit.put("parts", &mut words.labels.0, labels);
            }
            if !translation.title.is_empty() || *words != Self::blank_text(id, words.language.clone()) {
                needed(edit, "subtitle", &words.subtitle);
            }
        }
        complete_labels(draft, edit.language.as_str());
    }

    fn shared(draft: &Draft<Self>) -> Value {
        json!({ "isComplete": draft.row.is_complete })
    }

    fn worded(text: &Text<Self>) -> Value {
        let part = |label: &Label| {
            let statistic = global_id::of(NodeKind::Statistic, label.statistic_id);
            json!({ "label": label.text, "statisticId": statistic, "period": label.period })
        };
        json!({ "subtitle": text.subtitle, "parts": text.labels.0.iter().map(part).collect::<Vec<_>>() })
    }

    fn needs(draft: &Draft<Self>, needs: &mut Needs) {
        check::statistic_set::needs(draft, needs);
    }

    fn checks(draft: &Draft<Self>, context: &Context<'_>) -> Vec<Finding> {
        check::statistic_set::find(draft, context)
    }
}

/// What a part is called among some labels: the label made for it, else the one made for its statistic with another
/// period, where that is no other part's.
#[must_use]
pub fn label<'a>(labels: &'a [Label], part: &Part) -> Option<&'a str> {
    let of_statistic = || labels.iter().filter(|label| label.statistic_id == part.statistic_id);
    let exact = of_statistic().find(|label| label.period == part.period);
    let label = exact.or_else(|| of_statistic().next().filter(|_| of_statistic().count() == 1))?;
    Some(&label.text)
}

/// Whether figures can make up a whole: they are of one time, and where they are shares they add up to no more than rounding explains.
#[must_use]
pub fn is_whole(parts: &[(StatisticUnit, &figure::Model)]) -> bool {
    let time = |(_, figure): &(_, &figure::Model)| (figure.period_start, figure.period_end);
    let is_of_one_time = parts.windows(2).all(|pair| time(&pair[0]) == time(&pair[1]));
    let are_shares = parts.iter().all(|(unit, _)| *unit == StatisticUnit::Percent);
    let values: Vec<Decimal> = parts.iter().map(|(_, figure)| figure.value).collect();
    let exceeds = are_shares && sum(&values).is_some_and(|total| total.0 > most(values.len()));
    is_of_one_time && !exceeds
}

/// The most that shares of a whole add up to: rounding puts at most half a point on each.
pub(super) fn most(parts: usize) -> rust_decimal::Decimal {
    rust_decimal::Decimal::ONE_HUNDRED + rust_decimal::Decimal::new(5, 1) * rust_decimal::Decimal::from(parts)
}

/// The exact sum of some values; `None` where it has more digits than a number may have.
#[must_use]
pub fn sum(values: &[Decimal]) -> Option<Decimal> {
    let total =
        values.iter().try_fold(rust_decimal::Decimal::ZERO, |total, value| total.checked_add(value.0))?;
    // Digits that do not fit are rounded away without a word, and then the sum has fewer places than its parts.
    let places = values.iter().map(|value| value.0.scale()).max()?;
    (total.scale() == places).then_some(Decimal(total))
}

/// Replaces the parts; the labels that came with them, where parts came and all is well.
fn apply_parts(
    edit: &mut Edit,
    draft: &mut Draft<StatisticSet>,
    patch: Patch<Vec<PartPatch>>,
) -> Option<Vec<Label>> {
    let inputs = match patch {
        Patch::Absent => return None,
        Patch::Clear => Vec::new(),
        Patch::Set(inputs) => inputs,
    };
    if inputs.is_empty() {
        edit.refuse("parts", ProblemCode::Required, "A set has at least one part.");
    }
    if inputs.len() > MAX_LIST {
        edit.refuse("parts", ProblemCode::TooLong, format!("This list may have at most {MAX_LIST} entries."));
        return None;
    }
    let before = edit.problems.len();
    let mut labels: Vec<Label> = Vec::with_capacity(inputs.len());
    for (index, input) in inputs.into_iter().enumerate() {
        if let Some(label) = read_part(edit, &index.to_string(), input, &labels) {
            labels.push(label);
        }
    }
    if edit.problems.len() > before || labels.is_empty() {
        return None;
    }
    let document_id = draft.document.id;
    let parts = (0..).zip(&labels).map(|(position, label)| Part {
        document_id,
        stage: DRAFT,
        position,
        statistic_id: label.statistic_id,
        period: label.period.clone(),
    });
    edit.put("parts", &mut draft.parts, SetParts(parts.collect()));
    let mut statistics: Vec<Id> = Vec::new();
    for label in &labels {
        if !statistics.contains(&label.statistic_id) {
            statistics.push(label.statistic_id);
        }
    }
    draft.links.insert((document_id, Field::Statistics), statistics);
    Some(labels)
}

/// A part by its label, each problem with its path.
fn read_part(edit: &mut Edit, index: &str, input: PartPatch, before: &[Label]) -> Option<Label> {
    let PartPatch { label, statistic_id, period } = input;
    let statistic_id = edit.reference(
        &["parts".into(), index.into(), "statisticId".into()],
        statistic_id,
        NodeKind::Statistic,
    );
    let mut read = |field: &str, parsed: Parsed<String>| {
        parsed
            .map_err(|(code, message)| {
                edit.problems.push(Problem::at(&["input", "parts", index, field], code, message));
            })
            .ok()
    };
    let text = read("label", text::parse(&label, text::TITLE));
    let period = match period {
        Some(period) => Some(read("period", text::parse(&period, LABEL))?),
        None => None,
    };
    let label = Label { statistic_id: statistic_id?, period, text: text? };
    if before.iter().any(|other| other.statistic_id == label.statistic_id && other.period == label.period) {
        let message = "This statistic and period are in the list already.";
        edit.problems.push(Problem::at(
            &["input", "parts", index, "statisticId"],
            ProblemCode::Invalid,
            message,
        ));
    }
    Some(label)
}

/// Gives every language a label for every part and none for others: its own, else the edited language's, else any
/// other's. A language without words yet is left alone.
fn complete_labels(draft: &mut Draft<StatisticSet>, edited: &str) {
    let labels = |language: &str| draft.words.get(language).map(|words| words.text.labels.0.clone());
    let others =
        draft.words.keys().filter(|language| *language != edited).filter_map(|language| labels(language));
    let fallbacks: Vec<Vec<Label>> = labels(edited).into_iter().chain(others).collect();
    for words in draft.words.values_mut().filter(|words| !words.translation.title.is_empty()) {
        let own = std::mem::take(&mut words.text.labels.0);
        words.text.labels.0 = draft
            .parts
            .0
            .iter()
            .filter_map(|part| {
                let text = std::iter::once(&own).chain(&fallbacks).find_map(|labels| label(labels, part))?;
                Some(Label {
                    statistic_id: part.statistic_id,
                    period: part.period.clone(),
                    text: text.to_owned(),
                })
            })
            .collect();
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> Id {
        Id(Uuid::from_u128(number))
    }

    fn made_for(statistic: u128, period: Option<&str>, text: &str) -> Label {
        Label { statistic_id: id(statistic), period: period.map(str::to_owned), text: text.into() }
    }

    fn part(statistic: u128, period: Option<&str>) -> Part {
        let period = period.map(str::to_owned);
        Part { document_id: id(1), stage: DRAFT, position: 0, statistic_id: id(statistic), period }
    }

    #[test]
    fn a_label_follows_its_part_to_another_period_and_never_to_another_part() {
        let labels = [made_for(2, Some("2016"), "women"), made_for(3, None, "girls")];
        assert_eq!(label(&labels, &part(2, Some("2016"))), Some("women"));
        assert_eq!(label(&labels, &part(2, Some("2022"))), Some("women"));
        assert_eq!(label(&labels, &part(4, None)), None);

        let years = [made_for(2, Some("2016"), "in 2016"), made_for(2, Some("2018"), "in 2018")];
        assert_eq!(label(&years, &part(2, Some("2018"))), Some("in 2018"));
        assert_eq!(label(&years, &part(2, Some("2022"))), None);
    }

    #[test]
    fn a_sum_is_exact_or_none() {
        let total = |values: &[&str]| {
            let values: Vec<Decimal> = values.iter().map(|value| value.parse().expect("a decimal")).collect();
            sum(&values).map(|total| total.to_string())
        };
        assert_eq!(total(&["49", "23", "21", "7"]).as_deref(), Some("100"));
        assert_eq!(total(&["38.7", "0.30"]).as_deref(), Some("39.00"));
        assert_eq!(total(&["12345678901234567890", "0.1234567890123456789"]), None);
        assert_eq!(total(&[]), None);
    }
}
