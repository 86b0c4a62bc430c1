//! What is published for everybody, and what is planted beside it for nobody.

use serde_json::{Value, json};

use super::voice::{ALOUD, HIDDEN, Voice, with};
use crate::support::verbs::Doc;
use crate::support::{Person, World};

/// The rooms with pages.
const ROOMS: [&str; 6] = ["posts", "campaigns", "statistics", "services", "topics", "people"];

/// One of each.
#[derive(Clone)]
pub(super) struct Everything {
    pub(super) topic: Doc,
    pub(super) person: Doc,
    pub(super) source: Doc,
    pub(super) service: Doc,
    pub(super) channel: Doc,
    pub(super) statistic: Doc,
    pub(super) set: Doc,
    pub(super) campaign: Doc,
    pub(super) post: Doc,
    /// A post on nothing, and one of the campaign long before its turn.
    bystanders: Vec<Doc>,
}

/// One of each for everybody. From then on it is the day that nobody may hear of.
pub(super) async fn published(world: &World) -> (Person, Everything) {
    let ada = world.editor("ada").await;
    let mut aloud = Everything::written(&ada, ALOUD).await;
    aloud.published(&ada).await;
    let alone = json!({ "title": "Alone", "publishedAt": "2026-08-01T00:00:00Z" });
    let early = json!({
        "title": "Early", "publishedAt": "2019-08-01T00:00:00Z", "campaignIds": [aloud.campaign.id],
    });
    aloud.bystanders = vec![ada.publishes_post(alone).await, ada.publishes_post(early).await];
    let root = world.admin("root").await;
    root.does("siteUpdate", json!({ "input": { "channelIds": [aloud.channel.id] } })).await;
    world.clock.set("2027-03-17T12:00:00Z");
    (ada, aloud)
}

/// One of each that never was published, and changes to all that is.
pub(super) async fn drafted(ada: &Person, aloud: &Everything) -> Everything {
    let hidden = Everything::written(ada, HIDDEN).await;
    let second = |input| with(input, json!({ "slug": "quokka-2" }));
    ada.creates("topicCreate", second(HIDDEN.topic())).await;
    ada.creates("personCreate", second(HIDDEN.person())).await;
    ada.creates("sourceCreate", second(HIDDEN.source())).await;
    let third = json!({ "slug": "quokka-3", "externalReference": "quokka-3" });
    let channel = with(HIDDEN.channel(), HIDDEN.channel_facts(&aloud.service));
    ada.creates("contactChannelCreate", with(channel, third)).await;
    let changed = aloud.changed(ada, &hidden).await;
    let changed = changed.translated(ada, "fa", HIDDEN).await;
    // A translation of the labels took the parts with it.
    let parts = json!({ "parts": HIDDEN.set(&hidden.statistic)["parts"] });
    ada.saves("statisticSetUpdate", &changed.set, parts).await;
    let joins = json!({
        "campaignIds": [aloud.campaign.id], "topicIds": [aloud.topic.id], "authorIds": [aloud.person.id],
        "channelIds": [aloud.channel.id],
    });
    ada.saves("postUpdate", &aloud.bystanders[0], joins).await;
    let moves = json!({ "publishedAt": "2026-08-01T00:00:00Z" });
    ada.saves("postUpdate", &aloud.bystanders[1], moves).await;
    hidden
}

/// Where something hidden could live.
pub(super) fn paths() -> Vec<String> {
    let pages = ROOMS.iter().flat_map(|room| ["quokka", "quokka-2"].map(|slug| format!("/{room}/{slug}")));
    let others = ["/campaigns/quokka/2026", "/campaigns/harbour/2031", "/fa/posts/quokka", "/old/quokka"];
    pages.chain(others.map(str::to_owned)).collect()
}

impl Everything {
    /// Writes one of each, each full of the voice and linked to the others, as drafts.
    pub(super) async fn written(ada: &Person, voice: Voice) -> Self {
        let topic = ada.creates("topicCreate", voice.topic()).await;
        let person = ada.creates("personCreate", voice.person()).await;
        let source = ada.creates("sourceCreate", voice.source()).await;
        let service = ada.creates("serviceCreate", with(voice.service(), voice.service_facts(&topic))).await;
        let channel = with(voice.channel(), voice.channel_facts(&service));
        let channel = ada.creates("contactChannelCreate", channel).await;
        let statistic = with(voice.statistic(), voice.statistic_facts(&topic));
        let statistic = ada.creates("statisticCreate", statistic).await;
        let statistic = figure(ada, &statistic, voice.figure(&source, 2016), "en").await;
        let set = with(voice.set(&statistic), json!({ "externalReference": voice.slug() }));
        let set = ada.creates("statisticSetCreate", set).await;
        let (campaign, post, bystanders) = (topic.clone(), topic.clone(), Vec::new());
        let mut made =
            Self { topic, person, source, service, channel, statistic, set, campaign, post, bystanders };
        let campaign = with(voice.campaign(), voice.campaign_facts(&made.topic, &made));
        made.campaign = ada.creates("campaignCreate", campaign).await;
        made.post = ada.writes_post(with(voice.post(), voice.post_facts(&made.topic, &made))).await;
        let turn = with(voice.edition(&made.channel), voice.edition_facts(2026, &made.post));
        made.campaign = edition(ada, &made.campaign, 2026, turn, "en").await;
        made
    }

    /// Changes all that there is to say, in the hidden voice and towards what is hidden.
    async fn changed(&self, ada: &Person, hidden: &Self) -> Self {
        let own = json!({ "slug": "quokka-2", "externalReference": "quokka-2" });
        let own = |input| with(input, own.clone());
        let service = with(HIDDEN.service(), HIDDEN.service_facts(&hidden.topic));
        let channel = with(HIDDEN.channel(), HIDDEN.channel_facts(&hidden.service));
        let statistic = with(HIDDEN.statistic(), HIDDEN.statistic_facts(&hidden.topic));
        let statistic = ada.saves("statisticUpdate", &self.statistic, own(statistic)).await;
        let campaign = with(HIDDEN.campaign(), HIDDEN.campaign_facts(&hidden.topic, hidden));
        let campaign = ada.saves("campaignUpdate", &self.campaign, own(campaign)).await;
        let turn = |year| with(HIDDEN.edition(&hidden.channel), HIDDEN.edition_facts(year, &hidden.post));
        let campaign = edition(ada, &campaign, 2026, turn(2026), "en").await;
        let post = with(HIDDEN.post(), HIDDEN.post_facts(&hidden.topic, hidden));
        let post = with(own(post), json!({ "oldPaths": ["/old/quokka-2"] }));
        let review = with(
            ALOUD.figure(&self.source, 2016),
            json!({ "caveat": "Quokka", "reviewDueOn": "2027-03-17" }),
        );
        let statistic = figure(ada, &statistic, review, "en").await;
        Self {
            service: ada.saves("serviceUpdate", &self.service, own(service)).await,
            channel: ada.saves("contactChannelUpdate", &self.channel, own(channel)).await,
            statistic: figure(ada, &statistic, HIDDEN.figure(&hidden.source, 2024), "en").await,
            set: ada.saves("statisticSetUpdate", &self.set, own(HIDDEN.set(&hidden.statistic))).await,
            campaign: edition(ada, &campaign, 2031, turn(2031), "en").await,
            post: ada.saves("postUpdate", &self.post, post).await,
            ..self.clone()
        }
    }

    /// Says everything that belongs to a language in that language, in a voice.
    pub(super) async fn translated(&self, ada: &Person, language: &str, voice: Voice) -> Self {
        let say = async |mutation, doc, input| ada.saves_in(language, mutation, doc, input).await;
        let caveat = with(ALOUD.figure(&self.source, 2016), json!({ "caveat": voice.word }));
        let statistic = say("statisticUpdate", &self.statistic, voice.statistic()).await;
        let campaign = say("campaignUpdate", &self.campaign, voice.campaign()).await;
        Self {
            service: say("serviceUpdate", &self.service, voice.service()).await,
            channel: say("contactChannelUpdate", &self.channel, voice.channel()).await,
            statistic: figure(ada, &statistic, caveat, language).await,
            set: say("statisticSetUpdate", &self.set, voice.set(&self.statistic)).await,
            campaign: edition(ada, &campaign, 2026, voice.edition(&self.channel), language).await,
            post: say("postUpdate", &self.post, voice.post()).await,
            ..self.clone()
        }
    }

    /// Links to what is hidden wherever content is linked to content.
    pub(super) async fn linked_to(&self, ada: &Person, hidden: &Self) -> Self {
        let (ours, theirs) = (json!([self.channel.id, hidden.channel.id]), json!([hidden.channel.id]));
        ada.saves("topicUpdate", &self.topic, json!({ "channelIds": theirs })).await;
        let links = json!({ "statisticIds": [hidden.statistic.id, self.statistic.id], "channelIds": ours });
        let campaign = ada.saves("campaignUpdate", &self.campaign, links).await;
        let action = json!({ "kind": "GET_HELP", "label": "Get help", "channelIds": ours });
        let turn = json!({ "postIds": [hidden.post.id, self.post.id], "actions": [action] });
        let links = json!({ "campaignIds": [hidden.campaign.id, self.campaign.id], "channelIds": ours });
        Self {
            campaign: edition(ada, &campaign, 2026, turn, "en").await,
            post: ada.saves("postUpdate", &self.post, links).await,
            ..self.clone()
        }
    }

    /// Publishes all that has drafts.
    pub(super) async fn published(&self, ada: &Person) {
        for content in self.contents() {
            ada.publishes(content).await;
        }
    }

    /// Takes all of it from readers, in all languages or in one.
    pub(super) async fn withdrawn(&self, ada: &Person, languages: Value) {
        let mut contents = self.contents();
        contents.reverse();
        for content in contents {
            let reason = json!({ "id": content.id, "reason": "A mistake", "languages": languages });
            ada.tries("contentWithdraw", reason).await.expect_ok();
        }
    }

    /// Removes it for good.
    pub(super) async fn deleted(&self, ada: &Person) {
        let mut all = self.all();
        all.reverse();
        for doc in all {
            let which = json!({ "id": doc.id, "expectedVersion": doc.version });
            ada.tries("contentDelete", which).await.expect_ok();
        }
    }

    /// Content, in an order in which it can be published.
    fn contents(&self) -> [&Doc; 6] {
        [&self.service, &self.channel, &self.statistic, &self.set, &self.campaign, &self.post]
    }

    /// Everything that has an id.
    pub(super) fn all(&self) -> [&Doc; 9] {
        let [service, channel, statistic, set, campaign, post] = self.contents();
        [&self.topic, &self.person, &self.source, service, channel, statistic, set, campaign, post]
    }
}

/// The ids of what is in the hidden voice: documents, editions and figures.
pub(super) async fn ids(ada: &Person, hidden: &Everything) -> Vec<String> {
    let parts = r#"{
        a: statistic(slug: "quokka") { figure { id } }
        b: statistic(slug: "quokka-2") { figure(period: "2024", area: { scheme: ISO3166_1, code: "NZ" }) { id } }
        c: campaign(slug: "quokka") { edition(year: 2026) { id } }
        d: campaign(slug: "quokka-2") { edition(year: 2031) { id } }
    }"#;
    let parts = ada.with_drafts().ask(parts).await.expect_ok();
    let parts = ["/a/figure/id", "/b/figure/id", "/c/edition/id", "/d/edition/id"]
        .into_iter()
        .filter_map(|id| parts.json["data"].pointer(id)?.as_str());
    hidden.all().map(|doc| doc.id.as_str()).into_iter().chain(parts).map(str::to_owned).collect()
}

async fn figure(ada: &Person, statistic: &Doc, input: Value, language: &str) -> Doc {
    let (id, version) = (&statistic.id, statistic.version);
    let at = json!({ "statisticId": id, "expectedVersion": version, "input": input, "language": language });
    ada.does("figureUpsert", at).await
}

async fn edition(ada: &Person, campaign: &Doc, year: i32, input: Value, language: &str) -> Doc {
    let (id, version) = (&campaign.id, campaign.version);
    let at = json!({ "campaignId": id, "expectedVersion": version, "year": year, "input": input, "language": language });
    ada.does("campaignEditionUpsert", at).await
}
