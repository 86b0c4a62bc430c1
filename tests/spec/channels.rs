//! Contact channels: open or closed, why and until when, and tried by somebody.

pub(super) mod holidays;
pub(super) mod services;

use serde_json::{Value, json};

use super::support::verbs::Doc;
use super::support::{Person, World};

specs! {
    in_a_world {
        a_line_is_closed_on_christmas_day,
        a_holiday_is_named_in_the_language_of_the_reader,
        the_state_and_the_hours_are_told_in_words,
        a_line_is_open_until_its_last_second,
        a_night_line_never_closes,
        a_channel_that_nobody_tried_promises_nothing,
        a_verification_gets_old,
        a_verification_counts_at_once_and_leaves_the_version,
        an_author_verifies_and_a_viewer_does_not,
        a_verification_says_how_and_of_what,
        another_number_is_unverified_once_it_is_published,
        a_suspended_line_opens_after_its_suspension,
        beyond_the_known_holidays_nothing_is_promised,
        an_address_has_no_open_state,
        the_days_of_christmas,
        moments_and_days_out_of_bounds_are_refused,
        hours_that_nobody_can_decide_are_refused,
        what_nobody_answers_at_once_has_no_hours,
        the_number_of_statements_does_not_grow_with_the_channels,
    }
}

const STATE: &str = r#"{ contactChannel(slug: "safe-phone") {
    openState { status reason opensAt closesAt holiday validUntil } verifiedAt freshness
} }"#;

/// A telephone that is answered on weekdays, but not on bank holidays in England and Wales.
fn phone(service: &Doc) -> Value {
    json!({
        "kind": "PHONE", "label": "Safe phone", "serviceId": service.id, "value": "01632 960123",
        "hours": {
            "expression": "Mo-Fr 09:00-17:00; PH off", "timeZone": "Europe/London", "holidays": "ENGLAND_AND_WALES"
        },
    })
}

/// The phone with other hours.
fn with_hours(service: &Doc, expression: &str) -> Value {
    let mut input = phone(service);
    input["hours"]["expression"] = expression.into();
    input
}

async fn published_service(editor: &Person) -> Doc {
    let service = editor.creates("serviceCreate", json!({ "name": "Safe team" })).await;
    editor.publishes(&service).await
}

/// A published channel that nobody has tried.
async fn published(editor: &Person, input: impl FnOnce(&Doc) -> Value) -> Doc {
    let service = published_service(editor).await;
    let channel = editor.creates("contactChannelCreate", input(&service)).await;
    editor.publishes(&channel).await
}

/// A published channel that somebody has just tried.
async fn verified(editor: &Person, input: impl FnOnce(&Doc) -> Value) -> Doc {
    let channel = published(editor, input).await;
    verifies(editor, &channel).await
}

/// Channels of one service.
async fn verified_many(editor: &Person, count: usize) {
    let service = published_service(editor).await;
    for _ in 0..count {
        let channel = editor.creates("contactChannelCreate", phone(&service)).await;
        let channel = editor.publishes(&channel).await;
        verifies(editor, &channel).await;
    }
}

async fn verifies(person: &Person, channel: &Doc) -> Doc {
    person.does("contactChannelVerify", json!({ "id": channel.id, "method": "Rang it" })).await
}

async fn a_line_is_closed_on_christmas_day(world: &World) {
    world.clock.set("2026-12-01T09:00:00Z");
    verified(&world.editor("ada").await, phone).await;

    world.clock.set("2026-12-25T10:00:00Z");
    let answer = world.reader().ask(STATE).await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "contactChannel": {
          "openState": {
            "status": "CLOSED",
            "reason": "HOLIDAY",
            "opensAt": "2026-12-29T09:00:00+00:00",
            "closesAt": null,
            "holiday": "Christmas Day",
            "validUntil": "2026-12-26T00:00:00+00:00"
          },
          "verifiedAt": "2026-12-01T09:00:00Z",
          "freshness": "FRESH"
        }
      }
    }
    "#);
}

async fn a_holiday_is_named_in_the_language_of_the_reader(world: &World) {
    published(&world.editor("ada").await, phone).await;
    let asked =
        r#"{ contactChannel(slug: "safe-phone") { openState(at: "2026-12-25T10:00:00Z") { holiday } } }"#;

    let welsh = world.reader().in_languages("cy").ask(asked).await.expect_ok();
    let persian = world.reader().in_languages("fa").ask(asked).await.expect_ok();

    assert_eq!(welsh.text("/contactChannel/openState/holiday"), "Dydd Nadolig");
    assert_eq!(persian.text("/contactChannel/openState/holiday"), "روز کریسمس");
}

async fn the_state_and_the_hours_are_told_in_words(world: &World) {
    world.clock.set("2026-12-25T10:00:00Z");
    verified(&world.editor("ada").await, phone).await;
    let asked = r#"{ contactChannel(slug: "safe-phone") { openState { sentence } hours { description } } }"#;

    let english = world.reader().ask(asked).await.expect_ok();
    let welsh = world.reader().in_languages("cy").ask(asked).await.expect_ok();
    let somali = world.reader().in_languages("so, fa").ask(asked).await.expect_ok();

    assert_eq!(
        english.text("/contactChannel/openState/sentence"),
        "Closed for Christmas Day. Opens Tuesday 29 December at 09:00."
    );
    assert_eq!(
        english.text("/contactChannel/hours/description"),
        "Monday to Friday 09:00–17:00, closed on public holidays"
    );
    assert_eq!(
        welsh.text("/contactChannel/openState/sentence"),
        "Ar gau: Dydd Nadolig. Yn agor: Dydd Mawrth, 29 Rhagfyr am 09:00."
    );
    assert_eq!(
        welsh.text("/contactChannel/hours/description"),
        "Dydd Llun – Dydd Gwener 09:00–17:00, ar gau ar wyliau banc"
    );
    assert_eq!(
        somali.text("/contactChannel/openState/sentence"),
        "به‌مناسبت روز کریسمس بسته است. سه‌شنبه ۲۹ دسامبر ساعت ۰۹:۰۰ باز می‌شود."
    );
}

async fn a_line_is_open_until_its_last_second(world: &World) {
    world.clock.set("2026-12-01T09:00:00Z");
    verified(&world.editor("ada").await, phone).await;

    let answer = world
        .reader()
        .ask(
            r#"{ contactChannel(slug: "safe-phone") {
                before: openState(at: "2026-12-24T16:59:30Z") { status closesAt validUntil }
                after: openState(at: "2026-12-24T17:00:00Z") { status opensAt }
                summer: openState(at: "2026-07-30T08:30:00Z") { status closesAt }
            } }"#,
        )
        .await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "contactChannel": {
          "before": {
            "status": "OPEN",
            "closesAt": "2026-12-24T17:00:00+00:00",
            "validUntil": "2026-12-24T17:00:00+00:00"
          },
          "after": {
            "status": "CLOSED",
            "opensAt": "2026-12-29T09:00:00+00:00"
          },
          "summer": {
            "status": "OPEN",
            "closesAt": "2026-07-30T17:00:00+01:00"
          }
        }
      }
    }
    "#);
}

async fn a_night_line_never_closes(world: &World) {
    verified(&world.editor("ada").await, |service| with_hours(service, "24/7")).await;

    let answer = world.reader().ask(STATE).await.expect_ok();

    let state = answer.data("/contactChannel/openState");
    assert_eq!((&state["status"], &state["reason"]), (&json!("OPEN"), &json!("ALWAYS_OPEN")));
    assert_eq!(state["closesAt"], json!(null));
}

async fn a_channel_that_nobody_tried_promises_nothing(world: &World) {
    published(&world.editor("ada").await, phone).await;

    let open = world.reader().ask(STATE).await.expect_ok();
    world.clock.set("2026-07-01T20:00:00Z");
    let closed = world.reader().ask(STATE).await.expect_ok();

    assert_eq!(open.text("/contactChannel/openState/reason"), "UNVERIFIED");
    assert_eq!(open.text("/contactChannel/openState/validUntil"), "2026-07-01T17:00:00+01:00");
    assert_eq!(open.text("/contactChannel/freshness"), "STALE");
    assert_eq!(open.data("/contactChannel/verifiedAt"), &json!(null));
    assert_eq!(closed.text("/contactChannel/openState/reason"), "OUTSIDE_HOURS");
}

async fn a_verification_gets_old(world: &World) {
    verified(&world.editor("ada").await, phone).await;

    let answer = world
        .reader()
        .ask(
            r#"{ contactChannel(slug: "safe-phone") {
                before: openState(at: "2026-06-30T09:00:00Z") { status }
                long: openState(at: "2026-12-24T09:00:00Z") { status }
                longer: openState(at: "2026-12-29T09:00:00Z") { status reason }
                fresh: freshness(at: "2026-09-29T09:00:00Z")
                due: freshness(at: "2026-09-29T09:00:01Z")
                stale: freshness(at: "2026-12-29T09:00:00Z")
            } }"#,
        )
        .await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "contactChannel": {
          "before": {
            "status": "OPEN"
          },
          "long": {
            "status": "OPEN"
          },
          "longer": {
            "status": "UNKNOWN",
            "reason": "UNVERIFIED"
          },
          "fresh": "FRESH",
          "due": "DUE",
          "stale": "STALE"
        }
      }
    }
    "#);
}

async fn a_verification_counts_at_once_and_leaves_the_version(world: &World) {
    let version = "{ site { contentVersion } }";
    let ada = world.editor("ada").await;
    let channel = published(&ada, phone).await;
    let before = world.reader().ask(version).await.expect_ok();

    let verified = verifies(&ada, &channel).await;

    let after = world.reader().ask(version).await.expect_ok();
    assert_eq!(verified.version, channel.version);
    assert_ne!(after.data("/site/contentVersion"), before.data("/site/contentVersion"));
    assert_eq!(world.reader().ask(STATE).await.text("/contactChannel/openState/status"), "OPEN");
}

async fn an_author_verifies_and_a_viewer_does_not(world: &World) {
    let channel = published(&world.editor("ada").await, phone).await;
    let arguments = json!({ "id": channel.id, "method": "Rang it" });

    let viewer = world.viewer("vera").await.tries("contactChannelVerify", arguments.clone()).await;
    let nobody = world.reader().tries("contactChannelVerify", arguments).await;

    assert_eq!((viewer.error_code(), nobody.error_code()), ("FORBIDDEN", "UNAUTHENTICATED"));
    verifies(&world.author("amy").await, &channel).await;
}

async fn a_verification_says_how_and_of_what(world: &World) {
    let ada = world.editor("ada").await;
    let channel = published(&ada, phone).await;
    let service = published_service(&ada).await;

    let silent = ada.tries("contactChannelVerify", json!({ "id": channel.id, "method": " " })).await;
    let other = ada.tries("contactChannelVerify", json!({ "id": service.id, "method": "Rang it" })).await;

    assert_eq!(silent.user_errors(), ["REQUIRED method"]);
    assert_eq!(other.user_errors(), ["NOT_FOUND id"]);
}

async fn another_number_is_unverified_once_it_is_published(world: &World) {
    let ada = world.editor("ada").await;
    let channel = verified(&ada, phone).await;
    let changed = ada.saves("contactChannelUpdate", &channel, json!({ "value": "01632 960124" })).await;
    let before = world.reader().ask(STATE).await.expect_ok();
    let draft = ada.with_drafts().ask(STATE).await.expect_ok();

    ada.publishes(&changed).await;
    let after = world.reader().ask(STATE).await.expect_ok();
    let back = ada.saves("contactChannelUpdate", &changed, json!({ "value": "01632 960123" })).await;
    ada.publishes(&back).await;

    assert_eq!(before.text("/contactChannel/openState/status"), "OPEN");
    assert_eq!(draft.data("/contactChannel/verifiedAt"), &json!(null));
    assert_eq!(after.text("/contactChannel/openState/reason"), "UNVERIFIED");
    let cleared = world.reader().ask(STATE).await.expect_ok();
    assert_eq!(cleared.data("/contactChannel/verifiedAt"), &json!(null));
}

async fn a_suspended_line_opens_after_its_suspension(world: &World) {
    let suspended = |service: &Doc| {
        let mut input = phone(service);
        input["suspendedUntil"] = "2026-07-03T16:30:00Z".into();
        input
    };
    verified(&world.editor("ada").await, suspended).await;

    let answer = world.reader().ask(STATE).await.expect_ok();

    let state = answer.data("/contactChannel/openState");
    assert_eq!((&state["status"], &state["reason"]), (&json!("CLOSED"), &json!("SUSPENDED")));
    assert_eq!(state["opensAt"], "2026-07-06T09:00:00+01:00");
    assert_eq!(state["validUntil"], "2026-07-03T17:30:00+01:00");
}

async fn beyond_the_known_holidays_nothing_is_promised(world: &World) {
    published(&world.editor("ada").await, phone).await;

    let answer = world
        .reader()
        .ask(
            r#"{ contactChannel(slug: "safe-phone") {
                openState(at: "2030-03-04T10:00:00Z") { status reason opensAt closesAt }
                hours { days(from: "2029-12-30") { date } }
            } }"#,
        )
        .await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "contactChannel": {
          "openState": {
            "status": "UNKNOWN",
            "reason": "NO_HOLIDAY_DATA",
            "opensAt": null,
            "closesAt": null
          },
          "hours": {
            "days": [
              {
                "date": "2029-12-30"
              },
              {
                "date": "2029-12-31"
              }
            ]
          }
        }
      }
    }
    "#);
}

async fn an_address_has_no_open_state(world: &World) {
    let email = |service: &Doc| json!({ "kind": "EMAIL", "label": "Safe phone", "serviceId": service.id, "value": "safe@charity.example" });
    verified(&world.editor("ada").await, email).await;

    let answer = world.reader().ask(STATE).await.expect_ok();

    assert_eq!(answer.data("/contactChannel/openState"), &json!(null));
    assert_eq!(answer.text("/contactChannel/freshness"), "FRESH");
}

async fn the_days_of_christmas(world: &World) {
    let short = "Mo-Fr 09:00-17:00; PH off; 2026 Dec 29 10:00-14:00 \"short day\"";
    published(&world.editor("ada").await, |service| with_hours(service, short)).await;

    let answer = world
        .reader()
        .ask(
            r#"{ contactChannel(slug: "safe-phone") { hours {
                expression timeZone holidays
                days(from: "2026-12-28", count: 2) { date intervals { opensAt closesAt } holiday comment }
            } } }"#,
        )
        .await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "contactChannel": {
          "hours": {
            "expression": "Mo-Fr 09:00-17:00; PH off; 2026 Dec 29 10:00-14:00 \"short day\"",
            "timeZone": "Europe/London",
            "holidays": "ENGLAND_AND_WALES",
            "days": [
              {
                "date": "2026-12-28",
                "intervals": [],
                "holiday": "Boxing Day",
                "comment": null
              },
              {
                "date": "2026-12-29",
                "intervals": [
                  {
                    "opensAt": "2026-12-29T10:00:00+00:00",
                    "closesAt": "2026-12-29T14:00:00+00:00"
                  }
                ],
                "holiday": null,
                "comment": "short day"
              }
            ]
          }
        }
      }
    }
    "#);
}

async fn moments_and_days_out_of_bounds_are_refused(world: &World) {
    published(&world.editor("ada").await, phone).await;
    let refused = async |field: &str| {
        let answer =
            world.reader().ask(&format!(r#"{{ contactChannel(slug: "safe-phone") {{ {field} }} }}"#)).await;
        assert_eq!(answer.error_code(), "BAD_INPUT", "{field}");
        answer.errors()[0]["extensions"]["argumentPath"].clone()
    };

    assert_eq!(refused(r#"openState(at: "1969-12-31T23:59:59Z") { status }"#).await, json!(["at"]));
    assert_eq!(refused(r#"openState(at: "2201-06-01T00:00:00Z") { status }"#).await, json!(["at"]));
    assert_eq!(refused(r#"freshness(at: "tomorrow")"#).await, json!(["at"]));
    assert_eq!(refused("hours { days(count: 0) { date } }").await, json!(["count"]));
    assert_eq!(refused("hours { days(count: 32) { date } }").await, json!(["count"]));
    assert_eq!(refused(r#"hours { days(from: "1969-12-31") { date } }"#).await, json!(["from"]));
}

async fn hours_that_nobody_can_decide_are_refused(world: &World) {
    let ada = world.editor("ada").await;
    let service = published_service(&ada).await;

    let input = with_hours(&service, "Mo-Fr sunrise-sunset; SH off");
    let refused = ada.tries("contactChannelCreate", json!({ "input": input })).await;

    assert_eq!(refused.user_errors(), ["INVALID input.hours.expression"]);
}

async fn what_nobody_answers_at_once_has_no_hours(world: &World) {
    let ada = world.editor("ada").await;
    let service = published_service(&ada).await;
    let mut letter = with_hours(&service, "24/7");
    letter["kind"] = "POST".into();
    letter["value"] = "1 High Street, Anytown".into();
    let line = ada.creates("contactChannelCreate", with_hours(&service, "24/7")).await;

    let refused = ada.tries("contactChannelCreate", json!({ "input": letter })).await;
    let mail = json!({ "kind": "EMAIL", "value": "safe@charity.example" });
    let mail = ada.saves("contactChannelUpdate", &line, mail).await;

    assert_eq!(refused.user_errors(), ["INVALID input.hours"]);
    let told = ada.reads(&mail, "... on ContactChannel { kind hours { expression } openState { status } }").await;
    assert_eq!(told.data("/node"), &json!({ "kind": "EMAIL", "hours": null, "openState": null }));
}

async fn the_number_of_statements_does_not_grow_with_the_channels(world: &World) {
    let list = "{ contactChannels(first: 50) { nodes { openState { status } verifiedAt freshness hours { days { date } } } } }";
    let ada = world.editor("ada").await;
    verified(&ada, phone).await;
    let few = world.reader().ask(list).await.expect_ok();

    verified_many(&ada, 12).await;

    let many = world.reader().ask(list).await.expect_ok();
    assert_eq!(many.data("/contactChannels/nodes").as_array().map(Vec::len), Some(13));
    assert_eq!(many.statements, few.statements);
}
