//! What holds of every filter: how conditions combine, that null is none of them, and how much is too much.

use apollo_compiler::ast::FieldDefinition;
use serde_json::json;

use super::{found, posts};
use crate::support::{Person, World, walk};

specs! {
    in_a_world {
        all_keys_must_hold,
        and_or_and_not_combine,
        an_empty_and_holds_always_and_an_empty_or_never,
        what_has_no_value_does_not_hold_and_its_opposite_does,
        null_is_refused_for_each_key_of_each_filter,
        null_is_refused_within_a_condition,
        an_omitted_variable_is_a_key_left_out,
        filters_nest_five_steps_deep,
        a_filter_has_two_hundred_conditions_at_most,
        a_list_in_a_filter_has_a_hundred_entries_at_most,
        a_text_in_a_filter_has_a_thousand_bytes_at_most,
        values_that_cannot_be_read_are_refused,
        a_nul_finds_nothing,
    }
}

async fn all_keys_must_hold(world: &World) {
    let reader = posts(world).await;

    let both = r#"{ title: { startsWith: "tea" }, topic: { eq: "food" } }"#;
    let neither = r#"{ title: { startsWith: "tea" }, topic: { exists: false } }"#;

    assert_eq!(found(&reader, "posts", both).await, ["Tea_cake"]);
    assert_eq!(found(&reader, "posts", neither).await, [""; 0]);
}

async fn and_or_and_not_combine(world: &World) {
    let reader = posts(world).await;
    let either = r#"{ or: [{ title: { eq: "crème" } }, { author: { eq: "ann" } }] }"#;
    let both = r#"{ and: [{ title: { startsWith: "tea" } }, { not: { author: { eq: "ann" } } }] }"#;
    let neither = r#"{ not: { or: [{ title: { eq: "tea" } }, { topic: { eq: "food" } }] } }"#;
    let beside = r#"{ topic: { exists: true }, or: [{ title: { eq: "crème" } }, { title: { eq: "tea" } }] }"#;

    assert_eq!(found(&reader, "posts", either).await, ["Crème", "Tea"]);
    assert_eq!(found(&reader, "posts", both).await, ["Tea_cake"]);
    assert_eq!(found(&reader, "posts", neither).await, ["Crème"]);
    assert_eq!(found(&reader, "posts", beside).await, ["Tea"]);
}

async fn an_empty_and_holds_always_and_an_empty_or_never(world: &World) {
    let reader = posts(world).await;

    assert_eq!(found(&reader, "posts", "{}").await.len(), 3);
    assert_eq!(found(&reader, "posts", "{ and: [] }").await.len(), 3);
    assert_eq!(found(&reader, "posts", "{ or: [] }").await.len(), 0);
    assert_eq!(found(&reader, "posts", "{ or: [{}] }").await.len(), 3);
    assert_eq!(found(&reader, "posts", "{ not: {} }").await.len(), 3);
    assert_eq!(found(&reader, "posts", r#"{ or: [{ slug: {} }, { title: { eq: "tea" } }] }"#).await, ["Tea"]);
    assert_eq!(found(&reader, "posts", "{ not: { or: [] } }").await.len(), 3);
}

async fn what_has_no_value_does_not_hold_and_its_opposite_does(world: &World) {
    let reader = posts(world).await;

    let others = found(&reader, "posts", r#"{ not: { externalReference: "old-12" } }"#).await;

    assert_eq!(others, ["Crème", "Tea_cake"], "they have no reference at all");
}

async fn null_is_refused_for_each_key_of_each_filter(world: &World) {
    let questions = each_key("null");

    let unlike = unlike(&world.reader(), questions).await;

    assert_eq!(unlike, [""; 0]);
}

async fn null_is_refused_within_a_condition(world: &World) {
    let reader = world.reader();

    assert_eq!(refused(&reader, "posts", "{ title: { eq: null } }").await, "filter.title.eq");
    assert_eq!(refused(&reader, "posts", r#"{ title: { eq: "a", in: null } }"#).await, "filter.title.in");
    assert_eq!(refused(&reader, "posts", "{ slug: { contains: null } }").await, "filter.slug.contains");
    assert_eq!(refused(&reader, "posts", "{ slug: { startsWith: null } }").await, "filter.slug.startsWith");
    assert_eq!(refused(&reader, "posts", "{ topic: { eq: null } }").await, "filter.topic.eq");
    assert_eq!(refused(&reader, "posts", "{ topic: { in: null } }").await, "filter.topic.in");
    assert_eq!(refused(&reader, "posts", "{ topic: { exists: null } }").await, "filter.topic.exists");
    assert_eq!(refused(&reader, "posts", "{ publishedAt: { from: null } }").await, "filter.publishedAt.from");
    assert_eq!(refused(&reader, "posts", "{ updatedAt: { until: null } }").await, "filter.updatedAt.until");
    assert_eq!(refused(&reader, "campaigns", "{ occursIn: { from: null } }").await, "filter.occursIn.from");
    assert_eq!(
        refused(&reader, "posts", "{ not: { or: [{}, { title: null }] } }").await,
        "filter.not.or.title"
    );
}

async fn an_omitted_variable_is_a_key_left_out(world: &World) {
    let reader = posts(world).await;
    let question = "query Find($title: String) { posts(filter: { title: { eq: $title } }) { totalCount } }";

    let omitted = reader.ask_with(question, json!({})).await.expect_ok();
    let given = reader.ask_with(question, json!({ "title": "tea" })).await.expect_ok();
    let null = reader.ask_with(question, json!({ "title": null })).await;

    assert_eq!(omitted.data("/posts/totalCount"), 3);
    assert_eq!(given.data("/posts/totalCount"), 1);
    assert_eq!(null.refused_argument(), "filter.title.eq");
}

async fn filters_nest_five_steps_deep(world: &World) {
    let reader = posts(world).await;
    let five = r#"{ not: { or: [{ not: { title: { eq: "tea" } } }] } }"#;
    let six = format!("{{ not: {five} }}");

    assert_eq!(found(&reader, "posts", five).await, ["Tea"]);
    assert_eq!(refused(&reader, "posts", &six).await, "filter.not.not.or.not.title");
}

async fn a_filter_has_two_hundred_conditions_at_most(world: &World) {
    let reader = posts(world).await;
    let pairs = |count: usize| r#"{ title: { eq: "tea" }, slug: { eq: "tea" } } "#.repeat(count);
    let most = format!("{{ or: [{}] }}", pairs(100));
    let more = format!("{{ or: [{}], and: [{{ slug: {{ eq: \"tea\" }} }}] }}", pairs(100));

    assert_eq!(found(&reader, "posts", &most).await, ["Tea"]);
    assert_eq!(refused(&reader, "posts", &more).await, "filter");
}

async fn a_list_in_a_filter_has_a_hundred_entries_at_most(world: &World) {
    let reader = posts(world).await;
    let list = |entry: &str, count: usize| format!("[{}]", vec![entry; count].join(", "));
    let (most, more) = (list(r#""tea""#, 100), list(r#""tea""#, 101));
    let filters = list("{}", 101);

    assert_eq!(found(&reader, "posts", &format!("{{ title: {{ in: {most} }} }}")).await, ["Tea"]);
    let title = refused(&reader, "posts", &format!("{{ title: {{ in: {more} }} }}")).await;
    let topic = refused(&reader, "posts", &format!("{{ topic: {{ in: {more} }} }}")).await;
    let or = refused(&reader, "posts", &format!("{{ or: {filters} }}")).await;
    let and = refused(&reader, "posts", &format!("{{ and: {filters} }}")).await;
    assert_eq!([title, topic, or, and], ["filter.title.in", "filter.topic.in", "filter.or", "filter.and"]);
}

async fn a_text_in_a_filter_has_a_thousand_bytes_at_most(world: &World) {
    let reader = posts(world).await;
    let title = |length: usize| format!("{{ title: {{ contains: \"{}\" }} }}", "a".repeat(length));
    let slug = |length: usize| format!("{{ topic: {{ eq: \"{}\" }} }}", "a".repeat(length));

    assert_eq!(found(&reader, "posts", &title(1_000)).await, [""; 0]);
    assert_eq!(found(&reader, "posts", &slug(1_000)).await, [""; 0]);
    assert_eq!(refused(&reader, "posts", &title(1_001)).await, "filter.title.contains");
    assert_eq!(refused(&reader, "posts", &slug(1_001)).await, "filter.topic.eq");
}

async fn values_that_cannot_be_read_are_refused(world: &World) {
    let reader = world.reader();
    let moment = r#"{ updatedAt: { from: "yesterday" } }"#;
    let day = r#"{ publishedAt: { until: "2026-07-30" } }"#;
    let nowhere = r#"{ coversArea: { scheme: ISO3166_1, code: "nowhere" } }"#;

    assert_eq!(refused(&reader, "posts", moment).await, "filter.updatedAt.from");
    assert_eq!(refused(&reader, "posts", day).await, "filter.publishedAt.until");
    assert_eq!(
        refused(&reader, "posts", r#"{ translatedInto: "not a tag" }"#).await,
        "filter.translatedInto"
    );
    assert_eq!(refused(&reader, "campaigns", r#"{ activeOn: "2026-02-30" }"#).await, "filter.activeOn");
    let soon = r#"{ occursIn: { from: "soon" } }"#;
    assert_eq!(refused(&reader, "campaigns", soon).await, "filter.occursIn.from");
    let backwards = r#"{ occursIn: { from: "2027-07-31", until: "2027-07-30" } }"#;
    assert_eq!(refused(&reader, "campaigns", backwards).await, "filter.occursIn.until");
    let soon = r#"{ reviewDueBefore: "soon" }"#;
    assert_eq!(refused(&reader, "statistics", soon).await, "filter.reviewDueBefore");
    assert_eq!(refused(&reader, "contactChannels", r#"{ answersIn: "" }"#).await, "filter.answersIn");
    assert_eq!(refused(&reader, "services", "{ audienceAge: 121 }").await, "filter.audienceAge");
    assert_eq!(refused(&reader, "services", "{ audienceAge: -1 }").await, "filter.audienceAge");
    assert_eq!(refused(&reader, "services", nowhere).await, "filter.coversArea.code");
}

async fn a_nul_finds_nothing(world: &World) {
    let reader = posts(world).await;
    let lookups = r#"{ post(slug: "\u0000") { id } node(id: "post_\u0000") { id } resolve(path: "/\u0000") { status } }"#;

    assert_eq!(found(&reader, "posts", r#"{ title: { contains: "\u0000" } }"#).await, [""; 0]);
    assert_eq!(found(&reader, "posts", r#"{ slug: { eq: "\u0000" } }"#).await, [""; 0]);
    assert_eq!(found(&reader, "posts", r#"{ topic: { in: ["\u0000"] } }"#).await, [""; 0]);
    assert_eq!(found(&reader, "posts", r#"{ externalReference: "\u0000" }"#).await, [""; 0]);
    let lookups = reader.ask(lookups).await.expect_ok();
    assert_eq!(lookups.data(""), &json!({ "post": null, "node": null, "resolve": null }));
}

/// The argument that a filter is refused for.
async fn refused(person: &Person, list: &str, filter: &str) -> String {
    person.ask(&format!("{{ {list}(filter: {filter}) {{ totalCount }} }}")).await.refused_argument()
}

/// A question for each key of each filter at the root, and the argument that it should be refused for.
fn each_key(value: &str) -> Vec<(String, String)> {
    let of = |(root, input): (&'static FieldDefinition, &'static str)| {
        let ask = move |(key, _)| {
            let question = format!("{{ {}(filter: {{ {key}: {value} }}) {{ totalCount }} }}", root.name);
            (question, format!("filter.{key}"))
        };
        walk::keys(input).map(ask).collect::<Vec<_>>()
    };
    walk::filtered().flat_map(of).collect()
}

/// The questions that are refused for another argument, or not at all.
async fn unlike(reader: &Person, questions: Vec<(String, String)>) -> Vec<String> {
    assert!(questions.len() > 50, "there are filters");
    let mut unlike = Vec::new();
    for (question, argument) in questions {
        let answer = reader.ask(&question).await;
        if answer.errors().is_empty() || answer.refused_argument() != argument {
            unlike.push(question);
        }
    }
    unlike
}
