//! Holidays of the operator's own list, beside those that the product knows.

use serde_json::json;

use super::{phone, verified};
use crate::support::World;

specs! {
    in_a_world {
        a_day_of_the_operators_list_closes_a_line,
    }
}

const LIST: &str = r#"{ "england-and-wales": { "division": "england-and-wales", "events": [
    { "title": "Day of national mourning", "date": "2026-09-21", "notes": "", "bunting": false }
] } }"#;

async fn a_day_of_the_operators_list_closes_a_line(world: &World) {
    let file = world.app.config.data_dir.join("holidays.json");
    std::fs::write(&file, LIST).expect("there is room");
    let path = file.to_str().expect("a path is text");
    let other = World::begin(world.backend, &[("BEACON_HOLIDAYS_FILE", path)]).await;
    let question = r#"{ contactChannel(slug: "safe-phone") {
        day: openState(at: "2026-09-21T10:00:00Z") { status reason holiday opensAt }
        christmas: openState(at: "2026-12-25T10:00:00Z") { holiday } } }"#;
    verified(&world.editor("ada").await, phone).await;
    verified(&other.editor("eve").await, phone).await;

    let without = world.reader().ask(question).await.expect_ok();
    let with = other.reader().ask(question).await.expect_ok();
    other.end().await;

    assert_eq!(without.data("/contactChannel/day/status"), "OPEN");
    assert_eq!(
        *with.data("/contactChannel"),
        json!({
            "day": {
                "status": "CLOSED", "reason": "HOLIDAY", "holiday": "Day of national mourning",
                "opensAt": "2026-09-22T09:00:00+01:00",
            },
            "christmas": { "holiday": "Christmas Day" },
        })
    );
}
