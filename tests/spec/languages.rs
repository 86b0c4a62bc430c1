//! Languages: an ordered wish list, inherited by everything below, and fallbacks that say so.

use serde_json::json;

use super::support::person::BY_THE_BOOK;
use super::support::verbs::Doc;
use super::support::{Answer, Person, World};

specs! {
    in_a_world {
        without_a_wish_the_default_language_answers,
        the_first_wished_language_that_exists_answers,
        what_exists_in_no_wished_language_answers_in_the_default_language,
        what_exists_in_another_language_alone_answers_in_that,
        the_argument_beats_the_parameter_beats_the_header,
        the_weights_of_the_header_order_it,
        tags_are_compared_as_a_whole_and_in_any_case,
        a_wish_list_has_at_most_ten_readable_tags,
        a_header_that_cannot_be_read_is_no_wish,
        everything_below_a_field_inherits_its_wishes,
        what_is_linked_is_called_the_same_alone_and_in_full,
        two_languages_in_one_request_do_not_mix,
        one_id_has_a_cache_key_for_each_language,
        an_edition_answers_in_a_language_that_it_has_words_in,
        a_person_says_in_which_language,
        answers_vary_with_the_header,
    }
}

const POST: &str = r#"{ post(slug: "tea") { title language isFallback } }"#;

/// A post that is published in English and Welsh: "Tea", "Te".
async fn tea(ada: &Person) -> Doc {
    let post = ada.writes_post(json!({ "title": "Tea" })).await;
    let post = ada.saves_in("cy", "postUpdate", &post, json!({ "title": "Te" })).await;
    ada.publishes(&post).await
}

async fn without_a_wish_the_default_language_answers(world: &World) {
    tea(&world.editor("ada").await).await;

    let answer = world.reader().ask(POST).await;

    assert_eq!(
        answer.expect_ok().data("/post"),
        &json!({ "title": "Tea", "language": "en", "isFallback": false })
    );
}

async fn the_first_wished_language_that_exists_answers(world: &World) {
    tea(&world.editor("ada").await).await;

    let answer = world.reader().in_languages("de, cy, en").ask(POST).await;

    assert_eq!(
        answer.expect_ok().data("/post"),
        &json!({ "title": "Te", "language": "cy", "isFallback": true })
    );
}

async fn what_exists_in_no_wished_language_answers_in_the_default_language(world: &World) {
    tea(&world.editor("ada").await).await;

    let answer = world.reader().in_languages("fa, de").ask(POST).await;

    assert_eq!(
        answer.expect_ok().data("/post"),
        &json!({ "title": "Tea", "language": "en", "isFallback": true })
    );
}

async fn what_exists_in_another_language_alone_answers_in_that(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.creates_in("cy", "postCreate", json!({ "title": "Te", "slug": "tea" })).await;
    ada.publishes(&post).await;

    let answer = world.reader().in_languages("fa").ask(POST).await;

    assert_eq!(
        answer.expect_ok().data("/post"),
        &json!({ "title": "Te", "language": "cy", "isFallback": true })
    );
}

async fn the_argument_beats_the_parameter_beats_the_header(world: &World) {
    let ada = world.editor("ada").await;
    let post = tea(&ada).await;
    let post = ada.saves_in("fa", "postUpdate", &post, json!({ "title": "چای" })).await;
    ada.publishes(&post).await;
    let reader = world.reader().in_languages("en");
    let argument = r#"{ post(slug: "tea", languages: ["cy"]) { language } }"#;

    let header = reader.ask(POST).await.expect_ok();
    let parameter = asked_at(&reader, "/graphql?languages=fa", POST).await.expect_ok();
    let argument = asked_at(&reader, "/graphql?languages=fa", argument).await.expect_ok();

    let languages = [header, parameter, argument].map(|answer| answer.text("/post/language").to_owned());
    assert_eq!(languages, ["en", "fa", "cy"]);
}

async fn the_weights_of_the_header_order_it(world: &World) {
    tea(&world.editor("ada").await).await;

    let answer =
        world.reader().in_languages("en;q=0.3, fa;q=0.5, cy;q=0.8, de;q=0").ask(POST).await.expect_ok();

    assert_eq!(answer.data("/post"), &json!({ "title": "Te", "language": "cy", "isFallback": false }));
}

async fn tags_are_compared_as_a_whole_and_in_any_case(world: &World) {
    tea(&world.editor("ada").await).await;

    let region = world.reader().in_languages("cy-GB").ask(POST).await.expect_ok();
    let shouted = world.reader().in_languages("CY").ask(POST).await.expect_ok();

    assert_eq!(region.data("/post"), &json!({ "title": "Tea", "language": "en", "isFallback": true }));
    assert_eq!(shouted.data("/post"), &json!({ "title": "Te", "language": "cy", "isFallback": false }));
}

async fn a_wish_list_has_at_most_ten_readable_tags(world: &World) {
    let reader = world.reader();
    let eleven = r#"{ posts(languages: ["a1", "b2", "c3", "d4", "e5", "f6", "g7", "h8", "i9", "j0", "k1"]) { totalCount } }"#;
    let too_many = eleven.replace(|letter: char| letter.is_ascii_digit(), "e");

    let too_many = reader.ask(&too_many).await;
    let unreadable = reader.ask(r#"{ posts(languages: ["cy", "not a tag"]) { totalCount } }"#).await;
    let parameter =
        asked_at(&reader, "/graphql?languages=cy,not%20a%20tag", "{ posts { totalCount } }").await;

    assert_eq!((too_many.refused_argument().as_str(), too_many.status), ("languages", 200));
    assert!(unreadable.refused_argument().starts_with("languages"), "{unreadable:?}");
    assert_eq!((parameter.refused_argument().as_str(), parameter.status), ("languages", 400));
}

async fn a_header_that_cannot_be_read_is_no_wish(world: &World) {
    tea(&world.editor("ada").await).await;

    let nonsense = world.reader().in_languages("%%, x y z;q=9, *").ask(POST).await.expect_ok();
    let half = world.reader().in_languages("%%, cy").ask(POST).await.expect_ok();

    assert_eq!(nonsense.data("/post"), &json!({ "title": "Tea", "language": "en", "isFallback": false }));
    assert_eq!(half.data("/post"), &json!({ "title": "Te", "language": "cy", "isFallback": false }));
}

async fn what_is_linked_is_called_the_same_alone_and_in_full(world: &World) {
    let ada = world.editor("ada").await;
    let drinks = ada.creates("topicCreate", json!({ "name": "Drinks" })).await;
    let drinks = ada.saves_in("cy", "topicUpdate", &drinks, json!({ "name": "Diodydd" })).await;
    let coffee = ada.creates_in("cy", "topicCreate", json!({ "name": "Coffi" })).await;
    let leaves = ada.creates("topicCreate", json!({ "name": "Leaves" })).await;
    let links = json!({ "topicIds": [leaves.id, drinks.id, coffee.id] });
    let post = ada.saves("postUpdate", &tea(&ada).await, links).await;
    ada.publishes(&post).await;
    let name = "__typename id cacheKey name slug path language isFallback";

    for wishes in ["cy", "en", "de", "fr, cy, en"] {
        let reader = world.reader().in_languages(wishes);
        let asked = |topic: &str| format!(r#"{{ post(slug: "tea") {{ topics {{ {topic} }} }} }}"#);
        let alone = reader.ask(&asked(name)).await.expect_ok();
        let in_full = reader.ask(&asked(&format!("{name} isSensitive"))).await.expect_ok();
        let mut expected = in_full.data("/post/topics").clone();
        for topic in expected.as_array_mut().expect("a list") {
            topic.as_object_mut().expect("a topic").remove("isSensitive").expect("an answer");
        }
        assert_eq!(expected.as_array().map(Vec::len), Some(3), "in {wishes}");
        assert_eq!(alone.data("/post/topics"), &expected, "in {wishes}");
    }
}

async fn everything_below_a_field_inherits_its_wishes(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Drinks" })).await;
    ada.saves_in("cy", "topicUpdate", &topic, json!({ "name": "Diodydd" })).await;
    let campaign = json!({ "name": "Tea day", "observance": { "kind": "FIXED", "month": 5, "day": 21 } });
    let campaign = ada.creates("campaignCreate", campaign).await;
    let campaign = edition(&ada, &campaign, "en", "Drink up").await;
    let campaign = ada.saves_in("cy", "campaignUpdate", &campaign, json!({ "name": "Diwrnod te" })).await;
    let campaign = edition(&ada, &campaign, "cy", "Yfwch").await;
    ada.publishes(&campaign).await;
    let links = json!({ "topicIds": [topic.id], "campaignIds": [campaign.id] });
    let post = ada.saves("postUpdate", &tea(&ada).await, links).await;
    ada.publishes(&post).await;

    let below = "title topics { name posts { nodes { title } } }
        campaigns { name edition { theme campaign { name } posts { nodes { title } } } }";
    let answer =
        world.reader().ask(&format!(r#"{{ post(slug: "tea", languages: ["cy"]) {{ {below} }} }}"#)).await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "post": {
          "title": "Te",
          "topics": [
            {
              "name": "Diodydd",
              "posts": {
                "nodes": [
                  {
                    "title": "Te"
                  }
                ]
              }
            }
          ],
          "campaigns": [
            {
              "name": "Diwrnod te",
              "edition": {
                "theme": "Yfwch",
                "campaign": {
                  "name": "Diwrnod te"
                },
                "posts": {
                  "nodes": [
                    {
                      "title": "Te"
                    }
                  ]
                }
              }
            }
          ]
        }
      }
    }
    "#);
}

async fn two_languages_in_one_request_do_not_mix(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Drinks" })).await;
    ada.saves_in("cy", "topicUpdate", &topic, json!({ "name": "Diodydd" })).await;
    let post = ada.saves("postUpdate", &tea(&ada).await, json!({ "topicIds": [topic.id] })).await;
    ada.publishes(&post).await;

    let both = r#"{
        welsh: post(slug: "tea", languages: ["cy"]) { title topics { name posts { nodes { title } } } }
        english: post(slug: "tea", languages: ["en"]) { title topics { name posts { nodes { title } } } }
        list: posts(languages: ["cy"]) { nodes { title topics { name } } }
        node: node(id: "ID") { ... on Post { title topics { name } } }
    }"#;
    let answer = world.reader().ask(&both.replace("ID", &post.id)).await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "welsh": {
          "title": "Te",
          "topics": [
            {
              "name": "Diodydd",
              "posts": {
                "nodes": [
                  {
                    "title": "Te"
                  }
                ]
              }
            }
          ]
        },
        "english": {
          "title": "Tea",
          "topics": [
            {
              "name": "Drinks",
              "posts": {
                "nodes": [
                  {
                    "title": "Tea"
                  }
                ]
              }
            }
          ]
        },
        "list": {
          "nodes": [
            {
              "title": "Te",
              "topics": [
                {
                  "name": "Diodydd"
                }
              ]
            }
          ]
        },
        "node": {
          "title": "Tea",
          "topics": [
            {
              "name": "Drinks"
            }
          ]
        }
      }
    }
    "#);
}

async fn one_id_has_a_cache_key_for_each_language(world: &World) {
    tea(&world.editor("ada").await).await;
    let question = r#"{
        welsh: post(slug: "tea", languages: ["cy"]) { id cacheKey }
        english: post(slug: "tea") { id cacheKey }
        fallback: post(slug: "tea", languages: ["fa"]) { id cacheKey }
    }"#;

    let answer = world.reader().ask(question).await.expect_ok();

    assert_eq!(answer.data("/welsh/id"), answer.data("/english/id"));
    assert_ne!(answer.data("/welsh/cacheKey"), answer.data("/english/cacheKey"));
    // Numbers in its text are Persian.
    assert_ne!(answer.data("/fallback/cacheKey"), answer.data("/english/cacheKey"));
}

async fn an_edition_answers_in_a_language_that_it_has_words_in(world: &World) {
    let ada = world.editor("ada").await;
    let campaign = json!({ "name": "Tea day", "observance": { "kind": "FIXED", "month": 5, "day": 21 } });
    let campaign = ada.creates("campaignCreate", campaign).await;
    let campaign = edition(&ada, &campaign, "en", "Drink up").await;
    let campaign = ada.saves_in("cy", "campaignUpdate", &campaign, json!({ "name": "Diwrnod te" })).await;
    ada.publishes(&campaign).await;

    let question = r#"{ campaign(slug: "tea-day") { name edition(year: 2026) { theme language } } }"#;
    let answer = world.reader().in_languages("cy").ask(question).await.expect_ok();

    assert_eq!(
        answer.data("/campaign"),
        &json!({ "name": "Diwrnod te", "edition": { "theme": "Drink up", "language": "en" } })
    );
}

async fn a_person_says_in_which_language(world: &World) {
    let ada = world.editor("ada").await;
    let rosa = ada.creates("personCreate", json!({ "name": "Rosa", "role": "Writer" })).await;
    ada.publishes_post(json!({ "title": "Tea", "authorIds": [rosa.id] })).await;
    let persian = json!({ "name": "رزا", "role": "نویسنده", "slug": "rosa" });
    ada.saves_in("fa", "personUpdate", &rosa, persian).await;
    let question = r#"{ person(slug: "rosa") { role language direction } }"#;

    let [persian, welsh] = [world.reader().in_languages("fa"), world.reader().in_languages("cy")];

    let (persian, welsh) = (persian.ask(question).await.expect_ok(), welsh.ask(question).await.expect_ok());
    assert_eq!(persian.data("/person"), &json!({ "role": "نویسنده", "language": "fa", "direction": "RTL" }));
    assert_eq!(welsh.data("/person"), &json!({ "role": "Writer", "language": "en", "direction": "LTR" }));
}

async fn answers_vary_with_the_header(world: &World) {
    let answer = world.reader().ask("{ site { name } }").await.expect_ok();

    assert!(answer.header("vary").to_lowercase().contains("accept-language"), "{:?}", answer.headers);
}

/// Asks at an address with parameters.
async fn asked_at(person: &Person, path: &str, question: &str) -> Answer {
    person.post(path).await.json(&json!({ "query": question })).header("accept", BY_THE_BOOK).sent().await
}

/// Saves the words of this year's edition.
async fn edition(ada: &Person, campaign: &Doc, language: &str, theme: &str) -> Doc {
    let (id, version) = (&campaign.id, campaign.version);
    let input = json!({ "theme": theme });
    let at = json!({ "campaignId": id, "expectedVersion": version, "year": 2026, "input": input, "language": language });
    ada.does("campaignEditionUpsert", at).await
}
