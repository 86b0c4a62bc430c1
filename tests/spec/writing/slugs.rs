//! Slugs: made from titles in any script, unique for each type and language, and kept.

use serde_json::{Value, json};

use crate::support::verbs::Doc;
use crate::support::{Person, World};

specs! {
    in_a_world {
        a_slug_is_made_from_a_title_in_any_script,
        a_title_without_letters_has_a_slug_too,
        a_long_title_is_cut_at_a_word,
        a_made_slug_that_is_taken_gets_a_number,
        a_chosen_slug_that_is_taken_is_refused,
        a_number_behind_a_slug_goes_no_further_than_fifty,
        a_slug_is_unique_for_each_type_alone,
        a_slug_is_unique_for_each_language_alone,
        a_slug_stays_when_the_title_changes,
        null_makes_a_slug_anew,
        a_slug_that_no_reader_ever_saw_is_free_again,
        a_slug_that_readers_saw_stays_taken_when_it_changes,
        a_slug_that_readers_saw_may_come_back_to_its_post,
        a_deleted_posts_slug_may_be_used_again,
    }
}

async fn slug(person: &Person, doc: &Doc) -> Value {
    person.reads(doc, "... on Content { slug }").await.data("/node/slug").clone()
}

async fn a_slug_is_made_from_a_title_in_any_script(world: &World) {
    let ada = world.editor("ada").await;
    let titled = async |title: &str| {
        let post = ada.writes_post(json!({ "title": title })).await;
        slug(&ada, &post).await
    };

    let slugs = json!([
        titled("Don't panic — Straße").await,
        titled("Diwrnod y Gynddaredd â'r Iaith").await,
        titled("Привет, мир").await,
        titled("روز جهانی").await,
        titled("日本語").await,
        titled("يوم ضد الاتجار").await,
        titled("हिन्दी").await,
    ]);

    insta::assert_snapshot!(slugs, @r#"["dont-panic-strasse","diwrnod-y-gynddaredd-ar-iaith","privet-mir","rwz-jhny","ri-ben-yu","ywm-dd-ltjr","hindii"]"#);
}

async fn a_title_without_letters_has_a_slug_too(world: &World) {
    let ada = world.editor("ada").await;

    let first = ada.writes_post(json!({ "title": "!!!" })).await;
    let second = ada.writes_post(json!({ "title": "???" })).await;

    assert_eq!(slug(&ada, &first).await, "untitled");
    assert_eq!(slug(&ada, &second).await, "untitled-2");
}

async fn a_long_title_is_cut_at_a_word(world: &World) {
    let ada = world.editor("ada").await;

    let post = ada.writes_post(json!({ "title": "A rather long word ".repeat(10) })).await;

    let expected = "a-rather-long-word-a-rather-long-word-a-rather-long-word-a-rather-long-word-a";
    assert_eq!(slug(&ada, &post).await, expected);
}

async fn a_made_slug_that_is_taken_gets_a_number(world: &World) {
    let ada = world.editor("ada").await;
    ada.writes_post(json!({ "title": "A day" })).await;

    let second = ada.writes_post(json!({ "title": "A Day!" })).await;
    let third = ada.writes_post(json!({ "title": "a day" })).await;

    assert_eq!(slug(&ada, &second).await, "a-day-2");
    assert_eq!(slug(&ada, &third).await, "a-day-3");
}

async fn a_chosen_slug_that_is_taken_is_refused(world: &World) {
    let ada = world.editor("ada").await;
    ada.writes_post(json!({ "title": "A day" })).await;
    let other = ada.writes_post(json!({ "title": "Other" })).await;

    let created = ada.tries("postCreate", json!({ "input": { "title": "B", "slug": "a-day" } })).await;
    let updated = ada.tries("postUpdate", other.with(json!({ "slug": "a-day" }))).await;

    assert_eq!(created.user_errors(), ["TAKEN input.slug"]);
    assert_eq!(updated.user_errors(), ["TAKEN input.slug"]);
}

async fn a_number_behind_a_slug_goes_no_further_than_fifty(world: &World) {
    let ada = world.editor("ada").await;
    for _ in 0..49 {
        ada.writes_post(json!({ "title": "A day" })).await;
    }

    let fiftieth = ada.writes_post(json!({ "title": "A day" })).await;
    let one_more = ada.tries("postCreate", json!({ "input": { "title": "A day" } })).await;

    assert_eq!(slug(&ada, &fiftieth).await, "a-day-50");
    assert_eq!(one_more.user_errors(), ["REQUIRED input.slug"]);
}

async fn a_slug_is_unique_for_each_type_alone(world: &World) {
    let ada = world.editor("ada").await;
    ada.writes_post(json!({ "title": "A day" })).await;

    let topic = ada.creates("topicCreate", json!({ "name": "A day" })).await;

    assert_eq!(ada.reads(&topic, "... on Topic { slug }").await.data("/node/slug"), "a-day");
}

async fn a_slug_is_unique_for_each_language_alone(world: &World) {
    let ada = world.editor("ada").await;
    ada.writes_post(json!({ "title": "Taith" })).await;

    let welsh = ada.creates_in("cy", "postCreate", json!({ "title": "Taith" })).await;

    assert_eq!(slug(&ada, &welsh).await, "taith");
}

async fn a_slug_stays_when_the_title_changes(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;

    ada.saves("postUpdate", &post, json!({ "title": "Something else" })).await;

    assert_eq!(slug(&ada, &post).await, "a-day");
}

async fn null_makes_a_slug_anew(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;

    ada.saves("postUpdate", &post, json!({ "title": "Something else", "slug": null })).await;

    assert_eq!(slug(&ada, &post).await, "something-else");
}

async fn a_slug_that_no_reader_ever_saw_is_free_again(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    ada.saves("postUpdate", &post, json!({ "slug": "another" })).await;

    let other = ada.writes_post(json!({ "title": "B", "slug": "a-day" })).await;

    assert_eq!(slug(&ada, &other).await, "a-day");
}

async fn a_slug_that_readers_saw_stays_taken_when_it_changes(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "A day" })).await;
    let post = ada.saves("postUpdate", &post, json!({ "slug": "another" })).await;
    ada.publishes(&post).await;

    let refused = ada.tries("postCreate", json!({ "input": { "title": "B", "slug": "a-day" } })).await;

    assert_eq!(refused.user_errors(), ["TAKEN input.slug"]);
}

async fn a_slug_that_readers_saw_may_come_back_to_its_post(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "A day" })).await;
    let post = ada.saves("postUpdate", &post, json!({ "slug": "another" })).await;
    ada.publishes(&post).await;

    let post = ada.saves("postUpdate", &post, json!({ "slug": "a-day" })).await;
    ada.publishes(&post).await;

    let answer = world.reader().ask(r#"{ post(slug: "a-day") { title } }"#).await;
    assert_eq!(answer.expect_ok().data("/post/title"), "A day");
}

async fn a_deleted_posts_slug_may_be_used_again(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "A day" })).await;
    ada.withdraws(&post, "The partner asked for it").await;
    ada.tries("contentDelete", post.named()).await.expect_ok();

    let other = ada.publishes_post(json!({ "title": "A day" })).await;

    assert_eq!(slug(&ada, &other).await, "a-day");
    let answer = world.reader().ask(r#"{ resolve(path: "/posts/a-day") { status node { id } } }"#).await;
    assert_eq!(answer.expect_ok().data("/resolve"), &json!({ "status": 200, "node": { "id": other.id } }));
}
