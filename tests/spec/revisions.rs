//! Revisions: what was saved, by whom and when, and how an old version comes back.

use api::domain::view::Role;
use serde_json::{Value, json};

use super::support::drafts::{campaign, channel, figure, service, source};
use super::support::verbs::{Doc, nulls};
use super::support::{Answer, Person, World};

specs! {
    in_a_world {
        every_save_is_a_revision,
        a_revision_says_in_the_fields_of_inputs_what_was_saved,
        a_patch_is_what_a_version_changes_of_the_one_before,
        a_correction_is_a_revision_with_its_reason,
        history_is_read_in_pages_from_both_ends,
        history_is_for_those_who_may_read_drafts,
        history_outlives_what_it_is_of,
        an_old_version_comes_back_as_the_next_one,
        posts_and_campaigns_come_back_whole,
        statistics_and_sets_come_back_whole,
        a_goal_stays_as_far_as_it_has_come,
        services_and_channels_come_back_whole,
        topics_people_and_sources_come_back_whole,
        the_site_has_a_history,
        what_was_put_right_does_not_come_back,
        a_version_whose_slug_somebody_took_does_not_come_back,
        a_version_that_refers_to_what_is_gone_does_not_come_back,
        a_version_that_never_was_does_not_come_back,
        a_restoration_that_comes_too_late_is_a_conflict,
    }
}

const REVISIONS: &str = "revisions { totalCount nodes { version savedAt savedBy { name } action note content patch } }";

/// The history of something, the newest version first.
async fn history(person: &Person, doc: &Doc) -> Vec<Value> {
    let selection = format!(
        "... on Content {{ editorial {{ {REVISIONS} }} }} ... on Topic {{ {REVISIONS} }} ... on Person {{ {REVISIONS} }}
         ... on Source {{ {REVISIONS} }}"
    );
    let answer = person.reads(doc, &selection).await;
    let node = answer.data("/node");
    let history = node.pointer("/editorial/revisions/nodes").or(node.pointer("/revisions/nodes"));
    history.and_then(Value::as_array).cloned().unwrap_or_default()
}

async fn restored(person: &Person, doc: &Doc, version: i64) -> Answer {
    let which = json!({ "id": doc.id, "expectedVersion": doc.version, "version": version });
    person.tries("contentRestore", which).await
}

/// Saves something else over a version with everything in it, and brings that back.
async fn comes_back(person: &Person, doc: &Doc, update: &str, otherwise: Value) {
    let whole = history(person, doc).await[0]["content"].clone();
    let changed = person.saves(update, doc, otherwise).await;
    let other = history(person, doc).await[0]["content"].clone();
    assert_ne!(other, whole);

    restored(person, &changed, doc.version).await.expect_ok();

    let newest = history(person, doc).await.remove(0);
    assert_eq!(newest["content"], whole, "{update}");
    assert_eq!(newest["version"], changed.version + 1);
}

async fn every_save_is_a_revision(world: &World) {
    let ada = world.author("ada").await;
    let ben = world.author("ben").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    world.clock.advance(1);
    ben.saves("postUpdate", &post, json!({ "summary": "His" })).await;

    let history = ada.reads(&post, "... on Post { editorial { revisions { totalCount nodes { version savedAt savedBy { name } action note } } } }").await;

    insta::assert_snapshot!(history.told(), @r#"
    {
      "data": {
        "node": {
          "editorial": {
            "revisions": {
              "totalCount": 2,
              "nodes": [
                {
                  "version": 2,
                  "savedAt": "2026-07-01T09:01:00Z",
                  "savedBy": {
                    "name": "ben"
                  },
                  "action": "SAVED",
                  "note": null
                },
                {
                  "version": 1,
                  "savedAt": "2026-07-01T09:00:00Z",
                  "savedBy": {
                    "name": "ada"
                  },
                  "action": "CREATED",
                  "note": null
                }
              ]
            }
          }
        }
      }
    }
    "#);
}

async fn a_revision_says_in_the_fields_of_inputs_what_was_saved(world: &World) {
    let ada = world.author("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    let post = ada.writes_post(json!({ "title": "A day", "topicIds": [topic.id], "oldPaths": ["/news/1"] })).await;
    ada.saves_in("cy", "postUpdate", &post, json!({ "title": "Diwrnod" })).await;

    let newest = history(&ada, &post).await.remove(0);

    let words = |title: &str, slug: &str| {
        json!({ "title": title, "slug": slug, "summary": null, "body": "", "contentNotes": [], "exitLink": null, "seo": null })
    };
    assert_eq!(
        newest["content"],
        json!({
            "reviewDueOn": "2027-07-01",
            "authorIds": [],
            "topicIds": [topic.id],
            "campaignIds": [],
            "channelIds": [],
            "oldPaths": ["/news/1"],
            "externalReference": null,
            "translations": { "cy": words("Diwrnod", "diwrnod"), "en": words("A day", "a-day") },
        })
    );
}

async fn a_patch_is_what_a_version_changes_of_the_one_before(world: &World) {
    let ada = world.author("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    let post = ada.saves("postUpdate", &post, json!({ "title": "A better day", "externalReference": "17" })).await;
    ada.saves("postUpdate", &post, json!({})).await;

    let history = history(&ada, &post).await;

    assert_eq!(history[0]["patch"], json!([]));
    assert_eq!(
        history[1]["patch"],
        json!([
            { "op": "replace", "path": "/externalReference", "value": "17" },
            { "op": "replace", "path": "/translations/en/title", "value": "A better day" },
        ])
    );
    assert_eq!(history[2]["patch"][0]["op"], "add");
}

async fn a_correction_is_a_revision_with_its_reason(world: &World) {
    let ada = world.editor("ada").await;
    let women = ada.publishes(&ada.writes_statistic().await).await;
    let id = ada.figure_of(&women).await;
    let correction = json!({ "figureId": id, "expectedVersion": women.version, "value": "48", "reason": "A misprint" });
    ada.does("figureCorrect", correction).await;

    let newest = history(&ada, &women).await.remove(0);

    assert_eq!((&newest["action"], &newest["note"]), (&json!("CORRECTED"), &json!("A misprint")));
    let path = format!("/figures/{id}/value");
    assert_eq!(newest["patch"], json!([{ "op": "replace", "path": path, "value": "48" }]));
}

async fn history_is_read_in_pages_from_both_ends(world: &World) {
    let ada = world.author("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    let post = ada.saves("postUpdate", &post, json!({})).await;
    ada.saves("postUpdate", &post, json!({})).await;
    let page = async |arguments: &str| {
        let selection = format!(
            "... on Post {{ editorial {{ revisions({arguments}) {{ nodes {{ version }} pageInfo {{ hasNextPage endCursor }} }} }} }}"
        );
        ada.reads(&post, &selection).await.data("/node/editorial/revisions").clone()
    };

    let first = page("first: 2").await;
    let after = first["pageInfo"]["endCursor"].as_str().unwrap_or_default();
    let rest = page(&format!("first: 2, after: {after:?}")).await;
    let last = page("last: 1").await;

    assert_eq!(first["nodes"], json!([{ "version": 3 }, { "version": 2 }]));
    assert_eq!(first["pageInfo"]["hasNextPage"], true);
    assert_eq!(rest["nodes"], json!([{ "version": 1 }]));
    assert_eq!(rest["pageInfo"]["hasNextPage"], false);
    assert_eq!(last["nodes"], json!([{ "version": 1 }]));
}

async fn history_is_for_those_who_may_read_drafts(world: &World) {
    let ada = world.author("ada").await;
    let vera = world.viewer("vera").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    let ids = ada.reads(&post, "... on Post { editorial { revisions { nodes { id } } } }").await;
    let revision = Doc { id: ids.text("/node/editorial/revisions/nodes/0/id").to_owned(), version: 1 };

    let seen = vera.reads(&revision, "... on Revision { version action }").await;
    let question = format!("{{ node(id: {:?}) {{ id }} }}", revision.id);
    let hidden = world.reader().ask(&question).await.expect_ok();

    assert_eq!(seen.data("/node"), &json!({ "version": 1, "action": "CREATED" }));
    assert_eq!(hidden.data("/node"), &Value::Null);
}

async fn history_outlives_what_it_is_of(world: &World) {
    let ada = world.author("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    let ids = ada.reads(&post, "... on Post { editorial { revisions { nodes { id } } } }").await;
    let revision = Doc { id: ids.text("/node/editorial/revisions/nodes/0/id").to_owned(), version: 1 };

    ada.tries("contentDelete", post.named()).await.expect_ok();

    let kept = ada.reads(&revision, "... on Revision { content }").await;
    assert_eq!(kept.data("/node/content/translations/en/title"), "A day");
}

async fn an_old_version_comes_back_as_the_next_one(world: &World) {
    let ada = world.editor("ada").await;
    let ben = world.author("ben").await;
    let post = ada.publishes_post(json!({ "title": "A day", "summary": "What it is" })).await;
    let changed = ada.saves("postUpdate", &post, json!({ "title": "Another", "slug": "another", "summary": null })).await;

    restored(&ben, &changed, 1).await.expect_ok();

    let draft = ben.reads(&post, "... on Post { title slug summary editorial { version savedBy { name } } }").await;
    assert_eq!(
        draft.data("/node"),
        &json!({ "title": "A day", "slug": "a-day", "summary": "What it is",
            "editorial": { "version": 3, "savedBy": { "name": "ben" } } })
    );
    let newest = history(&ada, &post).await.remove(0);
    assert_eq!((&newest["action"], &newest["note"]), (&json!("RESTORED"), &json!("As it was in version 1.")));
    let late = ada.tries_for("postUpdate", changed.with(json!({})), "userErrors { conflict { changedFields } }").await;
    assert_eq!(late.data("/postUpdate/userErrors/0/conflict/changedFields"), &json!(["slug", "summary", "title"]));
}

async fn posts_and_campaigns_come_back_whole(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    let rosa = ada.creates("personCreate", json!({ "name": "Rosa" })).await;
    let service = ada.writes_service().await;
    let line = ada.writes_channel(&service).await;
    let women = ada.writes_statistic().await;
    let campaign = ada.saves("campaignUpdate", &ada.creates("campaignCreate", campaign()).await, json!({
        "summary": "What", "body": "All", "organiser": "Them", "organiserUrl": "https://them.example/", "topicIds": [topic.id],
        "observance": { "kind": "NTH_WEEKDAY", "month": 2, "weekday": "TUESDAY", "nth": 2, "lengthDays": 3 },
        "statisticIds": [women.id], "channelIds": [line.id], "seo": { "title": "S" }, "externalReference": "c1" })).await;
    let post = ada.writes_post(json!({ "title": "A day", "summary": "What", "body": "See [[statistic:women-among-detected-victims]]",
        "authorIds": [rosa.id], "topicIds": [topic.id], "campaignIds": [campaign.id], "channelIds": [line.id],
        "contentNotes": [{ "topic": "SLAVERY", "strength": "DISCUSSES", "text": "Slavery" }],
        "exitLink": { "url": "https://example.org/", "label": "Leave" }, "reviewDueOn": "2028-01-01",
        "seo": { "description": "D" }, "externalReference": "p1", "publishedAt": "2020-02-03T04:05:06.789Z",
        "oldPaths": ["/b", "/a"] })).await;
    let post = ada.saves_in("fa", "postUpdate", &post, json!({ "title": "یک روز", "body": "همه" })).await;
    let words = json!({ "theme": "Act", "summary": "S", "body": "B", "hashtags": ["EndIt"], "postIds": [post.id],
        "actions": [{ "kind": "GET_HELP", "label": "Help", "channelIds": [line.id] }, { "kind": "LEARN", "label": "Learn", "url": "https://example.org/" }],
        "shareMessages": [{ "network": "X", "text": "Act" }], "dateStatus": "CONFIRMED", "dateSource": "https://them.example/",
        "startsOn": "2027-02-10", "endsOn": "2027-02-11",
        "goals": [{ "metric": "cups", "target": 10, "current": 1, "asOf": "2026-07-01T00:00:00Z" }] });
    let campaign = ada.writes_edition(&campaign, 2027, words).await;
    let campaign = ada.writes_edition(&campaign, 2026, json!({})).await;

    comes_back(&ada, &post, "postUpdate", nulls("PostUpdateInput", &["title"])).await;
    comes_back(&ada, &campaign, "campaignUpdate", nulls("CampaignUpdateInput", &["name", "observance"])).await;
}

async fn statistics_and_sets_come_back_whole(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    let women = ada.writes_statistic_from(&source).await;
    let mut range = figure(&source, 2018, "46");
    range["qualifier"] = json!("RANGE");
    range["lower"] = json!("45.0");
    range["upper"] = json!("47");
    range["quote"] = json!("Nearly half");
    range["caveat"] = json!("Detected only");
    range["reviewDueOn"] = json!("2029-01-01");
    let women = ada.writes_figure(&women, range).await;
    let women = ada.saves("statisticUpdate", &women, json!({ "unit": "RATE", "per": 1000, "topicIds": [topic.id], "externalReference": "s1",
        "statement": "{ $value } of detected victims, not all victims, were women" })).await;
    let set = ada.creates("statisticSetCreate", json!({ "title": "Who", "subtitle": "World", "isComplete": true, "externalReference": "t1",
        "parts": [{ "label": "Women", "statisticId": women.id, "period": "2016" }, { "label": "Later", "statisticId": women.id }] })).await;
    let set = ada.saves_in("cy", "statisticSetUpdate", &set, json!({ "title": "Pwy", "subtitle": "Byd" })).await;
    let other = json!({ "externalReference": null, "isComplete": null, "parts": [{ "label": "Girls", "statisticId": women.id }] });

    comes_back(&ada, &set, "statisticSetUpdate", other).await;
    let other = json!({ "unit": "PERCENT", "per": null, "topicIds": null, "externalReference": null, "statement": null });
    comes_back(&ada, &women, "statisticUpdate", other).await;
    let removed = json!({ "figureId": ada.figure_of(&women).await, "expectedVersion": women.version + 2 });
    let removed = ada.does("figureRemove", removed).await;
    restored(&ada, &removed, women.version).await.expect_ok();
    let history = history(&ada, &women).await;
    assert_eq!(history[0]["content"], history[2]["content"]);
}

async fn a_goal_stays_as_far_as_it_has_come(world: &World) {
    let ada = world.editor("ada").await;
    let goal = |current: i32| json!({ "goals": [{ "metric": "signatures", "target": 10_000, "current": current, "asOf": "2026-07-01T08:00:00Z" }] });
    let campaign = ada.writes_edition(&ada.writes_campaign().await, 2026, goal(9_000)).await;
    let campaign = ada.publishes(&campaign).await;
    let record = json!({
        "campaignId": campaign.id, "year": 2026, "metric": "signatures", "current": 9_999, "asOf": "2026-07-01T09:00:00Z"
    });
    let changed = ada.does("campaignGoalRecord", record).await;

    let back = restored(&ada, &changed, campaign.version).await.expect_ok();

    assert_eq!(back.user_errors(), [""; 0]);
    let goals = "... on Campaign { edition(year: 2026) { goals { target current asOf } } }";
    let now = json!([{ "target": 10_000, "current": 9_999, "asOf": "2026-07-01T09:00:00Z" }]);
    assert_eq!(ada.reads(&campaign, goals).await.data("/node/edition/goals"), &now);
}

async fn services_and_channels_come_back_whole(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    let service = ada.saves("serviceUpdate", &ada.creates("serviceCreate", service()).await, json!({
        "summary": "What", "body": "All", "status": "TEMPORARILY_CLOSED", "topicIds": [topic.id],
        "alert": { "text": "Phones are down", "from": "2026-07-01T00:00:00Z", "until": "2026-07-02T00:00:00Z" },
        "audience": { "minAge": 5, "maxAge": 18, "roles": ["CHILD", "SURVIVOR"] },
        "coverage": [{ "scheme": "ISO3166_1", "code": "GB" }], "externalReference": "v1",
        "confidentiality": { "level": "CONFIDENTIAL", "statement": "We tell nobody." } })).await;
    let service = ada.saves_in("cy", "serviceUpdate", &service, json!({ "name": "Tîm" })).await;
    let line = ada.saves("contactChannelUpdate", &ada.creates("contactChannelCreate", channel(&service)).await, json!({
        "extension": "7", "languages": [{ "language": "pl", "viaInterpreter": true }, { "language": "en" }], "cost": "FREE",
        "showsOnBill": "MAY", "safetyNotes": ["Delete the call"], "responseHours": 4, "textRelay": true, "priority": 7,
        "hours": { "expression": "Mo-Fr 09:00-17:00; PH off", "timeZone": "Europe/London", "holidays": "SCOTLAND" },
        "verifyEveryDays": 30, "suspendedUntil": "2026-08-01T00:00:00Z", "externalReference": "l1" })).await;

    comes_back(&ada, &service, "serviceUpdate", nulls("ServiceUpdateInput", &["name"])).await;
    let other = nulls("ContactChannelUpdateInput", &["kind", "label", "serviceId", "value"]);
    comes_back(&ada, &line, "contactChannelUpdate", other).await;
}

async fn topics_people_and_sources_come_back_whole(world: &World) {
    let ada = world.editor("ada").await;
    let line = ada.writes_channel(&ada.writes_service().await).await;
    let topic = json!({ "name": "Slavery", "description": "What", "isSensitive": true, "channelIds": [line.id] });
    let topic = ada.creates("topicCreate", topic).await;
    let rosa = json!({ "name": "Rosa", "role": "Caseworker", "bio": "She helps.", "isPseudonym": true });
    let rosa = ada.creates("personCreate", rosa).await;
    let report = json!({ "url": "https://example.org/", "doi": "10.1000/182", "issuedOn": "2018-01-01", "accessedOn": "2026-01-01",
        "archivedUrl": "https://archive.example/", "licence": "CC BY 4.0", "nextExpectedOn": "2027-01-01" });
    let report = ada.saves("sourceUpdate", &ada.creates("sourceCreate", source()).await, report).await;

    // Whether a topic is sensitive is not for everybody to change back.
    let cara = world.person("cara", Role::SafeguardingLead).await;
    comes_back(&cara, &topic, "topicUpdate", nulls("TopicUpdateInput", &["name"])).await;
    comes_back(&ada, &rosa, "personUpdate", nulls("PersonUpdateInput", &["name"])).await;
    comes_back(&ada, &report, "sourceUpdate", nulls("SourceUpdateInput", &["title", "publisher", "kind"])).await;
}

async fn the_site_has_a_history(world: &World) {
    let root = world.admin("root").await;
    root.tries("siteUpdate", json!({ "input": { "organisationName": "The Charity" } })).await.expect_ok();
    root.tries("siteUpdate", json!({ "input": { "organisationName": "A Charity" } })).await.expect_ok();

    let history = root.ask("{ site { revisions { nodes { version patch } } } }").await.expect_ok();

    let patch = json!([{ "op": "replace", "path": "/organisationName", "value": "A Charity" }]);
    assert_eq!(history.data("/site/revisions/nodes/0"), &json!({ "version": 2, "patch": patch }));
}

async fn what_was_put_right_does_not_come_back(world: &World) {
    let ada = world.editor("ada").await;
    let women = ada.publishes(&ada.writes_statistic().await).await;
    let id = ada.figure_of(&women).await;
    let right = json!({ "figureId": id, "expectedVersion": women.version, "value": "48", "reason": "A misprint" });
    let corrected = ada.does("figureCorrect", right).await;

    restored(&ada, &corrected, women.version).await.expect_ok();

    let draft = ada.reads(&women, "... on Statistic { figure { value } }").await;
    assert_eq!(draft.text("/node/figure/value"), "48");
}

async fn a_version_whose_slug_somebody_took_does_not_come_back(world: &World) {
    let ada = world.author("ada").await;
    let post = ada.writes_post(json!({ "title": "A day", "externalReference": "17" })).await;
    let post = ada.saves("postUpdate", &post, json!({ "slug": "another-day", "externalReference": null })).await;
    ada.writes_post(json!({ "title": "A day", "externalReference": "17" })).await;

    let answer = restored(&ada, &post, 1).await;

    assert_eq!(answer.user_errors(), ["TAKEN version.en.slug", "TAKEN version.en.externalReference"]);
    assert_eq!(history(&ada, &post).await.len(), 2);
}

async fn a_version_that_refers_to_what_is_gone_does_not_come_back(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    let post = ada.writes_post(json!({ "title": "A day", "topicIds": [topic.id] })).await;
    let post = ada.saves("postUpdate", &post, json!({ "topicIds": [] })).await;
    ada.tries("contentDelete", topic.named()).await.expect_ok();

    let answer = restored(&ada, &post, 1).await;

    assert_eq!(answer.user_errors(), ["NOT_FOUND version.en.topicIds.0"]);
}

async fn a_version_that_never_was_does_not_come_back(world: &World) {
    let ada = world.author("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;

    let answer = restored(&ada, &post, 2).await;

    assert_eq!(answer.user_errors(), ["NOT_FOUND version"]);
}

async fn a_restoration_that_comes_too_late_is_a_conflict(world: &World) {
    let ada = world.author("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    ada.saves("postUpdate", &post, json!({ "title": "Another day" })).await;

    let answer = restored(&ada, &post, 1).await;

    assert_eq!(answer.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
}
