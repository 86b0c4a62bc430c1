use chrono::TimeZone;
use uuid::Uuid;

use super::*;
use crate::domain::area::AreaScheme;
use crate::domain::language::LanguageTag;

fn edit(language: &str) -> Edit {
    Edit::new(LanguageTag::parse(language).expect("a language"))
}

fn row() -> Row<Service> {
    Service::blank_row(Id(Uuid::nil()), DateTime::UNIX_EPOCH)
}

/// English and Welsh, without a word so far.
fn words() -> Languages {
    let word = |language: &str| {
        let translation = entity::translation::Model {
            document_id: Id(Uuid::nil()),
            stage: DRAFT,
            language: language.into(),
            slug: String::new(),
            title: String::new(),
            title_key: String::new(),
            translated_at: DateTime::UNIX_EPOCH,
        };
        (
            language.to_owned(),
            Words { translation, text: Service::blank_text(Id(Uuid::nil()), language.into()) },
        )
    };
    BTreeMap::from([word("en"), word("cy")])
}

fn paths(edit: &Edit) -> Vec<String> {
    edit.problems.iter().map(|problem| problem.path.join(".")).collect()
}

fn alert_of(text: &str, from: &str, until: Option<&str>) -> Patch<AlertPatch> {
    Patch::Set(AlertPatch { text: text.into(), from: from.into(), until: until.map(str::to_owned) })
}

fn at(hour: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 7, 30, hour, 0, 0).single().expect("a moment")
}

#[test]
fn an_alert_applies_from_its_beginning_until_before_its_end() {
    let (mut row, mut words) = (row(), words());
    let alert = alert_of("Phones are down", "2026-07-30T09:00:00Z", Some("2026-07-30T17:00:00Z"));
    apply_alert(&mut edit("en"), &mut row, &mut words, alert);
    let applies = |language: &str, hour| super::alert(&row, &words[language].text, at(hour)).is_some();
    assert!(applies("en", 9) && applies("en", 16));
    assert!(!applies("en", 8) && !applies("en", 17));
    assert!(!applies("cy", 9));
}

#[test]
fn the_words_of_an_old_alert_never_stand_under_a_new_one() {
    let (mut row, mut words) = (row(), words());
    let first = ("2026-07-30T09:00:00Z", Some("2026-07-30T10:00:00Z"));
    apply_alert(&mut edit("en"), &mut row, &mut words, alert_of("Phones are down", first.0, first.1));
    apply_alert(&mut edit("cy"), &mut row, &mut words, alert_of("Mae'r ffonau i lawr", first.0, first.1));
    assert!(words.values().all(|words| words.text.alert_text.is_some()));
    apply_alert(
        &mut edit("en"),
        &mut row,
        &mut words,
        alert_of("We have moved", "2026-07-30T12:00:00Z", None),
    );
    assert_eq!(words["cy"].text.alert_text, None);
    apply_alert(&mut edit("en"), &mut row, &mut words, Patch::Clear);
    assert_eq!((row.alert_from, words["en"].text.alert_text.as_deref()), (None, None));
}

#[test]
fn an_alert_that_ends_before_it_begins_is_refused() {
    let (mut row, mut words) = (row(), words());
    let mut edit = edit("en");
    apply_alert(
        &mut edit,
        &mut row,
        &mut words,
        alert_of("x", "2026-07-30T09:00:00Z", Some("2026-07-30T09:00:00Z")),
    );
    apply_alert(&mut edit, &mut row, &mut words, alert_of("", "tomorrow", Some("never")));
    assert_eq!(
        paths(&edit),
        ["input.alert.until", "input.alert.text", "input.alert.from", "input.alert.until"]
    );
    assert_eq!(row.alert_from, None);
}

#[test]
fn ages_are_bounded_and_in_order() {
    let audience = |min_age, max_age, roles: &[AudienceRole]| {
        Patch::Set(AudiencePatch { min_age, max_age, roles: roles.to_vec() })
    };
    let mut row = row();
    let mut refused = edit("en");
    apply_audience(&mut refused, &mut row, audience(Some(-1), Some(121), &[]));
    apply_audience(
        &mut refused,
        &mut row,
        audience(Some(18), Some(11), &[AudienceRole::Child, AudienceRole::Child]),
    );
    assert_eq!(
        paths(&refused),
        ["input.audience.minAge", "input.audience.maxAge", "input.audience.maxAge", "input.audience.roles.1"]
    );
    apply_audience(&mut edit("en"), &mut row, audience(Some(11), Some(25), &[AudienceRole::Survivor]));
    assert_eq!((row.min_age, row.max_age, row.roles.0.len()), (Some(11), Some(25), 1));
    apply_audience(&mut edit("en"), &mut row, Patch::Clear);
    assert_eq!((row.min_age, row.max_age, row.roles.0.len()), (None, None, 0));
}

#[test]
fn an_area_is_named_once_by_a_code_of_its_scheme() {
    let area = |scheme, code: &str| Area { scheme, code: code.into() };
    let (mut edit, mut parts) = (edit("en"), Coverage::default());
    let areas = vec![
        area(AreaScheme::OnsGss, "K04000001"),
        area(AreaScheme::OnsGss, "k04000001"),
        area(AreaScheme::M49, "GB"),
    ];
    apply_coverage(&mut edit, Id(Uuid::nil()), &mut parts, Patch::Set(areas));
    assert_eq!(paths(&edit), ["input.coverage.1", "input.coverage.2.code"]);
    assert_eq!(parts, Coverage::default());
}

#[test]
fn another_level_takes_the_promises_of_other_languages_away() {
    let (mut row, mut words) = (row(), words());
    let confidentiality =
        |level, statement: &str| Patch::Set(ConfidentialityPatch { level, statement: statement.into() });
    apply_confidentiality(
        &mut edit("en"),
        &mut row,
        &mut words,
        confidentiality(ConfidentialityLevel::Confidential, "We tell nobody."),
    );
    apply_confidentiality(
        &mut edit("cy"),
        &mut row,
        &mut words,
        confidentiality(ConfidentialityLevel::Confidential, "Nid ydym yn dweud wrth neb."),
    );
    assert!(words.values().all(|words| words.text.confidentiality_statement.is_some()));
    apply_confidentiality(
        &mut edit("en"),
        &mut row,
        &mut words,
        confidentiality(ConfidentialityLevel::NotConfidential, "We may tell others."),
    );
    assert_eq!(words["cy"].text.confidentiality_statement, None);
}
