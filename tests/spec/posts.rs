//! Posts: written, translated, published, changed and taken down.

use serde_json::json;

use super::support::World;

specs! {
    in_a_world {
        a_published_post_is_read_by_everybody,
        a_draft_is_invisible_to_partners,
        a_draft_is_read_with_the_right_and_the_header,
        a_change_is_invisible_until_it_is_published,
        a_withdrawn_post_is_gone,
        an_author_writes_and_does_not_publish,
        a_safeguarding_lead_may_publish,
        welsh_is_read_where_welsh_is_asked_for,
        a_fallback_is_marked,
        the_number_of_statements_does_not_grow_with_the_list,
    }
}

const POST: &str = r#"{ post(slug: "a-day-against-trafficking") { title language isFallback stage } }"#;

async fn a_published_post_is_read_by_everybody(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(json!({ "title": "A day against trafficking" })).await;

    let answer = world.reader().ask(POST).await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "post": {
          "title": "A day against trafficking",
          "language": "en",
          "isFallback": false,
          "stage": "PUBLISHED"
        }
      }
    }
    "#);
}

async fn a_draft_is_invisible_to_partners(world: &World) {
    let ada = world.editor("ada").await;
    ada.writes_post(json!({ "title": "A day against trafficking" })).await;

    let answer = world.reader().ask(POST).await;

    assert_eq!(answer.expect_ok().data("/post"), &json!(null));
}

async fn a_draft_is_read_with_the_right_and_the_header(world: &World) {
    let ada = world.editor("ada").await;
    ada.writes_post(json!({ "title": "A day against trafficking" })).await;
    let vera = world.viewer("vera").await;

    let published = vera.ask(POST).await;
    let draft = vera.with_drafts().ask(POST).await;

    assert_eq!(published.expect_ok().data("/post"), &json!(null));
    assert_eq!(draft.expect_ok().data("/post/stage"), "DRAFT");
}

async fn a_change_is_invisible_until_it_is_published(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "A day against trafficking" })).await;
    let changed = ada.saves("postUpdate", &post, json!({ "title": "A better title" })).await;
    let before = world.reader().ask(POST).await;

    ada.publishes(&changed).await;

    let after = world.reader().ask(POST).await;
    assert_eq!(before.expect_ok().data("/post/title"), "A day against trafficking");
    assert_eq!(after.expect_ok().data("/post/title"), "A better title");
}

async fn a_withdrawn_post_is_gone(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "A day against trafficking" })).await;

    ada.withdraws(&post, "The partner asked for it").await;

    let answer = world.reader().ask(POST).await;
    assert_eq!(answer.expect_ok().data("/post"), &json!(null));
}

async fn an_author_writes_and_does_not_publish(world: &World) {
    let amy = world.author("amy").await;
    let post = amy.writes_post(json!({ "title": "A day against trafficking" })).await;

    let refused =
        amy.tries("contentPublish", json!({ "id": post.id, "expectedVersion": post.version })).await;

    assert_eq!(refused.error_code(), "FORBIDDEN");
}

async fn a_safeguarding_lead_may_publish(world: &World) {
    let cara = world.lead("cara").await;

    cara.publishes_post(json!({ "title": "A day against trafficking" })).await;

    assert_eq!(world.reader().ask(POST).await.expect_ok().data("/post/stage"), "PUBLISHED");
}

async fn welsh_is_read_where_welsh_is_asked_for(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day against trafficking" })).await;
    let post = ada.saves_in("cy", "postUpdate", &post, json!({ "title": "Diwrnod yn erbyn masnachu" })).await;
    ada.publishes(&post).await;

    let answer = world.reader().in_languages("cy,en").ask(POST).await.expect_ok();

    assert_eq!(answer.data("/post/title"), "Diwrnod yn erbyn masnachu");
    assert_eq!(answer.data("/post/isFallback"), &json!(false));
}

async fn a_fallback_is_marked(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(json!({ "title": "A day against trafficking" })).await;

    let answer = world.reader().in_languages("fa").ask(POST).await.expect_ok();

    assert_eq!(answer.data("/post/language"), "en");
    assert_eq!(answer.data("/post/isFallback"), &json!(true));
}

async fn the_number_of_statements_does_not_grow_with_the_list(world: &World) {
    let list = "{ posts(first: 50) { nodes { title authors { name } topics { name } campaigns { name } } } }";
    let ada = world.editor("ada").await;
    let topic = ada.creates_in("en", "topicCreate", json!({ "name": "Modern slavery" })).await;
    ada.publishes_post(json!({ "title": "One", "topicIds": [topic.id] })).await;
    let few = world.reader().ask(list).await.expect_ok();

    ada.publishes_posts(20, json!({ "topicIds": [topic.id] })).await;

    let many = world.reader().ask(list).await.expect_ok();
    assert_eq!(many.data("/posts/nodes").as_array().map(Vec::len), Some(21));
    assert_eq!(many.statements, few.statements);
}
