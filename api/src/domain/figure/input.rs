//! Reading what an input says about a figure: the one that period and area have, carried on.

use chrono::{DateTime, Days, NaiveDate, Utc};
use entity::document::NodeKind;
use entity::statistic::figure;
use entity::{Decimal, Id};

use super::{Area, FigurePatch, LABEL, PeriodInput, Qualifier};
use crate::domain::content::DRAFT;
use crate::domain::correction::RightFigure;
use crate::domain::edit::{Edit, Parsed, Patch};
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::statistic::{Statistic, is_refused};
use crate::domain::{area, text, value};
use crate::store::draft::Draft;

/// How long after a save a figure is due for review, unless it says otherwise.
const REVIEW_AFTER: Days = Days::new(365);

/// The figure that an input makes of the one that period and area have, and its caveat; all that is wrong is noted.
pub(super) fn read(
    input: &mut Edit,
    draft: &Draft<Statistic>,
    new_id: Id,
    patch: FigurePatch,
    now: DateTime<Utc>,
) -> Option<(figure::Model, Option<String>)> {
    let FigurePatch {
        value,
        qualifier,
        lower,
        upper,
        period,
        area,
        source_id,
        locator,
        quote,
        caveat,
        review_due_on,
    } = patch;
    let place = place(input, &period, &area);
    let published = place.as_ref().and_then(|place| place.find(&draft.parts.published));
    let before = place.as_ref().and_then(|place| place.find(&draft.parts.figures)).or(published);

    let value = value::decimal(&value).map_err(|(code, message)| input.refuse("value", code, message)).ok();
    let source_id = input.reference(&["sourceId".into()], source_id, NodeKind::Source);
    let lower = bound(input, "lower", lower, before.and_then(|before| before.lower));
    let upper = bound(input, "upper", upper, before.and_then(|before| before.upper));
    check_bounds(input, qualifier, value, lower, upper);
    let mut words = before.map(|before| (before.locator.clone(), before.quote.clone())).unwrap_or_default();
    input.text("locator", locator, &mut words.0, text::LINE);
    input.text("quote", quote, &mut words.1, text::SUMMARY);
    let id = before.map_or(new_id, |before| before.id);
    let mut words_with_it = draft.parts.texts.iter();
    let mut caveat_text = words_with_it
        .find(|text| text.figure_id == id && text.language == input.language.as_str())
        .and_then(|text| text.caveat.clone());
    input.text("caveat", caveat, &mut caveat_text, text::SUMMARY);
    let a_year_on = now.date_naive() + REVIEW_AFTER;
    let mut due_on = before.map_or(a_year_on, |before| before.review_due_on);
    input.defaulted("reviewDueOn", review_due_on, &mut due_on, a_year_on, |day| value::date(&day));

    let (Place { label, start, end, area }, value, source_id) = (place?, value?, source_id?);
    let (locator, quote) = words;
    let figure = figure::Model {
        id,
        stage: DRAFT,
        document_id: draft.document.id,
        value,
        qualifier,
        lower,
        upper,
        period_label: label,
        period_start: start,
        period_end: end,
        area_scheme: area.scheme,
        area_code: area.code,
        source_id,
        locator,
        quote,
        review_due_on: due_on,
        is_latest: false,
    };
    for field in published.map(|published| differences(published, &figure)).unwrap_or_default() {
        let message =
            "The figure of this period and area is published; a wrong value is put right with figureCorrect.";
        input.refuse(field, ProblemCode::NotAllowedInState, message);
    }
    Some((figure, caveat_text))
}

/// A published figure as it should have been; all that is wrong is noted, and that nothing would change.
pub(in crate::domain) fn corrected(
    input: &mut Edit,
    published: &figure::Model,
    right: RightFigure,
) -> Option<figure::Model> {
    let RightFigure { value, qualifier, lower, upper, locator, quote } = right;
    let mut figure = published.clone();
    let value = value::decimal(&value).map_err(|(code, message)| input.refuse("value", code, message)).ok();
    figure.qualifier = qualifier.unwrap_or(published.qualifier);
    let says_bounds = lower.is_said() || upper.is_said();
    figure.lower = bound(input, "lower", lower, published.lower);
    figure.upper = bound(input, "upper", upper, published.upper);
    if says_bounds || figure.qualifier != published.qualifier {
        check_bounds(input, figure.qualifier, value, figure.lower, figure.upper);
    } else if value.is_some_and(|value| {
        figure.lower.is_some_and(|lower| lower > value) || figure.upper.is_some_and(|upper| upper < value)
    }) {
        input.refuse("value", ProblemCode::OutOfRange, "The value lies between the figure's bounds.");
    }
    input.text("locator", locator, &mut figure.locator, text::LINE);
    input.text("quote", quote, &mut figure.quote, text::SUMMARY);
    figure.value = value?;
    if input.problems.is_empty() && differences(published, &figure).is_empty() {
        input.refuse("value", ProblemCode::Invalid, "This is what readers see already.");
    }
    Some(figure)
}

/// Which figure an input is about.
struct Place {
    label: String,
    start: NaiveDate,
    end: NaiveDate,
    area: Area,
}

impl Place {
    fn find<'a>(&self, figures: &'a [figure::Model]) -> Option<&'a figure::Model> {
        figures.iter().find(|figure| {
            figure.period_label == self.label
                && figure.area_scheme == self.area.scheme
                && figure.area_code == self.area.code
        })
    }
}

/// Period and area, each problem with its path.
fn place(input: &mut Edit, period: &PeriodInput, area: &area::Area) -> Option<Place> {
    let label = nested(input, ["period", "label"], text::parse(&period.label, LABEL));
    let start = nested(input, ["period", "start"], value::date(&period.start));
    let end = nested(input, ["period", "end"], value::date(&period.end));
    let code = nested(input, ["area", "code"], area::parse(area.scheme, &area.code));
    if let (Some(start), Some(end)) = (start, end)
        && end < start
    {
        let message = "A period does not end before it starts.".into();
        nested::<()>(input, ["period", "end"], Err((ProblemCode::OutOfRange, message)));
    }
    Some(Place { label: label?, start: start?, end: end?, area: Area { scheme: area.scheme, code: code? } })
}

fn nested<T>(input: &mut Edit, [outer, inner]: [&str; 2], parsed: Parsed<T>) -> Option<T> {
    parsed
        .map_err(|(code, message)| input.problems.push(Problem::at(&["input", outer, inner], code, message)))
        .ok()
}

/// A bound as it is after an input. Not by equality: `49` and `49.0` are equal and not the same.
fn bound(
    input: &mut Edit,
    field: &'static str,
    patch: Patch<String>,
    before: Option<Decimal>,
) -> Option<Decimal> {
    match patch {
        Patch::Absent => before,
        Patch::Clear => None,
        Patch::Set(text) => {
            value::decimal(&text).map_err(|(code, message)| input.refuse(field, code, message)).ok()
        }
    }
}

/// A range has both bounds, and whatever bounds there are enclose the value.
fn check_bounds(
    input: &mut Edit,
    qualifier: Qualifier,
    value: Option<Decimal>,
    lower: Option<Decimal>,
    upper: Option<Decimal>,
) {
    for (field, bound) in [("lower", lower), ("upper", upper)] {
        if qualifier == Qualifier::Range && bound.is_none() && !is_refused(input, field) {
            input.refuse(field, ProblemCode::Required, "A RANGE has a lower and an upper bound.");
        }
    }
    if let Some(value) = value {
        if lower.is_some_and(|lower| lower > value) {
            input.refuse("lower", ProblemCode::OutOfRange, "The lower bound is not above the value.");
        }
        if upper.is_some_and(|upper| upper < value) {
            input.refuse("upper", ProblemCode::OutOfRange, "The upper bound is not below the value.");
        }
    }
}

/// The input fields in which two figures of one period and area say something different: what a reader was told
/// may not change unseen. A caveat may be translated and a review put off.
pub(super) fn differences(before: &figure::Model, after: &figure::Model) -> Vec<&'static str> {
    let digits = |number: Option<Decimal>| number.map(|number| number.to_string());
    let fields = [
        ("value", before.value.to_string() != after.value.to_string()),
        ("qualifier", before.qualifier != after.qualifier),
        ("lower", digits(before.lower) != digits(after.lower)),
        ("upper", digits(before.upper) != digits(after.upper)),
        ("period", (before.period_start, before.period_end) != (after.period_start, after.period_end)),
        ("sourceId", before.source_id != after.source_id),
        ("locator", before.locator != after.locator),
        ("quote", before.quote != after.quote),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}
