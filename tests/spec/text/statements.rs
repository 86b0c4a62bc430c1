//! Statements: what a text refers to is looked up all at once.

use serde_json::json;

use super::shelf::{Shelf, TEXT, body};
use crate::support::{Person, World};

specs! {
    in_a_world {
        a_page_of_texts_takes_as_many_statements_as_one_reference_of_each_kind,
        a_text_without_references_takes_no_statement_more,
    }
}

/// One reference of each kind, in a sentence and as a block.
const EACH: &str = "[[statistic:women-share]] [[contact:safe-line]] [[campaign:world-day]] [[service:safe-team]] [[post:sleep]]\n\n\
    [[statistic:women-share@2016]]\n\n[[chart:who-is-found]]";

async fn a_page_of_texts_takes_as_many_statements_as_one_reference_of_each_kind(world: &World) {
    let ada = world.editor("ada").await;
    Shelf::published(&ada).await;
    let question = TEXT.replace("first: 2", "first: 20").replace("nodes { body", "nodes { statistics { name } body");
    ada.publishes_post(body(EACH)).await;
    let few = world.reader().ask(&question).await.expect_ok();

    second_shelf(&ada).await;
    let both = format!("{EACH} {}\n\n{EACH}", EACH.replace(":women-share", ":second").replace(":sleep", ":wake"));
    ada.publishes_posts(19, json!({ "body": both })).await;

    let many = world.reader().ask(&question).await.expect_ok();
    assert_eq!(many.data("/posts/nodes").as_array().map(Vec::len), Some(20));
    assert_eq!((few.statements, many.statements), (13, 13));
}

async fn second_shelf(ada: &Person) {
    let source = ada.writes_source().await;
    let statistic = ada.writes_statistic_from(&source).await;
    let named = json!({ "slug": "second" });
    ada.publishes(&ada.saves("statisticUpdate", &statistic, named).await).await;
    ada.publishes_post(json!({ "title": "Wake", "publishedAt": "2019-01-01T00:00:00Z" })).await;
}

async fn a_text_without_references_takes_no_statement_more(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(body("Only *words*.")).await;

    let answer = world.reader().ask(TEXT).await.expect_ok();

    assert_eq!(answer.statements, 1);
}
