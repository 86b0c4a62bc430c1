//! Paths of what readers cannot see any more, or yet.

use serde_json::{Value, json};

use super::{at, lives, moved, nowhere, tea, tea_day};
use crate::support::verbs::Doc;
use crate::support::{Person, World};

specs! {
    in_a_world {
        what_was_withdrawn_is_gone,
        a_path_from_another_system_is_gone_with_its_post,
        an_edition_of_a_withdrawn_campaign_is_gone,
        what_is_published_again_lives_again,
        what_was_deleted_is_gone,
        a_translation_that_was_withdrawn_moved_to_what_is_left,
        a_draft_lives_nowhere,
        a_slug_that_only_a_draft_has_leads_nowhere,
        a_deleted_draft_was_never_there,
        a_topic_lives_while_something_published_is_on_it,
        a_person_lives_while_something_published_is_theirs,
        a_freed_slug_leads_to_whoever_has_it_now,
        the_old_path_of_somebody_with_a_pseudonym_leads_nowhere,
    }
}

fn gone() -> (Value, Value, Value) {
    (json!(410), json!(null), json!(null))
}

async fn what_was_withdrawn_is_gone(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "Tea" })).await;
    let post = ada.publishes(&ada.saves("postUpdate", &post, json!({ "slug": "green-tea" })).await).await;

    ada.withdraws(&post, "It is wrong").await;

    assert_eq!(at(&world.reader(), "/posts/green-tea").await, gone());
    assert_eq!(at(&world.reader(), "/posts/tea").await, gone());
}

async fn a_path_from_another_system_is_gone_with_its_post(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "Tea", "oldPaths": ["/tea.html"] })).await;
    let post = ada.withdraws(&post, "It is wrong").await;
    let withdrawn = at(&world.reader(), "/tea.html").await;

    ada.publishes(&ada.saves("postUpdate", &post, json!({ "oldPaths": ["/tea.php"] })).await).await;

    assert_eq!(withdrawn, gone());
    assert_eq!(at(&world.reader(), "/tea.html").await, nowhere());
    assert_eq!(at(&world.reader(), "/tea.php").await, moved("/posts/tea", "Tea"));
}

async fn an_edition_of_a_withdrawn_campaign_is_gone(world: &World) {
    let ada = world.editor("ada").await;
    let campaign = tea_day(&ada).await;

    ada.withdraws(&campaign, "It is over").await;

    assert_eq!(at(&world.reader(), "/campaigns/tea-day/2026").await, gone());
}

async fn what_is_published_again_lives_again(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "Tea" })).await;
    let post = ada.withdraws(&post, "It is wrong").await;

    ada.publishes(&post).await;

    assert_eq!(at(&world.reader(), "/posts/tea").await, lives("/posts/tea", "Tea"));
}

async fn what_was_deleted_is_gone(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "Tea" })).await;
    let post = ada.withdraws(&post, "It is wrong").await;

    deletes(&ada, &post).await;

    assert_eq!(at(&world.reader(), "/posts/tea").await, gone());
}

async fn a_translation_that_was_withdrawn_moved_to_what_is_left(world: &World) {
    let ada = world.editor("ada").await;
    let post = tea(&ada).await;

    let only = json!({ "id": post.id, "reason": "A mistake", "languages": ["cy"] });
    ada.does("contentWithdraw", only).await;

    assert_eq!(at(&world.reader(), "/cy/posts/te").await, moved("/posts/tea", "Tea"));
}

async fn a_draft_lives_nowhere(world: &World) {
    let ada = world.editor("ada").await;
    ada.writes_post(json!({ "title": "Tea", "oldPaths": ["/tea.html"] })).await;

    assert_eq!(at(&world.reader(), "/posts/tea").await, nowhere());
    assert_eq!(at(&world.reader(), "/tea.html").await, nowhere());
    assert_eq!(at(&ada.with_drafts(), "/posts/tea").await, nowhere(), "paths are of the published site");
}

async fn a_slug_that_only_a_draft_has_leads_nowhere(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "Tea" })).await;

    ada.saves("postUpdate", &post, json!({ "slug": "green-tea", "oldPaths": ["/tea.html"] })).await;

    assert_eq!(at(&world.reader(), "/posts/green-tea").await, nowhere());
    assert_eq!(at(&world.reader(), "/tea.html").await, nowhere());
}

async fn a_deleted_draft_was_never_there(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "Tea" })).await;

    deletes(&ada, &post).await;

    assert_eq!(at(&world.reader(), "/posts/tea").await, nowhere());
}

async fn a_topic_lives_while_something_published_is_on_it(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Drinks" })).await;
    let before = at(&world.reader(), "/topics/drinks").await;
    let post = ada.publishes_post(json!({ "title": "Tea", "topicIds": [topic.id] })).await;
    let during = at(&world.reader(), "/topics/drinks").await;

    ada.withdraws(&post, "It is wrong").await;

    assert_eq!(before, nowhere());
    assert_eq!(during, lives("/topics/drinks", "Drinks"));
    assert_eq!(at(&world.reader(), "/topics/drinks").await, gone());
}

async fn a_person_lives_while_something_published_is_theirs(world: &World) {
    let ada = world.editor("ada").await;
    let person = ada.creates("personCreate", json!({ "name": "Ann" })).await;
    let before = at(&world.reader(), "/people/ann").await;
    let post = ada.publishes_post(json!({ "title": "Tea", "authorIds": [person.id] })).await;
    let during = at(&world.reader(), "/people/ann").await;

    ada.withdraws(&post, "It is wrong").await;

    assert_eq!(before, nowhere());
    assert_eq!(during, lives("/people/ann", "Ann"));
    assert_eq!(at(&world.reader(), "/people/ann").await, gone());
}

async fn a_freed_slug_leads_to_whoever_has_it_now(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "Tea" })).await;
    deletes(&ada, &ada.withdraws(&post, "It is wrong").await).await;

    ada.publishes_post(json!({ "title": "New tea", "slug": "tea" })).await;

    assert_eq!(at(&world.reader(), "/posts/tea").await, lives("/posts/tea", "New tea"));
}

async fn deletes(ada: &Person, doc: &Doc) {
    let which = json!({ "id": doc.id, "expectedVersion": doc.version });
    ada.tries("contentDelete", which).await.expect_ok();
}

async fn the_old_path_of_somebody_with_a_pseudonym_leads_nowhere(world: &World) {
    let ada = world.editor("ada").await;
    let person = ada.creates("personCreate", json!({ "name": "Jane Doe" })).await;
    ada.publishes_post(json!({ "title": "Tea", "authorIds": [person.id] })).await;
    let known = at(&world.reader(), "/people/jane-doe").await;

    ada.saves("personUpdate", &person, json!({ "name": "A survivor", "slug": "a-survivor", "isPseudonym": true })).await;

    assert_eq!(known, lives("/people/jane-doe", "Jane Doe"));
    assert_eq!(at(&world.reader(), "/people/jane-doe").await, nowhere());
    assert_eq!(at(&world.reader(), "/people/a-survivor").await, lives("/people/a-survivor", "A survivor"));
}
