//! Statements: how much is asked of the database does not depend on how much there is.

use serde_json::{Value, json};

use super::canary;
use super::support::verbs::Doc;
use super::support::{Answer, Person, World, drafts, walk};

specs! {
    in_a_world {
        posts_with_authors_topics_and_campaigns,
        campaigns_with_posts_and_statistics,
        channels_with_services,
        sets_with_parts_and_figures,
        nodes_of_mixed_kinds,
        contents_of_all_kinds,
        posts_of_topics_in_several_languages,
        editions_with_posts_and_channels,
        a_count_takes_one_statement_more,
        drafts_with_editorial_state,
        no_question_takes_more_statements_where_lists_are_longer,
        a_field_alone_says_what_it_says_among_others,
        a_field_says_in_fragments_what_it_says_without,
    }
}

/// Some of everything, linked to each other.
#[derive(Default)]
struct Shelf {
    topics: Vec<String>,
    people: Vec<String>,
    services: Vec<String>,
    channels: Vec<String>,
    statistics: Vec<String>,
    sets: Vec<String>,
    campaigns: Vec<String>,
    posts: Vec<String>,
    parts: Vec<String>,
}

async fn posts_with_authors_topics_and_campaigns(world: &World) {
    let ada = world.editor("ada").await;
    let question =
        "{ posts(first: 20) { nodes { title authors { name } topics { name } campaigns { name } } } }";
    let mut shelf = Shelf::default();
    shelf.grow(&ada, 2).await;
    let few = world.reader().ask(question).await.expect_ok();

    shelf.grow(&ada, 18).await;

    let many = world.reader().ask(question).await.expect_ok();
    assert_eq!((length(&few, "/posts/nodes"), length(&many, "/posts/nodes")), (2, 20));
    assert_eq!(length(&many, "/posts/nodes/0/authors"), 2);
    // The posts, and the names of all that they link to.
    assert_eq!((few.statements, many.statements), (2, 2));
}

async fn campaigns_with_posts_and_statistics(world: &World) {
    let ada = world.editor("ada").await;
    let question = "{ campaigns(first: 10) { nodes { name posts(first: 5) { nodes { title } }
        statistics { name figure { value source { title } } figures(first: 5) { nodes { value source { title } } } } } } }";
    let mut shelf = Shelf::default();
    shelf.grow(&ada, 2).await;
    let few = world.reader().ask(question).await.expect_ok();

    shelf.grow(&ada, 10).await;

    let many = world.reader().ask(question).await.expect_ok();
    assert_eq!((length(&few, "/campaigns/nodes"), length(&many, "/campaigns/nodes")), (2, 10));
    assert_eq!(length(&many, "/campaigns/nodes/0/posts/nodes"), 5);
    assert_eq!(length(&many, "/campaigns/nodes/0/statistics/0/figures/nodes"), 2);
    assert_eq!((few.statements, many.statements), (6, 6));
}

async fn channels_with_services(world: &World) {
    let ada = world.editor("ada").await;
    let question = "{ contactChannels(first: 50) { nodes { label languages { language } service { name topics { name } } } } }";
    let mut shelf = Shelf::default();
    shelf.grow(&ada, 2).await;
    let few = world.reader().ask(question).await.expect_ok();

    shelf.grow(&ada, 48).await;

    let many = world.reader().ask(question).await.expect_ok();
    assert_eq!((length(&few, "/contactChannels/nodes"), length(&many, "/contactChannels/nodes")), (2, 50));
    assert_eq!((few.statements, many.statements), (4, 4));
}

async fn sets_with_parts_and_figures(world: &World) {
    let ada = world.editor("ada").await;
    let question = "{ statisticSets(first: 20) { nodes { title total parts { label statistic { name }
        figure { value source { title } corrections { reason } } } } } }";
    let mut shelf = Shelf::default();
    shelf.grow(&ada, 2).await;
    let few = world.reader().ask(question).await.expect_ok();

    shelf.grow(&ada, 18).await;

    let many = world.reader().ask(question).await.expect_ok();
    assert_eq!((length(&few, "/statisticSets/nodes"), length(&many, "/statisticSets/nodes")), (2, 20));
    assert_eq!(length(&many, "/statisticSets/nodes/3/parts"), 2);
    assert_eq!((few.statements, many.statements), (6, 6));
}

async fn nodes_of_mixed_kinds(world: &World) {
    let ada = world.editor("ada").await;
    let mut shelf = Shelf::default();
    shelf.grow(&ada, 1).await;
    let few = world.reader().ask_with(NODES, json!({ "ids": shelf.ids() })).await.expect_ok();

    shelf.grow(&ada, 9).await;

    let many = world.reader().ask_with(NODES, json!({ "ids": shelf.ids() })).await.expect_ok();
    assert_eq!((length(&few, "/nodes"), length(&many, "/nodes")), (10, 100));
    assert!(!many.data("/nodes").as_array().expect("a list").contains(&Value::Null));
    assert_eq!((few.statements, many.statements), (14, 14));
}

const NODES: &str = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id
    ... on Content { title } ... on Topic { name } ... on Person { name }
    ... on CampaignEdition { campaign { name } } ... on Figure { source { title } statistic { name } } } }";

async fn contents_of_all_kinds(world: &World) {
    let ada = world.editor("ada").await;
    let question = "{ contents(first: 1000) { nodes { id title path translations { path } } } }";
    let mut shelf = Shelf::default();
    shelf.grow(&ada, 1).await;
    let few = world.reader().ask(question).await.expect_ok();

    shelf.grow(&ada, 9).await;

    let many = world.reader().ask(question).await.expect_ok();
    assert_eq!((length(&few, "/contents/nodes"), length(&many, "/contents/nodes")), (6, 60));
    assert_eq!((few.statements, many.statements), (8, 8));
}

async fn posts_of_topics_in_several_languages(world: &World) {
    let ada = world.editor("ada").await;
    let question = r#"{
        topics(first: 20, languages: ["cy"]) { nodes { name posts(first: 3) { totalCount nodes { title translations { title } } } } }
        people(first: 20, languages: ["fa"]) { nodes { name posts(first: 3) { totalCount nodes { title } } } }
    }"#;
    let mut shelf = Shelf::default();
    shelf.grow(&ada, 2).await;
    let few = world.reader().ask(question).await.expect_ok();

    shelf.grow(&ada, 10).await;

    let many = world.reader().ask(question).await.expect_ok();
    assert_eq!((length(&few, "/topics/nodes"), length(&many, "/topics/nodes")), (2, 12));
    assert_eq!((few.statements, many.statements), (7, 7));
}

async fn editions_with_posts_and_channels(world: &World) {
    let ada = world.editor("ada").await;
    let question = "{ campaigns(first: 20) { nodes { editions { theme goals { metric } shareMessages { text }
        actions { label channels { label } } posts(first: 3) { nodes { title } } } edition { theme } } } }";
    let mut shelf = Shelf::default();
    shelf.grow(&ada, 2).await;
    let few = world.reader().ask(question).await.expect_ok();

    shelf.grow(&ada, 10).await;

    let many = world.reader().ask(question).await.expect_ok();
    assert_eq!(length(&many, "/campaigns/nodes"), 12);
    assert_eq!(length(&many, "/campaigns/nodes/0/editions/0/actions/0/channels"), 1);
    // Channels whose service is closed are left out, which the services know.
    assert_eq!((few.statements, many.statements), (6, 6));
}

async fn a_count_takes_one_statement_more(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_posts(3, json!({})).await;

    let page = world.reader().ask("{ posts(first: 1) { nodes { title } } }").await.expect_ok();
    let counted = world.reader().ask("{ posts(first: 1) { nodes { title } totalCount } }").await.expect_ok();

    assert_eq!((page.statements, counted.statements), (1, 2));
}

async fn drafts_with_editorial_state(world: &World) {
    let ada = world.editor("ada").await;
    let question =
        "{ posts(first: 20) { nodes { title editorial { status reviewNote approvals { kind } version savedBy { name } createdBy { name }
        translations { language isPublished isOutdated } } } } }";
    let mut shelf = Shelf::default();
    shelf.grow(&ada, 2).await;
    let few = ada.with_drafts().ask(question).await.expect_ok();

    shelf.grow(&ada, 10).await;

    let many = ada.with_drafts().ask(question).await.expect_ok();
    assert_eq!((length(&few, "/posts/nodes"), length(&many, "/posts/nodes")), (2, 12));
    assert_eq!((few.statements, many.statements), (7, 7));
}

/// Every field of every list, two relations on: asked from the schema, as the canary is looked for.
async fn no_question_takes_more_statements_where_lists_are_longer(world: &World) {
    let ada = world.editor("ada").await;
    let mut shelf = Shelf::default();
    shelf.grow(&ada, 2).await;
    let few = statements(&world.reader()).await;

    shelf.grow(&ada, 6).await;

    let many = statements(&world.reader()).await;
    assert_eq!(grown(&few, &many), [""; 0]);
}

/// How many statements each question takes.
async fn statements(reader: &Person) -> Vec<(String, u32)> {
    let mut taken = Vec::new();
    let is_for_readers =
        |question: &walk::Question| !walk::NOT_FOR_READERS.contains(&question.field.as_str());
    for question in walk::questions(2).into_iter().filter(is_for_readers) {
        let answer = reader.ask(&question.document).await.expect_ok();
        taken.push((question.document, answer.statements));
    }
    taken
}

/// The questions that took more than before.
fn grown(before: &[(String, u32)], after: &[(String, u32)]) -> Vec<String> {
    let pairs = before.iter().zip(after).filter(|((_, before), (_, after))| after > before);
    pairs.map(|((question, before), (_, after))| format!("{before} became {after}: {question}")).collect()
}

/// How long the list at a pointer is.
#[track_caller]
fn length(answer: &Answer, pointer: &str) -> usize {
    answer.data(pointer).as_array().map_or(0, Vec::len)
}

/// What a question does not name is not read; the settings of the site are what makes it read everything.
async fn a_field_alone_says_what_it_says_among_others(world: &World) {
    canary::one_of_each_is_published(world).await;
    let reader = world.reader();
    let is_for_readers =
        |question: &walk::Question| !walk::NOT_FOR_READERS.contains(&question.field.as_str());

    // The walk asks for texts with all that is made of them.
    let bodies = ["posts", "campaigns", "services"].map(|field| walk::Question {
        field: field.to_owned(),
        document: format!("{{ {field}(first: 50) {{ nodes {{ body {{ markdown }} }} }} }}"),
    });

    for walk::Question { field, document } in walk::alone().into_iter().chain(bodies).filter(is_for_readers) {
        let alone = reader.ask(&document).await.expect_ok();
        let among = reader.ask(&document.replacen('{', "{ site { name } ", 1)).await.expect_ok();

        let pointer = format!("/{field}");
        assert_eq!(alone.data(&pointer), among.data(&pointer), "{document}");
    }
}

async fn a_field_says_in_fragments_what_it_says_without(world: &World) {
    Shelf::default().grow(&world.editor("ada").await, 3).await;
    let reader = world.reader();
    let whole = "{ posts { nodes { __typename id title authors { name slug } topics { name } } } }";
    let told = reader.ask(whole).await.expect_ok();
    assert_eq!(length(&told, "/posts/nodes/0/authors"), 2);

    for document in [
        "{ posts { nodes { ...Head ...Links } } } fragment Head on Post { __typename id title }
         fragment Links on Post { id title authors { name slug } topics { name } }",
        "{ posts { nodes { ...Head id authors { slug } } } }
         fragment Head on Post { __typename id title ... on Post { authors { name } } ... { topics { name } } }",
        "{ posts { nodes { ... on Node { __typename id } ... on Content { title } authors { name slug } topics { name } } } }",
        "{ posts { nodes { __typename @include(if: true) id title ... @skip(if: false) { authors { name slug } } topics { name }
           summary @skip(if: true) ... @include(if: false) { slug } } } }",
    ] {
        let in_fragments = reader.ask(document).await.expect_ok();

        assert_eq!(in_fragments.data("/posts"), told.data("/posts"), "{document}");
        assert_eq!(in_fragments.statements, told.statements, "{document}");
    }
}

impl Shelf {
    /// Adds some of everything and publishes it. Each is linked to the newest two of every other kind.
    async fn grow(&mut self, ada: &Person, count: usize) {
        for _ in 0..count {
            self.add(ada).await;
        }
    }

    async fn add(&mut self, ada: &Person) {
        let number = self.posts.len();
        let name = format!("Number {number}");
        let topic =
            ada.creates("topicCreate", json!({ "name": name, "channelIds": newest(&self.channels) })).await;
        self.topics.push(topic.id);
        self.people.push(ada.creates("personCreate", json!({ "name": name })).await.id);
        let service = json!({ "name": name, "topicIds": newest(&self.topics) });
        let service = ada.publishes(&ada.creates("serviceCreate", service).await).await;
        let channel = ada.creates("contactChannelCreate", drafts::channel(&service)).await;
        self.services.push(service.id);
        self.channels.push(ada.publishes(&channel).await.id);
        let statistic = self.statistic(ada, number).await;
        self.statistics.push(statistic.id.clone());
        let parts =
            newest(&self.statistics).into_iter().map(|id| json!({ "label": "Part", "statisticId": id }));
        let set = json!({ "title": name, "subtitle": name, "parts": parts.collect::<Vec<_>>() });
        self.sets.push(ada.publishes(&ada.creates("statisticSetCreate", set).await).await.id);
        let links = json!({
            "topicIds": newest(&self.topics), "statisticIds": newest(&self.statistics),
            "channelIds": newest(&self.channels), "name": name, "observance": drafts::campaign()["observance"],
        });
        let campaign = self.edition(ada, &ada.creates("campaignCreate", links).await).await;
        self.campaigns.push(ada.publishes(&campaign).await.id);
        let links = json!({
            "title": name, "topicIds": newest(&self.topics), "authorIds": newest(&self.people),
            "campaignIds": self.campaigns, "channelIds": newest(&self.channels),
        });
        let post = ada.writes_post(links).await;
        let post =
            ada.saves_in("cy", "postUpdate", &post, json!({ "title": format!("Rhif {number}") })).await;
        self.posts.push(ada.publishes(&post).await.id);
    }

    async fn statistic(&mut self, ada: &Person, number: usize) -> Doc {
        let source = json!({ "title": format!("Report {number}"), "publisher": "Us", "kind": "SURVEY" });
        let source = ada.creates("sourceCreate", source).await;
        let statistic = drafts::statistic();
        let statistic = ada.creates("statisticCreate", statistic).await;
        let statistic = ada.writes_figure(&statistic, drafts::figure(&source, 2016, "49")).await;
        let statistic = ada.writes_figure(&statistic, drafts::figure(&source, 2018, "46")).await;
        self.parts.push(ada.figure_of(&statistic).await);
        ada.publishes(&statistic).await
    }

    async fn edition(&mut self, ada: &Person, campaign: &Doc) -> Doc {
        let words = json!({
            "theme": "Act", "postIds": newest(&self.posts),
            "actions": [{ "kind": "GET_HELP", "label": "Get help", "channelIds": [self.channels.last()] }],
            "shareMessages": [{ "network": "X", "text": "Act" }],
            "goals": [{ "metric": "cups", "target": 10, "current": 1, "asOf": "2026-07-01T00:00:00Z" }],
        });
        let campaign = ada.writes_edition(campaign, 2026, words).await;
        let edition = "query($id: ID!) { node(id: $id) { ... on Campaign { edition(year: 2026) { id } } } }";
        let answer = ada.with_drafts().ask_with(edition, json!({ "id": campaign.id })).await.expect_ok();
        self.parts.push(answer.text("/node/edition/id").to_owned());
        campaign
    }

    /// The ids of all of it.
    fn ids(&self) -> Vec<&String> {
        let content =
            [&self.services, &self.channels, &self.statistics, &self.sets, &self.campaigns, &self.posts];
        let others = [&self.topics, &self.people, &self.parts];
        content.into_iter().chain(others).flatten().collect()
    }
}

/// The last two.
fn newest(ids: &[String]) -> Vec<&String> {
    ids.iter().rev().take(2).collect()
}
