//! Erasing what must not be kept: what it said is nowhere afterwards, and that it was erased stays.

use std::fs;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use super::support::database::Backend;
use super::support::drafts::channel;
use super::support::process::PASSWORD;
use super::support::verbs::Doc;
use super::support::{Person, Place, World};

specs! {
    in_a_world {
        a_story_that_is_erased_is_nowhere,
        its_paths_answer_as_if_nothing_ever_was_there,
        who_and_when_and_why_stay,
        what_was_deleted_can_be_erased_too,
        only_those_who_sign_off_erase,
        what_readers_see_is_not_erased,
        a_draft_is_deleted_first,
        what_others_cannot_be_without_is_not_erased,
        what_never_was_is_not_erased,
    }
    in_an_empty_place {
        the_bytes_are_gone_from_the_file,
    }
}

/// A word that is nowhere but in the story, and that no language makes another form of.
const WORD: &str = "zyxwort";

/// A story that was published, found, changed and withdrawn, with its word wherever a word can be.
async fn story(ada: &Person) -> Doc {
    let input = json!({ "title": format!("{WORD} tells"), "slug": WORD, "summary": WORD, "body": format!("I am {WORD}."),
        "oldPaths": [format!("/news/{WORD}")], "externalReference": WORD, "seo": { "title": WORD },
        "exitLink": { "url": "https://example.org/", "label": WORD } });
    let post = ada.writes_post(input).await;
    let post = ada.publishes(&post).await;
    let post = ada.saying("idempotency-key", "again").saves("postUpdate", &post, json!({ "slug": format!("{WORD}-again"), "body": format!("{WORD} again") })).await;
    let found = ada.ask(&format!("{{ search(query: {WORD:?}) {{ totalCount }} }}")).await.expect_ok();
    assert_eq!(found.data("/search/totalCount"), 1);
    ada.withdraws(&post, &format!("{WORD} asked for it")).await
}

async fn erased(person: &Person, doc: &Doc) -> Vec<String> {
    let answer = person.tries("contentErase", json!({ "id": doc.id, "reason": "She asked us to" })).await;
    answer.user_errors()
}

/// Whether the word is anywhere in the database: in the bytes of a file, in the rows of a server.
async fn is_kept(world: &World) -> bool {
    match world.backend {
        Backend::Sqlite => ["beacon.db", "beacon.db-wal"].iter().any(|name| {
            has_word(&fs::read(world.app.config.data_dir.join(name)).unwrap_or_default())
        }),
        Backend::Postgres => {
            let db = world.app.db.writer();
            let all = async |sql: String| {
                let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await;
                let rows = rows.expect("the database answers");
                rows.iter().map(|row| row.try_get_by_index::<String>(0).expect("a text")).collect::<Vec<_>>()
            };
            let tables = "select table_name::text from information_schema.tables where table_schema = 'public'";
            let mut hits = Vec::new();
            for table in all(tables.to_owned()).await {
                hits.extend(all(format!("select r::text from \"{table}\" r where r::text ilike '%{WORD}%'")).await);
            }
            !hits.is_empty()
        }
    }
}

fn has_word(bytes: &[u8]) -> bool {
    bytes.windows(WORD.len()).any(|window| window.eq_ignore_ascii_case(WORD.as_bytes()))
}

async fn a_story_that_is_erased_is_nowhere(world: &World) {
    let ada = world.editor("ada").await;
    let cara = world.lead("cara").await;
    let post = story(&ada).await;
    assert!(is_kept(world).await);

    assert_eq!(erased(&cara, &post).await, [""; 0]);

    assert!(!is_kept(world).await);
}

async fn its_paths_answer_as_if_nothing_ever_was_there(world: &World) {
    let ada = world.editor("ada").await;
    let cara = world.lead("cara").await;
    let post = story(&ada).await;
    let question = format!("{{ resolve(path: \"/posts/{WORD}\") {{ status }} site {{ contentVersion }} }}");
    let before = world.reader().ask(&question).await.expect_ok();

    erased(&cara, &post).await;

    let after = world.reader().ask(&question).await.expect_ok();
    assert_eq!(before.data("/resolve/status"), 410);
    assert_eq!(after.data("/resolve"), &Value::Null);
    assert_ne!(before.data("/site/contentVersion"), after.data("/site/contentVersion"));
}

async fn who_and_when_and_why_stay(world: &World) {
    let ada = world.editor("ada").await;
    let cara = world.lead("cara").await;
    let post = story(&ada).await;
    let ids = ada.reads(&post, "... on Post { editorial { revisions { nodes { id } } } }").await;
    let revision = Doc { id: ids.text("/node/editorial/revisions/nodes/0/id").to_owned(), version: 2 };

    erased(&cara, &post).await;

    let tombstone = "... on Revision { version savedBy { name } action note content patch }";
    assert_eq!(
        ada.reads(&revision, tombstone).await.data("/node"),
        &json!({ "version": 2, "savedBy": { "name": "ada" }, "action": "SAVED", "note": null,
            "content": { "isErased": true }, "patch": [] })
    );
    let db = world.app.db.writer();
    let sql = "select c.action, c.reason, u.name from change c join \"user\" u on u.id = c.actor_id where c.node_kind = 'POST' order by c.sequence";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await;
    let rows = rows.expect("the database answers").into_iter().map(|row| {
        let text = |index| row.try_get_by_index::<Option<String>>(index).expect("a text").unwrap_or_default();
        [text(0), text(1), text(2)].join(" ")
    });
    assert_eq!(
        rows.collect::<Vec<_>>(),
        ["CREATED  ada", "PUBLISHED  ada", "SAVED  ada", "WITHDRAWN  ada", "ERASED She asked us to cara"]
    );
}

async fn what_was_deleted_can_be_erased_too(world: &World) {
    let ada = world.editor("ada").await;
    let cara = world.lead("cara").await;
    let rosa = ada.creates("personCreate", json!({ "name": WORD })).await;
    ada.tries("contentDelete", rosa.named()).await.expect_ok();
    assert!(is_kept(world).await);

    assert_eq!(erased(&cara, &rosa).await, [""; 0]);

    assert!(!is_kept(world).await);
}

async fn only_those_who_sign_off_erase(world: &World) {
    let ada = world.editor("ada").await;
    let root = world.admin("root").await;
    let post = story(&ada).await;

    let refused = ada.tries("contentErase", json!({ "id": post.id, "reason": "She asked us to" })).await;

    assert_eq!(refused.error_code(), "FORBIDDEN");
    assert_eq!(erased(&root, &post).await, [""; 0]);
}

async fn what_readers_see_is_not_erased(world: &World) {
    let cara = world.lead("cara").await;
    let post = cara.publishes_post(json!({ "title": "A day" })).await;

    assert_eq!(erased(&cara, &post).await, ["NOT_ALLOWED_IN_STATE id"]);
}

async fn a_draft_is_deleted_first(world: &World) {
    let cara = world.lead("cara").await;
    let post = cara.writes_post(json!({ "title": "A day" })).await;

    assert_eq!(erased(&cara, &post).await, ["NOT_ALLOWED_IN_STATE id"]);
}

async fn what_others_cannot_be_without_is_not_erased(world: &World) {
    let cara = world.lead("cara").await;
    let service = cara.publishes(&cara.writes_service().await).await;
    cara.creates("contactChannelCreate", channel(&service)).await;
    cara.withdraws(&service, "It moved").await;

    assert_eq!(erased(&cara, &service).await, ["IN_USE id"]);
}

async fn what_never_was_is_not_erased(world: &World) {
    let cara = world.lead("cara").await;
    let never = Doc { id: "post_0190b2c0000070008000000000000000".to_owned(), version: 1 };

    assert_eq!(erased(&cara, &never).await, ["NOT_FOUND id"]);
}

async fn the_bytes_are_gone_from_the_file(place: &Place) {
    let email = place.hires("Cara", "ADMIN").await;
    let served = place.serves().await;
    let cara = served.signed_in(&email, PASSWORD).await;
    let post = story(&cara).await;
    assert_eq!(has_word(&place.bytes()), place.is_a_file());

    assert_eq!(erased(&cara, &post).await, [""; 0]);

    assert!(!has_word(&place.bytes()));
    served.is_asked_to_stop().await;
    served.ends().await;
    assert!(!has_word(&place.bytes()));
}
