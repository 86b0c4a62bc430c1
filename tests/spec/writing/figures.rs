//! Writing the figures of a statistic.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::drafts::figure;

specs! {
    in_a_world {
        a_figure_keeps_all_that_it_is_given,
        what_an_upsert_of_a_figure_leaves_out_stays,
        null_clears_a_figure_but_not_what_it_must_have,
        a_figure_of_another_period_is_another_figure,
        a_figure_keeps_the_digits_of_its_source,
        a_figure_that_is_removed_is_gone_from_the_draft,
    }
}

const FIGURE: &str = "... on Statistic { figure {
  value qualifier lower upper period { label start end } area { scheme code name } source { title }
  locator quote caveat reviewDueOn isLatest corrections { previousValue }
} editorial { version } }";
const FIGURES: &str = "... on Statistic { figures { nodes { value period { label } isLatest } totalCount } }";

/// A range with every field.
fn range(source: &str) -> Value {
    json!({
        "value": "49.0",
        "qualifier": "RANGE",
        "lower": "48.25",
        "upper": "50",
        "period": { "label": "2016/17", "start": "2016-04-01", "end": "2017-03-31" },
        "area": { "scheme": "ISO3166_1", "code": "gb" },
        "sourceId": source,
        "locator": "Table 4",
        "quote": "Some 49 per cent were women.",
        "caveat": "Detected victims only.",
        "reviewDueOn": "2026-12-31",
    })
}

async fn a_figure_keeps_all_that_it_is_given(world: &World) {
    let ada = world.editor("ada").await;
    let statistic = ada.writes_statistic().await;
    let source = ada
        .creates("sourceCreate", json!({ "title": "Own count", "publisher": "Us", "kind": "OTHER" }))
        .await;

    let saved = ada.writes_figure(&statistic, range(&source.id)).await;

    assert_eq!(saved.version, 3);
    insta::assert_snapshot!(ada.reads(&saved, FIGURE).await.told(), @r#"
    {
      "data": {
        "node": {
          "figure": {
            "value": "49.0",
            "qualifier": "RANGE",
            "lower": "48.25",
            "upper": "50",
            "period": {
              "label": "2016/17",
              "start": "2016-04-01",
              "end": "2017-03-31"
            },
            "area": {
              "scheme": "ISO3166_1",
              "code": "GB",
              "name": "United Kingdom"
            },
            "source": {
              "title": "Own count"
            },
            "locator": "Table 4",
            "quote": "Some 49 per cent were women.",
            "caveat": "Detected victims only.",
            "reviewDueOn": "2026-12-31",
            "isLatest": true,
            "corrections": []
          },
          "editorial": {
            "version": 3
          }
        }
      }
    }
    "#);
}

async fn what_an_upsert_of_a_figure_leaves_out_stays(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let statistic = ada.writes_statistic_from(&source).await;
    let statistic = ada.writes_figure(&statistic, range(&source.id)).await;
    let before = ada.reads(&statistic, FIGURE).await;
    let needed = json!({
        "value": "49.0", "qualifier": "RANGE", "sourceId": source.id,
        "period": { "label": "2016/17", "start": "2016-04-01", "end": "2017-03-31" },
        "area": { "scheme": "ISO3166_1", "code": "GB" },
    });

    let which = json!({ "statisticId": statistic.id, "expectedVersion": statistic.version });
    ada.tries_by_variables("figureUpsert", which, needed).await.expect_ok();

    let after = ada.reads(&statistic, FIGURE).await;
    assert_eq!(after.told(), before.told().replace(r#""version": 3"#, r#""version": 4"#));
}

async fn null_clears_a_figure_but_not_what_it_must_have(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let statistic = ada.writes_statistic_from(&source).await;
    let statistic = ada.writes_figure(&statistic, range(&source.id)).await;
    let mut cleared = range(&source.id);
    cleared["qualifier"] = "ABOUT".into();
    cleared["lower"] = Value::Null;
    cleared["upper"] = Value::Null;
    cleared["locator"] = Value::Null;
    cleared["quote"] = Value::Null;
    cleared["caveat"] = Value::Null;
    cleared["reviewDueOn"] = Value::Null;

    ada.writes_figure(&statistic, cleared).await;

    insta::assert_snapshot!(ada.reads(&statistic, FIGURE).await.told(), @r#"
    {
      "data": {
        "node": {
          "figure": {
            "value": "49.0",
            "qualifier": "ABOUT",
            "lower": null,
            "upper": null,
            "period": {
              "label": "2016/17",
              "start": "2016-04-01",
              "end": "2017-03-31"
            },
            "area": {
              "scheme": "ISO3166_1",
              "code": "GB",
              "name": "United Kingdom"
            },
            "source": {
              "title": "Global Report on Trafficking in Persons 2018"
            },
            "locator": null,
            "quote": null,
            "caveat": null,
            "reviewDueOn": "2027-07-01",
            "isLatest": true,
            "corrections": []
          },
          "editorial": {
            "version": 4
          }
        }
      }
    }
    "#);
}

async fn a_figure_of_another_period_is_another_figure(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let statistic = ada.writes_statistic_from(&source).await;

    let statistic = ada.writes_figure(&statistic, figure(&source, 2022, "39")).await;
    ada.writes_figure(&statistic, figure(&source, 2018, "46")).await;

    insta::assert_snapshot!(ada.reads(&statistic, FIGURES).await.told(), @r#"
    {
      "data": {
        "node": {
          "figures": {
            "nodes": [
              {
                "value": "39",
                "period": {
                  "label": "2022"
                },
                "isLatest": true
              },
              {
                "value": "46",
                "period": {
                  "label": "2018"
                },
                "isLatest": false
              },
              {
                "value": "49",
                "period": {
                  "label": "2016"
                },
                "isLatest": false
              }
            ],
            "totalCount": 3
          }
        }
      }
    }
    "#);
}

async fn a_figure_keeps_the_digits_of_its_source(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let statistic = ada.writes_statistic_from(&source).await;
    let statistic = ada.writes_figure(&statistic, figure(&source, 2017, "12345678901234567890")).await;
    let statistic = ada.writes_figure(&statistic, figure(&source, 2018, "1234567890.0123456789")).await;
    let statistic = ada.writes_figure(&statistic, figure(&source, 2019, "-0.30")).await;

    let refused = ada
        .tries(
            "figureUpsert",
            json!({ "statisticId": statistic.id, "expectedVersion": statistic.version,
                "input": figure(&source, 2020, "123456789012345678901") }),
        )
        .await;

    assert_eq!(refused.user_errors(), ["TOO_LONG input.value"]);
    insta::assert_snapshot!(ada.reads(&statistic, FIGURES).await.told(), @r#"
    {
      "data": {
        "node": {
          "figures": {
            "nodes": [
              {
                "value": "-0.30",
                "period": {
                  "label": "2019"
                },
                "isLatest": true
              },
              {
                "value": "1234567890.0123456789",
                "period": {
                  "label": "2018"
                },
                "isLatest": false
              },
              {
                "value": "12345678901234567890",
                "period": {
                  "label": "2017"
                },
                "isLatest": false
              },
              {
                "value": "49",
                "period": {
                  "label": "2016"
                },
                "isLatest": false
              }
            ],
            "totalCount": 4
          }
        }
      }
    }
    "#);
}

async fn a_figure_that_is_removed_is_gone_from_the_draft(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let statistic = ada.writes_statistic_from(&source).await;
    let statistic = ada.writes_figure(&statistic, figure(&source, 2022, "39")).await;
    let latest = ada.figure_of(&statistic).await;

    let saved =
        ada.does("figureRemove", json!({ "figureId": latest, "expectedVersion": statistic.version })).await;

    assert_eq!(saved.version, statistic.version + 1);
    insta::assert_snapshot!(ada.reads(&statistic, FIGURES).await.told(), @r#"
    {
      "data": {
        "node": {
          "figures": {
            "nodes": [
              {
                "value": "49",
                "period": {
                  "label": "2016"
                },
                "isLatest": true
              }
            ],
            "totalCount": 1
          }
        }
      }
    }
    "#);
}
