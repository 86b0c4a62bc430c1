//! Clients that are machines: what they may do, on whose account, and until when.

use serde_json::{Value, json};

use super::support::{Answer, Person, World};

specs! {
    in_a_world {
        a_client_does_what_it_was_given_and_no_more,
        a_client_that_writes_reads_drafts,
        a_client_that_only_reads_drafts_changes_nothing,
        what_a_client_saves_is_on_record_as_its_own,
        machines_manage_nothing,
        the_owner_of_a_client_does_not_approve_what_it_saved,
        ones_own_client_is_no_second_person,
        a_machine_has_no_password,
        a_secret_is_shown_once,
        a_client_never_does_more_than_its_owner_may,
        a_client_ends_with_its_owners_account,
        a_client_that_was_ended_is_refused_at_its_next_request,
        a_client_that_was_ended_cannot_be_changed,
        a_client_is_refused_from_its_expiry_on,
        both_secrets_work_until_the_overlap_ends,
        a_rotation_ends_the_secret_before_the_present_one,
        an_overlap_lasts_a_week_at_most,
        the_last_day_of_use_is_written_once_a_day,
        a_secret_that_is_not_quite_right_is_refused,
        all_that_is_wrong_with_a_client_is_said_at_once,
        what_an_update_leaves_out_stays,
        an_update_counts_from_the_next_request_on,
        administrators_see_clients_and_others_do_not,
        pages_of_a_clients_origin_may_ask,
    }
}

const CLIENT: &str = "apiClient { id prefix } secret userErrors { code message path }";
const STATE: &str = "{ apiClients { nodes { name prefix scopes origins expiresAt lastUsedOn revokedAt owner { name } } } }";
const DRAFTS: &str = "{ posts { nodes { title } } }";

/// A client, and who asks with its secret.
struct Client {
    id: String,
    secret: String,
    itself: Person,
}

async fn makes(admin: &Person, input: Value) -> Answer {
    admin.tries_for("apiClientCreate", json!({ "input": input }), CLIENT).await
}

/// A client with some scopes.
async fn client(world: &World, admin: &Person, scopes: Value) -> Client {
    let made = makes(admin, json!({ "name": "The website", "scopes": scopes })).await.expect_ok();
    let secret = made.text("/apiClientCreate/secret").to_owned();
    let id = made.text("/apiClientCreate/apiClient/id").to_owned();
    Client { id, itself: world.reader().with_token(&secret), secret }
}

async fn rotates(admin: &Person, client: &Client, minutes: i64) -> Answer {
    let arguments = json!({ "id": client.id, "overlapMinutes": minutes });
    admin.tries_for("apiClientRotate", arguments, CLIENT).await
}

async fn is_let_in(person: &Person) -> bool {
    let answer = person.ask("{ viewer { name } }").await;
    if answer.status == 401 {
        assert_eq!(answer.error_code(), "UNAUTHENTICATED");
        return false;
    }
    answer.expect_ok();
    true
}

async fn a_client_does_what_it_was_given_and_no_more(world: &World) {
    let root = world.admin("root").await;

    let website = client(world, &root, json!(["CONTENT_READ", "CONTENT_WRITE"])).await;

    let post = website.itself.writes_post(json!({ "title": "Imported" })).await;
    let refused = website.itself.tries("contentPublish", post.named()).await;
    assert_eq!(refused.error_code(), "FORBIDDEN");
    let viewer = website.itself.ask("{ viewer { kind name role scopes } }").await.expect_ok();
    insta::assert_snapshot!(viewer.told(), @r#"
    {
      "data": {
        "viewer": {
          "kind": "API_CLIENT",
          "name": "The website",
          "role": null,
          "scopes": [
            "CONTENT_READ",
            "DRAFT_READ",
            "CONTENT_WRITE"
          ]
        }
      }
    }
    "#);
}

async fn a_client_that_writes_reads_drafts(world: &World) {
    let root = world.admin("root").await;
    let importer = client(world, &root, json!(["CONTENT_WRITE"])).await.itself;
    importer.writes_post(json!({ "title": "Imported" })).await;

    let answer = importer.with_drafts().ask(DRAFTS).await.expect_ok();

    assert_eq!(answer.data("/posts/nodes/0/title"), "Imported");
    assert_eq!(answer.header("cache-control"), "private, no-store");
}

async fn a_client_that_only_reads_drafts_changes_nothing(world: &World) {
    let root = world.admin("root").await;
    let preview = client(world, &root, json!(["DRAFT_READ"])).await.itself;
    let website = client(world, &root, json!(["CONTENT_READ"])).await.itself;

    let refused = preview.tries("postCreate", json!({ "input": { "title": "Mine" } })).await;
    let hidden = website.with_drafts().ask(DRAFTS).await;

    preview.with_drafts().ask(DRAFTS).await.expect_ok();
    assert_eq!(refused.error_code(), "FORBIDDEN");
    assert_eq!((hidden.status, hidden.error_code()), (403, "FORBIDDEN"));
}

async fn what_a_client_saves_is_on_record_as_its_own(world: &World) {
    let root = world.admin("root").await;
    let importer = client(world, &root, json!(["CONTENT_WRITE"])).await.itself;
    let post = root.writes_post(json!({ "title": "A day" })).await;

    let post = importer.saves("postUpdate", &post, json!({ "title": "Imported" })).await;

    let actors = "... on Post { editorial { createdBy { name kind } savedBy { name kind } } }";
    let answer = root.reads(&post, actors).await;
    assert_eq!(answer.data("/node/editorial/createdBy"), &json!({ "name": "root", "kind": "USER" }));
    assert_eq!(
        answer.data("/node/editorial/savedBy"),
        &json!({ "name": "The website", "kind": "API_CLIENT" })
    );
}

async fn machines_manage_nothing(world: &World) {
    let root = world.admin("root").await;
    let all = json!(["CONTENT_READ", "DRAFT_READ", "CONTENT_WRITE", "CONTENT_PUBLISH"]);
    let machine = client(world, &root, all).await;

    let another = makes(&machine.itself, json!({ "name": "Another", "scopes": ["CONTENT_READ"] })).await;
    let rotated = rotates(&machine.itself, &machine, 0).await;
    let listed = machine.itself.ask("{ apiClients { totalCount } }").await;

    assert_eq!(another.error_code(), "FORBIDDEN");
    assert_eq!(rotated.error_code(), "FORBIDDEN");
    assert_eq!(listed.error_code(), "FORBIDDEN");
}

async fn the_owner_of_a_client_does_not_approve_what_it_saved(world: &World) {
    let (root, ruth) = (world.admin("root").await, world.admin("ruth").await);
    let importer = client(world, &root, json!(["CONTENT_WRITE"])).await.itself;
    let post = importer.writes_post(json!({ "title": "Imported" })).await;
    let approval = json!({ "id": post.id, "expectedVersion": post.version, "kind": "EDITORIAL" });

    let by_machine = importer.tries("contentApprove", approval.clone()).await;
    let by_owner = root.tries("contentApprove", approval.clone()).await;

    assert_eq!(by_machine.error_code(), "FORBIDDEN");
    assert_eq!(by_owner.user_errors(), ["APPROVER_IS_AUTHOR id"]);
    ruth.tries("contentApprove", approval).await.expect_ok();
}

async fn ones_own_client_is_no_second_person(world: &World) {
    let (root, ruth) = (world.admin("root").await, world.admin("ruth").await);
    let importer = client(world, &root, json!(["CONTENT_WRITE"])).await.itself;
    let service = root.publishes(&root.writes_service().await).await;
    let line = root.publishes(&root.writes_channel(&service).await).await;
    let correction = json!({
        "id": line.id, "expectedVersion": line.version, "input": { "value": "01632 960124" }, "reason": "The line is dead",
    });
    root.does("contactChannelUrgentCorrection", correction).await;
    let tried = json!({ "id": line.id, "method": "Rang it" });
    let due = "{ attention { nodes { kind } } }";

    importer.does("contactChannelVerify", tried.clone()).await;
    let by_machine = root.ask(due).await.expect_ok();
    ruth.does("contactChannelVerify", tried).await;
    let by_another = root.ask(due).await.expect_ok();

    assert_eq!(by_machine.data("/attention/nodes"), &json!([{ "kind": "URGENT_CORRECTION_REVIEW" }]));
    assert_eq!(by_another.data("/attention/nodes"), &json!([]));
}

async fn a_machine_has_no_password(world: &World) {
    let root = world.admin("root").await;
    let machine = client(world, &root, json!(["CONTENT_WRITE"])).await.itself;

    let refused = machine.changes_password(root.password(), "root swims in the lake").await;

    assert_eq!(refused.error_code(), "FORBIDDEN");
    root.signs_in().await.expect_ok();
}

async fn a_secret_is_shown_once(world: &World) {
    let root = world.admin("root").await;
    let website = client(world, &root, json!(["CONTENT_READ"])).await;

    let listed = root.ask(STATE).await.expect_ok();

    let prefix = listed.text("/apiClients/nodes/0/prefix");
    assert!(website.secret.starts_with(prefix) && website.secret.len() > prefix.len() + 40);
    assert!(!listed.body.contains(&website.secret));
    let kept = format!("{:?}", api::domain::api_client::all(&world.app.db).await);
    assert!(kept.contains(prefix) && !kept.contains(&website.secret), "only a hash is kept");
}

async fn a_client_never_does_more_than_its_owner_may(world: &World) {
    let (root, ruth) = (world.admin("root").await, world.admin("ruth").await);
    let machine = client(world, &root, json!(["CONTENT_WRITE", "CONTENT_PUBLISH"])).await.itself;
    let post = machine.writes_post(json!({ "title": "A day" })).await;
    let listed = ruth.ask("{ users(first: 1) { nodes { id name } } }").await.expect_ok();
    let id = listed.text("/users/nodes/0/id");

    ruth.does("userUpdate", json!({ "id": id, "input": { "role": "AUTHOR" } })).await;

    let refused = machine.tries("contentPublish", post.named()).await;
    assert_eq!(refused.error_code(), "FORBIDDEN");
    machine.saves("postUpdate", &post, json!({ "title": "Another day" })).await;
}

async fn a_client_ends_with_its_owners_account(world: &World) {
    let (root, ruth) = (world.admin("root").await, world.admin("ruth").await);
    let machine = client(world, &root, json!(["CONTENT_READ"])).await.itself;
    let listed = ruth.ask("{ users(first: 1) { nodes { id } } }").await.expect_ok();
    let id = listed.text("/users/nodes/0/id");
    assert!(is_let_in(&machine).await);

    ruth.does("userUpdate", json!({ "id": id, "input": { "isActive": false } })).await;

    assert!(!is_let_in(&machine).await);
    ruth.does("userUpdate", json!({ "id": id, "input": { "isActive": true } })).await;
    assert!(!is_let_in(&machine).await, "it does not come back with the account");
}

async fn a_client_that_was_ended_is_refused_at_its_next_request(world: &World) {
    let root = world.admin("root").await;
    let machine = client(world, &root, json!(["CONTENT_READ"])).await;
    assert!(is_let_in(&machine.itself).await);

    root.does("apiClientRevoke", json!({ "id": machine.id })).await;

    assert!(!is_let_in(&machine.itself).await);
    let answer = root.ask(STATE).await.expect_ok();
    assert_eq!(answer.data("/apiClients/nodes/0/revokedAt"), "2026-07-01T09:00:00Z");
}

async fn a_client_that_was_ended_cannot_be_changed(world: &World) {
    let root = world.admin("root").await;
    let machine = client(world, &root, json!(["CONTENT_READ"])).await;
    root.does("apiClientRevoke", json!({ "id": machine.id })).await;

    let updated = root.tries("apiClientUpdate", json!({ "id": machine.id, "input": { "name": "Again" } })).await;
    let rotated = rotates(&root, &machine, 0).await;
    let ended_again = root.tries("apiClientRevoke", json!({ "id": machine.id })).await;

    assert_eq!(updated.user_errors(), ["NOT_ALLOWED_IN_STATE id"]);
    assert_eq!(rotated.user_errors(), ["NOT_ALLOWED_IN_STATE id"]);
    ended_again.expect_ok();
}

async fn a_client_is_refused_from_its_expiry_on(world: &World) {
    let root = world.admin("root").await;
    let input = json!({ "name": "The fair", "scopes": ["CONTENT_READ"], "expiresAt": "2026-07-01T11:00:00+01:00" });
    let made = makes(&root, input).await.expect_ok();
    let fair = world.reader().with_token(made.text("/apiClientCreate/secret"));

    world.clock.set("2026-07-01T09:59:59Z");
    let before = is_let_in(&fair).await;
    world.clock.set("2026-07-01T10:00:00Z");

    assert!(before && !is_let_in(&fair).await);
}

async fn both_secrets_work_until_the_overlap_ends(world: &World) {
    let root = world.admin("root").await;
    let website = client(world, &root, json!(["CONTENT_READ"])).await;

    let rotated = rotates(&root, &website, 60).await.expect_ok();

    let next = world.reader().with_token(rotated.text("/apiClientRotate/secret"));
    world.clock.set("2026-07-01T09:59:59Z");
    assert!(is_let_in(&website.itself).await && is_let_in(&next).await);
    world.clock.set("2026-07-01T10:00:00Z");
    assert!(!is_let_in(&website.itself).await && is_let_in(&next).await);
}

async fn a_rotation_ends_the_secret_before_the_present_one(world: &World) {
    let root = world.admin("root").await;
    let website = client(world, &root, json!(["CONTENT_READ"])).await;
    let second = rotates(&root, &website, 60).await.expect_ok();

    let third = rotates(&root, &website, 0).await.expect_ok();

    assert!(!is_let_in(&website.itself).await);
    assert!(!is_let_in(&world.reader().with_token(second.text("/apiClientRotate/secret"))).await);
    assert!(is_let_in(&world.reader().with_token(third.text("/apiClientRotate/secret"))).await);
}

async fn an_overlap_lasts_a_week_at_most(world: &World) {
    let root = world.admin("root").await;
    let website = client(world, &root, json!(["CONTENT_READ"])).await;

    let (too_long, negative) = (rotates(&root, &website, 10_081).await, rotates(&root, &website, -1).await);

    assert_eq!(too_long.user_errors(), ["OUT_OF_RANGE overlapMinutes"]);
    assert_eq!(negative.user_errors(), ["OUT_OF_RANGE overlapMinutes"]);
    rotates(&root, &website, 10_080).await.expect_ok();
}

async fn the_last_day_of_use_is_written_once_a_day(world: &World) {
    let root = world.admin("root").await;
    let website = client(world, &root, json!(["CONTENT_READ"])).await.itself;
    let day = async || root.ask(STATE).await.expect_ok().data("/apiClients/nodes/0/lastUsedOn").clone();
    let unused = day().await;

    is_let_in(&website).await;
    let first = day().await;
    world.clock.set("2026-07-01T23:30:00Z");
    is_let_in(&website).await;

    assert_eq!((unused, first), (Value::Null, json!("2026-07-01")));
    assert_eq!(day().await, "2026-07-02", "in London it is past midnight");
}

async fn a_secret_that_is_not_quite_right_is_refused(world: &World) {
    let root = world.admin("root").await;
    let website = client(world, &root, json!(["CONTENT_READ"])).await;
    let (all_but_one, prefix) = (&website.secret[..website.secret.len() - 1], &website.secret[..16]);

    for wrong in [all_but_one, prefix, "bac_", "bac_ffffffffffff_", &format!("{}A", website.secret)] {
        assert!(!is_let_in(&world.reader().with_token(wrong)).await, "{wrong}");
    }
}

async fn all_that_is_wrong_with_a_client_is_said_at_once(world: &World) {
    let root = world.admin("root").await;
    let origins = ["https://charity.example/", "https://charity.example/path", "http://charity.example", "charity"];
    let input = json!({ "name": " ", "scopes": [], "origins": origins, "expiresAt": "2026-07-01T09:00:00Z" });

    let refused = makes(&root, input).await;

    let mut errors = refused.user_errors();
    errors.sort();
    let expected = [
        "INVALID input.origins.1",
        "INVALID input.origins.2",
        "INVALID input.origins.3",
        "OUT_OF_RANGE input.expiresAt",
        "REQUIRED input.name",
        "REQUIRED input.scopes",
    ];
    assert_eq!(errors, expected);
    assert_eq!(root.ask("{ apiClients { totalCount } }").await.data("/apiClients/totalCount"), &json!(0));
}

async fn what_an_update_leaves_out_stays(world: &World) {
    let root = world.admin("root").await;
    let origins = json!(["https://charity.example", "https://CHARITY.example:443/"]);
    let expires_at = "2027-01-01T00:00:00Z";
    let input = json!({ "name": "The website", "scopes": ["DRAFT_READ", "CONTENT_READ", "DRAFT_READ"],
        "origins": origins, "expiresAt": expires_at });
    let id = makes(&root, input).await.expect_ok().text("/apiClientCreate/apiClient/id").to_owned();

    let nulls = json!({ "name": null, "scopes": null });
    let refused = root.tries("apiClientUpdate", json!({ "id": id, "input": nulls })).await;
    root.does("apiClientUpdate", json!({ "id": id, "input": { "name": "The app" } })).await;
    let kept = root.ask(STATE).await.expect_ok();
    let cleared = json!({ "origins": null, "expiresAt": null });
    root.does("apiClientUpdate", json!({ "id": id, "input": cleared })).await;

    assert_eq!(refused.user_errors(), ["REQUIRED input.name", "REQUIRED input.scopes"]);
    let client = kept.data("/apiClients/nodes/0");
    assert_eq!((&client["name"], &client["expiresAt"]), (&json!("The app"), &json!(expires_at)));
    assert_eq!(client["origins"], json!(["https://charity.example"]));
    assert_eq!(client["scopes"], json!(["CONTENT_READ", "DRAFT_READ"]));
    assert_eq!(client["owner"], json!({ "name": "root" }));
    let client = root.ask(STATE).await.expect_ok().data("/apiClients/nodes/0").clone();
    assert_eq!((&client["origins"], &client["expiresAt"]), (&json!([]), &Value::Null));
}

async fn an_update_counts_from_the_next_request_on(world: &World) {
    let root = world.admin("root").await;
    let website = client(world, &root, json!(["DRAFT_READ"])).await;
    website.itself.with_drafts().ask(DRAFTS).await.expect_ok();

    root.does("apiClientUpdate", json!({ "id": website.id, "input": { "scopes": ["CONTENT_READ"] } })).await;

    assert_eq!(website.itself.with_drafts().ask(DRAFTS).await.error_code(), "FORBIDDEN");
}

async fn administrators_see_clients_and_others_do_not(world: &World) {
    let (root, cara) = (world.admin("root").await, world.lead("cara").await);
    let website = client(world, &root, json!(["CONTENT_READ"])).await;
    let node = format!("{{ node(id: {:?}) {{ ... on ApiClient {{ name }} }} }}", website.id);

    let listed = cara.ask("{ apiClients { totalCount } }").await;

    assert_eq!(listed.error_code(), "FORBIDDEN");
    assert_eq!(listed.json["data"], json!({ "apiClients": null }));
    assert_eq!(cara.ask(&node).await.expect_ok().data("/node"), &Value::Null);
    assert_eq!(root.ask(&node).await.expect_ok().data("/node/name"), "The website");
}

async fn pages_of_a_clients_origin_may_ask(world: &World) {
    let strict =
        World::begin(world.backend, &[("BEACON_ALLOWED_ORIGINS", "https://www.charity.example")]).await;
    let root = strict.admin("root").await;
    let allowed = async |origin: &str| {
        let answer = strict.reader().get("/graphql?query=%7Bsite%7Bname%7D%7D").await.header("origin", origin).sent().await;
        answer.header("access-control-allow-origin") == origin
    };
    let input = json!({ "name": "The app", "scopes": ["CONTENT_READ"], "origins": ["https://app.example"] });
    let before = allowed("https://app.example").await;

    let made = makes(&root, input).await.expect_ok();

    assert!(!before && allowed("https://app.example").await);
    assert!(allowed("https://www.charity.example").await && !allowed("https://elsewhere.example").await);
    root.does("apiClientRevoke", json!({ "id": made.text("/apiClientCreate/apiClient/id") })).await;
    assert!(!allowed("https://app.example").await);
    strict.end().await;
}
