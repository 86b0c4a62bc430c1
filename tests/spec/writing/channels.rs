//! Writing the contact channels of a service.

use serde_json::{Value, json};

use crate::support::verbs::{Doc, nulls};
use crate::support::{Person, World};

specs! {
    in_a_world {
        a_channel_keeps_all_that_it_is_given,
        what_an_update_of_a_channel_leaves_out_stays,
        null_clears_a_channel_but_not_what_it_must_have,
        another_kind_of_channel_has_its_value_read_again,
        extension_and_keyword_go_with_the_kind_that_has_them,
        a_cost_that_nobody_set_follows_the_number,
        a_cost_that_somebody_set_stays_with_another_number,
    }
}

const CHANNEL: &str = "... on ContactChannel {
  kind label slug display actionUrl service { name } keyword email webUrl
  phone { e164 dialString country extension textRelayUrl }
  languages { language viaInterpreter } cost showsOnBill safetyNotes responseHours
  hours { expression timeZone holidays } verifyEveryDays suspendedUntil textRelay priority
  editorial { version externalReference }
}";

fn channel(service: &Doc) -> Value {
    json!({
        "kind": "PHONE",
        "label": "Safe line",
        "serviceId": service.id,
        "value": "01632 960 123",
        "slug": "line",
        "country": "gb",
        "extension": "42",
        "languages": [{ "language": "en" }, { "language": "CY", "viaInterpreter": true }],
        "cost": "FREE",
        "showsOnBill": "NO",
        "safetyNotes": ["The call shows in your phone's history."],
        "responseHours": 24,
        "hours": { "expression": "Mo-Fr 09:00-17:00; PH off", "timeZone": "Europe/London",
            "holidays": "ENGLAND_AND_WALES" },
        "textRelay": true,
        "priority": 5,
        "verifyEveryDays": 30,
        "suspendedUntil": "2026-08-01T00:00:00+01:00",
        "externalReference": "crm-5",
    })
}

async fn writes_whole_channel(ada: &Person) -> Doc {
    let service = ada.writes_service().await;
    ada.creates("contactChannelCreate", channel(&service)).await
}

async fn a_channel_keeps_all_that_it_is_given(world: &World) {
    let ada = world.editor("ada").await;
    let safe = ada.writes_service().await;

    let selection = format!("contactChannel {{ {CHANNEL} }} userErrors {{ code path }}");
    let arguments = json!({ "input": channel(&safe) });
    let answer = ada.tries_for("contactChannelCreate", arguments, &selection).await.expect_ok();

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "contactChannelCreate": {
          "contactChannel": {
            "kind": "PHONE",
            "label": "Safe line",
            "slug": "line",
            "display": "01632 960 123",
            "actionUrl": "tel:+441632960123;ext=42",
            "service": {
              "name": "Safe team"
            },
            "keyword": null,
            "email": null,
            "webUrl": null,
            "phone": {
              "e164": "+441632960123",
              "dialString": "+441632960123",
              "country": "GB",
              "extension": "42",
              "textRelayUrl": "tel:1800101632960123"
            },
            "languages": [
              {
                "language": "en",
                "viaInterpreter": false
              },
              {
                "language": "cy",
                "viaInterpreter": true
              }
            ],
            "cost": "FREE",
            "showsOnBill": "NO",
            "safetyNotes": [
              "The call shows in your phone's history."
            ],
            "responseHours": 24,
            "hours": {
              "expression": "Mo-Fr 09:00-17:00; PH off",
              "timeZone": "Europe/London",
              "holidays": "ENGLAND_AND_WALES"
            },
            "verifyEveryDays": 30,
            "suspendedUntil": "2026-07-31T23:00:00Z",
            "textRelay": true,
            "priority": 5,
            "editorial": {
              "version": 1,
              "externalReference": "crm-5"
            }
          },
          "userErrors": []
        }
      }
    }
    "#);
}

async fn what_an_update_of_a_channel_leaves_out_stays(world: &World) {
    let ada = world.editor("ada").await;
    let line = writes_whole_channel(&ada).await;
    let before = ada.reads(&line, CHANNEL).await;

    ada.tries_by_variables("contactChannelUpdate", line.named(), json!({})).await.expect_ok();

    let after = ada.reads(&line, CHANNEL).await;
    assert_eq!(after.told(), before.told().replace(r#""version": 1"#, r#""version": 2"#));
}

async fn null_clears_a_channel_but_not_what_it_must_have(world: &World) {
    let ada = world.editor("ada").await;
    let line = writes_whole_channel(&ada).await;
    let must_have = ["kind", "label", "serviceId", "value"];

    let refused = ada.tries("contactChannelUpdate", line.with(nulls("ContactChannelUpdateInput", &[]))).await;
    ada.saves("contactChannelUpdate", &line, nulls("ContactChannelUpdateInput", &must_have)).await;

    assert_eq!(
        refused.user_errors(),
        ["REQUIRED input.serviceId", "REQUIRED input.kind", "REQUIRED input.value", "REQUIRED input.label"]
    );
    insta::assert_snapshot!(ada.reads(&line, CHANNEL).await.told(), @r#"
    {
      "data": {
        "node": {
          "kind": "PHONE",
          "label": "Safe line",
          "slug": "safe-line",
          "display": "01632 960 123",
          "actionUrl": "tel:+441632960123",
          "service": {
            "name": "Safe team"
          },
          "keyword": null,
          "email": null,
          "webUrl": null,
          "phone": {
            "e164": "+441632960123",
            "dialString": "+441632960123",
            "country": "GB",
            "extension": null,
            "textRelayUrl": null
          },
          "languages": [],
          "cost": "STANDARD_RATE",
          "showsOnBill": "UNKNOWN",
          "safetyNotes": [],
          "responseHours": null,
          "hours": null,
          "verifyEveryDays": 90,
          "suspendedUntil": null,
          "textRelay": false,
          "priority": 100,
          "editorial": {
            "version": 2,
            "externalReference": null
          }
        }
      }
    }
    "#);
}

async fn another_kind_of_channel_has_its_value_read_again(world: &World) {
    let ada = world.editor("ada").await;
    let line = writes_whole_channel(&ada).await;

    let refused = ada.tries("contactChannelUpdate", line.with(json!({ "kind": "EMAIL" }))).await;
    let email = json!({ "kind": "EMAIL", "value": "safe@charity.example" });
    ada.saves("contactChannelUpdate", &line, email).await;

    assert_eq!(refused.user_errors(), ["INVALID input.value"]);
    let reached =
        "... on ContactChannel { kind display actionUrl email phone { dialString } textRelay cost }";
    insta::assert_snapshot!(ada.reads(&line, reached).await.told(), @r#"
    {
      "data": {
        "node": {
          "kind": "EMAIL",
          "display": "safe@charity.example",
          "actionUrl": "mailto:safe@charity.example",
          "email": "safe@charity.example",
          "phone": null,
          "textRelay": false,
          "cost": "FREE"
        }
      }
    }
    "#);
}

async fn extension_and_keyword_go_with_the_kind_that_has_them(world: &World) {
    let ada = world.editor("ada").await;
    let line = writes_whole_channel(&ada).await;

    let refused = ada.tries("contactChannelUpdate", line.with(json!({ "keyword": "SAFE" }))).await;
    let texts = json!({ "kind": "SMS", "value": "07700 900123", "keyword": "SAFE" });
    ada.saves("contactChannelUpdate", &line, texts).await;

    assert_eq!(refused.user_errors(), ["INVALID input.keyword"]);
    let reached = "... on ContactChannel { kind keyword textRelay phone { dialString extension } }";
    insta::assert_snapshot!(ada.reads(&line, reached).await.told(), @r#"
    {
      "data": {
        "node": {
          "kind": "SMS",
          "keyword": "SAFE",
          "textRelay": false,
          "phone": {
            "dialString": "+447700900123",
            "extension": null
          }
        }
      }
    }
    "#);
}

async fn a_cost_that_nobody_set_follows_the_number(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.writes_service().await;
    let line = ada.writes_channel(&service).await;
    let before = ada.reads(&line, "... on ContactChannel { cost }").await;

    ada.saves("contactChannelUpdate", &line, json!({ "value": "08081 570123" })).await;

    let after = ada.reads(&line, "... on ContactChannel { cost }").await;
    assert_eq!(before.data("/node/cost"), "STANDARD_RATE");
    assert_eq!(after.data("/node/cost"), "FREE");
}

async fn a_cost_that_somebody_set_stays_with_another_number(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.writes_service().await;
    let line = ada.writes_channel(&service).await;
    let line = ada.saves("contactChannelUpdate", &line, json!({ "cost": "CHARGED" })).await;

    ada.saves("contactChannelUpdate", &line, json!({ "value": "08081 570123" })).await;

    let after = ada.reads(&line, "... on ContactChannel { cost }").await;
    assert_eq!(after.data("/node/cost"), "CHARGED");
}
