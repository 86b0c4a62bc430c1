//! Statistics: what an editor may say about one, and how that becomes a draft. Figures have a [file of their own](super::figure).

use chrono::{DateTime, Utc};
use entity::Id;
use entity::document::NodeKind;
use entity::link::Field;
use entity::statistic;
pub use entity::statistic::StatisticUnit;
use serde::Deserialize;
use serde_json::{Value, json};

use super::check::{self, Context, Finding, Needs};
use super::content::{Content, DRAFT};
use super::edit::{Edit, Patch, Reference};
use super::figure::{self, FigurePatch, NEVER, written};
use super::number::Measure;
use super::problem::{Problem, ProblemCode};
use super::read::Record;
use super::statement::Pattern;
use super::{global_id, revision, text, value};
use crate::store::draft::{Draft, Words};
use crate::store::noun::{Row, Text};
pub use crate::store::statistic::Statistic;

/// The pattern of a sentence: at most 500 characters, on as many lines as it takes.
const PATTERN: text::Kind = text::Kind { max: 500, multiline: true, markdown: false };

/// What an edit may do to a statistic.
#[derive(Deserialize)]
#[serde(from = "StatisticPatch")]
pub enum Change {
    /// Say something else about it.
    Statistic(Box<StatisticPatch>),
    /// Add or replace a figure; the id is for a new one.
    Figure(Id, Box<FigurePatch>),
    /// Remove a figure.
    Removal(Id),
}

/// What an input may say about a statistic.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StatisticPatch {
    /// Its name.
    pub name: Patch<String>,
    /// Its slug.
    pub slug: Patch<String>,
    /// What exactly is measured.
    pub definition: Patch<String>,
    /// What it is measured in.
    pub unit: Patch<StatisticUnit>,
    /// For rates: per how many.
    pub per: Patch<i32>,
    /// For money: ISO 4217.
    pub currency: Patch<String>,
    /// The denominator in words.
    pub population: Patch<String>,
    /// The Fluent pattern of its sentence.
    pub statement: Patch<String>,
    /// What it is about.
    #[serde(deserialize_with = "global_id::list_patch")]
    pub topic_ids: Patch<Vec<Reference>>,
    /// The importer's own key.
    pub external_reference: Patch<String>,
}

impl From<StatisticPatch> for Change {
    fn from(patch: StatisticPatch) -> Self {
        Self::Statistic(Box::new(patch))
    }
}

/// The sentence of a statistic with a figure in it, number and words in the language of the words; `None` where no sentence was
/// written.
#[must_use]
pub fn sentence(of: &Record<Statistic>, row: &statistic::figure::Model) -> Option<String> {
    // What was saved can be read.
    let pattern = Pattern::parse(of.text.statement_pattern.as_deref()?).ok()?;
    let language = &of.name.language;
    let number = written(language, row, Measure::of(&of.row));
    Some(pattern.fill(language, row.value, &number))
}

impl Content for Statistic {
    type Patch = Change;
    const TITLE: &'static str = "name";

    fn blank_row(id: Id, _: DateTime<Utc>) -> Row<Self> {
        let unit = StatisticUnit::Other;
        statistic::Model {
            document_id: id,
            stage: DRAFT,
            unit,
            per: None,
            currency: None,
            review_due_on: NEVER,
        }
    }

    fn blank_text(id: Id, language: String) -> Text<Self> {
        let (definition, population) = (String::new(), String::new());
        statistic::text::Model {
            document_id: id,
            stage: DRAFT,
            language,
            definition,
            population,
            statement_pattern: None,
        }
    }

    fn apply(edit: &mut Edit, draft: &mut Draft<Self>, change: Change, now: DateTime<Utc>) {
        match change {
            Change::Statistic(patch) => apply(edit, draft, *patch),
            Change::Figure(new_id, patch) => figure::put(edit, draft, new_id, *patch, now),
            Change::Removal(id) => figure::remove(edit, draft, id),
        }
        figure::settle(draft);
    }

    fn shared(draft: &Draft<Self>) -> Value {
        json!({
            "unit": draft.row.unit,
            "per": draft.row.per,
            "currency": draft.row.currency,
            "topicIds": revision::linked(draft, draft.document.id, Field::Topics, NodeKind::Topic),
            "figures": figure::told(&draft.parts),
        })
    }

    fn worded(text: &Text<Self>) -> Value {
        json!({
            "definition": text.definition,
            "population": text.population,
            "statement": text.statement_pattern,
        })
    }

    fn cleared(present: &Draft<Self>, now: DateTime<Utc>) -> Draft<Self> {
        let mut draft = revision::blank(present, now);
        draft.parts.published.clone_from(&present.parts.published);
        draft
    }

    fn rewrite_parts(
        edit: &mut Edit,
        draft: &mut Draft<Self>,
        content: &Value,
        now: DateTime<Utc>,
    ) -> serde_json::Result<()> {
        figure::rewrite(edit, draft, &content["figures"], now)?;
        figure::settle(draft);
        Ok(())
    }

    fn needs(draft: &Draft<Self>, needs: &mut Needs) {
        check::statistic::needs(draft, needs);
    }

    fn checks(draft: &Draft<Self>, context: &Context<'_>) -> Vec<Finding> {
        check::statistic::find(draft, context)
    }
}

fn apply(edit: &mut Edit, draft: &mut Draft<Statistic>, patch: StatisticPatch) {
    let StatisticPatch {
        name,
        slug,
        definition,
        unit,
        per,
        currency,
        population,
        statement,
        topic_ids,
        external_reference,
    } = patch;
    let id = draft.document.id;
    edit.optional("externalReference", external_reference, &mut draft.document.external_reference, |key| {
        text::parse(&key, text::CODE)
    });
    edit.links("topicIds", topic_ids, draft.links.entry((id, Field::Topics)).or_default(), NodeKind::Topic);
    edit.required("unit", unit, &mut draft.row.unit, Ok);
    edit.optional("per", per, &mut draft.row.per, |per| value::between(per, 2, i32::MAX));
    edit.optional("currency", currency, &mut draft.row.currency, |code| iso_4217(&code));
    check_unit(edit, &draft.row);
    if let Some(Words { translation, text: words }) = draft.words.get_mut(edit.language.as_str()) {
        edit.title("name", name, slug, &mut translation.title);
        edit.required("definition", definition, &mut words.definition, |text| {
            text::parse(&text, text::SUMMARY)
        });
        edit.required("population", population, &mut words.population, |text| {
            text::parse(&text, text::SUMMARY)
        });
        edit.optional("statement", statement, &mut words.statement_pattern, |pattern| {
            let pattern = text::parse(&pattern, PATTERN)?;
            Pattern::parse(&pattern)?;
            Ok(pattern)
        });
        if !translation.title.is_empty() || *words != Statistic::blank_text(id, words.language.clone()) {
            needed(edit, "definition", &words.definition);
            needed(edit, "population", &words.population);
        }
    }
}

/// Only rates are per something, and only money has a currency; those must.
fn check_unit(edit: &mut Edit, row: &statistic::Model) {
    for (field, unit, is_there) in [
        ("per", StatisticUnit::Rate, row.per.is_some()),
        ("currency", StatisticUnit::Currency, row.currency.is_some()),
    ] {
        if is_refused(edit, field) {
            continue;
        }
        match (row.unit == unit, is_there) {
            (true, false) => {
                edit.refuse(field, ProblemCode::Required, format!("The unit {} needs this.", unit.as_str()));
            }
            (false, true) => edit.refuse(
                field,
                ProblemCode::Invalid,
                format!("Only the unit {} has this. Clear it with null.", unit.as_str()),
            ),
            _ => {}
        }
    }
}

/// A currency's code: three capital letters (ISO 4217).
fn iso_4217(code: &str) -> super::edit::Parsed<String> {
    let code = code.trim();
    if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        Ok(code.to_owned())
    } else {
        Err((ProblemCode::Invalid, "This is no code of ISO 4217, such as GBP.".into()))
    }
}

/// Refuses words that a language must have and does not.
pub(super) fn needed(edit: &mut Edit, field: &str, words: &str) {
    if words.is_empty() && !is_refused(edit, field) {
        let message = format!("A {field} in \"{}\" is needed.", edit.language);
        edit.refuse(field, ProblemCode::Required, message);
    }
}

/// Whether an input field was found wrong already.
pub(super) fn is_refused(edit: &Edit, field: &str) -> bool {
    edit.problems.iter().any(|Problem { path, .. }| *path == ["input", field])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::LanguageTag;

    fn checked(unit: StatisticUnit, per: Option<i32>, currency: Option<&str>) -> Vec<(ProblemCode, String)> {
        let row = statistic::Model {
            unit,
            per,
            currency: currency.map(str::to_owned),
            ..Statistic::blank_row(Id(uuid::Uuid::nil()), DateTime::UNIX_EPOCH)
        };
        let mut edit = Edit::new(LanguageTag::parse("en").expect("a tag"));
        check_unit(&mut edit, &row);
        edit.problems.into_iter().map(|problem| (problem.code, problem.path.join("."))).collect()
    }

    #[test]
    fn rates_are_per_something_and_money_has_a_currency() {
        assert_eq!(checked(StatisticUnit::Rate, Some(1_000), None), []);
        assert_eq!(checked(StatisticUnit::Currency, None, Some("GBP")), []);
        assert_eq!(checked(StatisticUnit::Rate, None, None), [(ProblemCode::Required, "input.per".into())]);
        assert_eq!(
            checked(StatisticUnit::Percent, Some(100), Some("GBP")),
            [(ProblemCode::Invalid, "input.per".into()), (ProblemCode::Invalid, "input.currency".into())]
        );
    }

    #[test]
    fn a_currency_is_three_capitals() {
        assert_eq!(iso_4217(" GBP ").as_deref(), Ok("GBP"));
        for code in ["gbp", "GB", "£££", "GBPX", ""] {
            assert!(iso_4217(code).is_err(), "{code}");
        }
    }
}
