use std::collections::BTreeMap;

use entity::document::{Model as Document, NodeKind, Stage, State};
use uuid::Uuid;

use super::*;
use crate::domain::content::Content;
use crate::domain::language::LanguageTag;
use crate::store::statistic::Figures;

fn id(number: u128) -> Id {
    Id(Uuid::from_u128(number))
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_785_412_800, 0).expect("in range")
}

/// A statistic without words or figures.
fn draft() -> Draft<Statistic> {
    let document = Document {
        id: id(1),
        node_kind: NodeKind::Statistic,
        version: 1,
        state: State::Draft,
        published_version: None,
        external_reference: None,
        published_reference: None,
        created_at: now(),
        created_by: id(2),
        saved_at: now(),
        saved_by: id(2),
        updated_at: now(),
    };
    Draft {
        document,
        row: Statistic::blank_row(id(1), now()),
        words: BTreeMap::new(),
        links: BTreeMap::new(),
        parts: Figures::default(),
    }
}

/// What an editor says of a year in the world.
fn of_year(value: &str, year: &str) -> FigurePatch {
    FigurePatch {
        value: value.into(),
        qualifier: Qualifier::Exact,
        lower: Patch::Absent,
        upper: Patch::Absent,
        period: PeriodInput {
            label: year.into(),
            start: format!("{year}-01-01"),
            end: format!("{year}-12-31"),
        },
        area: area::Area { scheme: AreaScheme::M49, code: "001".into() },
        source_id: Some((NodeKind::Source, id(9))),
        locator: Patch::Absent,
        quote: Patch::Absent,
        caveat: Patch::Absent,
        review_due_on: Patch::Absent,
    }
}

/// Carries an input in; what was wrong, and whether it changed anything.
fn put_in(
    draft: &mut Draft<Statistic>,
    language: &str,
    new_id: u128,
    patch: FigurePatch,
) -> (Vec<(ProblemCode, String)>, bool) {
    let mut edit = Edit::new(LanguageTag::parse(language).expect("a language"));
    put(&mut edit, draft, id(new_id), patch, now());
    settle(draft);
    let problems = edit.problems.into_iter().map(|problem| (problem.code, problem.path.join(".")));
    (problems.collect(), edit.changed.contains("figures"))
}

/// Makes the draft's figures those that readers see.
fn publish(draft: &mut Draft<Statistic>) {
    let published = |figure: &figure::Model| figure::Model { stage: Stage::Published, ..figure.clone() };
    draft.parts.published = draft.parts.figures.iter().map(published).collect();
}

fn values(draft: &Draft<Statistic>) -> Vec<String> {
    draft.parts.figures.iter().map(|figure| figure.value.to_string()).collect()
}

#[test]
fn a_period_and_an_area_have_one_figure() {
    let mut draft = draft();
    put_in(&mut draft, "en", 10, of_year("48", "2016"));
    put_in(&mut draft, "en", 11, of_year("49.0", "2016"));
    assert_eq!(values(&draft), ["49.0"]);
    assert_eq!(draft.parts.figures[0].id, id(10));
}

#[test]
fn what_is_left_out_stays_and_null_clears() {
    let mut draft = draft();
    let locator = Patch::Set("p. 25".to_owned());
    put_in(&mut draft, "en", 10, FigurePatch { locator, ..of_year("49", "2016") });
    put_in(&mut draft, "en", 11, of_year("49", "2016"));
    assert_eq!(draft.parts.figures[0].locator.as_deref(), Some("p. 25"));
    put_in(&mut draft, "en", 12, FigurePatch { locator: Patch::Clear, ..of_year("49", "2016") });
    assert_eq!(draft.parts.figures[0].locator, None);
}

#[test]
fn the_same_again_changes_nothing_and_another_digit_does() {
    let mut draft = draft();
    assert!(put_in(&mut draft, "en", 10, of_year("49", "2016")).1);
    assert!(!put_in(&mut draft, "en", 11, of_year("49", "2016")).1);
    assert!(put_in(&mut draft, "en", 12, of_year("49.0", "2016")).1);
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let patch = FigurePatch {
        qualifier: Qualifier::Range,
        upper: Patch::Set("many".into()),
        period: PeriodInput { label: " ".into(), start: "2016-12-31".into(), end: "2016-01-01".into() },
        area: area::Area { scheme: AreaScheme::M49, code: "1".into() },
        source_id: None,
        ..of_year("1e3", "2016")
    };
    let (problems, _) = put_in(&mut draft(), "en", 10, patch);
    let expected = [
        (ProblemCode::Required, "input.period.label"),
        (ProblemCode::Invalid, "input.area.code"),
        (ProblemCode::OutOfRange, "input.period.end"),
        (ProblemCode::Invalid, "input.value"),
        (ProblemCode::NotFound, "input.sourceId"),
        (ProblemCode::Invalid, "input.upper"),
        (ProblemCode::Required, "input.lower"),
    ];
    assert_eq!(problems, expected.map(|(code, path)| (code, path.to_owned())));
}

#[test]
fn bounds_enclose_the_value() {
    let between = |lower: &str, upper: &str| FigurePatch {
        qualifier: Qualifier::Range,
        lower: Patch::Set(lower.into()),
        upper: Patch::Set(upper.into()),
        ..of_year("49", "2016")
    };
    assert_eq!(put_in(&mut draft(), "en", 10, between("49", "49")).0, []);
    let (problems, _) = put_in(&mut draft(), "en", 10, between("49.1", "48.9"));
    let expected = ["input.lower", "input.upper"].map(|path| (ProblemCode::OutOfRange, path.to_owned()));
    assert_eq!(problems, expected);
}

#[test]
fn a_published_figure_is_not_changed_even_by_way_of_removing_it() {
    let mut draft = draft();
    put_in(&mut draft, "en", 10, of_year("49", "2016"));
    publish(&mut draft);
    let refused = vec![(ProblemCode::NotAllowedInState, "input.value".to_owned())];
    assert_eq!(put_in(&mut draft, "en", 11, of_year("49.0", "2016")).0, refused);

    draft.parts.figures.clear();
    assert_eq!(put_in(&mut draft, "en", 12, of_year("50", "2016")).0, refused);
    assert_eq!(put_in(&mut draft, "en", 13, of_year("49", "2016")).0, []);
    assert_eq!(draft.parts.figures.last().map(|figure| figure.id), Some(id(10)));
}

#[test]
fn a_published_figure_gets_another_caveat_and_review_date() {
    let mut draft = draft();
    put_in(&mut draft, "en", 10, of_year("49", "2016"));
    publish(&mut draft);
    let patch = FigurePatch {
        caveat: Patch::Set("Dim ond dioddefwyr a ganfuwyd.".into()),
        review_due_on: Patch::Set("2030-01-01".into()),
        ..of_year("49", "2016")
    };
    assert_eq!(put_in(&mut draft, "cy", 11, patch), (Vec::new(), true));
    assert_eq!(draft.parts.texts.iter().map(|text| text.language.as_str()).collect::<Vec<_>>(), ["cy"]);
    assert_eq!(draft.row.review_due_on.to_string(), "2030-01-01");
}

#[test]
fn each_area_has_its_latest_and_the_earliest_of_their_reviews_counts() {
    let mut draft = draft();
    let due = |day: &str, patch: FigurePatch| FigurePatch { review_due_on: Patch::Set(day.into()), ..patch };
    let in_wales = area::Area { scheme: AreaScheme::Iso3166_2, code: "GB-WLS".into() };
    put_in(&mut draft, "en", 10, due("2027-01-01", of_year("49", "2016")));
    put_in(&mut draft, "en", 11, due("2029-01-01", of_year("39", "2022")));
    put_in(&mut draft, "en", 12, due("2028-01-01", FigurePatch { area: in_wales, ..of_year("30", "2016") }));
    let latest: Vec<Id> =
        draft.parts.figures.iter().filter(|figure| figure.is_latest).map(|figure| figure.id).collect();
    assert_eq!(latest, [id(11), id(12)]);
    assert_eq!(draft.row.review_due_on.to_string(), "2028-01-01");
}

#[test]
fn a_removed_figure_leaves_nothing_behind() {
    let mut draft = draft();
    put_in(&mut draft, "en", 10, FigurePatch { caveat: Patch::Set("Mind.".into()), ..of_year("49", "2016") });
    assert_eq!(draft.links.get(&(id(10), Field::Source)), Some(&vec![id(9)]));
    let mut edit = Edit::new(LanguageTag::parse("en").expect("a language"));
    remove(&mut edit, &mut draft, id(10));
    settle(&mut draft);
    assert_eq!(draft.parts, Figures::default());
    assert!(draft.links.is_empty());
    assert_eq!(draft.row.review_due_on, NEVER);

    remove(&mut edit, &mut draft, id(10));
    assert_eq!(edit.problems, [unknown()]);
}
