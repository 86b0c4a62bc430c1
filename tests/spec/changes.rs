//! Changes: apps and partners stay in step with what readers see, and learn of nothing else.

use serde_json::{Value, json};

use super::support::drafts::{channel, source};
use super::support::verbs::Doc;
use super::support::{Person, World};

specs! {
    in_a_world {
        what_is_published_changed_and_taken_down_is_listed_in_its_order,
        older_changes_of_an_item_are_folded_into_its_newest,
        a_draft_its_saves_and_its_deletion_leave_no_trace,
        a_corrected_figure_touches_whatever_shows_it,
        a_changed_channel_touches_its_service_and_the_posts_that_name_it,
        a_service_that_loses_a_channel_has_changed,
        the_channels_of_the_site_touch_every_post,
        a_renamed_author_touches_the_posts_and_nothing_further,
        topics_come_into_sight_and_leave_it_with_what_is_on_them,
        a_language_that_is_withdrawn_is_an_update,
        what_is_deleted_is_still_named,
        what_was_withdrawn_before_is_told_when_it_is_gone_for_good,
        paging_goes_on_from_any_change,
        only_the_types_asked_for_are_listed,
        whoever_has_read_everything_starts_from_the_latest_cursor,
        a_cursor_of_the_future_or_of_another_list_is_refused,
        a_page_is_bounded_and_takes_as_many_statements_however_long_it_is,
    }
}

async fn what_is_published_changed_and_taken_down_is_listed_in_its_order(world: &World) {
    let ada = world.editor("ada").await;
    let tea = ada.publishes_post(json!({ "title": "Tea" })).await;
    let coffee = ada.publishes_post(json!({ "title": "Coffee" })).await;
    ada.publishes_post(json!({ "title": "Milk" })).await;
    ada.publishes(&ada.saves("postUpdate", &tea, json!({ "summary": "Hot." })).await).await;
    ada.withdraws(&coffee, "Cold").await;

    let answer = world.reader().ask(CHANGES).await.expect_ok();

    let named: Vec<_> = nodes(&answer.json["data"]["changes"])
        .iter()
        .map(|change| json!([change["kind"], change["node"]["title"]]))
        .collect();
    assert_eq!(
        json!(named),
        json!([["PUBLISHED", "Milk"], ["UPDATED", "Tea"], ["WITHDRAWN", null]])
    );
    assert_eq!(nodes(&answer.json["data"]["changes"])[2]["nodeId"], coffee.id);
}

async fn older_changes_of_an_item_are_folded_into_its_newest(world: &World) {
    let ada = world.editor("ada").await;
    let tea = ada.publishes_post(json!({ "title": "Tea" })).await;
    ada.withdraws(&tea, "Cold").await;

    ada.publishes(&tea).await;

    assert_eq!(changes(&world.reader(), None).await, [change("PUBLISHED", &tea)]);
}

async fn a_draft_its_saves_and_its_deletion_leave_no_trace(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(json!({ "title": "Tea" })).await;
    let question = "{ site { latestChangeCursor contentVersion } changes { nodes { cursor kind nodeId at } } }";
    let before = world.reader().ask(question).await.expect_ok();

    let draft = ada.writes_post(json!({ "title": "Coffee" })).await;
    let draft = ada.saves("postUpdate", &draft, json!({ "title": "Milk" })).await;
    ada.tries("contentDelete", draft.named()).await.expect_ok();
    ada.creates("topicCreate", json!({ "name": "Drinks" })).await;

    let after = world.reader().ask(question).await.expect_ok();
    assert_eq!(before.json, after.json);
}

async fn a_corrected_figure_touches_whatever_shows_it(world: &World) {
    let ada = world.editor("ada").await;
    let statistic = ada.publishes(&ada.writes_statistic().await).await;
    let set = ada.publishes(&ada.writes_set(&statistic).await).await;
    let body = "Here: [[statistic:women-among-detected-victims]]";
    let post = ada.publishes_post(json!({ "title": "Tea", "body": body })).await;
    let figure = ada.figure_of(&statistic).await;
    let after = latest(world).await;

    let correction = json!({
        "figureId": figure, "expectedVersion": statistic.version, "value": "48", "reason": "A misprint",
    });
    ada.does("figureCorrect", correction).await;

    let expected =
        [change("UPDATED", &statistic), change("REFERENCE_UPDATED", &set), change("REFERENCE_UPDATED", &post)];
    assert_eq!(sorted(changes(&world.reader(), Some(&after)).await), sorted(expected.into()));
}

async fn a_changed_channel_touches_its_service_and_the_posts_that_name_it(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.publishes(&ada.writes_service().await).await;
    let line = ada.publishes(&ada.creates("contactChannelCreate", channel(&service)).await).await;
    let topic = ada.creates("topicCreate", json!({ "name": "Sleep", "channelIds": [line.id] })).await;
    let named = json!({ "name": "Tea Day", "observance": { "kind": "FIXED", "month": 7, "day": 30 }, "channelIds": [line.id] });
    let campaign = ada.publishes(&ada.creates("campaignCreate", named).await).await;
    let chosen = ada.publishes_post(json!({ "title": "Tea", "channelIds": [line.id] })).await;
    let of_campaign = ada.publishes_post(json!({ "title": "Cake", "campaignIds": [campaign.id] })).await;
    ada.publishes_post(json!({ "title": "Plates", "body": "For [[campaign:tea-day]]." })).await;
    let by_topic = ada.publishes_post(json!({ "title": "Coffee", "topicIds": [topic.id] })).await;
    ada.publishes_post(json!({ "title": "Milk" })).await;
    let after = latest(world).await;

    ada.publishes(&ada.saves("contactChannelUpdate", &line, json!({ "value": "01632 960999" })).await).await;

    let expected = [
        change("UPDATED", &line),
        change("REFERENCE_UPDATED", &service),
        change("REFERENCE_UPDATED", &topic),
        change("REFERENCE_UPDATED", &campaign),
        change("REFERENCE_UPDATED", &chosen),
        change("REFERENCE_UPDATED", &of_campaign),
        change("REFERENCE_UPDATED", &by_topic),
    ];
    assert_eq!(sorted(changes(&world.reader(), Some(&after)).await), sorted(expected.into()));
}

async fn a_service_that_loses_a_channel_has_changed(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.publishes(&ada.writes_service().await).await;
    let other = json!({ "name": "Night team" });
    let other = ada.publishes(&ada.creates("serviceCreate", other).await).await;
    let mut lines = Vec::new();
    for label in ["Moved", "Withdrawn", "Deleted"] {
        let mut input = channel(&service);
        input["label"] = label.into();
        lines.push(ada.publishes(&ada.creates("contactChannelCreate", input).await).await);
    }

    let after = latest(world).await;
    let moved = ada.saves("contactChannelUpdate", &lines[0], json!({ "serviceId": other.id })).await;
    ada.publishes(&moved).await;
    let moving = sorted(changes(&world.reader(), Some(&after)).await);
    let after = latest(world).await;
    ada.withdraws(&lines[1], "The line is dead").await;
    let withdrawal = sorted(changes(&world.reader(), Some(&after)).await);
    let after = latest(world).await;
    ada.tries_for("contentDelete", lines[2].named(), "deletedId").await.expect_ok();
    let deletion = sorted(changes(&world.reader(), Some(&after)).await);

    let touched = |own: &str, line, others: &[&Doc]| {
        let others = others.iter().map(|other| change("REFERENCE_UPDATED", other));
        sorted(std::iter::once(change(own, line)).chain(others).collect())
    };
    assert_eq!(moving, touched("UPDATED", &lines[0], &[&service, &other]));
    assert_eq!(withdrawal, touched("WITHDRAWN", &lines[1], &[&service]));
    assert_eq!(deletion, touched("DELETED", &lines[2], &[&service]));
}

async fn the_channels_of_the_site_touch_every_post(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.publishes(&ada.writes_service().await).await;
    let line = ada.publishes(&ada.creates("contactChannelCreate", channel(&service)).await).await;
    let tea = ada.publishes_post(json!({ "title": "Tea" })).await;
    let root = world.admin("root").await;
    let after = latest(world).await;

    root.does("siteUpdate", json!({ "input": { "channelIds": [line.id] } })).await;

    assert_eq!(changes(&world.reader(), Some(&after)).await, [change("REFERENCE_UPDATED", &tea)]);
}

async fn a_renamed_author_touches_the_posts_and_nothing_further(world: &World) {
    let ada = world.editor("ada").await;
    let person = ada.creates("personCreate", json!({ "name": "Grace" })).await;
    let tea = ada.publishes_post(json!({ "title": "Tea", "authorIds": [person.id] })).await;
    ada.publishes_post(json!({ "title": "Coffee", "body": "With [[post:tea]]." })).await;
    let after = latest(world).await;

    ada.saves("personUpdate", &person, json!({ "name": "Hopper" })).await;

    let expected = [change("UPDATED", &person), change("REFERENCE_UPDATED", &tea)];
    assert_eq!(changes(&world.reader(), Some(&after)).await, expected);
}

async fn topics_come_into_sight_and_leave_it_with_what_is_on_them(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Sleep" })).await;
    assert_eq!(changes(&world.reader(), None).await, [""; 0]);

    let tea = ada.publishes_post(json!({ "title": "Tea", "topicIds": [topic.id] })).await;

    let after = latest(world).await;
    assert_eq!(changes(&world.reader(), None).await, [change("PUBLISHED", &tea), change("PUBLISHED", &topic)]);
    ada.withdraws(&tea, "Cold").await;
    let expected = [change("WITHDRAWN", &tea), change("WITHDRAWN", &topic)];
    assert_eq!(changes(&world.reader(), Some(&after)).await, expected);
}

async fn a_language_that_is_withdrawn_is_an_update(world: &World) {
    let ada = world.editor("ada").await;
    let tea = ada.writes_post(json!({ "title": "Tea" })).await;
    let tea = ada.saves_in("cy", "postUpdate", &tea, json!({ "title": "Te" })).await;
    let tea = ada.publishes(&tea).await;

    ada.does("contentWithdraw", json!({ "id": tea.id, "reason": "Cold", "languages": ["cy"] })).await;

    assert_eq!(changes(&world.reader(), None).await, [change("UPDATED", &tea)]);
}

async fn what_is_deleted_is_still_named(world: &World) {
    let ada = world.editor("ada").await;
    let tea = ada.publishes_post(json!({ "title": "Tea" })).await;

    ada.tries("contentDelete", tea.named()).await.expect_ok();

    assert_eq!(changes(&world.reader(), None).await, [change("DELETED", &tea)]);
    let answer = world.reader().ask(CHANGES).await.expect_ok();
    assert_eq!(answer.data("/changes/nodes/0/node"), &Value::Null);
}

async fn what_was_withdrawn_before_is_told_when_it_is_gone_for_good(world: &World) {
    let (ada, cara) = (world.editor("ada").await, world.lead("cara").await);
    let tea = ada.publishes_post(json!({ "title": "Tea" })).await;
    let coffee = ada.publishes_post(json!({ "title": "Coffee" })).await;
    let milk = ada.writes_post(json!({ "title": "Milk" })).await;
    for post in [&tea, &coffee] {
        ada.withdraws(post, "Cold").await;
    }
    let erasing = |post: &Doc| json!({ "id": post.id, "reason": "She asked us to" });

    ada.tries("contentDelete", tea.named()).await.expect_ok();
    cara.tries("contentErase", erasing(&coffee)).await.expect_ok();
    ada.tries("contentDelete", milk.named()).await.expect_ok();
    cara.tries("contentErase", erasing(&milk)).await.expect_ok();

    assert_eq!(changes(&world.reader(), None).await, [change("DELETED", &tea), change("DELETED", &coffee)]);
}

async fn paging_goes_on_from_any_change(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.creates("sourceCreate", source()).await;
    let statistic = ada.publishes(&ada.writes_statistic_from(&source).await).await;
    let tea = ada.publishes_post(json!({ "title": "Tea" })).await;
    let reader = world.reader();
    let page = |after: Value| {
        let reader = reader.clone();
        let query = "query($after: String) { changes(first: 1, after: $after) {
            nodes { nodeId } pageInfo { hasNextPage endCursor } } }";
        async move { reader.ask_with(query, json!({ "after": after })).await.expect_ok() }
    };

    let first = page(Value::Null).await;
    let second = page(first.data("/changes/pageInfo/endCursor").clone()).await;
    let third = page(second.data("/changes/pageInfo/endCursor").clone()).await;

    let pages = [first, second, third];
    let ids = pages.each_ref().map(|page| page.text("/changes/nodes/0/nodeId"));
    assert_eq!(ids, [&statistic.id, &source.id, &tea.id]);
    let more = pages.each_ref().map(|page| page.data("/changes/pageInfo/hasNextPage") == true);
    assert_eq!(more, [true, true, false]);
}

async fn only_the_types_asked_for_are_listed(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(json!({ "title": "Tea" })).await;
    let service = ada.publishes(&ada.writes_service().await).await;

    let answer = world.reader().ask("{ changes(types: [SERVICE, TOPIC]) { nodes { nodeId } } }").await;

    assert_eq!(answer.expect_ok().data("/changes/nodes"), &json!([{ "nodeId": service.id }]));
}

async fn whoever_has_read_everything_starts_from_the_latest_cursor(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(json!({ "title": "Tea" })).await;
    let after = latest(world).await;
    assert_eq!(changes(&world.reader(), Some(&after)).await, [""; 0]);

    let coffee = ada.publishes_post(json!({ "title": "Coffee" })).await;

    assert_eq!(changes(&world.reader(), Some(&after)).await, [change("PUBLISHED", &coffee)]);
}

async fn a_cursor_of_the_future_or_of_another_list_is_refused(world: &World) {
    let ada = world.editor("ada").await;
    let other = world.reader();
    ada.publishes_post(json!({ "title": "Tea" })).await;
    let posts = other.ask("{ posts { pageInfo { endCursor } } }").await.expect_ok();
    let later = base64_url(
        r#"["changes",{"content_version":999,"rank":0,"document_id":"0190b2c0-0000-7000-8000-000000000000"}]"#,
    );

    let refused = ["nonsense", posts.text("/posts/pageInfo/endCursor"), &later].map(|after| {
        let other = other.clone();
        let after = after.to_owned();
        async move { asks(&other, Some(&after)).await.refused_argument() }
    });

    assert_eq!(futures_util::future::join_all(refused).await, ["after", "after", "after"]);
}

async fn a_page_is_bounded_and_takes_as_many_statements_however_long_it_is(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_posts(2, json!({})).await;
    let few = world.reader().ask(CHANGES).await.expect_ok();

    ada.publishes_posts(18, json!({})).await;

    let many = world.reader().ask(CHANGES).await.expect_ok();
    assert_eq!((nodes(&few.json["data"]["changes"]).len(), nodes(&many.json["data"]["changes"]).len()), (2, 20));
    assert_eq!((few.statements, many.statements), (2, 2));
    assert_eq!(world.reader().ask("{ changes(first: 1001) { nodes { at } } }").await.refused_argument(), "first");
}

const CHANGES: &str = "{ changes { nodes { kind nodeId node { ... on Content { title } } } } }";

async fn asks(reader: &Person, after: Option<&str>) -> super::support::Answer {
    let query = "query($after: String) { changes(after: $after) { nodes { kind nodeId } } }";
    reader.ask_with(query, json!({ "after": after })).await
}

/// `PUBLISHED post_…`, oldest first.
async fn changes(reader: &Person, after: Option<&str>) -> Vec<String> {
    let answer = asks(reader, after).await.expect_ok();
    let told = |change: &Value| format!("{} {}", text(&change["kind"]), text(&change["nodeId"]));
    nodes(answer.data("/changes")).iter().map(told).collect()
}

fn change(kind: &str, doc: &Doc) -> String {
    format!("{kind} {}", doc.id)
}

fn sorted(mut changes: Vec<String>) -> Vec<String> {
    changes.sort();
    changes
}

async fn latest(world: &World) -> String {
    let answer = world.reader().ask("{ site { latestChangeCursor } }").await.expect_ok();
    answer.text("/site/latestChangeCursor").to_owned()
}

fn nodes(connection: &Value) -> &[Value] {
    connection["nodes"].as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn base64_url(text: &str) -> String {
    use base64::Engine;
    base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(text)
}
