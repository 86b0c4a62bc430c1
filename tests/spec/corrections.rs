//! What changes for readers at once: corrected figures, recorded goals, topics, people and sources.

pub(crate) mod channels;

use serde_json::{Value, json};

use super::support::drafts::figure;
use super::support::verbs::Doc;
use super::support::{Person, World};

specs! {
    in_a_world {
        a_correction_shows_everywhere_on_the_next_request,
        the_old_value_stays_on_record_for_everybody,
        a_correction_publishes_nothing_else_of_the_draft,
        a_correction_of_what_is_not_published_is_refused,
        all_that_is_wrong_with_a_correction_is_told_at_once,
        a_correction_stays_within_the_bounds_of_a_range,
        bounds_exactness_and_the_source_s_words_are_corrected_too,
        what_a_correction_leaves_out_stays_also_as_variables,
        a_published_figure_is_not_changed_by_an_upsert,
        a_caveat_and_a_review_date_of_a_published_figure_may_change,
        a_figure_that_was_removed_and_put_back_is_still_protected,
        a_recorded_goal_shows_at_once_and_publishes_nothing_else,
        a_goal_that_is_not_published_is_not_found,
        a_topic_is_seen_while_something_published_is_on_it,
        a_source_is_seen_while_a_published_figure_is_from_it,
        a_change_of_a_person_shows_at_once,
    }
}

/// A published statistic in a published set and on a published campaign, and its figure.
async fn published(ada: &Person) -> (Doc, String) {
    let statistic = ada.publishes(&ada.writes_statistic().await).await;
    ada.publishes(&ada.writes_set(&statistic).await).await;
    let input =
        json!({ "name": "World Day", "observance": { "kind": "ANNOUNCED" }, "statisticIds": [statistic.id] });
    let campaign = ada.creates("campaignCreate", input).await;
    ada.publishes(&campaign).await;
    let figure = ada.figure_of(&statistic).await;
    (statistic, figure)
}

fn correction(statistic: &Doc, figure: &str, value: &str) -> Value {
    json!({ "figureId": figure, "expectedVersion": statistic.version, "value": value, "reason": "A misprint" })
}

const EVERYWHERE: &str = "{
  statistics { nodes { figure { value } figures { nodes { value } } } }
  statisticSets { nodes { total parts { figure { value } } } }
  campaigns { nodes { statistics { figure { value } } } }
  sources { nodes { statistics { nodes { figure { value } } } } }
}";

async fn a_correction_shows_everywhere_on_the_next_request(world: &World) {
    let ada = world.editor("ada").await;
    let (statistic, figure) = published(&ada).await;
    let before = world.reader().ask(EVERYWHERE).await.expect_ok();

    ada.does("figureCorrect", correction(&statistic, &figure, "48")).await;

    let after = world.reader().ask(EVERYWHERE).await.expect_ok();
    assert_eq!(before.body.matches(r#""49""#).count(), 6);
    assert_eq!(after.body, before.body.replace(r#""49""#, r#""48""#));
}

async fn the_old_value_stays_on_record_for_everybody(world: &World) {
    let ada = world.editor("ada").await;
    let (statistic, figure) = published(&ada).await;
    world.clock.set("2026-07-02T09:00:00Z");
    let statistic = ada.does("figureCorrect", correction(&statistic, &figure, "48")).await;
    world.clock.set("2026-07-03T09:00:00Z");
    ada.does("figureCorrect", correction(&statistic, &figure, "48.0")).await;

    let query =
        "{ statistics { nodes { figure { value corrections { previousValue reason correctedAt } } } } }";
    let answer = world.reader().ask(query).await.expect_ok();

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "statistics": {
          "nodes": [
            {
              "figure": {
                "value": "48.0",
                "corrections": [
                  {
                    "previousValue": "48",
                    "reason": "A misprint",
                    "correctedAt": "2026-07-03T09:00:00Z"
                  },
                  {
                    "previousValue": "49",
                    "reason": "A misprint",
                    "correctedAt": "2026-07-02T09:00:00Z"
                  }
                ]
              }
            }
          ]
        }
      }
    }
    "#);
}

async fn a_correction_publishes_nothing_else_of_the_draft(world: &World) {
    let ada = world.editor("ada").await;
    let (statistic, figure_id) = published(&ada).await;
    let source = ada.writes_source().await;
    let statistic = ada.writes_figure(&statistic, figure(&source, 2022, "39")).await;
    let statistic = ada.saves("statisticUpdate", &statistic, json!({ "name": "A draft name" })).await;

    let corrected = ada.does("figureCorrect", correction(&statistic, &figure_id, "48")).await;

    let query = "{ statistics { nodes { name figures { nodes { value } } } } }";
    let public = world.reader().ask(query).await.expect_ok();
    let draft =
        "... on Statistic { name figures { nodes { value } } editorial { version hasUnpublishedChanges } }";
    let draft = ada.reads(&statistic, draft).await;
    assert_eq!(corrected.version, statistic.version + 1);
    let shown =
        json!([{ "name": "Women among detected victims", "figures": { "nodes": [{ "value": "48" }] } }]);
    assert_eq!(public.data("/statistics/nodes"), &shown);
    insta::assert_snapshot!(draft.told(), @r#"
    {
      "data": {
        "node": {
          "name": "A draft name",
          "figures": {
            "nodes": [
              {
                "value": "39"
              },
              {
                "value": "48"
              }
            ]
          },
          "editorial": {
            "version": 5,
            "hasUnpublishedChanges": true
          }
        }
      }
    }
    "#);
}

async fn a_correction_of_what_is_not_published_is_refused(world: &World) {
    let ada = world.editor("ada").await;
    let statistic = ada.writes_statistic().await;
    let figure = ada.figure_of(&statistic).await;

    let draft = ada.tries("figureCorrect", correction(&statistic, &figure, "48")).await;
    let nothing = ada.tries("figureCorrect", correction(&statistic, "nonsense", "48")).await;

    assert_eq!(draft.user_errors(), ["NOT_ALLOWED_IN_STATE figureId"]);
    assert_eq!(nothing.user_errors(), ["NOT_FOUND figureId"]);
}

async fn all_that_is_wrong_with_a_correction_is_told_at_once(world: &World) {
    let ada = world.editor("ada").await;
    let (statistic, figure) = published(&ada).await;
    let mut wrong = correction(&statistic, &figure, "49");
    wrong["reason"] = "".into();

    let same = ada.tries("figureCorrect", wrong).await;
    let stale = ada
        .tries(
            "figureCorrect",
            json!({ "figureId": figure, "expectedVersion": 1, "value": "48",
        "reason": "A misprint" }),
        )
        .await;

    assert_eq!(same.user_errors(), ["REQUIRED reason", "INVALID value"]);
    assert_eq!(stale.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
}

async fn a_correction_stays_within_the_bounds_of_a_range(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let mut range = figure(&source, 2016, "49");
    range["qualifier"] = "RANGE".into();
    range["lower"] = "45".into();
    range["upper"] = "50".into();
    let statistic = ada.creates("statisticCreate", super::support::drafts::statistic()).await;
    let statistic = ada.writes_figure(&statistic, range).await;
    ada.publishes(&statistic).await;
    let figure = ada.figure_of(&statistic).await;

    let outside = ada.tries("figureCorrect", correction(&statistic, &figure, "51")).await;

    assert_eq!(outside.user_errors(), ["OUT_OF_RANGE value"]);
    ada.does("figureCorrect", correction(&statistic, &figure, "50")).await;
}

const WHOLE: &str =
    "{ statistics { nodes { figure { value qualifier lower upper locator quote corrections { previousValue } } } } }";

async fn bounds_exactness_and_the_source_s_words_are_corrected_too(world: &World) {
    let ada = world.editor("ada").await;
    let (statistic, figure) = published(&ada).await;
    let mut right = correction(&statistic, &figure, "49");
    right["qualifier"] = "RANGE".into();
    right["lower"] = "48".into();
    right["upper"] = "50".into();
    right["locator"] = "Page 11".into();
    right["quote"] = "Nearly half of detected victims".into();

    let statistic = ada.does("figureCorrect", right).await;

    let answer = world.reader().ask(WHOLE).await.expect_ok();
    let whole = json!({ "value": "49", "qualifier": "RANGE", "lower": "48", "upper": "50", "locator": "Page 11",
        "quote": "Nearly half of detected victims", "corrections": [{ "previousValue": "49" }] });
    assert_eq!(answer.data("/statistics/nodes/0/figure"), &whole);
    let mut outside = correction(&statistic, &figure, "47");
    outside["quote"] = Value::Null;
    assert_eq!(ada.tries("figureCorrect", outside).await.user_errors(), ["OUT_OF_RANGE value"]);
}

async fn what_a_correction_leaves_out_stays_also_as_variables(world: &World) {
    let ada = world.editor("ada").await;
    let (statistic, figure) = published(&ada).await;
    let document = "mutation($id: ID!, $version: Int!, $locator: String, $lower: Decimal, $qualifier: Qualifier) {
        figureCorrect(figureId: $id, expectedVersion: $version, value: \"48\", reason: \"A misprint\",
            locator: $locator, lower: $lower, qualifier: $qualifier) { userErrors { path } } }";

    let variables = json!({ "id": figure, "version": statistic.version });
    ada.ask_with(document, variables).await.expect_ok();
    let kept = world.reader().ask(WHOLE).await.expect_ok();
    let variables = json!({ "id": figure, "version": statistic.version + 1, "locator": null });
    ada.ask_with(document, variables).await.expect_ok();
    let cleared = world.reader().ask(WHOLE).await.expect_ok();

    assert_eq!(kept.text("/statistics/nodes/0/figure/locator"), "Page 10");
    assert_eq!(cleared.data("/statistics/nodes/0/figure/locator"), &Value::Null);
}

async fn a_published_figure_is_not_changed_by_an_upsert(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let statistic = ada.publishes(&ada.writes_statistic_from(&source).await).await;
    let other = ada.writes_source().await;
    let mut change = figure(&other, 2016, "49.0");
    change["locator"] = "Page 11".into();
    change["qualifier"] = "ABOUT".into();

    let which = json!({ "statisticId": statistic.id, "expectedVersion": statistic.version, "input": change });
    let refused = ada.tries("figureUpsert", which).await;

    assert_eq!(
        refused.user_errors(),
        [
            "NOT_ALLOWED_IN_STATE input.value",
            "NOT_ALLOWED_IN_STATE input.qualifier",
            "NOT_ALLOWED_IN_STATE input.sourceId",
            "NOT_ALLOWED_IN_STATE input.locator",
        ]
    );
}

async fn a_caveat_and_a_review_date_of_a_published_figure_may_change(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let statistic = ada.publishes(&ada.writes_statistic_from(&source).await).await;
    let mut change = figure(&source, 2016, "49");
    change["caveat"] = "Detected victims only.".into();
    change["reviewDueOn"] = "2028-01-01".into();

    let statistic = ada.writes_figure(&statistic, change).await;

    let query = "{ statistics { nodes { figure { caveat reviewDueOn } } } }";
    let before = world.reader().ask(query).await.expect_ok();
    ada.publishes(&statistic).await;
    let after = world.reader().ask(query).await.expect_ok();
    assert_eq!(
        before.data("/statistics/nodes/0/figure"),
        &json!({ "caveat": null, "reviewDueOn": "2027-07-01" })
    );
    let changed = json!({ "caveat": "Detected victims only.", "reviewDueOn": "2028-01-01" });
    assert_eq!(after.data("/statistics/nodes/0/figure"), &changed);
}

async fn a_figure_that_was_removed_and_put_back_is_still_protected(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let statistic = ada.publishes(&ada.writes_statistic_from(&source).await).await;
    let figure_id = ada.figure_of(&statistic).await;
    let removal = json!({ "figureId": figure_id, "expectedVersion": statistic.version });
    let statistic = ada.does("figureRemove", removal).await;

    let mut which = json!({ "statisticId": statistic.id, "expectedVersion": statistic.version });
    which["input"] = figure(&source, 2016, "50");
    let refused = ada.tries("figureUpsert", which).await;
    let statistic = ada.writes_figure(&statistic, figure(&source, 2016, "49")).await;

    assert_eq!(refused.user_errors(), ["NOT_ALLOWED_IN_STATE input.value"]);
    assert_eq!(ada.figure_of(&statistic).await, figure_id);
}

async fn a_recorded_goal_shows_at_once_and_publishes_nothing_else(world: &World) {
    let ada = world.editor("ada").await;
    let goal =
        json!({ "metric": "signatures", "target": 10_000, "current": 0, "asOf": "2026-07-01T09:00:00Z" });
    let campaign = ada.writes_campaign().await;
    let campaign = ada.writes_edition(&campaign, 2026, json!({ "goals": [goal] })).await;
    ada.publishes(&campaign).await;
    let campaign = ada.writes_edition(&campaign, 2026, json!({ "theme": "A draft theme" })).await;

    let progress = json!({ "campaignId": campaign.id, "year": 2026, "metric": "signatures", "current": 9_999,
        "asOf": "2026-07-02T12:00:00+01:00" });
    let recorded = ada.does("campaignGoalRecord", progress).await;

    assert_eq!(recorded.version, campaign.version);
    let query = "{ campaigns { nodes { edition(year: 2026) { theme goals { current percent asOf } } } } }";
    let public = world.reader().ask(query).await.expect_ok();
    insta::assert_snapshot!(public.told(), @r#"
    {
      "data": {
        "campaigns": {
          "nodes": [
            {
              "edition": {
                "theme": null,
                "goals": [
                  {
                    "current": 9999,
                    "percent": 99,
                    "asOf": "2026-07-02T11:00:00Z"
                  }
                ]
              }
            }
          ]
        }
      }
    }
    "#);
    let draft =
        ada.reads(&campaign, "... on Campaign { edition(year: 2026) { theme goals { current } } }").await;
    let expected = json!({ "theme": "A draft theme", "goals": [{ "current": 9_999 }] });
    assert_eq!(draft.data("/node/edition"), &expected);
}

async fn a_goal_that_is_not_published_is_not_found(world: &World) {
    let ada = world.editor("ada").await;
    let goal = json!({ "metric": "signatures", "target": 10, "current": 0, "asOf": "2026-07-01T09:00:00Z" });
    let campaign = ada.writes_campaign().await;
    let campaign = ada.writes_edition(&campaign, 2026, json!({ "goals": [goal] })).await;
    let progress = |metric: &str, current: i32| {
        json!({ "campaignId": campaign.id, "year": 2026, "metric": metric, "current": current,
            "asOf": "2026-07-02T12:00:00Z" })
    };

    let draft = ada.tries("campaignGoalRecord", progress("signatures", 1)).await;
    ada.publishes(&campaign).await;
    let unknown = ada.tries("campaignGoalRecord", progress("donations", -1)).await;

    assert_eq!(draft.user_errors(), ["NOT_FOUND year"]);
    assert_eq!(unknown.user_errors(), ["NOT_FOUND metric", "OUT_OF_RANGE current"]);
}

async fn a_topic_is_seen_while_something_published_is_on_it(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    let seen = async || {
        let query = r#"{ topics { totalCount } topic(slug: "modern-slavery") { name } }"#;
        let answer = world.reader().ask(query).await.expect_ok();
        (answer.data("/topics/totalCount").as_i64(), !answer.data("/topic").is_null())
    };

    let post = ada.writes_post(json!({ "title": "A day", "topicIds": [topic.id] })).await;
    let on_a_draft = seen().await;
    ada.publishes(&post).await;
    let on_a_post = seen().await;
    ada.withdraws(&post, "The partner asked for it").await;
    let on_nothing = seen().await;

    assert_eq!(on_a_draft, (Some(0), false));
    assert_eq!(on_a_post, (Some(1), true));
    assert_eq!(on_nothing, (Some(0), false));
}

async fn a_source_is_seen_while_a_published_figure_is_from_it(world: &World) {
    let ada = world.editor("ada").await;
    let statistic = ada.writes_statistic().await;
    let count = async || {
        let answer = world.reader().ask("{ sources { totalCount } }").await.expect_ok();
        answer.data("/sources/totalCount").as_i64()
    };

    let from_a_draft = count().await;
    ada.publishes(&statistic).await;
    let published = count().await;
    ada.withdraws(&statistic, "It is wrong").await;
    let withdrawn = count().await;

    assert_eq!((from_a_draft, published, withdrawn), (Some(0), Some(1), Some(0)));
}

async fn a_change_of_a_person_shows_at_once(world: &World) {
    let ada = world.editor("ada").await;
    let rosa = ada.creates("personCreate", json!({ "name": "Rosa" })).await;
    ada.publishes_post(json!({ "title": "A day", "authorIds": [rosa.id] })).await;

    ada.saves("personUpdate", &rosa, json!({ "name": "Rosa Lind" })).await;

    let answer = world.reader().ask("{ posts { nodes { authors { name } } } }").await.expect_ok();
    assert_eq!(answer.data("/posts/nodes/0/authors"), &json!([{ "name": "Rosa Lind" }]));
}
