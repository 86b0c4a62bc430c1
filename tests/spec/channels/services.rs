//! Channels of services that open and close.

use serde_json::json;

use crate::support::World;
use super::{phone, published_service, verifies};

specs! {
    in_a_world {
        nobody_answers_for_a_service_that_is_closed,
    }
}

async fn nobody_answers_for_a_service_that_is_closed(world: &World) {
    let ada = world.editor("ada").await;
    let mut service = published_service(&ada).await;
    let channel = ada.creates("contactChannelCreate", phone(&service)).await;
    let channel = ada.publishes(&channel).await;
    verifies(&ada, &channel).await;
    let mut told = vec![status(world).await];

    for status_of_service in ["TEMPORARILY_CLOSED", "INACTIVE", "DEFUNCT", "ACTIVE"] {
        let change = json!({ "status": status_of_service });
        service = ada.saves("serviceUpdate", &service, change).await;
        service = ada.publishes(&service).await;
        told.push(status(world).await);
    }

    let closed = "CLOSED SUSPENDED null 2026-07-02T00:00:00+01:00 Not in use at the moment.";
    let open = "OPEN WITHIN_HOURS null 2026-07-01T17:00:00+01:00 Open now until 17:00.";
    assert_eq!((told[0].as_str(), told[4].as_str()), (open, open));
    assert_eq!(told[1..4], [closed; 3]);
}

/// `STATUS REASON opensAt validUntil sentence` of the phone.
async fn status(world: &World) -> String {
    let question = r#"{ contactChannel(slug: "safe-phone") { openState { status reason opensAt validUntil sentence } } }"#;
    let answer = world.reader().ask(question).await.expect_ok();
    let state = answer.data("/contactChannel/openState");
    let text = |name: &str| state[name].as_str().unwrap_or("null").to_owned();
    ["status", "reason", "opensAt", "validUntil", "sentence"].map(text).join(" ")
}
