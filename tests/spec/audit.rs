//! The audit trail: who did what, when, and to what.

use serde_json::{Value, json};

use super::support::drafts::{figure, statistic};
use super::support::process::PASSWORD;
use super::support::verbs::Doc;
use super::support::{Person, Place, World};

specs! {
    in_a_world {
        a_publication_that_checks_refuse_is_on_record,
        a_publication_that_a_role_refuses_is_on_record,
        a_schedule_that_is_refused_is_on_record,
        a_publication_that_is_refused_at_its_moment_is_on_record,
        what_a_machine_does_is_on_record_as_its_own,
        signing_in_and_out_is_on_record,
        a_dry_run_leaves_no_record,
    }
    in_an_empty_place {
        the_trail_is_exported_line_by_line,
        the_operator_is_on_record_for_trusted_documents,
        a_day_that_is_none_is_wrong_usage,
    }
}

/// What was done last: the action, who did it, and why.
async fn last(world: &World) -> [String; 3] {
    let entries = api::domain::audit::since(&world.app.db, chrono::DateTime::UNIX_EPOCH, 0).await;
    let last = entries.expect("the database answers").pop().expect("something was done");
    [last.action.to_owned(), last.actor.name.unwrap_or_default(), last.reason.unwrap_or_default()]
}

/// A statistic whose figure says not where in a report it stands.
async fn unfit(person: &Person) -> Doc {
    let source = person.writes_source().await;
    let women = person.creates("statisticCreate", statistic()).await;
    let mut figure = figure(&source, 2016, "49");
    figure["locator"] = Value::Null;
    person.writes_figure(&women, figure).await
}

async fn a_publication_that_checks_refuse_is_on_record(world: &World) {
    let ada = world.editor("ada").await;
    let women = unfit(&ada).await;

    let refused = ada.tries("contentPublish", women.named()).await;

    assert_eq!(refused.user_errors(), ["CHECK_FAILED id"]);
    assert_eq!(last(world).await, ["PUBLICATION_REFUSED", "ada", "LOCATOR_REQUIRED"]);
}

async fn a_publication_that_a_role_refuses_is_on_record(world: &World) {
    let amy = world.author("amy").await;
    let post = amy.writes_post(json!({ "title": "A day" })).await;

    let refused = amy.tries("contentPublish", post.named()).await;

    assert_eq!(refused.error_code(), "FORBIDDEN");
    let [action, name, reason] = last(world).await;
    assert_eq!([action, name], ["PUBLICATION_REFUSED", "amy"]);
    assert_eq!(reason, "Your role does not allow this; it needs EDITOR or higher.");
}

async fn a_schedule_that_is_refused_is_on_record(world: &World) {
    let ada = world.editor("ada").await;
    let women = unfit(&ada).await;

    let when = json!({ "id": women.id, "expectedVersion": women.version, "publishAt": "2027-07-30T09:00:00Z" });
    ada.tries("contentSchedule", when).await;

    assert_eq!(last(world).await, ["PUBLICATION_REFUSED", "ada", "LOCATOR_REQUIRED"]);
}

async fn a_publication_that_is_refused_at_its_moment_is_on_record(world: &World) {
    let (ada, cara) = (world.editor("ada").await, world.lead("cara").await);
    let note = json!({ "topic": "OTHER", "strength": "MENTIONS", "text": "Mentions threats." });
    let post = ada.writes_post(json!({ "title": "A day", "contentNotes": [note] })).await;
    cara.signs_off(&post).await;
    let when = json!({ "id": post.id, "expectedVersion": 1, "publishAt": "2027-07-30T09:00:00Z" });
    ada.does("contentSchedule", when).await;
    let why = json!({ "id": post.id, "expectedVersion": 1, "reason": "On second thoughts" });
    cara.does("contentRequestChanges", why).await;

    world.reaches("2027-07-30T09:00:00Z").await;

    assert_eq!(last(world).await, ["PUBLICATION_REFUSED", "ada", "SAFEGUARDING_APPROVAL_REQUIRED"]);
}

async fn what_a_machine_does_is_on_record_as_its_own(world: &World) {
    let ada = world.admin("ada").await;
    let input = json!({ "name": "Importer", "scopes": ["CONTENT_WRITE"] });
    let made = ada.tries_for("apiClientCreate", json!({ "input": input }), "secret").await.expect_ok();
    let importer = world.reader().with_token(made.text("/apiClientCreate/secret"));

    let post = importer.writes_post(json!({ "title": "A day" })).await;
    importer.tries("contentPublish", post.named()).await;

    let entries = api::domain::audit::since(&world.app.db, chrono::DateTime::UNIX_EPOCH, 0).await;
    let entries = entries.expect("the database answers");
    let own = entries.iter().filter(|entry| entry.actor.kind == Some("API_CLIENT"));
    let told: Vec<_> = own.map(|entry| (entry.action, entry.actor.name.as_deref())).collect();
    assert_eq!(told, [("CREATED", Some("Importer")), ("PUBLICATION_REFUSED", Some("Importer"))]);
}

async fn signing_in_and_out_is_on_record(world: &World) {
    let ada = world.editor("ada").await;

    let session = ada.opens_session().await;
    let signed_in = last(world).await;
    ada.ask_with("mutation($token: String!) { sessionRevoke(refreshToken: $token) { revoked } }", json!({ "token": session.refresh }))
        .await
        .expect_ok();

    assert_eq!(signed_in, ["SIGNED_IN", "ada", ""]);
    assert_eq!(last(world).await, ["SIGNED_OUT", "ada", ""]);
}

async fn a_dry_run_leaves_no_record(world: &World) {
    let ada = world.editor("ada").await;
    let women = unfit(&ada).await;

    let dry = json!({ "id": women.id, "expectedVersion": women.version, "dryRun": true });
    ada.tries("contentPublish", dry).await;

    assert_eq!(last(world).await, ["SAVED", "ada", ""]);
}

async fn the_trail_is_exported_line_by_line(place: &Place) {
    let email = place.hires("Ada", "EDITOR").await;
    let served = place.serves().await;
    let ada = served.signed_in(&email, PASSWORD).await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;

    let all = place.beacon(&["audit", "--since", "2000-01-01", "--format", "jsonl"]).ends().await;
    let none = place.beacon(&["audit", "--since", "2199-01-01T00:00:00+01:00"]).ends().await;

    assert!(all.status.success(), "{all:?}");
    let lines: Vec<Value> = all.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told: Vec<_> = lines.iter().map(|line| (&line["action"], &line["actor"]["name"])).collect();
    let (name, actions) = (json!("Ada"), ["USER_CREATED", "SIGNED_IN", "CREATED"].map(Value::from));
    assert_eq!(told[1..], [(&actions[1], &name), (&actions[2], &name)]);
    assert_eq!(told[0].0, &actions[0]);
    assert_eq!(lines[2]["nodeId"], post.id);
    assert_eq!((&lines[2]["version"], &lines[2]["fields"]), (&json!(1), &json!(["slug", "title"])));
    assert_eq!((none.status.success(), none.stdout.as_str()), (true, ""));
}

async fn the_operator_is_on_record_for_trusted_documents(place: &Place) {
    let file = place.data_dir.with_file_name("documents.json");
    let documents = json!({ "home": "{ site { name } }", "who": "{ viewer { name } }" });
    std::fs::write(&file, documents.to_string()).expect("there is room");
    let import = ["documents", "import", &file.to_string_lossy()];
    place.beacon(&import).ends().await;
    place.beacon(&import).ends().await;
    place.beacon(&["documents", "remove", "who"]).ends().await;

    let all = place.beacon(&["audit", "--since", "2000-01-01"]).ends().await;

    let lines: Vec<Value> = all.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told: Vec<_> = lines.iter().map(|line| (&line["action"], &line["fields"], &line["actor"]["kind"])).collect();
    let (imported, removed, operator) = (json!("DOCUMENTS_IMPORTED"), json!("DOCUMENTS_REMOVED"), json!("OPERATOR"));
    let (both, one) = (json!(["home", "who"]), json!(["who"]));
    assert_eq!(told, [(&imported, &both, &operator), (&removed, &one, &operator)]);
}

async fn a_day_that_is_none_is_wrong_usage(place: &Place) {
    let said = place.beacon(&["audit", "--since", "yesterday"]).ends().await;

    assert_eq!(said.status.code(), Some(2));
    assert!(said.stderr.contains("--since"), "{said:?}");
}
