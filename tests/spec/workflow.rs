//! The way of a draft to readers: who is asked, who agrees, and what must be signed off.

use serde_json::{Value, json};

use super::support::drafts::service;
use super::support::verbs::Doc;
use super::support::{Person, World};

pub(crate) mod safeguarding;

specs! {
    in_a_world {
        a_draft_is_in_review_until_somebody_decides,
        a_submission_outlasts_further_saves,
        whoever_asks_for_changes_says_which,
        a_draft_may_be_approved_without_being_submitted,
        an_approval_is_of_one_version,
        nobody_approves_what_they_wrote,
        whoever_wrote_what_readers_see_approves_what_is_new,
        asking_for_changes_ends_approvals,
        a_publication_ends_a_review,
        a_withdrawal_ends_reviews_and_approvals,
        what_readers_see_already_is_not_decided_on,
        what_has_no_drafts_has_no_workflow,
        a_decision_is_on_the_version_that_was_looked_at,
        a_decision_makes_no_version_and_readers_see_nothing_of_it,
    }
}

/// `IN_REVIEW`, then the version and the note.
async fn state(person: &Person, doc: &Doc) -> String {
    let editorial = "... on Content { editorial { status version reviewNote } }";
    let answer = person.reads(doc, editorial).await;
    let editorial = answer.data("/node/editorial");
    let note = editorial["reviewNote"].as_str().unwrap_or("nothing");
    format!("{} {} {note}", editorial["status"].as_str().unwrap_or_default(), editorial["version"])
}

/// `SAFEGUARDING 7 by cara, current`, newest first.
async fn approvals(person: &Person, doc: &Doc) -> Vec<String> {
    let answer = person
        .reads(
            doc,
            "... on Content { editorial { approvals { kind version by { name kind } at isCurrent } } }",
        )
        .await;
    let told = |approval: &Value| {
        let current = if approval["isCurrent"] == true { "current" } else { "void" };
        let (kind, by) = (approval["kind"].as_str(), approval["by"]["name"].as_str());
        format!("{} {} by {}, {current}", kind.unwrap_or(""), approval["version"], by.unwrap_or(""))
    };
    answer.data("/node/editorial/approvals").as_array().into_iter().flatten().map(told).collect()
}

fn because(doc: &Doc, reason: &str) -> Value {
    json!({ "id": doc.id, "expectedVersion": doc.version, "reason": reason })
}

async fn a_draft_is_in_review_until_somebody_decides(world: &World) {
    let (amy, ben) = (world.author("amy").await, world.editor("ben").await);
    let post = amy.writes_post(json!({ "title": "A day" })).await;

    let before = state(&amy, &post).await;
    amy.does("contentSubmit", post.named()).await;
    let submitted = state(&amy, &post).await;
    ben.does("contentApprove", post.approved("EDITORIAL")).await;

    assert_eq!(before, "DRAFT 1 nothing");
    assert_eq!(submitted, "IN_REVIEW 1 nothing");
    assert_eq!(state(&amy, &post).await, "APPROVED 1 nothing");
}

async fn a_submission_outlasts_further_saves(world: &World) {
    let (amy, ben) = (world.author("amy").await, world.editor("ben").await);
    let post = amy.writes_post(json!({ "title": "A day" })).await;
    amy.does("contentSubmit", post.named()).await;
    ben.does("contentApprove", post.approved("EDITORIAL")).await;

    let post = amy.saves("postUpdate", &post, json!({ "title": "A day for all" })).await;

    assert_eq!(state(&amy, &post).await, "IN_REVIEW 2 nothing");
}

async fn whoever_asks_for_changes_says_which(world: &World) {
    let (amy, ben) = (world.author("amy").await, world.editor("ben").await);
    let post = amy.writes_post(json!({ "title": "A day" })).await;
    amy.does("contentSubmit", post.named()).await;

    let silent = ben.tries("contentRequestChanges", because(&post, " ")).await;
    ben.does("contentRequestChanges", because(&post, "Name the source")).await;

    assert_eq!(silent.user_errors(), ["REQUIRED reason"]);
    assert_eq!(state(&amy, &post).await, "DRAFT 1 Name the source");
    let post = amy.saves("postUpdate", &post, json!({ "summary": "By UNODC" })).await;
    amy.does("contentSubmit", post.named()).await;
    assert_eq!(state(&amy, &post).await, "IN_REVIEW 2 Name the source");
    ben.does("contentApprove", post.approved("EDITORIAL")).await;
    assert_eq!(state(&amy, &post).await, "APPROVED 2 nothing");
}

async fn a_draft_may_be_approved_without_being_submitted(world: &World) {
    let (amy, ben) = (world.author("amy").await, world.editor("ben").await);
    let post = amy.writes_post(json!({ "title": "A day" })).await;

    ben.does("contentApprove", post.approved("EDITORIAL")).await;

    assert_eq!(state(&amy, &post).await, "APPROVED 1 nothing");
    assert_eq!(approvals(&amy, &post).await, ["EDITORIAL 1 by ben, current"]);
}

async fn an_approval_is_of_one_version(world: &World) {
    let (amy, ben) = (world.author("amy").await, world.editor("ben").await);
    let cara = world.lead("cara").await;
    let post = amy.writes_post(json!({ "title": "A day" })).await;
    ben.does("contentApprove", post.approved("EDITORIAL")).await;
    world.clock.advance(60);
    cara.signs_off(&post).await;

    let post = amy.saves("postUpdate", &post, json!({ "title": "A day for all" })).await;

    assert_eq!(state(&amy, &post).await, "DRAFT 2 nothing");
    let void = ["SAFEGUARDING 1 by cara, void", "EDITORIAL 1 by ben, void"];
    assert_eq!(approvals(&amy, &post).await, void);
}

async fn nobody_approves_what_they_wrote(world: &World) {
    let (ben, cara, root) =
        (world.editor("ben").await, world.lead("cara").await, world.admin("root").await);
    let post = ben.writes_post(json!({ "title": "A day" })).await;
    let post = cara.saves("postUpdate", &post, json!({ "title": "A day for all" })).await;
    let post = root.saves("postUpdate", &post, json!({ "summary": "Every year" })).await;

    let of_first = ben.tries("contentApprove", post.approved("EDITORIAL")).await;
    let of_second = cara.tries("contentApprove", post.approved("SAFEGUARDING")).await;
    let of_last = root.tries("contentApprove", post.approved("SAFEGUARDING")).await;

    assert_eq!(of_first.user_errors(), ["APPROVER_IS_AUTHOR id"]);
    assert_eq!(of_second.user_errors(), ["APPROVER_IS_AUTHOR id"]);
    assert_eq!(of_last.user_errors(), ["APPROVER_IS_AUTHOR id"]);
    assert_eq!(approvals(&ben, &post).await, [""; 0]);
}

async fn whoever_wrote_what_readers_see_approves_what_is_new(world: &World) {
    let (amy, ben) = (world.author("amy").await, world.editor("ben").await);
    let post = ben.publishes_post(json!({ "title": "A day" })).await;
    let own = ben.tries("contentApprove", post.approved("EDITORIAL")).await;

    let post = amy.saves("postUpdate", &post, json!({ "title": "A day for all" })).await;
    ben.does("contentApprove", post.approved("EDITORIAL")).await;

    assert_eq!(own.user_errors(), ["APPROVER_IS_AUTHOR id"]);
    assert_eq!(state(&amy, &post).await, "APPROVED 2 nothing");
}

async fn asking_for_changes_ends_approvals(world: &World) {
    let (amy, ben) = (world.author("amy").await, world.editor("ben").await);
    let post = amy.writes_post(json!({ "title": "A day" })).await;
    ben.does("contentApprove", post.approved("EDITORIAL")).await;

    ben.does("contentRequestChanges", because(&post, "On second thoughts")).await;

    assert_eq!(state(&amy, &post).await, "DRAFT 1 On second thoughts");
    assert_eq!(approvals(&amy, &post).await, ["EDITORIAL 1 by ben, void"]);
}

async fn a_publication_ends_a_review(world: &World) {
    let (amy, ben) = (world.author("amy").await, world.editor("ben").await);
    let post = amy.writes_post(json!({ "title": "A day" })).await;
    ben.does("contentRequestChanges", because(&post, "Name the source")).await;
    amy.does("contentSubmit", post.named()).await;

    ben.publishes(&post).await;

    assert_eq!(state(&amy, &post).await, "PUBLISHED 1 nothing");
    let post = amy.saves("postUpdate", &post, json!({ "title": "A day for all" })).await;
    assert_eq!(state(&amy, &post).await, "PUBLISHED 2 nothing", "with changes that nobody was asked about");
}

async fn a_withdrawal_ends_reviews_and_approvals(world: &World) {
    let (amy, ben) = (world.author("amy").await, world.editor("ben").await);
    let post = ben.publishes_post(json!({ "title": "A day" })).await;
    let post = amy.saves("postUpdate", &post, json!({ "title": "A day for all" })).await;
    amy.does("contentSubmit", post.named()).await;
    ben.does("contentApprove", post.approved("EDITORIAL")).await;

    ben.withdraws(&post, "The partner asked for it").await;

    assert_eq!(state(&amy, &post).await, "WITHDRAWN 2 nothing");
    assert_eq!(approvals(&amy, &post).await, ["EDITORIAL 2 by ben, void"]);
}

async fn what_readers_see_already_is_not_decided_on(world: &World) {
    let ben = world.editor("ben").await;
    let post = ben.publishes_post(json!({ "title": "A day" })).await;

    let submitted = ben.tries("contentSubmit", post.named()).await;
    let refused = ben.tries("contentRequestChanges", because(&post, "Name the source")).await;

    assert_eq!(submitted.user_errors(), ["NOT_ALLOWED_IN_STATE id"]);
    assert_eq!(refused.user_errors(), ["NOT_ALLOWED_IN_STATE id"]);
}

async fn what_has_no_drafts_has_no_workflow(world: &World) {
    let cara = world.lead("cara").await;
    let source = cara.writes_source().await;

    let submitted = cara.tries("contentSubmit", source.named()).await;
    let approved = cara.tries("contentApprove", source.approved("SAFEGUARDING")).await;

    assert_eq!(submitted.user_errors(), ["NOT_ALLOWED_IN_STATE id"]);
    assert_eq!(approved.user_errors(), ["NOT_ALLOWED_IN_STATE id"]);
}

async fn a_decision_is_on_the_version_that_was_looked_at(world: &World) {
    let (amy, ben) = (world.author("amy").await, world.editor("ben").await);
    let seen = amy.writes_post(json!({ "title": "A day" })).await;
    let post = amy.saves("postUpdate", &seen, json!({ "title": "A day for all" })).await;

    let submitted = amy.tries("contentSubmit", seen.named()).await;
    let approved = ben.tries("contentApprove", seen.approved("EDITORIAL")).await;
    let refused = ben.tries("contentRequestChanges", because(&seen, "Name the source")).await;

    assert_eq!(submitted.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
    assert_eq!(approved.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
    assert_eq!(refused.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
    assert_eq!(state(&amy, &post).await, "DRAFT 2 nothing");
}

async fn a_decision_makes_no_version_and_readers_see_nothing_of_it(world: &World) {
    let (amy, ben) = (world.author("amy").await, world.editor("ben").await);
    let service = ben.publishes(&ben.creates("serviceCreate", service()).await).await;
    let service = amy.saves("serviceUpdate", &service, json!({ "summary": "For everybody" })).await;
    let query = "{ site { contentVersion } services { nodes { updatedAt summary editorial { status } } } }";
    let before = world.reader().ask(query).await.expect_ok();
    world.clock.advance(60);

    let submitted = amy.does("contentSubmit", service.named()).await;
    let approved = ben.does("contentApprove", service.approved("EDITORIAL")).await;
    let refused = ben.does("contentRequestChanges", because(&service, "Name the source")).await;

    assert_eq!([submitted.version, approved.version, refused.version], [2, 2, 2]);
    assert_eq!(world.reader().ask(query).await.expect_ok().body, before.body);
    assert_eq!(before.data("/services/nodes/0/editorial"), &Value::Null);
}
