//! Seven of everything, with ties in every order: equal titles, equal days, equal moments.

use serde_json::{Value, json};

use crate::support::verbs::Doc;
use crate::support::{Person, World};

/// Titles that are equal but for case and accents, and equal altogether.
const TITLES: [&str; 7] = ["Tea", "tea", "Téa", "Zest", "Apple", "Apple", "Éclair"];
/// Days that go up and down, and are equal.
const DAYS: [&str; 7] = ["03-01", "12-24", "03-01", "01-05", "07-30", "07-30", "09-09"];

/// What the lists below something are reached by.
pub(super) struct Shelf {
    pub(super) topic: Doc,
    pub(super) person: Doc,
    pub(super) source: Doc,
    pub(super) campaign: Doc,
    pub(super) posts: Vec<Doc>,
}

/// Puts seven of everything on the shelf and publishes them, two each minute.
pub(super) async fn filled(world: &World, ada: &Person) -> Shelf {
    let topic = ada.creates("topicCreate", json!({ "name": "Shared", "slug": "shared" })).await;
    let person = ada.creates("personCreate", json!({ "name": "Shared", "slug": "shared" })).await;
    let source = ada.creates("sourceCreate", source("Shared", "shared")).await;
    let campaign = json!({ "name": "Shared", "slug": "shared", "observance": on("07-30") });
    let campaign = ada.creates("campaignCreate", campaign).await;
    let mut statistic = ada.creates("statisticCreate", statistic("Shared", "shared")).await;
    for (number, day) in DAYS.iter().enumerate() {
        let figure = figure(number, day, &source);
        let at =
            json!({ "statisticId": statistic.id, "expectedVersion": statistic.version, "input": figure });
        statistic = ada.does("figureUpsert", at).await;
    }
    let service = ada.creates("serviceCreate", json!({ "name": "Shared", "slug": "shared" })).await;
    ada.publishes(&service).await;
    ada.publishes(&campaign).await;
    ada.publishes(&statistic).await;
    let mut shelf = Shelf { topic, person, source, campaign, posts: Vec::new() };
    for (number, title) in TITLES.iter().enumerate() {
        shelf.one_more(ada, &service, number, title).await;
        world.clock.advance(i64::try_from(number % 2).unwrap_or_default());
    }
    let turn = json!({ "postIds": shelf.posts.iter().map(|post| &post.id).collect::<Vec<_>>() });
    let (id, version) = (&shelf.campaign.id, shelf.campaign.version);
    let turn = json!({ "campaignId": id, "expectedVersion": version, "year": 2026, "input": turn });
    let turn = ada.does("campaignEditionUpsert", turn).await;
    ada.publishes(&turn).await;
    shelf
}

impl Shelf {
    /// One of everything.
    async fn one_more(&mut self, ada: &Person, service: &Doc, number: usize, title: &str) {
        let (slug, day) = (format!("number-{number}"), DAYS[number]);
        let topic = ada.creates("topicCreate", json!({ "name": title, "slug": slug })).await;
        let person = ada.creates("personCreate", json!({ "name": title, "slug": slug })).await;
        let source = ada.creates("sourceCreate", source(title, &slug)).await;
        let service_of_it = ada.creates("serviceCreate", json!({ "name": title, "slug": slug })).await;
        let channel = json!({
            "kind": "EMAIL", "value": "help@charity.example", "label": title, "slug": slug, "serviceId": service.id,
            "priority": number % 3,
        });
        let channel = ada.creates("contactChannelCreate", channel).await;
        let mut measure = ada.creates("statisticCreate", statistic(title, &slug)).await;
        for (number, source) in [&source, &self.source].into_iter().enumerate() {
            let figure = figure(number, day, source);
            let at =
                json!({ "statisticId": measure.id, "expectedVersion": measure.version, "input": figure });
            measure = ada.does("figureUpsert", at).await;
        }
        let parts = json!([{ "label": title, "statisticId": measure.id }]);
        let set = json!({ "title": title, "slug": slug, "subtitle": title, "parts": parts });
        let set = ada.creates("statisticSetCreate", set).await;
        let observance = if number == 3 { json!({ "kind": "ANNOUNCED" }) } else { on(day) };
        let campaign = json!({ "name": title, "slug": slug, "observance": observance });
        let campaign = ada.creates("campaignCreate", campaign).await;
        let post = json!({
            "title": title, "slug": slug, "publishedAt": format!("2025-{day}T09:00:00Z"),
            "topicIds": [topic.id, self.topic.id], "authorIds": [person.id, self.person.id],
            "campaignIds": [self.campaign.id],
        });
        let post = ada.writes_post(post).await;
        for doc in [&service_of_it, &channel, &measure, &set, &campaign, &post] {
            ada.publishes(doc).await;
        }
        self.posts.push(post);
    }
}

fn source(title: &str, slug: &str) -> Value {
    json!({ "title": title, "slug": slug, "publisher": title, "kind": "SURVEY" })
}

fn statistic(name: &str, slug: &str) -> Value {
    json!({ "name": name, "slug": slug, "definition": name, "unit": "PERCENT", "population": name })
}

/// A figure of a year; several have the same days.
fn figure(number: usize, day: &str, source: &Doc) -> Value {
    json!({
        "value": number.to_string(), "sourceId": source.id, "locator": "p. 1",
        "period": { "label": format!("period {number}"), "start": format!("2016-{day}"), "end": format!("2016-{day}") },
        "area": { "scheme": "M49", "code": "001" }, "reviewDueOn": format!("2028-{day}"),
    })
}

/// A day that comes round each year.
fn on(day: &str) -> Value {
    let (month, day) = day.split_once('-').expect("a day has a month");
    let number = |digits: &str| digits.parse::<u32>().expect("it has digits only");
    json!({ "kind": "FIXED", "month": number(month), "day": number(day) })
}
