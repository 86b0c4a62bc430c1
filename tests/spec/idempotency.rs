//! `Idempotency-Key`: a mutation that is sent again is carried out once.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use super::support::verbs::schema;
use super::support::{Answer, Person, World};

specs! {
    in_a_world {
        a_repeat_gives_the_first_answer_and_writes_nothing,
        another_body_under_the_same_key_is_refused,
        two_at_once_run_once,
        a_key_is_one_persons,
        a_key_is_free_after_a_day,
        expired_keys_are_swept,
        what_was_refused_to_the_person_is_answered_again,
        what_was_forbidden_may_be_sent_again,
        rights_are_checked_again,
        a_dry_run_consumes_no_key,
        a_query_heeds_no_key,
        mutations_about_secrets_refuse_the_header,
        nobody_has_a_key,
        what_is_no_key_is_refused,
        what_an_erasure_forgot_is_not_carried_out_again,
        what_never_came_to_an_end_is_not_known,
        a_document_may_be_named_when_it_is_sent_again,
        pages_may_send_it,
    }
}

const TITLES: &str = "{ posts { totalCount } }";

async fn creates(person: &Person, title: &str) -> Answer {
    person.tries("postCreate", json!({ "input": { "title": title } })).await
}

async fn posts(person: &Person) -> Value {
    person.with_drafts().ask(TITLES).await.expect_ok().data("/posts/totalCount").clone()
}

fn under(person: &Person, key: &str) -> Person {
    person.saying("idempotency-key", key)
}

/// The keys that are kept.
async fn keys(world: &World) -> Vec<String> {
    let db = world.app.db.writer();
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), "select key from idempotency"));
    let rows = rows.await.expect("the database answers");
    rows.iter().map(|row| row.try_get_by_index(0).expect("a text")).collect()
}

async fn a_repeat_gives_the_first_answer_and_writes_nothing(world: &World) {
    let ada = world.author("ada").await;
    let first = creates(&under(&ada, "one"), "A day").await.expect_ok();

    let second = creates(&under(&ada, "one"), "A day").await.expect_ok();

    assert_eq!(first.json, second.json);
    assert_eq!(posts(&ada).await, 1);
    creates(&under(&ada, "two"), "A day").await.expect_ok();
    assert_eq!(posts(&ada).await, 2);
}

async fn another_body_under_the_same_key_is_refused(world: &World) {
    let ada = world.author("ada").await;
    creates(&under(&ada, "one"), "A day").await.expect_ok();

    let refused = creates(&under(&ada, "one"), "Another day").await;

    assert_eq!((refused.status, refused.refused_argument()), (400, "Idempotency-Key".to_owned()));
    assert_eq!(posts(&ada).await, 1);
}

async fn two_at_once_run_once(world: &World) {
    let ada = under(&world.author("ada").await, "one");
    ada.ask("{ viewer { name } }").await.expect_ok();

    let (one, other) = tokio::join!(creates(&ada, "A day"), creates(&ada, "A day"));

    assert_eq!(one.expect_ok().json, other.expect_ok().json);
    assert_eq!(posts(&ada).await, 1);
}

async fn a_key_is_one_persons(world: &World) {
    let (ada, ben) = (world.author("ada").await, world.author("ben").await);
    let hers = creates(&under(&ada, "one"), "Hers").await.expect_ok();

    let his = creates(&under(&ben, "one"), "His").await.expect_ok();

    assert_ne!(hers.json, his.json);
    assert_eq!(posts(&ada).await, 2);
}

async fn a_key_is_free_after_a_day(world: &World) {
    let ada = world.author("ada").await;
    creates(&under(&ada, "one"), "A day").await.expect_ok();

    world.clock.set("2026-07-02T08:59:59Z");
    let before = creates(&under(&ada, "one"), "Another").await;
    world.clock.set("2026-07-02T09:00:00Z");

    assert_eq!(before.error_code(), "BAD_INPUT");
    creates(&under(&ada, "one"), "Another").await.expect_ok();
    assert_eq!(posts(&ada).await, 2);
}

async fn expired_keys_are_swept(world: &World) {
    let ada = world.author("ada").await;
    creates(&under(&ada, "one"), "One").await.expect_ok();
    world.clock.set("2026-07-01T10:00:00Z");
    creates(&under(&ada, "two"), "Two").await.expect_ok();
    world.clock.set("2026-07-02T09:00:00Z");

    api::jobs::sweep(&world.app).await;

    assert_eq!(keys(world).await, ["two"]);
}

async fn what_was_refused_to_the_person_is_answered_again(world: &World) {
    let ada = under(&world.author("ada").await, "one");
    let first = creates(&ada, " ").await;

    let second = creates(&ada, " ").await;

    assert_eq!(first.user_errors(), ["REQUIRED input.title"]);
    assert_eq!(first.json, second.json);
}

async fn what_was_forbidden_may_be_sent_again(world: &World) {
    let (root, vera) = (world.admin("root").await, world.viewer("vera").await);
    let listed = root.ask("{ users { nodes { id } } }").await.expect_ok();
    let refused = creates(&under(&vera, "one"), "A day").await;

    let id = listed.text("/users/nodes/1/id");
    root.does("userUpdate", json!({ "id": id, "input": { "role": "AUTHOR" } })).await;

    assert_eq!(refused.error_code(), "FORBIDDEN");
    creates(&under(&vera, "one"), "A day").await.expect_ok();
}

async fn rights_are_checked_again(world: &World) {
    let (root, ada) = (world.admin("root").await, world.author("ada").await);
    let listed = root.ask("{ users { nodes { id } } }").await.expect_ok();
    creates(&under(&ada, "one"), "A day").await.expect_ok();

    let id = listed.text("/users/nodes/1/id");
    root.does("userUpdate", json!({ "id": id, "input": { "role": "VIEWER" } })).await;

    assert_eq!(creates(&under(&ada, "one"), "A day").await.error_code(), "FORBIDDEN");
}

async fn a_dry_run_consumes_no_key(world: &World) {
    let ada = under(&world.author("ada").await, "one");
    let dry = json!({ "input": { "title": "A day" }, "dryRun": true });

    let first = ada.tries("postCreate", dry.clone()).await.expect_ok();
    let literal = r#"mutation { postCreate(input: { title: "A day" }, dryRun: true) { post { id } userErrors { code } } }"#;
    ada.ask(literal).await.expect_ok();

    assert_eq!(first.data("/postCreate/post"), &Value::Null);
    assert_eq!(posts(&ada).await, 0);
    creates(&ada, "A day").await.expect_ok();
    ada.tries("postCreate", dry).await.expect_ok();
    assert_eq!(posts(&ada).await, 1);
}

async fn a_query_heeds_no_key(world: &World) {
    let ada = under(&world.author("ada").await, "one");
    ada.ask(TITLES).await.expect_ok();

    ada.ask("{ viewer { name } }").await.expect_ok();

    creates(&ada, "A day").await.expect_ok();
}

async fn mutations_about_secrets_refuse_the_header(world: &World) {
    let root = under(&world.admin("root").await, "one");
    root.ask("{ viewer { name } }").await.expect_ok();
    let mutation = schema().get_object("Mutation").expect("there are mutations");
    let holds = |field: &str| ["secret", "token", "accessToken", "refreshToken"].contains(&field);
    let with_secrets = mutation.fields.iter().filter(|(_, field)| {
        let payload = schema().get_object(field.ty.inner_named_type());
        payload.is_some_and(|payload| payload.fields.keys().any(|name| holds(name.as_str())))
    });

    let mut refused = Vec::new();
    for (name, field) in with_secrets {
        let arguments = field.arguments.iter().filter(|argument| argument.is_required());
        let (mut declared, mut passed) = (Vec::new(), Vec::new());
        for argument in arguments {
            declared.push(format!("${}: {}", argument.name, argument.ty));
            passed.push(format!("{0}: ${0}", argument.name));
        }
        let around = |list: &[String]| if list.is_empty() { String::new() } else { format!("({})", list.join(", ")) };
        let document = format!(
            "mutation{} {{ {name}{} {{ userErrors {{ code }} }} }}",
            around(&declared),
            around(&passed)
        );
        let variables = json!({ "email": "e", "password": "p", "refreshToken": "t", "current": "c", "new": "n",
            "id": "client_1", "input": { "name": "N", "scopes": ["CONTENT_READ"] } });
        let answer = root.ask_with(&document, variables).await;
        assert_eq!(answer.refused_argument(), "Idempotency-Key", "{name}");
        refused.push(name.as_str());
    }

    refused.sort_unstable();
    let expected = [
        "apiClientCreate",
        "apiClientRevoke",
        "apiClientRotate",
        "apiClientUpdate",
        "passwordChange",
        "previewTokenCreate",
        "sessionCreate",
        "sessionRefresh",
    ];
    assert_eq!(refused, expected);
    let user = json!({ "input": { "email": "a@b.example", "name": "A", "role": "VIEWER" } });
    assert_eq!(root.tries("userCreate", user).await.refused_argument(), "Idempotency-Key");
}

async fn nobody_has_a_key(world: &World) {
    let refused = creates(&under(&world.reader(), "one"), "A day").await;

    assert_eq!((refused.status, refused.error_code()), (401, "UNAUTHENTICATED"));
}

async fn what_is_no_key_is_refused(world: &World) {
    let ada = world.author("ada").await;

    let long = creates(&under(&ada, &"k".repeat(256)), "A day").await;
    let twice = creates(&under(&under(&ada, "one"), "two"), "A day").await;
    let spaced = creates(&under(&ada, "one two"), "A day").await;

    assert_eq!(spaced.refused_argument(), "Idempotency-Key");
    assert_eq!((long.refused_argument(), twice.refused_argument()), ("Idempotency-Key".into(), "Idempotency-Key".into()));
    creates(&under(&ada, &"k".repeat(255)), "A day").await.expect_ok();
}

async fn what_an_erasure_forgot_is_not_carried_out_again(world: &World) {
    let ada = under(&world.author("ada").await, "one");
    let cara = world.lead("cara").await;
    creates(&ada, "A story").await.expect_ok();
    let another = cara.publishes_post(json!({ "title": "Another" })).await;
    let another = cara.withdraws(&another, "She asked us to").await;

    cara.tries("contentErase", json!({ "id": another.id, "reason": "She asked us to" })).await.expect_ok();

    let refused = creates(&ada, "A story").await;
    assert_eq!((refused.status, refused.refused_argument()), (400, "Idempotency-Key".to_owned()));
    let message = refused.errors()[0]["message"].as_str().unwrap_or_default();
    assert!(message.contains("was answered") && message.contains("something was erased since"), "{message}");
    assert_eq!(posts(&ada).await, 1);
}

async fn what_never_came_to_an_end_is_not_known(world: &World) {
    let ada = under(&world.author("ada").await, "one");
    creates(&ada, "A story").await.expect_ok();
    let db = world.app.db.writer();
    db.execute_unprepared("update idempotency set answer = null").await.expect("it is ours");
    world.clock.advance(60);

    let refused = creates(&ada, "A story").await;

    assert_eq!((refused.status, refused.error_code()), (503, "UNAVAILABLE"));
    assert_eq!(posts(&ada).await, 1);
}

async fn a_document_may_be_named_when_it_is_sent_again(world: &World) {
    let ada = under(&world.author("ada").await, "one");
    let mutation = "mutation { postCreate(input: { title: \"A day\" }) { post { id } userErrors { code } } }";
    let hash = api::domain::session::hash(mutation);
    let named = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
    let send = async |body: Value| ada.post("/graphql").await.json(&body).sent().await;
    let first = send(json!({ "query": mutation, "extensions": named })).await.expect_ok();

    let second = send(json!({ "extensions": named })).await.expect_ok();

    assert_eq!(first.json, second.json);
    assert_eq!(posts(&ada).await, 1);
}

async fn pages_may_send_it(world: &World) {
    let asked = world.reader().request(reqwest::Method::OPTIONS, "/graphql").await;
    let asked = asked
        .header("origin", "https://app.example")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "idempotency-key");

    let answer = asked.sent().await;

    assert!(answer.header("access-control-allow-headers").contains("idempotency-key"), "{answer:?}");
}
