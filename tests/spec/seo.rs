//! Attribution, what search engines are told, and posts that have something in common.

use serde_json::{Value, json};

use super::support::drafts::channel;
use super::support::verbs::Doc;
use super::support::{Person, World};
use super::text::shelf::Shelf;

specs! {
    in_a_world {
        content_says_whose_it_is_and_under_which_licence,
        what_search_engines_are_told_falls_back_to_summary_and_text,
        json_ld_cannot_end_a_script,
        an_article_names_its_authors_and_publisher,
        a_publisher_is_called_with_its_extension_while_its_service_is_active,
        a_campaign_is_an_event_on_its_days,
        a_draft_is_not_for_search_engines,
        related_posts_share_the_most_first,
        posts_whose_texts_show_the_same_statistic_are_related,
        a_related_post_is_published_and_another,
        related_posts_are_at_most_ten,
        the_number_of_statements_does_not_grow_with_the_list,
    }
}

async fn post(world: &World, slug: &str, selection: &str) -> Value {
    let question = format!("{{ post(slug: \"{slug}\") {{ {selection} }} }}");
    world.reader().ask(&question).await.expect_ok().data("/post").clone()
}

async fn topic(ada: &Person, name: &str) -> String {
    ada.creates_in("en", "topicCreate", json!({ "name": name })).await.id
}

async fn about(ada: &Person, title: &str, topics: &[&String]) -> Doc {
    ada.publishes_post(json!({ "title": title, "body": "Text.", "topicIds": topics })).await
}

async fn content_says_whose_it_is_and_under_which_licence(world: &World) {
    let ada = world.admin("ada").await;
    let organisation = json!({ "organisationName": "Trust & Co", "organisationUrl": "https://trust.example/" });
    ada.tries_for("siteUpdate", json!({ "input": organisation }), "site { name }").await.expect_ok();
    ada.publishes_post(json!({ "title": "<b>A day</b>", "slug": "a-day", "body": "Text." })).await;

    let post = post(world, "a-day", "url attribution { text html licence licenceUrl canonicalUrl robots }").await;

    let attribution = &post["attribution"];
    assert_eq!(attribution["text"], "<b>A day</b> by Trust & Co (CC-BY-4.0)");
    assert_eq!(attribution["canonicalUrl"], post["url"]);
    assert_eq!(attribution["licenceUrl"], "https://creativecommons.org/licenses/by/4.0/");
    assert_eq!(attribution["robots"], "index, follow");
    let html = attribution["html"].as_str().expect("markup");
    assert!(html.contains("&lt;b&gt;A day&lt;/b&gt;</a> by <a href=\"https://trust.example/\">Trust &amp; Co</a>"), "{html}");
}

async fn what_search_engines_are_told_falls_back_to_summary_and_text(world: &World) {
    let ada = world.editor("ada").await;
    let seo = json!({ "title": "For engines", "description": "Told to engines." });
    ada.publishes_post(json!({ "title": "One", "summary": "A summary.", "body": "Text.", "seo": seo })).await;
    ada.publishes_post(json!({ "title": "Two", "summary": "A summary.", "body": "Text." })).await;
    ada.publishes_post(json!({ "title": "Three", "body": "# Head\n\nThe *first* words." })).await;

    let one = post(world, "one", "seo { title description tags { tag attributes content } }").await;
    let two = post(world, "two", "seo { title description }").await;
    let three = post(world, "three", "seo { description }").await;

    assert_eq!((&one["seo"]["title"], &one["seo"]["description"]), (&json!("For engines"), &json!("Told to engines.")));
    assert_eq!((&two["seo"]["title"], &two["seo"]["description"]), (&json!("Two"), &json!("A summary.")));
    assert_eq!(three["seo"]["description"], "Head The first words.");
    let tags = one["seo"]["tags"].as_array().expect("tags");
    assert_eq!(tags[0], json!({ "tag": "title", "attributes": {}, "content": "For engines" }));
    let og = json!({ "tag": "meta", "attributes": { "property": "og:title", "content": "For engines" }, "content": null });
    assert!(tags.contains(&og), "{tags:?}");
}

async fn json_ld_cannot_end_a_script(world: &World) {
    let ada = world.editor("ada").await;
    let input = json!({ "title": "</script><script>alert(1)", "slug": "bad", "summary": "<!-- x", "body": "Text." });
    ada.publishes_post(input).await;

    let post = post(world, "bad", "seo { jsonLd }").await;

    assert!(!post["seo"]["jsonLd"].to_string().contains('<'), "{post}");
}

async fn an_article_names_its_authors_and_publisher(world: &World) {
    let ada = world.editor("ada").await;
    let person = ada.creates("personCreate", json!({ "name": "Ada Byron" })).await;
    ada.publishes_post(json!({ "title": "One", "body": "Text.", "authorIds": [person.id] })).await;

    let post = post(world, "one", "seo { jsonLd }").await;

    let article = &post["seo"]["jsonLd"];
    assert_eq!((&article["@type"], &article["headline"]), (&json!("Article"), &json!("One")));
    assert_eq!(article["author"], json!([{ "@type": "Person", "name": "Ada Byron" }]));
    assert_eq!(article["publisher"]["@type"], "Organization");
    assert_eq!(article["datePublished"], "2026-07-01T09:00:00Z");
    assert_eq!(article["license"], "https://creativecommons.org/licenses/by/4.0/");
}

async fn a_publisher_is_called_with_its_extension_while_its_service_is_active(world: &World) {
    let root = world.admin("root").await;
    let service = root.publishes(&root.writes_service().await).await;
    let mut line = channel(&service);
    line["extension"] = "77".into();
    let line = root.publishes(&root.creates("contactChannelCreate", line).await).await;
    root.does("siteUpdate", json!({ "input": { "channelIds": [line.id] } })).await;
    root.publishes_post(json!({ "title": "One", "body": "Text." })).await;

    let open = post(world, "one", "seo { jsonLd }").await;
    let closed = json!({ "status": "TEMPORARILY_CLOSED" });
    root.publishes(&root.saves("serviceUpdate", &service, closed).await).await;
    let closed = post(world, "one", "seo { jsonLd }").await;

    let contact = &open["seo"]["jsonLd"]["publisher"]["contactPoint"][0];
    assert_eq!((&contact["name"], &contact["telephone"]), (&json!("Safe line"), &json!("+441632960123;ext=77")));
    assert_eq!(closed["seo"]["jsonLd"]["publisher"]["contactPoint"], json!(null), "nobody is sent to it");
}

async fn a_campaign_is_an_event_on_its_days(world: &World) {
    let ada = world.editor("ada").await;
    let input = json!({ "name": "World Day", "observance": { "kind": "FIXED", "month": 7, "day": 30 } });
    let campaign = ada.creates_in("en", "campaignCreate", input).await;
    let edition = json!({ "startsOn": "2026-07-30" });
    let arguments = json!({ "campaignId": campaign.id, "year": 2026, "expectedVersion": campaign.version, "input": edition });
    let campaign = ada.does("campaignEditionUpsert", arguments).await;
    ada.publishes(&campaign).await;

    let answer = world.reader().ask(r#"{ campaign(slug: "world-day") { seo { title jsonLd } } }"#).await.expect_ok();

    let event = answer.data("/campaign/seo/jsonLd");
    assert_eq!((&event["@type"], &event["name"]), (&json!("Event"), &json!("World Day")));
    assert_eq!((&event["startDate"], &event["endDate"]), (&json!("2026-07-30"), &json!("2026-07-30")));

    world.clock.set("2026-08-01T12:00:00Z");
    let answer = world.reader().ask(r#"{ campaign(slug: "world-day") { seo { jsonLd } } }"#).await.expect_ok();
    let event = answer.data("/campaign/seo/jsonLd");
    assert_eq!(event["startDate"], json!("2027-07-30"), "no edition says otherwise");
}

async fn a_draft_is_not_for_search_engines(world: &World) {
    let ada = world.editor("ada").await;
    let draft = ada.writes_post(json!({ "title": "One", "body": "Text." })).await;

    let answer = ada.reads(&draft, "... on Post { attribution { robots } seo { tags { attributes } } }").await;

    assert_eq!(answer.data("/node/attribution/robots"), "noindex, nofollow");
    let robots = json!({ "attributes": { "name": "robots", "content": "noindex, nofollow" } });
    assert!(answer.data("/node/seo/tags").as_array().is_some_and(|tags| tags.contains(&robots)), "{answer:?}");
}

async fn related_posts_share_the_most_first(world: &World) {
    let ada = world.editor("ada").await;
    let (slavery, children) = (topic(&ada, "Slavery").await, topic(&ada, "Children").await);
    about(&ada, "Both", &[&slavery, &children]).await;
    world.clock.advance(60);
    about(&ada, "Older", &[&children]).await;
    world.clock.advance(60);
    about(&ada, "Newer", &[&slavery]).await;
    about(&ada, "Apart", &[]).await;
    about(&ada, "Mine", &[&slavery, &children]).await;

    let all = post(world, "mine", "related { title }").await;
    let one = post(world, "mine", "related(first: 1) { title }").await;

    assert_eq!(all["related"], json!([{ "title": "Both" }, { "title": "Newer" }, { "title": "Older" }]));
    assert_eq!(one["related"], json!([{ "title": "Both" }]));
}

async fn posts_whose_texts_show_the_same_statistic_are_related(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    ada.publishes_post(json!({ "title": "Figures", "body": "Of all, [[statistic:women-share@2016]]." })).await;
    ada.publishes_post(json!({ "title": "Help", "body": "Call [[contact:safe-line]]." })).await;
    let both = "[[statistic:women-share]] [[contact:safe-line]] [[service:safe-team]]";
    ada.publishes_post(json!({ "title": "Mine", "body": both })).await;

    let before = post(world, "mine", "related { title }").await;
    ada.withdraws(&shelf.statistic, "Wrong").await;
    let after = post(world, "mine", "related { title }").await;

    assert_eq!((&before["related"], &after["related"]), (&json!([{ "title": "Figures" }]), &json!([])));
}

async fn a_related_post_is_published_and_another(world: &World) {
    let ada = world.editor("ada").await;
    let slavery = topic(&ada, "Slavery").await;
    ada.writes_post(json!({ "title": "Draft", "body": "Text.", "topicIds": [slavery] })).await;
    let gone = about(&ada, "Gone", &[&slavery]).await;
    ada.withdraws(&gone, "Out of date").await;
    about(&ada, "Mine", &[&slavery]).await;

    let post = post(world, "mine", "related(first: 10) { title }").await;

    assert_eq!(post["related"], json!([]));
}

async fn related_posts_are_at_most_ten(world: &World) {
    let ada = world.editor("ada").await;
    about(&ada, "Mine", &[]).await;

    let many = world.reader().ask(r#"{ post(slug: "mine") { related(first: 11) { title } } }"#).await;
    let none = world.reader().ask(r#"{ post(slug: "mine") { related(first: 0) { title } } }"#).await;

    assert_eq!((many.error_code(), none.error_code()), ("BAD_INPUT", "BAD_INPUT"));
}

async fn the_number_of_statements_does_not_grow_with_the_list(world: &World) {
    let ada = world.editor("ada").await;
    let slavery = topic(&ada, "Slavery").await;
    let input = json!({ "body": "Text.", "topicIds": [slavery] });
    let question = "{ posts(first: 50) { nodes { attribution { text } seo { jsonLd } related { title } } } }";
    ada.publishes_posts(2, input.clone()).await;
    let few = world.reader().ask(question).await.expect_ok();
    ada.publishes_posts(5, input).await;

    let many = world.reader().ask(question).await.expect_ok();

    assert_eq!((few.statements, many.statements), (5, 5));
}
