use uuid::Uuid;

use super::*;
use crate::domain::language::LanguageTag;

fn edit() -> Edit {
    Edit::new(LanguageTag::parse("en").expect("a language"))
}

/// A channel of a kind with a value.
fn channel(kind: ChannelKind, written: &str) -> Row<ContactChannel> {
    let mut row = ContactChannel::blank_row(Id(Uuid::nil()), DateTime::UNIX_EPOCH);
    let edit = change(&mut row, kind, written);
    assert_eq!(edit.problems, []);
    row
}

fn change(row: &mut Row<ContactChannel>, kind: ChannelKind, written: &str) -> Edit {
    let mut edit = edit();
    let follows_prefix = row.cost == contact::cost(row);
    apply_value(&mut edit, row, Patch::Set(kind), Patch::Set(written.to_owned()), Patch::Absent);
    apply_kind(&mut edit, row, Patch::Absent, Patch::Absent, Patch::Absent);
    apply_cost(&mut edit, row, Patch::Absent, follows_prefix);
    edit
}

fn paths(edit: &Edit) -> Vec<String> {
    edit.problems.iter().map(|problem| problem.path.join(".")).collect()
}

#[test]
fn a_short_number_is_dialled_as_it_is() {
    let row = channel(ChannelKind::Phone, "116 123");
    assert_eq!((row.e164.as_deref(), row.dial_string.as_deref()), (None, Some("116123")));
    assert_eq!((row.display.as_str(), row.cost), ("116 123", CallCost::Free));
    assert_eq!(contact::action_url(&row).as_deref(), Some("tel:116123"));
}

#[test]
fn a_number_is_dialled_from_anywhere() {
    let mut row = channel(ChannelKind::Phone, "01632 960123");
    assert_eq!((row.e164.as_deref(), row.country.as_deref()), (Some("+441632960123"), Some("GB")));
    assert_eq!(contact::action_url(&row).as_deref(), Some("tel:+441632960123"));
    assert_eq!(contact::text_relay_url(&row), None);
    apply_kind(&mut edit(), &mut row, Patch::Set("42".into()), Patch::Absent, Patch::Set(true));
    assert_eq!(contact::action_url(&row).as_deref(), Some("tel:+441632960123;ext=42"));
    assert_eq!(contact::text_relay_url(&row).as_deref(), Some("tel:1800101632960123"));
}

#[test]
fn a_text_carries_its_keyword() {
    let mut row = channel(ChannelKind::Sms, "07700 900123");
    assert_eq!(contact::action_url(&row).as_deref(), Some("sms:+447700900123"));
    apply_kind(&mut edit(), &mut row, Patch::Absent, Patch::Set("SAFE NOW".into()), Patch::Absent);
    assert_eq!(contact::action_url(&row).as_deref(), Some("sms:+447700900123?body=SAFE%20NOW"));
}

#[test]
fn the_other_kinds_lead_where_they_should() {
    let url = |kind, written| contact::action_url(&channel(kind, written));
    assert_eq!(url(ChannelKind::Whatsapp, "07700 900123").as_deref(), Some("https://wa.me/447700900123"));
    assert_eq!(url(ChannelKind::Email, "safe@example.org").as_deref(), Some("mailto:safe@example.org"));
    assert_eq!(
        url(ChannelKind::Webchat, "https://chat.example.org").as_deref(),
        Some("https://chat.example.org/")
    );
    assert_eq!(
        url(ChannelKind::Other, "https://example.org/app").as_deref(),
        Some("https://example.org/app")
    );
    assert_eq!(url(ChannelKind::Other, "Ask any member of staff"), None);
    assert_eq!(url(ChannelKind::Post, "1 High Street\nWrenfold"), None);
    assert_eq!(url(ChannelKind::InPerson, "1 High Street"), None);
}

#[test]
fn the_bill_is_never_guessed() {
    assert_eq!(channel(ChannelKind::Phone, "0800 1111").shows_on_bill, ShowsOnBill::Unknown);
}

#[test]
fn the_cost_follows_the_number_unless_somebody_said() {
    let mut row = channel(ChannelKind::Phone, "01632 960123");
    assert_eq!(row.cost, CallCost::StandardRate);
    change(&mut row, ChannelKind::Phone, "08081 570123");
    assert_eq!(row.cost, CallCost::Free);
    apply_cost(&mut edit(), &mut row, Patch::Set(CallCost::Charged), true);
    change(&mut row, ChannelKind::Phone, "01632 960123");
    assert_eq!(row.cost, CallCost::Charged);
    apply_cost(&mut edit(), &mut row, Patch::Clear, false);
    assert_eq!(row.cost, CallCost::StandardRate);
}

#[test]
fn another_kind_reads_the_value_again() {
    let mut row = channel(ChannelKind::Phone, "07700 900123");
    apply_kind(&mut edit(), &mut row, Patch::Set("7".into()), Patch::Absent, Patch::Set(true));
    let mut sms = edit();
    apply_value(&mut sms, &mut row, Patch::Set(ChannelKind::Sms), Patch::Absent, Patch::Absent);
    apply_kind(&mut sms, &mut row, Patch::Absent, Patch::Absent, Patch::Absent);
    assert_eq!(sms.problems, []);
    assert_eq!((row.extension.as_deref(), row.text_relay), (None, false));
    let mut email = edit();
    apply_value(&mut email, &mut row, Patch::Set(ChannelKind::Email), Patch::Absent, Patch::Absent);
    assert_eq!(paths(&email), ["input.value"]);
}

#[test]
fn a_country_reads_the_value_again() {
    let mut row = channel(ChannelKind::Phone, "0113 496 0000");
    let mut french = edit();
    apply_value(
        &mut french,
        &mut row,
        Patch::Absent,
        Patch::Set("01 42 68 53 00".into()),
        Patch::Set("fr".into()),
    );
    assert_eq!(
        (french.problems.len(), row.e164.as_deref(), row.cost),
        (0, Some("+33142685300"), CallCost::StandardRate)
    );
    let mut nowhere = edit();
    apply_value(&mut nowhere, &mut row, Patch::Absent, Patch::Absent, Patch::Set("UK".into()));
    assert_eq!(paths(&nowhere), ["input.country"]);
}

#[test]
fn what_a_kind_does_not_have_is_refused() {
    let mut row = channel(ChannelKind::Email, "safe@example.org");
    let mut edit = edit();
    apply_kind(&mut edit, &mut row, Patch::Set("7".into()), Patch::Set("SAFE".into()), Patch::Set(true));
    assert_eq!(paths(&edit), ["input.extension", "input.keyword", "input.textRelay"]);
}

#[test]
fn hours_are_replaced_whole_and_each_part_is_checked() {
    let mut row = channel(ChannelKind::Phone, "01632 960123");
    let hours = |expression: &str, zone: &str| {
        Patch::Set(HoursPatch {
            expression: expression.into(),
            time_zone: zone.into(),
            holidays: HolidayRegion::EnglandAndWales,
        })
    };
    let mut wrong = edit();
    apply_hours(&mut wrong, &mut row, hours("nine to five", "GMT+1"));
    assert_eq!(paths(&wrong), ["input.hours.expression", "input.hours.timeZone"]);
    apply_hours(&mut edit(), &mut row, hours("Mo-Fr 09:00-17:00; PH off", "Europe/London"));
    assert_eq!(row.hours_time_zone.as_deref(), Some("Europe/London"));
    apply_hours(&mut edit(), &mut row, Patch::Clear);
    assert_eq!((row.hours_expression, row.hours_time_zone, row.hours_holidays), (None, None, None));
}

#[test]
fn a_language_is_named_once() {
    let language = |tag: &str| LanguagePatch { language: tag.into(), via_interpreter: false };
    let (mut edit, mut parts) = (edit(), Languages::default());
    apply_languages(
        &mut edit,
        Id(Uuid::nil()),
        &mut parts,
        Patch::Set(vec![language("cy"), language("CY"), language("Welsh!")]),
    );
    assert_eq!(paths(&edit), ["input.languages.1.language", "input.languages.2.language"]);
    assert_eq!(parts, Languages::default());
}
