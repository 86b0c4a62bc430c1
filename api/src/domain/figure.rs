//! Figures: the values of a statistic, each for a period and an area, with its source.

mod input;
mod rewrite;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
pub use entity::Decimal;
use entity::Id;
use entity::document::NodeKind;
use entity::link::Field;
pub use entity::statistic::Qualifier;
use entity::statistic::{figure, figure_text};
use serde::Deserialize;

use super::access::{self, Right};
use super::area::{self, AreaScheme};
use super::content::DRAFT;
use super::edit::{Edit, Patch, Reference};
use super::number::{self, Measure};
use super::problem::{Problem, ProblemCode};
use super::save::{Manner, SaveError, Saved, Target, save};
use super::statistic::{Change, Statistic};
use super::statistic_set::sum;
use super::view::View;
use super::{global_id, text};
use crate::app::App;
use crate::store::draft::Draft;
use crate::store::{Db, statistic};

pub(super) use input::corrected;
pub(super) use rewrite::{rewrite, told};

pub use crate::store::figure::{Area, Figure, Wanted, by_ids, chosen, corrections, counts, pages};

/// What a period is called: one line of at most 50 characters.
pub(super) const LABEL: text::Kind = text::Kind { max: 50, multiline: false, markdown: false };
/// When a statistic without figures is due for review: after every day that content may name.
pub(super) const NEVER: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// What an input may say about a figure. Period and area say which one it is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FigurePatch {
    /// The number.
    pub value: String,
    /// How exact it is.
    pub qualifier: Qualifier,
    /// Lower bound.
    pub lower: Patch<String>,
    /// Upper bound.
    pub upper: Patch<String>,
    /// When.
    pub period: PeriodInput,
    /// Where; the code unread.
    pub area: area::Area,
    /// The document it was published in.
    #[serde(deserialize_with = "global_id::one")]
    pub source_id: Reference,
    /// Where in it.
    pub locator: Patch<String>,
    /// Its words.
    pub quote: Patch<String>,
    /// Travels with every rendering.
    pub caveat: Patch<String>,
    /// When somebody should look again.
    pub review_due_on: Patch<String>,
}

/// A period as an input has it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PeriodInput {
    /// What it is called.
    pub label: String,
    /// Its first day.
    pub start: String,
    /// Its last day.
    pub end: String,
}

/// Adds the figure of a period and area to a draft, or changes the one that they have.
///
/// # Errors
/// Those of a save; among them that the figure is published and would change.
pub async fn upsert(
    app: &App,
    db: &Db,
    view: &View,
    target: Target,
    patch: FigurePatch,
    manner: Manner,
) -> Result<Saved, SaveError> {
    let change = Change::Figure(app.ids.next(), Box::new(patch));
    save::<Statistic>(app, db, view, target, change, manner)
        .await
        .map_err(|error| named(error, "statisticId"))
}

/// Takes a figure out of a draft; readers lose it at the next publication.
///
/// # Errors
/// Those of a save; among them that there is no such figure.
pub async fn discard(
    app: &App,
    db: &Db,
    view: &View,
    figure_id: Option<Id>,
    expected_version: i32,
) -> Result<Saved, SaveError> {
    access::require(view.viewer.as_ref(), Right::Write)?;
    let owner = match figure_id {
        Some(id) => statistic::owner(db, id).await?,
        None => None,
    };
    let (Some(figure_id), Some(owner)) = (figure_id, owner) else {
        return Err(unknown().into());
    };
    let target = Target::Existing { id: Some((NodeKind::Statistic, owner)), expected_version };
    let manner = Manner { language: None, dry_run: false };
    save::<Statistic>(app, db, view, target, Change::Removal(figure_id), manner)
        .await
        .map_err(|error| named(error, "figureId"))
}

/// A save's problem with the document itself, under the argument that names it here.
fn named(error: SaveError, argument: &str) -> SaveError {
    let SaveError::Problems(mut problems) = error else { return error };
    for problem in problems.iter_mut().filter(|problem| problem.path == ["id"]) {
        problem.path = vec![argument.to_owned()];
    }
    SaveError::Problems(problems)
}

/// The number with its unit and how exact it is, by signs that need no language: `49%`, `>50,000`, `40,000 (30,000–60,000)`.
#[must_use]
pub fn written(language: &str, row: &figure::Model, measure: Measure<'_>) -> String {
    let value = number::formatted(language, row.value, measure);
    match row.qualifier {
        Qualifier::Exact => value,
        Qualifier::About => format!("≈{value}"),
        Qualifier::AtLeast => format!("≥{value}"),
        Qualifier::Over => format!(">{value}"),
        Qualifier::UpTo => format!("≤{value}"),
        Qualifier::Under => format!("<{value}"),
        Qualifier::Range => {
            let bounds = [row.lower, row.upper].into_iter().flatten();
            let bounds: Vec<String> = bounds.map(|bound| number::number(language, bound)).collect();
            format!("{value} ({})", bounds.join("–"))
        }
    }
}

/// What figures of one unit add up to; `None` unless each of them is exact, and where there are none.
#[must_use]
pub fn total<'a>(rows: impl Iterator<Item = &'a figure::Model>) -> Option<Decimal> {
    let exact = |row: &figure::Model| (row.qualifier == Qualifier::Exact).then_some(row.value);
    sum(&rows.map(exact).collect::<Option<Vec<_>>>()?)
}

pub(super) fn unknown() -> Problem {
    Problem::at(&["figureId"], ProblemCode::NotFound, "There is no such figure.")
}

/// Carries a figure into a draft.
pub(super) fn put(
    edit: &mut Edit,
    draft: &mut Draft<Statistic>,
    new_id: Id,
    patch: FigurePatch,
    now: DateTime<Utc>,
) {
    // What changes is called by the one name "figures", whatever the field.
    let mut input = Edit::new(edit.language.clone());
    if let Some((figure, caveat)) = input::read(&mut input, draft, new_id, patch, now)
        && keep(draft, input.language.as_str(), figure, caveat)
    {
        edit.changed.insert("figures");
    }
    edit.problems.append(&mut input.problems);
    edit.references.append(&mut input.references);
}

/// Puts a figure and its caveat in place; whether that changes anything.
fn keep(draft: &mut Draft<Statistic>, language: &str, figure: figure::Model, caveat: Option<String>) -> bool {
    let parts = &mut draft.parts;
    let (id, document_id) = (figure.id, figure.document_id);
    let is_same = |before: &figure::Model| {
        input::differences(before, &figure).is_empty() && before.review_due_on == figure.review_due_on
    };
    let mut changes = !parts.figures.iter().any(|before| before.id == id && is_same(before));
    parts.figures.retain(|before| before.id != id);
    parts.figures.push(figure);

    let is_own = |text: &figure_text::Model| text.figure_id == id && text.language == language;
    changes |=
        parts.texts.iter().find(|text| is_own(text)).and_then(|text| text.caveat.as_ref()) != caveat.as_ref();
    parts.texts.retain(|text| !is_own(text));
    if caveat.is_some() {
        parts.texts.push(figure_text::Model {
            figure_id: id,
            stage: DRAFT,
            language: language.to_owned(),
            document_id,
            caveat,
        });
    }
    changes
}

/// Takes a figure out of a draft.
pub(super) fn remove(edit: &mut Edit, draft: &mut Draft<Statistic>, id: Id) {
    if !draft.parts.figures.iter().any(|figure| figure.id == id) {
        edit.problems.push(unknown());
        return;
    }
    draft.parts.figures.retain(|figure| figure.id != id);
    draft.parts.texts.retain(|text| text.figure_id != id);
    edit.changed.insert("figures");
}

/// Reckons what follows from the figures: the latest of each area, when the statistic is due for review, and
/// which sources it leads to.
pub(super) fn settle(draft: &mut Draft<Statistic>) {
    let figures = &mut draft.parts.figures;
    let mut latest: HashMap<(AreaScheme, &str), &figure::Model> = HashMap::new();
    for figure in figures.iter() {
        let newest = latest.entry((figure.area_scheme, &figure.area_code)).or_insert(figure);
        if recency(figure) > recency(newest) {
            *newest = figure;
        }
    }
    let latest: HashSet<Id> = latest.into_values().map(|figure| figure.id).collect();
    draft.links.retain(|(_, field), _| *field != Field::Source);
    draft.row.review_due_on = NEVER;
    for figure in figures {
        figure.is_latest = latest.contains(&figure.id);
        if figure.is_latest {
            draft.row.review_due_on = draft.row.review_due_on.min(figure.review_due_on);
        }
        draft.links.insert((figure.id, Field::Source), vec![figure.source_id]);
    }
}

/// What makes one period later than another: its end, then its start, then its label.
fn recency(figure: &figure::Model) -> (NaiveDate, NaiveDate, &str) {
    (figure.period_end, figure.period_start, &figure.period_label)
}
