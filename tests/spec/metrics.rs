//! Metrics: numbers for those who operate the server, where nobody else reads them, and without anybody's words.

use std::fs;

use serde_json::json;

use super::support::{Place, World};

specs! {
    in_a_world {
        requests_are_counted_by_type_status_and_use_of_the_cache,
        operations_of_trusted_documents_are_told_by_name_and_all_others_together,
        durations_are_counted_in_buckets,
        charts_are_a_route_of_their_own,
        statements_connections_and_kept_answers_are_shown,
        the_rounds_of_jobs_are_counted,
        nobody_else_reads_them,
    }
    in_an_empty_place {
        the_binary_says_where_its_metrics_are,
    }
}

const TRUSTED: &str = "query Home { posts { totalCount } }";

/// An instance that shows its metrics, and trusts one document.
async fn watched(world: &World) -> World {
    let file = world.app.config.data_dir.join("documents.json");
    fs::write(&file, json!({ "home": TRUSTED }).to_string()).expect("there is room");
    let documents = file.to_str().expect("the path is text");
    let settings = [("BEACON_METRICS_LISTEN", "127.0.0.1:0"), ("BEACON_TRUSTED_DOCUMENTS", documents)];
    let watched = world.another_with(&settings).await;
    watched.app.pulse().wait_for(|beat| beat.is_live).await.expect("the server runs");
    watched
}

/// All that is shown.
async fn shown(world: &World) -> String {
    let answer = world.operator().get("/metrics").await.sent().await;
    assert_eq!((answer.status, answer.header("content-type")), (200, OPEN_METRICS));
    answer.body
}

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The value of a metric with its labels.
#[track_caller]
fn value<'a>(shown: &'a str, metric: &str) -> &'a str {
    let found = shown.lines().find_map(|line| line.strip_prefix(metric)?.strip_prefix(' '));
    found.unwrap_or_else(|| panic!("{metric} is not shown:\n{shown}"))
}

/// The same, as a number.
#[track_caller]
fn number(shown: &str, metric: &str) -> f64 {
    value(shown, metric).parse().expect("a metric is a number")
}

/// How many requests to `/graphql` were answered with these labels.
#[track_caller]
fn requests<'a>(shown: &'a str, labels: &str) -> &'a str {
    value(shown, &format!("beacon_requests_total{{route=\"/graphql\",{labels}}}"))
}

async fn requests_are_counted_by_type_status_and_use_of_the_cache(world: &World) {
    let watched = watched(world).await;
    watched.reader().ask("{ site { name } }").await.expect_ok();
    watched.reader().ask("{ site { name } }").await.expect_ok();
    watched.reader().ask("{ nothing }").await;
    watched.reader().tries("sessionRevoke", json!({ "refreshToken": "x" })).await;

    let shown = shown(&watched).await;

    assert_eq!(requests(&shown, r#"operation="other",type="query",status="200",cache="miss""#), "1");
    assert_eq!(requests(&shown, r#"operation="other",type="query",status="200",cache="hit""#), "1");
    assert_eq!(requests(&shown, r#"operation="other",type="none",status="400",cache="passed""#), "1");
    assert_eq!(requests(&shown, r#"operation="other",type="mutation",status="200",cache="passed""#), "1");
    watched.end().await;
}

async fn operations_of_trusted_documents_are_told_by_name_and_all_others_together(world: &World) {
    let watched = watched(world).await;
    watched.reader().ask(TRUSTED).await.expect_ok();
    watched.reader().ask(TRUSTED).await.expect_ok();
    watched.reader().ask("query Shelter { site { name } }").await.expect_ok();
    watched.reader().get("/shelter?query=shelter").await.sent().await;

    let shown = shown(&watched).await;

    assert_eq!(requests(&shown, r#"operation="Home",type="query",status="200",cache="miss""#), "1");
    assert_eq!(requests(&shown, r#"operation="Home",type="query",status="200",cache="hit""#), "1");
    assert_eq!(requests(&shown, r#"operation="other",type="query",status="200",cache="miss""#), "1");
    assert!(!shown.to_lowercase().contains("shelter"), "{shown}");
    watched.end().await;
}

async fn durations_are_counted_in_buckets(world: &World) {
    let watched = watched(world).await;
    watched.reader().ask(TRUSTED).await.expect_ok();

    let shown = shown(&watched).await;

    let labels = r#"route="/graphql",operation="Home",type="query",cache="miss""#;
    let within = |seconds| value(&shown, &format!("beacon_request_duration_seconds_bucket{{le=\"{seconds}\",{labels}}}"));
    assert_eq!(value(&shown, &format!("beacon_request_duration_seconds_count{{{labels}}}")), "1");
    assert_eq!(within("30.0"), "1");
    watched.end().await;
}

async fn charts_are_a_route_of_their_own(world: &World) {
    let watched = watched(world).await;
    watched.reader().get("/charts/nothing.svg").await.sent().await;
    watched.reader().get("/charts/nothing.csv").await.sent().await;

    let shown = shown(&watched).await;

    let labels = r#"route="/charts",operation="other",type="none",status="404",cache="passed""#;
    assert_eq!(value(&shown, &format!("beacon_requests_total{{{labels}}}")), "2");
    watched.end().await;
}

async fn statements_connections_and_kept_answers_are_shown(world: &World) {
    let watched = watched(world).await;
    let before = shown(&watched).await;
    let statements = watched.reader().ask(TRUSTED).await.expect_ok().statements;
    watched.reader().ask(TRUSTED).await.expect_ok();

    let shown = shown(&watched).await;

    let grown = number(&shown, "beacon_statements_total") - number(&before, "beacon_statements_total");
    assert!(grown >= f64::from(statements) && statements > 0, "{grown} of {statements}");
    assert!(number(&shown, "beacon_statement_seconds_total") > 0.0);
    let connections = |state| number(&shown, &format!("beacon_database_connections{{pool=\"read\",state=\"{state}\"}}"));
    assert!(connections("busy") + connections("free") >= 1.0);
    assert_eq!(value(&shown, "beacon_follows_database"), "1");
    assert_eq!(value(&shown, "beacon_live_connections"), "0");
    value(&shown, "beacon_cache_bytes");
    watched.end().await;
}

async fn the_rounds_of_jobs_are_counted(world: &World) {
    let watched = watched(world).await;
    watched.reaches("2026-08-01T09:00:00Z").await;

    let shown = shown(&watched).await;

    assert_eq!(value(&shown, r#"beacon_jobs_total{job="schedules",outcome="done"}"#), "1");
    watched.end().await;
}

async fn nobody_else_reads_them(world: &World) {
    let watched = watched(world).await;

    let public = watched.reader().get("/metrics").await.sent().await;
    let other = watched.operator().get("/graphql?query=%7B__typename%7D").await.sent().await;

    assert_eq!((public.status, other.status), (404, 404));
    watched.end().await;
}

async fn the_binary_says_where_its_metrics_are(place: &Place) {
    let served = place.starts(&[("BEACON_METRICS_LISTEN", "127.0.0.1:0")]).ready().await;

    let said = served.killed().await;

    let told = said.stdout.lines().any(|line| line.starts_with("Metrics are on http://127.0.0.1:"));
    assert!(told, "{said:?}");
}
