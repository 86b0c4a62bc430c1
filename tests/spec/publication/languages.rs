//! Publishing and withdrawing language by language.

use serde_json::{Value, json};

use super::super::support::verbs::Doc;
use super::super::support::{Person, World};

specs! {
    in_a_world {
        one_language_is_published_and_the_other_waits,
        a_change_in_one_language_is_published_alone,
        what_is_the_same_in_every_language_waits_for_all_of_them,
        a_language_is_withdrawn_and_the_other_stays,
        withdrawing_every_language_is_withdrawing_the_whole,
        a_language_that_readers_do_not_see_cannot_be_withdrawn,
        readers_do_not_learn_of_a_language_that_waits,
        editors_see_which_languages_are_published_and_which_are_outdated,
        nothing_is_left_when_every_language_was_published_alone,
    }
}

/// A post in English and Welsh that nobody has published.
async fn bilingual(ada: &Person) -> Doc {
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    ada.saves_in("cy", "postUpdate", &post, json!({ "title": "Diwrnod" })).await
}

fn only(doc: &Doc, languages: Value) -> Value {
    json!({ "id": doc.id, "expectedVersion": doc.version, "languages": languages })
}

async fn titles(world: &World) -> Value {
    let query = r#"{ en: posts(languages: ["en"]) { nodes { title } } cy: posts(languages: ["cy"]) { nodes { title } } }"#;
    let answer = world.reader().ask(query).await.expect_ok();
    json!([answer.data("/en/nodes"), answer.data("/cy/nodes")])
}

async fn one_language_is_published_and_the_other_waits(world: &World) {
    let ada = world.editor("ada").await;
    let post = bilingual(&ada).await;

    ada.does("contentPublish", only(&post, json!(["en"]))).await;
    let english = titles(world).await;
    ada.does("contentPublish", only(&post, json!(["cy"]))).await;
    let both = titles(world).await;

    assert_eq!(english, json!([[{ "title": "A day" }], [{ "title": "A day" }]]));
    assert_eq!(both, json!([[{ "title": "A day" }], [{ "title": "Diwrnod" }]]));
}

async fn a_change_in_one_language_is_published_alone(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes(&bilingual(&ada).await).await;
    let post = ada.saves("postUpdate", &post, json!({ "title": "A better day" })).await;
    let post = ada.saves_in("cy", "postUpdate", &post, json!({ "title": "Diwrnod gwell" })).await;

    ada.does("contentPublish", only(&post, json!(["cy"]))).await;

    assert_eq!(titles(world).await, json!([[{ "title": "A day" }], [{ "title": "Diwrnod gwell" }]]));
}

async fn what_is_the_same_in_every_language_waits_for_all_of_them(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    let post = ada.publishes(&bilingual(&ada).await).await;
    let post = ada.saves("postUpdate", &post, json!({ "title": "Better", "topicIds": [topic.id] })).await;
    let query = "{ posts { nodes { title topics { name } } } }";

    ada.does("contentPublish", only(&post, json!(["en"]))).await;
    let words = world.reader().ask(query).await.expect_ok();
    ada.publishes(&post).await;
    let all = world.reader().ask(query).await.expect_ok();

    assert_eq!(words.data("/posts/nodes"), &json!([{ "title": "Better", "topics": [] }]));
    assert_eq!(
        all.data("/posts/nodes"),
        &json!([{ "title": "Better", "topics": [{ "name": "Modern slavery" }] }])
    );
}

async fn a_language_is_withdrawn_and_the_other_stays(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes(&bilingual(&ada).await).await;

    let wish = json!({ "id": post.id, "reason": "The translation is wrong", "languages": ["cy"] });
    ada.does("contentWithdraw", wish).await;

    assert_eq!(titles(world).await, json!([[{ "title": "A day" }], [{ "title": "A day" }]]));
    let gone = world.reader().ask(r#"{ resolve(path: "/cy/posts/diwrnod") { status canonicalPath } }"#).await;
    insta::assert_snapshot!(gone.expect_ok().told(), @r#"
    {
      "data": {
        "resolve": {
          "status": 301,
          "canonicalPath": "/posts/a-day"
        }
      }
    }
    "#);
}

async fn withdrawing_every_language_is_withdrawing_the_whole(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes(&bilingual(&ada).await).await;

    let wish = json!({ "id": post.id, "reason": "Both are wrong", "languages": ["en", "cy"] });
    ada.does("contentWithdraw", wish).await;

    assert_eq!(titles(world).await, json!([[], []]));
    let status = ada.reads(&post, "... on Post { editorial { status } }").await;
    assert_eq!(status.data("/node/editorial/status"), "WITHDRAWN");
}

async fn a_language_that_readers_do_not_see_cannot_be_withdrawn(world: &World) {
    let ada = world.editor("ada").await;
    let post = bilingual(&ada).await;
    ada.does("contentPublish", only(&post, json!(["en"]))).await;

    let wish = json!({ "id": post.id, "reason": "To be sure", "languages": ["en", "cy"] });
    let refused = ada.tries("contentWithdraw", wish).await;

    assert_eq!(refused.user_errors(), ["NOT_FOUND languages.1"]);
    assert_eq!(titles(world).await, json!([[{ "title": "A day" }], [{ "title": "A day" }]]));
}

async fn readers_do_not_learn_of_a_language_that_waits(world: &World) {
    let ada = world.editor("ada").await;
    let post = bilingual(&ada).await;
    ada.does("contentPublish", only(&post, json!(["en"]))).await;

    let query = r#"{
      posts(filter: { translatedInto: "cy" }) { totalCount nodes { title } }
      post(slug: "diwrnod") { title }
      all: posts { nodes { translations { language } } }
    }"#;
    let answer = world.reader().ask(query).await.expect_ok();

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "posts": {
          "totalCount": 0,
          "nodes": []
        },
        "post": null,
        "all": {
          "nodes": [
            {
              "translations": [
                {
                  "language": "en"
                }
              ]
            }
          ]
        }
      }
    }
    "#);
}

async fn editors_see_which_languages_are_published_and_which_are_outdated(world: &World) {
    let ada = world.editor("ada").await;
    let post = bilingual(&ada).await;
    ada.does("contentPublish", only(&post, json!(["en"]))).await;
    world.clock.advance(5);
    ada.saves("postUpdate", &post, json!({ "title": "A better day" })).await;

    let editorial = "... on Post { editorial { status hasUnpublishedChanges
      translations { language isPublished isOutdated } } }";
    let answer = ada.reads(&post, editorial).await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "node": {
          "editorial": {
            "status": "PUBLISHED",
            "hasUnpublishedChanges": true,
            "translations": [
              {
                "language": "cy",
                "isPublished": false,
                "isOutdated": true
              },
              {
                "language": "en",
                "isPublished": true,
                "isOutdated": false
              }
            ]
          }
        }
      }
    }
    "#);
}

async fn nothing_is_left_when_every_language_was_published_alone(world: &World) {
    let ada = world.editor("ada").await;
    let post = bilingual(&ada).await;
    ada.does("contentPublish", only(&post, json!(["en"]))).await;
    let half = ada.reads(&post, UNPUBLISHED).await;

    ada.does("contentPublish", only(&post, json!(["cy"]))).await;

    assert_eq!(half.data("/node/editorial/hasUnpublishedChanges"), &json!(true));
    let whole = ada.reads(&post, UNPUBLISHED).await;
    assert_eq!(whole.data("/node/editorial"), &json!({ "hasUnpublishedChanges": false, "publishedVersion": post.version }));
}

const UNPUBLISHED: &str = "... on Post { editorial { hasUnpublishedChanges publishedVersion } }";
