//! Campaigns: what comes round, on which days, and in which order.

use serde_json::{Value, json};

use super::support::verbs::Doc;
use super::support::{Answer, Person, World};

specs! {
    in_a_world {
        a_published_campaign_tells_when_it_comes_round,
        occurrences_follow_the_rule_where_no_edition_decides,
        campaigns_come_in_the_order_of_their_next_days,
        what_has_no_more_days_comes_last_in_both_directions,
        a_turn_is_the_one_at_hand_until_its_last_day,
        campaigns_are_found_by_their_days,
        the_number_of_statements_does_not_grow_with_the_list,
    }
}

/// A campaign of 30 July.
pub(crate) fn july(name: &str) -> Value {
    json!({ "name": name, "observance": { "kind": "FIXED", "month": 7, "day": 30 } })
}

impl Person {
    /// Adds or changes the edition of a year.
    pub(crate) async fn turns(&self, campaign: &Doc, year: i32, input: Value) -> Doc {
        self.does("campaignEditionUpsert", edition(campaign, year, input)).await
    }

    /// Publishes a campaign of 30 July with editions of some years.
    pub(crate) async fn publishes_july(&self, name: &str, years: &[i32]) -> Doc {
        let mut campaign = self.creates("campaignCreate", july(name)).await;
        for year in years {
            campaign = self.turns(&campaign, *year, json!({ "theme": format!("Theme of {year}") })).await;
        }
        self.publishes(&campaign).await
    }
}

/// The arguments that add or change the edition of a year.
pub(crate) fn edition(campaign: &Doc, year: i32, input: Value) -> Value {
    json!({ "campaignId": campaign.id, "expectedVersion": campaign.version, "year": year, "input": input })
}

/// The names of a list of campaigns.
fn names(answer: &Answer) -> Vec<&str> {
    let nodes = answer.data("/campaigns/nodes").as_array().expect("a list");
    nodes.iter().filter_map(|node| node["name"].as_str()).collect()
}

async fn a_published_campaign_tells_when_it_comes_round(world: &World) {
    let ada = world.editor("ada").await;
    let observance = json!({ "kind": "NTH_WEEKDAY", "month": 2, "weekday": "TUESDAY", "nth": 2 });
    let input = json!({ "name": "Safer Internet Day", "organiser": "Insafe", "observance": observance });
    let campaign = ada.creates("campaignCreate", input).await;
    ada.publishes(&campaign).await;

    let ask = r#"{ campaign(slug: "safer-internet-day") {
        name organiser path observance { kind month day weekday nth easterOffset startsOn lengthDays rrule description }
        edition { year } editions { year }
    } }"#;
    let answer = world.reader().ask(ask).await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "campaign": {
          "name": "Safer Internet Day",
          "organiser": "Insafe",
          "path": "/campaigns/safer-internet-day",
          "observance": {
            "kind": "NTH_WEEKDAY",
            "month": 2,
            "day": null,
            "weekday": "TUESDAY",
            "nth": 2,
            "easterOffset": null,
            "startsOn": null,
            "lengthDays": 1,
            "rrule": "FREQ=YEARLY;BYMONTH=2;BYDAY=2TU",
            "description": "The second Tuesday of February"
          },
          "edition": null,
          "editions": []
        }
      }
    }
    "#);
}

async fn occurrences_follow_the_rule_where_no_edition_decides(world: &World) {
    let ada = world.editor("ada").await;
    let observance = json!({ "kind": "NTH_WEEKDAY", "month": 2, "weekday": "TUESDAY", "nth": 2 });
    let campaign = ada.creates("campaignCreate", json!({ "name": "Day", "observance": observance })).await;
    let confirmed = json!({
        "startsOn": "2023-02-07", "dateStatus": "CONFIRMED", "dateSource": "https://example.org/2023"
    });
    let campaign = ada.turns(&campaign, 2023, confirmed).await;
    ada.publishes(&campaign).await;
    let ask = |until: &str| {
        format!(
            r#"{{ campaign(slug: "day") {{ occurrences(from: "2023-01-01", until: "{until}")
                {{ startsOn endsOn dateStatus }} }} }}"#
        )
    };

    let answer = world.reader().ask(&ask("2024-12-31")).await.expect_ok();
    let too_long = world.reader().ask(&ask("2073-01-02")).await;

    assert_eq!(
        answer.data("/campaign/occurrences"),
        &json!([
            { "startsOn": "2023-02-07", "endsOn": "2023-02-07", "dateStatus": "CONFIRMED" },
            { "startsOn": "2024-02-13", "endsOn": "2024-02-13", "dateStatus": "PROVISIONAL" },
        ])
    );
    assert_eq!(too_long.error_code(), "BAD_INPUT");
    assert_eq!(too_long.errors()[0]["extensions"]["argumentPath"], json!(["until"]));
}

async fn campaigns_come_in_the_order_of_their_next_days(world: &World) {
    let ada = world.editor("ada").await;
    let observances = [
        ("Announced", json!({ "kind": "ANNOUNCED" })),
        ("June", json!({ "kind": "FIXED", "month": 6, "day": 30 })),
        ("July", json!({ "kind": "FIXED", "month": 7, "day": 30 })),
        ("Running", json!({ "kind": "FIXED", "month": 6, "day": 25, "lengthDays": 7 })),
        ("Good Friday", json!({ "kind": "EASTER", "easterOffset": -2 })),
    ];
    for (name, observance) in observances {
        let campaign = ada.creates("campaignCreate", json!({ "name": name, "observance": observance })).await;
        ada.publishes(&campaign).await;
    }

    let answer =
        world.reader().ask("{ campaigns { nodes { name } pageInfo { endCursor } } }").await.expect_ok();
    let backward = "query($before: String) { campaigns(last: 2, before: $before) { nodes { name } } }";
    let before = json!({ "before": answer.text("/campaigns/pageInfo/endCursor") });
    let page = world.reader().ask_with(backward, before).await.expect_ok();

    assert_eq!(names(&answer), ["Running", "July", "Good Friday", "June", "Announced"]);
    assert_eq!(names(&page), ["Good Friday", "June"]);
}

async fn what_has_no_more_days_comes_last_in_both_directions(world: &World) {
    let ada = world.editor("ada").await;
    let observances = [
        ("Over", json!({ "kind": "ONCE", "startsOn": "2026-06-30" })),
        ("July", json!({ "kind": "FIXED", "month": 7, "day": 30 })),
        ("May", json!({ "kind": "FIXED", "month": 5, "day": 1 })),
    ];
    for (name, observance) in observances {
        let campaign = ada.creates("campaignCreate", json!({ "name": name, "observance": observance })).await;
        ada.publishes(&campaign).await;
    }
    let page = "query($after: String, $before: String, $first: Int, $last: Int) {
        campaigns(after: $after, before: $before, first: $first, last: $last) {
            nodes { name } totalCount pageInfo { startCursor endCursor } } }";
    let ask = async |arguments: Value| world.reader().ask_with(page, arguments).await.expect_ok();

    let first = ask(json!({ "first": 2 })).await;
    let rest = ask(json!({ "after": first.text("/campaigns/pageInfo/endCursor") })).await;
    let last = ask(json!({ "last": 2 })).await;
    let before = ask(json!({ "last": 2, "before": last.text("/campaigns/pageInfo/endCursor") })).await;
    let after = ask(json!({ "after": last.text("/campaigns/pageInfo/endCursor") })).await;

    assert_eq!(first.data("/campaigns/totalCount"), 3);
    assert_eq!(names(&first), ["July", "May"]);
    assert_eq!(names(&rest), ["Over"]);
    assert_eq!(names(&last), ["May", "Over"]);
    assert_eq!(names(&before), ["July", "May"]);
    assert!(names(&after).is_empty());
}

async fn a_turn_is_the_one_at_hand_until_its_last_day(world: &World) {
    let ada = world.editor("ada").await;
    let observances = [
        ("New Year", json!({ "kind": "FIXED", "month": 12, "day": 31, "lengthDays": 3 })),
        ("Every day", json!({ "kind": "FIXED", "month": 1, "day": 1, "lengthDays": 366 })),
    ];
    for (name, observance) in observances {
        let campaign = ada.creates("campaignCreate", json!({ "name": name, "observance": observance })).await;
        ada.publishes(&campaign).await;
    }
    let list = "{ campaigns { nodes { name } } }";

    world.clock.set("2027-01-01T12:00:00Z");
    let while_the_next_has_begun = world.reader().ask(list).await.expect_ok();
    world.clock.set("2027-01-02T12:00:00Z");
    let over = world.reader().ask(list).await.expect_ok();

    assert_eq!(names(&while_the_next_has_begun), ["Every day", "New Year"]);
    assert_eq!(names(&over), ["New Year", "Every day"]);
}

async fn campaigns_are_found_by_their_days(world: &World) {
    let ada = world.editor("ada").await;
    let long = json!({ "kind": "FIXED", "month": 11, "day": 25, "lengthDays": 16 });
    let campaign = ada.creates("campaignCreate", json!({ "name": "Sixteen days", "observance": long })).await;
    ada.publishes(&campaign).await;
    ada.publishes_july("July", &[2019]).await;
    let ask = async |filter: &str| {
        let query = format!("{{ campaigns(filter: {filter}) {{ nodes {{ name }} totalCount }} }}");
        let answer = world.reader().ask(&query).await.expect_ok();
        assert_eq!(answer.data("/campaigns/totalCount"), &json!(names(&answer).len()));
        names(&answer).join(", ")
    };

    assert_eq!(ask(r#"{ activeOn: "2026-12-10" }"#).await, "Sixteen days");
    assert_eq!(ask(r#"{ activeOn: "2026-12-11" }"#).await, "");
    assert_eq!(
        ask(r#"{ occursIn: { from: "2027-07-30", until: "2027-11-25" } }"#).await,
        "July, Sixteen days"
    );
    assert_eq!(ask(r#"{ occursIn: { until: "2020-01-01" } }"#).await, "July");
    assert_eq!(ask(r#"{ not: { name: { contains: "JUL" } } }"#).await, "Sixteen days");
}

async fn the_number_of_statements_does_not_grow_with_the_list(world: &World) {
    let list = r#"{ campaigns(first: 50) { nodes {
        name edition { theme hashtags posts(first: 3) { totalCount nodes { title } } }
        editions { cacheKey summary campaign { name } posts { nodes { title } } }
        occurrences(from: "2026-01-01", until: "2030-01-01") { startsOn }
        posts(first: 5) { totalCount nodes { title } } statistics { name }
    } } }"#;
    let ada = world.editor("ada").await;
    let campaign = ada.publishes_july("Number 0", &[2025]).await;
    ada.publishes_posts(5, json!({ "campaignIds": [campaign.id] })).await;
    let few = world.reader().ask(list).await.expect_ok();

    for number in 1..10 {
        let campaign = ada.publishes_july(&format!("Number {number}"), &[2024, 2025, 2026]).await;
        ada.publishes_posts(5, json!({ "campaignIds": [campaign.id] })).await;
    }

    let many = world.reader().ask(list).await.expect_ok();
    assert_eq!(names(&many).len(), 10);
    assert_eq!(many.statements, few.statements);
}
