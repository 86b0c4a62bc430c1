use std::collections::BTreeMap;

use chrono::DateTime;
use entity::campaign::ObservanceKind;
use entity::document::{Model as Document, State};
use uuid::Uuid;

use super::*;
use crate::domain::content::Content;
use crate::domain::language::LanguageTag;
use crate::store::Words;
use crate::store::campaign::Turns;
use crate::store::noun::Row;

const ID: Id = Id(Uuid::from_u128(1));
const NEW: Id = Id(Uuid::from_u128(2));

/// A campaign of 30 July with words in English and nothing else.
fn campaign() -> Draft<Campaign> {
    let at = DateTime::UNIX_EPOCH;
    let row = Row::<Campaign> {
        observance_kind: ObservanceKind::Fixed,
        month: Some(7),
        day: Some(30),
        length_days: 3,
        ..Campaign::blank_row(ID, at)
    };
    let document = Document {
        id: ID,
        node_kind: NodeKind::Campaign,
        version: 1,
        state: State::Draft,
        published_version: None,
        external_reference: None,
        published_reference: None,
        created_at: at,
        created_by: ID,
        saved_at: at,
        saved_by: ID,
        updated_at: at,
    };
    let translation = entity::translation::Model {
        document_id: ID,
        stage: DRAFT,
        language: "en".into(),
        slug: "day".into(),
        title: "Day".into(),
        title_key: "day".into(),
        translated_at: at,
    };
    let words = Words { translation, text: Campaign::blank_text(ID, "en".into()) };
    Draft {
        document,
        row,
        words: BTreeMap::from([("en".to_owned(), words)]),
        links: BTreeMap::new(),
        parts: Turns::default(),
    }
}

fn upserted(draft: &mut Draft<Campaign>, language: &str, year: i32, patch: EditionPatch) -> Edit {
    let mut edit = Edit::new(LanguageTag::parse(language).expect("a tag"));
    apply(&mut edit, draft, year, NEW, patch);
    edit
}

/// What is wrong, as `CODE path`.
fn problems(edit: &Edit) -> Vec<String> {
    edit.problems.iter().map(|problem| format!("{:?} {}", problem.code, problem.path.join("."))).collect()
}

fn set(text: &str) -> Patch<String> {
    Patch::Set(text.to_owned())
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

#[test]
fn a_new_edition_has_the_days_of_the_rule() {
    let mut draft = campaign();
    let edit = upserted(&mut draft, "en", 2026, EditionPatch::default());
    let edition = &draft.parts.editions[0];
    assert_eq!(problems(&edit), [""; 0]);
    assert_eq!((edition.starts_on, edition.ends_on), (day("2026-07-30"), day("2026-08-01")));
    assert_eq!(edition.date_status, DateStatus::Provisional);
    assert!(draft.parts.texts.is_empty());
}

#[test]
fn what_is_left_out_stays_and_null_goes_back_to_the_rule() {
    let mut draft = campaign();
    let first = EditionPatch {
        starts_on: set("2026-07-28"),
        ends_on: set("2026-07-29"),
        theme: set("Left behind"),
        date_status: Patch::Set(DateStatus::Confirmed),
        ..EditionPatch::default()
    };
    upserted(&mut draft, "en", 2026, first);
    upserted(&mut draft, "en", 2026, EditionPatch { summary: set("More"), ..EditionPatch::default() });
    assert_eq!(draft.parts.editions[0].starts_on, day("2026-07-28"));
    assert_eq!(draft.parts.texts[0].theme.as_deref(), Some("Left behind"));

    let cleared = EditionPatch {
        starts_on: Patch::Clear,
        ends_on: Patch::Clear,
        date_status: Patch::Clear,
        theme: Patch::Clear,
        summary: Patch::Clear,
        ..EditionPatch::default()
    };
    let edit = upserted(&mut draft, "en", 2026, cleared);
    let edition = &draft.parts.editions[0];
    assert_eq!(problems(&edit), [""; 0]);
    assert_eq!((edition.starts_on, edition.ends_on), (day("2026-07-30"), day("2026-08-01")));
    assert_eq!(edition.date_status, DateStatus::Provisional);
    assert!(draft.parts.texts.is_empty(), "a text without words is none");
}

#[test]
fn a_rule_without_days_asks_for_them() {
    let mut draft = campaign();
    draft.row = Row::<Campaign> { observance_kind: ObservanceKind::Announced, ..draft.row };
    let edit = upserted(&mut draft, "en", 2026, EditionPatch { ends_on: set("soon"), ..Default::default() });
    assert_eq!(problems(&edit), ["Required input.startsOn", "Invalid input.endsOn"]);
}

#[test]
fn an_edition_starts_in_its_year_and_ends_after_that() {
    let dates = |starts_on, ends_on| {
        let patch = EditionPatch { starts_on: set(starts_on), ends_on: set(ends_on), ..Default::default() };
        problems(&upserted(&mut campaign(), "en", 2026, patch))
    };
    assert_eq!(dates("2027-01-01", "2027-01-01"), ["OutOfRange input.startsOn"]);
    assert_eq!(dates("2026-07-30", "2026-07-29"), ["OutOfRange input.endsOn"]);
    assert_eq!(dates("2026-01-01", "2027-01-02"), ["OutOfRange input.endsOn"]);
    assert_eq!(dates("2026-12-31", "2027-01-02"), [""; 0]);
}

#[test]
fn words_need_a_campaign_that_speaks_the_language() {
    let theme = || EditionPatch { theme: set("Thema"), ..EditionPatch::default() };
    assert_eq!(problems(&upserted(&mut campaign(), "cy", 2026, theme())), ["NotFound language"]);
    assert_eq!(problems(&upserted(&mut campaign(), "cy", 2026, EditionPatch::default())), [""; 0]);
    assert_eq!(problems(&upserted(&mut campaign(), "en", 1899, theme())), ["OutOfRange year"]);
}

#[test]
fn what_actions_lead_to_is_linked_once() {
    let channel = Some((NodeKind::ContactChannel, Id(Uuid::from_u128(7))));
    let help = || ActionInput {
        kind: share::ActionKind::GetHelp,
        label: "Get help".into(),
        url: None,
        channel_ids: Some(vec![channel]),
    };
    let mut draft = campaign();
    let actions = Patch::Set(vec![help(), help()]);
    upserted(&mut draft, "en", 2026, EditionPatch { actions, ..EditionPatch::default() });
    assert_eq!(draft.links[&(NEW, Field::Channels)], [Id(Uuid::from_u128(7))]);

    upserted(&mut draft, "en", 2026, EditionPatch { actions: Patch::Clear, ..EditionPatch::default() });
    assert!(draft.links[&(NEW, Field::Channels)].is_empty());
}

#[test]
fn a_campaign_has_at_most_a_hundred_editions() {
    let mut draft = campaign();
    let years = 1901..=2000;
    assert!(
        years
            .into_iter()
            .all(|year| { upserted(&mut draft, "en", year, EditionPatch::default()).problems.is_empty() })
    );
    assert_eq!(problems(&upserted(&mut draft, "en", 2001, EditionPatch::default())), ["TooLong year"]);
}
