//! Paging: pages add up to the list, stay where they are, and refuse what is out of bounds.

mod list;
mod shelf;

use serde_json::json;

use self::list::{List, add_up};
use self::shelf::filled;
use super::support::verbs::Doc;
use super::support::{Person, World};

specs! {
    in_a_world {
        pages_of_two_add_up_to_each_list_in_each_order,
        pages_add_up_below_topics_people_campaigns_editions_sources_and_statistics,
        pages_add_up_in_another_language,
        the_total_counts_what_a_filter_leaves,
        pages_stay_where_they_are_while_content_comes_and_goes,
        a_page_between_two_cursors,
        a_page_has_twenty_items_unless_said,
        an_empty_page_has_no_cursors,
        null_is_no_argument,
        a_page_has_one_to_a_hundred_items,
        every_list_refuses_what_is_out_of_bounds,
        first_and_last_do_not_go_together,
        a_cursor_of_another_order_is_refused,
        a_title_may_look_like_a_day_or_a_number,
        what_is_no_cursor_is_refused,
        a_variable_is_as_bounded_as_a_literal,
        what_is_refused_below_lists_says_where_it_stands,
    }
}

/// The posts in an order.
fn posts(arguments: &str) -> List {
    List { around: "", field: "posts".to_owned(), arguments: arguments.to_owned() }
}

async fn pages_of_two_add_up_to_each_list_in_each_order(world: &World) {
    let ada = world.admin("ada").await;
    filled(world, &ada).await;
    hire(&ada, 6).await;
    lend(&ada, 7).await;

    add_up(&ada, list::at_the_root()).await;
}

async fn pages_add_up_below_topics_people_campaigns_editions_sources_and_statistics(world: &World) {
    let ada = world.editor("ada").await;
    filled(world, &ada).await;

    add_up(&world.reader(), list::below()).await;
}

async fn pages_add_up_in_another_language(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = filled(world, &ada).await;
    let [first, second] = [&shelf.posts[0], &shelf.posts[4]];
    ada.publishes(&ada.saves_in("cy", "postUpdate", first, json!({ "title": "Zz" })).await).await;
    ada.publishes(&ada.saves_in("cy", "postUpdate", second, json!({ "title": "Te" })).await).await;

    add_up(&world.reader().in_languages("cy"), vec![posts("sort: TITLE")]).await;

    let welsh = posts("sort: TITLE").whole(&world.reader().in_languages("cy")).await;
    assert_eq!(welsh.last(), Some(&first.id));
    assert_ne!(welsh, posts("sort: TITLE").whole(&world.reader()).await);
}

async fn the_total_counts_what_a_filter_leaves(world: &World) {
    let ada = world.editor("ada").await;
    filled(world, &ada).await;
    let tea = posts(r#"filter: { title: { eq: "TEA" } }"#);
    let linked = posts(
        r#"filter: { or: [{ topic: { in: ["number-1", "number-2"] } }, { author: { eq: "number-6" } }] }"#,
    );
    let reader = world.reader();

    // Each of these compares the total with what paging to the end returns.
    let (tea, linked) = (tea.forwards(&reader).await, linked.backwards(&reader).await);

    assert_eq!((tea.len(), linked.len()), (3, 3));
}

async fn pages_stay_where_they_are_while_content_comes_and_goes(world: &World) {
    let ada = world.editor("ada").await;
    let ids = titled(&ada, ["b", "d", "f", "h", "j", "l", "n"]).await;
    let list = posts("sort: TITLE");
    let first = list.page(&world.reader(), "first: 3").await;

    ada.publishes_post(json!({ "title": "a" })).await;
    ada.withdraws(&ids[0], "Gone").await;
    ada.withdraws(&ids[2], "Gone, though the cursor stands on it").await;
    ada.withdraws(&ids[4], "Gone before it is read").await;
    let late = ada.publishes_post(json!({ "title": "k" })).await;

    let second = list.page(&world.reader(), &format!("first: 10 after: {}", first.ends.1)).await;
    assert_eq!(first.ids, [&ids[0].id, &ids[1].id, &ids[2].id].map(String::as_str));
    assert_eq!(second.ids, [&ids[3].id, &late.id, &ids[5].id, &ids[6].id].map(String::as_str));
    assert_eq!(second.total, 6);
}

async fn a_page_between_two_cursors(world: &World) {
    let ada = world.editor("ada").await;
    filled(world, &ada).await;
    let list = posts("sort: OLDEST");
    let whole = list.whole(&world.reader()).await;
    let second = list.page(&world.reader(), "first: 2").await.ends.1;
    let sixth = list.page(&world.reader(), "last: 2").await.ends.0;

    let forwards = list.page(&world.reader(), &format!("first: 2 after: {second} before: {sixth}")).await;
    let backwards = list.page(&world.reader(), &format!("last: 2 after: {second} before: {sixth}")).await;

    assert_eq!(forwards.ids, whole[2..4]);
    assert_eq!(forwards.more, (true, true));
    assert_eq!(backwards.ids, whole[3..5]);
    assert_eq!(backwards.more, (true, true));
}

async fn a_page_has_twenty_items_unless_said(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_posts(21, json!({})).await;

    let said = "{ posts { nodes { id } pageInfo { hasNextPage } } contents { nodes { id } } }";
    let answer = world.reader().ask(said).await.expect_ok();

    assert_eq!(answer.data("/posts/nodes").as_array().map(Vec::len), Some(20));
    assert_eq!(answer.data("/posts/pageInfo/hasNextPage"), true);
    assert_eq!(answer.data("/contents/nodes").as_array().map(Vec::len), Some(21));
}

async fn an_empty_page_has_no_cursors(world: &World) {
    let question = "{ posts { edges { cursor } totalCount
        pageInfo { hasPreviousPage hasNextPage startCursor endCursor } } }";

    let answer = world.reader().ask(question).await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "posts": {
          "edges": [],
          "totalCount": 0,
          "pageInfo": {
            "hasPreviousPage": false,
            "hasNextPage": false,
            "startCursor": null,
            "endCursor": null
          }
        }
      }
    }
    "#);
}

async fn null_is_no_argument(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_posts(2, json!({})).await;
    let nothing =
        "first: null, after: null, last: null, before: null, filter: null, sort: null, languages: null";

    let said = posts(nothing).page(&world.reader(), "").await;

    assert_eq!(said.ids, posts("").whole(&world.reader()).await);
    assert_eq!(said.total, 2);
}

async fn a_page_has_one_to_a_hundred_items(world: &World) {
    let reader = world.reader();

    assert_eq!(reader.ask("{ posts(first: 0) { totalCount } }").await.refused_argument(), "first");
    assert_eq!(reader.ask("{ posts(first: -1) { totalCount } }").await.refused_argument(), "first");
    assert_eq!(reader.ask("{ posts(first: 101) { totalCount } }").await.refused_argument(), "first");
    assert_eq!(reader.ask("{ posts(last: 0) { totalCount } }").await.refused_argument(), "last");
    assert_eq!(reader.ask("{ posts(last: 101) { totalCount } }").await.refused_argument(), "last");
    assert_eq!(reader.ask("{ contents(first: 1001) { totalCount } }").await.refused_argument(), "first");
    reader.ask("{ posts(first: 100) { totalCount } contents(first: 1000) { totalCount } }").await.expect_ok();
}

async fn every_list_refuses_what_is_out_of_bounds(world: &World) {
    let ada = world.admin("ada").await;
    filled(world, &ada).await;

    let lists = list::at_the_root().into_iter().chain(list::below()).collect();
    let accepted = accepting(&ada, lists, &["first: 0", "first: 1001", r#"first: 2 after: "WyJ4Il0""#]).await;

    assert_eq!(accepted, [""; 0]);
}

async fn first_and_last_do_not_go_together(world: &World) {
    let answer = world.reader().ask("{ posts(first: 1, last: 1) { totalCount } }").await;

    assert_eq!(answer.refused_argument(), "last");
}

async fn a_cursor_of_another_order_is_refused(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_posts(2, json!({})).await;
    let cursor = posts("sort: TITLE").page(&world.reader(), "first: 1").await.ends.1;

    let after =
        world.reader().ask(&posts("sort: NEWEST").question(&format!("first: 1 after: {cursor}"))).await;
    let before =
        world.reader().ask(&posts("sort: OLDEST").question(&format!("last: 1 before: {cursor}"))).await;

    assert_eq!(
        (after.refused_argument(), before.refused_argument()),
        ("after".to_owned(), "before".to_owned())
    );
}

async fn a_title_may_look_like_a_day_or_a_number(world: &World) {
    let ada = world.editor("ada").await;
    titled(&ada, ["2026-07-30", "17", "Apple", "2026", "30 July"]).await;

    let list = posts("sort: TITLE");

    assert_eq!(list.forwards(&world.reader()).await, list.whole(&world.reader()).await);
    assert_eq!(list.backwards(&world.reader()).await, list.whole(&world.reader()).await);
}

async fn what_is_no_cursor_is_refused(world: &World) {
    let reader = world.reader();

    assert_eq!(reader.ask(r#"{ posts(after: "") { totalCount } }"#).await.refused_argument(), "after");
    assert_eq!(reader.ask(r#"{ posts(after: "!") { totalCount } }"#).await.refused_argument(), "after");
    assert_eq!(
        reader.ask(r#"{ posts(before: "bnVsbA") { totalCount } }"#).await.refused_argument(),
        "before"
    );
    assert_eq!(reader.ask(r#"{ topics(after: "WzFd") { totalCount } }"#).await.refused_argument(), "after");
    // A day 262,143 years before our era.
    let forged = "WyJuZXh0X29jY3VycmVuY2UrIixbeyJkIjoiLTI2MjE0My0wMS0wMSJ9LCIwMTkwMDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDAiXV0";
    let forged = format!(r#"{{ campaigns(sort: NEXT_OCCURRENCE, after: "{forged}") {{ totalCount }} }}"#);
    assert_eq!(reader.ask(&forged).await.refused_argument(), "after");
}

async fn a_variable_is_as_bounded_as_a_literal(world: &World) {
    let question = "query Latest($many: Int) { posts(first: $many) { totalCount } }";

    let too_many = world.reader().ask_with(question, json!({ "many": 101 })).await;
    let wrong = world.reader().ask_with(question, json!({ "many": "two" })).await;

    assert_eq!(
        (too_many.refused_argument(), wrong.refused_argument()),
        ("first".to_owned(), "first".to_owned())
    );
    assert_eq!(wrong.errors()[0]["extensions"]["variable"], "many");
}

async fn what_is_refused_below_lists_says_where_it_stands(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = filled(world, &ada).await;
    let service = json!({ "name": "Safe team", "slug": "safe-team", "topicIds": [shelf.topic.id] });
    let service = ada.creates("serviceCreate", service).await;
    let channel =
        json!({ "kind": "EMAIL", "value": "safe@charity.example", "label": "Email", "serviceId": service.id });
    ada.publishes(&service).await;
    ada.publishes(&ada.creates("contactChannelCreate", channel).await).await;
    let posts = "posts(first: $many) { totalCount }";
    let places = [
        format!("posts(first: 2) {{ nodes {{ id topics {{ id {posts} }} }} }}"),
        format!("posts(first: 2) {{ edges {{ node {{ id authors {{ id {posts} }} }} }} }}"),
        format!("campaigns(first: 2) {{ nodes {{ {posts} }} }}"),
        format!("campaign(slug: \"shared\") {{ editions {{ {posts} }} }}"),
        format!("search(query: \"tea\") {{ edges {{ node {{ node {{ ... on Post {{ topics {{ {posts} }} }} }} }} }} }}"),
        format!("search(query: \"tea\") {{ nodes {{ node {{ ... on Campaign {{ {posts} }} }} }} }}"),
        format!("signpost {{ items {{ service {{ topics {{ {posts} }} }} }} }}"),
        format!("statisticSets(first: 2) {{ nodes {{ parts {{ statistic {{ {posts} }} }} }} }}"),
        format!("statisticSets(first: 2) {{ nodes {{ parts {{ figure {{ statistic {{ {posts} }} }} }} }} }}"),
        format!("editorialItems(first: 5, filter: {{ types: [CAMPAIGN] }}) {{ nodes {{ node {{ ... on Campaign {{ {posts} }} }} }} }}"),
    ];

    for place in places {
        let question = format!("query Below($many: Int!) {{ {place} }}");
        let whole = ada.ask_with(&question, json!({ "many": 1 })).await.expect_ok();
        let refused = ada.ask_with(&question, json!({ "many": 0 })).await;

        assert_eq!(refused.error_code(), "BAD_INPUT", "{refused:?}");
        let path = refused.errors()[0]["path"].as_array().expect("an error has a path");
        assert_eq!(path.last().expect("it has an end"), "posts", "{place}: {path:?}");
        let found = path.iter().fold(&whole.json["data"], |at, step| match step.as_u64() {
            Some(place) => &at[usize::try_from(place).expect("a place in a list")],
            None => &at[step.as_str().expect("the name of a field")],
        });
        assert!(found["totalCount"].is_number(), "{place}: {path:?}");
    }
}

/// Publishes posts with these titles.
async fn titled<const N: usize>(ada: &Person, titles: [&str; N]) -> Vec<Doc> {
    let mut posts = Vec::new();
    for title in titles {
        posts.push(ada.publishes_post(json!({ "title": title })).await);
    }
    posts
}

/// Makes accounts.
async fn hire(root: &Person, count: usize) {
    for number in 1..=count {
        let email = format!("person{number}@charity.example");
        root.does("userCreate", json!({ "input": { "email": email, "name": "Ben", "role": "VIEWER" } }))
            .await;
    }
}

/// Makes clients.
async fn lend(root: &Person, count: usize) {
    for _ in 1..=count {
        root.does("apiClientCreate", json!({ "input": { "name": "The app", "scopes": ["CONTENT_READ"] } }))
            .await;
    }
}

/// The questions that are not refused.
async fn accepting(person: &Person, lists: Vec<List>, paging: &[&str]) -> Vec<String> {
    let mut accepted = Vec::new();
    for list in lists {
        for paging in paging {
            let question = list.question(paging);
            let answer = person.ask(&question).await;
            if answer.errors().len() != 1 || answer.error_code() != "BAD_INPUT" {
                accepted.push(question);
            }
        }
    }
    accepted
}
