//! Subscriptions: changes as they happen, over WebSocket (graphql-transport-ws) and server-sent events (graphql-sse).

use std::time::Duration;

use serde_json::{Value, json};

use super::support::World;
use super::support::socket::Socket;
use super::support::verbs::Doc;

specs! {
    in_a_world {
        a_change_is_told_as_it_happens_and_a_draft_is_not,
        what_was_missed_is_replayed_and_then_it_goes_on_at_any_instance,
        an_operation_that_is_completed_tells_nothing_more,
        queries_and_mutations_run_over_a_socket,
        what_is_wrong_with_an_operation_ends_it_and_not_the_socket,
        each_misuse_of_a_socket_is_closed_with_its_code,
        who_says_nothing_is_closed,
        a_socket_that_nobody_reads_holds_nothing_up,
        a_socket_is_closed_when_its_session_ends,
        pages_of_other_origins_do_not_connect,
        a_server_that_stops_closes_its_sockets_and_completes_its_streams,
        a_stream_tells_changes_as_they_happen,
        a_stream_answers_a_query_and_completes,
        what_is_wrong_with_an_operation_is_an_event,
        who_does_not_accept_events_gets_none,
        a_subscription_is_not_answered_in_one_piece,
    }
}

/// Sooner than a socket that is not read is given up.
const SOON: Duration = Duration::from_secs(15);
const CHANGES: &str = "subscription($after: String) {
    changes(after: $after) { cursor kind nodeId node { ... on Content { title } } } }";

async fn a_change_is_told_as_it_happens_and_a_draft_is_not(world: &World) {
    let ada = world.editor("ada").await;
    let mut socket = follows(world, Value::Null).await;

    ada.writes_post(json!({ "title": "Coffee" })).await;
    let tea = ada.publishes_post(json!({ "title": "Tea" })).await;

    let change = event(&mut socket).await;
    assert_eq!((&change["kind"], &change["nodeId"]), (&json!("PUBLISHED"), &json!(tea.id)));
    assert_eq!(change["node"], json!({ "title": "Tea" }));
}

async fn what_was_missed_is_replayed_and_then_it_goes_on_at_any_instance(world: &World) {
    let ada = world.editor("ada").await;
    let other = world.another().await;
    let mut socket = follows(world, Value::Null).await;
    let tea = ada.publishes_post(json!({ "title": "Tea" })).await;
    let cursor = event(&mut socket).await["cursor"].clone();
    drop(socket);
    let missed = [
        ada.publishes_post(json!({ "title": "Coffee" })).await,
        ada.publishes_post(json!({ "title": "Milk" })).await,
    ];
    ada.withdraws(&tea, "Cold").await;

    let mut socket = follows(&other, cursor).await;
    let mut told = Vec::new();
    for _ in 0..3 {
        told.push(event(&mut socket).await);
    }
    let late = ada.publishes_post(json!({ "title": "Water" })).await;
    told.push(event(&mut socket).await);

    let expected =
        [("PUBLISHED", &missed[0]), ("PUBLISHED", &missed[1]), ("WITHDRAWN", &tea), ("PUBLISHED", &late)];
    assert_eq!(told.iter().map(named).collect::<Vec<_>>(), expected.map(|(kind, doc)| change(kind, doc)));
    assert_eq!(told[2]["node"], Value::Null);
    drop(socket);
    other.end().await;
}

async fn an_operation_that_is_completed_tells_nothing_more(world: &World) {
    let ada = world.editor("ada").await;
    let mut socket = follows(world, Value::Null).await;

    socket.says(json!({ "id": "changes", "type": "complete" })).await;
    socket.subscribes("site", "{ site { name } }", json!({})).await;
    assert_eq!(socket.hears().await["id"], "site");
    ada.publishes_post(json!({ "title": "Tea" })).await;

    assert_eq!(socket.hears().await, json!({ "id": "site", "type": "complete" }));
    socket.says(json!({ "type": "ping", "payload": { "still": "there" } })).await;
    assert_eq!(socket.hears().await, json!({ "type": "pong", "payload": { "still": "there" } }));
}

async fn queries_and_mutations_run_over_a_socket(world: &World) {
    let ada = world.editor("ada").await;
    let mut socket = world.acknowledged(json!({ "Authorization": format!("Bearer {}", ada.opens_session().await.access) })).await;

    socket.subscribes("one", "{ viewer { name } __type(name: \"Post\") { name } }", json!({})).await;
    let answer = socket.hears().await;
    let completed = socket.hears().await;
    let create = r#"mutation { postCreate(input: { title: "Tea" }) { post { title } } }"#;
    socket.subscribes("two", create, json!({})).await;
    let created = socket.hears().await;

    assert_eq!(answer["payload"], json!({ "data": { "viewer": { "name": "ada" }, "__type": { "name": "Post" } } }));
    assert_eq!(completed, json!({ "id": "one", "type": "complete" }));
    assert_eq!(created["payload"]["data"]["postCreate"]["post"]["title"], "Tea");
}

async fn what_is_wrong_with_an_operation_ends_it_and_not_the_socket(world: &World) {
    let mut socket = world.acknowledged(Value::Null).await;
    let mut codes = Vec::new();

    for query in ["{", "{ nothing }", "subscription { changes(after: \"nonsense\") { at } }"] {
        socket.subscribes("wrong", query, json!({})).await;
        let error = socket.hears().await;
        assert_eq!(error["type"], "error");
        codes.push(error["payload"][0]["extensions"]["code"].clone());
    }

    assert_eq!(codes, ["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_INPUT"]);
    socket.subscribes("right", "{ site { name } }", json!({})).await;
    assert_eq!(socket.hears().await["type"], "next");
}

async fn each_misuse_of_a_socket_is_closed_with_its_code(world: &World) {
    let init = json!({ "type": "connection_init" });
    let subscribe = json!({ "id": "1", "type": "subscribe", "payload": { "query": CHANGES } });
    let forged = json!({ "type": "connection_init", "payload": { "authorization": "Bearer nonsense" } });
    let misuses = [
        (vec![json!("nonsense")], 4400),
        (vec![json!({ "type": "nonsense" })], 4400),
        (vec![init.clone(), json!({ "id": "", "type": "subscribe", "payload": { "query": "{ a }" } })], 4400),
        (vec![init.clone(), json!({ "id": "1", "type": "subscribe", "payload": {} })], 4400),
        (vec![subscribe.clone()], 4401),
        (vec![forged], 4403),
        (vec![init.clone(), subscribe.clone(), subscribe], 4409),
        (vec![init.clone(), init], 4429),
    ];

    let closed = misuses.iter().map(async |(messages, _)| {
        let mut socket = world.socket().await;
        for message in messages {
            socket.says(message.clone()).await;
        }
        socket.is_closed().await
    });
    let codes = futures_util::future::join_all(closed).await;

    assert_eq!(codes, misuses.each_ref().map(|(_, code)| *code));
    let mut other = world.opens_socket(&[]).await.expect("it is told after it connected");
    assert_eq!(other.is_closed().await, 4406);
    let mut large = world.acknowledged(Value::Null).await;
    large.says_text(&"x".repeat(1024 * 1024 + 1)).await;
    assert_eq!(large.is_closed().await, 1009);
}

async fn who_says_nothing_is_closed(world: &World) {
    let mut socket = world.socket().await;

    assert_eq!(socket.is_closed().await, 4408);
}

async fn a_socket_that_nobody_reads_holds_nothing_up(world: &World) {
    let ada = world.editor("ada").await;
    let bearer = format!("Bearer {}", ada.opens_session().await.access);
    let mut socket = world.acknowledged(json!({ "authorization": bearer })).await;
    let long = "{ __schema { types { name description fields { name description args { name description } } } } }";
    let write = "mutation($input: PostCreateInput!) { postCreate(input: $input) { post { id } } }";
    let lock = world.is_locked().await;

    socket.subscribes("write", write, json!({ "input": { "title": "Tea", "body": "Hot." } })).await;
    for number in 0..90 {
        socket.subscribes(&number.to_string(), long, json!({})).await;
    }
    socket.hears().await;
    lock.ends().await;

    let written = async {
        let drafts = ada.with_drafts();
        while drafts.ask("{ posts { totalCount } }").await.expect_ok().data("/posts/totalCount") != 1 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(SOON, written).await.expect("what was sent is written though no answer is read");
}

async fn a_socket_is_closed_when_its_session_ends(world: &World) {
    let ada = world.editor("ada").await;
    let session = ada.opens_session().await;
    let bearer = format!("Bearer {}", session.access);
    let mut socket = world.acknowledged(json!({ "authorization": bearer })).await;
    socket.subscribes("changes", CHANGES, json!({})).await;

    let revoke = "mutation($token: String!) { sessionRevoke(refreshToken: $token) { __typename } }";
    world.reader().ask_with(revoke, json!({ "token": session.refresh })).await.expect_ok();

    assert_eq!(socket.is_closed().await, 4403);
}

async fn pages_of_other_origins_do_not_connect(world: &World) {
    let settings = [("BEACON_ALLOWED_ORIGINS", "https://charity.example")];
    let strict = World::begin(world.backend, &settings).await;
    let protocol = ("sec-websocket-protocol", "graphql-transport-ws");

    let theirs = strict.opens_socket(&[protocol, ("origin", "https://evil.example")]).await.err();
    let ours = strict.opens_socket(&[protocol, ("origin", "https://charity.example")]).await.err();
    let programs = strict.opens_socket(&[protocol]).await.err();
    let app = json!({ "name": "The app", "scopes": ["CONTENT_READ"], "origins": ["https://app.example"] });
    strict.admin("root").await.tries_for("apiClientCreate", json!({ "input": app }), "userErrors { code }").await.expect_ok();
    let of_a_client = strict.opens_socket(&[protocol, ("origin", "https://app.example")]).await.err();

    assert_eq!((theirs, ours, programs, of_a_client), (Some(403), None, None, None));
    strict.end().await;
}

async fn a_server_that_stops_closes_its_sockets_and_completes_its_streams(world: &World) {
    let other = world.another().await;
    let mut socket = follows(&other, Value::Null).await;
    let mut stream = other.reader().streams(CHANGES, json!({})).await;

    other.end().await;

    assert_eq!(socket.is_closed().await, 1001);
    assert_eq!(stream.next().await.0, "complete");
}

async fn a_stream_tells_changes_as_they_happen(world: &World) {
    let ada = world.editor("ada").await;
    let tea = ada.publishes_post(json!({ "title": "Tea" })).await;
    let start = world.reader().ask("{ site { latestChangeCursor } }").await.expect_ok();
    ada.withdraws(&tea, "Cold").await;
    let after = json!({ "after": start.text("/site/latestChangeCursor") });
    let mut stream = world.reader().streams(CHANGES, after).await;
    let first = stream.next().await;

    let coffee = ada.publishes_post(json!({ "title": "Coffee" })).await;

    let second = stream.next().await;
    let told = [first, second].map(|(event, data)| (event, named(&data["data"]["changes"])));
    let expected = [change("WITHDRAWN", &tea), change("PUBLISHED", &coffee)].map(|told| ("next".to_owned(), told));
    assert_eq!(told, expected);
}

async fn a_stream_answers_a_query_and_completes(world: &World) {
    let mut stream = world.reader().streams("{ site { name } }", json!({})).await;

    let events = [stream.next().await, stream.next().await];

    let answer = json!({ "data": { "site": { "name": "The Charity" } } });
    assert_eq!(events, [("next".to_owned(), answer), ("complete".to_owned(), Value::Null)]);
}

async fn what_is_wrong_with_an_operation_is_an_event(world: &World) {
    let mut stream = world.reader().streams("{ nothing }", json!({})).await;

    let (event, data) = stream.next().await;

    assert_eq!(event, "next");
    assert_eq!(data["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
    assert_eq!(stream.next().await.0, "complete");
}

async fn who_does_not_accept_events_gets_none(world: &World) {
    let reader = world.reader();
    let body = json!({ "query": "{ site { name } }" });

    let json = reader.post("/graphql/stream").await.json(&body).header("accept", "application/json").sent().await;
    let forged = reader.with_token("nonsense").post("/graphql/stream").await.json(&body).sent().await;
    let mutation = "/graphql/stream?query=mutation%20%7B%20sessionRevoke(refreshToken%3A%22a%22)%20%7B%20__typename%20%7D%20%7D";
    let changed = reader.get(mutation).await.sent().await;

    assert_eq!((json.status, forged.status, changed.status), (406, 401, 405));
}

async fn a_subscription_is_not_answered_in_one_piece(world: &World) {
    let answer = world.reader().ask("subscription { changes { at } }").await;

    assert_eq!((answer.status, answer.error_code()), (400, "BAD_INPUT"));
    assert!(answer.body.contains("/graphql/ws") && answer.body.contains("/graphql/stream"), "{answer:?}");
}

/// A socket on which changes are told, from a cursor or from now on.
async fn follows(world: &World, after: Value) -> Socket {
    let site = world.reader().ask("{ site { latestChangeCursor } }").await.expect_ok();
    let after = if after.is_null() { site.data("/site/latestChangeCursor").clone() } else { after };
    let mut socket = world.acknowledged(Value::Null).await;
    socket.subscribes("changes", CHANGES, json!({ "after": after })).await;
    socket
}

async fn event(socket: &mut Socket) -> Value {
    let mut message = socket.hears().await;
    assert_eq!((&message["id"], &message["type"]), (&json!("changes"), &json!("next")), "{message}");
    message["payload"]["data"]["changes"].take()
}

fn named(change: &Value) -> String {
    format!("{} {}", change["kind"].as_str().unwrap_or_default(), change["nodeId"].as_str().unwrap_or_default())
}

fn change(kind: &str, doc: &Doc) -> String {
    format!("{kind} {}", doc.id)
}
