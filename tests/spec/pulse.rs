//! The pulse: a process knows how far its database has come, whoever wrote.

use std::time::Duration;

use serde_json::json;

use super::support::World;
use super::support::database::Backend;

specs! {
    in_a_world {
        what_an_instance_commits_is_felt_before_it_is_answered,
        what_one_instance_commits_is_felt_by_another,
        a_draft_moves_the_sequence_and_not_the_content,
        what_was_committed_while_nobody_listened_is_felt_afterwards,
    }
}

/// Longer than any pause between two looks at the database.
const PATIENCE: Duration = Duration::from_secs(20);

async fn what_an_instance_commits_is_felt_before_it_is_answered(world: &World) {
    let ada = world.editor("ada").await;

    ada.publishes_post(json!({ "title": "Tea" })).await;

    // Not borrowed any longer while somebody answers: the pulse could not beat.
    let felt = world.app.pulse().borrow().content_version;
    assert_eq!(felt, content_version(world).await);
}

async fn what_one_instance_commits_is_felt_by_another(world: &World) {
    let ada = world.editor("ada").await;
    let other = world.another().await;

    ada.publishes_post(json!({ "title": "Tea" })).await;

    feels(&other, content_version(world).await).await;
    other.end().await;
}

async fn a_draft_moves_the_sequence_and_not_the_content(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(json!({ "title": "Tea" })).await;
    let before = *world.app.pulse().borrow();

    ada.writes_post(json!({ "title": "Coffee" })).await;

    let after = *world.app.pulse().borrow();
    assert_eq!(after.content_version, before.content_version);
    assert!(after.sequence > before.sequence, "{before:?} {after:?}");
}

async fn what_was_committed_while_nobody_listened_is_felt_afterwards(world: &World) {
    if world.backend == Backend::Sqlite {
        return; // A file has no connection that can be cut.
    }
    let ada = world.editor("ada").await;
    let other = world.another().await;
    feels(&other, content_version(world).await).await;
    world.loses_its_database().await;
    other.app.pulse().wait_for(|beat| !beat.is_live).await.expect("it is followed");
    world.finds_its_database().await;

    ada.publishes_post(json!({ "title": "Tea" })).await;

    feels(&other, content_version(world).await).await;
    other.end().await;
}

/// Waits until a server follows its database and knows of a content version.
async fn feels(world: &World, content_version: i64) {
    let mut pulse = world.app.pulse();
    let felt = pulse.wait_for(|beat| beat.is_live && beat.content_version >= content_version);
    let beat = *tokio::time::timeout(PATIENCE, felt).await.expect("it was felt").expect("the server runs");
    assert_eq!(beat.content_version, content_version);
}

async fn content_version(world: &World) -> i64 {
    let answer = world.reader().ask("{ site { contentVersion } }").await.expect_ok();
    answer.data("/site/contentVersion").as_i64().expect("a number")
}
