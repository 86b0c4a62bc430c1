//! Search: what is published is found by its words, and nothing else is.

use serde_json::{Value, json};

use super::statistics::{figure, source, statistic, upsert};
use super::support::drafts::set;
use super::support::{Answer, Person, World};

specs! {
    in_a_world {
        a_match_in_the_title_comes_before_one_in_the_summary_and_one_in_the_text,
        all_words_must_be_there,
        a_phrase_holds_words_together,
        or_lets_either_do_and_minus_shuts_out,
        forms_of_a_word_and_accents_do_not_matter,
        a_reader_finds_words_of_the_language_that_is_shown,
        every_type_of_content_is_found,
        results_are_counted_by_type,
        a_topic_narrows_the_results,
        a_snippet_marks_matches_and_escapes_the_rest,
        a_draft_is_not_found,
        words_of_a_newer_draft_are_not_found,
        what_is_withdrawn_is_not_found,
        the_label_of_a_part_that_readers_do_not_see_is_not_found,
        what_is_deleted_is_not_found,
        one_language_can_be_taken_from_the_index,
        a_corrected_figure_is_found_by_its_new_value_only,
        a_text_is_found_by_what_its_references_show_now,
        a_text_is_found_by_the_newest_name_of_a_source_that_it_shows,
        anything_is_a_valid_query,
        pages_follow_each_other_without_gaps,
        a_page_out_of_bounds_is_bad_input,
        drafts_are_not_searched_by_those_who_see_them,
        the_number_of_statements_does_not_grow_with_the_results,
    }
}

async fn found(reader: &Person, query: &str) -> Vec<String> {
    titles(&searched(reader, json!({ "query": query })).await)
}

async fn searched(reader: &Person, arguments: Value) -> Answer {
    let document = "query($query: String!, $types: [ContentType!], $topic: String, $first: Int, $after: String, $languages: [LanguageTag!]) {
        search(query: $query, types: $types, topic: $topic, first: $first, after: $after, languages: $languages) {
            nodes { title snippet node { __typename title } } totalCount countsByType { type count }
            pageInfo { hasNextPage endCursor } } }";
    reader.ask_with(document, arguments).await.expect_ok()
}

fn titles(answer: &Answer) -> Vec<String> {
    let nodes = answer.data("/search/nodes").as_array().expect("results").iter();
    nodes.map(|node| node["title"].as_str().unwrap_or_default().to_owned()).collect()
}

fn post(title: &str, summary: &str, body: &str) -> Value {
    json!({ "title": title, "summary": summary, "body": body })
}

async fn a_match_in_the_title_comes_before_one_in_the_summary_and_one_in_the_text(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(post("Slavery today", "A look.", "Nothing much.")).await;
    ada.publishes_post(post("A summary", "About slavery.", "Nothing much.")).await;
    ada.publishes_post(post("A text", "A look.", "It is about slavery.")).await;
    ada.publishes_post(post("Apart", "A look.", "Nothing much.")).await;

    let titles = found(&world.reader(), "slavery").await;

    assert_eq!(titles, ["Slavery today", "A summary", "A text"]);
}

async fn all_words_must_be_there(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(post("One", "", "Modern slavery exists.")).await;
    ada.publishes_post(post("Two", "", "Modern times.")).await;

    assert_eq!(found(&world.reader(), "modern slavery").await, ["One"]);
}

async fn a_phrase_holds_words_together(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(post("One", "", "The safe team helps.")).await;
    ada.publishes_post(post("Two", "", "A team that is safe.")).await;

    assert_eq!(found(&world.reader(), "\"safe team\"").await, ["One"]);
}

async fn or_lets_either_do_and_minus_shuts_out(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(post("One", "", "Help and advice.")).await;
    ada.publishes_post(post("Two", "", "Only support here, no money.")).await;
    let reader = world.reader();

    assert_eq!(found(&reader, "advice or support").await.len(), 2);
    assert_eq!(found(&reader, "advice or support -money").await, ["One"]);
    assert_eq!(found(&reader, "-money").await, Vec::<String>::new());
}

async fn forms_of_a_word_and_accents_do_not_matter(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(post("One", "", "The victims went to a Café.")).await;
    let reader = world.reader();

    assert_eq!(found(&reader, "VICTIM").await, ["One"]);
    assert_eq!(found(&reader, "cafe").await, ["One"]);
}

async fn a_reader_finds_words_of_the_language_that_is_shown(world: &World) {
    let ada = world.editor("ada").await;
    let day = ada.writes_post(post("A day", "", "Against slavery.")).await;
    let day = ada.saves_in("cy", "postUpdate", &day, post("Diwrnod", "", "Yn erbyn caethwasiaeth.")).await;
    ada.publishes(&day).await;
    ada.publishes_post(post("English only", "", "Slavery as well.")).await;
    let reader = world.reader();
    let asked = |query: &str, language: &str| json!({ "query": query, "languages": [language] });

    assert_eq!(titles(&searched(&reader, asked("caethwasiaeth", "cy")).await), ["Diwrnod"]);
    assert_eq!(titles(&searched(&reader, asked("slavery", "cy")).await), ["English only"]);
    assert_eq!(titles(&searched(&reader, asked("caethwasiaeth", "en")).await), Vec::<String>::new());
    assert_eq!(titles(&searched(&reader, asked("slavery", "en")).await).len(), 2);
}

/// A campaign and a post about lighthouses, and a statistic of them.
async fn lighthouses(ada: &Person) {
    ada.publishes_post(post("A lighthouse", "", "Text.")).await;
    let input = json!({ "name": "Lighthouse day", "observance": { "kind": "FIXED", "month": 7, "day": 30 } });
    ada.publishes(&ada.creates_in("en", "campaignCreate", input).await).await;
    let source = source(ada).await;
    let visits = statistic(ada, "lighthouse-visits").await;
    let visits = ada.does("figureUpsert", upsert(&visits, &figure("4871", "2016", &source))).await;
    ada.publishes(&visits).await;
}

async fn every_type_of_content_is_found(world: &World) {
    let ada = world.editor("ada").await;
    lighthouses(&ada).await;

    let answer = searched(&world.reader(), json!({ "query": "lighthouse" })).await;

    let nodes = answer.data("/search/nodes").as_array().expect("results");
    let mut types: Vec<&str> = nodes.iter().filter_map(|node| node["node"]["__typename"].as_str()).collect();
    types.sort_unstable();
    assert_eq!(types, ["Campaign", "Post", "Statistic"]);
}

async fn results_are_counted_by_type(world: &World) {
    let ada = world.editor("ada").await;
    lighthouses(&ada).await;

    let answer = searched(&world.reader(), json!({ "query": "lighthouse", "types": ["POST", "CAMPAIGN"] })).await;

    assert_eq!(answer.data("/search/totalCount"), 2);
    let counts = json!([
        { "type": "POST", "count": 1 }, { "type": "CAMPAIGN", "count": 1 }, { "type": "STATISTIC", "count": 1 },
    ]);
    assert_eq!(answer.data("/search/countsByType"), &counts);
}

async fn a_topic_narrows_the_results(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates_in("en", "topicCreate", json!({ "name": "Children" })).await;
    let mut about = post("About it", "", "Help is there.");
    about["topicIds"] = json!([topic.id]);
    ada.publishes_post(about).await;
    ada.publishes_post(post("Apart", "", "Help is there.")).await;

    let answer = searched(&world.reader(), json!({ "query": "help", "topic": "children" })).await;
    let none = searched(&world.reader(), json!({ "query": "help", "topic": "nobody" })).await;

    assert_eq!((titles(&answer), titles(&none)), (vec!["About it".to_owned()], vec![]));
    assert_eq!(answer.data("/search/totalCount"), 1);
}

async fn a_snippet_marks_matches_and_escapes_the_rest(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(post("One", "", "5 < 6 & `<img src=x onerror=alert(1)>` for victims")).await;

    let answer = searched(&world.reader(), json!({ "query": "victim" })).await;

    let snippet = answer.text("/search/nodes/0/snippet");
    assert_eq!(snippet, "5 &lt; 6 &amp; &lt;img src=x onerror=alert(1)&gt; for <mark>victims</mark>");
}

async fn a_draft_is_not_found(world: &World) {
    let ada = world.editor("ada").await;
    ada.writes_post(post("Quokka", "", "Quokka.")).await;

    let answer = searched(&world.reader(), json!({ "query": "quokka" })).await;

    assert_eq!((titles(&answer).len(), answer.data("/search/totalCount")), (0, &json!(0)));
}

async fn words_of_a_newer_draft_are_not_found(world: &World) {
    let ada = world.editor("ada").await;
    let old = ada.publishes_post(post("Wallaby", "", "Text.")).await;
    let new = ada.saves("postUpdate", &old, json!({ "title": "Quokka" })).await;
    let reader = world.reader();
    let before = (found(&reader, "quokka").await, found(&reader, "wallaby").await);

    ada.publishes(&new).await;

    assert_eq!(before, (vec![], vec!["Wallaby".to_owned()]));
    assert_eq!(found(&reader, "quokka").await, ["Quokka"]);
    assert_eq!(found(&reader, "wallaby").await, Vec::<String>::new());
}

async fn the_label_of_a_part_that_readers_do_not_see_is_not_found(world: &World) {
    let ada = world.editor("ada").await;
    let women = ada.publishes(&ada.writes_statistic().await).await;
    ada.publishes(&ada.creates("statisticSetCreate", set(&women)).await).await;

    ada.withdraws(&women, "It was miscounted").await;

    let question = r#"{ search(query: "women") { totalCount } }"#;
    assert_eq!(world.reader().ask(question).await.expect_ok().data("/search/totalCount"), 0);
}

async fn what_is_withdrawn_is_not_found(world: &World) {
    let ada = world.editor("ada").await;
    let old = ada.publishes_post(post("Wallaby", "", "Text.")).await;

    ada.withdraws(&old, "Out of date").await;

    assert_eq!(found(&world.reader(), "wallaby").await, Vec::<String>::new());
}

async fn what_is_deleted_is_not_found(world: &World) {
    let ada = world.editor("ada").await;
    let old = ada.publishes_post(post("Wallaby", "", "Text.")).await;

    let arguments = json!({ "id": old.id, "expectedVersion": old.version });
    ada.tries_for("contentDelete", arguments, "deletedId").await.expect_ok();

    assert_eq!(found(&world.reader(), "wallaby").await, Vec::<String>::new());
}

async fn one_language_can_be_taken_from_the_index(world: &World) {
    let ada = world.editor("ada").await;
    let day = ada.writes_post(post("A day", "", "Against slavery.")).await;
    let day = ada.saves_in("cy", "postUpdate", &day, post("Diwrnod", "", "Yn erbyn caethwasiaeth.")).await;
    ada.publishes(&day).await;

    let arguments = json!({ "id": day.id, "reason": "Wrong", "languages": ["cy"] });
    ada.tries("contentWithdraw", arguments).await.expect_ok();

    let asked = |query: &str| json!({ "query": query, "languages": ["cy"] });
    assert_eq!(titles(&searched(&world.reader(), asked("caethwasiaeth")).await), Vec::<String>::new());
    assert_eq!(titles(&searched(&world.reader(), asked("slavery")).await), ["A day"]);
}

async fn a_corrected_figure_is_found_by_its_new_value_only(world: &World) {
    let ada = world.editor("ada").await;
    let source = source(&ada).await;
    let visits = statistic(&ada, "visits").await;
    let visits = ada.does("figureUpsert", upsert(&visits, &figure("4871", "2016", &source))).await;
    let visits = ada.publishes(&visits).await;
    let reader = world.reader();
    let before = found(&reader, "4,871").await;
    let answer = reader.ask(r#"{ statistic(slug: "visits") { figure { id } } }"#).await.expect_ok();
    let id = answer.text("/statistic/figure/id");

    let input = json!({ "figureId": id, "expectedVersion": visits.version, "value": "4872", "reason": "Typing error" });
    ada.tries("figureCorrect", input).await.expect_ok();

    assert_eq!((before, found(&reader, "4,871").await), (vec!["visits".to_owned()], vec![]));
    assert_eq!(found(&reader, "4,872").await, ["visits"]);
}

async fn anything_is_a_valid_query(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(post("One", "", "Text.")).await;
    let reader = world.reader();
    let long = "a".repeat(10_000);
    let many = "text ".repeat(2_000);

    let mut empty = Vec::new();
    for query in ["", " ", "\"", "*", "te*", "NEAR(", "title:", "{title} : x", "a AND", "'); drop table post; --", "👋🏽", "\u{0}", "&|!()", &long] {
        empty.push(found(&reader, query).await);
    }

    assert!(empty.iter().all(Vec::is_empty), "{empty:?}");
    assert_eq!(found(&reader, &many).await, ["One"]);
    assert_eq!(found(&reader, "\"text").await, ["One"]);
    assert_eq!(found(&reader, "(text)").await, ["One"]);
}

async fn pages_follow_each_other_without_gaps(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_posts(5, json!({ "body": "Text." })).await;
    let reader = world.reader();
    let all = found(&reader, "text").await;

    let first = searched(&reader, json!({ "query": "text", "first": 3 })).await;
    let after = first.text("/search/pageInfo/endCursor");
    let second = searched(&reader, json!({ "query": "text", "first": 3, "after": after })).await;

    assert_eq!([titles(&first), titles(&second)].concat(), all);
    assert_eq!(first.data("/search/pageInfo/hasNextPage"), true);
    assert_eq!(second.data("/search/pageInfo/hasNextPage"), false);
    assert_eq!(second.data("/search/totalCount"), 5);
}

async fn a_page_out_of_bounds_is_bad_input(world: &World) {
    let reader = world.reader();

    let many = reader.ask(r#"{ search(query: "a", first: 101) { totalCount } }"#).await;
    let none = reader.ask(r#"{ search(query: "a", first: 0) { totalCount } }"#).await;
    let after = reader.ask(r#"{ search(query: "a", after: "x") { totalCount } }"#).await;

    assert_eq!([many.error_code(), none.error_code(), after.error_code()], ["BAD_INPUT"; 3]);
}

async fn drafts_are_not_searched_by_those_who_see_them(world: &World) {
    let ada = world.editor("ada").await;
    let old = ada.publishes_post(post("Wallaby", "", "Text.")).await;
    ada.saves("postUpdate", &old, json!({ "title": "Quokka" })).await;

    let answer = searched(&ada.with_drafts(), json!({ "query": "wallaby or quokka" })).await;

    assert_eq!(answer.data("/search/nodes/0/node/title"), "Wallaby");
    assert_eq!(answer.data("/search/totalCount"), 1);
}

async fn the_number_of_statements_does_not_grow_with_the_results(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_posts(2, json!({ "body": "Text." })).await;
    let few = searched(&world.reader(), json!({ "query": "text" })).await;
    ada.publishes_posts(10, json!({ "body": "Text." })).await;

    let many = searched(&world.reader(), json!({ "query": "text" })).await;

    assert_eq!((few.statements, many.statements), (3, 3));
}

async fn a_text_is_found_by_what_its_references_show_now(world: &World) {
    let ada = world.editor("ada").await;
    let source = source(&ada).await;
    let visits = statistic(&ada, "visits").await;
    let visits = ada.does("figureUpsert", upsert(&visits, &figure("4871", "2016", &source))).await;
    let visits = ada.publishes(&visits).await;
    ada.publishes_post(post("Lighthouses", "", "There were [[statistic:visits]] of them.")).await;
    let reader = world.reader();
    let posts = async |query: &str| titles(&searched(&reader, json!({ "query": query, "types": ["POST"] })).await);
    let before = posts("4,871").await;
    let answer = reader.ask(r#"{ statistic(slug: "visits") { figure { id } } }"#).await.expect_ok();
    let id = answer.text("/statistic/figure/id");

    let input = json!({ "figureId": id, "expectedVersion": visits.version, "value": "4872", "reason": "Typing error" });
    ada.tries("figureCorrect", input).await.expect_ok();

    assert_eq!((before, posts("4,871").await), (vec!["Lighthouses".to_owned()], vec![]));
    assert_eq!(posts("4,872").await, ["Lighthouses"]);
}

async fn a_text_is_found_by_the_newest_name_of_a_source_that_it_shows(world: &World) {
    let ada = world.editor("ada").await;
    let input = json!({ "title": "Yearbook", "publisher": "Wallaby Institute", "kind": "INTERNATIONAL_BODY" });
    let source = ada.creates("sourceCreate", input).await;
    let visits = statistic(&ada, "visits").await;
    let visits = ada.does("figureUpsert", upsert(&visits, &figure("4871", "2016", &source))).await;
    ada.publishes(&visits).await;
    ada.publishes_post(post("Lighthouses", "", "[[statistic:visits]]")).await;
    let reader = world.reader();
    let before = found(&reader, "wallaby").await;

    ada.saves("sourceUpdate", &source, json!({ "publisher": "Quokka Institute" })).await;

    assert_eq!((before, found(&reader, "wallaby").await), (vec!["Lighthouses".to_owned()], vec![]));
    assert_eq!(found(&reader, "quokka").await, ["Lighthouses"]);
}
