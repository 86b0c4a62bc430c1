//! Dry runs: they tell what would be wrong, and write nothing.

use serde_json::{Value, json};

use crate::support::drafts::{campaign, channel, figure, service, set, statistic};
use crate::support::{Answer, Person, World};

specs! {
    in_a_world {
        a_dry_run_of_a_creation_writes_nothing,
        a_dry_run_of_an_update_writes_nothing,
        a_dry_run_of_a_part_writes_nothing,
        a_dry_run_of_a_publication_publishes_nothing,
        a_dry_run_tells_what_would_be_wrong,
        a_dry_run_tells_of_a_conflict_and_shows_the_draft,
        a_dry_run_leaves_a_slug_free,
    }
}

/// Everything that there is: how many of each kind, and the last version of each.
async fn all_there_is(person: &Person) -> Answer {
    let everything = "{
      contents(first: 1000) { totalCount nodes { title slug editorial { version status savedAt } } }
      topics { totalCount } people { totalCount } sources { totalCount } site { contentVersion }
    }";
    person.with_drafts().ask(everything).await.expect_ok()
}

async fn dry(person: &Person, mutation: &str, mut arguments: Value) -> Answer {
    arguments["dryRun"] = true.into();
    person.tries(mutation, arguments).await
}

async fn a_dry_run_of_a_creation_writes_nothing(world: &World) {
    let ada = world.editor("ada").await;
    let service_there = ada.writes_service().await;
    let statistic_there = ada.writes_statistic().await;
    let before = all_there_is(&ada).await;

    let post = dry(&ada, "postCreate", json!({ "input": { "title": "A day" } })).await;
    let day = dry(&ada, "campaignCreate", json!({ "input": campaign() })).await;
    let women = dry(&ada, "statisticCreate", json!({ "input": statistic() })).await;
    let found = dry(&ada, "statisticSetCreate", json!({ "input": set(&statistic_there) })).await;
    let safe = dry(&ada, "serviceCreate", json!({ "input": service() })).await;
    let line = dry(&ada, "contactChannelCreate", json!({ "input": channel(&service_there) })).await;

    assert_eq!(post.expect_ok().data("/postCreate/post"), &json!(null));
    assert_eq!(day.expect_ok().data("/campaignCreate/campaign"), &json!(null));
    assert_eq!(women.expect_ok().data("/statisticCreate/statistic"), &json!(null));
    assert_eq!(found.expect_ok().data("/statisticSetCreate/statisticSet"), &json!(null));
    assert_eq!(safe.expect_ok().data("/serviceCreate/service"), &json!(null));
    assert_eq!(line.expect_ok().data("/contactChannelCreate/contactChannel"), &json!(null));
    assert_eq!(all_there_is(&ada).await.body, before.body);
}

async fn a_dry_run_of_an_update_writes_nothing(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "A day" })).await;
    let day = ada.writes_campaign().await;
    let women = ada.writes_statistic().await;
    let found = ada.creates("statisticSetCreate", set(&women)).await;
    let safe = ada.writes_service().await;
    let line = ada.writes_channel(&safe).await;
    let before = all_there_is(&ada).await;
    world.clock.advance(5);

    dry(&ada, "postUpdate", post.with(json!({ "title": "Another" }))).await.expect_ok();
    dry(&ada, "campaignUpdate", day.with(json!({ "name": "Another" }))).await.expect_ok();
    dry(&ada, "statisticUpdate", women.with(json!({ "name": "Another" }))).await.expect_ok();
    dry(&ada, "statisticSetUpdate", found.with(json!({ "title": "Another" }))).await.expect_ok();
    dry(&ada, "serviceUpdate", safe.with(json!({ "name": "Another" }))).await.expect_ok();
    dry(&ada, "contactChannelUpdate", line.with(json!({ "label": "Another" }))).await.expect_ok();

    assert_eq!(all_there_is(&ada).await.body, before.body);
}

async fn a_dry_run_of_a_part_writes_nothing(world: &World) {
    let ada = world.editor("ada").await;
    let day = ada.writes_campaign().await;
    let source = ada.writes_source().await;
    let women = ada.writes_statistic_from(&source).await;
    let before = all_there_is(&ada).await;

    let edition = json!({ "campaignId": day.id, "expectedVersion": 1, "year": 2026, "input": {} });
    dry(&ada, "campaignEditionUpsert", edition).await.expect_ok();
    let value =
        json!({ "statisticId": women.id, "expectedVersion": 2, "input": figure(&source, 2018, "46") });
    dry(&ada, "figureUpsert", value).await.expect_ok();

    assert_eq!(all_there_is(&ada).await.body, before.body);
    let editions = ada.reads(&day, "... on Campaign { editions { year } }").await;
    let figures = ada.reads(&women, "... on Statistic { figures { totalCount } }").await;
    assert_eq!(editions.data("/node/editions"), &json!([]));
    assert_eq!(figures.data("/node/figures/totalCount"), 1);
}

async fn a_dry_run_of_a_publication_publishes_nothing(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    let before = all_there_is(&ada).await;

    let answer = dry(&ada, "contentPublish", post.named()).await.expect_ok();

    assert_eq!(answer.data("/contentPublish/content"), &json!(null));
    assert_eq!(all_there_is(&ada).await.body, before.body);
    let public = world.reader().ask("{ posts { totalCount } }").await;
    assert_eq!(public.expect_ok().data("/posts/totalCount"), 0);
}

async fn a_dry_run_tells_what_would_be_wrong(world: &World) {
    let ada = world.editor("ada").await;
    let arguments = json!({ "input": { "title": "", "slug": "A Day", "authorIds": ["nonsense"] } });

    let tried = dry(&ada, "postCreate", arguments.clone()).await;
    let meant = ada.tries("postCreate", arguments).await;

    assert_eq!(
        tried.user_errors(),
        ["NOT_FOUND input.authorIds.0", "REQUIRED input.title", "INVALID input.slug"]
    );
    assert_eq!(tried.body, meant.body);
}

async fn a_dry_run_tells_of_a_conflict_and_shows_the_draft(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    ada.saves("postUpdate", &post, json!({ "title": "Better" })).await;

    let answer = dry(&ada, "postUpdate", post.with(json!({ "title": "Late" }))).await;

    assert_eq!(answer.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
    assert_eq!(answer.data("/postUpdate/post/editorial/version"), 2);
}

async fn a_dry_run_leaves_a_slug_free(world: &World) {
    let ada = world.editor("ada").await;
    dry(&ada, "postCreate", json!({ "input": { "title": "A day", "slug": "day" } })).await.expect_ok();

    let post = ada.writes_post(json!({ "title": "A day", "slug": "day" })).await;

    assert_eq!(ada.reads(&post, "... on Post { slug }").await.data("/node/slug"), "day");
}
