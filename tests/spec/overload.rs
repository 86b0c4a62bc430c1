//! Overload: what is too much at once is told to come back before it takes memory, and what takes too long is given up
//! with its statements.

use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::support::database::Backend;
use super::support::{Answer, World};

specs! {
    in_a_world {
        an_operation_too_many_is_told_to_come_back,
        cached_answers_are_given_however_much_there_is_to_do,
        a_connection_too_many_is_told_to_come_back,
        a_socket_is_one_of_the_connections,
        a_large_body_too_many_is_told_to_come_back,
        an_operation_that_takes_too_long_is_given_up_with_its_statement,
        a_statement_whose_asker_went_away_is_given_up,
    }
}

const POSTS: &str = "{ posts { totalCount } }";
/// How soon a statement is gone that nobody waits for; a lock is waited for for five seconds.
const SOON: Duration = Duration::from_secs(3);

/// An instance that does one thing at a time, and shows what it does.
async fn small(world: &World, setting: &str) -> World {
    let small = world.another_with(&[(setting, "1"), ("BEACON_METRICS_LISTEN", "127.0.0.1:0")]).await;
    small.app.pulse().wait_for(|beat| beat.is_live).await.expect("the server runs");
    small
}

#[track_caller]
fn is_busy(answer: &Answer) {
    assert_eq!((answer.status, answer.error_code(), answer.header("retry-after")), (503, "UNAVAILABLE", "1"));
}

async fn an_operation_too_many_is_told_to_come_back(world: &World) {
    let small = small(world, "BEACON_MAX_OPERATIONS").await;
    let ada = small.editor("ada").await;
    ada.ask("{ viewer { name } }").await.expect_ok();
    let lock = world.is_locked().await;

    let writing = ada.tries("postCreate", json!({ "input": { "title": "Tea", "body": "Hot." } }));
    let others = async {
        small.comes_to_show("beacon_operations", "1").await;
        let refused = small.reader().ask(POSTS).await;
        lock.ends().await;
        refused
    };
    let (written, refused) = tokio::join!(writing, others);
    let afterwards = small.reader().ask(POSTS).await;

    is_busy(&refused);
    written.expect_ok();
    afterwards.expect_ok();
    small.end().await;
}

async fn cached_answers_are_given_however_much_there_is_to_do(world: &World) {
    let small = small(world, "BEACON_MAX_OPERATIONS").await;
    let ada = small.editor("ada").await;
    ada.ask("{ viewer { name } }").await.expect_ok();
    small.reader().ask(POSTS).await.expect_ok();
    let lock = world.is_locked().await;

    let writing = ada.tries("postCreate", json!({ "input": { "title": "Tea", "body": "Hot." } }));
    let others = async {
        small.comes_to_show("beacon_operations", "1").await;
        let kept = small.reader().ask(POSTS).await;
        lock.ends().await;
        kept
    };
    let (_, kept) = tokio::join!(writing, others);

    kept.expect_ok();
    small.end().await;
}

/// A request over a connection of its own, and what is answered until the server has no more to say.
async fn says(connection: &mut TcpStream, request: &str) -> String {
    connection.write_all(request.as_bytes()).await.expect("it reads");
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.expect("it answers, and closes");
    answer
}

async fn a_connection_too_many_is_told_to_come_back(world: &World) {
    let small = small(world, "BEACON_MAX_CONNECTIONS").await;
    let first = TcpStream::connect(small.address()).await.expect("it listens");
    small.comes_to_show("beacon_connections", "1").await;
    let request = "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

    let mut second = TcpStream::connect(small.address()).await.expect("it listens");
    let refused = says(&mut second, request).await;
    drop(first);
    small.comes_to_show("beacon_connections", "0").await;
    let mut third = TcpStream::connect(small.address()).await.expect("it listens");
    let answered = says(&mut third, request).await;

    assert!(refused.starts_with("HTTP/1.1 503 ") && refused.contains("retry-after: 1\r\n"), "{refused}");
    assert!(answered.starts_with("HTTP/1.1 200 "), "{answered}");
    small.end().await;
}

async fn a_socket_is_one_of_the_connections(world: &World) {
    let small = small(world, "BEACON_MAX_CONNECTIONS").await;
    let socket = small.acknowledged(json!({})).await;

    let refused = small.opens_socket(&[]).await.err();
    drop(socket);
    small.comes_to_show("beacon_connections", "0").await;

    assert_eq!(refused, Some(503));
    small.reader().ask(POSTS).await.expect_ok();
    small.end().await;
}

/// A connection over which a large body is about to come.
async fn promises_much(world: &World) -> TcpStream {
    let mut connection = TcpStream::connect(world.address()).await.expect("it listens");
    let head = "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
                content-length: 1000000\r\nexpect: 100-continue\r\n\r\n";
    connection.write_all(head.as_bytes()).await.expect("it reads");
    connection
}

async fn a_large_body_too_many_is_told_to_come_back(world: &World) {
    let mut promised = Vec::new();
    for _ in 0..64 {
        let mut connection = promises_much(world).await;
        let mut asked = [0; 25];
        connection.read_exact(&mut asked).await.expect("it asks for the body");
        promised.push(connection);
    }

    let mut refused = promises_much(world).await;
    let mut head = [0; 12];
    refused.read_exact(&mut head).await.expect("it answers");
    let small = world.reader().ask(POSTS).await;

    assert_eq!(String::from_utf8_lossy(&head), "HTTP/1.1 503");
    small.expect_ok();
}

async fn an_operation_that_takes_too_long_is_given_up_with_its_statement(world: &World) {
    if world.backend == Backend::Sqlite {
        return; // A statement on SQLite waits for nobody, and ends with its next row.
    }
    let hasty = world.another_with(&[("BEACON_REQUEST_TIMEOUT", "1")]).await;
    let lock = world.keeps_readers_waiting().await;

    let given_up = hasty.reader().ask(POSTS).await;
    let gone_after = world.has_waiting(0).await;
    lock.ends().await;
    let afterwards = hasty.reader().ask(POSTS).await;

    assert_eq!((given_up.status, given_up.error_code()), (503, "TIMEOUT"));
    assert!(gone_after < SOON, "{gone_after:?}");
    afterwards.expect_ok();
    hasty.end().await;
}

async fn a_statement_whose_asker_went_away_is_given_up(world: &World) {
    if world.backend == Backend::Sqlite {
        return; // A statement on SQLite waits for nobody, and ends with its next row.
    }
    let lock = world.keeps_readers_waiting().await;
    let body = json!({ "query": POSTS }).to_string();
    let head = "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
    let mut asker = TcpStream::connect(world.address()).await.expect("it listens");
    let request = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
    asker.write_all(request.as_bytes()).await.expect("it reads");
    world.has_waiting(1).await;

    drop(asker);

    let gone_after = world.has_waiting(0).await;
    assert!(gone_after < SOON, "{gone_after:?}");
    lock.ends().await;
}
