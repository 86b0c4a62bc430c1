//! Persisted documents: named instead of sent, and the only ones that run where the operator says so.

pub(crate) mod imports;

use std::fs;

use serde_json::{Value, json};

use super::support::{Answer, Person, Place, World};

specs! {
    in_a_world {
        a_document_is_sent_once_and_named_from_then_on,
        a_named_document_is_asked_for_by_get,
        a_hash_of_another_document_is_bad_input,
        a_document_that_fails_is_not_remembered,
        trusted_documents_are_known_from_the_start,
        where_only_trusted_documents_run_editors_sign_in_and_run_theirs,
    }
    in_an_empty_place {
        a_manifest_that_cannot_be_read_stops_the_start_with_one_line,
    }
}

const DOCUMENT: &str = "{ site { name } }";
/// Its SHA-256.
const HASH: &str = "96ba8c63b3a81d939f5dec44fc17c75d6c7ec8d5a97b02083ac26505a3f7d38c";
const WRONG: &str = "{ nothing }";
/// Its SHA-256.
const HASH_OF_WRONG: &str = "919c0b7aa452b0b2fb42688461501bb8b0c3ef3b9d05ce7b9afd4f28bbe96ceb";

async fn posted(person: &Person, query: Option<&str>, hash: &str) -> Answer {
    let mut body = json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash } } });
    if let Some(query) = query {
        body["query"] = query.into();
    }
    person.post("/graphql").await.json(&body).sent().await
}

fn is_not_found(answer: &Answer) {
    assert_eq!(answer.error_code(), "PERSISTED_QUERY_NOT_FOUND");
    assert_eq!(answer.errors()[0]["message"], "PersistedQueryNotFound");
}

async fn a_document_is_sent_once_and_named_from_then_on(world: &World) {
    let reader = world.reader();

    let unknown = posted(&reader, None, HASH).await;
    let sent = posted(&reader, Some(DOCUMENT), HASH).await.expect_ok();
    let named = posted(&reader, None, HASH).await.expect_ok();

    is_not_found(&unknown);
    assert_eq!(unknown.header("cache-control"), "private, no-store");
    assert_eq!((sent.text("/site/name"), named.text("/site/name")), ("The Charity", "The Charity"));
}

async fn a_named_document_is_asked_for_by_get(world: &World) {
    posted(&world.reader(), Some(DOCUMENT), HASH).await.expect_ok();
    let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": HASH } }).to_string();
    let encoded: String = extensions.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();

    let answer = world.reader().get(&format!("/graphql?extensions={encoded}")).await.sent().await.expect_ok();

    assert_eq!(answer.text("/site/name"), "The Charity");
    assert!(answer.header("cache-control").starts_with("public"), "{answer:?}");
}

async fn a_hash_of_another_document_is_bad_input(world: &World) {
    let answer = posted(&world.reader(), Some(WRONG), HASH).await;

    assert_eq!((answer.status, answer.refused_argument().as_str()), (400, "extensions"));
    is_not_found(&posted(&world.reader(), None, HASH).await);
}

async fn a_document_that_fails_is_not_remembered(world: &World) {
    let sent = posted(&world.reader(), Some(WRONG), HASH_OF_WRONG).await;

    assert_eq!(sent.error_code(), "GRAPHQL_VALIDATION_FAILED");
    is_not_found(&posted(&world.reader(), None, HASH_OF_WRONG).await);
}

/// A second instance that trusts one document.
async fn trusting(world: &World, only: &str) -> World {
    let file = world.app.config.data_dir.join("documents.json");
    fs::write(&file, json!({ "site": DOCUMENT }).to_string()).expect("there is room");
    let settings = [
        ("BEACON_TRUSTED_DOCUMENTS", file.to_str().expect("the path is text")),
        ("BEACON_TRUSTED_DOCUMENTS_ONLY", only),
    ];
    world.another_with(&settings).await
}

async fn named(person: &Person, body: Value) -> Answer {
    person.post("/graphql").await.json(&body).sent().await
}

async fn trusted_documents_are_known_from_the_start(world: &World) {
    let other = trusting(world, "false").await;

    let by_apollo = posted(&other.reader(), None, "site").await.expect_ok();
    let by_id = named(&other.reader(), json!({ "documentId": "site" })).await.expect_ok();
    let own = other.reader().ask("{ __typename }").await.expect_ok();

    assert_eq!((by_apollo.text("/site/name"), by_id.text("/site/name")), ("The Charity", "The Charity"));
    assert_eq!(own.text("/__typename"), "Query");
    other.end().await;
}

async fn where_only_trusted_documents_run_editors_sign_in_and_run_theirs(world: &World) {
    let ada = world.editor("ada").await;
    let (email, password) = (ada.email().to_owned(), ada.password().to_owned());
    let other = trusting(world, "true").await;

    let strange = other.reader().ask("{ __typename }").await;
    let trusted = other.reader().ask(DOCUMENT).await.expect_ok();
    let signed_in = other.reader().signs_in_as(&email, &password).await.expect_ok();
    let token = signed_in.text("/sessionCreate/accessToken");
    let hers = other.reader().with_token(token).ask("{ __typename }").await.expect_ok();

    assert_eq!((strange.status, strange.error_code()), (403, "FORBIDDEN"));
    assert_eq!((trusted.text("/site/name"), hers.text("/__typename")), ("The Charity", "Query"));
    other.end().await;
}

async fn a_manifest_that_cannot_be_read_stops_the_start_with_one_line(place: &Place) {
    let file = place.data_dir.with_file_name("documents.json");
    fs::write(&file, "[]").expect("there is room");

    let said = place.beacon(&["serve"]).with("BEACON_TRUSTED_DOCUMENTS", &file.to_string_lossy()).ends().await;

    assert_eq!(said.status.code(), Some(1), "{said:?}");
    assert!(said.stderr.contains("documents.json cannot be used: it must be a manifest"), "{said:?}");
}
