//! Editions of campaigns: each year's words, posts, actions and goals.

use serde_json::json;

use super::campaigns::{edition, july};
use super::support::World;

specs! {
    in_a_world {
        the_edition_that_matters_is_the_live_one_then_the_next_then_the_last,
        an_edition_is_judged_in_the_asker_s_zone,
        an_edition_is_read_in_the_first_wished_language_that_has_words,
        an_edition_in_a_draft_is_invisible_to_partners,
        an_edition_is_a_node_and_has_a_path,
        a_removed_edition_goes_when_that_is_published,
        absent_leaves_and_null_clears_in_an_edition,
        a_stale_edition_is_a_conflict,
        everything_wrong_with_an_edition_is_told_at_once,
        a_dry_run_writes_no_edition,
        a_channel_that_gives_help_cannot_be_deleted,
        getting_help_leads_to_channels_as_they_are_now,
        the_posts_of_an_edition_are_those_of_its_time_and_those_chosen,
        a_message_is_counted_as_its_network_counts,
        a_goal_moves_for_readers_without_publishing_the_draft,
        a_goal_is_not_taken_back_by_an_old_form,
        a_goal_that_nobody_sees_is_not_found,
    }
}

async fn the_edition_that_matters_is_the_live_one_then_the_next_then_the_last(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_july("Day", &[2025, 2026, 2027]).await;

    let ask = r#"{ campaign(slug: "day") {
        now: edition { year } live: edition(at: "2025-07-30T12:00:00+01:00") { year }
        next: edition(at: "2026-07-30T23:30:00Z") { year } last: edition(at: "2030-01-01T00:00:00Z") { year }
        named: edition(year: 2025) { year } none: edition(year: 2024) { year } editions { year }
    } }"#;
    let answer = world.reader().ask(ask).await.expect_ok();

    assert_eq!(
        answer.data("/campaign"),
        &json!({
            "now": { "year": 2026 }, "live": { "year": 2025 }, "next": { "year": 2027 }, "last": { "year": 2027 },
            "named": { "year": 2025 }, "none": null,
            "editions": [{ "year": 2027 }, { "year": 2026 }, { "year": 2025 }],
        })
    );
}

async fn an_edition_is_judged_in_the_asker_s_zone(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_july("Day", &[2027]).await;

    let ask = r#"{ campaign(slug: "day") { edition {
        here: state(at: "2027-07-29T23:30:00Z")
        there: state(at: "2027-07-29T23:30:00Z", timeZone: "America/New_York")
        soon: daysUntil(at: "2027-07-29T23:30:00Z", timeZone: "America/New_York") live: daysUntil(at: "2027-07-30T12:00:00Z")
        after: daysUntil(at: "2028-01-01T00:00:00Z") ended: state(at: "2028-01-01T00:00:00Z")
    } } }"#;
    let answer = world.reader().ask(ask).await.expect_ok();
    let wrong =
        world.reader().ask(r#"{ campaign(slug: "day") { edition { state(timeZone: "BST") } } }"#).await;

    assert_eq!(
        answer.data("/campaign/edition"),
        &json!({ "here": "LIVE", "there": "UPCOMING", "soon": 1, "live": 0, "after": 0, "ended": "ENDED" })
    );
    assert_eq!(wrong.error_code(), "BAD_INPUT");
    for far in [r#"edition(at: "1969-12-31T23:59:59Z") { year }"#, r#"edition { daysUntil(at: "2201-01-01T00:00:00Z") }"#] {
        let asked = world.reader().ask(&format!(r#"{{ campaign(slug: "day") {{ {far} }} }}"#)).await;
        assert_eq!(asked.error_code(), "BAD_INPUT", "{far}");
    }
}

async fn an_edition_is_read_in_the_first_wished_language_that_has_words(world: &World) {
    let ada = world.editor("ada").await;
    let campaign = ada.creates("campaignCreate", july("Day")).await;
    let campaign = ada.saves_in("cy", "campaignUpdate", &campaign, json!({ "name": "Diwrnod" })).await;
    let campaign = ada.turns(&campaign, 2025, json!({ "theme": "English only" })).await;
    let campaign = ada.turns(&campaign, 2026, json!({ "theme": "English", "hashtags": ["Day"] })).await;
    let mut welsh = edition(&campaign, 2026, json!({ "theme": "Cymraeg", "hashtags": ["#Diwrnod"] }));
    welsh["language"] = "cy".into();
    let campaign = ada.does("campaignEditionUpsert", welsh).await;
    ada.publishes(&campaign).await;

    let ask = r#"{ campaign(slug: "day") { editions { theme hashtags path } } }"#;
    let answer = world.reader().in_languages("cy").ask(ask).await.expect_ok();

    assert_eq!(
        answer.data("/campaign/editions"),
        &json!([
            { "theme": "Cymraeg", "hashtags": ["#Diwrnod"], "path": "/cy/campaigns/diwrnod/2026" },
            { "theme": "English only", "hashtags": [], "path": "/cy/campaigns/diwrnod/2025" },
        ])
    );
}

async fn an_edition_in_a_draft_is_invisible_to_partners(world: &World) {
    let ada = world.editor("ada").await;
    let campaign = ada.publishes_july("Day", &[2025]).await;
    let campaign = ada.turns(&campaign, 2025, json!({ "theme": "Canary" })).await;
    ada.turns(&campaign, 2026, json!({ "theme": "Canary" })).await;
    let ask = r#"{ campaign(slug: "day") { editions { id theme } } }"#;
    let drafts = ada.with_drafts().ask(ask).await.expect_ok();
    let hidden = drafts.text("/campaign/editions/0/id");

    let answer = world.reader().ask(ask).await.expect_ok();
    let node = world.reader().ask(&format!(r#"{{ node(id: "{hidden}") {{ id }} }}"#)).await.expect_ok();
    let path = world.reader().ask(r#"{ resolve(path: "/campaigns/day/2026") { status } }"#).await.expect_ok();

    assert_eq!(answer.data("/campaign/editions").as_array().map(Vec::len), Some(1));
    assert_eq!(answer.data("/campaign/editions/0/theme"), "Theme of 2025");
    assert_eq!(node.data("/node"), &json!(null));
    assert_eq!(path.data("/resolve"), &json!(null));
}

async fn an_edition_is_a_node_and_has_a_path(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_july("Day", &[2026]).await;

    let ask = r#"{ resolve(path: "/campaigns/day/2026/") {
        status canonicalPath node { __typename id ... on CampaignEdition { year url campaign { name } } }
    } }"#;
    let resolved = world.reader().ask(ask).await.expect_ok();
    let id = resolved.text("/resolve/node/id");
    let node =
        world.reader().ask(&format!(r#"{{ node(id: "{id}") {{ __typename id }} }}"#)).await.expect_ok();

    insta::assert_snapshot!(resolved.told(), @r#"
    {
      "data": {
        "resolve": {
          "status": 301,
          "canonicalPath": "/campaigns/day/2026",
          "node": {
            "__typename": "CampaignEdition",
            "id": "[id 1]",
            "year": 2026,
            "url": "https://charity.example/campaigns/day/2026",
            "campaign": {
              "name": "Day"
            }
          }
        }
      }
    }
    "#);
    assert_eq!(node.data("/node"), &json!({ "__typename": "CampaignEdition", "id": id }));
}

async fn a_removed_edition_goes_when_that_is_published(world: &World) {
    let ask = r#"{ campaign(slug: "day") { editions { year } }
        removed: resolve(path: "/campaigns/day/2025") { status canonicalPath node { id } }
        kept: resolve(path: "/campaigns/day/2026") { status }
        never: resolve(path: "/campaigns/day/2024") { status } }"#;
    let ada = world.editor("ada").await;
    let campaign = ada.publishes_july("Day", &[2025, 2026]).await;
    let remove = json!({ "campaignId": campaign.id, "expectedVersion": campaign.version, "year": 2025 });
    let removed = ada.does("campaignEditionRemove", remove).await;
    let before = world.reader().ask(ask).await.expect_ok();

    ada.publishes(&removed).await;

    let after = world.reader().ask(ask).await.expect_ok();
    assert_eq!(before.data("/campaign/editions"), &json!([{ "year": 2026 }, { "year": 2025 }]));
    assert_eq!(after.data("/campaign/editions"), &json!([{ "year": 2026 }]));
    assert_eq!(before.data("/removed/status"), 200);
    assert_eq!(after.data("/removed"), &json!({ "status": 410, "canonicalPath": null, "node": null }));
    assert_eq!(after.data("/kept/status"), 200);
    assert_eq!(after.data("/never"), &json!(null), "no reader ever saw it");
    let again = json!({ "campaignId": removed.id, "expectedVersion": removed.version, "year": 2025 });
    assert_eq!(ada.tries("campaignEditionRemove", again).await.user_errors(), ["NOT_FOUND year"]);
}

async fn absent_leaves_and_null_clears_in_an_edition(world: &World) {
    let ada = world.editor("ada").await;
    let campaign = ada.creates("campaignCreate", july("Day")).await;
    let full = json!({ "theme": "Theme", "summary": "Summary", "endsOn": "2026-08-02", "hashtags": ["Day"] });
    let campaign = ada.turns(&campaign, 2026, full).await;
    let ask = r#"{ campaign(slug: "day") { edition(year: 2026) { theme summary endsOn hashtags } } }"#;

    ada.turns(&campaign, 2026, json!({ "summary": null, "endsOn": null })).await;

    let answer = ada.with_drafts().ask(ask).await.expect_ok();
    assert_eq!(
        answer.data("/campaign/edition"),
        &json!({ "theme": "Theme", "summary": null, "endsOn": "2026-07-30", "hashtags": ["#Day"] })
    );
}

async fn a_stale_edition_is_a_conflict(world: &World) {
    let ada = world.editor("ada").await;
    let campaign = ada.creates("campaignCreate", july("Day")).await;
    ada.turns(&campaign, 2026, json!({ "theme": "First" })).await;

    let late =
        ada.tries("campaignEditionUpsert", edition(&campaign, 2026, json!({ "theme": "Second" }))).await;

    assert_eq!(late.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
    assert_eq!(late.data("/campaignEditionUpsert/campaign/editorial/version"), 2);
}

async fn everything_wrong_with_an_edition_is_told_at_once(world: &World) {
    let ada = world.editor("ada").await;
    let campaign = ada.creates("campaignCreate", july("Day")).await;
    let input = json!({
        "startsOn": "2025-07-30",
        "dateSource": "somewhere",
        "postIds": [campaign.id],
        "hashtags": ["#EndHumanTrafficking", "#end human trafficking"],
        "actions": [
            { "kind": "GET_HELP", "label": "Call", "url": "https://example.org", "channelIds": ["channel_x"] },
        ],
        "shareMessages": [{ "network": "X", "text": " " }],
        "goals": [{ "metric": "signatures", "target": 0, "current": -1, "asOf": "soon" }],
    });

    let refused = ada.tries("campaignEditionUpsert", edition(&campaign, 2026, input)).await;

    assert_eq!(
        refused.user_errors(),
        [
            "OUT_OF_RANGE input.startsOn",
            "INVALID input.dateSource",
            "NOT_FOUND input.postIds.0",
            "OUT_OF_RANGE input.goals.0.target",
            "OUT_OF_RANGE input.goals.0.current",
            "INVALID input.goals.0.asOf",
            "INVALID input.hashtags.1",
            "INVALID input.actions.0.url",
            "NOT_FOUND input.actions.0.channelIds.0",
            "REQUIRED input.shareMessages.0.text",
        ]
    );
}

async fn a_dry_run_writes_no_edition(world: &World) {
    let ada = world.editor("ada").await;
    let campaign = ada.creates("campaignCreate", july("Day")).await;
    let mut arguments = edition(&campaign, 2026, json!({ "theme": "Theme" }));
    arguments["dryRun"] = true.into();

    let dry = ada.tries("campaignEditionUpsert", arguments).await.expect_ok();

    assert_eq!(dry.data("/campaignEditionUpsert/campaign"), &json!(null));
    let ask = r#"{ campaign(slug: "day") { editions { year } editorial { version } } }"#;
    let draft = ada.with_drafts().ask(ask).await.expect_ok();
    assert_eq!(draft.data("/campaign"), &json!({ "editions": [], "editorial": { "version": 1 } }));
}

async fn a_channel_that_gives_help_cannot_be_deleted(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.creates("serviceCreate", json!({ "name": "Safe team" })).await;
    ada.publishes(&service).await;
    let channel = json!({
        "label": "Call the Safe team", "kind": "PHONE", "serviceId": service.id, "value": "01632 960123",
    });
    let channel = ada.creates("contactChannelCreate", channel).await;
    ada.publishes(&channel).await;
    let campaign = ada.creates("campaignCreate", july("Day")).await;
    let help = json!({ "kind": "GET_HELP", "label": "Get help", "channelIds": [channel.id] });
    let campaign = ada.turns(&campaign, 2026, json!({ "actions": [help] })).await;
    ada.publishes(&campaign).await;

    let delete = json!({ "id": channel.id, "expectedVersion": channel.version });
    let refused = ada.tries("contentDelete", delete).await;

    assert_eq!(refused.user_errors(), ["IN_USE id"]);
    let ask = r#"{ campaign(slug: "day") { edition { actions { kind label url channels { label } } } } }"#;
    let answer = world.reader().ask(ask).await.expect_ok();
    assert_eq!(
        answer.data("/campaign/edition/actions/0"),
        &json!({ "kind": "GET_HELP", "label": "Get help", "url": null, "channels": [{ "label": "Call the Safe team" }] })
    );
}

async fn getting_help_leads_to_channels_as_they_are_now(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.publishes(&ada.writes_service().await).await;
    let (kept, gone) = (ada.writes_channel(&service).await, ada.writes_channel(&service).await);
    ada.publishes(&kept).await;
    ada.publishes(&gone).await;
    let campaign = ada.creates("campaignCreate", july("Day")).await;
    let help = json!({ "kind": "GET_HELP", "label": "Get help", "channelIds": [kept.id, gone.id] });
    ada.publishes(&ada.turns(&campaign, 2026, json!({ "actions": [help] })).await).await;

    let mut right = kept.with(json!({ "value": "01632 960124" }));
    right["reason"] = "It was cut off".into();
    ada.does("contactChannelUrgentCorrection", right).await;
    ada.withdraws(&gone, "The line is closed").await;

    let ask = r#"{ campaign(slug: "day") { edition { actions { channels { display } } } } }"#;
    let answer = world.reader().ask(ask).await.expect_ok();
    assert_eq!(
        answer.data("/campaign/edition/actions/0/channels"),
        &json!([{ "display": "01632 960124" }])
    );

    ada.publishes(&ada.saves("serviceUpdate", &service, json!({ "status": "DEFUNCT" })).await).await;
    let answer = world.reader().ask(ask).await.expect_ok();
    assert_eq!(answer.data("/campaign/edition/actions/0/channels"), &json!([]), "nobody is sent to it");
}

async fn the_posts_of_an_edition_are_those_of_its_time_and_those_chosen(world: &World) {
    let ada = world.editor("ada").await;
    let campaign = ada.publishes_july("Day", &[2024, 2025]).await;
    let post = async |title: &str, at: &str, campaigns: &[&str]| {
        ada.publishes_post(json!({ "title": title, "publishedAt": at, "campaignIds": campaigns })).await
    };
    let its_own = [campaign.id.as_str()];
    post("Before both", "2024-07-29T22:59:59Z", &its_own).await;
    post("First of 2024", "2024-07-29T23:00:00Z", &its_own).await;
    post("Last of 2024", "2025-07-29T22:59:59Z", &its_own).await;
    post("First of 2025", "2025-07-29T23:00:00Z", &its_own).await;
    post("Of another", "2025-08-01T09:00:00Z", &[]).await;
    let chosen = post("Chosen", "2020-01-01T09:00:00Z", &[]).await;
    let both = post("Chosen and in time", "2025-08-02T09:00:00Z", &its_own).await;
    let campaign = ada.turns(&campaign, 2025, json!({ "postIds": [chosen.id, both.id] })).await;
    ada.publishes(&campaign).await;

    let ask = r#"{ campaign(slug: "day") { editions {
        posts(first: 2) { totalCount pageInfo { hasNextPage } nodes { title } } rest: posts(last: 1) { nodes { title } }
    } } }"#;
    let answer = world.reader().ask(ask).await.expect_ok();

    assert_eq!(
        answer.data("/campaign/editions"),
        &json!([
            {
                "posts": {
                    "totalCount": 3, "pageInfo": { "hasNextPage": true },
                    "nodes": [{ "title": "Chosen and in time" }, { "title": "First of 2025" }],
                },
                "rest": { "nodes": [{ "title": "Chosen" }] },
            },
            {
                "posts": {
                    "totalCount": 2, "pageInfo": { "hasNextPage": false },
                    "nodes": [{ "title": "Last of 2024" }, { "title": "First of 2024" }],
                },
                "rest": { "nodes": [{ "title": "First of 2024" }] },
            },
        ])
    );
}

async fn a_message_is_counted_as_its_network_counts(world: &World) {
    let ada = world.editor("ada").await;
    let campaign = ada.creates("campaignCreate", july("Day")).await;
    let url = "https://www.example.org/campaigns/world-day-against-trafficking-in-persons/2026";
    let messages = json!([
        { "network": "X", "text": "a".repeat(172), "url": url },
        { "network": "X", "text": "a".repeat(270), "url": url },
        { "network": "BLUESKY", "text": "👋🏽👨‍👩‍👧‍👦💙" },
        { "network": "SMS", "text": "ŵ".repeat(71) },
        { "network": "INSTAGRAM", "text": "Dŵr & llaw" },
        { "network": "WHATSAPP", "text": "Dŵr & llaw" },
    ]);
    ada.publishes(&ada.turns(&campaign, 2026, json!({ "shareMessages": messages })).await).await;

    let ask = r#"{ campaign(slug: "day") { edition { shareMessages { length limit fits parts }
        insta: shareMessages(network: INSTAGRAM) { shareUrl } whats: shareMessages(network: WHATSAPP) { shareUrl } } } }"#;
    let answer = world.reader().ask(ask).await.expect_ok();

    let counted = |length: i32, limit: i32, parts: i32| {
        json!({ "length": length, "limit": limit, "fits": length <= limit, "parts": parts })
    };
    let expected = json!([
        counted(196, 280, 1),
        counted(294, 280, 1),
        counted(3, 300, 1),
        counted(71, 70, 2),
        counted(10, 2_200, 1),
        counted(10, 65_536, 1),
    ]);
    assert_eq!(answer.data("/campaign/edition/shareMessages"), &expected);
    assert_eq!(answer.data("/campaign/edition/insta/0/shareUrl"), &json!(null));
    let link = "https://wa.me/?text=D%C5%B5r%20%26%20llaw";
    assert_eq!(answer.text("/campaign/edition/whats/0/shareUrl"), link);
}

async fn a_goal_moves_for_readers_without_publishing_the_draft(world: &World) {
    let ask = r#"{ campaign(slug: "day") { updatedAt edition {
        theme goals { metric target current percent asOf }
    } } site { contentVersion } }"#;
    let ada = world.editor("ada").await;
    let campaign = ada.creates("campaignCreate", july("Day")).await;
    let goal =
        json!({ "metric": "signatures", "target": 10_000, "current": 9_000, "asOf": "2026-07-01T08:00:00Z" });
    let campaign = ada.turns(&campaign, 2026, json!({ "theme": "Seen", "goals": [goal] })).await;
    let campaign = ada.publishes(&campaign).await;
    let campaign = ada.turns(&campaign, 2026, json!({ "theme": "Unseen" })).await;
    let before = world.reader().ask(ask).await.expect_ok();
    world.clock.advance(60);

    let record = json!({
        "campaignId": campaign.id, "year": 2026, "metric": "signatures", "current": 9_999, "asOf": "2026-07-01T09:30:00Z"
    });
    let recorded = ada.does("campaignGoalRecord", record).await;

    let after = world.reader().ask(ask).await.expect_ok();
    let draft = ada.with_drafts().ask(ask).await.expect_ok();
    let moved = json!([{
        "metric": "signatures", "target": 10_000, "current": 9_999, "percent": 99, "asOf": "2026-07-01T09:30:00Z"
    }]);
    assert_eq!(after.data("/campaign/edition"), &json!({ "theme": "Seen", "goals": moved }));
    assert_eq!(draft.data("/campaign/edition"), &json!({ "theme": "Unseen", "goals": moved }));
    assert_eq!(recorded.version, campaign.version);
    assert_eq!(after.data("/campaign/updatedAt"), "2026-07-01T10:00:00Z");
    assert_ne!(after.data("/site/contentVersion"), before.data("/site/contentVersion"));
}

const GOALS: &str = r#"{ campaign(slug: "day") { edition { goals { target current asOf } } } }"#;

async fn a_goal_is_not_taken_back_by_an_old_form(world: &World) {
    let ada = world.editor("ada").await;
    let campaign = ada.creates("campaignCreate", july("Day")).await;
    let goal = |target: i32, current: i32, as_of: &str| json!({ "goals": [{ "metric": "signatures", "target": target, "current": current, "asOf": as_of }] });
    let campaign = ada.turns(&campaign, 2026, goal(100, 10, "2026-06-01T08:00:00Z")).await;
    let campaign = ada.publishes(&campaign).await;
    let record = json!({
        "campaignId": campaign.id, "year": 2026, "metric": "signatures", "current": 80, "asOf": "2026-06-20T08:00:00Z"
    });
    ada.does("campaignGoalRecord", record).await;

    let campaign = ada.turns(&campaign, 2026, goal(200, 10, "2026-06-01T08:00:00Z")).await;
    let counted = ada.with_drafts().ask(GOALS).await.expect_ok();
    let late = json!({
        "campaignId": campaign.id, "year": 2026, "metric": "signatures", "current": 60, "asOf": "2026-06-19T08:00:00Z"
    });
    ada.does("campaignGoalRecord", late).await;
    let counted_again = ada.with_drafts().ask(GOALS).await.expect_ok();
    ada.turns(&campaign, 2026, goal(200, 70, "2026-06-21T08:00:00Z")).await;
    let put_right = ada.with_drafts().ask(GOALS).await.expect_ok();

    let goals = "/campaign/edition/goals";
    assert_eq!(counted.data(goals), &json!([{ "target": 200, "current": 80, "asOf": "2026-06-20T08:00:00Z" }]));
    assert_eq!(counted_again.data(goals), counted.data(goals));
    assert_eq!(put_right.data(goals), &json!([{ "target": 200, "current": 70, "asOf": "2026-06-21T08:00:00Z" }]));
}

async fn a_goal_that_nobody_sees_is_not_found(world: &World) {
    let ada = world.editor("ada").await;
    let amy = world.author("amy").await;
    let campaign = ada.publishes_july("Day", &[2026]).await;
    let record = |year: i32, current: i32| {
        json!({
            "campaignId": campaign.id, "year": year, "metric": "signatures", "current": current,
            "asOf": "2026-07-01T09:00:00Z",
        })
    };

    let unknown_metric = ada.tries("campaignGoalRecord", record(2026, -1)).await;
    let unknown_year = ada.tries("campaignGoalRecord", record(2025, 1)).await;
    let forbidden = amy.tries("campaignGoalRecord", record(2026, 1)).await;

    assert_eq!(unknown_metric.user_errors(), ["NOT_FOUND metric", "OUT_OF_RANGE current"]);
    assert_eq!(unknown_year.user_errors(), ["NOT_FOUND year"]);
    assert_eq!(forbidden.error_code(), "FORBIDDEN");
}
