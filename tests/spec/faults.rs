//! Faults: a database that is locked, read-only, full or gone. Each is said with its code and without anything of the
//! inside, nothing is half-written, and the server serves on.

use serde_json::{Value, json};

use super::support::database::Backend;
use super::support::{Answer, Person, World};

specs! {
    in_a_world {
        a_locked_database_refuses_writers_and_answers_readers,
        what_was_refused_while_it_was_locked_is_done_afterwards,
        a_read_only_database_refuses_writers_and_answers_readers,
        nobody_signs_in_to_a_read_only_database_and_tokens_go_on,
        a_full_database_refuses_writers_and_answers_readers,
        what_is_saved_once_there_is_room_again_is_kept,
        a_database_that_is_gone_answers_nobody,
        a_database_that_comes_back_is_used_again,
        a_server_without_its_database_is_alive_and_not_ready,
    }
}

const POSTS: &str = "{ posts { nodes { title } totalCount } }";

fn tea() -> Value {
    json!({ "input": { "title": "Tea", "body": "Hot." } })
}

async fn a_locked_database_refuses_writers_and_answers_readers(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(json!({ "title": "Coffee" })).await;
    let lock = world.is_locked().await;

    let refused = ada.tries("postCreate", tea()).await;

    unavailable(&refused);
    assert_eq!(titles(&world.reader()).await, ["Coffee"]);
    lock.ends().await;
    assert_eq!(titles(&ada.with_drafts()).await, ["Coffee"]);
}

async fn what_was_refused_while_it_was_locked_is_done_afterwards(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "Tea" })).await;
    let lock = world.is_locked().await;
    unavailable(&ada.tries("postUpdate", post.with(json!({ "title": "Coffee" }))).await);
    lock.ends().await;

    let saved = ada.saves("postUpdate", &post, json!({ "title": "Coffee" })).await;

    assert_eq!(saved.version, post.version + 1);
}

async fn a_read_only_database_refuses_writers_and_answers_readers(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(json!({ "title": "Coffee" })).await;
    world.becomes_read_only().await;

    let refused = ada.tries("postCreate", tea()).await;

    unavailable(&refused);
    assert_eq!(titles(&world.reader()).await, ["Coffee"]);
    assert_eq!(titles(&ada.with_drafts()).await, ["Coffee"]);
}

async fn nobody_signs_in_to_a_read_only_database_and_tokens_go_on(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(json!({ "title": "Coffee" })).await;
    world.becomes_read_only().await;

    let refused = world.reader().signs_in_as(ada.email(), ada.password()).await;

    unavailable(&refused);
    assert_eq!(ada.ask("{ viewer { name } }").await.expect_ok().text("/viewer/name"), "ada");
}

async fn a_full_database_refuses_writers_and_answers_readers(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(json!({ "title": "Coffee" })).await;
    world.becomes_full().await;

    let refused = ada.tries("postCreate", much_tea()).await;

    unavailable(&refused);
    assert_eq!(titles(&world.reader()).await, ["Coffee"]);
    assert_eq!(titles(&ada.with_drafts()).await, ["Coffee"]);
}

async fn what_is_saved_once_there_is_room_again_is_kept(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(json!({ "title": "Coffee" })).await;
    world.becomes_full().await;
    unavailable(&ada.tries("postCreate", much_tea()).await);
    world.has_room_again().await;
    // Undoes what it began, as the one before did.
    assert!(!ada.tries("postCreate", json!({ "input": { "title": "" } })).await.user_errors().is_empty());

    ada.publishes_post(json!({ "title": "Tea" })).await;

    let elsewhere = world.another().await;
    assert_eq!(titles(&elsewhere.reader()).await, ["Tea", "Coffee"]);
    elsewhere.end().await;
}

/// More than a page of the database holds.
fn much_tea() -> Value {
    json!({ "input": { "title": "Tea", "body": "Hot. ".repeat(20_000) } })
}

async fn a_database_that_is_gone_answers_nobody(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(json!({ "title": "Coffee" })).await;
    world.loses_its_database().await;

    let to_reader = world.reader().ask(POSTS).await;
    let to_editor = ada.tries("postCreate", tea()).await;

    unavailable(&to_reader);
    unavailable(&to_editor);
}

async fn a_database_that_comes_back_is_used_again(world: &World) {
    if world.backend == Backend::Sqlite {
        return; // A file that was damaged and mended under a running server needs a restart.
    }
    let ada = world.editor("ada").await;
    ada.publishes_post(json!({ "title": "Coffee" })).await;
    world.loses_its_database().await;
    unavailable(&world.reader().ask(POSTS).await);

    world.finds_its_database().await;

    assert_eq!(titles(&world.reader()).await, ["Coffee"]);
    ada.writes_post(json!({ "title": "Tea" })).await;
    assert_eq!(status(world, "/readyz").await, 200);
}

async fn a_server_without_its_database_is_alive_and_not_ready(world: &World) {
    world.loses_its_database().await;

    let (alive, ready) = (status(world, "/healthz").await, status(world, "/readyz").await);

    assert_eq!((alive, ready), (200, 503));
}

async fn status(world: &World, path: &str) -> u16 {
    world.reader().get(path).await.sent().await.status
}

async fn titles(person: &Person) -> Vec<String> {
    let answer = person.ask(POSTS).await.expect_ok();
    let nodes = answer.data("/posts/nodes").as_array().expect("a list").clone();
    nodes.iter().map(|node| node["title"].as_str().unwrap_or_default().to_owned()).collect()
}

/// The code, and nothing of the inside.
#[track_caller]
fn unavailable(answer: &Answer) {
    assert_eq!(answer.error_code(), "UNAVAILABLE", "{answer:?}");
    let said = answer.body.to_lowercase();
    let inside = ["sqlite", "postgres", "sql", "lock", "pool", "disk", "read-only", "readonly", "file", "database \""];
    let told: Vec<_> = inside.into_iter().filter(|word| said.contains(word)).collect();
    assert_eq!(told, Vec::<&str>::new(), "{answer:?}");
}
