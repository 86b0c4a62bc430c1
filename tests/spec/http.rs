//! Bytes and headers: GraphQL over HTTP by the book, and the pages beside it.

use std::fs;

use reqwest::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::support::person::BY_THE_BOOK;
use super::support::{Answer, World};

specs! {
    in_a_world {
        a_query_is_answered_by_post_and_by_get,
        malformed_json_is_bad_input,
        a_body_that_is_no_object_is_bad_input,
        a_request_without_a_query_is_bad_input,
        variables_that_are_no_object_are_bad_input,
        invalid_utf_8_is_bad_input,
        another_content_type_is_refused,
        a_body_without_a_content_type_is_refused,
        a_charset_beside_json_is_understood,
        a_mutation_by_get_is_refused_with_the_allowed_method,
        another_method_is_refused,
        a_page_of_another_origin_may_ask,
        a_browser_is_told_what_a_page_may_send,
        a_syntax_error_has_its_place_and_no_data,
        an_unknown_field_fails_validation_and_has_no_data,
        an_unknown_operation_is_bad_input,
        a_variable_of_the_wrong_type_is_bad_input,
        a_number_where_a_decimal_is_a_string_is_bad_input,
        a_number_within_an_input_or_a_variable_is_bad_input,
        a_body_that_is_too_large_is_refused,
        whoever_sends_all_before_they_read_hears_why_it_is_refused,
        a_batch_is_refused,
        the_answer_has_the_media_type_that_was_asked_for,
        plain_json_carries_a_failed_document_with_200,
        an_answer_in_another_media_type_is_not_acceptable,
        a_languages_parameter_that_names_no_language_is_bad_input,
        drafts_for_nobody_are_unauthenticated,
        drafts_are_never_cached,
        an_unknown_path_is_not_found,
        the_server_says_that_it_lives_and_is_ready,
        the_home_page_has_no_third_party_origin,
        the_explorer_has_no_third_party_origin,
        the_schema_is_served_as_it_stands_in_the_repository,
        an_internal_message_never_names_the_inside,
    }
}

const JSON: &str = "application/json";

async fn a_query_is_answered_by_post_and_by_get(world: &World) {
    let by_post = world.reader().ask("{ __typename }").await;
    let by_get = world.reader().get("/graphql?query=%7B__typename%7D").await.sent().await;

    assert_eq!(by_post.expect_ok().json, json!({ "data": { "__typename": "Query" } }));
    assert_eq!(by_get.expect_ok().json, json!({ "data": { "__typename": "Query" } }));
}

async fn malformed_json_is_bad_input(world: &World) {
    let answer = posted(world, JSON, "{\"query\":").await;

    refused(&answer, 400, "BAD_INPUT");
}

async fn a_body_that_is_no_object_is_bad_input(world: &World) {
    let answer = posted(world, JSON, "\"{ __typename }\"").await;

    refused(&answer, 400, "BAD_INPUT");
}

async fn a_request_without_a_query_is_bad_input(world: &World) {
    let answer = posted(world, JSON, "{}").await;

    refused(&answer, 400, "BAD_INPUT");
}

async fn variables_that_are_no_object_are_bad_input(world: &World) {
    let answer = posted(world, JSON, r#"{"query":"{ __typename }","variables":[1]}"#).await;

    refused(&answer, 400, "BAD_INPUT");
}

async fn invalid_utf_8_is_bad_input(world: &World) {
    let answer = posted(world, JSON, b"{\"query\":\"{ __typename } # \xff\"}").await;

    refused(&answer, 400, "BAD_INPUT");
}

async fn another_content_type_is_refused(world: &World) {
    let answer = posted(world, "text/plain", r#"{"query":"{ __typename }"}"#).await;

    refused(&answer, 415, "BAD_INPUT");
}

async fn a_body_without_a_content_type_is_refused(world: &World) {
    let answer = world.reader().post("/graphql").await.body(r#"{"query":"{ __typename }"}"#).sent().await;

    refused(&answer, 415, "BAD_INPUT");
}

async fn a_charset_beside_json_is_understood(world: &World) {
    let answer = posted(world, "application/json; charset=utf-8", r#"{"query":"{ __typename }"}"#).await;

    answer.expect_ok();
}

async fn a_mutation_by_get_is_refused_with_the_allowed_method(world: &World) {
    let query = "/graphql?query=mutation%7BsessionRevoke(refreshToken:%22x%22)%7Brevoked%7D%7D";

    let answer = world.reader().get(query).await.sent().await;

    refused(&answer, 405, "BAD_INPUT");
    assert_eq!(answer.header("allow"), "POST");
}

async fn another_method_is_refused(world: &World) {
    let answer = world.reader().request(Method::PUT, "/graphql").await.sent().await;

    assert_eq!(answer.status, 405, "{answer:?}");
    assert!(answer.header("allow").contains("POST"), "{answer:?}");
}

async fn a_syntax_error_has_its_place_and_no_data(world: &World) {
    let answer = world.reader().ask("{ site { name }").await;

    refused(&answer, 400, "GRAPHQL_PARSE_FAILED");
    assert_eq!(answer.errors()[0]["locations"][0]["line"], 1, "{answer:?}");
}

async fn an_unknown_field_fails_validation_and_has_no_data(world: &World) {
    let answer = world.reader().ask("{ noSuchField }").await;

    refused(&answer, 400, "GRAPHQL_VALIDATION_FAILED");
}

async fn an_unknown_operation_is_bad_input(world: &World) {
    let body = r#"{"query":"query A { __typename }","operationName":"B"}"#;

    let answer = posted(world, JSON, body).await;

    refused(&answer, 400, "BAD_INPUT");
}

async fn a_variable_of_the_wrong_type_is_bad_input(world: &World) {
    let query = "query($first: Int) { posts(first: $first) { nodes { id } } }";

    let answer = world.reader().ask_with(query, json!({ "first": "ten" })).await;

    refused(&answer, 400, "BAD_INPUT");
    assert_eq!(answer.errors()[0]["extensions"]["argumentPath"], json!(["first"]), "{answer:?}");
}

async fn a_body_that_is_too_large_is_refused(world: &World) {
    let variables = json!({ "text": "x".repeat(20 * 1024 * 1024) });

    let answer = world.reader().ask_with("{ __typename }", variables).await;

    refused(&answer, 413, "TOO_LARGE");
}

async fn whoever_sends_all_before_they_read_hears_why_it_is_refused(world: &World) {
    let body = vec![b' '; 8 * 1024 * 1024];
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {}\r\ncontent-type: {JSON}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        world.address(),
        body.len()
    );
    let mut stream = TcpStream::connect(world.address()).await.expect("the server listens");

    stream.write_all(head.as_bytes()).await.expect("it is read");
    stream.write_all(&body).await.expect("it is read");

    let mut said = String::new();
    stream.read_to_string(&mut said).await.expect("there is an answer");
    assert!(said.starts_with("HTTP/1.1 413 ") && said.contains("TOO_LARGE"), "{said}");
}

async fn a_batch_is_refused(world: &World) {
    let answer = posted(world, JSON, r#"[{"query":"{ __typename }"},{"query":"{ __typename }"}]"#).await;

    refused(&answer, 400, "BAD_INPUT");
}

async fn the_answer_has_the_media_type_that_was_asked_for(world: &World) {
    let plain = world.reader().saying("accept", JSON).ask("{ __typename }").await;
    let by_the_book = world.reader().saying("accept", BY_THE_BOOK).ask("{ __typename }").await;

    assert!(plain.header("content-type").starts_with(JSON), "{plain:?}");
    assert!(by_the_book.header("content-type").starts_with(BY_THE_BOOK), "{by_the_book:?}");
}

async fn plain_json_carries_a_failed_document_with_200(world: &World) {
    let answer = world.reader().saying("accept", JSON).ask("{ noSuchField }").await;

    refused(&answer, 200, "GRAPHQL_VALIDATION_FAILED");
}

async fn an_answer_in_another_media_type_is_not_acceptable(world: &World) {
    let answer = world.reader().saying("accept", "image/png").ask("{ __typename }").await;

    assert_eq!(answer.status, 406, "{answer:?}");
}

async fn a_languages_parameter_that_names_no_language_is_bad_input(world: &World) {
    let body = json!({ "query": "{ __typename }" });

    let answer = world
        .reader()
        .saying("accept", BY_THE_BOOK)
        .post("/graphql?languages=not%20a%20language")
        .await
        .json(&body)
        .sent()
        .await;

    refused(&answer, 400, "BAD_INPUT");
    assert_eq!(answer.errors()[0]["extensions"]["argumentPath"], json!(["languages"]), "{answer:?}");
}

async fn drafts_for_nobody_are_unauthenticated(world: &World) {
    let answer = world.reader().with_drafts().ask("{ __typename }").await;

    refused(&answer, 401, "UNAUTHENTICATED");
}

async fn drafts_are_never_cached(world: &World) {
    let vera = world.viewer("vera").await;

    let answer = vera.with_drafts().ask("{ viewer { name } }").await.expect_ok();

    assert_eq!(answer.header("cache-control"), "private, no-store");
}

async fn an_unknown_path_is_not_found(world: &World) {
    let answer = world.reader().get("/no/such/path").await.sent().await;

    assert_eq!(answer.status, 404);
}

async fn the_server_says_that_it_lives_and_is_ready(world: &World) {
    let lives = world.reader().get("/healthz").await.sent().await;
    let is_ready = world.reader().get("/readyz").await.sent().await;

    assert_eq!((lives.status, is_ready.status), (200, 200));
}

async fn the_home_page_has_no_third_party_origin(world: &World) {
    let answer = world.reader().get("/").await.sent().await;

    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(answer.header("content-type").starts_with("text/html"), "{answer:?}");
    assert_eq!(third_party_origins(world, &answer), Vec::<&str>::new());
    assert!(answer.header("content-security-policy").contains("default-src"), "{:?}", answer.headers);
}

async fn the_explorer_has_no_third_party_origin(world: &World) {
    let answer = world.reader().get("/explorer").await.sent().await;

    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(third_party_origins(world, &answer), Vec::<&str>::new());
    assert!(answer.header("content-security-policy").contains("default-src"), "{:?}", answer.headers);
}

async fn the_schema_is_served_as_it_stands_in_the_repository(world: &World) {
    let answer = world.reader().get("/schema.graphql").await.sent().await;

    let file = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../schema.graphql"));
    assert_eq!(answer.body, file.expect("schema.graphql stands at the root"));
}

async fn an_internal_message_never_names_the_inside(world: &World) {
    world.app.db.writer().close_by_ref().await.expect("a pool can be closed");

    let answer = world.reader().signs_in_as("ada@charity.example", "whatever it is").await;

    assert!(["UNAVAILABLE", "INTERNAL"].contains(&answer.error_code()), "{answer:?}");
    assert!(!answer.body.to_lowercase().contains("pool"), "{answer:?}");
    assert!(!answer.body.to_lowercase().contains("sql"), "{answer:?}");
    assert_eq!(world.reader().get("/healthz").await.sent().await.status, 200);
}

/// Posts a body as it is.
async fn posted(world: &World, content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
    let request = world.reader().post("/graphql").await.header("content-type", content_type);
    request.header("accept", BY_THE_BOOK).body(body).sent().await
}

/// A request error: its status and code, and no `data`.
#[track_caller]
fn refused(answer: &Answer, status: u16, code: &str) {
    assert!(!answer.errors().is_empty(), "an error was expected, but the answer is {answer:?}");
    let said = answer.errors()[0]["extensions"]["code"].as_str();
    assert_eq!((answer.status, said), (status, Some(code)), "{answer:?}");
    assert!(answer.json.get("data").is_none(), "a request error has no data: {answer:?}");
}

/// Whatever a page would load or open elsewhere.
fn third_party_origins<'a>(world: &World, page: &'a Answer) -> Vec<&'a str> {
    let ours = world.app.config.public_url.as_str().trim_end_matches('/');
    let loads =
        ["src=\"http", "src=\"//", "href=\"http", "href=\"//", "url(http", "@import", "import(\"http"];
    let lines = page.body.lines().filter(|line| loads.iter().any(|load| line.contains(load)));
    lines.filter(|line| !line.contains(ours)).collect()
}

async fn a_page_of_another_origin_may_ask(world: &World) {
    let request = world.reader().post("/graphql").await.header("origin", "https://partner.example");

    let answer = request.json(&json!({ "query": "{ site { name } }" })).sent().await;

    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert!(answer.header("access-control-expose-headers").contains("x-request-id"), "{answer:?}");
    assert!(answer.headers.get("access-control-allow-credentials").is_none(), "{answer:?}");
}

async fn a_browser_is_told_what_a_page_may_send(world: &World) {
    let request = world.reader().request(Method::OPTIONS, "/graphql").await;
    let request = request.header("origin", "https://partner.example").header("access-control-request-method", "POST");

    let answer = request.header("access-control-request-headers", "content-type").sent().await;

    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-methods"), "GET,POST");
    let headers = answer.header("access-control-allow-headers");
    assert!(headers.contains("content-type") && headers.contains("authorization"), "{headers}");
}

async fn a_number_where_a_decimal_is_a_string_is_bad_input(world: &World) {
    let ada = world.editor("ada").await;

    let answer = ada
        .ask(r#"mutation { figureCorrect(figureId: "x", expectedVersion: 1, value: 48, reason: "y") { userErrors { code } } }"#)
        .await;

    refused(&answer, 400, "BAD_INPUT");
    assert_eq!(answer.refused_argument(), "value");
}

async fn a_number_within_an_input_or_a_variable_is_bad_input(world: &World) {
    let by_literal = r#"{ signpost(languages: ["en", 7]) { message } }"#;
    let by_variable = "query($from: DateTime) { posts(filter: { publishedAt: { from: $from } }) { totalCount } }";

    let literal = world.reader().ask(by_literal).await;
    let variable = world.reader().ask_with(by_variable, json!({ "from": 2026 })).await;

    refused(&literal, 400, "BAD_INPUT");
    assert_eq!(literal.refused_argument(), "languages.1");
    refused(&variable, 400, "BAD_INPUT");
    assert_eq!(variable.refused_argument(), "filter.publishedAt.from");
}
