//! Limits: how much an operation may be, and that whoever the operator knows may ask for more.

use std::fs;

use serde_json::json;

use super::support::World;

specs! {
    in_a_world {
        whoever_is_signed_in_may_send_larger_documents,
        a_trusted_document_may_be_larger,
        credentials_that_are_no_good_raise_no_limit,
        an_operation_that_may_cost_too_much_is_refused_before_it_runs,
        whoever_is_signed_in_may_ask_for_what_costs_more,
        lists_within_lists_hold_no_more_than_a_request_may_read,
    }
}

/// More fields than anybody may ask for.
fn large() -> String {
    format!("{{ site {{ {} }} }}", "name ".repeat(6_000))
}

/// May read a hundred thousand million objects: four pages of a hundred within each other.
const DEAR: &str = "{ posts(first: 100) { nodes { topics { posts(first: 100) { nodes { topics { \
                    posts(first: 100) { nodes { topics { posts(first: 100) { nodes { title } } } } } } } } } } } }";

async fn whoever_is_signed_in_may_send_larger_documents(world: &World) {
    let ada = world.author("ada").await;

    let hers = ada.ask(&large()).await.expect_ok();
    let a_readers = world.reader().ask(&large()).await;

    assert_eq!(hers.text("/site/name"), "The Charity");
    assert_eq!(a_readers.error_code(), "TOO_COMPLEX");
}

async fn a_trusted_document_may_be_larger(world: &World) {
    let file = world.app.config.data_dir.join("documents.json");
    fs::write(&file, json!({ "large": large() }).to_string()).expect("there is room");
    let setting = ("BEACON_TRUSTED_DOCUMENTS", file.to_str().expect("the path is text"));
    let other = world.another_with(&[setting]).await;

    let named = other.reader().post("/graphql").await.json(&json!({ "documentId": "large" })).sent().await;

    assert_eq!(named.expect_ok().text("/site/name"), "The Charity");
    other.end().await;
}

async fn credentials_that_are_no_good_raise_no_limit(world: &World) {
    let answer = world.reader().with_token("nonsense").ask(&large()).await;

    assert_eq!(answer.error_code(), "TOO_COMPLEX");
}

async fn an_operation_that_may_cost_too_much_is_refused_before_it_runs(world: &World) {
    let answer = world.reader().ask(DEAR).await;

    assert_eq!((answer.status, answer.error_code(), answer.statements), (400, "TOO_COMPLEX", 0));
    let message = answer.errors()[0]["message"].as_str().expect("a message");
    assert!(message.contains("at most 1000000000."), "{message}");
}

async fn whoever_is_signed_in_may_ask_for_what_costs_more(world: &World) {
    let ada = world.author("ada").await;

    ada.ask(DEAR).await.expect_ok();
}

async fn lists_within_lists_hold_no_more_than_a_request_may_read(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.publishes(&ada.writes_service().await).await;
    for number in 0..12 {
        let mail = json!({
            "kind": "EMAIL", "value": "safe@charity.example", "label": format!("Email {number}"), "serviceId": service.id,
        });
        ada.publishes(&ada.creates("contactChannelCreate", mail).await).await;
    }
    let below = |depth: usize| {
        let levels = "channels { service { ".repeat(depth);
        format!("{{ services {{ nodes {{ {levels} name {} }} }} }}", "} }".repeat(depth))
    };

    let answered = world.reader().ask(&below(3)).await;
    let refused = world.reader().ask(&below(4)).await;

    answered.expect_ok();
    assert_eq!(refused.error_code(), "TOO_COMPLEX", "of 12 x 12 x 12 x 12 objects");
}
