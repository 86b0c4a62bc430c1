//! Filters: what each key finds, list by list.

pub(crate) mod rules;

use serde_json::{Value, json};

use super::support::verbs::Doc;
use super::support::{Person, World, drafts};

specs! {
    in_a_world {
        posts_by_title,
        posts_by_slug,
        posts_by_what_they_are_linked_to,
        posts_by_when_they_were_published_and_changed,
        posts_by_translation_and_external_reference,
        campaigns_by_name_and_topic,
        campaigns_by_the_days_they_run_on,
        statistics_by_unit_source_and_review,
        services_by_status_age_and_area,
        channels_by_kind_service_and_language,
        contents_by_type_topic_translation_and_reference,
        posts_of_a_topic_are_filtered_too,
    }
}

/// The titles of what a filter leaves of a list, in the order of the alphabet; the list counts as many.
async fn found(person: &Person, list: &str, filter: &str) -> Vec<String> {
    let question = format!("{{ {list}(first: 100, filter: {filter}) {{ totalCount nodes {{ title }} }} }}");
    let answer = person.ask(&question).await.expect_ok();
    let nodes = answer.data(&format!("/{list}/nodes")).as_array().expect("a list has nodes");
    assert_eq!(answer.data(&format!("/{list}/totalCount")), nodes.len(), "{filter}");
    let mut titles: Vec<String> =
        nodes.iter().filter_map(|node| Some(node["title"].as_str()?.to_owned())).collect();
    titles.sort_unstable();
    titles
}

/// Three posts: Crème on nothing, Tea on drinks by Ann for a tea day, and Tea_cake on food.
async fn posts(world: &World) -> Person {
    let ada = world.editor("ada").await;
    let drinks = ada.creates("topicCreate", json!({ "name": "Drinks" })).await;
    let drinks = ada.saves_in("cy", "topicUpdate", &drinks, json!({ "name": "Diodydd" })).await;
    let food = ada.creates("topicCreate", json!({ "name": "Food" })).await;
    let ann = ada.creates("personCreate", json!({ "name": "Ann" })).await;
    let day = ada.publishes(&ada.writes_campaign().await).await;
    let tea = json!({
        "title": "Tea", "topicIds": [drinks.id], "authorIds": [ann.id], "campaignIds": [day.id],
        "publishedAt": "2020-05-21T09:00:00Z", "externalReference": "old-12",
    });
    let tea = ada.writes_post(tea).await;
    ada.publishes(&ada.saves_in("cy", "postUpdate", &tea, json!({ "title": "Te" })).await).await;
    let cake = json!({ "title": "Tea_cake", "topicIds": [food.id], "publishedAt": "2021-05-21T09:00:00Z" });
    ada.publishes_post(cake).await;
    world.clock.advance(60);
    ada.publishes_post(json!({ "title": "Crème" })).await;
    world.reader()
}

async fn posts_by_title(world: &World) {
    let reader = posts(world).await;

    assert_eq!(found(&reader, "posts", r#"{ title: { eq: "TEA" } }"#).await, ["Tea"]);
    assert_eq!(
        found(&reader, "posts", r#"{ title: { in: ["tea", "creme", "none"] } }"#).await,
        ["Crème", "Tea"]
    );
    assert_eq!(found(&reader, "posts", "{ title: { in: [] } }").await, [""; 0]);
    assert_eq!(found(&reader, "posts", r#"{ title: { contains: "EA" } }"#).await, ["Tea", "Tea_cake"]);
    assert_eq!(found(&reader, "posts", r#"{ title: { startsWith: "cre" } }"#).await, ["Crème"]);
    assert_eq!(found(&reader, "posts", r#"{ title: { contains: "_" } }"#).await, ["Tea_cake"]);
    assert_eq!(found(&reader, "posts", r#"{ title: { contains: "%" } }"#).await, [""; 0]);
    let both = r#"{ title: { startsWith: "tea", contains: "cake" } }"#;
    assert_eq!(found(&reader, "posts", both).await, ["Tea_cake"]);
    assert_eq!(found(&reader, "posts", "{ title: {} }").await, ["Crème", "Tea", "Tea_cake"]);
}

async fn posts_by_slug(world: &World) {
    let reader = posts(world).await;

    assert_eq!(found(&reader, "posts", r#"{ slug: { eq: "tea" } }"#).await, ["Tea"]);
    assert_eq!(found(&reader, "posts", r#"{ slug: { in: ["tea", "creme"] } }"#).await, ["Crème", "Tea"]);
    assert_eq!(found(&reader, "posts", r#"{ slug: { startsWith: "tea-" } }"#).await, ["Tea_cake"]);
    assert_eq!(found(&reader, "posts", r#"{ slug: { contains: "rem" } }"#).await, ["Crème"]);
    assert_eq!(
        found(&reader, "posts", r#"{ slug: { eq: "te" } }"#).await,
        [""; 0],
        "the reader sees English"
    );
    assert_eq!(found(&reader.in_languages("cy"), "posts", r#"{ slug: { eq: "te" } }"#).await, ["Te"]);
}

async fn posts_by_what_they_are_linked_to(world: &World) {
    let reader = posts(world).await;

    assert_eq!(found(&reader, "posts", r#"{ topic: { eq: "drinks" } }"#).await, ["Tea"]);
    assert_eq!(found(&reader, "posts", r#"{ topic: { eq: "diodydd" } }"#).await, ["Tea"], "in any language");
    assert_eq!(
        found(&reader, "posts", r#"{ topic: { in: ["food", "drinks"] } }"#).await,
        ["Tea", "Tea_cake"]
    );
    assert_eq!(found(&reader, "posts", "{ topic: { exists: true } }").await, ["Tea", "Tea_cake"]);
    assert_eq!(found(&reader, "posts", "{ topic: { exists: false } }").await, ["Crème"]);
    assert_eq!(found(&reader, "posts", r#"{ campaign: { eq: "world-day" } }"#).await, ["Tea"]);
    assert_eq!(found(&reader, "posts", "{ campaign: { exists: false } }").await, ["Crème", "Tea_cake"]);
    assert_eq!(found(&reader, "posts", r#"{ author: { eq: "ann" } }"#).await, ["Tea"]);
    assert_eq!(found(&reader, "posts", "{ author: { in: [] } }").await, [""; 0]);
}

async fn posts_by_when_they_were_published_and_changed(world: &World) {
    let reader = posts(world).await;
    let between = r#"{ publishedAt: { from: "2020-05-21T09:00:00Z", until: "2021-05-21T09:00:00Z" } }"#;
    let from = r#"{ publishedAt: { from: "2021-05-21T10:00:00+01:00" } }"#;
    let changed = r#"{ updatedAt: { from: "2026-07-01T10:00:00Z" } }"#;
    let before = r#"{ updatedAt: { until: "2026-07-01T10:00:00Z" } }"#;

    assert_eq!(found(&reader, "posts", between).await, ["Tea"], "the end is not included");
    assert_eq!(found(&reader, "posts", from).await, ["Crème", "Tea_cake"]);
    assert_eq!(found(&reader, "posts", changed).await, ["Crème"]);
    assert_eq!(found(&reader, "posts", before).await, ["Tea", "Tea_cake"]);
    assert_eq!(found(&reader, "posts", "{ updatedAt: {} }").await.len(), 3);
}

async fn posts_by_translation_and_external_reference(world: &World) {
    let reader = posts(world).await;

    assert_eq!(found(&reader, "posts", r#"{ translatedInto: "cy" }"#).await, ["Tea"]);
    assert_eq!(found(&reader, "posts", r#"{ translatedInto: "en" }"#).await.len(), 3);
    assert_eq!(found(&reader, "posts", r#"{ translatedInto: "fa" }"#).await, [""; 0], "a fallback is none");
    assert_eq!(found(&reader, "posts", r#"{ externalReference: "old-12" }"#).await, ["Tea"]);
    assert_eq!(found(&reader, "posts", r#"{ externalReference: "old-1" }"#).await, [""; 0]);
}

/// Two campaigns: May fair on the first days of May, on fun; and World Day on the thirtieth of July.
async fn campaigns(world: &World) -> (Person, Doc) {
    let ada = world.editor("ada").await;
    let fun = ada.creates("topicCreate", json!({ "name": "Fun" })).await;
    let fair = json!({
        "name": "May fair", "observance": { "kind": "FIXED", "month": 5, "day": 1, "lengthDays": 3 },
        "topicIds": [fun.id], "externalReference": "fair",
    });
    ada.publishes(&ada.creates("campaignCreate", fair).await).await;
    let day = ada.publishes(&ada.writes_campaign().await).await;
    (ada, day)
}

async fn campaigns_by_name_and_topic(world: &World) {
    campaigns(world).await;
    let reader = world.reader();

    assert_eq!(found(&reader, "campaigns", r#"{ name: { startsWith: "may" } }"#).await, ["May fair"]);
    assert_eq!(found(&reader, "campaigns", r#"{ slug: { eq: "world-day" } }"#).await, ["World Day"]);
    assert_eq!(found(&reader, "campaigns", r#"{ topic: { eq: "fun" } }"#).await, ["May fair"]);
    assert_eq!(found(&reader, "campaigns", "{ topic: { exists: false } }").await, ["World Day"]);
    assert_eq!(found(&reader, "campaigns", r#"{ externalReference: "fair" }"#).await, ["May fair"]);
    assert_eq!(found(&reader, "campaigns", r#"{ translatedInto: "cy" }"#).await, [""; 0]);
    let changed = r#"{ updatedAt: { from: "2026-07-01T09:00:00Z" } }"#;
    assert_eq!(found(&reader, "campaigns", changed).await.len(), 2);
}

async fn campaigns_by_the_days_they_run_on(world: &World) {
    let (ada, day) = campaigns(world).await;
    let moved = json!({ "startsOn": "2027-08-02", "endsOn": "2027-08-03" });
    ada.publishes(&ada.writes_edition(&day, 2027, moved).await).await;
    let reader = world.reader();
    let summer = r#"{ occursIn: { from: "2027-05-03", until: "2027-08-02" } }"#;
    let between = r#"{ occursIn: { from: "2027-05-04", until: "2027-08-01" } }"#;

    assert_eq!(found(&reader, "campaigns", r#"{ activeOn: "2027-05-03" }"#).await, ["May fair"]);
    assert_eq!(found(&reader, "campaigns", r#"{ activeOn: "2027-05-04" }"#).await, [""; 0]);
    assert_eq!(found(&reader, "campaigns", r#"{ activeOn: "2026-07-30" }"#).await, ["World Day"]);
    assert_eq!(found(&reader, "campaigns", r#"{ activeOn: "2027-07-30" }"#).await, [""; 0], "it moved");
    assert_eq!(found(&reader, "campaigns", summer).await, ["May fair", "World Day"], "with both ends");
    assert_eq!(found(&reader, "campaigns", between).await, [""; 0]);
    assert_eq!(found(&reader, "campaigns", r#"{ occursIn: { from: "2050-01-01" } }"#).await.len(), 2);

    let announced = json!({ "name": "Any day", "observance": { "kind": "ANNOUNCED" } });
    ada.publishes(&ada.creates("campaignCreate", announced).await).await;
    assert_eq!(found(&reader, "campaigns", r#"{ occursIn: { from: "1970-01-01" } }"#).await.len(), 2);
    assert_eq!(found(&reader, "campaigns", "{ occursIn: {} }").await.len(), 3, "without a bound it is no condition");
}

async fn statistics_by_unit_source_and_review(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Trafficking" })).await;
    let source = ada.writes_source().await;
    let women = ada.writes_statistic_from(&source).await;
    let due = with(drafts::figure(&source, 2018, "46"), json!({ "reviewDueOn": "2027-01-01" }));
    ada.publishes(&ada.writes_figure(&women, due).await).await;
    let count =
        json!({ "name": "Calls", "unit": "COUNT", "topicIds": [topic.id], "externalReference": "calls" });
    let count = ada.creates("statisticCreate", with(drafts::statistic(), count)).await;
    let other = json!({ "title": "Our books", "publisher": "Us", "kind": "ADMINISTRATIVE_DATA" });
    let other = ada.creates("sourceCreate", other).await;
    let late = with(drafts::figure(&other, 2025, "12"), json!({ "reviewDueOn": "2030-01-01" }));
    ada.publishes(&ada.writes_figure(&count, late).await).await;
    let (reader, women) = (world.reader(), "Women among detected victims");

    assert_eq!(found(&reader, "statistics", "{ unit: [COUNT, RATE] }").await, ["Calls"]);
    assert_eq!(found(&reader, "statistics", "{ unit: [] }").await, [""; 0]);
    assert_eq!(found(&reader, "statistics", r#"{ source: { eq: "our-books" } }"#).await, ["Calls"]);
    assert_eq!(found(&reader, "statistics", "{ source: { exists: false } }").await, [""; 0]);
    assert_eq!(found(&reader, "statistics", r#"{ reviewDueBefore: "2027-01-02" }"#).await, [women]);
    assert_eq!(found(&reader, "statistics", r#"{ reviewDueBefore: "2027-01-01" }"#).await, [""; 0]);
    assert_eq!(found(&reader, "statistics", r#"{ topic: { eq: "trafficking" } }"#).await, ["Calls"]);
    assert_eq!(found(&reader, "statistics", r#"{ name: { contains: "among" } }"#).await, [women]);
    assert_eq!(found(&reader, "statistics", r#"{ slug: { eq: "calls" } }"#).await, ["Calls"]);
    assert_eq!(found(&reader, "statistics", r#"{ externalReference: "calls" }"#).await, ["Calls"]);
    assert_eq!(found(&reader, "statistics", r#"{ translatedInto: "en" }"#).await, ["Calls", women]);
    let before = r#"{ updatedAt: { until: "2026-07-01T09:00:00Z" } }"#;
    assert_eq!(found(&reader, "statistics", before).await, [""; 0]);
}

async fn services_by_status_age_and_area(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Safety" })).await;
    let young = json!({
        "name": "Young", "audience": { "minAge": 10, "maxAge": 18, "roles": ["CHILD"] }, "topicIds": [topic.id],
        "coverage": [{ "scheme": "ISO3166_2", "code": "GB-WLS" }], "externalReference": "young",
    });
    let over =
        json!({ "name": "Over", "status": "TEMPORARILY_CLOSED", "audience": { "minAge": 18, "roles": [] } });
    ada.publishes(&ada.creates("serviceCreate", young).await).await;
    ada.publishes(&ada.creates("serviceCreate", over).await).await;
    ada.publishes(&ada.writes_service().await).await;
    let reader = world.reader();
    let wales = r#"{ coversArea: { scheme: ISO3166_2, code: "gb-wls" } }"#;
    let cardiff = r#"{ coversArea: { scheme: ONS_GSS, code: "W06000015" } }"#;
    let britain = r#"{ coversArea: { scheme: ISO3166_1, code: "GB" } }"#;

    assert_eq!(found(&reader, "services", "{ status: [TEMPORARILY_CLOSED, DEFUNCT] }").await, ["Over"]);
    assert_eq!(found(&reader, "services", "{ status: [] }").await, [""; 0]);
    assert_eq!(found(&reader, "services", "{ audienceAge: 9 }").await, ["Safe team"], "which is for all");
    assert_eq!(found(&reader, "services", "{ audienceAge: 18 }").await, ["Over", "Safe team", "Young"]);
    assert_eq!(found(&reader, "services", "{ audienceAge: 19 }").await, ["Over", "Safe team"]);
    assert_eq!(found(&reader, "services", wales).await, ["Young"]);
    assert_eq!(found(&reader, "services", cardiff).await, ["Young"], "which lies in Wales");
    assert_eq!(found(&reader, "services", britain).await, [""; 0], "of which Wales is a part only");
    assert_eq!(found(&reader, "services", r#"{ topic: { eq: "safety" } }"#).await, ["Young"]);
    assert_eq!(found(&reader, "services", r#"{ name: { eq: "safe team" } }"#).await, ["Safe team"]);
    assert_eq!(found(&reader, "services", r#"{ slug: { in: ["over"] } }"#).await, ["Over"]);
    assert_eq!(found(&reader, "services", r#"{ externalReference: "young" }"#).await, ["Young"]);
    assert_eq!(found(&reader, "services", r#"{ translatedInto: "cy" }"#).await, [""; 0]);
    let changed = r#"{ updatedAt: { from: "2026-07-01T09:00:00Z" } }"#;
    assert_eq!(found(&reader, "services", changed).await.len(), 3);
}

async fn channels_by_kind_service_and_language(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.publishes(&ada.writes_service().await).await;
    let text = json!({
        "kind": "SMS", "label": "Text", "externalReference": "text", "languages": [
            { "language": "cy" }, { "language": "pl", "viaInterpreter": true },
        ],
    });
    let text = ada.creates("contactChannelCreate", with(drafts::channel(&service), text)).await;
    ada.publishes(&text).await;
    ada.publishes(&ada.creates("contactChannelCreate", drafts::channel(&service)).await).await;
    let (reader, list) = (world.reader(), "contactChannels");

    assert_eq!(found(&reader, list, "{ kind: [SMS, EMAIL] }").await, ["Text"]);
    assert_eq!(found(&reader, list, "{ kind: [] }").await, [""; 0]);
    assert_eq!(found(&reader, list, r#"{ service: { eq: "safe-team" } }"#).await, ["Safe line", "Text"]);
    assert_eq!(found(&reader, list, r#"{ service: { eq: "other" } }"#).await, [""; 0]);
    assert_eq!(found(&reader, list, r#"{ answersIn: "cy" }"#).await, ["Text"]);
    assert_eq!(found(&reader, list, r#"{ answersIn: "pl" }"#).await, [""; 0], "through an interpreter only");
    assert_eq!(found(&reader, list, r#"{ slug: { startsWith: "safe" } }"#).await, ["Safe line"]);
    assert_eq!(found(&reader, list, r#"{ externalReference: "text" }"#).await, ["Text"]);
    assert_eq!(found(&reader, list, r#"{ updatedAt: { from: "2026-07-01T09:00:00Z" } }"#).await.len(), 2);
}

async fn contents_by_type_topic_translation_and_reference(world: &World) {
    let reader = posts(world).await;
    let types = "{ contents(types: [CAMPAIGN, SERVICE]) { totalCount nodes { __typename } } }";
    let none = "{ contents(types: []) { totalCount } }";

    let types = reader.ask(types).await.expect_ok();
    let none = reader.ask(none).await.expect_ok();

    assert_eq!(types.data("/contents"), &json!({ "totalCount": 1, "nodes": [{ "__typename": "Campaign" }] }));
    assert_eq!(none.data("/contents/totalCount"), 0);
    assert_eq!(found(&reader, "contents", r#"{ topic: { eq: "food" } }"#).await, ["Tea_cake"]);
    assert_eq!(found(&reader, "contents", "{ topic: { exists: false } }").await, ["Crème", "World Day"]);
    assert_eq!(found(&reader, "contents", r#"{ translatedInto: "cy" }"#).await, ["Tea"]);
    assert_eq!(found(&reader, "contents", r#"{ externalReference: "old-12" }"#).await, ["Tea"]);
    let changed = r#"{ updatedAt: { from: "2026-07-01T10:00:00Z" } }"#;
    assert_eq!(found(&reader, "contents", changed).await, ["Crème"]);
}

async fn posts_of_a_topic_are_filtered_too(world: &World) {
    let reader = posts(world).await;
    let question = r#"{ topic(slug: "drinks") {
        none: posts(filter: { title: { eq: "Crème" } }) { totalCount }
        one: posts(filter: { author: { eq: "ann" } }) { totalCount nodes { title } }
    } }"#;

    let answer = reader.ask(question).await.expect_ok();

    assert_eq!(answer.data("/topic/none/totalCount"), 0);
    assert_eq!(answer.data("/topic/one"), &json!({ "totalCount": 1, "nodes": [{ "title": "Tea" }] }));
}

/// An input with more keys, or other values.
fn with(mut input: Value, more: Value) -> Value {
    let (Value::Object(fields), Value::Object(more)) = (&mut input, more) else {
        panic!("inputs are objects")
    };
    fields.extend(more);
    input
}
