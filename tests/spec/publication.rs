//! Publishing, withdrawing and deleting: what readers see of it, and when nothing moves for them.

pub(crate) mod languages;

use serde_json::{Value, json};

use super::support::drafts::figure;
use super::support::verbs::Doc;
use super::support::{Person, World};

specs! {
    in_a_world {
        what_is_written_and_not_published_moves_nothing,
        deleting_a_draft_that_was_never_published_moves_nothing,
        deleting_what_was_taken_down_is_told_to_whoever_heard_of_it,
        taking_down_what_is_not_up_moves_nothing,
        a_refused_publication_moves_nothing,
        each_change_that_readers_see_raises_the_content_version,
        a_post_gets_the_date_of_its_first_publication,
        an_imported_post_keeps_its_date,
        a_channel_is_published_after_its_service,
        a_set_is_published_after_its_statistics,
        a_withdrawn_service_takes_its_channels_along,
        a_channel_comes_back_when_it_is_published_again,
        a_set_leaves_out_a_statistic_that_was_withdrawn,
        what_something_published_refers_to_is_in_use,
        what_uses_something_is_named,
        what_a_draft_cannot_be_without_is_in_use,
        the_links_of_drafts_go_with_what_is_deleted,
        taking_down_is_never_refused_by_a_version,
        taking_down_needs_a_reason,
        a_withdrawn_path_is_gone_and_a_renamed_one_has_moved,
        topics_people_and_sources_are_not_published,
        the_status_tells_where_a_post_stands,
        settings_that_stay_as_they_are_move_nothing,
    }
}

/// What readers see of everything, word for word.
async fn public_face(world: &World) -> String {
    let everything = "{
      site { contentVersion organisation { name } channels { label } }
      contents(first: 1000) { totalCount nodes { cacheKey title slug path updatedAt translations { language path } } }
      posts { nodes { summary body { html } publishedAt authors { name } topics { name } channels { display } } }
      campaigns { nodes { summary editions { year theme startsOn goals { current } } statistics { name } } }
      statistics { nodes { definition figures { nodes { value caveat } totalCount } } }
      statisticSets { nodes { total parts { label } } }
      services { nodes { summary channels { display } } }
      topics { nodes { name description } } people { nodes { name } } sources { nodes { title } }
    }";
    world.reader().in_languages("en,cy").ask(everything).await.expect_ok().body
}

async fn content_version(world: &World) -> i64 {
    let answer = world.reader().ask("{ site { contentVersion } }").await.expect_ok();
    answer.data("/site/contentVersion").as_i64().expect("it is a number")
}

/// One of each kind, published.
struct Published {
    post: Doc,
    campaign: Doc,
    statistic: Doc,
    set: Doc,
    service: Doc,
    channel: Doc,
    topic: Doc,
    person: Doc,
    source: Doc,
}

async fn publishes_one_of_each(ada: &Person) -> Published {
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    let person = ada.creates("personCreate", json!({ "name": "Rosa" })).await;
    let source = ada.writes_source().await;
    let service = ada.publishes(&ada.writes_service().await).await;
    let channel = ada.publishes(&ada.writes_channel(&service).await).await;
    let statistic = ada.publishes(&ada.writes_statistic_from(&source).await).await;
    let set = ada.publishes(&ada.writes_set(&statistic).await).await;
    let campaign = ada.writes_campaign().await;
    let goal = json!({ "metric": "signatures", "target": 10, "current": 0, "asOf": "2026-07-01T09:00:00Z" });
    let campaign = ada.writes_edition(&campaign, 2026, json!({ "goals": [goal] })).await;
    let campaign = ada.publishes(&campaign).await;
    let links = json!({ "title": "A day", "topicIds": [topic.id], "authorIds": [person.id],
        "campaignIds": [campaign.id], "channelIds": [channel.id] });
    let post = ada.publishes_post(links).await;
    Published { post, campaign, statistic, set, service, channel, topic, person, source }
}

async fn what_is_written_and_not_published_moves_nothing(world: &World) {
    let ada = world.editor("ada").await;
    let there = publishes_one_of_each(&ada).await;
    let before = public_face(world).await;
    world.clock.advance(5);

    ada.saves("postUpdate", &there.post, json!({ "title": "New", "slug": "new", "topicIds": null })).await;
    ada.saves_in("cy", "campaignUpdate", &there.campaign, json!({ "name": "Diwrnod" })).await;
    ada.writes_figure(&there.statistic, figure(&there.source, 2018, "46")).await;
    ada.saves("statisticSetUpdate", &there.set, json!({ "title": "New", "isComplete": true })).await;
    ada.saves("serviceUpdate", &there.service, json!({ "name": "New", "status": "DEFUNCT" })).await;
    ada.saves("contactChannelUpdate", &there.channel, json!({ "value": "01632 960999" })).await;
    ada.creates("topicCreate", json!({ "name": "Nothing published is on it" })).await;
    ada.creates("personCreate", json!({ "name": "Nobody's author" })).await;
    ada.creates("sourceCreate", json!({ "title": "Unused", "publisher": "Us", "kind": "OTHER" })).await;
    ada.writes_post(json!({ "title": "A draft", "topicIds": [there.topic.id] })).await;

    assert_eq!(public_face(world).await, before);
}

async fn deleting_a_draft_that_was_never_published_moves_nothing(world: &World) {
    let ada = world.editor("ada").await;
    let there = publishes_one_of_each(&ada).await;
    let draft = ada.writes_post(json!({ "title": "A draft", "topicIds": [there.topic.id] })).await;
    let topic = ada.creates("topicCreate", json!({ "name": "Nothing is on it" })).await;
    let before = public_face(world).await;

    ada.tries("contentDelete", draft.named()).await.expect_ok();
    ada.tries("contentDelete", topic.named()).await.expect_ok();

    assert_eq!(public_face(world).await, before);
    let gone = ada
        .with_drafts()
        .ask_with("query($id: ID!) { node(id: $id) { id } }", json!({ "id": draft.id }))
        .await;
    assert_eq!(gone.expect_ok().data("/node"), &json!(null));
}

async fn deleting_what_was_taken_down_is_told_to_whoever_heard_of_it(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "A day" })).await;
    ada.withdraws(&post, "The partner asked for it").await;
    let before = content_version(world).await;

    ada.tries("contentDelete", post.named()).await.expect_ok();

    assert_eq!(content_version(world).await, before + 1);
    let ask = r#"{ resolve(path: "/posts/a-day") { status } changes { nodes { kind } } }"#;
    let answer = world.reader().ask(ask).await.expect_ok();
    assert_eq!(answer.data("/resolve/status"), 410);
    assert_eq!(answer.data("/changes/nodes"), &json!([{ "kind": "DELETED" }]));
}

async fn taking_down_what_is_not_up_moves_nothing(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "A day" })).await;
    ada.withdraws(&post, "The partner asked for it").await;
    let draft = ada.writes_post(json!({ "title": "A draft" })).await;
    let before = public_face(world).await;

    ada.withdraws(&post, "To be sure").await;
    ada.withdraws(&draft, "To be sure").await;

    assert_eq!(public_face(world).await, before);
}

async fn a_refused_publication_moves_nothing(world: &World) {
    let ada = world.editor("ada").await;
    let there = publishes_one_of_each(&ada).await;
    let before = public_face(world).await;
    let publication =
        |languages: Value| json!({ "id": there.post.id, "expectedVersion": 1, "languages": languages });

    let unknown = ada.tries("contentPublish", publication(json!(["en", "cy"]))).await;
    let none = ada.tries("contentPublish", publication(json!([]))).await;

    assert_eq!(unknown.user_errors(), ["NOT_FOUND languages.1"]);
    assert_eq!(none.user_errors(), ["REQUIRED languages"]);
    assert_eq!(public_face(world).await, before);
}

async fn each_change_that_readers_see_raises_the_content_version(world: &World) {
    let ada = world.editor("ada").await;
    let root = world.admin("root").await;
    let there = publishes_one_of_each(&ada).await;
    let mut versions = vec![content_version(world).await];
    let figure = ada.figure_of(&there.statistic).await;
    let goal = json!({ "campaignId": there.campaign.id, "year": 2026, "metric": "signatures", "current": 1,
        "asOf": "2026-07-01T09:00:00Z" });
    let correction = json!({ "figureId": figure, "expectedVersion": there.statistic.version,
        "value": "48", "reason": "A misprint" });

    ada.publishes(&there.post).await;
    versions.push(content_version(world).await);
    ada.does("campaignGoalRecord", goal).await;
    versions.push(content_version(world).await);
    ada.does("figureCorrect", correction).await;
    versions.push(content_version(world).await);
    ada.saves("topicUpdate", &there.topic, json!({ "name": "Slavery" })).await;
    versions.push(content_version(world).await);
    ada.saves("personUpdate", &there.person, json!({ "name": "Rosa L" })).await;
    versions.push(content_version(world).await);
    ada.saves("sourceUpdate", &there.source, json!({ "licence": "CC BY" })).await;
    versions.push(content_version(world).await);
    root.tries("siteUpdate", json!({ "input": { "organisationName": "The Trust" } })).await.expect_ok();
    versions.push(content_version(world).await);
    ada.withdraws(&there.post, "The partner asked for it").await;
    versions.push(content_version(world).await);
    ada.tries("contentDelete", there.set.named()).await.expect_ok();
    versions.push(content_version(world).await);

    assert!(versions.is_sorted_by(|earlier, later| earlier < later), "{versions:?}");
}

async fn a_post_gets_the_date_of_its_first_publication(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    world.clock.set("2026-07-02T10:00:00Z");
    ada.publishes(&post).await;

    world.clock.set("2026-07-09T10:00:00Z");
    ada.publishes(&post).await;

    let answer = world.reader().ask(r#"{ post(slug: "a-day") { publishedAt updatedAt } }"#).await.expect_ok();
    let expected = json!({ "publishedAt": "2026-07-02T10:00:00Z", "updatedAt": "2026-07-09T10:00:00Z" });
    assert_eq!(answer.data("/post"), &expected);
}

async fn an_imported_post_keeps_its_date(world: &World) {
    let ada = world.editor("ada").await;
    let input =
        json!({ "title": "A day", "publishedAt": "2019-07-30T08:00:00Z", "oldPaths": ["/news/2019/07/30"] });

    ada.publishes_post(input).await;

    let query = r#"{ post(slug: "a-day") { publishedAt } resolve(path: "/news/2019/07/30") { status canonicalPath } }"#;
    let answer = world.reader().ask(query).await.expect_ok();
    assert_eq!(answer.data("/post/publishedAt"), "2019-07-30T08:00:00Z");
    assert_eq!(answer.data("/resolve"), &json!({ "status": 301, "canonicalPath": "/posts/a-day" }));
}

async fn a_channel_is_published_after_its_service(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.writes_service().await;
    let channel = ada.writes_channel(&service).await;

    let too_early = ada.tries("contentPublish", channel.named()).await;
    ada.publishes(&service).await;
    ada.publishes(&channel).await;

    assert_eq!(too_early.user_errors(), ["NOT_ALLOWED_IN_STATE id"]);
    let answer =
        world.reader().ask("{ contactChannels { nodes { label service { name } } } }").await.expect_ok();
    let shown = json!([{ "label": "Safe line", "service": { "name": "Safe team" } }]);
    assert_eq!(answer.data("/contactChannels/nodes"), &shown);
}

async fn a_set_is_published_after_its_statistics(world: &World) {
    let ada = world.editor("ada").await;
    let statistic = ada.writes_statistic().await;
    let set = ada.writes_set(&statistic).await;

    let too_early = ada.tries("contentPublish", set.named()).await;
    ada.publishes(&statistic).await;
    ada.publishes(&set).await;

    assert_eq!(too_early.user_errors(), ["NOT_ALLOWED_IN_STATE id"]);
    let answer = world.reader().ask("{ statisticSets { nodes { total } } }").await.expect_ok();
    assert_eq!(answer.data("/statisticSets/nodes"), &json!([{ "total": "49" }]));
}

async fn a_withdrawn_service_takes_its_channels_along(world: &World) {
    let ada = world.editor("ada").await;
    let there = publishes_one_of_each(&ada).await;

    ada.withdraws(&there.service, "It closed").await;

    let query =
        "{ services { totalCount } contactChannels { totalCount } posts { nodes { channels { label } } } }";
    let answer = world.reader().ask(query).await.expect_ok();
    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "services": {
          "totalCount": 0
        },
        "contactChannels": {
          "totalCount": 0
        },
        "posts": {
          "nodes": [
            {
              "channels": []
            }
          ]
        }
      }
    }
    "#);
    let status = ada.reads(&there.channel, "... on ContactChannel { editorial { status } }").await;
    assert_eq!(status.data("/node/editorial/status"), "WITHDRAWN");
}

async fn a_channel_comes_back_when_it_is_published_again(world: &World) {
    let ada = world.editor("ada").await;
    let there = publishes_one_of_each(&ada).await;
    ada.withdraws(&there.service, "It closed").await;

    ada.publishes(&there.service).await;
    let alone = world.reader().ask("{ contactChannels { totalCount } }").await.expect_ok();
    ada.publishes(&there.channel).await;

    assert_eq!(alone.data("/contactChannels/totalCount"), 0);
    let both = world.reader().ask("{ services { nodes { channels { label } } } }").await.expect_ok();
    assert_eq!(both.data("/services/nodes"), &json!([{ "channels": [{ "label": "Safe line" }] }]));
}

async fn a_set_leaves_out_a_statistic_that_was_withdrawn(world: &World) {
    let ada = world.editor("ada").await;
    let there = publishes_one_of_each(&ada).await;

    ada.withdraws(&there.statistic, "It is wrong").await;

    let query = "{ statisticSets { nodes { title total isComplete parts { label } } } }";
    let answer = world.reader().ask(query).await.expect_ok();
    let empty = json!([{ "title": "Who is found", "total": null, "isComplete": false, "parts": [] }]);
    assert_eq!(answer.data("/statisticSets/nodes"), &empty);
}

async fn what_something_published_refers_to_is_in_use(world: &World) {
    let ada = world.editor("ada").await;
    let there = publishes_one_of_each(&ada).await;

    let topic = ada.tries("contentDelete", there.topic.named()).await;
    let person = ada.tries("contentDelete", there.person.named()).await;
    let source = ada.tries("contentDelete", there.source.named()).await;
    let campaign = ada.tries("contentDelete", there.campaign.named()).await;
    let channel = ada.tries("contentDelete", there.channel.named()).await;
    let service = ada.tries("contentDelete", there.service.named()).await;
    let statistic = ada.tries("contentDelete", there.statistic.named()).await;

    assert_eq!(topic.user_errors(), ["IN_USE id"]);
    assert_eq!(person.user_errors(), ["IN_USE id"]);
    assert_eq!(source.user_errors(), ["IN_USE id"]);
    assert_eq!(campaign.user_errors(), ["IN_USE id"]);
    assert_eq!(channel.user_errors(), ["IN_USE id"]);
    assert_eq!(service.user_errors(), ["IN_USE id"]);
    assert_eq!(statistic.user_errors(), ["IN_USE id"]);
}

async fn what_uses_something_is_named(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Sleep" })).await;
    ada.publishes_posts(12, json!({ "topicIds": [topic.id] })).await;

    let refused = ada.tries("contentDelete", topic.named()).await;

    let message = refused.text("/contentDelete/userErrors/0/message");
    assert!(message.starts_with("This is in use: “Post number 1”, “Post number 2”, "), "{message}");
    assert!(message.ends_with("“Post number 10” and 2 more. Change or withdraw that first."), "{message}");
}

async fn what_a_draft_cannot_be_without_is_in_use(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let statistic = ada.writes_statistic_from(&source).await;
    ada.writes_set(&statistic).await;
    let service = ada.writes_service().await;
    ada.writes_channel(&service).await;

    let of_source = ada.tries("contentDelete", source.named()).await;
    let of_statistic = ada.tries("contentDelete", statistic.named()).await;
    let of_service = ada.tries("contentDelete", service.named()).await;

    assert_eq!(of_source.user_errors(), ["IN_USE id"]);
    assert_eq!(of_statistic.user_errors(), ["IN_USE id"]);
    assert_eq!(of_service.user_errors(), ["IN_USE id"]);
}

async fn the_links_of_drafts_go_with_what_is_deleted(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    let rosa = ada.creates("personCreate", json!({ "name": "Rosa" })).await;
    let post =
        ada.writes_post(json!({ "title": "A day", "topicIds": [topic.id], "authorIds": [rosa.id] })).await;

    ada.tries("contentDelete", topic.named()).await.expect_ok();

    let left =
        ada.reads(&post, "... on Post { topics { name } authors { name } editorial { version } }").await;
    let expected = json!({ "topics": [], "authors": [{ "name": "Rosa" }], "editorial": { "version": 1 } });
    assert_eq!(left.data("/node"), &expected);
}

async fn taking_down_is_never_refused_by_a_version(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "A day" })).await;
    ada.saves("postUpdate", &post, json!({ "title": "Somebody saved in between" })).await;

    let stale = json!({ "id": post.id, "expectedVersion": 77, "reason": "The partner asked for it" });
    ada.tries("contentWithdraw", stale).await.expect_ok();

    let answer = world.reader().ask("{ posts { totalCount } }").await.expect_ok();
    assert_eq!(answer.data("/posts/totalCount"), 0);
}

async fn taking_down_needs_a_reason(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "A day" })).await;

    let empty = ada.tries("contentWithdraw", json!({ "id": post.id, "reason": " " })).await;
    let long = ada.tries("contentWithdraw", json!({ "id": post.id, "reason": "x".repeat(1_001) })).await;

    assert_eq!(empty.user_errors(), ["REQUIRED reason"]);
    assert_eq!(long.user_errors(), ["TOO_LONG reason"]);
}

async fn a_withdrawn_path_is_gone_and_a_renamed_one_has_moved(world: &World) {
    let ada = world.editor("ada").await;
    let renamed = ada.publishes_post(json!({ "title": "First" })).await;
    let renamed = ada.saves("postUpdate", &renamed, json!({ "slug": "second" })).await;
    ada.publishes(&renamed).await;
    let withdrawn = ada.publishes_post(json!({ "title": "Third" })).await;
    ada.withdraws(&withdrawn, "The partner asked for it").await;
    ada.writes_post(json!({ "title": "Fourth" })).await;

    let query = r#"{
      moved: resolve(path: "/posts/first") { status canonicalPath }
      gone: resolve(path: "/posts/third") { status canonicalPath node { id } }
      draft: resolve(path: "/posts/fourth") { status }
    }"#;
    let answer = world.reader().ask(query).await.expect_ok();

    assert_eq!(answer.data("/moved"), &json!({ "status": 301, "canonicalPath": "/posts/second" }));
    assert_eq!(answer.data("/gone/status"), 410);
    assert_eq!(answer.data("/gone/node"), &json!(null));
    assert_eq!(answer.data("/draft"), &json!(null));
}

async fn topics_people_and_sources_are_not_published(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    let source = ada.writes_source().await;

    let published = ada.tries("contentPublish", topic.named()).await;
    let withdrawn = ada.tries("contentWithdraw", json!({ "id": source.id, "reason": "Why not" })).await;

    assert_eq!(published.user_errors(), ["NOT_ALLOWED_IN_STATE id"]);
    assert_eq!(withdrawn.user_errors(), ["NOT_ALLOWED_IN_STATE id"]);
}

async fn the_status_tells_where_a_post_stands(world: &World) {
    let ada = world.editor("ada").await;
    let status = async |post: &Doc| {
        let editorial = "... on Post { editorial { status version publishedVersion hasUnpublishedChanges } }";
        ada.reads(post, editorial).await.data("/node/editorial").clone()
    };
    let post = ada.writes_post(json!({ "title": "A day" })).await;

    let draft = status(&post).await;
    ada.publishes(&post).await;
    let published = status(&post).await;
    ada.saves("postUpdate", &post, json!({ "title": "Better" })).await;
    let changed = status(&post).await;
    ada.withdraws(&post, "The partner asked for it").await;
    let withdrawn = status(&post).await;

    insta::assert_snapshot!(json!([draft, published, changed, withdrawn]), @r#"[{"status":"DRAFT","version":1,"publishedVersion":null,"hasUnpublishedChanges":true},{"status":"PUBLISHED","version":1,"publishedVersion":1,"hasUnpublishedChanges":false},{"status":"PUBLISHED","version":2,"publishedVersion":1,"hasUnpublishedChanges":true},{"status":"WITHDRAWN","version":2,"publishedVersion":null,"hasUnpublishedChanges":true}]"#);
}

async fn settings_that_stay_as_they_are_move_nothing(world: &World) {
    let root = world.admin("root").await;
    root.tries("siteUpdate", json!({ "input": { "organisationName": "The Trust" } })).await.expect_ok();
    let before = content_version(world).await;

    root.tries("siteUpdate", json!({ "input": {} })).await.expect_ok();
    root.tries("siteUpdate", json!({ "input": { "organisationName": "The Trust" } })).await.expect_ok();

    assert_eq!(content_version(world).await, before);
}
