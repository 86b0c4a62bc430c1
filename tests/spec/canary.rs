//! The canary: a word that occurs only in what readers must not see never occurs in an answer to them.
//!
//! The questions are made from the schema. They ask for everything, and the same questions asked in the draft view
//! do find the word; so a new field, filter or order is watched from the day on which it appears.

mod asked;
mod planted;
mod voice;

use serde_json::json;

use self::asked::{
    blind, changed, closed, doors, everything, filtered, finding, is_heard, open, told, untold,
    without_rights,
};
use self::planted::{Everything, drafted, ids, paths, published};
use self::voice::HIDDEN;
use super::support::{Answer, World};

specs! {
    in_a_world {
        nothing_that_is_not_published_changes_a_public_answer,
        the_same_questions_find_the_canary_in_the_draft_view,
        an_editor_reads_what_the_public_reads_unless_drafts_are_asked_for,
        no_filter_finds_what_is_not_published,
        no_id_slug_or_path_leads_to_what_is_not_published,
        nothing_that_was_withdrawn_is_told,
        nothing_that_was_deleted_is_told,
        a_language_that_was_withdrawn_is_not_told,
        links_to_what_is_not_published_are_left_out,
        no_error_tells_of_what_is_not_published,
        the_preview_of_one_draft_tells_of_no_other,
    }
}

/// One of each kind, with all that it can have, for everybody.
pub(super) async fn one_of_each_is_published(world: &World) {
    published(world).await;
}

/// How many relations are followed.
const STEPS: usize = 3;

async fn nothing_that_is_not_published_changes_a_public_answer(world: &World) {
    let (ada, aloud) = published(world).await;
    let (reader, persian) = (world.reader(), world.reader().in_languages("fa"));
    let before = everything(&reader, STEPS, &aloud).await;
    let before_in_persian = everything(&persian, 1, &aloud).await;

    drafted(&ada, &aloud).await;

    let after = everything(&reader, STEPS, &aloud).await;
    let after_in_persian = everything(&persian, 1, &aloud).await;
    assert_eq!(changed(&before, &after), [""; 0]);
    assert_eq!(changed(&before_in_persian, &after_in_persian), [""; 0]);
    assert_eq!(told(&after), [""; 0]);
    assert_eq!(told(&after_in_persian), [""; 0]);
}

async fn the_same_questions_find_the_canary_in_the_draft_view(world: &World) {
    let (ada, aloud) = published(world).await;
    drafted(&ada, &aloud).await;

    let drafts = everything(&ada.with_drafts(), STEPS, &aloud).await;

    // What is hidden is defunct and suspended, which no signpost names: see signposts::a_draft_is_no_help.
    // Drafts are never searched, whoever asks.
    assert_eq!(untold(&drafts), ["apiClients", "search", "signpost", "users", "viewer"]);
}

async fn an_editor_reads_what_the_public_reads_unless_drafts_are_asked_for(world: &World) {
    let (ada, aloud) = published(world).await;
    drafted(&ada, &aloud).await;

    let public = without_rights(everything(&world.reader(), 1, &aloud).await);
    let editor = without_rights(everything(&ada, 1, &aloud).await);

    assert_eq!(told(&editor), [""; 0]);
    assert_eq!(changed(&public, &editor), [""; 0]);
}

async fn no_filter_finds_what_is_not_published(world: &World) {
    let (ada, aloud) = published(world).await;
    drafted(&ada, &aloud).await;

    let public = filtered(&world.reader()).await;
    let drafts = filtered(&ada.with_drafts()).await;

    assert_eq!(told(&public), [""; 0]);
    assert_eq!(finding(&public), [""; 0]);
    assert_eq!(blind(&drafts), [""; 0], "in the draft view each of them finds something");
}

async fn no_id_slug_or_path_leads_to_what_is_not_published(world: &World) {
    let (ada, aloud) = published(world).await;
    let hidden = drafted(&ada, &aloud).await;
    let knock = doors(&ids(&ada, &hidden).await, &["quokka", "quokka-2"], &paths());

    let public = world.reader().ask(&knock).await.expect_ok();
    let drafts = ada.with_drafts().ask(&knock).await.expect_ok();

    assert_eq!(open(&public), [""; 0]);
    let closed = closed(&drafts).into_iter().filter(|door| !door.starts_with("resolve"));
    assert_eq!(
        closed.collect::<Vec<_>>(),
        [""; 0],
        "each of them is there, but for paths, which are readers' paths"
    );
}

async fn nothing_that_was_withdrawn_is_told(world: &World) {
    let (ada, aloud) = published(world).await;
    let hidden = Everything::written(&ada, HIDDEN).await;
    hidden.published(&ada).await;
    let knock = doors(&ids(&ada, &hidden).await, &["quokka"], &paths());
    let before = everything(&world.reader(), 1, &aloud).await;

    // When it left is told; that is another day than the one that nobody may hear of.
    world.clock.set("2027-03-18T12:00:00Z");
    hidden.withdrawn(&ada, json!(null)).await;

    let after = everything(&world.reader(), 2, &aloud).await;
    assert_eq!(
        untold(&before),
        ["apiClients", "attention", "editorialItems", "node", "nodes", "resolve", "signpost", "site", "users", "viewer"]
    );
    assert_eq!(told(&after), [""; 0]);
    assert_eq!(finding(&filtered(&world.reader()).await), [""; 0]);
    let knocked = world.reader().ask(&knock).await.expect_ok();
    assert_eq!(open(&knocked), [""; 0]);
}

async fn nothing_that_was_deleted_is_told(world: &World) {
    let (ada, aloud) = published(world).await;
    let hidden = Everything::written(&ada, HIDDEN).await;
    hidden.published(&ada).await;
    let knock = doors(&ids(&ada, &hidden).await, &["quokka"], &paths());
    // When it left is told; that is another day than the one that nobody may hear of.
    world.clock.set("2027-03-18T12:00:00Z");
    hidden.withdrawn(&ada, json!(null)).await;

    hidden.deleted(&ada).await;

    let after = everything(&world.reader(), 2, &aloud).await;
    let drafts = everything(&ada.with_drafts(), 1, &aloud).await;
    assert_eq!(told(&after), [""; 0]);
    assert_eq!(told(&drafts), [""; 0], "not to editors either");
    let knocked = ada.with_drafts().ask(&knock).await.expect_ok();
    assert_eq!(open(&knocked), [""; 0]);
}

async fn a_language_that_was_withdrawn_is_not_told(world: &World) {
    let (ada, aloud) = published(world).await;
    world.clock.set("2027-04-01T12:00:00Z");
    aloud.translated(&ada, "cy", HIDDEN).await.published(&ada).await;
    let reader = world.reader().in_languages("cy");
    let before = everything(&reader, 1, &aloud).await;

    aloud.withdrawn(&ada, json!(["cy"])).await;

    let after = everything(&reader, 2, &aloud).await;
    assert_eq!(
        untold(&before),
        ["apiClients", "attention", "editorialItems", "signpost", "users", "viewer"]
    );
    assert_eq!(told(&after), [""; 0]);
}

async fn links_to_what_is_not_published_are_left_out(world: &World) {
    let (ada, aloud) = published(world).await;
    let hidden = Everything::written(&ada, HIDDEN).await;
    // What is published from here on may tell when.
    world.clock.set("2027-04-01T12:00:00Z");
    let ruth = world.admin("ruth").await;
    ruth.does("siteUpdate", json!({ "input": { "channelIds": [hidden.channel.id] } })).await;

    aloud.linked_to(&ada, &hidden).await.published(&ada).await;

    let answers = everything(&world.reader(), STEPS, &aloud).await;
    assert_eq!(told(&answers), [""; 0]);
    assert_eq!(finding(&filtered(&world.reader()).await), [""; 0]);
}

async fn the_preview_of_one_draft_tells_of_no_other(world: &World) {
    let (ada, aloud) = published(world).await;
    drafted(&ada, &aloud).await;
    // What the guest is to see may tell when it was written.
    world.clock.set("2027-04-01T12:00:00Z");
    let draft = ada.writes_post(json!({ "title": "Nobody's secret" })).await;
    let made = ada.tries("previewTokenCreate", json!({ "id": draft.id })).await.expect_ok();
    let guest = world.reader().with_token(made.text("/previewTokenCreate/token"));

    let answers = everything(&guest, STEPS, &aloud).await;

    assert_eq!(told(&answers), [""; 0]);
    assert_eq!(finding(&filtered(&guest).await), [""; 0]);
    let seen = guest.ask("{ posts { nodes { title } } }").await.expect_ok();
    assert!(seen.body.contains("Nobody's secret"));
}

async fn no_error_tells_of_what_is_not_published(world: &World) {
    let (ada, aloud) = published(world).await;
    let hidden = drafted(&ada, &aloud).await;
    let page = "{ posts(first: 1, sort: TITLE) { pageInfo { endCursor } } }";
    let page = ada.with_drafts().ask(page).await.expect_ok();
    let cursor = page.text("/posts/pageInfo/endCursor");
    let reader = world.reader();
    let which = json!({ "id": hidden.post.id, "expectedVersion": hidden.post.version });

    let answers = [
        reader.tries("contentPublish", which.clone()).await,
        world.viewer("vera").await.tries("contentDelete", which).await,
        reader.with_drafts().ask("{ posts { nodes { title } } }").await,
        reader.ask(&format!("{{ posts(after: {cursor:?}) {{ nodes {{ title }} }} }}")).await,
        reader.ask("{ posts(filter: { topic: { in: null } }) { nodes { title } } }").await,
        reader.ask("{ posts { nodes { titel } } }").await,
    ];

    let codes = answers.each_ref().map(Answer::error_code);
    let expected = [
        "UNAUTHENTICATED",
        "FORBIDDEN",
        "UNAUTHENTICATED",
        "BAD_INPUT",
        "BAD_INPUT",
        "GRAPHQL_VALIDATION_FAILED",
    ];
    assert_eq!(codes, expected);
    assert!(!answers.iter().any(is_heard), "{answers:?}");
    let next = format!("{{ posts(after: {cursor:?}, sort: TITLE) {{ nodes {{ title }} }} }}");
    assert!(!is_heard(&reader.ask(&next).await.expect_ok()));
}
