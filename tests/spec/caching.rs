//! Caching: the same answer is given again without work, and never one that is not true any more.

use std::time::Duration;

use serde_json::json;

use super::support::database::Backend;
use super::support::verbs::Doc;
use super::support::{Answer, Person, World};

specs! {
    in_a_world {
        a_repeated_answer_takes_no_statement,
        an_edit_is_seen_at_once,
        a_draft_leaves_what_is_kept,
        midnight_is_seen_at_once,
        the_end_of_a_suspension_is_seen_at_once,
        nobody_sees_what_was_kept_for_another_language,
        a_person_is_never_answered_from_the_cache,
        whoever_asks_who_they_are_is_asked_every_time,
        an_answer_with_errors_is_not_kept,
        the_media_type_and_the_method_are_part_of_the_question,
        who_has_the_answer_is_not_sent_it_again,
        an_answer_is_compressed_for_who_reads_it,
        others_may_show_an_answer_for_a_minute,
        others_ask_again_before_midnight_where_it_matters,
        others_never_keep_channels_or_sensitive_content,
        an_answer_names_what_it_was_made_of,
        edits_and_time_on_two_instances_never_leave_a_stale_answer,
    }
}

const POSTS: &str = "{ posts { nodes { title } } }";

/// The path of a query by GET.
fn by_get(query: &str) -> String {
    let encoded: String = query.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
    format!("/graphql?query={encoded}")
}

async fn got(person: &Person, query: &str) -> Answer {
    person.get(&by_get(query)).await.sent().await
}

async fn a_repeated_answer_takes_no_statement(world: &World) {
    world.editor("ada").await.publishes_post(json!({ "title": "Tea" })).await;
    is_followed(world).await;

    let first = world.reader().ask(POSTS).await.expect_ok();
    let second = world.reader().ask(POSTS).await.expect_ok();

    assert_eq!((first.statements, second.statements), (1, 0));
    assert_eq!(first.body, second.body);
    assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
}

async fn an_edit_is_seen_at_once(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "Tea" })).await;
    world.reader().ask(POSTS).await.expect_ok();

    let post = ada.saves("postUpdate", &post, json!({ "title": "Coffee" })).await;
    ada.publishes(&post).await;

    let answer = world.reader().ask(POSTS).await.expect_ok();
    assert_eq!(answer.text("/posts/nodes/0/title"), "Coffee");
}

async fn a_draft_leaves_what_is_kept(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "Tea" })).await;
    is_followed(world).await;
    world.reader().ask(POSTS).await.expect_ok();

    ada.saves("postUpdate", &post, json!({ "title": "Coffee" })).await;

    let answer = world.reader().ask(POSTS).await.expect_ok();
    assert_eq!((answer.text("/posts/nodes/0/title"), answer.statements), ("Tea", 0));
}

async fn midnight_is_seen_at_once(world: &World) {
    world.editor("ada").await.publishes_july("Day", &[2026]).await;
    let ask = r#"{ campaign(slug: "day") { edition { daysUntil state } } }"#;
    let days = async |moment: &str| {
        world.clock.set(moment);
        let answer = world.reader().ask(ask).await.expect_ok();
        answer.data("/campaign/edition/daysUntil").clone()
    };

    // Days begin in London, which is an hour ahead of UTC in July.
    assert_eq!(days("2026-07-28T12:00:00Z").await, 2);
    assert_eq!(days("2026-07-28T22:59:59Z").await, 2);
    assert_eq!(days("2026-07-28T23:00:00Z").await, 1);
    assert_eq!(days("2026-07-29T23:00:00Z").await, 0);
}

async fn the_end_of_a_suspension_is_seen_at_once(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.writes_service().await;
    let service = ada.publishes(&service).await;
    let line = json!({
        "kind": "PHONE", "label": "Safe line", "serviceId": service.id, "value": "01632 960123",
        "suspendedUntil": "2026-07-01T12:00:00Z",
    });
    let line = ada.creates("contactChannelCreate", line).await;
    ada.publishes(&line).await;
    let named = async || {
        let answer = world.reader().ask("{ signpost { items { service { name } } } }").await.expect_ok();
        answer.data("/signpost/items").as_array().map_or(0, Vec::len)
    };

    assert_eq!(named().await, 0);
    world.clock.set("2026-07-01T11:59:59Z");
    assert_eq!(named().await, 0);
    world.clock.set("2026-07-01T12:00:00Z");
    assert_eq!(named().await, 1);
}

async fn nobody_sees_what_was_kept_for_another_language(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "Tea" })).await;
    let post = ada.saves_in("cy", "postUpdate", &post, json!({ "title": "Te" })).await;
    ada.publishes(&post).await;
    let title = async |wishes: &str| {
        let answer = world.reader().in_languages(wishes).ask(POSTS).await.expect_ok();
        answer.text("/posts/nodes/0/title").to_owned()
    };

    assert_eq!(title("en").await, "Tea");
    assert_eq!(title("cy").await, "Te");
    assert_eq!(title("en").await, "Tea");
}

async fn a_person_is_never_answered_from_the_cache(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(json!({ "title": "Tea" })).await;
    world.reader().ask(POSTS).await.expect_ok();

    let signed_in = ada.ask(POSTS).await.expect_ok();
    let with_cookie = world.reader().saying("cookie", "a=b").ask(POSTS).await.expect_ok();

    assert_eq!((signed_in.statements > 0, with_cookie.statements > 0), (true, true));
    assert_eq!(signed_in.header("cache-control"), "private, no-store");
}

async fn whoever_asks_who_they_are_is_asked_every_time(world: &World) {
    let answer = world.reader().ask("{ viewer { name } }").await.expect_ok();

    assert_eq!(answer.header("cache-control"), "private, no-store");
}

async fn an_answer_with_errors_is_not_kept(world: &World) {
    let ask = "{ posts(first: 101) { nodes { title } } }";
    let first = world.reader().ask(ask).await;
    let second = world.reader().ask(ask).await;

    assert_eq!(first.error_code(), "BAD_INPUT");
    assert_eq!(second.header("cache-control"), "private, no-store");
    assert_eq!(first.body, second.body);
}

async fn the_media_type_and_the_method_are_part_of_the_question(world: &World) {
    world.reader().ask(POSTS).await.expect_ok();

    let json = world.reader().saying("accept", "application/json").ask(POSTS).await.expect_ok();
    let by_get = got(&world.reader(), POSTS).await.expect_ok();

    assert_eq!(json.header("content-type"), "application/json; charset=utf-8");
    assert_eq!((json.statements, by_get.statements), (1, 1));
}

async fn who_has_the_answer_is_not_sent_it_again(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(json!({ "title": "Tea" })).await;
    let tag = got(&world.reader(), POSTS).await.expect_ok().header("etag").to_owned();

    let known = got(&world.reader().saying("if-none-match", &tag), POSTS).await;
    ada.publishes_post(json!({ "title": "Coffee" })).await;
    let changed = got(&world.reader().saying("if-none-match", &tag), POSTS).await;

    assert_eq!((known.status, known.body.as_str(), known.header("etag")), (304, "", tag.as_str()));
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), tag);
}

async fn an_answer_is_compressed_for_who_reads_it(world: &World) {
    world.editor("ada").await.publishes_posts(40, json!({})).await;
    let ask = "{ posts(first: 40) { nodes { id title slug updatedAt } } }";
    let plain = got(&world.reader(), ask).await.expect_ok();

    let gzip = got(&world.reader().saying("accept-encoding", "gzip"), ask).await;
    let brotli = got(&world.reader().saying("accept-encoding", "gzip, br"), ask).await;

    assert_eq!((plain.header("content-encoding"), gzip.header("content-encoding")), ("", "gzip"));
    assert_eq!(brotli.header("content-encoding"), "br");
    let size = |answer: &Answer| answer.header("content-length").parse::<usize>().unwrap_or(usize::MAX);
    assert!(size(&brotli) < size(&plain) && size(&gzip) < size(&plain), "{brotli:?}");
    assert_ne!(gzip.header("etag"), brotli.header("etag"));
    let again = world.reader().saying("accept-encoding", "br").saying("if-none-match", gzip.header("etag"));
    assert_eq!(got(&again, ask).await.status, 304);
    assert!(plain.header("vary").contains("Accept-Encoding"));
}

async fn others_may_show_an_answer_for_a_minute(world: &World) {
    world.editor("ada").await.publishes_post(json!({ "title": "Tea" })).await;

    let answer = got(&world.reader(), POSTS).await.expect_ok();

    assert_eq!(answer.header("cache-control"), "public, max-age=60, stale-while-revalidate=60");
}

async fn others_ask_again_before_midnight_where_it_matters(world: &World) {
    world.editor("ada").await.publishes_july("Day", &[2026]).await;
    let ask = r#"{ campaign(slug: "day") { edition { daysUntil } } }"#;
    let said = async |moment: &str| {
        world.clock.set(moment);
        got(&world.reader(), ask).await.expect_ok().header("cache-control").to_owned()
    };

    assert_eq!(said("2026-07-02T22:58:00Z").await, "public, max-age=60, stale-while-revalidate=60");
    assert_eq!(said("2026-07-02T22:58:30Z").await, "public, max-age=60, stale-while-revalidate=30");
    assert_eq!(said("2026-07-02T22:59:50Z").await, "public, max-age=10");
    assert_eq!(said("2026-07-02T22:59:59.5Z").await, "public, max-age=0, must-revalidate");
}

async fn others_never_keep_channels_or_sensitive_content(world: &World) {
    let rosa = world.lead("rosa").await;
    let said = async |ask: &str| {
        got(&world.reader(), ask).await.expect_ok().header("cache-control").to_owned()
    };
    let service = rosa.writes_service().await;
    let service = rosa.publishes(&service).await;
    let line = rosa.writes_channel(&service).await;
    let line = rosa.publishes(&line).await;
    rosa.publishes_post(json!({ "title": "Tea" })).await;
    let unlasting = "public, max-age=0, must-revalidate";
    assert_eq!(said("{ contactChannels { nodes { label } } }").await, unlasting);
    assert_ne!(said(POSTS).await, unlasting);

    let note = json!({ "topic": "SLAVERY", "strength": "MENTIONS", "text": "Slavery" });
    let noted = rosa.publishes_post(json!({ "title": "A film", "contentNotes": [note] })).await;
    assert_eq!(said(POSTS).await, unlasting);
    rosa.withdraws(&noted, "Old").await;
    assert_ne!(said(POSTS).await, unlasting);

    let topic = rosa.creates("topicCreate", json!({ "name": "Forced marriage", "isSensitive": true })).await;
    let wedding = json!({ "title": "A wedding", "topicIds": [topic.id], "channelIds": [line.id] });
    rosa.publishes_post(wedding).await;

    assert_eq!(said(POSTS).await, unlasting);
}

async fn an_answer_names_what_it_was_made_of(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "Tea" })).await;

    let answer = got(&world.reader(), "{ posts { nodes { title topics { name } } } }").await.expect_ok();

    let tag = format!("content post topic {}", tag_of(&post));
    assert_eq!(answer.header("surrogate-key"), tag);
    assert_eq!(answer.header("cache-tag"), tag.replace(' ', ","));
}

/// Two instances that keep answers and one that keeps none must agree after each step.
async fn edits_and_time_on_two_instances_never_leave_a_stale_answer(world: &World) {
    let rounds = std::env::var("BEACON_TEST_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(30);
    let (other, plain) = (world.another().await, world.another_with(&[("BEACON_CACHE_BYTES", "0")]).await);
    let ada = world.editor("ada").await;
    ada.publishes_july("Day", &[2026, 2027]).await;
    let mut post = ada.publishes_post(json!({ "title": "Tea" })).await;
    let asks = [
        POSTS,
        r#"{ campaign(slug: "day") { edition { daysUntil state year } } }"#,
        r#"{ post(slug: "tea") { title updatedAt } site { contentVersion } }"#,
        "{ signpost { items { service { name } } } campaigns { nodes { name } } }",
    ];
    let mut chance = Chance(7);
    for round in 0..rounds {
        match chance.below(5) {
            0 => post = ada.saves("postUpdate", &post, json!({ "title": format!("Tea {round}") })).await,
            1 => post = ada.publishes(&post).await,
            2 => drop(ada.publishes_post(json!({ "title": format!("Coffee {round}") })).await),
            3 => world.clock.advance(i64::from(chance.below(2_000))),
            _ => {}
        }
        knows_all(&other, world).await;
        let ask = asks[usize::try_from(chance.below(4)).unwrap_or_default()];
        let truth = plain.reader().ask(ask).await.expect_ok().json;
        for instance in [world, &other] {
            assert_eq!(instance.reader().ask(ask).await.expect_ok().json, truth, "round {round}: {ask}");
        }
    }
    other.end().await;
    plain.end().await;
}

/// Small numbers that are the same in every run (Lehmer, 48271).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        u32::try_from(self.0 % u64::from(bound)).unwrap_or_default()
    }
}

/// Waits until an instance knows what another has committed: on PostgreSQL that takes as long as a notification. An
/// SQLite file is looked at for each request.
async fn knows_all(instance: &World, of: &World) {
    if instance.backend == Backend::Sqlite {
        return;
    }
    let version = felt(of, 0).await;
    felt(instance, version).await;
}

/// Waits until a server knows what other processes do, without which nothing is kept.
async fn is_followed(world: &World) {
    knows_all(world, world).await;
}

async fn felt(world: &World, version: i64) -> i64 {
    let mut pulse = world.app.pulse();
    let felt = pulse.wait_for(|beat| beat.is_live && beat.content_version >= version);
    let beat = tokio::time::timeout(Duration::from_secs(20), felt).await.expect("it was felt");
    beat.expect("the server runs").content_version
}

/// The tag of a document: the first 16 hexadecimal digits of the SHA-256 of its id.
fn tag_of(doc: &Doc) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(doc.id.as_bytes())[..8].iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}
