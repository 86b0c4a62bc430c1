//! A dead or wrong channel is put right at once, and nothing else goes out with it.

use serde_json::{Value, json};

use super::super::support::verbs::Doc;
use super::super::support::{Person, World};

specs! {
    in_a_world {
        a_new_number_shows_on_the_next_request_and_carries_nothing_else,
        the_draft_gets_the_same_correction_as_its_next_version,
        a_correction_clears_the_verification,
        a_suspended_channel_is_closed_at_once,
        a_suspension_that_is_over_is_no_correction,
        only_what_cannot_wait_is_corrected,
        a_charged_number_needs_a_second_person,
        a_channel_that_readers_do_not_see_is_not_corrected_urgently,
        all_that_is_wrong_with_an_urgent_correction_is_told_at_once,
        a_draft_of_another_kind_holds_no_correction_up,
    }
}

/// A published line, open at all hours, that was tried.
async fn published(ada: &Person) -> Doc {
    let service = ada.publishes(&ada.writes_service().await).await;
    let mut input = super::super::support::drafts::channel(&service);
    input["hours"] = json!({ "expression": "24/7", "timeZone": "Europe/London" });
    let channel = ada.publishes(&ada.creates("contactChannelCreate", input).await).await;
    ada.does("contactChannelVerify", json!({ "id": channel.id, "method": "Rang it" })).await;
    channel
}

fn correction(channel: &Doc, input: Value) -> Value {
    json!({ "id": channel.id, "expectedVersion": channel.version, "input": input, "reason": "The line is dead" })
}

const SHOWN: &str = "{ contactChannels { nodes { label display phone { e164 } cost verifiedAt openState { status reason } } } }";

async fn a_new_number_shows_on_the_next_request_and_carries_nothing_else(world: &World) {
    let ada = world.editor("ada").await;
    let channel = published(&ada).await;
    let channel = ada.saves("contactChannelUpdate", &channel, json!({ "label": "A draft label" })).await;

    ada.does("contactChannelUrgentCorrection", correction(&channel, json!({ "value": "08081 570 123" }))).await;

    let answer = world.reader().ask(SHOWN).await.expect_ok();
    let expected = json!({
        "label": "Safe line", "display": "08081 570 123", "phone": { "e164": "+448081570123" }, "cost": "FREE",
        "verifiedAt": null, "openState": { "status": "UNKNOWN", "reason": "UNVERIFIED" },
    });
    assert_eq!(answer.data("/contactChannels/nodes/0"), &expected);
    assert!(!answer.body.contains("960123"), "{answer:?}");
}

async fn the_draft_gets_the_same_correction_as_its_next_version(world: &World) {
    let ada = world.editor("ada").await;
    let channel = published(&ada).await;

    let same = ada
        .does("contactChannelUrgentCorrection", correction(&channel, json!({ "value": "01632 960124" })))
        .await;
    let seen = "... on ContactChannel { display editorial { version hasUnpublishedChanges } }";
    let equal = ada.reads(&same, seen).await;
    let other = ada.saves("contactChannelUpdate", &same, json!({ "label": "A draft label" })).await;
    ada.does("contactChannelUrgentCorrection", correction(&other, json!({ "value": "01632 960125" }))).await;
    let ahead = ada.reads(&other, seen).await;

    let told = |display: &str, version: i64, ahead: bool| {
        json!({ "display": display, "editorial": { "version": version, "hasUnpublishedChanges": ahead } })
    };
    assert_eq!(same.version, channel.version + 1);
    assert_eq!(equal.data("/node"), &told("01632 960124", 2, false));
    assert_eq!(ahead.data("/node"), &told("01632 960125", 4, true));
}

async fn a_correction_clears_the_verification(world: &World) {
    let ada = world.editor("ada").await;
    let channel = published(&ada).await;
    let before = world.reader().ask(SHOWN).await.expect_ok();

    let hours = json!({ "hours": { "expression": "Mo-Su 00:00-24:00", "timeZone": "Europe/London" } });
    ada.does("contactChannelUrgentCorrection", correction(&channel, hours)).await;

    let after = world.reader().ask(SHOWN).await.expect_ok();
    let state = "/contactChannels/nodes/0/openState/reason";
    assert_eq!((before.text(state), after.text(state)), ("ALWAYS_OPEN", "UNVERIFIED"));
    assert_eq!(after.data("/contactChannels/nodes/0/verifiedAt"), &Value::Null);
}

async fn a_suspended_channel_is_closed_at_once(world: &World) {
    let ada = world.editor("ada").await;
    let channel = published(&ada).await;

    let suspension = json!({ "suspendedUntil": "2026-07-08T09:00:00Z" });
    ada.does("contactChannelUrgentCorrection", correction(&channel, suspension)).await;

    let answer = world.reader().ask(SHOWN).await.expect_ok();
    let expected = json!({ "status": "CLOSED", "reason": "SUSPENDED" });
    assert_eq!(answer.data("/contactChannels/nodes/0/openState"), &expected);
}

async fn a_suspension_that_is_over_is_no_correction(world: &World) {
    let ada = world.editor("ada").await;
    let channel = published(&ada).await;

    let over = json!({ "suspendedUntil": "2020-01-01T00:00:00Z" });
    let refused = ada.tries("contactChannelUrgentCorrection", correction(&channel, over)).await;

    assert_eq!(refused.user_errors(), ["INVALID input.suspendedUntil"]);
}

async fn only_what_cannot_wait_is_corrected(world: &World) {
    let ada = world.editor("ada").await;
    let channel = published(&ada).await;

    let more = json!({ "value": "01632 960124", "label": "Another", "cost": "FREE", "priority": null });
    let refused = ada.tries("contactChannelUrgentCorrection", correction(&channel, more)).await;

    assert_eq!(refused.user_errors(), ["INVALID input.label", "INVALID input.cost", "INVALID input.priority"]);
    let shown = world.reader().ask(SHOWN).await.expect_ok();
    assert_eq!(shown.text("/contactChannels/nodes/0/display"), "01632 960123");
}

async fn a_charged_number_needs_a_second_person(world: &World) {
    let ada = world.editor("ada").await;
    let channel = published(&ada).await;

    let abroad = correction(&channel, json!({ "value": "+1 900 555 1234" }));
    let abroad = ada.tries("contactChannelUrgentCorrection", abroad).await;
    let charged = correction(&channel, json!({ "value": "0871 200 3000" }));
    let refused = ada.tries("contactChannelUrgentCorrection", charged).await;

    assert_eq!(refused.user_errors(), ["INVALID input.value"]);
    assert_eq!(abroad.user_errors(), ["INVALID input.value"]);
}

async fn a_channel_that_readers_do_not_see_is_not_corrected_urgently(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.writes_service().await;
    let draft = ada.writes_channel(&service).await;
    let right = json!({ "value": "01632 960124" });

    let unseen = ada.tries("contactChannelUrgentCorrection", correction(&draft, right.clone())).await;
    let nothing = Doc { id: service.id, version: 1 };
    let nothing = ada.tries("contactChannelUrgentCorrection", correction(&nothing, right)).await;

    assert_eq!(unseen.user_errors(), ["NOT_ALLOWED_IN_STATE id"]);
    assert_eq!(nothing.user_errors(), ["NOT_FOUND id"]);
}

async fn all_that_is_wrong_with_an_urgent_correction_is_told_at_once(world: &World) {
    let ada = world.editor("ada").await;
    let channel = published(&ada).await;
    let mut wrong = correction(&channel, json!({ "value": "nonsense", "hours": null, "slug": "other" }));
    wrong["reason"] = " ".into();

    let refused = ada.tries("contactChannelUrgentCorrection", wrong).await;
    let nothing = ada.tries("contactChannelUrgentCorrection", correction(&channel, json!({}))).await;
    let stale = Doc { version: 7, ..channel };
    let stale = ada.tries("contactChannelUrgentCorrection", correction(&stale, json!({}))).await;

    assert_eq!(refused.user_errors(), ["REQUIRED reason", "INVALID input.slug", "INVALID input.value"]);
    assert_eq!(nothing.user_errors(), ["REQUIRED input"]);
    assert_eq!(stale.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
}

async fn a_draft_of_another_kind_holds_no_correction_up(world: &World) {
    let ada = world.editor("ada").await;
    let channel = published(&ada).await;
    let mail = json!({ "kind": "EMAIL", "value": "help@example.org" });
    let channel = ada.saves("contactChannelUpdate", &channel, mail).await;

    ada.does("contactChannelUrgentCorrection", correction(&channel, json!({ "value": "01632 960124" }))).await;

    let shown = world.reader().ask(SHOWN).await.expect_ok();
    let draft = ada.reads(&channel, "... on ContactChannel { display editorial { version } }").await;
    assert_eq!(shown.text("/contactChannels/nodes/0/display"), "01632 960124");
    let kept = json!({ "display": "help@example.org", "editorial": { "version": 3 } });
    assert_eq!(draft.data("/node"), &kept);
}
