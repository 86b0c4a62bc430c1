//! Writing campaigns and their editions.

use serde_json::{Value, json};

use crate::support::verbs::{Doc, nulls};
use crate::support::{Person, World};

specs! {
    in_a_world {
        a_campaign_keeps_all_that_it_is_given,
        what_an_update_of_a_campaign_leaves_out_stays,
        null_clears_a_campaign_but_not_what_it_must_have,
        an_edition_keeps_all_that_it_is_given,
        an_edition_follows_the_rule_of_its_campaign,
        what_an_upsert_of_an_edition_leaves_out_stays,
        null_clears_an_edition_to_what_the_rule_gives,
        an_edition_that_no_rule_dates_needs_its_day,
        an_edition_that_is_removed_is_gone_from_the_draft,
        an_edition_needs_its_campaign_in_the_same_language,
    }
}

const CAMPAIGN: &str = "... on Campaign {
  name slug summary body { markdown } organiser organiserUrl
  observance { kind month day weekday nth easterOffset startsOn lengthDays rrule }
  topics { name } statistics { name } channels { label }
  editorial { version externalReference }
}";
const EDITION: &str = "... on Campaign { edition(year: 2026) {
  year startsOn endsOn dateStatus dateSource theme summary body { markdown } hashtags
  posts { nodes { title } } actions { kind label url channels { label } }
  shareMessages { network text url } goals { metric target current percent asOf }
} editorial { version } }";

async fn campaign(ada: &Person) -> Value {
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    let statistic = ada.writes_statistic().await;
    let service = ada.writes_service().await;
    let channel = ada.writes_channel(&service).await;
    json!({
        "name": "16 Days of Activism",
        "observance": { "kind": "FIXED", "month": 11, "day": 25, "lengthDays": 16 },
        "slug": "16-days",
        "summary": "Against violence.",
        "body": "From *25 November* on.",
        "organiser": "UN Women",
        "organiserUrl": "https://www.unwomen.org/16days",
        "topicIds": [topic.id],
        "statisticIds": [statistic.id],
        "channelIds": [channel.id],
        "seo": { "title": "16 Days" },
        "externalReference": "calendar-9",
    })
}

/// An edition with every field, and what it refers to.
async fn edition(ada: &Person) -> Value {
    let post = ada.writes_post(json!({ "title": "A day against trafficking" })).await;
    let service = ada.writes_service().await;
    let channel = ada.writes_channel(&service).await;
    json!({
        "startsOn": "2026-07-28",
        "endsOn": "2026-07-31",
        "dateStatus": "CONFIRMED",
        "dateSource": "https://www.un.org/endhumantrafficking",
        "theme": "Leave no child behind",
        "summary": "This year it is about children.",
        "body": "Every *third* victim is a child.",
        "postIds": [post.id],
        "hashtags": ["EndHumanTrafficking", "#HumanTrafficking"],
        "actions": [
            { "kind": "GET_HELP", "label": "Talk to us", "channelIds": [channel.id] },
            { "kind": "LEARN", "label": "Read the report", "url": "https://www.unodc.org/glotip" },
        ],
        "shareMessages": [{ "network": "X", "text": "Every third victim is a child.",
            "url": "https://charity.example/day" }],
        "goals": [{ "metric": "signatures", "target": 10_000, "current": 9_999, "asOf": "2026-06-30T22:00:00Z" }],
    })
}

async fn writes_whole_edition(ada: &Person) -> Doc {
    let campaign = ada.writes_campaign().await;
    let input = edition(ada).await;
    ada.writes_edition(&campaign, 2026, input).await
}

fn which(campaign: &Doc) -> Value {
    json!({ "campaignId": campaign.id, "expectedVersion": campaign.version, "year": 2026 })
}

async fn a_campaign_keeps_all_that_it_is_given(world: &World) {
    let ada = world.editor("ada").await;
    let input = campaign(&ada).await;

    let selection = format!("campaign {{ {CAMPAIGN} }} userErrors {{ code path }}");
    let answer = ada.tries_for("campaignCreate", json!({ "input": input }), &selection).await.expect_ok();

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "campaignCreate": {
          "campaign": {
            "name": "16 Days of Activism",
            "slug": "16-days",
            "summary": "Against violence.",
            "body": {
              "markdown": "From *25 November* on."
            },
            "organiser": "UN Women",
            "organiserUrl": "https://www.unwomen.org/16days",
            "observance": {
              "kind": "FIXED",
              "month": 11,
              "day": 25,
              "weekday": null,
              "nth": null,
              "easterOffset": null,
              "startsOn": null,
              "lengthDays": 16,
              "rrule": "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=25"
            },
            "topics": [
              {
                "name": "Modern slavery"
              }
            ],
            "statistics": [
              {
                "name": "Women among detected victims"
              }
            ],
            "channels": [
              {
                "label": "Safe line"
              }
            ],
            "editorial": {
              "version": 1,
              "externalReference": "calendar-9"
            }
          },
          "userErrors": []
        }
      }
    }
    "#);
}

async fn what_an_update_of_a_campaign_leaves_out_stays(world: &World) {
    let ada = world.editor("ada").await;
    let input = campaign(&ada).await;
    let days = ada.creates("campaignCreate", input).await;
    let before = ada.reads(&days, CAMPAIGN).await;

    ada.tries_by_variables("campaignUpdate", days.named(), json!({})).await.expect_ok();

    let after = ada.reads(&days, CAMPAIGN).await;
    assert_eq!(after.told(), before.told().replace(r#""version": 1"#, r#""version": 2"#));
}

async fn null_clears_a_campaign_but_not_what_it_must_have(world: &World) {
    let ada = world.editor("ada").await;
    let input = campaign(&ada).await;
    let days = ada.creates("campaignCreate", input).await;

    let refused = ada.tries("campaignUpdate", days.with(nulls("CampaignUpdateInput", &[]))).await;
    ada.saves("campaignUpdate", &days, nulls("CampaignUpdateInput", &["name", "observance"])).await;

    assert_eq!(refused.user_errors(), ["REQUIRED input.observance", "REQUIRED input.name"]);
    insta::assert_snapshot!(ada.reads(&days, CAMPAIGN).await.told(), @r#"
    {
      "data": {
        "node": {
          "name": "16 Days of Activism",
          "slug": "16-days-of-activism",
          "summary": null,
          "body": {
            "markdown": ""
          },
          "organiser": null,
          "organiserUrl": null,
          "observance": {
            "kind": "FIXED",
            "month": 11,
            "day": 25,
            "weekday": null,
            "nth": null,
            "easterOffset": null,
            "startsOn": null,
            "lengthDays": 16,
            "rrule": "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=25"
          },
          "topics": [],
          "statistics": [],
          "channels": [],
          "editorial": {
            "version": 2,
            "externalReference": null
          }
        }
      }
    }
    "#);
}

async fn an_edition_keeps_all_that_it_is_given(world: &World) {
    let ada = world.editor("ada").await;

    let campaign = writes_whole_edition(&ada).await;

    assert_eq!(campaign.version, 2);
    insta::assert_snapshot!(ada.reads(&campaign, EDITION).await.told(), @r##"
    {
      "data": {
        "node": {
          "edition": {
            "year": 2026,
            "startsOn": "2026-07-28",
            "endsOn": "2026-07-31",
            "dateStatus": "CONFIRMED",
            "dateSource": "https://www.un.org/endhumantrafficking",
            "theme": "Leave no child behind",
            "summary": "This year it is about children.",
            "body": {
              "markdown": "Every *third* victim is a child."
            },
            "hashtags": [
              "#EndHumanTrafficking",
              "#HumanTrafficking"
            ],
            "posts": {
              "nodes": [
                {
                  "title": "A day against trafficking"
                }
              ]
            },
            "actions": [
              {
                "kind": "GET_HELP",
                "label": "Talk to us",
                "url": null,
                "channels": [
                  {
                    "label": "Safe line"
                  }
                ]
              },
              {
                "kind": "LEARN",
                "label": "Read the report",
                "url": "https://www.unodc.org/glotip",
                "channels": []
              }
            ],
            "shareMessages": [
              {
                "network": "X",
                "text": "Every third victim is a child.",
                "url": "https://charity.example/day"
              }
            ],
            "goals": [
              {
                "metric": "signatures",
                "target": 10000,
                "current": 9999,
                "percent": 99,
                "asOf": "2026-06-30T22:00:00Z"
              }
            ]
          },
          "editorial": {
            "version": 2
          }
        }
      }
    }
    "##);
}

async fn an_edition_follows_the_rule_of_its_campaign(world: &World) {
    let ada = world.editor("ada").await;
    let days = json!({ "name": "16 Days",
        "observance": { "kind": "FIXED", "month": 11, "day": 25, "lengthDays": 16 } });
    let days = ada.creates("campaignCreate", days).await;

    ada.writes_edition(&days, 2026, json!({})).await;

    let dates = "... on Campaign { edition(year: 2026) { startsOn endsOn dateStatus theme hashtags } }";
    insta::assert_snapshot!(ada.reads(&days, dates).await.told(), @r#"
    {
      "data": {
        "node": {
          "edition": {
            "startsOn": "2026-11-25",
            "endsOn": "2026-12-10",
            "dateStatus": "PROVISIONAL",
            "theme": null,
            "hashtags": []
          }
        }
      }
    }
    "#);
}

async fn what_an_upsert_of_an_edition_leaves_out_stays(world: &World) {
    let ada = world.editor("ada").await;
    let campaign = writes_whole_edition(&ada).await;
    let before = ada.reads(&campaign, EDITION).await;

    ada.tries_by_variables("campaignEditionUpsert", which(&campaign), json!({})).await.expect_ok();

    let after = ada.reads(&campaign, EDITION).await;
    assert_eq!(after.told(), before.told().replace(r#""version": 2"#, r#""version": 3"#));
}

async fn null_clears_an_edition_to_what_the_rule_gives(world: &World) {
    let ada = world.editor("ada").await;
    let campaign = writes_whole_edition(&ada).await;

    ada.writes_edition(&campaign, 2026, nulls("CampaignEditionInput", &[])).await;

    insta::assert_snapshot!(ada.reads(&campaign, EDITION).await.told(), @r#"
    {
      "data": {
        "node": {
          "edition": {
            "year": 2026,
            "startsOn": "2026-07-30",
            "endsOn": "2026-07-30",
            "dateStatus": "PROVISIONAL",
            "dateSource": null,
            "theme": null,
            "summary": null,
            "body": null,
            "hashtags": [],
            "posts": {
              "nodes": []
            },
            "actions": [],
            "shareMessages": [],
            "goals": []
          },
          "editorial": {
            "version": 3
          }
        }
      }
    }
    "#);
}

async fn an_edition_that_no_rule_dates_needs_its_day(world: &World) {
    let ada = world.editor("ada").await;
    let announced = json!({ "name": "A week", "observance": { "kind": "ANNOUNCED", "lengthDays": 7 } });
    let week = ada.creates("campaignCreate", announced).await;

    let mut arguments = which(&week);
    arguments["input"] = json!({ "theme": "To be told" });
    let refused = ada.tries("campaignEditionUpsert", arguments).await;
    ada.writes_edition(&week, 2026, json!({ "startsOn": "2026-10-05" })).await;

    assert_eq!(refused.user_errors(), ["REQUIRED input.startsOn"]);
    let dates = "... on Campaign { edition(year: 2026) { startsOn endsOn } }";
    let read = ada.reads(&week, dates).await;
    assert_eq!(read.data("/node/edition"), &json!({ "startsOn": "2026-10-05", "endsOn": "2026-10-11" }));
}

async fn an_edition_that_is_removed_is_gone_from_the_draft(world: &World) {
    let ada = world.editor("ada").await;
    let campaign = writes_whole_edition(&ada).await;

    let saved = ada.does("campaignEditionRemove", which(&campaign)).await;

    assert_eq!(saved.version, campaign.version + 1);
    let read = ada.reads(&campaign, "... on Campaign { editions { year } }").await;
    assert_eq!(read.data("/node/editions"), &json!([]));
    let again = ada.tries("campaignEditionRemove", which(&saved)).await;
    assert_eq!(again.user_errors(), ["NOT_FOUND year"]);
}

async fn an_edition_needs_its_campaign_in_the_same_language(world: &World) {
    let ada = world.editor("ada").await;
    let campaign = ada.writes_campaign().await;
    let mut arguments = which(&campaign);
    arguments["input"] = json!({ "theme": "Neb ar ôl" });
    arguments["language"] = "cy".into();

    let refused = ada.tries("campaignEditionUpsert", arguments).await;

    assert_eq!(refused.user_errors(), ["NOT_FOUND language"]);
}
