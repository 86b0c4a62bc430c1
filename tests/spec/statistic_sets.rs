//! Statistic sets: figures that make up a whole.

use serde_json::{Value, json};

use super::statistics::{figure, statistic, upsert, women};
use super::support::verbs::Doc;
use super::support::{Person, World};

specs! {
    in_a_world {
        a_set_adds_up_its_parts,
        parts_that_are_not_exact_have_no_total,
        a_set_without_one_of_its_statistics_is_not_complete,
        figures_of_several_years_or_too_much_of_them_are_no_whole,
        a_set_is_published_after_its_statistics,
        labels_stay_with_their_parts_when_one_language_is_published,
        the_number_of_statements_does_not_grow_with_the_list,
    }
}

const SET: &str = r#"{ statisticSet(slug: "who") { total isComplete parts { label figure { value } } } }"#;

fn set(parts: &[(&str, &Doc)]) -> Value {
    let parts: Vec<Value> =
        parts.iter().map(|(label, doc)| json!({ "label": label, "statisticId": doc.id })).collect();
    json!({ "title": "Who is found", "slug": "who", "subtitle": "World, 2016", "isComplete": true, "parts": parts })
}

async fn two_shares(ada: &Person) -> (Doc, Doc) {
    let (women, source) = women(ada).await;
    let girls = statistic(ada, "girls-share").await;
    let girls = ada.does("figureUpsert", upsert(&girls, &figure("23.5", "2016", &source))).await;
    (women, ada.publishes(&girls).await)
}

/// Publishes many sets that are alike but for their slugs, the first part pinned.
async fn publishes_sets(ada: &Person, count: usize, parts: &[(&str, &Doc)]) {
    for number in 1..=count {
        let mut input = set(parts);
        input["slug"] = format!("who-{number}").into();
        input["parts"][0]["period"] = "2016".into();
        ada.publishes(&ada.creates_in("en", "statisticSetCreate", input).await).await;
    }
}

async fn a_set_adds_up_its_parts(world: &World) {
    let ada = world.editor("ada").await;
    let (women, girls) = two_shares(&ada).await;
    let who = ada.creates_in("en", "statisticSetCreate", set(&[("women", &women), ("girls", &girls)])).await;
    ada.publishes(&who).await;

    let answer = world.reader().ask(SET).await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "statisticSet": {
          "total": "72.5",
          "isComplete": true,
          "parts": [
            {
              "label": "women",
              "figure": {
                "value": "49"
              }
            },
            {
              "label": "girls",
              "figure": {
                "value": "23.5"
              }
            }
          ]
        }
      }
    }
    "#);
}

async fn parts_that_are_not_exact_have_no_total(world: &World) {
    let ada = world.editor("ada").await;
    let (women, source) = women(&ada).await;
    let girls = statistic(&ada, "girls-share").await;
    let mut range = figure("23.5", "2016", &source);
    range["qualifier"] = "RANGE".into();
    (range["lower"], range["upper"]) = ("20".into(), "25.5".into());
    let girls = ada.publishes(&ada.does("figureUpsert", upsert(&girls, &range)).await).await;
    let who = ada.creates_in("en", "statisticSetCreate", set(&[("women", &women), ("girls", &girls)])).await;
    ada.publishes(&who).await;

    let set = r#"{ statisticSet(slug: "who") { total chart { longDescription } } }"#;
    let set = world.reader().ask(set).await.expect_ok();
    let table = world.reader().get("/charts/who.csv").await.sent().await;

    assert_eq!(set.data("/statisticSet/total"), &Value::Null);
    let told = set.text("/statisticSet/chart/longDescription");
    assert!(told.contains("women: 49%. girls: 23.5% (20–25.5). Source:"), "{told}");
    assert!(table.body.contains("\r\ngirls,23.5,%,"), "{}", table.body);
    assert!(table.body.ends_with(",RANGE,20,25.5\r\n"), "{}", table.body);
}

async fn a_set_without_one_of_its_statistics_is_not_complete(world: &World) {
    let ada = world.editor("ada").await;
    let (women, girls) = two_shares(&ada).await;
    let who = ada.creates_in("en", "statisticSetCreate", set(&[("women", &women), ("girls", &girls)])).await;
    ada.publishes(&who).await;

    ada.withdraws(&girls, "Under review").await;

    let answer = world.reader().ask(SET).await.expect_ok();
    assert_eq!(answer.data("/statisticSet/isComplete"), &json!(false));
    assert_eq!(
        answer.data("/statisticSet/parts"),
        &json!([{ "label": "women", "figure": { "value": "49" } }])
    );
}

async fn figures_of_several_years_or_too_much_of_them_are_no_whole(world: &World) {
    let ada = world.editor("ada").await;
    let (women, source) = women(&ada).await;
    let girls = statistic(&ada, "girls-share").await;
    let girls = ada.does("figureUpsert", upsert(&girls, &figure("23.5", "2016", &source))).await;
    let girls = ada.publishes(&girls).await;
    let who = ada.creates_in("en", "statisticSetCreate", set(&[("women", &women), ("girls", &girls)])).await;
    ada.publishes(&who).await;
    let told = async || {
        let answer = world.reader().ask(SET).await.expect_ok();
        (answer.data("/statisticSet/isComplete").clone(), answer.data("/statisticSet/total").clone())
    };
    let id = ada.figure_of(&girls).await;
    let right = async |girls: Doc, value: &str| {
        let right = json!({ "figureId": id, "expectedVersion": girls.version, "value": value, "reason": "A wrong row" });
        ada.does("figureCorrect", right).await
    };

    let girls = right(girls, "60").await;
    let too_much = told().await;
    let girls = right(girls, "23.5").await;
    let again = told().await;
    let girls = ada.does("figureUpsert", upsert(&girls, &figure("24", "2018", &source))).await;
    ada.publishes(&girls).await;
    let mixed = told().await;

    assert_eq!(too_much, (json!(false), json!("109")));
    assert_eq!(again, (json!(true), json!("72.5")));
    assert_eq!(mixed, (json!(false), json!("73")));
}

async fn a_set_is_published_after_its_statistics(world: &World) {
    let ada = world.editor("ada").await;
    let girls = statistic(&ada, "girls-share").await;
    let who = ada.creates_in("en", "statisticSetCreate", set(&[("girls", &girls)])).await;

    let early = ada.tries("contentPublish", json!({ "id": who.id, "expectedVersion": who.version })).await;

    assert_eq!(early.user_errors(), ["NOT_ALLOWED_IN_STATE id"]);
}

async fn labels_stay_with_their_parts_when_one_language_is_published(world: &World) {
    let ada = world.editor("ada").await;
    let (women, girls) = two_shares(&ada).await;
    let who = ada.creates_in("en", "statisticSetCreate", set(&[("women", &women), ("girls", &girls)])).await;
    let who = ada.publishes(&who).await;
    let mut welsh = set(&[("merched", &girls), ("menywod", &women)]);
    welsh["slug"] = "pwy".into();
    let who = ada.saves_in("cy", "statisticSetUpdate", &who, welsh).await;
    let arguments = json!({ "id": who.id, "expectedVersion": who.version, "languages": ["cy"] });

    ada.does("contentPublish", arguments).await;

    let answer = world.reader().in_languages("cy").ask(SET).await.expect_ok();
    let expected = json!([
        { "label": "menywod", "figure": { "value": "49" } },
        { "label": "merched", "figure": { "value": "23.5" } },
    ]);
    assert_eq!(answer.data("/statisticSet/parts"), &expected);
}

async fn the_number_of_statements_does_not_grow_with_the_list(world: &World) {
    let list = "{ statisticSets(first: 50) { nodes { title total isComplete parts { label statistic { name } figure { value } } } } }";
    let ada = world.editor("ada").await;
    let (women, girls) = two_shares(&ada).await;
    ada.publishes(&ada.creates_in("en", "statisticSetCreate", set(&[("women", &women)])).await).await;
    let few = world.reader().ask(list).await.expect_ok();

    publishes_sets(&ada, 10, &[("women", &women), ("girls", &girls)]).await;

    let many = world.reader().ask(list).await.expect_ok();
    assert_eq!(many.data("/statisticSets/nodes").as_array().map(Vec::len), Some(11));
    assert_eq!(many.statements, few.statements);
}
