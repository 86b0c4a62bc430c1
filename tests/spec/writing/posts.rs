//! Writing posts: every field of the input, what an update leaves, and what null clears.

use serde_json::{Value, json};

use crate::support::verbs::{Doc, nulls};
use crate::support::{Person, World};

specs! {
    in_a_world {
        a_post_keeps_all_that_it_is_given,
        a_short_post_has_what_follows_from_its_title,
        a_post_is_written_in_two_languages,
        what_an_update_of_a_post_leaves_out_stays,
        a_variable_that_is_not_given_leaves_a_post_as_it_is,
        null_clears_a_post_but_not_its_title,
        a_variable_that_is_null_clears,
        an_empty_text_clears_where_a_text_may_be_missing,
    }
}

const POST: &str = "... on Post {
  title slug language stage summary body { markdown html plainText }
  authors { name } topics { name } campaigns { name } channels { label }
  contentNotes { topic strength text } exitLink { url label } publishedAt reviewDueOn path
  editorial { version status hasUnpublishedChanges externalReference savedBy { name } savedAt }
}";

/// A post with every field, and what it refers to.
async fn whole(ada: &Person) -> Value {
    let author = ada.creates("personCreate", json!({ "name": "Rosa" })).await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    let campaign = ada.writes_campaign().await;
    let service = ada.writes_service().await;
    let channel = ada.writes_channel(&service).await;
    json!({
        "title": "A day against trafficking",
        "slug": "a-day",
        "summary": "What it is and how to take part.",
        "body": "Tell *one* friend.\n\n## Then two",
        "authorIds": [author.id],
        "topicIds": [topic.id],
        "campaignIds": [campaign.id],
        "channelIds": [channel.id],
        "contentNotes": [{ "topic": "SLAVERY", "strength": "MENTIONS", "text": "Speaks of forced labour." }],
        "exitLink": { "url": "https://www.bbc.co.uk/weather", "label": "Weather" },
        "reviewDueOn": "2027-01-31",
        "seo": { "title": "30 July", "description": "World day against trafficking in persons" },
        "externalReference": "wordpress-17",
        "publishedAt": "2019-07-30T08:00:00Z",
        "oldPaths": ["/news/2019/07/30"],
    })
}

async fn writes_whole(ada: &Person) -> Doc {
    let input = whole(ada).await;
    ada.writes_post(input).await
}

async fn a_post_keeps_all_that_it_is_given(world: &World) {
    let ada = world.editor("ada").await;
    let input = whole(&ada).await;

    let answer = ada.tries_for("postCreate", json!({ "input": input }), &payload()).await.expect_ok();

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "postCreate": {
          "post": {
            "title": "A day against trafficking",
            "slug": "a-day",
            "language": "en",
            "stage": "DRAFT",
            "summary": "What it is and how to take part.",
            "body": {
              "markdown": "Tell *one* friend.\n\n## Then two",
              "html": "<div lang=\"en\" dir=\"ltr\"><p>Tell <em>one</em> friend.</p>\n<h2 id=\"then-two\">Then two</h2>\n</div>",
              "plainText": "Tell one friend.\n\nThen two"
            },
            "authors": [
              {
                "name": "Rosa"
              }
            ],
            "topics": [
              {
                "name": "Modern slavery"
              }
            ],
            "campaigns": [
              {
                "name": "World Day"
              }
            ],
            "channels": [
              {
                "label": "Safe line"
              }
            ],
            "contentNotes": [
              {
                "topic": "SLAVERY",
                "strength": "MENTIONS",
                "text": "Speaks of forced labour."
              }
            ],
            "exitLink": {
              "url": "https://www.bbc.co.uk/weather",
              "label": "Weather"
            },
            "publishedAt": "2019-07-30T08:00:00Z",
            "reviewDueOn": "2027-01-31",
            "path": "/posts/a-day",
            "editorial": {
              "version": 1,
              "status": "DRAFT",
              "hasUnpublishedChanges": true,
              "externalReference": "wordpress-17",
              "savedBy": {
                "name": "ada"
              },
              "savedAt": "2026-07-01T09:00:00Z"
            }
          },
          "userErrors": []
        }
      }
    }
    "#);
}

async fn a_short_post_has_what_follows_from_its_title(world: &World) {
    let amy = world.author("amy").await;
    let input = json!({ "title": "  A day against trafficking " });

    let answer = amy.tries_for("postCreate", json!({ "input": input }), &payload()).await.expect_ok();

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "postCreate": {
          "post": {
            "title": "A day against trafficking",
            "slug": "a-day-against-trafficking",
            "language": "en",
            "stage": "DRAFT",
            "summary": null,
            "body": {
              "markdown": "",
              "html": "<div lang=\"en\" dir=\"ltr\"></div>",
              "plainText": ""
            },
            "authors": [],
            "topics": [],
            "campaigns": [],
            "channels": [],
            "contentNotes": [],
            "exitLink": null,
            "publishedAt": null,
            "reviewDueOn": "2027-07-01",
            "path": "/posts/a-day-against-trafficking",
            "editorial": {
              "version": 1,
              "status": "DRAFT",
              "hasUnpublishedChanges": true,
              "externalReference": null,
              "savedBy": {
                "name": "amy"
              },
              "savedAt": "2026-07-01T09:00:00Z"
            }
          },
          "userErrors": []
        }
      }
    }
    "#);
}

async fn a_post_is_written_in_two_languages(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day", "summary": "In English" })).await;

    let welsh =
        json!({ "id": post.id, "expectedVersion": 1, "input": { "title": "Diwrnod" }, "language": "cy" });
    let answer = ada.tries_for("postUpdate", welsh, "post { title language summary slug }").await.expect_ok();

    assert_eq!(
        answer.data("/postUpdate/post"),
        &json!({ "title": "Diwrnod", "language": "cy", "summary": null, "slug": "diwrnod" })
    );
    let english = ada.reads(&post, "... on Post { title summary translations { language } }").await;
    insta::assert_snapshot!(english.told(), @r#"
    {
      "data": {
        "node": {
          "title": "A day",
          "summary": "In English",
          "translations": [
            {
              "language": "en"
            },
            {
              "language": "cy"
            }
          ]
        }
      }
    }
    "#);
}

async fn what_an_update_of_a_post_leaves_out_stays(world: &World) {
    let ada = world.editor("ada").await;
    let post = writes_whole(&ada).await;
    let before = ada.reads(&post, POST).await;

    let saved = ada.saves("postUpdate", &post, json!({})).await;

    let after = ada.reads(&post, POST).await;
    assert_eq!(saved.version, 2);
    assert_eq!(after.told(), before.told().replace(r#""version": 1"#, r#""version": 2"#));
}

async fn a_variable_that_is_not_given_leaves_a_post_as_it_is(world: &World) {
    let ada = world.editor("ada").await;
    let post = writes_whole(&ada).await;
    let before = ada.reads(&post, POST).await;

    let saved =
        ada.tries_by_variables("postUpdate", post.named(), json!({ "title": "A better title" })).await;

    saved.expect_ok();
    let after = ada.reads(&post, POST).await;
    let expected = before.told().replace("A day against trafficking", "A better title");
    assert_eq!(after.told(), expected.replace(r#""version": 1"#, r#""version": 2"#));
}

async fn null_clears_a_post_but_not_its_title(world: &World) {
    let ada = world.editor("ada").await;
    let post = writes_whole(&ada).await;

    let refused = ada.tries("postUpdate", post.with(nulls("PostUpdateInput", &[]))).await;
    ada.saves("postUpdate", &post, nulls("PostUpdateInput", &["title"])).await;

    assert_eq!(refused.user_errors(), ["REQUIRED input.title"]);
    insta::assert_snapshot!(ada.reads(&post, POST).await.told(), @r#"
    {
      "data": {
        "node": {
          "title": "A day against trafficking",
          "slug": "a-day-against-trafficking",
          "language": "en",
          "stage": "DRAFT",
          "summary": null,
          "body": {
            "markdown": "",
            "html": "<div lang=\"en\" dir=\"ltr\"></div>",
            "plainText": ""
          },
          "authors": [],
          "topics": [],
          "campaigns": [],
          "channels": [],
          "contentNotes": [],
          "exitLink": null,
          "publishedAt": null,
          "reviewDueOn": "2027-07-01",
          "path": "/posts/a-day-against-trafficking",
          "editorial": {
            "version": 2,
            "status": "DRAFT",
            "hasUnpublishedChanges": true,
            "externalReference": null,
            "savedBy": {
              "name": "ada"
            },
            "savedAt": "2026-07-01T09:00:00Z"
          }
        }
      }
    }
    "#);
}

async fn a_variable_that_is_null_clears(world: &World) {
    let ada = world.editor("ada").await;
    let post = writes_whole(&ada).await;

    let saved = ada.tries_by_variables("postUpdate", post.named(), json!({ "summary": null })).await;

    saved.expect_ok();
    let after = ada.reads(&post, "... on Post { title summary body { markdown } authors { name } }").await;
    insta::assert_snapshot!(after.told(), @r#"
    {
      "data": {
        "node": {
          "title": "A day against trafficking",
          "summary": null,
          "body": {
            "markdown": "Tell *one* friend.\n\n## Then two"
          },
          "authors": [
            {
              "name": "Rosa"
            }
          ]
        }
      }
    }
    "#);
}

async fn an_empty_text_clears_where_a_text_may_be_missing(world: &World) {
    let ada = world.editor("ada").await;
    let post = writes_whole(&ada).await;

    let refused = ada.tries("postUpdate", post.with(json!({ "title": " ", "summary": "" }))).await;
    ada.saves("postUpdate", &post, json!({ "summary": "", "body": " " })).await;

    assert_eq!(refused.user_errors(), ["REQUIRED input.title"]);
    let after = ada.reads(&post, "... on Post { title summary body { markdown } }").await;
    assert_eq!(
        after.data("/node"),
        &json!({ "title": "A day against trafficking", "summary": null, "body": { "markdown": "" } })
    );
}

/// What `postCreate` is asked for here.
fn payload() -> String {
    format!("post {{ {POST} }} userErrors {{ code path }}")
}
