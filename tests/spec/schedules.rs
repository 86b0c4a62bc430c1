//! Schedules: a version goes to readers at its moment, and is taken from them at another.

use serde_json::{Value, json};

use super::support::verbs::Doc;
use super::support::{Person, World};

specs! {
    in_a_world {
        a_version_goes_out_at_its_moment_in_whatever_offset,
        what_was_missed_goes_out_as_soon_as_the_server_is_there_again,
        later_saves_neither_travel_with_it_nor_cancel_it,
        what_is_scheduled_both_ways_comes_and_goes,
        what_readers_see_may_be_scheduled_to_be_taken_down,
        what_was_missed_both_ways_is_not_shown,
        a_schedule_is_taken_back,
        a_schedule_replaces_the_one_before,
        a_publication_by_hand_ends_a_scheduled_one,
        a_withdrawal_ends_a_schedule,
        a_language_that_is_withdrawn_leaves_the_others_their_end,
        a_moment_is_to_come_and_in_order,
        what_belongs_together_goes_out_together_and_what_others_refer_to_first,
        what_must_be_signed_off_is_not_scheduled_before,
        an_approval_is_of_the_version_that_goes_out,
        what_cannot_go_out_is_tried_again,
        what_a_schedule_refers_to_is_in_use,
        the_slug_of_what_is_scheduled_is_nobody_elses,
        a_schedule_that_is_taken_back_frees_its_slug,
        a_correction_reaches_what_is_scheduled,
        nobody_sees_what_is_scheduled_before_its_moment,
        of_two_servers_one_publishes,
    }
}

const MOMENT: &str = "2027-07-29T23:01:00Z";
const TITLES: &str = "{ posts { nodes { title publishedAt } } site { contentVersion } }";

fn at(doc: &Doc, publish_at: Option<&str>, withdraw_at: Option<&str>) -> Value {
    json!({ "id": doc.id, "expectedVersion": doc.version, "publishAt": publish_at, "withdrawAt": withdraw_at })
}

/// What readers see: the titles of posts.
async fn titles(world: &World) -> Vec<String> {
    let answer = world.reader().ask(TITLES).await.expect_ok();
    let posts = answer.data("/posts/nodes").as_array().cloned().unwrap_or_default();
    posts.iter().map(|post| post["title"].as_str().unwrap_or_default().to_owned()).collect()
}

/// `SCHEDULED 1 2027-07-29T23:01:00Z -`: status, version and moments.
async fn state(person: &Person, doc: &Doc) -> String {
    let editorial = "... on Content { editorial { status version publishAt withdrawAt } }";
    let answer = person.reads(doc, editorial).await;
    let of = |field: &str| match &answer.data("/node/editorial")[field] {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    };
    ["status", "version", "publishAt", "withdrawAt"].map(of).join(" ")
}

async fn a_version_goes_out_at_its_moment_in_whatever_offset(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;

    let scheduled = ada.does("contentSchedule", at(&post, Some("2027-07-30T00:01:00+01:00"), None)).await;

    assert_eq!(scheduled.version, 1);
    assert_eq!(state(&ada, &post).await, format!("SCHEDULED 1 {MOMENT} -"));
    world.reaches("2027-07-29T23:00:59Z").await;
    assert_eq!(titles(world).await, [""; 0]);
    world.reaches(MOMENT).await;
    let seen = world.reader().ask(TITLES).await.expect_ok();
    assert_eq!(seen.data("/posts/nodes"), &json!([{ "title": "A day", "publishedAt": MOMENT }]));
    assert_eq!(state(&ada, &post).await, "PUBLISHED 1 - -");
}

async fn what_was_missed_goes_out_as_soon_as_the_server_is_there_again(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    ada.does("contentSchedule", at(&post, Some(MOMENT), None)).await;

    world.reaches("2027-08-03T06:00:00Z").await;

    let seen = world.reader().ask(TITLES).await.expect_ok();
    assert_eq!(seen.data("/posts/nodes"), &json!([{ "title": "A day", "publishedAt": MOMENT }]));
}

async fn later_saves_neither_travel_with_it_nor_cancel_it(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day", "slug": "a-day", "body": "Once." })).await;
    ada.does("contentSchedule", at(&post, Some(MOMENT), None)).await;

    let later = ada.saves("postUpdate", &post, json!({ "title": "Another day", "slug": "another" })).await;
    let between = state(&ada, &later).await;
    world.reaches(MOMENT).await;

    assert_eq!(between, format!("SCHEDULED 2 {MOMENT} -"));
    assert_eq!(titles(world).await, ["A day"]);
    let editorial = "... on Post { title editorial { status version publishedVersion hasUnpublishedChanges } }";
    let draft = ada.reads(&later, editorial).await;
    let expected = json!({ "title": "Another day", "editorial": {
        "status": "PUBLISHED", "version": 2, "publishedVersion": 1, "hasUnpublishedChanges": true } });
    assert_eq!(draft.data("/node"), &expected);
    let found = world.reader().ask(r#"{ post(slug: "a-day") { title body { plainText } } }"#).await.expect_ok();
    assert_eq!(found.data("/post"), &json!({ "title": "A day", "body": { "plainText": "Once." } }));
}

async fn what_is_scheduled_both_ways_comes_and_goes(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    ada.does("contentSchedule", at(&post, Some(MOMENT), Some("2027-08-01T00:00:00Z"))).await;

    world.reaches(MOMENT).await;
    let up = (titles(world).await, state(&ada, &post).await);
    world.reaches("2027-08-01T00:00:00Z").await;

    assert_eq!(up, (vec!["A day".to_owned()], "PUBLISHED 1 - 2027-08-01T00:00:00Z".to_owned()));
    assert_eq!(titles(world).await, [""; 0]);
    assert_eq!(state(&ada, &post).await, "WITHDRAWN 1 - -");
}

async fn what_readers_see_may_be_scheduled_to_be_taken_down(world: &World) {
    let ada = world.editor("ada").await;
    let draft = ada.writes_post(json!({ "title": "A draft" })).await;
    let post = ada.publishes_post(json!({ "title": "A day" })).await;

    let unseen = ada.tries("contentSchedule", at(&draft, None, Some(MOMENT))).await;
    ada.does("contentSchedule", at(&post, None, Some(MOMENT))).await;

    assert_eq!(unseen.user_errors(), ["NOT_ALLOWED_IN_STATE id"]);
    assert_eq!(state(&ada, &post).await, format!("PUBLISHED 1 - {MOMENT}"));
    world.reaches(MOMENT).await;
    assert_eq!(titles(world).await, [""; 0]);
}

async fn what_was_missed_both_ways_is_not_shown(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    ada.does("contentSchedule", at(&post, Some(MOMENT), Some("2027-08-01T00:00:00Z"))).await;
    let before = world.reader().ask(TITLES).await.expect_ok();

    world.reaches("2027-09-01T00:00:00Z").await;

    assert_eq!(world.reader().ask(TITLES).await.expect_ok().body, before.body);
    assert_eq!(state(&ada, &post).await, "DRAFT 1 - -");
}

async fn a_schedule_is_taken_back(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    ada.does("contentSchedule", at(&post, Some(MOMENT), None)).await;

    ada.does("contentUnschedule", post.named()).await;

    let again = ada.tries("contentUnschedule", post.named()).await;
    assert_eq!(again.user_errors(), ["NOT_ALLOWED_IN_STATE id"]);
    assert_eq!(state(&ada, &post).await, "DRAFT 1 - -");
    world.reaches(MOMENT).await;
    assert_eq!(titles(world).await, [""; 0]);
}

async fn a_schedule_replaces_the_one_before(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    ada.does("contentSchedule", at(&post, Some(MOMENT), Some("2027-08-01T00:00:00Z"))).await;
    let post = ada.saves("postUpdate", &post, json!({ "title": "A day for all" })).await;

    ada.does("contentSchedule", at(&post, Some("2027-07-30T09:00:00Z"), None)).await;

    assert_eq!(state(&ada, &post).await, "SCHEDULED 2 2027-07-30T09:00:00Z -");
    world.reaches(MOMENT).await;
    assert_eq!(titles(world).await, [""; 0]);
    world.reaches("2027-07-30T09:00:00Z").await;
    assert_eq!(titles(world).await, ["A day for all"]);
}

async fn a_publication_by_hand_ends_a_scheduled_one(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    ada.does("contentSchedule", at(&post, Some(MOMENT), Some("2027-08-01T00:00:00Z"))).await;
    let post = ada.saves("postUpdate", &post, json!({ "title": "A day for all" })).await;

    ada.publishes(&post).await;

    assert_eq!(state(&ada, &post).await, "PUBLISHED 2 - 2027-08-01T00:00:00Z");
    world.reaches(MOMENT).await;
    assert_eq!(titles(world).await, ["A day for all"], "what is older does not come after it");
    world.reaches("2027-08-01T00:00:00Z").await;
    assert_eq!(titles(world).await, [""; 0]);
}

async fn a_withdrawal_ends_a_schedule(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "A day" })).await;
    let post = ada.saves("postUpdate", &post, json!({ "title": "A day for all" })).await;
    ada.does("contentSchedule", at(&post, Some(MOMENT), None)).await;

    ada.withdraws(&post, "The partner asked for it").await;

    assert_eq!(state(&ada, &post).await, "WITHDRAWN 2 - -");
    world.reaches(MOMENT).await;
    assert_eq!(titles(world).await, [""; 0]);
}

async fn a_language_that_is_withdrawn_leaves_the_others_their_end(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    let post = ada.publishes(&ada.saves_in("cy", "postUpdate", &post, json!({ "title": "Diwrnod" })).await).await;
    ada.does("contentSchedule", at(&post, None, Some(MOMENT))).await;

    ada.does("contentWithdraw", json!({ "id": post.id, "reason": "A mistake", "languages": ["cy"] })).await;

    let editorial = state(&ada, &post).await;
    assert!(editorial.ends_with(MOMENT), "{editorial}");
    world.reaches(MOMENT).await;
    assert_eq!(titles(world).await, [""; 0]);
}

async fn a_moment_is_to_come_and_in_order(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;

    let never = ada.tries("contentSchedule", at(&post, None, None)).await;
    let past = ada.tries("contentSchedule", at(&post, Some("2026-07-01T09:00:00Z"), None)).await;
    let backwards = ada.tries("contentSchedule", at(&post, Some(MOMENT), Some(MOMENT))).await;
    let unreadable = ada.tries("contentSchedule", at(&post, Some("30 July"), None)).await;

    assert_eq!(never.user_errors(), ["REQUIRED publishAt"]);
    assert_eq!(past.user_errors(), ["OUT_OF_RANGE publishAt"]);
    assert_eq!(backwards.user_errors(), ["OUT_OF_RANGE withdrawAt"]);
    assert_eq!(unreadable.refused_argument(), "publishAt");
    assert_eq!(state(&ada, &post).await, "DRAFT 1 - -");
}

async fn what_belongs_together_goes_out_together_and_what_others_refer_to_first(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.writes_service().await;
    let channel = ada.writes_channel(&service).await;
    ada.has_it_signed_off(&channel).await;
    let alone = ada.tries("contentSchedule", at(&channel, Some(MOMENT), None)).await;
    ada.does("contentSchedule", at(&service, Some(MOMENT), None)).await;
    let too_early = ada.tries("contentSchedule", at(&channel, Some("2027-07-29T23:00:00Z"), None)).await;

    ada.does("contentSchedule", at(&channel, Some(MOMENT), None)).await;
    world.reaches(MOMENT).await;

    assert_eq!(alone.user_errors(), ["NOT_ALLOWED_IN_STATE id"]);
    assert_eq!(too_early.user_errors(), ["NOT_ALLOWED_IN_STATE id"]);
    let seen = world.reader().ask("{ services { nodes { name channels { label } } } }").await.expect_ok();
    let together = json!([{ "name": "Safe team", "channels": [{ "label": "Safe line" }] }]);
    assert_eq!(seen.data("/services/nodes"), &together);
}

fn note() -> Value {
    json!({ "topic": "OTHER", "strength": "MENTIONS", "text": "Mentions threats." })
}

async fn what_must_be_signed_off_is_not_scheduled_before(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day", "contentNotes": [note()] })).await;

    let refused = ada.tries("contentSchedule", at(&post, Some(MOMENT), None)).await;
    ada.has_it_signed_off(&post).await;
    ada.does("contentSchedule", at(&post, Some(MOMENT), None)).await;

    assert_eq!(refused.user_errors(), ["CHECK_FAILED id"]);
    world.reaches(MOMENT).await;
    assert_eq!(titles(world).await, ["A day"]);
}

async fn an_approval_is_of_the_version_that_goes_out(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day", "contentNotes": [note()] })).await;
    ada.has_it_signed_off(&post).await;
    ada.does("contentSchedule", at(&post, Some(MOMENT), None)).await;

    ada.saves("postUpdate", &post, json!({ "title": "Another day" })).await;

    world.reaches(MOMENT).await;
    assert_eq!(titles(world).await, ["A day"]);
}

async fn what_cannot_go_out_is_tried_again(world: &World) {
    let (ada, cara) = (world.editor("ada").await, world.lead("cara").await);
    let post = ada.writes_post(json!({ "title": "A day", "contentNotes": [note()] })).await;
    let other = ada.writes_post(json!({ "title": "Another day" })).await;
    cara.signs_off(&post).await;
    ada.does("contentSchedule", at(&post, Some(MOMENT), None)).await;
    ada.does("contentSchedule", at(&other, Some(MOMENT), None)).await;
    let why = json!({ "id": post.id, "expectedVersion": 1, "reason": "On second thoughts" });
    cara.does("contentRequestChanges", why).await;

    world.reaches(MOMENT).await;
    let at_first = (titles(world).await, state(&ada, &post).await);
    cara.signs_off(&post).await;
    world.reaches("2027-07-29T23:01:59Z").await;
    let too_early = titles(world).await;
    world.reaches("2027-07-29T23:02:00Z").await;

    assert_eq!(at_first, (vec!["Another day".to_owned()], format!("SCHEDULED 1 {MOMENT} -")));
    assert_eq!(too_early, ["Another day"]);
    let mut seen = titles(world).await;
    seen.sort_unstable();
    assert_eq!(seen, ["A day", "Another day"]);
}

async fn what_a_schedule_refers_to_is_in_use(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Sleep" })).await;
    let post = ada.writes_post(json!({ "title": "A day", "topicIds": [topic.id] })).await;
    ada.does("contentSchedule", at(&post, Some(MOMENT), None)).await;
    let post = ada.saves("postUpdate", &post, json!({ "topicIds": [] })).await;

    let used = ada.tries("contentDelete", topic.named()).await;
    ada.does("contentUnschedule", post.named()).await;

    assert_eq!(used.user_errors(), ["IN_USE id"]);
    ada.tries("contentDelete", topic.named()).await.expect_ok();
}

async fn the_slug_of_what_is_scheduled_is_nobody_elses(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day", "slug": "a-day" })).await;
    ada.does("contentSchedule", at(&post, Some(MOMENT), None)).await;
    ada.saves("postUpdate", &post, json!({ "slug": "another" })).await;

    let taken = ada.tries("postCreate", json!({ "input": { "title": "Mine", "slug": "a-day" } })).await;

    assert_eq!(taken.user_errors(), ["TAKEN input.slug"]);
    world.reaches(MOMENT).await;
    assert_eq!(titles(world).await, ["A day"]);
}

async fn a_schedule_that_is_taken_back_frees_its_slug(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day", "slug": "a-day" })).await;
    ada.does("contentSchedule", at(&post, Some(MOMENT), None)).await;
    let post = ada.saves("postUpdate", &post, json!({ "slug": "another" })).await;

    ada.does("contentUnschedule", post.named()).await;

    ada.writes_post(json!({ "title": "Mine", "slug": "a-day" })).await;
    let own = ada.tries("postCreate", json!({ "input": { "title": "Ours", "slug": "another" } })).await;
    assert_eq!(own.user_errors(), ["TAKEN input.slug"]);
}

async fn a_correction_reaches_what_is_scheduled(world: &World) {
    let ada = world.editor("ada").await;
    let statistic = ada.publishes(&ada.writes_statistic().await).await;
    let statistic = ada.saves("statisticUpdate", &statistic, json!({ "name": "Women found" })).await;
    ada.does("contentSchedule", at(&statistic, Some(MOMENT), None)).await;
    let figure = ada.figure_of(&statistic).await;
    let right = json!({ "figureId": figure, "expectedVersion": statistic.version, "value": "48", "reason": "A misprint" });

    ada.does("figureCorrect", right).await;
    world.reaches(MOMENT).await;

    let query = "{ statistics { nodes { name figure { value } } } }";
    let seen = world.reader().ask(query).await.expect_ok();
    let expected = json!([{ "name": "Women found", "figure": { "value": "48" } }]);
    assert_eq!(seen.data("/statistics/nodes"), &expected);
}

async fn nobody_sees_what_is_scheduled_before_its_moment(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "A day" })).await;
    let post = ada.saves("postUpdate", &post, json!({ "title": "Quokka" })).await;
    let before = world.reader().ask(TITLES).await.expect_ok();

    ada.does("contentSchedule", at(&post, Some(MOMENT), None)).await;
    ada.saves("postUpdate", &post, json!({ "title": "A day for all" })).await;

    assert_eq!(world.reader().ask(TITLES).await.expect_ok().body, before.body);
    let drafts = ada.with_drafts().ask("{ posts { nodes { title } totalCount } }").await.expect_ok();
    assert_eq!(drafts.data("/posts"), &json!({ "nodes": [{ "title": "A day for all" }], "totalCount": 1 }));
}

async fn of_two_servers_one_publishes(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    ada.does("contentSchedule", at(&post, Some(MOMENT), None)).await;
    let before = world.reader().ask(TITLES).await.expect_ok();
    let before = before.data("/site/contentVersion").as_i64().unwrap_or_default();

    tokio::join!(world.reaches(MOMENT), world.reaches(MOMENT), world.reaches(MOMENT));

    let after = world.reader().ask(TITLES).await.expect_ok();
    assert_eq!(after.data("/posts/nodes"), &json!([{ "title": "A day", "publishedAt": MOMENT }]));
    assert_eq!(after.data("/site/contentVersion").as_i64(), Some(before + 1));
}
