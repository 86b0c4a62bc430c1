//! Translations: found, sorted, published and taken down language by language.

use serde_json::{Value, json};

use super::support::verbs::Doc;
use super::support::{Answer, Person, World};

specs! {
    in_a_world {
        titles_are_sorted_in_the_language_that_is_read,
        titles_and_slugs_are_filtered_in_the_language_that_is_read,
        a_slug_is_looked_up_in_the_wished_languages_first,
        a_topic_out_of_sight_does_not_stand_before_one_in_sight,
        a_slug_of_another_language_leads_to_the_wished_one,
        translations_begin_with_the_default_language,
        persian_runs_from_right_to_left,
        html_carries_the_language_of_its_words,
        one_language_is_published_alone,
        one_language_is_withdrawn_alone,
        what_is_the_same_in_every_language_is_read_in_every_language,
        a_slug_alone_is_no_translation,
    }
}

const POST: &str = r#"{ post(slug: "tea") { title language isFallback } }"#;

/// A post that is published in English and Welsh: "Tea", "Te".
async fn tea(ada: &Person) -> Doc {
    let post = ada.writes_post(json!({ "title": "Tea" })).await;
    let post = ada.saves_in("cy", "postUpdate", &post, json!({ "title": "Te" })).await;
    ada.publishes(&post).await
}

async fn titles_are_sorted_in_the_language_that_is_read(world: &World) {
    let ada = world.editor("ada").await;
    in_both(&ada, "Apples", "Sudd").await;
    in_both(&ada, "Oranges", "Afalau").await;
    ada.publishes_post(json!({ "title": "Pears" })).await;
    let question = "{ posts(sort: TITLE) { nodes { title } } }";

    let english = world.reader().ask(question).await;
    let welsh = world.reader().in_languages("cy").ask(question).await;

    assert_eq!(titles(&english), ["Apples", "Oranges", "Pears"]);
    assert_eq!(titles(&welsh), ["Afalau", "Pears", "Sudd"]);
}

async fn titles_and_slugs_are_filtered_in_the_language_that_is_read(world: &World) {
    let ada = world.editor("ada").await;
    in_both(&ada, "Apples", "Afalau").await;
    ada.publishes_post(json!({ "title": "Pears" })).await;
    let question = r#"{ posts(sort: TITLE, filter: { or: [
        { title: { eq: "APPLES" } }, { slug: { eq: "afalau" } }, { title: { startsWith: "pea" } }
    ] }) { nodes { title } } }"#;

    let english = world.reader().ask(question).await;
    let welsh = world.reader().in_languages("cy").ask(question).await;

    assert_eq!(titles(&english), ["Apples", "Pears"]);
    assert_eq!(titles(&welsh), ["Afalau", "Pears"]);
    let persian = r#"{ posts(languages: ["fa"], filter: { title: { eq: "afalau" } }) { nodes { title } } }"#;
    assert_eq!(titles(&world.reader().ask(persian).await), [""; 0]);
}

async fn a_slug_is_looked_up_in_the_wished_languages_first(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(json!({ "title": "English plant", "slug": "te" })).await;
    tea(&ada).await;
    let question = r#"{ post(slug: "te") { title } }"#;

    let english = world.reader().ask(question).await.expect_ok();
    let welsh = world.reader().in_languages("cy").ask(question).await.expect_ok();

    assert_eq!(english.data("/post/title"), "English plant");
    assert_eq!(welsh.data("/post/title"), "Te");
}

async fn a_topic_out_of_sight_does_not_stand_before_one_in_sight(world: &World) {
    let ada = world.editor("ada").await;
    ada.creates("topicCreate", json!({ "name": "On nothing", "slug": "te" })).await;
    let topic = ada.creates("topicCreate", json!({ "name": "Tea" })).await;
    ada.saves_in("cy", "topicUpdate", &topic, json!({ "name": "Te" })).await;
    ada.publishes_post(json!({ "title": "Green", "topicIds": [topic.id] })).await;

    let answer = world.reader().ask(r#"{ topic(slug: "te") { name } }"#).await.expect_ok();

    assert_eq!(answer.data("/topic/name"), "Tea");
}

async fn a_slug_of_another_language_leads_to_the_wished_one(world: &World) {
    tea(&world.editor("ada").await).await;

    let answer = world.reader().ask(r#"{ post(slug: "te") { title slug language } }"#).await.expect_ok();

    assert_eq!(answer.data("/post"), &json!({ "title": "Tea", "slug": "tea", "language": "en" }));
}

async fn translations_begin_with_the_default_language(world: &World) {
    let ada = world.editor("ada").await;
    let post = tea(&ada).await;
    let post = ada.saves_in("fa", "postUpdate", &post, json!({ "title": "چای", "slug": "chai" })).await;
    ada.publishes(&post).await;

    let question = r#"{ post(slug: "tea") { translations { language direction slug title path } } }"#;
    let answer = world.reader().in_languages("fa").ask(question).await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "post": {
          "translations": [
            {
              "language": "en",
              "direction": "LTR",
              "slug": "tea",
              "title": "Tea",
              "path": "/posts/tea"
            },
            {
              "language": "cy",
              "direction": "LTR",
              "slug": "te",
              "title": "Te",
              "path": "/cy/posts/te"
            },
            {
              "language": "fa",
              "direction": "RTL",
              "slug": "chai",
              "title": "چای",
              "path": "/fa/posts/chai"
            }
          ]
        }
      }
    }
    "#);
}

async fn persian_runs_from_right_to_left(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.saves_in("fa", "postUpdate", &tea(&ada).await, json!({ "title": "چای" })).await;
    ada.publishes(&post).await;

    let question =
        r#"{ post(slug: "tea") { title direction } site { languages { tag name direction isDefault } } }"#;
    let answer = world.reader().in_languages("fa").ask(question).await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "post": {
          "title": "چای",
          "direction": "RTL"
        },
        "site": {
          "languages": [
            {
              "tag": "en",
              "name": "English",
              "direction": "LTR",
              "isDefault": true
            },
            {
              "tag": "cy",
              "name": "Cymraeg",
              "direction": "LTR",
              "isDefault": false
            },
            {
              "tag": "fa",
              "name": "فارسی",
              "direction": "RTL",
              "isDefault": false
            }
          ]
        }
      }
    }
    "#);
}

async fn html_carries_the_language_of_its_words(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "Tea", "body": "Drink it." })).await;
    let persian = json!({ "title": "چای", "body": "بنوش" });
    ada.publishes(&ada.saves_in("fa", "postUpdate", &post, persian).await).await;

    let question = r#"{ post(slug: "tea") { body { html } } }"#;
    let persian = world.reader().in_languages("fa").ask(question).await.expect_ok();
    let fallback = world.reader().in_languages("cy").ask(question).await.expect_ok();

    assert_eq!(persian.text("/post/body/html"), "<div lang=\"fa\" dir=\"rtl\"><p>بنوش</p>\n</div>");
    assert_eq!(fallback.text("/post/body/html"), "<div lang=\"en\" dir=\"ltr\"><p>Drink it.</p>\n</div>");
}

async fn one_language_is_published_alone(world: &World) {
    let ada = world.editor("ada").await;
    let post = tea(&ada).await;
    let post = ada.saves("postUpdate", &post, json!({ "title": "Better tea" })).await;
    let post = ada.saves_in("cy", "postUpdate", &post, json!({ "title": "Te gwell" })).await;

    let only = json!({ "id": post.id, "expectedVersion": post.version, "languages": ["cy"] });
    ada.does("contentPublish", only).await;

    assert_eq!(world.reader().ask(POST).await.expect_ok().data("/post/title"), "Tea");
    let welsh = world.reader().in_languages("cy").ask(POST).await.expect_ok();
    assert_eq!(welsh.data("/post/title"), "Te gwell");
}

async fn one_language_is_withdrawn_alone(world: &World) {
    let ada = world.editor("ada").await;
    let post = tea(&ada).await;

    let only = json!({ "id": post.id, "reason": "A mistake", "languages": ["cy"] });
    ada.does("contentWithdraw", only).await;

    let question = r#"{ post(slug: "tea") { title isFallback translations { language } } te: post(slug: "te") { title } }"#;
    let answer = world.reader().in_languages("cy").ask(question).await.expect_ok();
    let english = json!({ "title": "Tea", "isFallback": true, "translations": [{ "language": "en" }] });
    assert_eq!((answer.data("/post"), answer.data("/te")), (&english, &Value::Null));
}

async fn what_is_the_same_in_every_language_is_read_in_every_language(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "Tea" })).await;
    let words = json!({ "title": "Te", "publishedAt": "2020-05-21T09:00:00Z" });
    ada.publishes(&ada.saves_in("cy", "postUpdate", &post, words).await).await;

    let answer = world.reader().ask(r#"{ post(slug: "tea") { publishedAt } }"#).await.expect_ok();

    assert_eq!(answer.data("/post/publishedAt"), "2020-05-21T09:00:00Z");
}

/// Publishes a post in English and Welsh.
async fn in_both(ada: &Person, english: &str, welsh: &str) {
    let post = ada.writes_post(json!({ "title": english })).await;
    let post = ada.saves_in("cy", "postUpdate", &post, json!({ "title": welsh })).await;
    ada.publishes(&post).await;
}

/// The titles of a page of posts.
fn titles(answer: &Answer) -> Vec<&str> {
    let nodes = answer.data("/posts/nodes").as_array();
    nodes.into_iter().flatten().filter_map(|node| node["title"].as_str()).collect()
}

async fn a_slug_alone_is_no_translation(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "Tea" })).await;

    let mut arguments = post.with(json!({ "slug": "te" }));
    arguments["language"] = json!("cy");
    let refused = ada.tries("postUpdate", arguments).await;

    assert_eq!(refused.user_errors(), ["REQUIRED input.title"]);
}
