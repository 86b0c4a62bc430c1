//! The shortest input of each kind of content, and people who write a draft of it.

use serde_json::{Value, json};

use super::Person;
use super::verbs::Doc;

/// A campaign on a fixed day.
pub(crate) fn campaign() -> Value {
    json!({ "name": "World Day", "observance": { "kind": "FIXED", "month": 7, "day": 30 } })
}

/// A service with nothing but a name.
pub(crate) fn service() -> Value {
    json!({ "name": "Safe team" })
}

/// A line of a service, on a number for drama.
pub(crate) fn channel(service: &Doc) -> Value {
    json!({ "kind": "PHONE", "label": "Safe line", "serviceId": service.id, "value": "01632 960123" })
}

/// A measure without figures.
pub(crate) fn statistic() -> Value {
    json!({
        "name": "Women among detected victims",
        "definition": "Share of detected victims who are women",
        "unit": "PERCENT",
        "population": "Detected victims, not all victims",
    })
}

/// A report of an international body.
pub(crate) fn source() -> Value {
    json!({
        "title": "Global Report on Trafficking in Persons 2018",
        "publisher": "UNODC",
        "kind": "INTERNATIONAL_BODY",
    })
}

/// A value of a year for the whole world.
pub(crate) fn figure(source: &Doc, year: i32, value: &str) -> Value {
    json!({
        "value": value,
        "period": {
            "label": year.to_string(), "start": format!("{year}-01-01"), "end": format!("{year}-12-31"),
        },
        "area": { "scheme": "M49", "code": "001" },
        "sourceId": source.id,
        "locator": "Page 10",
    })
}

/// A set of one part.
pub(crate) fn set(statistic: &Doc) -> Value {
    json!({
        "title": "Who is found",
        "subtitle": "Detected victims, world, 2016",
        "parts": [{ "label": "Women", "statisticId": statistic.id }],
    })
}

impl Person {
    /// Writes a campaign.
    pub(crate) async fn writes_campaign(&self) -> Doc {
        self.creates("campaignCreate", campaign()).await
    }

    /// Writes the edition of a year, which follows the campaign's rule unless the input says otherwise.
    pub(crate) async fn writes_edition(&self, campaign: &Doc, year: i32, input: Value) -> Doc {
        let which = json!({ "campaignId": campaign.id, "expectedVersion": campaign.version, "year": year });
        self.does("campaignEditionUpsert", with(which, "input", input)).await
    }

    /// Writes a service.
    pub(crate) async fn writes_service(&self) -> Doc {
        self.creates("serviceCreate", service()).await
    }

    /// Writes a line of a service.
    pub(crate) async fn writes_channel(&self, service: &Doc) -> Doc {
        self.creates("contactChannelCreate", channel(service)).await
    }

    /// Writes a source.
    pub(crate) async fn writes_source(&self) -> Doc {
        self.creates("sourceCreate", source()).await
    }

    /// Writes a statistic whose figure for 2016 is 49, from a source of its own.
    pub(crate) async fn writes_statistic(&self) -> Doc {
        let source = self.writes_source().await;
        self.writes_statistic_from(&source).await
    }

    /// Writes a statistic whose figure for 2016 is 49.
    pub(crate) async fn writes_statistic_from(&self, source: &Doc) -> Doc {
        let statistic = self.creates("statisticCreate", statistic()).await;
        self.writes_figure(&statistic, figure(source, 2016, "49")).await
    }

    /// Writes a figure of a statistic.
    pub(crate) async fn writes_figure(&self, statistic: &Doc, input: Value) -> Doc {
        let which = json!({ "statisticId": statistic.id, "expectedVersion": statistic.version });
        self.does("figureUpsert", with(which, "input", input)).await
    }

    /// The id of a statistic's latest figure, as its draft has it.
    pub(crate) async fn figure_of(&self, statistic: &Doc) -> String {
        let query = "query($id: ID!) { node(id: $id) { ... on Statistic { figure { id } } } }";
        let answer = self.with_drafts().ask_with(query, json!({ "id": statistic.id })).await;
        answer.expect_ok().text("/node/figure/id").to_owned()
    }

    /// Writes a set of one statistic.
    pub(crate) async fn writes_set(&self, statistic: &Doc) -> Doc {
        self.creates("statisticSetCreate", set(statistic)).await
    }
}

/// An object with one more key.
fn with(mut object: Value, key: &str, value: Value) -> Value {
    object[key] = value;
    object
}
