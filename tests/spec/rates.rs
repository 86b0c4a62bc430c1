//! The rate limit: how much an address may ask for in a minute, by cost.

use serde_json::json;

use super::support::{Person, World};

specs! {
    in_a_world {
        who_asks_for_too_much_is_told_when_to_come_back,
        a_kept_answer_is_free,
        an_operation_tells_what_it_costs,
        the_size_of_a_page_counts_however_it_is_said,
        without_a_limit_nothing_is_said_of_it,
    }
}

/// Costs 240: twenty posts with ten topics each.
const DEAR: &str = "{ posts { nodes { topics { name } } } }";

/// Somebody whose answers are never kept.
fn passing_by(world: &World) -> Person {
    world.reader().saying("cookie", "a=b")
}

async fn who_asks_for_too_much_is_told_when_to_come_back(world: &World) {
    let limited = world.another_with(&[("BEACON_RATE_LIMIT", "480")]).await;
    let reader = passing_by(&limited).at_address("192.0.2.1");

    let first = reader.ask(DEAR).await.expect_ok();
    let second = reader.ask(DEAR).await.expect_ok();
    let third = reader.ask(DEAR).await;
    let elsewhere = passing_by(&limited).at_address("192.0.2.2").ask(DEAR).await.expect_ok();
    world.clock.advance(1);
    let later = reader.ask(DEAR).await.expect_ok();

    assert_eq!(first.header("ratelimit-policy"), r#""cost";q=480;w=60"#);
    assert_eq!(first.header("ratelimit"), r#""cost";r=240;t=30"#);
    assert_eq!(second.header("ratelimit"), r#""cost";r=0;t=60"#);
    assert_eq!((third.status, third.error_code(), third.header("retry-after")), (429, "RATE_LIMITED", "30"));
    assert_eq!(elsewhere.header("ratelimit"), first.header("ratelimit"));
    assert_eq!(later.header("ratelimit"), first.header("ratelimit"));
    limited.end().await;
}

async fn a_kept_answer_is_free(world: &World) {
    let limited = world.another_with(&[("BEACON_RATE_LIMIT", "240")]).await;
    limited.app.pulse().wait_for(|beat| beat.is_live).await.expect("the server runs");

    let made = limited.reader().ask(DEAR).await.expect_ok();
    let kept = limited.reader().ask(DEAR).await.expect_ok();

    assert_eq!((made.header("ratelimit"), kept.header("ratelimit")), (r#""cost";r=0;t=60"#, ""));
    limited.end().await;
}

async fn an_operation_tells_what_it_costs(world: &World) {
    let document = "query($first: Int) { posts(first: $first) { nodes { ...P } } site { name } } fragment P on Post { topics { name } }";
    let body = json!({ "query": document, "variables": { "first": 5 }, "extensions": { "cost": true } });

    let answer = world.reader().post("/graphql").await.json(&body).sent().await.expect_ok();

    assert_eq!(answer.json["extensions"], json!({ "cost": { "requested": 61, "limit": 1_000_000_000 } }));
}

async fn the_size_of_a_page_counts_however_it_is_said(world: &World) {
    let sizes = [
        ("query", "first: 100"),
        ("query", "last: 100"),
        ("query", "first: null, last: 100"),
        ("query($many: Int = 100)", "first: $many"),
        ("query($none: Int, $many: Int! = 100)", "first: $none, last: $many"),
    ];
    for (operation, size) in sizes {
        let document = format!("{operation} {{ posts({size}) {{ nodes {{ id }} }} }}");
        let body = json!({ "query": document, "extensions": { "cost": true } });

        let answer = world.reader().post("/graphql").await.json(&body).sent().await.expect_ok();

        assert_eq!(answer.json["extensions"]["cost"]["requested"], 200, "{document}");
    }
}

async fn without_a_limit_nothing_is_said_of_it(world: &World) {
    let answer = world.reader().ask(DEAR).await.expect_ok();

    assert_eq!((answer.header("ratelimit"), answer.header("ratelimit-policy")), ("", ""));
    assert!(answer.json.get("extensions").is_none(), "{answer:?}");
}
