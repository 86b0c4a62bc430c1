//! Statistics and their figures.

use serde_json::{Value, json};

use super::support::verbs::Doc;
use super::support::{Person, World};

specs! {
    in_a_world {
        a_published_figure_is_read_with_every_digit,
        the_latest_figure_is_that_of_the_newest_period,
        without_an_area_it_is_that_of_the_newest_figure,
        figures_are_paged_newest_period_first,
        a_published_figure_is_changed_by_a_correction_only,
        a_correction_reaches_readers_at_once_and_stays_on_record,
        a_correction_publishes_nothing_else,
        a_removed_figure_disappears_with_the_next_publication,
        a_caveat_is_read_in_the_readers_language,
        a_figure_is_a_node_while_its_statistic_is_in_sight,
        statistics_are_found_by_source_unit_and_review,
        a_statistic_with_corrections_is_deleted_for_good,
        the_number_of_statements_does_not_grow_with_the_list,
    }
}

const FIGURES: &str = r#"{ statistic(slug: "women-share") {
  figure { value period { label } isLatest area { name } }
  earlier: figure(period: "2016") { value isLatest corrections { previousValue reason } }
  figures { totalCount nodes { value } }
} }"#;

pub(super) async fn source(ada: &Person) -> Doc {
    let input = json!({ "title": "Global Report", "slug": "global-report", "publisher": "UNODC", "kind": "INTERNATIONAL_BODY" });
    ada.creates("sourceCreate", input).await
}

pub(super) async fn statistic(ada: &Person, slug: &str) -> Doc {
    let input = json!({
        "name": slug, "slug": slug, "definition": "A share.", "unit": "PERCENT", "population": "Detected victims.",
    });
    ada.creates_in("en", "statisticCreate", input).await
}

pub(super) fn figure(value: &str, year: &str, source: &Doc) -> Value {
    json!({
        "value": value,
        "period": { "label": year, "start": format!("{year}-01-01"), "end": format!("{year}-12-31") },
        "area": { "scheme": "M49", "code": "001" },
        "sourceId": source.id,
        "locator": "Page 25",
    })
}

pub(super) fn upsert(statistic: &Doc, input: &Value) -> Value {
    json!({ "statisticId": statistic.id, "expectedVersion": statistic.version, "input": input })
}

/// The share of women in 2016, published.
pub(super) async fn women(ada: &Person) -> (Doc, Doc) {
    let source = source(ada).await;
    let women = statistic(ada, "women-share").await;
    let women = ada.does("figureUpsert", upsert(&women, &figure("49", "2016", &source))).await;
    (ada.publishes(&women).await, source)
}

async fn figure_id(reader: &Person) -> String {
    let answer = reader.ask(r#"{ statistic(slug: "women-share") { figure(period: "2016") { id } } }"#).await;
    answer.expect_ok().text("/statistic/figure/id").to_owned()
}

fn correction(figure: &str, statistic: &Doc, value: &str) -> Value {
    json!({ "figureId": figure, "expectedVersion": statistic.version, "value": value, "reason": "Typing error" })
}

/// Adds a figure for each of several years.
async fn of_years(ada: &Person, mut statistic: Doc, source: &Doc, years: &[&str]) -> Doc {
    for year in years {
        statistic = ada.does("figureUpsert", upsert(&statistic, &figure("40", year, source))).await;
    }
    statistic
}

/// Publishes many statistics with a figure each.
async fn publishes_statistics(ada: &Person, count: usize, source: &Doc) {
    for number in 1..=count {
        let next = statistic(ada, &format!("share-{number}")).await;
        let next = ada.does("figureUpsert", upsert(&next, &figure("7", "2016", source))).await;
        ada.publishes(&next).await;
    }
}

async fn a_published_figure_is_read_with_every_digit(world: &World) {
    let ada = world.editor("ada").await;
    let source = source(&ada).await;
    let women = statistic(&ada, "women-share").await;
    let women =
        ada.does("figureUpsert", upsert(&women, &figure("1234567890123456789.0", "2016", &source))).await;
    ada.publishes(&women).await;

    let answer = world.reader().ask(FIGURES).await;

    assert_eq!(answer.expect_ok().data("/statistic/figure/value"), "1234567890123456789.0");
}

async fn the_latest_figure_is_that_of_the_newest_period(world: &World) {
    let ada = world.editor("ada").await;
    let (women, source) = women(&ada).await;
    let women = ada.does("figureUpsert", upsert(&women, &figure("39", "2022", &source))).await;
    let women = ada.does("figureUpsert", upsert(&women, &figure("46", "2018", &source))).await;
    ada.publishes(&women).await;

    let answer = world.reader().ask(FIGURES).await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "statistic": {
          "figure": {
            "value": "39",
            "period": {
              "label": "2022"
            },
            "isLatest": true,
            "area": {
              "name": "World"
            }
          },
          "earlier": {
            "value": "49",
            "isLatest": false,
            "corrections": []
          },
          "figures": {
            "totalCount": 3,
            "nodes": [
              {
                "value": "39"
              },
              {
                "value": "46"
              },
              {
                "value": "49"
              }
            ]
          }
        }
      }
    }
    "#);
}

async fn without_an_area_it_is_that_of_the_newest_figure(world: &World) {
    let ada = world.editor("ada").await;
    let (women, source) = women(&ada).await;
    let mut wales = figure("30", "2018", &source);
    wales["area"] = json!({ "scheme": "ISO3166_2", "code": "gb-wls" });
    let women = ada.does("figureUpsert", upsert(&women, &wales)).await;
    ada.publishes(&women).await;

    let answer = world
        .reader()
        .ask(
            r#"{ statistic(slug: "women-share") {
              newest: figure { value area { scheme code name } }
              elsewhere: figure(period: "2016") { value }
              world: figure(area: { scheme: M49, code: "001" }) { value isLatest }
            } }"#,
        )
        .await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "statistic": {
          "newest": {
            "value": "30",
            "area": {
              "scheme": "ISO3166_2",
              "code": "GB-WLS",
              "name": "Wales"
            }
          },
          "elsewhere": null,
          "world": {
            "value": "49",
            "isLatest": true
          }
        }
      }
    }
    "#);
}

async fn figures_are_paged_newest_period_first(world: &World) {
    let ada = world.editor("ada").await;
    let (women, source) = women(&ada).await;
    let women = of_years(&ada, women, &source, &["2020", "2018", "2022", "2014"]).await;
    ada.publishes(&women).await;
    let page = r#"query($after: String, $before: String, $first: Int, $last: Int) { statistic(slug: "women-share") {
      figures(first: $first, after: $after, last: $last, before: $before) {
        totalCount nodes { period { label } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      } } }"#;
    let reader = world.reader();
    let years = |answer: &super::support::Answer| {
        let nodes = answer.data("/statistic/figures/nodes").as_array().cloned().unwrap_or_default();
        nodes
            .iter()
            .map(|node| node["period"]["label"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };

    let first = reader.ask_with(page, json!({ "first": 2 })).await.expect_ok();
    let end = first.text("/statistic/figures/pageInfo/endCursor");
    let second = reader.ask_with(page, json!({ "first": 3, "after": end })).await.expect_ok();
    let start = second.text("/statistic/figures/pageInfo/startCursor");
    let back = reader.ask_with(page, json!({ "last": 1, "before": start })).await.expect_ok();

    assert_eq!(years(&first), ["2022", "2020"]);
    assert_eq!(years(&second), ["2018", "2016", "2014"]);
    assert_eq!(years(&back), ["2020"]);
    assert_eq!(second.data("/statistic/figures/totalCount"), 5);
    assert_eq!(second.data("/statistic/figures/pageInfo/hasNextPage"), &json!(false));
}

async fn a_published_figure_is_changed_by_a_correction_only(world: &World) {
    let ada = world.editor("ada").await;
    let (women, source) = women(&ada).await;

    let changed = ada.tries("figureUpsert", upsert(&women, &figure("48", "2016", &source))).await;
    let same = ada.tries("figureUpsert", upsert(&women, &figure("49", "2016", &source))).await;

    assert_eq!(changed.user_errors(), ["NOT_ALLOWED_IN_STATE input.value"]);
    assert_eq!(same.user_errors(), [""; 0]);
}

async fn a_correction_reaches_readers_at_once_and_stays_on_record(world: &World) {
    let ada = world.editor("ada").await;
    let (women, _) = women(&ada).await;
    let figure = figure_id(&world.reader()).await;

    let corrected = ada.does("figureCorrect", correction(&figure, &women, "48")).await;

    let answer = world.reader().ask(FIGURES).await;
    assert_eq!(corrected.version, women.version + 1);
    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "statistic": {
          "figure": {
            "value": "48",
            "period": {
              "label": "2016"
            },
            "isLatest": true,
            "area": {
              "name": "World"
            }
          },
          "earlier": {
            "value": "48",
            "isLatest": true,
            "corrections": [
              {
                "previousValue": "49",
                "reason": "Typing error"
              }
            ]
          },
          "figures": {
            "totalCount": 1,
            "nodes": [
              {
                "value": "48"
              }
            ]
          }
        }
      }
    }
    "#);
    let state = ada
        .with_drafts()
        .ask(r#"{ statistic(slug: "women-share") { figure { value } editorial { hasUnpublishedChanges } } }"#)
        .await
        .expect_ok();
    assert_eq!(state.data("/statistic/editorial/hasUnpublishedChanges"), &json!(false));
    assert_eq!(state.data("/statistic/figure/value"), "48");
}

async fn a_correction_publishes_nothing_else(world: &World) {
    let ada = world.editor("ada").await;
    let (women, source) = women(&ada).await;
    let women = ada.does("figureUpsert", upsert(&women, &figure("39", "2022", &source))).await;

    ada.does("figureCorrect", correction(&figure_id(&world.reader()).await, &women, "48")).await;

    let answer = world.reader().ask(FIGURES).await.expect_ok();
    assert_eq!(answer.data("/statistic/figure/value"), "48");
    let draft = ada.with_drafts().ask(FIGURES).await.expect_ok();
    assert_eq!(draft.data("/statistic/figure/value"), "39");
    assert_eq!(draft.data("/statistic/earlier/value"), "48");
}

async fn a_removed_figure_disappears_with_the_next_publication(world: &World) {
    let ada = world.editor("ada").await;
    let (women, _) = women(&ada).await;
    let figure = figure_id(&world.reader()).await;

    let women =
        ada.does("figureRemove", json!({ "figureId": figure, "expectedVersion": women.version })).await;

    let before = world.reader().ask(FIGURES).await.expect_ok();
    ada.publishes(&women).await;
    let after = world.reader().ask(FIGURES).await.expect_ok();
    assert_eq!(before.data("/statistic/figures/totalCount"), 1);
    assert_eq!(after.data("/statistic/figures/totalCount"), 0);
    assert_eq!(after.data("/statistic/figure"), &json!(null));
}

async fn a_caveat_is_read_in_the_readers_language(world: &World) {
    let ada = world.editor("ada").await;
    let (women, source) = women(&ada).await;
    let mut input = figure("49", "2016", &source);
    input["caveat"] = "Detected victims only.".into();
    let women = ada.does("figureUpsert", upsert(&women, &input)).await;
    input["caveat"] = "Dioddefwyr a ganfuwyd yn unig.".into();
    let mut arguments = upsert(&women, &input);
    arguments["language"] = "cy".into();
    ada.publishes(&ada.does("figureUpsert", arguments).await).await;

    let caveat = r#"{ statistic(slug: "women-share") { figure { caveat caveatLanguage } } }"#;
    let welsh = world.reader().in_languages("cy").ask(caveat).await.expect_ok();
    let persian = world.reader().in_languages("fa").ask(caveat).await.expect_ok();

    assert_eq!(welsh.data("/statistic/figure/caveat"), "Dioddefwyr a ganfuwyd yn unig.");
    assert_eq!(persian.data("/statistic/figure/caveat"), "Detected victims only.");
    assert_eq!(
        [welsh, persian].map(|answer| answer.data("/statistic/figure/caveatLanguage").clone()),
        [json!("cy"), json!("en")]
    );
}

async fn a_figure_is_a_node_while_its_statistic_is_in_sight(world: &World) {
    let ada = world.editor("ada").await;
    let (women, _) = women(&ada).await;
    let figure = json!({ "id": figure_id(&world.reader()).await });
    let node =
        "query($id: ID!) { node(id: $id) { ... on Figure { value statistic { slug } source { slug } } } }";
    let seen = world.reader().ask_with(node, figure.clone()).await.expect_ok();

    ada.withdraws(&women, "Under review").await;

    let gone = world.reader().ask_with(node, figure).await.expect_ok();
    assert_eq!(seen.data("/node/statistic/slug"), "women-share");
    assert_eq!(seen.data("/node/source/slug"), "global-report");
    assert_eq!(gone.data("/node"), &json!(null));
}

async fn statistics_are_found_by_source_unit_and_review(world: &World) {
    let ada = world.editor("ada").await;
    women(&ada).await;
    let empty = statistic(&ada, "no-figures").await;
    ada.publishes(&empty).await;

    let answer = world
        .reader()
        .ask(
            r#"{
              bySource: statistics(filter: { source: { eq: "global-report" } }) { totalCount nodes { slug } }
              without: statistics(filter: { source: { exists: false } }) { nodes { slug } }
              byUnit: statistics(filter: { unit: [COUNT, PERCENT] }) { totalCount }
              noUnit: statistics(filter: { unit: [] }) { totalCount }
              due: statistics(filter: { reviewDueBefore: "2199-01-01" }, sort: REVIEW_DUE) { nodes { slug } }
              inOrder: statistics(sort: REVIEW_DUE) { nodes { slug } }
            }"#,
        )
        .await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "bySource": {
          "totalCount": 1,
          "nodes": [
            {
              "slug": "women-share"
            }
          ]
        },
        "without": {
          "nodes": [
            {
              "slug": "no-figures"
            }
          ]
        },
        "byUnit": {
          "totalCount": 2
        },
        "noUnit": {
          "totalCount": 0
        },
        "due": {
          "nodes": [
            {
              "slug": "women-share"
            }
          ]
        },
        "inOrder": {
          "nodes": [
            {
              "slug": "women-share"
            },
            {
              "slug": "no-figures"
            }
          ]
        }
      }
    }
    "#);
}

async fn a_statistic_with_corrections_is_deleted_for_good(world: &World) {
    let ada = world.editor("ada").await;
    let (women, _) = women(&ada).await;
    let women = ada.does("figureCorrect", correction(&figure_id(&world.reader()).await, &women, "48")).await;

    let deleted =
        ada.tries("contentDelete", json!({ "id": women.id, "expectedVersion": women.version })).await;

    assert_eq!(deleted.expect_ok().user_errors(), [""; 0]);
}

async fn the_number_of_statements_does_not_grow_with_the_list(world: &World) {
    let list = r"{ statistics(first: 50) { nodes {
      name figure { value source { title } corrections { reason } } figures(first: 3) { totalCount nodes { value } }
      topics { name } sets { title parts { figure { value } } }
    } } }";
    let ada = world.editor("ada").await;
    let (_, source) = women(&ada).await;
    let few = world.reader().ask(list).await.expect_ok();

    publishes_statistics(&ada, 20, &source).await;

    let many = world.reader().ask(list).await.expect_ok();
    assert_eq!(many.data("/statistics/nodes").as_array().map(Vec::len), Some(21));
    assert_eq!(many.statements, few.statements);
}
