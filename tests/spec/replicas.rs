//! Replicas: a copy of the database reads for those who are not signed in, and never gives an answer that is too old.

use std::time::Duration;

use serde_json::json;

use super::support::database::{Backend, TestDatabase};
use super::support::{Person, Place, World};

specs! {
    in_a_world {
        a_replica_reads_for_readers_once_it_is_as_far_as_the_database,
        a_replica_that_is_behind_is_not_asked,
        a_replica_that_is_gone_is_done_without,
    }
    in_an_empty_place {
        a_file_has_no_replica,
    }
}

/// An instance with a replica, and the replica: a database that a test moves on by hand.
async fn replicated(world: &World) -> (World, TestDatabase) {
    let replica = TestDatabase::migrated(Backend::Postgres).await;
    let settings = [("BEACON_DATABASE_READ_URL", replica.url.as_str()), ("BEACON_CACHE_BYTES", "0")];
    let replicated = world.another_with(&settings).await;
    replicated.app.pulse().wait_for(|beat| beat.is_live).await.expect("the server runs");
    (replicated, replica)
}

async fn titles(person: &Person) -> usize {
    let answer = person.ask("{ posts { nodes { title } } }").await.expect_ok();
    answer.data("/posts/nodes").as_array().expect("a list").len()
}

/// Waits until a replica is asked that says to be as far as the database, and has nothing of what it should have by then.
/// While it takes long to connect the database is asked.
async fn is_asked(replicated: &World) {
    let asked = async { while titles(&replicated.reader()).await > 0 {} };
    tokio::time::timeout(Duration::from_secs(10), asked).await.expect("the replica is asked");
}

async fn a_replica_reads_for_readers_once_it_is_as_far_as_the_database(world: &World) {
    if world.backend == Backend::Sqlite {
        return; // See `a_file_has_no_replica`.
    }
    let (replicated, replica) = replicated(world).await;
    let ada = replicated.editor("ada").await;
    ada.publishes_post(json!({ "title": "Tea" })).await;
    replica.says("update counter set value = 1000000 where name = 'content_version'").await;

    is_asked(&replicated).await;

    assert_eq!(titles(&ada).await, 1);
    replicated.end().await;
    replica.remove().await;
}

async fn a_replica_that_is_behind_is_not_asked(world: &World) {
    if world.backend == Backend::Sqlite {
        return; // See `a_file_has_no_replica`.
    }
    let (replicated, replica) = replicated(world).await;
    let ada = replicated.editor("ada").await;
    let before = titles(&replicated.reader()).await;
    ada.publishes_post(json!({ "title": "Tea" })).await;

    let after = titles(&replicated.reader()).await;

    assert_eq!((before, after), (0, 1));
    replicated.end().await;
    replica.remove().await;
}

async fn a_replica_that_is_gone_is_done_without(world: &World) {
    if world.backend == Backend::Sqlite {
        return; // See `a_file_has_no_replica`.
    }
    let (replicated, replica) = replicated(world).await;
    let ada = replicated.editor("ada").await;
    ada.publishes_post(json!({ "title": "Tea" })).await;
    replica.says("update counter set value = 1000000 where name = 'content_version'").await;
    is_asked(&replicated).await;
    replica.remove().await;

    assert_eq!(titles(&replicated.reader()).await, 1);
    replicated.end().await;
}

async fn a_file_has_no_replica(place: &Place) {
    if !place.is_a_file() {
        return;
    }
    let replica = "postgres://beacon@localhost/beacon";

    let said = place.beacon(&["serve"]).with("BEACON_DATABASE_READ_URL", replica).ends().await;

    assert_eq!(said.status.code(), Some(1), "{said:?}");
    assert!(said.stderr.contains("BEACON_DATABASE_READ_URL is for PostgreSQL"), "{said:?}");
}
