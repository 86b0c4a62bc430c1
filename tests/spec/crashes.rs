//! Crashes: what the server has answered is there whenever it is killed, and nothing is half there.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::support::process::PASSWORD;
use super::support::{Person, Place};

specs! {
    in_an_empty_place {
        what_was_answered_before_a_kill_is_there_and_nothing_is_half_there,
    }
}

/// People who write at once.
const WRITERS: usize = 50;
/// Kills, unless `BEACON_TEST_KILLS` says more: a hundred take some minutes.
const KILLS: usize = 3;

async fn what_was_answered_before_a_kill_is_there_and_nothing_is_half_there(place: &Place) {
    place.hires("Ada", "ADMIN").await;

    let mut answered: BTreeMap<String, Known> = BTreeMap::new();
    for kill in 0..kills() {
        for (id, now) in killed_while_writing(place, kill).await {
            let known = answered.entry(id).or_default();
            known.version = now.version;
            known.is_public |= now.is_public;
        }
    }

    let served = place.serves().await;
    let ada = served.signed_in("ada@charity.example", PASSWORD).await;
    let drafts = posts(&ada.with_drafts()).await;
    let public = posts(&served.reader()).await;
    assert!(answered.len() >= WRITERS, "they wrote: {}", answered.len());
    assert_eq!(lost(&answered, &drafts, &public), Vec::<String>::new());
    assert_eq!(halves(&drafts), Vec::<String>::new());
    assert_eq!(halves(&public), Vec::<String>::new());
}

/// What somebody knows of a post from an answer.
#[derive(Debug, Default)]
struct Known {
    version: i64,
    is_public: bool,
}

fn kills() -> usize {
    std::env::var("BEACON_TEST_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS)
}

/// Fifty people write until the server is killed, later in each round. What they were told by then, in its order.
async fn killed_while_writing(place: &Place, round: usize) -> Vec<(String, Known)> {
    let served = place.serves().await;
    let ada = served.signed_in("ada@charity.example", PASSWORD).await;
    let (answers, enough) = (AtomicUsize::new(0), Notify::new());
    let wanted = WRITERS + 37 * (round % 10);
    let heard = || {
        if answers.fetch_add(1, Ordering::Relaxed) == wanted {
            enough.notify_one();
        }
    };
    let writers = (0..WRITERS).map(|writer| writes(&ada, format!("{round}.{writer}"), &heard));
    let kill = async {
        enough.notified().await;
        served.killed().await
    };
    let (known, _) = tokio::join!(join_all(writers), kill);
    known.into_iter().flatten().collect()
}

/// Writes posts, three versions of each, and publishes the second, until nobody answers.
async fn writes(ada: &Person, name: String, heard: &impl Fn()) -> Vec<(String, Known)> {
    let mut known = Vec::new();
    for number in 0.. {
        let title = format!("Post {name}.{number}");
        let Some((id, first)) = told(ada, "postCreate", json!({ "input": words(&title, 1) }), heard).await else {
            break;
        };
        known.push((id.clone(), first));
        let steps = [
            ("postUpdate", json!({ "id": id, "expectedVersion": 1, "input": words(&title, 2) })),
            ("contentPublish", json!({ "id": id, "expectedVersion": 2 })),
            ("postUpdate", json!({ "id": id, "expectedVersion": 2, "input": words(&title, 3) })),
        ];
        for (mutation, arguments) in steps {
            let Some(now) = told(ada, mutation, arguments, heard).await else { return known };
            known.push(now);
        }
    }
    known
}

/// A post that says in three places which version it is.
fn words(title: &str, version: i64) -> Value {
    let said = format!("{title} v{version}");
    json!({ "title": said, "summary": said, "body": said, "slug": said.replace([' ', '.'], "-").to_lowercase() })
}

/// What an answer says of a post; nothing where there is none, or only an error of a server that goes down.
async fn told(ada: &Person, mutation: &str, arguments: Value, heard: &impl Fn()) -> Option<(String, Known)> {
    let answer = ada.attempts(mutation, arguments).await?;
    let thing = if mutation == "contentPublish" { "content" } else { "post" };
    let post = answer.json.pointer(&format!("/data/{mutation}/{thing}")).filter(|post| post.is_object())?;
    heard();
    let version = post.pointer("/editorial/version").and_then(Value::as_i64)?;
    Some((post["id"].as_str()?.to_owned(), Known { version, is_public: mutation == "contentPublish" }))
}

/// Every post in somebody's view, by id.
async fn posts(person: &Person) -> BTreeMap<String, Value> {
    let mut posts = BTreeMap::new();
    let mut after = Value::Null;
    let query = "query($after: String) { posts(first: 100, after: $after) {
        nodes { id title summary body { plainText } slug stage editorial { version publishedVersion } }
        pageInfo { hasNextPage endCursor } } }";
    loop {
        let answer = person.ask_with(query, json!({ "after": after })).await.expect_ok();
        let page = answer.data("/posts").clone();
        let nodes = page["nodes"].as_array().cloned().unwrap_or_default();
        posts.extend(nodes.into_iter().map(|post| (post["id"].as_str().unwrap_or_default().to_owned(), post)));
        if page["pageInfo"]["hasNextPage"] != true {
            return posts;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// What was answered and is not there.
fn lost(
    answered: &BTreeMap<String, Known>,
    drafts: &BTreeMap<String, Value>,
    public: &BTreeMap<String, Value>,
) -> Vec<String> {
    let missing = answered.iter().filter(|(id, known)| {
        let version = drafts.get(*id).and_then(|post| post["editorial"]["version"].as_i64()).unwrap_or(0);
        version < known.version || (known.is_public && !public.contains_key(*id))
    });
    missing.map(|(id, known)| format!("{id} {known:?}: {:?}", drafts.get(id))).collect()
}

/// Posts whose places say different things, or another version than the one that they are.
fn halves(posts: &BTreeMap<String, Value>) -> Vec<String> {
    let is_whole = |post: &Value| {
        let title = post["title"].as_str().unwrap_or_default();
        let slug = title.replace([' ', '.'], "-").to_lowercase();
        let version = match post["stage"].as_str() {
            Some("DRAFT") => post["editorial"]["version"].as_i64(),
            _ => Some(2),
        };
        let is_version = version.is_some_and(|version| title.ends_with(&format!(" v{version}")));
        is_version && post["summary"] == title && post["body"]["plainText"] == title && post["slug"] == slug
    };
    posts.values().filter(|post| !is_whole(post)).map(ToString::to_string).collect()
}
