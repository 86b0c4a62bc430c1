//! Writing statistics, and sets of them.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::drafts::{figure, set};
use crate::support::verbs::nulls;

specs! {
    in_a_world {
        a_statistic_keeps_all_that_it_is_given,
        what_an_update_of_a_statistic_leaves_out_stays,
        null_clears_a_statistic_but_not_what_it_must_have,
        a_set_keeps_all_that_it_is_given,
        what_an_update_of_a_set_leaves_out_stays,
        null_clears_a_set_but_not_what_it_must_have,
    }
}

const STATISTIC: &str = "... on Statistic {
  name slug definition unit per currency population statementPattern topics { name }
  editorial { version externalReference }
}";
const SET: &str = "... on StatisticSet {
  title slug subtitle total isComplete parts { label period figure { value } statistic { name } }
  editorial { version externalReference }
}";

/// A rate with every field; the topic is made before.
fn rate(topic: &str) -> Value {
    json!({
        "name": "Victims per 100,000",
        "definition": "Detected victims for each 100,000 people",
        "unit": "RATE",
        "per": 100_000,
        "population": "People living there",
        "slug": "victims-per-100000",
        "statement": "{ $value } of 100,000 people were detected victims",
        "topicIds": [topic],
        "externalReference": "sheet-3",
    })
}

async fn a_statistic_keeps_all_that_it_is_given(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;

    let selection = format!("statistic {{ {STATISTIC} }} userErrors {{ code path }}");
    let arguments = json!({ "input": rate(&topic.id) });
    let answer = ada.tries_for("statisticCreate", arguments, &selection).await.expect_ok();

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "statisticCreate": {
          "statistic": {
            "name": "Victims per 100,000",
            "slug": "victims-per-100000",
            "definition": "Detected victims for each 100,000 people",
            "unit": "RATE",
            "per": 100000,
            "currency": null,
            "population": "People living there",
            "statementPattern": "{ $value } of 100,000 people were detected victims",
            "topics": [
              {
                "name": "Modern slavery"
              }
            ],
            "editorial": {
              "version": 1,
              "externalReference": "sheet-3"
            }
          },
          "userErrors": []
        }
      }
    }
    "#);
}

async fn what_an_update_of_a_statistic_leaves_out_stays(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    let statistic = ada.creates("statisticCreate", rate(&topic.id)).await;
    let before = ada.reads(&statistic, STATISTIC).await;

    ada.tries_by_variables("statisticUpdate", statistic.named(), json!({})).await.expect_ok();

    let after = ada.reads(&statistic, STATISTIC).await;
    assert_eq!(after.told(), before.told().replace(r#""version": 1"#, r#""version": 2"#));
}

async fn null_clears_a_statistic_but_not_what_it_must_have(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    let statistic = ada.creates("statisticCreate", rate(&topic.id)).await;
    let must_have = ["name", "definition", "unit", "population", "per"];

    let refused = ada.tries("statisticUpdate", statistic.with(nulls("StatisticUpdateInput", &[]))).await;
    ada.saves("statisticUpdate", &statistic, nulls("StatisticUpdateInput", &must_have)).await;

    assert_eq!(
        refused.user_errors(),
        [
            "REQUIRED input.unit",
            "REQUIRED input.per",
            "REQUIRED input.name",
            "REQUIRED input.definition",
            "REQUIRED input.population"
        ]
    );
    insta::assert_snapshot!(ada.reads(&statistic, STATISTIC).await.told(), @r#"
    {
      "data": {
        "node": {
          "name": "Victims per 100,000",
          "slug": "victims-per-100-000",
          "definition": "Detected victims for each 100,000 people",
          "unit": "RATE",
          "per": 100000,
          "currency": null,
          "population": "People living there",
          "statementPattern": null,
          "topics": [],
          "editorial": {
            "version": 2,
            "externalReference": null
          }
        }
      }
    }
    "#);
}

async fn a_set_keeps_all_that_it_is_given(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let women = ada.writes_statistic_from(&source).await;
    let women = ada.writes_figure(&women, figure(&source, 2022, "39")).await;
    let men = ada.writes_statistic_from(&source).await;
    let input = json!({
        "title": "Half of those found are women",
        "subtitle": "Detected victims, world, 2016",
        "parts": [
            { "label": "Women", "statisticId": women.id, "period": "2016" },
            { "label": "Men", "statisticId": men.id },
        ],
        "slug": "who-is-found",
        "isComplete": true,
        "externalReference": "sheet-4",
    });

    let selection = format!("statisticSet {{ {SET} }} userErrors {{ code path }}");
    let answer = ada.tries_for("statisticSetCreate", json!({ "input": input }), &selection).await.expect_ok();

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "statisticSetCreate": {
          "statisticSet": {
            "title": "Half of those found are women",
            "slug": "who-is-found",
            "subtitle": "Detected victims, world, 2016",
            "total": "98",
            "isComplete": true,
            "parts": [
              {
                "label": "Women",
                "period": "2016",
                "figure": {
                  "value": "49"
                },
                "statistic": {
                  "name": "Women among detected victims"
                }
              },
              {
                "label": "Men",
                "period": null,
                "figure": {
                  "value": "49"
                },
                "statistic": {
                  "name": "Women among detected victims"
                }
              }
            ],
            "editorial": {
              "version": 1,
              "externalReference": "sheet-4"
            }
          },
          "userErrors": []
        }
      }
    }
    "#);
}

async fn what_an_update_of_a_set_leaves_out_stays(world: &World) {
    let ada = world.editor("ada").await;
    let statistic = ada.writes_statistic().await;
    let mut input = set(&statistic);
    input["isComplete"] = true.into();
    input["externalReference"] = "sheet-4".into();
    let found = ada.creates("statisticSetCreate", input).await;
    let before = ada.reads(&found, SET).await;

    ada.tries_by_variables("statisticSetUpdate", found.named(), json!({})).await.expect_ok();

    let after = ada.reads(&found, SET).await;
    assert_eq!(after.told(), before.told().replace(r#""version": 1"#, r#""version": 2"#));
}

async fn null_clears_a_set_but_not_what_it_must_have(world: &World) {
    let ada = world.editor("ada").await;
    let statistic = ada.writes_statistic().await;
    let mut input = set(&statistic);
    input["isComplete"] = true.into();
    input["externalReference"] = "sheet-4".into();
    input["slug"] = "found".into();
    let found = ada.creates("statisticSetCreate", input).await;
    let must_have = ["title", "subtitle", "parts"];

    let refused = ada.tries("statisticSetUpdate", found.with(nulls("StatisticSetUpdateInput", &[]))).await;
    ada.saves("statisticSetUpdate", &found, nulls("StatisticSetUpdateInput", &must_have)).await;

    assert_eq!(
        refused.user_errors(),
        ["REQUIRED input.parts", "REQUIRED input.title", "REQUIRED input.subtitle"]
    );
    insta::assert_snapshot!(ada.reads(&found, SET).await.told(), @r#"
    {
      "data": {
        "node": {
          "title": "Who is found",
          "slug": "who-is-found",
          "subtitle": "Detected victims, world, 2016",
          "total": "49",
          "isComplete": false,
          "parts": [
            {
              "label": "Women",
              "period": null,
              "figure": {
                "value": "49"
              },
              "statistic": {
                "name": "Women among detected victims"
              }
            }
          ],
          "editorial": {
            "version": 2,
            "externalReference": null
          }
        }
      }
    }
    "#);
}
