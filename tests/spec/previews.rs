//! Previews: a draft for somebody without an account.

use serde_json::{Value, json};

use super::support::verbs::Doc;
use super::support::{Answer, Person, World};

specs! {
    in_a_world {
        a_preview_shows_one_draft_and_everything_else_as_readers_see_it,
        what_a_draft_embeds_is_seen_as_a_draft_too,
        what_is_embedded_is_seen_with_what_it_cannot_be_without,
        what_was_withdrawn_stays_hidden_in_the_preview_of_another,
        a_preview_takes_a_constant_number_of_statements,
        a_preview_reads_and_shows_nothing_editorial,
        a_preview_of_all_drafts_is_for_administrators,
        a_preview_of_all_drafts_answers_for_its_moment,
        a_preview_of_all_drafts_shows_what_is_scheduled_until_then,
        a_preview_of_one_draft_does_too_and_of_others_nothing,
        the_url_carries_the_token_in_its_fragment,
        a_token_is_shown_once,
        a_preview_lasts_an_hour_unless_said,
        a_preview_lasts_a_minute_to_thirty_days,
        a_preview_of_nothing_is_not_found,
        a_revoked_preview_is_refused,
        a_preview_ends_when_its_item_is_taken_down,
        an_item_that_was_taken_down_can_be_previewed_anew,
        a_preview_ends_with_its_makers_account,
        a_preview_ends_with_its_makers_right,
        machines_give_no_previews,
    }
}

const POSTS: &str = "{ posts(sort: TITLE) { nodes { title stage } totalCount } }";

async fn previews(person: &Person, arguments: Value) -> Answer {
    let selection = "token url expiresAt userErrors { code message path }";
    person.tries_for("previewTokenCreate", arguments, selection).await
}

/// Somebody who was given the preview of an item.
async fn guest(world: &World, person: &Person, doc: &Doc) -> Person {
    let made = previews(person, json!({ "id": doc.id })).await.expect_ok();
    world.reader().with_token(made.text("/previewTokenCreate/token"))
}

/// Somebody who was given a preview with these arguments.
async fn guest_with(world: &World, person: &Person, arguments: Value) -> Person {
    let made = previews(person, arguments).await.expect_ok();
    world.reader().with_token(made.text("/previewTokenCreate/token"))
}

async fn is_let_in(guest: &Person) -> bool {
    guest.ask("{ viewer { kind } }").await.status == 200
}

async fn a_preview_shows_one_draft_and_everything_else_as_readers_see_it(world: &World) {
    let ada = world.editor("ada").await;
    let shown = ada.publishes_post(json!({ "title": "B, published" })).await;
    ada.saves("postUpdate", &shown, json!({ "title": "B, changed" })).await;
    ada.writes_post(json!({ "title": "C, another draft" })).await;
    let draft = ada.writes_post(json!({ "title": "A, the draft" })).await;

    let guest = guest(world, &ada, &draft).await;

    let answer = guest.ask(POSTS).await.expect_ok();
    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "posts": {
          "nodes": [
            {
              "title": "A, the draft",
              "stage": "DRAFT"
            },
            {
              "title": "B, published",
              "stage": "PUBLISHED"
            }
          ],
          "totalCount": 2
        }
      }
    }
    "#);
    assert_eq!(answer.header("cache-control"), "private, no-store");
}

async fn what_a_draft_embeds_is_seen_as_a_draft_too(world: &World) {
    let ada = world.editor("ada").await;
    let statistic = ada.writes_statistic().await;
    let set = ada.writes_set(&statistic).await;
    let selection = "... on StatisticSet { title parts { statistic { name stage } figure { value source { title } } } }";
    let question = format!("{{ node(id: {:?}) {{ {selection} }} }}", set.id);

    let seen = guest(world, &ada, &set).await.ask(&question).await.expect_ok();

    let drafts = ada.with_drafts().ask(&question).await.expect_ok();
    assert_eq!(seen.json, drafts.json);
    assert_eq!(seen.data("/node/parts/0/statistic/stage"), "DRAFT");
    assert_eq!(world.reader().ask(&question).await.data("/node"), &Value::Null);
}

async fn what_is_embedded_is_seen_with_what_it_cannot_be_without(world: &World) {
    let ada = world.editor("ada").await;
    let channel = ada.writes_channel(&ada.writes_service().await).await;
    let set = ada.writes_set(&ada.writes_statistic().await).await;
    ada.does("contactChannelUpdate", channel.with(json!({ "slug": "safe-line" }))).await;
    ada.does("statisticSetUpdate", set.with(json!({ "slug": "who-is-found" }))).await;
    let body = "[[contact:safe-line]]\n\n[[chart:who-is-found]]";
    let post = ada.writes_post(json!({ "title": "The draft", "body": body })).await;
    let channels = "contactChannels { nodes { label service { name } } }";
    let sets = "statisticSets { nodes { title parts { figure { source { title } } } } }";
    let question = format!("{{ posts {{ nodes {{ body {{ html }} }} }} {channels} {sets} }}");

    let seen = guest(world, &ada, &post).await.ask(&question).await.expect_ok();

    assert_eq!(seen.json, ada.with_drafts().ask(&question).await.expect_ok().json);
    assert_eq!(seen.data("/contactChannels/nodes/0/service/name"), "Safe team");
}

async fn what_was_withdrawn_stays_hidden_in_the_preview_of_another(world: &World) {
    let ada = world.editor("ada").await;
    let story = ada.publishes_post(json!({ "title": "A story" })).await;
    let campaign = ada.writes_campaign().await;
    let campaign = ada.writes_edition(&campaign, 2026, json!({ "postIds": [story.id] })).await;
    ada.withdraws(&story, "She asked for it").await;

    let guest = guest(world, &ada, &campaign).await;

    assert_eq!(guest.ask(POSTS).await.expect_ok().data("/posts/totalCount"), &json!(0));
}

async fn a_preview_takes_a_constant_number_of_statements(world: &World) {
    let ada = world.editor("ada").await;
    let statistic = ada.writes_statistic().await;
    let small = ada.writes_set(&statistic).await;
    let input = json!({ "title": "More", "subtitle": "World",
        "parts": [{ "label": "Women", "statisticId": statistic.id },
                  { "label": "Girls", "statisticId": ada.writes_statistic().await.id },
                  { "label": "Men", "statisticId": ada.writes_statistic().await.id }] });
    let large = ada.creates("statisticSetCreate", input).await;
    let asks = async |set: &Doc| {
        let question = format!(
            "{{ node(id: {:?}) {{ ... on StatisticSet {{ parts {{ figure {{ value }} }} }} }} }}",
            set.id
        );
        guest(world, &ada, set).await.ask(&question).await.expect_ok()
    };

    let (few, many) = (asks(&small).await, asks(&large).await);

    assert_eq!(many.data("/node/parts").as_array().map(Vec::len), Some(3));
    assert_eq!(few.statements, many.statements);
}

async fn a_preview_reads_and_shows_nothing_editorial(world: &World) {
    let ada = world.editor("ada").await;
    let draft = ada.writes_post(json!({ "title": "The draft" })).await;
    let guest = guest(world, &ada, &draft).await;

    let saved = guest.tries("postUpdate", draft.with(json!({ "title": "Mine" }))).await;
    let another = previews(&guest, json!({ "id": draft.id })).await;
    let drafts = guest.ask("{ posts { nodes { editorial { version } } } viewer { kind role scopes } }").await.expect_ok();

    assert_eq!((saved.error_code(), another.error_code()), ("FORBIDDEN", "FORBIDDEN"));
    assert_eq!(drafts.data("/posts/nodes/0/editorial"), &Value::Null);
    let viewer = json!({ "kind": "PREVIEW", "role": null, "scopes": ["CONTENT_READ"] });
    assert_eq!(drafts.data("/viewer"), &viewer);
}

async fn a_preview_of_all_drafts_is_for_administrators(world: &World) {
    let (ada, root) = (world.editor("ada").await, world.admin("root").await);
    ada.writes_post(json!({ "title": "One" })).await;
    ada.writes_post(json!({ "title": "Two" })).await;

    let refused = previews(&ada, json!({})).await;
    let guest = guest_with(world, &root, json!({})).await;

    assert_eq!(refused.error_code(), "FORBIDDEN");
    let answer = guest.ask(POSTS).await.expect_ok();
    assert_eq!(answer.data("/posts/totalCount"), &json!(2));
    assert_eq!(answer.header("cache-control"), "private, no-store");
}

async fn a_preview_of_all_drafts_answers_for_its_moment(world: &World) {
    let root = world.admin("root").await;
    let campaign = root.writes_campaign().await;
    let campaign = root.writes_edition(&campaign, 2026, json!({})).await;
    root.writes_edition(&campaign, 2027, json!({})).await;
    let next = "{ campaigns { nodes { edition { year } } } }";

    let now = guest_with(world, &root, json!({})).await;
    let later = guest_with(world, &root, json!({ "at": "2026-08-01T00:00:00+01:00" })).await;

    let year = "/campaigns/nodes/0/edition/year";
    assert_eq!(now.ask(next).await.expect_ok().data(year), &json!(2026));
    assert_eq!(later.ask(next).await.expect_ok().data(year), &json!(2027));
}

async fn a_preview_of_all_drafts_shows_what_is_scheduled_until_then(world: &World) {
    let root = world.admin("root").await;
    let day = root.writes_edition(&root.writes_campaign().await, 2027, json!({ "theme": "Seen" })).await;
    let when = json!({ "id": day.id, "expectedVersion": day.version, "publishAt": "2026-07-30T00:01:00+01:00" });
    root.does("contentSchedule", when).await;
    let day = root.saves("campaignUpdate", &day, json!({ "name": "Another Day" })).await;
    root.writes_edition(&day, 2027, json!({ "theme": "Unseen" })).await;

    let now = guest_with(world, &root, json!({})).await;
    let before = guest_with(world, &root, json!({ "at": "2026-07-29T23:00:59Z" })).await;
    let after = guest_with(world, &root, json!({ "at": "2026-07-29T23:01:00Z" })).await;

    let ask = "{ campaigns { nodes { name edition(year: 2027) { theme } } totalCount } }";
    let shown = |name: &str, theme: &str| json!({ "nodes": [{ "name": name, "edition": { "theme": theme } }], "totalCount": 1 });
    let (draft, scheduled) = (shown("Another Day", "Unseen"), shown("World Day", "Seen"));
    assert_eq!(now.ask(ask).await.expect_ok().data("/campaigns"), &draft);
    assert_eq!(before.ask(ask).await.expect_ok().data("/campaigns"), &draft);
    assert_eq!(after.ask(ask).await.expect_ok().data("/campaigns"), &scheduled);
}

async fn a_preview_of_one_draft_does_too_and_of_others_nothing(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "Seen" })).await;
    let other = ada.writes_post(json!({ "title": "The embargo", "slug": "the-embargo" })).await;
    for doc in [&post, &other] {
        let when = json!({ "id": doc.id, "expectedVersion": doc.version, "publishAt": "2026-07-30T00:01:00+01:00" });
        ada.does("contentSchedule", when).await;
    }
    ada.saves("postUpdate", &post, json!({ "title": "Unseen" })).await;

    let before = guest_with(world, &ada, json!({ "id": post.id, "at": "2026-07-29T23:00:59Z" })).await;
    let after = guest_with(world, &ada, json!({ "id": post.id, "at": "2026-07-29T23:01:00Z" })).await;

    let ask = "{ posts { nodes { title } } }";
    assert_eq!(before.ask(ask).await.expect_ok().data("/posts/nodes"), &json!([{ "title": "Unseen" }]));
    assert_eq!(after.ask(ask).await.expect_ok().data("/posts/nodes"), &json!([{ "title": "Seen" }]));
}

async fn the_url_carries_the_token_in_its_fragment(world: &World) {
    let ada = world.editor("ada").await;
    let draft = ada.writes_post(json!({ "title": "The draft" })).await;

    let made = previews(&ada, json!({ "id": draft.id })).await.expect_ok();

    let token = made.text("/previewTokenCreate/token");
    let url = format!("http://{}/#preview={token}", world.address());
    assert_eq!(made.text("/previewTokenCreate/url"), url);
}

async fn a_token_is_shown_once(world: &World) {
    let ada = world.editor("ada").await;
    let draft = ada.writes_post(json!({ "title": "The draft" })).await;
    let made = previews(&ada, json!({ "id": draft.id })).await.expect_ok();
    let token = made.text("/previewTokenCreate/token");

    let found = api::store::preview::by_hash(&world.app.db, token).await;

    assert!(found.is_ok_and(|found| found.is_none()), "only a hash is kept");
}

async fn a_preview_lasts_an_hour_unless_said(world: &World) {
    let ada = world.editor("ada").await;
    let draft = ada.writes_post(json!({ "title": "The draft" })).await;
    let made = previews(&ada, json!({ "id": draft.id })).await.expect_ok();
    let guest = world.reader().with_token(made.text("/previewTokenCreate/token"));

    world.clock.set("2026-07-01T09:59:59Z");
    let before = is_let_in(&guest).await;
    world.clock.set("2026-07-01T10:00:00Z");

    assert_eq!(made.text("/previewTokenCreate/expiresAt"), "2026-07-01T10:00:00Z");
    assert!(before && !is_let_in(&guest).await);
}

async fn a_preview_lasts_a_minute_to_thirty_days(world: &World) {
    let root = world.admin("root").await;
    let draft = root.writes_post(json!({ "title": "The draft" })).await;
    let of = async |minutes: i64| {
        previews(&root, json!({ "id": draft.id, "expiresInMinutes": minutes })).await.user_errors()
    };
    let of_all = async |minutes: i64| previews(&root, json!({ "expiresInMinutes": minutes })).await.user_errors();

    let refused = ["OUT_OF_RANGE expiresInMinutes"];
    assert_eq!((of(0).await, of(43_201).await, of_all(1_441).await), (refused.map(str::to_owned).into(), refused.map(str::to_owned).into(), refused.map(str::to_owned).into()));
    assert_eq!((of(1).await, of(43_200).await, of_all(1_440).await), (Vec::new(), Vec::new(), Vec::new()));
}

async fn a_preview_of_nothing_is_not_found(world: &World) {
    let ada = world.editor("ada").await;

    let unknown = previews(&ada, json!({ "id": "post_01890a5d000000000000000000000000" })).await;
    let unread = previews(&ada, json!({ "id": "nonsense" })).await;

    assert_eq!((unknown.user_errors(), unread.user_errors()), (vec!["NOT_FOUND id".to_owned()], vec!["NOT_FOUND id".to_owned()]));
}

async fn a_revoked_preview_is_refused(world: &World) {
    let (ada, ben) = (world.editor("ada").await, world.author("ben").await);
    let draft = ada.writes_post(json!({ "title": "The draft" })).await;
    let made = previews(&ada, json!({ "id": draft.id })).await.expect_ok();
    let token = made.text("/previewTokenCreate/token");
    let guest = world.reader().with_token(token);
    let revokes = async || ben.tries("previewTokenRevoke", json!({ "token": token })).await.expect_ok();
    assert!(is_let_in(&guest).await);

    let (first, second) = (revokes().await, revokes().await);

    assert_eq!(first.data("/previewTokenRevoke/revoked"), &json!(true));
    assert_eq!(second.data("/previewTokenRevoke/revoked"), &json!(false));
    assert!(!is_let_in(&guest).await);
}

async fn a_preview_ends_when_its_item_is_taken_down(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "A story" })).await;
    let guest = guest(world, &ada, &post).await;

    ada.withdraws(&post, "She asked for it").await;

    assert!(!is_let_in(&guest).await);
    ada.publishes(&post).await;
    assert!(!is_let_in(&guest).await, "it does not come back");
}

async fn an_item_that_was_taken_down_can_be_previewed_anew(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.publishes_post(json!({ "title": "A story" })).await;
    ada.withdraws(&post, "A name must go").await;
    world.clock.advance(1);

    let guest = guest(world, &ada, &post).await;

    assert_eq!(guest.ask(POSTS).await.expect_ok().data("/posts/totalCount"), &json!(1));
}

async fn a_preview_ends_with_its_makers_account(world: &World) {
    let (root, guest, ada) = with_guest_of_ada(world).await;
    assert!(is_let_in(&guest).await);

    root.does("userUpdate", json!({ "id": ada, "input": { "isActive": false } })).await;

    assert!(!is_let_in(&guest).await);
    root.does("userUpdate", json!({ "id": ada, "input": { "isActive": true } })).await;
    assert!(!is_let_in(&guest).await, "it does not come back with the account");
}

async fn a_preview_ends_with_its_makers_right(world: &World) {
    let (root, guest, ada) = with_guest_of_ada(world).await;

    root.does("userUpdate", json!({ "id": ada, "input": { "role": "VIEWER" } })).await;

    assert!(!is_let_in(&guest).await);
}

/// An administrator, the guest of an editor, and the editor's id.
async fn with_guest_of_ada(world: &World) -> (Person, Person, String) {
    let (ada, root) = (world.editor("ada").await, world.admin("root").await);
    let draft = ada.writes_post(json!({ "title": "The draft" })).await;
    let listed = root.ask("{ users(first: 1) { nodes { id } } }").await.expect_ok();
    let guest = guest(world, &ada, &draft).await;
    (root, guest, listed.text("/users/nodes/0/id").to_owned())
}

async fn machines_give_no_previews(world: &World) {
    let root = world.admin("root").await;
    let draft = root.writes_post(json!({ "title": "The draft" })).await;
    let input = json!({ "name": "The website", "scopes": ["CONTENT_WRITE", "CONTENT_PUBLISH"] });
    let made = root.tries("apiClientCreate", json!({ "input": input })).await.expect_ok();
    let website = world.reader().with_token(made.text("/apiClientCreate/secret"));

    let refused = previews(&website, json!({ "id": draft.id })).await;

    assert_eq!(refused.error_code(), "FORBIDDEN");
}
