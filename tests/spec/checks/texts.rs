//! What texts are checked for.

use serde_json::json;

use super::super::support::drafts::figure;
use super::super::support::{Person, World};
use super::{CHECKS, failed, warned, warnings};

specs! {
    in_a_world {
        a_typed_number_suggests_the_channel_that_has_it,
        a_typed_figure_is_warned_of,
        a_typed_figure_stops_a_sensitive_post_unless_an_editor_says_why,
        a_link_says_where_it_leads,
        headings_go_down_one_level_at_a_time,
        words_to_avoid_have_an_alternative,
        a_reference_to_nothing_is_told_with_its_place,
        a_reference_to_what_readers_do_not_see_stops_nothing,
        a_figure_that_readers_do_not_see_is_told,
        each_language_is_checked_by_its_own_words,
        the_texts_of_campaigns_and_services_are_checked_too,
        an_operator_adds_words_by_a_file,
        checks_of_texts_take_no_more_statements_where_lists_are_longer,
    }
}

/// What is warned of when a post with this text is saved.
async fn told(person: &Person, body: &str) -> Vec<String> {
    warned(person, "postCreate", json!({ "input": { "title": "What it looks like", "body": body } })).await
}

async fn a_typed_number_suggests_the_channel_that_has_it(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.publishes(&ada.writes_service().await).await;
    ada.publishes(&ada.writes_channel(&service).await).await;

    let told = told(&ada, "If you need help, call 01632 960123.").await;

    assert_eq!(told, ["WARNING LOOSE_PHONE_NUMBER en.body.1:24 -> [[contact:safe-line]]"]);
}

async fn a_typed_figure_is_warned_of(world: &World) {
    let ada = world.editor("ada").await;
    let body = "72% of victims were women, 1 in 4 a child, 120 people in all.\n\nOn 30 July 2026 at 17:00, for the 2nd time.";

    let told = told(&ada, body).await;

    assert_eq!(
        told,
        [
            "WARNING UNBOUND_FIGURE en.body.1:1",
            "WARNING UNBOUND_FIGURE en.body.1:28",
            "WARNING UNBOUND_FIGURE en.body.1:44"
        ]
    );
}

async fn a_typed_figure_stops_a_sensitive_post_unless_an_editor_says_why(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.publishes(&ada.writes_service().await).await;
    ada.publishes(&ada.writes_channel(&service).await).await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery", "isSensitive": true })).await;
    let post = json!({ "title": "A speech", "body": "\"72% of victims\", she said.", "topicIds": [topic.id] });
    let post = ada.writes_post(post).await;
    ada.has_it_signed_off(&post).await;

    let stopped = ada.tries_for("contentPublish", post.named(), CHECKS).await;
    let mut overriding = post.named();
    overriding["overrides"] = json!([{ "code": "UNBOUND_FIGURE", "reason": "It is what she said" }]);
    let published = ada.tries_for("contentPublish", overriding, CHECKS).await.expect_ok();

    assert_eq!(failed(&stopped), ["ERROR UNBOUND_FIGURE en.body.1:2"]);
    assert_eq!(warnings(&published), ["WARNING UNBOUND_FIGURE en.body.1:2"]);
    let seen = world.reader().ask("{ posts { nodes { title } } }").await.expect_ok();
    assert_eq!(seen.text("/posts/nodes/0/title"), "A speech");
}

async fn a_link_says_where_it_leads(world: &World) {
    let ada = world.editor("ada").await;

    let vague = told(&ada, "[Click here to find out more](https://example.org)").await;
    let clear = told(&ada, "[Signs of trafficking](https://example.org)").await;

    assert_eq!(vague, ["WARNING VAGUE_LINK_TEXT en.body.1:1"]);
    assert_eq!(clear, [""; 0]);
}

async fn headings_go_down_one_level_at_a_time(world: &World) {
    let ada = world.editor("ada").await;

    let told = told(&ada, "## Signs\n\nThere are many.\n\n#### At work").await;

    assert_eq!(told, ["WARNING HEADING_SKIPPED en.body.5:1 -> ###"]);
}

async fn words_to_avoid_have_an_alternative(world: &World) {
    let ada = world.editor("ada").await;

    let told = told(&ada, "She was called a child prostitute.").await;

    let suggestion = "child who has been sexually exploited";
    assert_eq!(told, [format!("WARNING LANGUAGE_TO_AVOID en.body.1:18 -> {suggestion}")]);
}

async fn a_reference_to_nothing_is_told_with_its_place(world: &World) {
    let ada = world.editor("ada").await;

    let told = told(&ada, "Many:\n\n- [[statistic:no-such]]").await;

    assert_eq!(told, ["WARNING BROKEN_REFERENCE en.body.3:3"]);
}

async fn a_reference_to_what_readers_do_not_see_stops_nothing(world: &World) {
    let ada = world.editor("ada").await;
    let other = ada.writes_post(json!({ "title": "Another", "slug": "another" })).await;
    let post = ada.writes_post(json!({ "title": "A day", "body": "See [[post:another|more on that]]." })).await;

    let before = ada.tries_for("contentPublish", post.named(), CHECKS).await.expect_ok();
    ada.publishes(&other).await;
    let while_seen = ada.tries_for("contentPublish", post.named(), CHECKS).await.expect_ok();
    ada.withdraws(&other, "It is out of date").await;
    let after = ada.tries_for("contentPublish", post.named(), CHECKS).await.expect_ok();

    let told = ["WARNING REFERENCE_NOT_PUBLISHED en.body.1:5"];
    assert_eq!(warnings(&before), told);
    assert_eq!(warnings(&while_seen), [""; 0]);
    assert_eq!(warnings(&after), told);
}

async fn a_figure_that_readers_do_not_see_is_told(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let women = ada.publishes(&ada.writes_statistic_from(&source).await).await;
    let women = ada.writes_figure(&women, figure(&source, 2022, "39")).await;
    let body = "Many: [[statistic:women-among-detected-victims@2022]].";
    let post = ada.writes_post(json!({ "title": "A day", "body": body })).await;

    let before = ada.tries_for("contentPublish", post.named(), CHECKS).await.expect_ok();
    ada.publishes(&women).await;
    let after = ada.tries_for("contentPublish", post.named(), CHECKS).await.expect_ok();

    assert_eq!(warnings(&before), ["WARNING REFERENCE_NOT_PUBLISHED en.body.1:7"]);
    assert_eq!(warnings(&after), [""; 0]);
}

async fn each_language_is_checked_by_its_own_words(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    let mut welsh = post.with(json!({
        "title": "Diwrnod",
        "body": "Roedd 1 o bob 4 yn blant: [cliciwch yma](https://example.org). Read more [here](https://example.org).",
    }));
    welsh["language"] = "cy".into();

    let told = warned(&ada, "postUpdate", welsh).await;

    assert_eq!(told, ["WARNING UNBOUND_FIGURE cy.body.1:7", "WARNING VAGUE_LINK_TEXT cy.body.1:27"]);
}

async fn the_texts_of_campaigns_and_services_are_checked_too(world: &World) {
    let ada = world.editor("ada").await;
    let campaign = json!({
        "name": "World Day", "observance": { "kind": "FIXED", "month": 7, "day": 30 }, "body": "Call 01632 960999.",
    });
    let service = json!({ "name": "Safe team", "summary": "72% of callers are children." });

    let of_campaign = warned(&ada, "campaignCreate", json!({ "input": campaign })).await;
    let of_service = warned(&ada, "serviceCreate", json!({ "input": service })).await;

    assert_eq!(of_campaign, ["WARNING LOOSE_PHONE_NUMBER en.body.1:6"]);
    assert_eq!(of_service, ["WARNING UNBOUND_FIGURE en.summary.1:1"]);
}

async fn an_operator_adds_words_by_a_file(world: &World) {
    let path = std::env::temp_dir().join(format!("beacon-words-{}.toml", std::process::id()));
    let words = "[en]\navoid = [{ words = [\"problem family\"], instead = \"family\" }]\n";
    std::fs::write(&path, words).expect("the temporary directory is writable");
    let path = path.to_str().expect("a path is text");
    let other = World::begin(world.backend, &[("BEACON_WORDS", path)]).await;
    let (ada, eve) = (world.editor("ada").await, other.editor("eve").await);

    let without = told(&ada, "A problem family").await;
    let with = told(&eve, "A problem family").await;
    other.end().await;

    assert_eq!(without, [""; 0]);
    assert_eq!(with, ["WARNING LANGUAGE_TO_AVOID en.body.1:3 -> family"]);
}

async fn checks_of_texts_take_no_more_statements_where_lists_are_longer(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    let post = |title: &str, body: &str| json!({ "title": title, "body": body, "topicIds": [topic.id] });
    ada.writes_post(json!({ "title": "Another" })).await;
    let query = "{ posts { nodes { editorial { checks { code } } } } }";
    ada.writes_post(post("One", "Call 01632 960123, see [[post:another]] and [[statistic:none@2016]].")).await;
    let short = ada.with_drafts().ask(query).await.expect_ok();
    for number in 0..5 {
        let body = format!("Call 01632 96020{number}, see [[post:another]] and [[statistic:none-{number}@2016]].");
        ada.writes_post(post(&format!("Number {number}"), &body)).await;
    }

    let long = ada.with_drafts().ask(query).await.expect_ok();

    assert_eq!(short.statements, long.statements);
    assert_eq!(long.data("/posts/nodes").as_array().map(Vec::len), Some(7));
}
