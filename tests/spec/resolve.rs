//! Paths: what lives where, what moved, what is gone, and what never was.

pub(crate) mod gone;

use serde_json::{Value, json};

use super::support::verbs::Doc;
use super::support::{Person, World};

specs! {
    in_a_world {
        each_page_lives_at_its_path,
        a_path_of_another_language_lives_there_too,
        the_default_language_spelled_out_moved,
        a_slash_at_the_end_moved,
        a_renamed_slug_moved,
        a_slug_renamed_twice_moved_to_where_it_is_now,
        a_renamed_slug_of_a_translation_moved_in_its_language,
        a_slug_in_the_path_of_another_language_moved,
        a_path_from_another_system_moved,
        a_path_that_is_left_out_leads_nowhere,
        a_path_from_another_system_belongs_to_one_post,
        an_edition_lives_below_its_campaign,
        an_edition_moves_with_its_campaign,
        a_year_without_an_edition_leads_nowhere,
        a_page_answers_in_the_language_of_its_path_unless_said,
        what_is_no_path_leads_nowhere,
    }
}

/// What `resolve` says of a path: status, canonical path, and the title of what lives there.
async fn at(person: &Person, path: &str) -> (Value, Value, Value) {
    let question = "query At($path: String!) { resolve(path: $path) { status canonicalPath node { __typename
        ... on Content { title } ... on Topic { name } ... on Person { name } ... on CampaignEdition { theme } } } }";
    let answer = person.ask_with(question, json!({ "path": path })).await.expect_ok();
    let found = answer.data("/resolve");
    let node = found.get("node").cloned().unwrap_or_default();
    let said = ["title", "name", "theme"].into_iter().find_map(|key| node.get(key).cloned());
    let [status, path] = ["status", "canonicalPath"].map(|key| found.get(key).cloned().unwrap_or_default());
    (status, path, said.unwrap_or_default())
}

fn lives(path: &str, title: &str) -> (Value, Value, Value) {
    (json!(200), json!(path), json!(title))
}

fn moved(path: &str, title: &str) -> (Value, Value, Value) {
    (json!(301), json!(path), json!(title))
}

fn nowhere() -> (Value, Value, Value) {
    (json!(null), json!(null), json!(null))
}

/// A published post in English and Welsh: `/posts/tea`, `/cy/posts/te`.
async fn tea(ada: &Person) -> Doc {
    let post = ada.writes_post(json!({ "title": "Tea" })).await;
    let post = ada.saves_in("cy", "postUpdate", &post, json!({ "title": "Te" })).await;
    ada.publishes(&post).await
}

/// A published campaign with an edition this year: `/campaigns/tea-day/2026`.
async fn tea_day(ada: &Person) -> Doc {
    let campaign = json!({ "name": "Tea day", "observance": { "kind": "FIXED", "month": 5, "day": 21 } });
    let campaign = ada.creates("campaignCreate", campaign).await;
    let (id, version) = (&campaign.id, campaign.version);
    let turn = json!({ "campaignId": id, "expectedVersion": version, "year": 2026, "input": { "theme": "Drink up" } });
    ada.publishes(&ada.does("campaignEditionUpsert", turn).await).await
}

async fn each_page_lives_at_its_path(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Drinks" })).await;
    let person = ada.creates("personCreate", json!({ "name": "Ann" })).await;
    let service = ada.creates("serviceCreate", json!({ "name": "Kitchen" })).await;
    let measure =
        json!({ "name": "Cups", "definition": "Cups a day", "unit": "COUNT", "population": "people" });
    let source = json!({ "title": "Report", "publisher": "Us", "kind": "SURVEY" });
    let source = ada.creates("sourceCreate", source).await;
    let measure = ada.creates("statisticCreate", measure).await;
    let measure = with_figure(&ada, &measure, &source).await;
    ada.publishes(&service).await;
    ada.publishes(&measure).await;
    tea_day(&ada).await;
    let links = json!({ "title": "Tea", "topicIds": [topic.id], "authorIds": [person.id] });
    ada.publishes_post(links).await;
    let reader = world.reader();

    assert_eq!(at(&reader, "/posts/tea").await, lives("/posts/tea", "Tea"));
    assert_eq!(at(&reader, "/campaigns/tea-day").await, lives("/campaigns/tea-day", "Tea day"));
    assert_eq!(at(&reader, "/statistics/cups").await, lives("/statistics/cups", "Cups"));
    assert_eq!(at(&reader, "/services/kitchen").await, lives("/services/kitchen", "Kitchen"));
    assert_eq!(at(&reader, "/topics/drinks").await, lives("/topics/drinks", "Drinks"));
    assert_eq!(at(&reader, "/people/ann").await, lives("/people/ann", "Ann"));
}

async fn a_path_of_another_language_lives_there_too(world: &World) {
    tea(&world.editor("ada").await).await;

    assert_eq!(at(&world.reader(), "/cy/posts/te").await, lives("/cy/posts/te", "Te"));
}

async fn the_default_language_spelled_out_moved(world: &World) {
    tea(&world.editor("ada").await).await;

    assert_eq!(at(&world.reader(), "/en/posts/tea").await, moved("/posts/tea", "Tea"));
}

async fn a_slash_at_the_end_moved(world: &World) {
    tea(&world.editor("ada").await).await;

    assert_eq!(at(&world.reader(), "/posts/tea/").await, moved("/posts/tea", "Tea"));
    assert_eq!(at(&world.reader(), "/cy/posts/te/").await, moved("/cy/posts/te", "Te"));
}

async fn a_renamed_slug_moved(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "Tea" })).await;

    let post = ada.saves("postUpdate", &post, json!({ "slug": "green-tea" })).await;

    assert_eq!(
        at(&world.reader(), "/posts/tea").await,
        lives("/posts/tea", "Tea"),
        "not before it is published"
    );
    ada.publishes(&post).await;
    assert_eq!(at(&world.reader(), "/posts/tea").await, moved("/posts/green-tea", "Tea"));
    assert_eq!(at(&world.reader(), "/posts/green-tea").await, lives("/posts/green-tea", "Tea"));
}

async fn a_slug_renamed_twice_moved_to_where_it_is_now(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "Tea" })).await;

    let post = ada.publishes(&ada.saves("postUpdate", &post, json!({ "slug": "green-tea" })).await).await;
    ada.publishes(&ada.saves("postUpdate", &post, json!({ "slug": "black-tea" })).await).await;

    assert_eq!(at(&world.reader(), "/posts/tea").await, moved("/posts/black-tea", "Tea"));
    assert_eq!(at(&world.reader(), "/posts/green-tea").await, moved("/posts/black-tea", "Tea"));
}

async fn a_renamed_slug_of_a_translation_moved_in_its_language(world: &World) {
    let ada = world.editor("ada").await;
    let post = tea(&ada).await;

    ada.publishes(&ada.saves_in("cy", "postUpdate", &post, json!({ "slug": "te-gwyrdd" })).await).await;

    assert_eq!(at(&world.reader(), "/cy/posts/te").await, moved("/cy/posts/te-gwyrdd", "Te"));
    assert_eq!(at(&world.reader(), "/posts/tea").await, lives("/posts/tea", "Tea"));
}

async fn a_slug_in_the_path_of_another_language_moved(world: &World) {
    tea(&world.editor("ada").await).await;

    assert_eq!(at(&world.reader(), "/posts/te").await, moved("/cy/posts/te", "Te"));
    assert_eq!(at(&world.reader(), "/cy/posts/tea").await, moved("/posts/tea", "Tea"));
}

async fn a_path_from_another_system_moved(world: &World) {
    let ada = world.editor("ada").await;
    let old = json!({ "title": "Tea", "oldPaths": ["/2019/05/tea.html"] });
    ada.publishes_post(old).await;

    assert_eq!(at(&world.reader(), "/2019/05/tea.html").await, moved("/posts/tea", "Tea"));
    assert_eq!(at(&world.reader(), "/2019/05/tea.html/").await, moved("/posts/tea", "Tea"));
}

async fn a_path_that_is_left_out_leads_nowhere(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "Tea", "oldPaths": ["/tea.html"] })).await;

    ada.publishes(&ada.saves("postUpdate", &post, json!({ "oldPaths": ["/tea.php"] })).await).await;

    assert_eq!(at(&world.reader(), "/tea.html").await, nowhere());
    assert_eq!(at(&world.reader(), "/tea.php").await, moved("/posts/tea", "Tea"));
}

async fn a_path_from_another_system_belongs_to_one_post(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "Tea", "oldPaths": ["/tea.html"] })).await;
    ada.saves("postUpdate", &post, json!({ "oldPaths": [] })).await;

    let other = json!({ "title": "Green tea", "oldPaths": ["/green.html", "/tea.html"] });
    let refused = ada.tries("postCreate", json!({ "input": other })).await;

    assert_eq!(refused.user_errors(), ["TAKEN input.oldPaths.1"], "readers are still sent to the first");
}

async fn an_edition_lives_below_its_campaign(world: &World) {
    tea_day(&world.editor("ada").await).await;

    let here = at(&world.reader(), "/campaigns/tea-day/2026").await;

    assert_eq!(here, lives("/campaigns/tea-day/2026", "Drink up"));
    let slash = at(&world.reader(), "/campaigns/tea-day/2026/").await;
    assert_eq!(slash, moved("/campaigns/tea-day/2026", "Drink up"));
}

async fn an_edition_moves_with_its_campaign(world: &World) {
    let ada = world.editor("ada").await;
    let campaign = tea_day(&ada).await;

    ada.publishes(&ada.saves("campaignUpdate", &campaign, json!({ "slug": "day-of-tea" })).await).await;

    let old = at(&world.reader(), "/campaigns/tea-day/2026").await;
    assert_eq!(old, moved("/campaigns/day-of-tea/2026", "Drink up"));
}

async fn a_year_without_an_edition_leads_nowhere(world: &World) {
    tea_day(&world.editor("ada").await).await;

    assert_eq!(at(&world.reader(), "/campaigns/tea-day/2025").await, nowhere());
    assert_eq!(at(&world.reader(), "/posts/tea-day/2026").await, nowhere());
}

async fn a_page_answers_in_the_language_of_its_path_unless_said(world: &World) {
    tea(&world.editor("ada").await).await;
    let question = r#"{
        path: resolve(path: "/cy/posts/te") { node { ... on Post { title } } }
        said: resolve(path: "/cy/posts/te", languages: ["en"]) { status canonicalPath node { ... on Post { title } } }
    }"#;

    let answer = world.reader().in_languages("fa").ask(question).await.expect_ok();

    assert_eq!(answer.data("/path/node/title"), "Te");
    assert_eq!(answer.data("/said/node/title"), "Tea");
    assert_eq!(answer.data("/said/canonicalPath"), "/cy/posts/te");
}

async fn what_is_no_path_leads_nowhere(world: &World) {
    tea(&world.editor("ada").await).await;
    let reader = world.reader();

    assert_eq!(at(&reader, "").await, nowhere());
    assert_eq!(at(&reader, "/").await, nowhere());
    assert_eq!(at(&reader, "posts/tea").await, nowhere());
    assert_eq!(at(&reader, "/posts").await, nowhere());
    assert_eq!(at(&reader, "/posts/").await, nowhere());
    assert_eq!(at(&reader, "/posts//tea").await, nowhere());
    assert_eq!(at(&reader, "/sources/tea").await, nowhere());
    assert_eq!(at(&reader, "/de/posts/tea").await, nowhere());
    assert_eq!(at(&reader, &format!("/posts/{}", "a".repeat(10_000))).await, nowhere());
}

async fn with_figure(ada: &Person, statistic: &Doc, source: &Doc) -> Doc {
    let figure = json!({
        "value": "3", "sourceId": source.id, "locator": "p. 1", "area": { "scheme": "M49", "code": "001" },
        "period": { "label": "2025", "start": "2025-01-01", "end": "2025-12-31" },
    });
    let at = json!({ "statisticId": statistic.id, "expectedVersion": statistic.version, "input": figure });
    ada.does("figureUpsert", at).await
}
