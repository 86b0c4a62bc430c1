//! Traces: where the time of a request goes, sent to a collector, without a word of what was asked for.

use std::fs;
use std::time::Duration;

use serde_json::json;
use tokio::net::TcpListener;

use super::support::Place;
use super::support::collector::{Collector, Span};
use super::support::process::{PASSWORD, Said, Served};

specs! {
    in_an_empty_place {
        a_request_is_traced_to_its_operation_and_its_statements,
        what_is_carried_out_once_is_traced_to_its_statements_too,
        an_operation_over_a_stream_is_a_trace_of_its_own,
        neither_a_trace_nor_the_log_has_a_word_of_what_was_asked_for,
        a_trace_says_what_failed_and_by_which_code,
        a_trace_that_a_trusted_proxy_began_goes_on,
        a_trace_that_a_client_began_does_not_go_on,
        a_collector_that_is_away_holds_up_nobody,
        a_collector_that_never_answers_holds_up_nobody,
    }
}

const HOME: &str = "query Home { posts { totalCount } }";
const SEARCH: &str = "query ByTheRiver($words: String!) { search(query: $words) { nodes { __typename } } }";
/// As W3C Trace Context gives it for an example.
const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// A server that sends its traces to a collector, with more settings.
async fn traced(place: &Place, collector: &str, settings: &[(&str, &str)]) -> Served {
    let settings: Vec<_> =
        [("BEACON_OTLP_ENDPOINT", collector)].iter().chain(settings).copied().collect();
    place.starts(&settings).ready().await
}

/// Ends it in good order, long before it would send its traces by itself.
async fn stopped(served: Served) -> Said {
    served.is_asked_to_stop().await;
    let said = served.ends().await;
    assert!(said.status.success(), "{said:?}");
    said
}

#[track_caller]
fn only<'a>(spans: &'a [Span], name: &str, attribute: (&str, &str)) -> &'a Span {
    let fits = |span: &&Span| {
        span.name == name && span.attributes.get(attribute.0).is_some_and(|value| value == attribute.1)
    };
    let mut found = spans.iter().filter(fits);
    let first = found.next().unwrap_or_else(|| panic!("there is no {name} with {attribute:?}: {spans:#?}"));
    assert!(found.next().is_none(), "there are several {name} with {attribute:?}: {spans:#?}");
    first
}

#[track_caller]
fn part<'a>(spans: &'a [Span], parent: &str, name: &str) -> &'a Span {
    let mut found = spans.iter().filter(|span| span.parent.as_deref() == Some(parent) && span.name == name);
    found.next().unwrap_or_else(|| panic!("{parent} has no {name}: {spans:#?}"))
}

async fn a_request_is_traced_to_its_operation_and_its_statements(place: &Place) {
    let collector = Collector::listens().await;
    let file = place.data_dir.with_file_name("documents.json");
    fs::write(&file, json!({ "home": HOME }).to_string()).expect("there is room");
    let documents = file.to_str().expect("the path is text");
    let settings = [
        ("BEACON_TRUSTED_DOCUMENTS", documents),
        ("BEACON_OTLP_HEADERS", "authorization=Bearer of the collector"),
    ];
    let served = traced(place, &collector.url(), &settings).await;

    let answer = served.reader().ask(HOME).await.expect_ok();
    let said = stopped(served).await;

    let spans = collector.spans();
    let request = only(&spans, "POST /graphql", ("beacon.request_id", answer.header("x-request-id")));
    assert_eq!(request.parent_id, "");
    assert!(!request.is_error);
    assert_eq!(request.attributes["http.request.method"], "POST");
    assert_eq!(request.attributes["http.route"], "/graphql");
    assert_eq!(request.attributes["http.response.status_code"], "200");
    let operation = only(&spans, "query Home", ("graphql.operation.name", "Home"));
    assert_eq!(operation.attributes["graphql.operation.type"], "query");
    assert_eq!((operation.parent.as_deref(), &operation.trace), (Some("POST /graphql"), &request.trace));
    let statement = part(&spans, "query Home", "SELECT post");
    let database = if place.is_a_file() { "sqlite" } else { "postgresql" };
    assert_eq!((statement.attributes["db.system.name"].as_str(), &statement.trace), (database, &request.trace));
    assert!(statement.attributes["db.query.text"].contains("\"stage\" = ?"), "{statement:?}");
    assert!(collector.headers("authorization").iter().all(|token| token == "Bearer of the collector"));
    assert!(!said.stderr.contains("of the collector"), "{said:?}");
}

async fn what_is_carried_out_once_is_traced_to_its_statements_too(place: &Place) {
    let (collector, email) = (Collector::listens().await, place.hires("Ada", "EDITOR").await);
    let served = traced(place, &collector.url(), &[]).await;
    let ada = served.signed_in(&email, PASSWORD).await.saying("idempotency-key", "one");

    ada.writes_post(json!({ "title": "By the river" })).await;
    stopped(served).await;

    for name in ["BEGIN", "INSERT post", "COMMIT"] {
        part(&collector.spans(), "mutation", name);
    }
}

async fn an_operation_over_a_stream_is_a_trace_of_its_own(place: &Place) {
    let collector = Collector::listens().await;
    let served = traced(place, &collector.url(), &[]).await;

    served.reader().streams(HOME, json!({})).await.next().await;
    stopped(served).await;

    let spans = collector.spans();
    let operation = only(&spans, "query", ("graphql.operation.type", "query"));
    assert_eq!((operation.parent_id.as_str(), &part(&spans, "query", "SELECT post").trace), ("", &operation.trace));
}

async fn neither_a_trace_nor_the_log_has_a_word_of_what_was_asked_for(place: &Place) {
    let (collector, email) = (Collector::listens().await, place.hires("Ada", "EDITOR").await);
    let settings = [("BEACON_LOG", "trace"), ("BEACON_TRUSTED_PROXIES", "127.0.0.1")];
    let served = traced(place, &collector.url(), &settings).await;
    let reader = served.reader().at_address("203.0.113.77").saying("tracestate", "charity=tattletale");
    let reader = reader.saying("traceparent", PARENT).saying("user-agent", "Netscape");

    reader.ask_with(SEARCH, json!({ "words": "domestic violence" })).await.expect_ok();
    reader.ask(r#"{ search(query: "harbour -lighthouse") { nodes { __typename } } }"#).await.expect_ok();
    reader.get("/graphql?query=%7BsiteOfTheRiver%7D").await.sent().await;
    reader.get("/by-the-river?help=domestic").await.sent().await;
    let refused = reader.signs_in_as(&email, "quite another password").await;
    let taken = reader.signs_in_as(&email, PASSWORD).await.expect_ok();
    let token = taken.text("/sessionCreate/accessToken").to_owned();
    let ada = reader.with_token(&token);
    let post = ada.writes_post(json!({ "title": "Leaving unseen", "body": "Take the *back door*." })).await;
    ada.saves("postUpdate", &post, json!({ "title": "Leaving unheard" })).await;
    let said = stopped(served).await;

    let (text, log) = (collector.text(), said.stderr.to_lowercase());
    assert_eq!(refused.user_errors(), ["INVALID_CREDENTIALS"]);
    assert!(text.contains("post /graphql") && text.contains("insert post"), "nothing was traced");
    assert!(log.contains("route=\"/graphql\""), "nothing was logged");
    let words = [
        "violen", "domest", "harbour", "lighthouse", "river", "leaving", "unseen", "unheard", "back door",
        "quite another", "charity", "ada@", "tattletale", "netscape", "203.0.113.77", &token[..20].to_lowercase(),
    ];
    let told = |by: &str| words.iter().filter(|word| by.contains(**word)).copied().collect::<Vec<_>>();
    assert_eq!(told(&text), Vec::<&str>::new());
    assert_eq!(told(&log), Vec::<&str>::new());
    assert!(!text.contains("127.0.0.1"), "an address was told");
}

async fn a_trace_says_what_failed_and_by_which_code(place: &Place) {
    let collector = Collector::listens().await;
    let served = traced(place, &collector.url(), &[]).await;

    served.reader().get("/by-the-river").await.sent().await;
    served.reader().ask("{ posts(first: 1000) { totalCount } }").await;
    place.suffers("alter table post rename to lost").await;
    served.reader().ask(HOME).await;
    stopped(served).await;

    let spans = collector.spans();
    let not_found = only(&spans, "GET", ("http.response.status_code", "404"));
    assert!(!not_found.is_error && !not_found.attributes.contains_key("http.route"), "{not_found:?}");
    assert!(!only(&spans, "query", ("error.type", "BAD_INPUT")).is_error);
    assert!(only(&spans, "query", ("error.type", "INTERNAL")).is_error);
    let code = if place.is_a_file() { "1" } else { "42P01" };
    assert!(only(&spans, "SELECT post", ("error.type", code)).is_error);
}

async fn a_trace_that_a_trusted_proxy_began_goes_on(place: &Place) {
    let collector = Collector::listens().await;
    let served = traced(place, &collector.url(), &[("BEACON_TRUSTED_PROXIES", "127.0.0.1")]).await;

    served.reader().saying("traceparent", PARENT).ask(HOME).await.expect_ok();
    stopped(served).await;

    let spans = collector.spans();
    let request = only(&spans, "POST /graphql", ("http.response.status_code", "200"));
    assert_eq!(format!("00-{}-{}-01", request.trace, request.parent_id), PARENT);
    assert_eq!(part(&spans, "query", "SELECT post").trace, request.trace);
}

async fn a_trace_that_a_client_began_does_not_go_on(place: &Place) {
    let collector = Collector::listens().await;
    let served = traced(place, &collector.url(), &[]).await;

    served.reader().saying("traceparent", PARENT).ask(HOME).await.expect_ok();
    stopped(served).await;

    let spans = collector.spans();
    let request = only(&spans, "POST /graphql", ("http.response.status_code", "200"));
    assert!(request.parent_id.is_empty() && !PARENT.contains(&request.trace), "{request:?}");
}

async fn a_collector_that_is_away_holds_up_nobody(place: &Place) {
    let nobody = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
    let address = format!("http://{}", nobody.local_addr().expect("it is bound"));
    drop(nobody);

    let said = served_without(place, &address).await;

    assert!(said.stderr.contains("OTLP export"), "nobody is told: {said:?}");
}

async fn a_collector_that_never_answers_holds_up_nobody(place: &Place) {
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
    let address = format!("http://{}", silent.local_addr().expect("it is bound"));

    let said = served_without(place, &address).await;

    assert!(said.stderr.contains("the last traces could not be sent"), "nobody is told: {said:?}");
}

/// Asks more than can wait to be sent, and stops the server, all before it would give a collector up.
async fn served_without(place: &Place, collector: &str) -> Said {
    let settings = [("OTEL_BSP_MAX_QUEUE_SIZE", "2"), ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "1")];
    let served = traced(place, collector, &settings).await;
    let asked = async {
        for _ in 0..40 {
            served.reader().ask(HOME).await.expect_ok();
        }
        stopped(served).await
    };
    tokio::time::timeout(Duration::from_secs(9), asked).await.expect("nobody waits for the collector")
}
