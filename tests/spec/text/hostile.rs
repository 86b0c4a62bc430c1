//! Hostile text: nothing that somebody can write does harm where it is read.

use serde_json::json;

use super::shelf::{Shelf, TEXT, body};
use crate::support::World;

specs! {
    in_a_world {
        nothing_that_runs_comes_through_a_reference,
        brackets_that_are_no_reference_are_text,
        too_many_references_are_refused,
    }
}

async fn nothing_that_runs_comes_through_a_reference(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    let name = json!({ "name": "<script>alert(1)</script>", "slug": "world-day" });
    ada.publishes(&ada.saves("campaignUpdate", &shelf.campaign, name).await).await;
    let text = "[[campaign:world-day]] [[post:sleep|<img src=x onerror=alert(1)>]] [[post:\"><script>|x]] [[javascript:alert(1)]] \
        [x](javascript:alert(1)) [y](//evil.example)\n\n[[campaign:world-day]]\n\n[[post:no|<script>]]";
    ada.publishes_post(body(text)).await;

    let answer = world.reader().ask(TEXT).await.expect_ok();

    assert_eq!(
        answer.text("/posts/nodes/0/body/html"),
        "<div lang=\"en\" dir=\"ltr\"><p><a href=\"/campaigns/world-day\">&lt;script&gt;alert(1)&lt;/script&gt;</a> \
         <a href=\"/posts/sleep\">&lt;img src=x onerror=alert(1)&gt;</a> x  x y</p>\n\
         <p><a href=\"/campaigns/world-day\">&lt;script&gt;alert(1)&lt;/script&gt;</a></p>\n<p>&lt;script&gt;</p>\n</div>"
    );
    let hrefs = answer.data("/posts/nodes/0/body/blocks").to_string();
    assert!(!hrefs.contains("\"href\":\"javascript") && !hrefs.contains("\"href\":\"//"), "{hrefs}");
}

async fn brackets_that_are_no_reference_are_text(world: &World) {
    let ada = world.editor("ada").await;
    Shelf::published(&ada).await;
    ada.publishes_post(body("[[note]] `[[post:sleep]]` \\[[post:sleep]] [[Post:sleep]] [[ ]] [[post:sleep")).await;

    let answer = world.reader().ask(TEXT).await.expect_ok();

    assert_eq!(
        answer.text("/posts/nodes/0/body/plainText"),
        "[[note]] [[post:sleep]] [[post:sleep]] [[Post:sleep]] [[]] [[post:sleep"
    );
}

async fn too_many_references_are_refused(world: &World) {
    let ada = world.editor("ada").await;

    let fits = ada.tries("postCreate", json!({ "input": body(&"[[post:a]] ".repeat(100)) })).await;
    let refused = ada.tries("postCreate", json!({ "input": body(&"[[post:a]] ".repeat(101)) })).await;

    assert_eq!(fits.user_errors(), [""; 0]);
    assert_eq!(refused.user_errors(), ["INVALID input.body"]);
}
