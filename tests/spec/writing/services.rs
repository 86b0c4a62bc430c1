//! Writing services.

use serde_json::{Value, json};

use crate::support::verbs::nulls;
use crate::support::{Person, World};

specs! {
    in_a_world {
        a_service_keeps_all_that_it_is_given,
        what_an_update_of_a_service_leaves_out_stays,
        null_clears_a_service_but_not_its_name,
    }
}

const SERVICE: &str = "... on Service {
  name slug summary body { markdown } status alert { text from until } audience { minAge maxAge roles }
  topics { name } coverage { scheme code name } confidentiality { level statement }
  editorial { version externalReference }
}";

async fn service(ada: &Person) -> Value {
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    json!({
        "name": "Safe team",
        "slug": "safe",
        "summary": "For young people who are being exploited.",
        "body": "We *listen*.",
        "status": "TEMPORARILY_CLOSED",
        "alert": { "text": "Phones are down today", "from": "2026-07-01T08:00:00Z", "until": "2026-07-02T08:00:00Z" },
        "audience": { "minAge": 11, "maxAge": 25, "roles": ["YOUNG_PERSON", "PARENT_CARER"] },
        "topicIds": [topic.id],
        "coverage": [{ "scheme": "ISO3166_2", "code": "gb-wls" }],
        "confidentiality": { "level": "CONFIDENTIAL_WITH_LIMITS", "statement": "Unless somebody is in danger." },
        "externalReference": "crm-4",
    })
}

async fn a_service_keeps_all_that_it_is_given(world: &World) {
    let ada = world.editor("ada").await;
    let input = service(&ada).await;

    let selection = format!("service {{ {SERVICE} }} userErrors {{ code path }}");
    let answer = ada.tries_for("serviceCreate", json!({ "input": input }), &selection).await.expect_ok();

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "serviceCreate": {
          "service": {
            "name": "Safe team",
            "slug": "safe",
            "summary": "For young people who are being exploited.",
            "body": {
              "markdown": "We *listen*."
            },
            "status": "TEMPORARILY_CLOSED",
            "alert": {
              "text": "Phones are down today",
              "from": "2026-07-01T08:00:00Z",
              "until": "2026-07-02T08:00:00Z"
            },
            "audience": {
              "minAge": 11,
              "maxAge": 25,
              "roles": [
                "YOUNG_PERSON",
                "PARENT_CARER"
              ]
            },
            "topics": [
              {
                "name": "Modern slavery"
              }
            ],
            "coverage": [
              {
                "scheme": "ISO3166_2",
                "code": "GB-WLS",
                "name": "Wales"
              }
            ],
            "confidentiality": {
              "level": "CONFIDENTIAL_WITH_LIMITS",
              "statement": "Unless somebody is in danger."
            },
            "editorial": {
              "version": 1,
              "externalReference": "crm-4"
            }
          },
          "userErrors": []
        }
      }
    }
    "#);
}

async fn what_an_update_of_a_service_leaves_out_stays(world: &World) {
    let ada = world.editor("ada").await;
    let input = service(&ada).await;
    let safe = ada.creates("serviceCreate", input).await;
    let before = ada.reads(&safe, SERVICE).await;

    ada.tries_by_variables("serviceUpdate", safe.named(), json!({})).await.expect_ok();

    let after = ada.reads(&safe, SERVICE).await;
    assert_eq!(after.told(), before.told().replace(r#""version": 1"#, r#""version": 2"#));
}

async fn null_clears_a_service_but_not_its_name(world: &World) {
    let ada = world.editor("ada").await;
    let input = service(&ada).await;
    let safe = ada.creates("serviceCreate", input).await;

    let refused = ada.tries("serviceUpdate", safe.with(nulls("ServiceUpdateInput", &[]))).await;
    ada.saves("serviceUpdate", &safe, nulls("ServiceUpdateInput", &["name"])).await;

    assert_eq!(refused.user_errors(), ["REQUIRED input.name"]);
    insta::assert_snapshot!(ada.reads(&safe, SERVICE).await.told(), @r#"
    {
      "data": {
        "node": {
          "name": "Safe team",
          "slug": "safe-team",
          "summary": null,
          "body": {
            "markdown": ""
          },
          "status": "ACTIVE",
          "alert": null,
          "audience": {
            "minAge": null,
            "maxAge": null,
            "roles": []
          },
          "topics": [],
          "coverage": [],
          "confidentiality": null,
          "editorial": {
            "version": 2,
            "externalReference": null
          }
        }
      }
    }
    "#);
}
