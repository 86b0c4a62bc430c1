//! What could hurt somebody goes to readers only after a second person has signed it off.

use serde_json::{Value, json};

use super::super::support::drafts;
use super::super::support::verbs::Doc;
use super::super::support::{Person, World};
use super::approvals;

specs! {
    in_a_world {
        a_sensitive_post_needs_somebody_else_to_sign_it_off,
        no_role_publishes_it_alone,
        an_editor_does_not_sign_off,
        a_content_note_needs_it_too,
        what_readers_see_counts_as_much_as_the_draft,
        words_of_one_language_need_it_like_all,
        a_new_or_changed_channel_needs_it,
        a_new_or_changed_alert_needs_it,
        what_was_withdrawn_needs_it_anew,
        what_must_be_signed_off_is_told_with_the_draft,
        only_a_lead_takes_the_mark_of_a_sensitive_topic,
        only_a_lead_changes_whom_readers_of_a_sensitive_topic_can_turn_to,
        only_a_lead_deletes_a_sensitive_topic,
    }
}

/// What stops a publication: the codes of its checks.
async fn stopped(person: &Person, doc: &Doc) -> Vec<String> {
    let answer =
        person.tries_for("contentPublish", doc.named(), "userErrors { code message path check { code } }").await;
    let errors = answer.data("/contentPublish/userErrors").as_array().cloned().unwrap_or_default();
    errors.iter().map(|error| error["check"]["code"].as_str().unwrap_or("none").to_owned()).collect()
}

const UNSIGNED: [&str; 1] = ["SAFEGUARDING_APPROVAL_REQUIRED"];
const NOTHING: [&str; 0] = [];

/// A sensitive topic, and a channel that its readers can turn to.
async fn sensitive_topic(person: &Person) -> Doc {
    let service = person.publishes(&person.writes_service().await).await;
    let channel = person.publishes(&person.writes_channel(&service).await).await;
    let topic = json!({ "name": "Modern slavery", "isSensitive": true, "channelIds": [channel.id] });
    person.creates("topicCreate", topic).await
}

async fn a_sensitive_post_needs_somebody_else_to_sign_it_off(world: &World) {
    let (amy, ben, cara) =
        (world.author("amy").await, world.editor("ben").await, world.lead("cara").await);
    let topic = sensitive_topic(&ben).await;
    let post = amy.writes_post(json!({ "title": "Signs", "topicIds": [topic.id] })).await;

    let unsigned = stopped(&ben, &post).await;
    cara.signs_off(&post).await;
    ben.does("contentPublish", post.named()).await;
    let next = amy.saves("postUpdate", &post, json!({ "title": "Signs to look for" })).await;

    assert_eq!(unsigned, UNSIGNED);
    assert_eq!(stopped(&ben, &next).await, UNSIGNED, "the next version is another one");
    assert_eq!(approvals(&ben, &next).await, ["SAFEGUARDING 1 by cara, void"]);
    let seen = world.reader().ask("{ posts { nodes { title } } }").await.expect_ok();
    assert_eq!(seen.text("/posts/nodes/0/title"), "Signs");
}

async fn no_role_publishes_it_alone(world: &World) {
    let (cara, root) = (world.lead("cara").await, world.admin("root").await);
    let topic = sensitive_topic(&cara).await;
    let of_lead = cara.writes_post(json!({ "title": "Signs", "topicIds": [topic.id] })).await;
    let of_admin = root.writes_post(json!({ "title": "More signs", "topicIds": [topic.id] })).await;

    assert_eq!(stopped(&cara, &of_lead).await, UNSIGNED);
    assert_eq!(stopped(&root, &of_admin).await, UNSIGNED);
    let own = root.tries("contentApprove", of_admin.approved("SAFEGUARDING")).await;
    assert_eq!(own.user_errors(), ["APPROVER_IS_AUTHOR id"]);
}

async fn an_editor_does_not_sign_off(world: &World) {
    let (amy, ben) = (world.author("amy").await, world.editor("ben").await);
    let topic = sensitive_topic(&ben).await;
    let post = amy.writes_post(json!({ "title": "Signs", "topicIds": [topic.id] })).await;

    let refused = ben.tries("contentApprove", post.approved("SAFEGUARDING")).await;
    ben.does("contentApprove", post.approved("EDITORIAL")).await;

    assert_eq!(refused.error_code(), "FORBIDDEN");
    assert_eq!(stopped(&ben, &post).await, UNSIGNED, "agreeing to words is not signing off");
}

async fn a_content_note_needs_it_too(world: &World) {
    let (ben, cara) = (world.editor("ben").await, world.lead("cara").await);
    let note = json!({ "topic": "OTHER", "strength": "MENTIONS", "text": "Mentions threats." });
    let post = ben.writes_post(json!({ "title": "Signs", "contentNotes": [note] })).await;

    let unsigned = stopped(&ben, &post).await;
    cara.signs_off(&post).await;

    assert_eq!(unsigned, UNSIGNED);
    assert_eq!(stopped(&ben, &post).await, NOTHING);
}

async fn what_readers_see_counts_as_much_as_the_draft(world: &World) {
    let ben = world.editor("ben").await;
    let topic = sensitive_topic(&ben).await;
    let post = ben.publishes_post(json!({ "title": "Signs", "topicIds": [topic.id] })).await;

    let harmless = ben.saves("postUpdate", &post, json!({ "topicIds": [] })).await;

    assert_eq!(stopped(&ben, &harmless).await, UNSIGNED);
    let harmless = ben.publishes(&harmless).await;
    let harmless = ben.saves("postUpdate", &harmless, json!({ "title": "Signs of spring" })).await;
    assert_eq!(stopped(&ben, &harmless).await, NOTHING);
}

async fn words_of_one_language_need_it_like_all(world: &World) {
    let ben = world.editor("ben").await;
    let topic = sensitive_topic(&ben).await;
    let post = ben.publishes_post(json!({ "title": "Signs", "topicIds": [topic.id] })).await;
    let post = ben.saves_in("cy", "postUpdate", &post, json!({ "title": "Arwyddion" })).await;
    let mut welsh = post.named();
    welsh["languages"] = json!(["cy"]);

    let refused = ben.tries("contentPublish", welsh.clone()).await;
    ben.has_it_signed_off(&post).await;

    assert_eq!(refused.user_errors(), ["CHECK_FAILED id"]);
    ben.does("contentPublish", welsh).await;
}

async fn a_new_or_changed_channel_needs_it(world: &World) {
    let ben = world.editor("ben").await;
    let service = ben.publishes(&ben.writes_service().await).await;
    let channel = ben.writes_channel(&service).await;

    let new = stopped(&ben, &channel).await;
    let channel = ben.publishes(&channel).await;
    let unchanged = stopped(&ben, &channel).await;
    let channel = ben.saves("contactChannelUpdate", &channel, json!({ "value": "01632 960124" })).await;

    assert_eq!(new, UNSIGNED);
    assert_eq!(unchanged, NOTHING);
    assert_eq!(stopped(&ben, &channel).await, UNSIGNED);
}

async fn a_new_or_changed_alert_needs_it(world: &World) {
    let ben = world.editor("ben").await;
    let service = ben.publishes(&ben.writes_service().await).await;
    let alert = |text| json!({ "alert": { "text": text, "from": "2026-07-01T08:00:00Z" } });

    let service = ben.saves("serviceUpdate", &service, alert("Phones are down")).await;
    let new = stopped(&ben, &service).await;
    let service = ben.publishes(&service).await;
    let service = ben.saves("serviceUpdate", &service, json!({ "summary": "For everybody" })).await;
    let unchanged = stopped(&ben, &service).await;
    let service = ben.saves("serviceUpdate", &service, alert("Phones are down until Monday")).await;

    assert_eq!(new, UNSIGNED);
    assert_eq!(unchanged, NOTHING);
    assert_eq!(stopped(&ben, &service).await, UNSIGNED);
}

async fn what_was_withdrawn_needs_it_anew(world: &World) {
    let (ben, cara) = (world.editor("ben").await, world.lead("cara").await);
    let topic = sensitive_topic(&ben).await;
    let post = ben.writes_post(json!({ "title": "Signs", "topicIds": [topic.id] })).await;
    cara.signs_off(&post).await;
    ben.does("contentPublish", post.named()).await;

    ben.withdraws(&post, "The partner asked for it").await;

    assert_eq!(stopped(&ben, &post).await, UNSIGNED);
    cara.signs_off(&post).await;
    assert_eq!(stopped(&ben, &post).await, NOTHING);
}

async fn what_must_be_signed_off_is_told_with_the_draft(world: &World) {
    let ben = world.editor("ben").await;
    let service = ben.publishes(&ben.writes_service().await).await;
    let saving = ben.tries("contactChannelCreate", json!({ "input": drafts::channel(&service) })).await;
    let query = "{ contents(types: [CONTACT_CHANNEL]) { nodes { editorial { checks { severity code path } } } } }";

    let answer = ben.with_drafts().ask(query).await.expect_ok();

    let told = json!([{ "severity": "ERROR", "code": "SAFEGUARDING_APPROVAL_REQUIRED", "path": [] }]);
    assert_eq!(answer.data("/contents/nodes/0/editorial/checks"), &told);
    let warnings = saving.expect_ok().data("/contactChannelCreate/warnings").clone();
    assert_eq!(warnings, Value::Array(Vec::new()), "nobody can have signed off what is just being saved");
}

async fn only_a_lead_takes_the_mark_of_a_sensitive_topic(world: &World) {
    let (ben, cara) = (world.editor("ben").await, world.lead("cara").await);
    let topic = ben.creates("topicCreate", json!({ "name": "Modern slavery", "isSensitive": true })).await;

    let refused = ben.tries("topicUpdate", topic.with(json!({ "isSensitive": false }))).await;
    let cleared = ben.tries("topicUpdate", topic.with(json!({ "isSensitive": null }))).await;
    let topic = ben.saves("topicUpdate", &topic, json!({ "name": "Slavery", "isSensitive": true })).await;

    assert_eq!(refused.error_code(), "FORBIDDEN");
    assert_eq!(cleared.error_code(), "FORBIDDEN");
    let topic = cara.saves("topicUpdate", &topic, json!({ "isSensitive": false })).await;
    ben.saves("topicUpdate", &topic, json!({ "isSensitive": true })).await;
}

async fn only_a_lead_changes_whom_readers_of_a_sensitive_topic_can_turn_to(world: &World) {
    let (ben, cara) = (world.editor("ben").await, world.lead("cara").await);
    let topic = sensitive_topic(&ben).await;

    let refused = ben.tries("topicUpdate", topic.with(json!({ "channelIds": [] }))).await;

    assert_eq!(refused.error_code(), "FORBIDDEN");
    cara.saves("topicUpdate", &topic, json!({ "channelIds": [] })).await;
}

async fn only_a_lead_deletes_a_sensitive_topic(world: &World) {
    let (ben, cara) = (world.editor("ben").await, world.lead("cara").await);
    let topic = ben.creates("topicCreate", json!({ "name": "Modern slavery", "isSensitive": true })).await;

    let refused = ben.tries("contentDelete", topic.named()).await;

    assert_eq!(refused.error_code(), "FORBIDDEN");
    cara.tries("contentDelete", topic.named()).await.expect_ok();
}
