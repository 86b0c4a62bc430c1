//! Documents that are trusted without a restart: imported into the database, and removed from it.

use std::fs;
use std::path::PathBuf;

use api::app::read_manifest;
use api::domain::trusted_document::{import, remove};
use serde_json::{Value, json};

use super::super::support::process::{Said, Served};
use super::super::support::{Answer, Person, Place, World};
use super::{DOCUMENT, is_not_found, named, posted};

specs! {
    in_a_world {
        what_is_imported_is_known_at_the_next_request_of_every_instance,
        what_is_removed_is_refused_soon_and_so_is_its_kept_answer,
        a_name_that_was_sent_with_its_document_goes_with_it,
        where_only_trusted_documents_run_an_imported_one_runs_for_anybody,
        what_is_known_asks_no_database_and_what_is_not_is_unavailable_without,
    }
    in_an_empty_place {
        an_import_counts_for_running_servers_and_a_removal_soon_does,
        what_is_imported_again_is_left_as_it_is,
        documents_that_do_not_fit_are_named_and_nothing_is_imported,
        an_id_is_kept_for_its_document_until_that_is_removed,
        ids_that_are_not_there_are_named_and_nothing_is_removed,
        the_file_counts_where_another_document_was_imported_under_its_id,
    }
}

const OTHER: &str = "query Start { site { name languages { tag } } }";
/// Answered without the database.
const WHO: &str = "{ viewer { name } }";

/// Imports documents, as `beacon documents import` does.
async fn imports(world: &World, documents: Value) {
    let manifest = read_manifest(&documents.to_string()).expect("a manifest");
    import(&world.app, &manifest, |_| Ok(())).await.unwrap_or_else(|error| panic!("not imported: {error}"));
}

/// Removes a document, as `beacon documents remove` does.
async fn removes(world: &World, id: &str) {
    remove(&world.app, &[id.to_owned()]).await.unwrap_or_else(|error| panic!("not removed: {error}"));
}

async fn asked_by_id(person: &Person, id: &str) -> Answer {
    named(person, json!({ "documentId": id })).await
}

async fn what_is_imported_is_known_at_the_next_request_of_every_instance(world: &World) {
    let other = world.another().await;
    is_not_found(&asked_by_id(&world.reader(), "site").await);

    imports(world, json!({ "site": DOCUMENT })).await;

    let here = asked_by_id(&world.reader(), "site").await.expect_ok();
    let there = posted(&other.reader(), None, "site").await.expect_ok();
    assert_eq!((here.text("/site/name"), there.text("/site/name")), ("The Charity", "The Charity"));
    other.end().await;
}

async fn what_is_removed_is_refused_soon_and_so_is_its_kept_answer(world: &World) {
    imports(world, json!({ "site": DOCUMENT })).await;
    asked_by_id(&world.reader(), "site").await.expect_ok();
    asked_by_id(&world.reader(), "site").await.expect_ok();
    let kept = asked_by_id(&world.reader(), "site").await.expect_ok();

    removes(world, "site").await;
    world.reaches("2026-07-01T09:00:01Z").await;

    assert_eq!(kept.statements, 0);
    is_not_found(&asked_by_id(&world.reader(), "site").await);
}

async fn a_name_that_was_sent_with_its_document_goes_with_it(world: &World) {
    imports(world, json!({ "site": DOCUMENT })).await;
    posted(&world.reader(), Some(DOCUMENT), "site").await.expect_ok();

    removes(world, "site").await;
    world.reaches("2026-07-01T09:00:01Z").await;

    is_not_found(&asked_by_id(&world.reader(), "site").await);
}

async fn where_only_trusted_documents_run_an_imported_one_runs_for_anybody(world: &World) {
    let strict = world.another_with(&[("BEACON_TRUSTED_DOCUMENTS_ONLY", "true")]).await;
    let before = strict.reader().ask(DOCUMENT).await;

    imports(world, json!({ "site": DOCUMENT })).await;

    let sent = strict.reader().ask(DOCUMENT).await.expect_ok();
    let by_id = asked_by_id(&strict.reader(), "site").await.expect_ok();
    removes(world, "site").await;
    strict.reaches("2026-07-01T09:00:01Z").await;
    let after = strict.reader().ask(DOCUMENT).await;
    assert_eq!((before.error_code(), after.error_code()), ("FORBIDDEN", "FORBIDDEN"));
    assert_eq!((sent.text("/site/name"), by_id.text("/site/name")), ("The Charity", "The Charity"));
    strict.end().await;
}

async fn what_is_known_asks_no_database_and_what_is_not_is_unavailable_without(world: &World) {
    imports(world, json!({ "who": WHO })).await;
    asked_by_id(&world.reader(), "who").await.expect_ok();

    world.loses_its_database().await;

    assert!(asked_by_id(&world.reader(), "who").await.expect_ok().data("/viewer").is_null());
    assert!(world.reader().ask(WHO).await.expect_ok().data("/viewer").is_null());
    let unknown = asked_by_id(&world.reader(), "site").await;
    assert_eq!((unknown.status, unknown.error_code()), (503, "UNAVAILABLE"));
}

/// A manifest in a file of its own.
fn manifest(place: &Place, documents: &Value) -> PathBuf {
    let file = place.data_dir.with_file_name("documents.json");
    fs::write(&file, documents.to_string()).expect("there is room");
    file
}

async fn imported(place: &Place, documents: Value) -> Said {
    let file = manifest(place, &documents);
    place.beacon(&["documents", "import", &file.to_string_lossy()]).ends().await
}

async fn removed(place: &Place, ids: &[&str]) -> Said {
    place.beacon(&[&["documents", "remove"], ids].concat()).ends().await
}

/// What is listed: ids and the names of operations.
async fn listed(place: &Place) -> Vec<(String, String)> {
    let said = place.beacon(&["documents", "list"]).ends().await;
    assert!(said.status.success(), "{said:?}");
    let columns = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    said.stdout.lines().map(columns).map(|row| (row[0].clone(), row[2].clone())).collect()
}

/// What stderr says, line by line.
fn complaints(said: &Said) -> Vec<&str> {
    assert_eq!(said.status.code(), Some(1), "{said:?}");
    said.stderr.lines().filter_map(|line| line.strip_prefix("beacon: ")).collect()
}

/// Asks until an id is not known any more.
async fn comes_to_forget(served: &Served, id: &str) {
    let forgets = async {
        while asked_by_id(&served.reader(), id).await.errors().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), forgets).await.expect("it forgets in time");
    is_not_found(&asked_by_id(&served.reader(), id).await);
}

async fn an_import_counts_for_running_servers_and_a_removal_soon_does(place: &Place) {
    let (one, other) = (place.serves().await, place.serves().await);

    let said = imported(place, json!({ "site": DOCUMENT, "start": OTHER })).await;

    assert_eq!(said.stdout, "2 documents are new, of 2 in all.\n", "{said:?}");
    asked_by_id(&one.reader(), "site").await.expect_ok();
    asked_by_id(&other.reader(), "start").await.expect_ok();
    let said = removed(place, &["site"]).await;
    assert!(said.status.success(), "{said:?}");
    comes_to_forget(&one, "site").await;
    comes_to_forget(&other, "site").await;
    asked_by_id(&one.reader(), "start").await.expect_ok();
}

async fn what_is_imported_again_is_left_as_it_is(place: &Place) {
    imported(place, json!({ "site": DOCUMENT })).await;
    let before = place.beacon(&["documents", "list"]).ends().await.stdout;

    let again = imported(place, json!({ "site": DOCUMENT })).await;
    let after = place.beacon(&["documents", "list"]).ends().await.stdout;
    let more = imported(place, json!({ "site": DOCUMENT, "start": OTHER })).await;

    assert_eq!(again.stdout, "0 documents are new, of 1 in all.\n", "{again:?}");
    assert_eq!(before, after);
    assert_eq!(more.stdout, "1 document is new, of 2 in all.\n", "{more:?}");
    let expected = [("site", ""), ("start", "Start")].map(|(id, name)| (id.to_owned(), name.to_owned()));
    assert_eq!(listed(place).await, expected);
}

async fn documents_that_do_not_fit_are_named_and_nothing_is_imported(place: &Place) {
    let long = "x".repeat(201);
    let documents = json!({ "a": "{ nothing }", "b": "{ site {", "c": DOCUMENT, long.as_str(): DOCUMENT });

    let said = imported(place, documents).await;

    let lines = complaints(&said);
    assert_eq!((lines.len(), lines[0]), (4, "Nothing was imported."), "{said:?}");
    assert!(lines[1].starts_with("\"a\": ") && lines[1].contains("nothing"), "{said:?}");
    assert!(lines[2].starts_with("\"b\": ") && lines[2].len() > 5, "{said:?}");
    assert!(lines[3].ends_with("1 to 200 bytes and no control characters."), "{said:?}");
    assert_eq!(listed(place).await, []);
}

async fn an_id_is_kept_for_its_document_until_that_is_removed(place: &Place) {
    imported(place, json!({ "site": DOCUMENT })).await;

    let said = imported(place, json!({ "site": OTHER, "start": OTHER })).await;
    let lines = complaints(&said);
    let between = listed(place).await;
    removed(place, &["site"]).await;
    let then = imported(place, json!({ "site": OTHER, "start": OTHER })).await;

    assert!(lines.len() == 2 && lines[1].starts_with("\"site\": another document has this id"), "{said:?}");
    assert_eq!(between, [("site".to_owned(), String::new())]);
    assert_eq!(then.stdout, "2 documents are new, of 2 in all.\n", "{then:?}");
}

async fn ids_that_are_not_there_are_named_and_nothing_is_removed(place: &Place) {
    imported(place, json!({ "site": DOCUMENT })).await;

    let said = removed(place, &["site", "home", "start"]).await;

    assert_eq!(complaints(&said), ["Nothing was removed: \"home\", \"start\" are not there."]);
    assert_eq!(listed(place).await.len(), 1);
}

async fn the_file_counts_where_another_document_was_imported_under_its_id(place: &Place) {
    imported(place, json!({ "a": "{ a: __typename }", "b": "{ b: __typename }" })).await;
    let file = manifest(place, &json!({ "a": "{ file: __typename }" }));
    let file = file.to_string_lossy();

    let served = place.starts(&[("BEACON_TRUSTED_DOCUMENTS", &*file)]).ready().await;

    let (a, b) = (asked_by_id(&served.reader(), "a").await, asked_by_id(&served.reader(), "b").await);
    assert_eq!((a.expect_ok().text("/file"), b.expect_ok().text("/b")), ("Query", "Query"));
    let said = served.killed().await;
    let warnings = said.stderr.lines().filter(|line| line.contains("that of the file counts"));
    assert_eq!(warnings.count(), 1, "{said:?}");
}
