//! One of everything that a text can refer to.

use serde_json::{Value, json};

use crate::support::verbs::Doc;
use crate::support::{Person, drafts};

/// All that there is to know of the text of a post.
pub(crate) const TEXT: &str = "{ posts(first: 2) { nodes { body { markdown html plainText
    headings { anchor level html }
    blocks { __typename html plainText
        ... on ParagraphBlock { spans { ...Span } } ... on HeadingBlock { level anchor spans { ...Span } }
        ... on ListBlock { ordered items { spans { ...Span } list { ordered items { spans { ...Span } } } } }
        ... on QuoteBlock { spans { ...Span } }
        ... on TableBlock { header { align spans { ...Span } } rows { align spans { ...Span } } }
        ... on StatisticBlock { statistic { name } figure { formatted } } ... on ChartBlock { statisticSet { title } }
        ... on ContactBlock { channel { label display } } ... on ServiceBlock { service { name } }
        ... on CampaignBlock { campaign { name } } ... on PostBlock { post { title } } } } } } }
    fragment Span on Span { text marks href language figure { formatted } target { __typename ... on Content { title } } }";

/// A post with a text.
pub(crate) fn body(text: &str) -> Value {
    json!({ "title": "With references", "body": text })
}

/// One of everything that a text can refer to.
pub(crate) struct Shelf {
    pub(crate) source: Doc,
    pub(crate) statistic: Doc,
    pub(crate) set: Doc,
    pub(crate) service: Doc,
    pub(crate) channel: Doc,
    pub(crate) campaign: Doc,
    pub(crate) post: Doc,
}

impl Shelf {
    /// Writes and publishes it: `women-share`, `who-is-found`, `safe-team`, `safe-line`, `world-day`, `sleep`.
    pub(crate) async fn published(ada: &Person) -> Self {
        let source = ada.writes_source().await;
        let mut input = drafts::statistic();
        input["slug"] = "women-share".into();
        input["statement"] = "{ $value } of detected victims were women".into();
        let statistic = ada.creates("statisticCreate", input).await;
        let statistic = ada.writes_figure(&statistic, drafts::figure(&source, 2016, "49")).await;
        let statistic = ada.publishes(&statistic).await;
        let set = ada.publishes(&ada.writes_set(&statistic).await).await;
        let service = ada.publishes(&ada.writes_service().await).await;
        let channel = ada.publishes(&ada.writes_channel(&service).await).await;
        let campaign = ada.publishes(&ada.writes_campaign().await).await;
        let post = json!({ "title": "Sleep", "publishedAt": "2019-01-01T00:00:00Z" });
        let post = ada.publishes_post(post).await;
        Self { source, statistic, set, service, channel, campaign, post }
    }

    /// A figure from its source.
    pub(crate) fn figure(&self, year: i32, value: &str) -> Value {
        drafts::figure(&self.source, year, value)
    }

    /// Publishes one more statistic, `second`.
    pub(crate) async fn second_statistic(&self, ada: &Person) -> Doc {
        let mut input = drafts::statistic();
        input["name"] = "Second".into();
        let statistic = ada.creates("statisticCreate", input).await;
        ada.publishes(&ada.writes_figure(&statistic, self.figure(2016, "7")).await).await
    }

    /// Takes all of it from readers.
    pub(crate) async fn withdrawn(&self, ada: &Person) {
        for doc in [&self.set, &self.statistic, &self.channel, &self.service, &self.campaign, &self.post] {
            ada.withdraws(doc, "A mistake").await;
        }
    }

    /// Changes all of it, and publishes nothing.
    pub(crate) async fn changed_in_drafts(&self, ada: &Person) {
        let statistic = ada.writes_figure(&self.statistic, self.figure(2031, "77")).await;
        ada.saves("statisticUpdate", &statistic, json!({ "name": "Quokka", "statement": "{ $value } of Quokka" })).await;
        ada.saves("statisticSetUpdate", &self.set, json!({ "title": "Quokka" })).await;
        ada.saves("serviceUpdate", &self.service, json!({ "name": "Quokka" })).await;
        ada.saves("contactChannelUpdate", &self.channel, json!({ "label": "Quokka", "value": "01632 960777" })).await;
        ada.saves("campaignUpdate", &self.campaign, json!({ "name": "Quokka", "slug": "quokka" })).await;
        ada.saves("postUpdate", &self.post, json!({ "title": "Quokka" })).await;
    }
}
