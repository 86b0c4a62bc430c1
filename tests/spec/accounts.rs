//! Accounts: made, changed, switched off and listed by administrators, and by nobody else.

use serde_json::{Value, json};

use super::support::process::{self, Said};
use super::support::{Answer, Person, Place, World};

specs! {
    in_a_world {
        an_account_is_made_and_signs_in,
        an_account_without_a_password_cannot_sign_in_until_it_has_one,
        all_that_is_wrong_with_an_account_is_said_at_once,
        an_address_belongs_to_one_account_however_it_is_written,
        what_an_update_leaves_out_stays,
        null_clears_a_password_and_nothing_else,
        a_new_role_counts_from_the_next_request,
        a_new_password_ends_the_sessions_of_the_account,
        an_account_that_is_switched_off_and_on_signs_in_again,
        the_last_administrator_stays,
        an_unknown_account_is_not_found,
        administrators_see_accounts_and_others_do_not,
        an_account_answers_node_to_administrators_alone,
        nobody_is_told_a_password,
    }
    in_an_empty_place {
        operators_see_every_account,
        a_lost_password_is_replaced_on_the_command_line,
        a_role_given_on_the_command_line_counts_from_the_next_request,
        an_account_is_switched_off_and_on_on_the_command_line,
        operators_keep_the_last_administrator_too,
        an_account_that_is_not_there_is_not_changed,
    }
}

const PASSWORD: &str = "ben rows across the lake";
const USER: &str = "user { id email name role isActive } userErrors { code message path }";

fn ben() -> Value {
    json!({ "email": "Ben@Charity.Example", "name": "Ben", "role": "AUTHOR", "password": PASSWORD })
}

async fn makes(admin: &Person, input: Value) -> Answer {
    admin.tries_for("userCreate", json!({ "input": input }), USER).await
}

async fn changes(admin: &Person, id: &str, input: Value) -> Answer {
    admin.tries_for("userUpdate", json!({ "id": id, "input": input }), USER).await
}

/// Ben's account, and Ben signed in.
async fn with_ben(world: &World, admin: &Person) -> (String, Person) {
    let id = makes(admin, ben()).await.text("/userCreate/user/id").to_owned();
    let session = world.reader().signs_in_as("ben@charity.example", PASSWORD).await.expect_ok();
    (id, world.reader().with_token(session.text("/sessionCreate/accessToken")))
}

async fn an_account_is_made_and_signs_in(world: &World) {
    let cara = world.admin("cara").await;

    let made = makes(&cara, ben()).await;

    assert_eq!(made.user_errors(), Vec::<String>::new());
    let user = made.data("/userCreate/user");
    assert_eq!((&user["email"], &user["name"]), (&json!("Ben@Charity.Example"), &json!("Ben")), "{made:?}");
    assert_eq!((&user["role"], &user["isActive"]), (&json!("AUTHOR"), &json!(true)));
    let session = world.reader().signs_in_as("ben@charity.example", PASSWORD).await;
    assert_eq!(session.text("/sessionCreate/viewer/name"), "Ben");
}

async fn an_account_without_a_password_cannot_sign_in_until_it_has_one(world: &World) {
    let cara = world.admin("cara").await;
    let made = makes(&cara, json!({ "email": "ben@charity.example", "name": "Ben", "role": "AUTHOR" })).await;
    let refused = world.reader().signs_in_as("ben@charity.example", PASSWORD).await;

    changes(&cara, made.text("/userCreate/user/id"), json!({ "password": PASSWORD })).await.expect_ok();

    assert_eq!(refused.user_errors(), ["INVALID_CREDENTIALS"]);
    world.reader().signs_in_as("ben@charity.example", PASSWORD).await.expect_ok();
}

async fn all_that_is_wrong_with_an_account_is_said_at_once(world: &World) {
    let cara = world.admin("cara").await;

    let refused = makes(&cara, json!({ "email": "ben", "name": " ", "role": "AUTHOR", "password": "short" })).await;

    let mut errors = refused.user_errors();
    errors.sort();
    assert_eq!(errors, ["INVALID input.email", "REQUIRED input.name", "TOO_SHORT input.password"]);
    assert_eq!(cara.ask("{ users { totalCount } }").await.data("/users/totalCount"), &json!(1));
}

async fn an_address_belongs_to_one_account_however_it_is_written(world: &World) {
    let cara = world.admin("cara").await;
    makes(&cara, ben()).await;

    let refused = makes(&cara, json!({ "email": "BEN@charity.example", "name": "Ben", "role": "VIEWER" })).await;

    assert_eq!(refused.user_errors(), ["TAKEN input.email"]);
}

async fn what_an_update_leaves_out_stays(world: &World) {
    let cara = world.admin("cara").await;
    let (id, _) = with_ben(world, &cara).await;

    let changed = changes(&cara, &id, json!({ "name": "Benjamin" })).await;

    assert_eq!(
        changed.data("/userUpdate/user"),
        &json!({ "id": id, "email": "Ben@Charity.Example", "name": "Benjamin", "role": "AUTHOR", "isActive": true })
    );
    world.reader().signs_in_as("ben@charity.example", PASSWORD).await.expect_ok();
}

async fn null_clears_a_password_and_nothing_else(world: &World) {
    let cara = world.admin("cara").await;
    let (id, _) = with_ben(world, &cara).await;

    let refused = changes(&cara, &id, json!({ "email": null, "name": null, "role": null, "isActive": null })).await;
    changes(&cara, &id, json!({ "password": null })).await.expect_ok();

    let mut errors = refused.user_errors();
    errors.sort();
    let required = ["REQUIRED input.email", "REQUIRED input.isActive", "REQUIRED input.name", "REQUIRED input.role"];
    assert_eq!(errors, required);
    let signed_in = world.reader().signs_in_as("ben@charity.example", PASSWORD).await;
    assert_eq!(signed_in.user_errors(), ["INVALID_CREDENTIALS"]);
}

async fn a_new_role_counts_from_the_next_request(world: &World) {
    let cara = world.admin("cara").await;
    let (id, ben) = with_ben(world, &cara).await;
    let refused = ben.ask("{ users { totalCount } }").await;

    changes(&cara, &id, json!({ "role": "ADMIN" })).await.expect_ok();

    assert_eq!(refused.error_code(), "FORBIDDEN");
    assert_eq!(ben.ask("{ users { totalCount } }").await.expect_ok().data("/users/totalCount"), &json!(2));
}

async fn a_new_password_ends_the_sessions_of_the_account(world: &World) {
    let cara = world.admin("cara").await;
    let (id, ben) = with_ben(world, &cara).await;

    changes(&cara, &id, json!({ "password": "ben walks round the lake" })).await.expect_ok();

    assert_eq!(ben.ask("{ viewer { name } }").await.error_code(), "UNAUTHENTICATED");
    world.reader().signs_in_as("ben@charity.example", "ben walks round the lake").await.expect_ok();
}

async fn an_account_that_is_switched_off_and_on_signs_in_again(world: &World) {
    let cara = world.admin("cara").await;
    let (id, ben) = with_ben(world, &cara).await;

    changes(&cara, &id, json!({ "isActive": false })).await.expect_ok();
    let off = ben.ask("{ viewer { name } }").await;
    changes(&cara, &id, json!({ "isActive": true })).await.expect_ok();

    assert_eq!(off.error_code(), "UNAUTHENTICATED");
    assert_eq!(ben.ask("{ viewer { name } }").await.error_code(), "UNAUTHENTICATED", "its session has ended");
    world.reader().signs_in_as("ben@charity.example", PASSWORD).await.expect_ok();
}

async fn the_last_administrator_stays(world: &World) {
    let cara = world.admin("cara").await;
    let id = cara.ask("{ users { nodes { id } } }").await.text("/users/nodes/0/id").to_owned();

    let demoted = changes(&cara, &id, json!({ "role": "EDITOR" })).await;
    let switched_off = changes(&cara, &id, json!({ "isActive": false })).await;

    assert_eq!(demoted.user_errors(), ["NOT_ALLOWED_IN_STATE input.role"]);
    assert_eq!(switched_off.user_errors(), ["NOT_ALLOWED_IN_STATE input.isActive"]);
}

async fn an_unknown_account_is_not_found(world: &World) {
    let cara = world.admin("cara").await;

    let unknown = changes(&cara, "user_00000000000000000000000000000000", json!({ "name": "X" })).await;
    let unreadable = changes(&cara, "ben", json!({ "name": "X" })).await;

    assert_eq!(unknown.user_errors(), ["NOT_FOUND id"]);
    assert_eq!(unreadable.user_errors(), ["NOT_FOUND id"]);
}

async fn administrators_see_accounts_and_others_do_not(world: &World) {
    let cara = world.admin("cara").await;
    let (dora, reader) = (world.lead("dora").await, world.reader());
    let question = "{ users { nodes { name role } totalCount } }";

    let answer = cara.ask(question).await.expect_ok();

    let names: Vec<&str> =
        answer.data("/users/nodes").as_array().into_iter().flatten().filter_map(|user| user["name"].as_str()).collect();
    assert_eq!(names, ["cara", "dora"]);
    assert_eq!(dora.ask(question).await.error_code(), "FORBIDDEN");
    assert_eq!(reader.ask(question).await.error_code(), "UNAUTHENTICATED");
}

async fn an_account_answers_node_to_administrators_alone(world: &World) {
    let cara = world.admin("cara").await;
    let (id, ben) = with_ben(world, &cara).await;
    let question = format!(r#"{{ node(id: "{id}") {{ __typename }} }}"#);

    let for_admin = cara.ask(&question).await.expect_ok();
    let for_others = [ben.ask(&question).await, world.reader().ask(&question).await];

    assert_eq!(for_admin.text("/node/__typename"), "User");
    assert!(for_others.iter().all(|answer| answer.json["data"]["node"].is_null()), "{for_others:?}");
}

async fn nobody_is_told_a_password(world: &World) {
    let cara = world.admin("cara").await;

    let made = makes(&cara, ben()).await;
    let again = makes(&cara, ben()).await;

    assert!(!made.body.contains(PASSWORD) && !again.body.contains(PASSWORD), "{made:?} {again:?}");
    assert!(!made.body.contains("argon2"), "{made:?}");
}

/// What `beacon user …` says.
async fn user(place: &Place, arguments: &[&str]) -> Said {
    place.beacon(&[&["user"][..], arguments].concat()).ends().await
}

async fn operators_see_every_account(place: &Place) {
    place.hires("Ada", "EDITOR").await;
    place.hires("Ben", "ADMIN").await;

    let said = user(place, &["list"]).await;

    let lines: Vec<&str> = said.stdout.lines().filter_map(|line| Some(line.split_once('\t')?.1)).collect();
    assert_eq!(lines, ["EDITOR\tactive\tada@charity.example\tAda", "ADMIN\tactive\tben@charity.example\tBen"]);
}

async fn a_lost_password_is_replaced_on_the_command_line(place: &Place) {
    let email = place.hires("Ada", "ADMIN").await;
    let served = place.serves().await;
    let before = served.signed_in(&email, process::PASSWORD).await;

    let arguments = ["user", "password", "ADA@charity.example", "--password-stdin"];
    let short = place.beacon(&arguments).told("short\n").ends().await;
    let said = place.beacon(&arguments).told("ada rows across the lake\n").ends().await;

    assert!(!short.status.success() && short.stderr.contains("password"), "{short:?}");
    assert!(said.status.success(), "{said:?}");
    assert_eq!(before.ask("{ viewer { name } }").await.status, 401);
    served.signed_in(&email, "ada rows across the lake").await;
}

async fn a_role_given_on_the_command_line_counts_from_the_next_request(place: &Place) {
    let email = place.hires("Ada", "AUTHOR").await;
    let served = place.serves().await;
    let ada = served.signed_in(&email, process::PASSWORD).await;
    let listed = user(place, &["list"]).await;
    let id = listed.stdout.split('\t').next().expect("an account").to_owned();

    let said = user(place, &["role", &id, "safeguarding-lead"]).await;

    assert!(said.status.success(), "{said:?}");
    assert_eq!(ada.ask("{ viewer { role } }").await.expect_ok().data("/viewer/role"), "SAFEGUARDING_LEAD");
}

async fn an_account_is_switched_off_and_on_on_the_command_line(place: &Place) {
    let email = place.hires("Ada", "AUTHOR").await;
    let served = place.serves().await;
    let ada = served.signed_in(&email, process::PASSWORD).await;

    let off = user(place, &["disable", &email]).await;
    let refused = ada.ask("{ viewer { name } }").await;
    let on = user(place, &["enable", &email]).await;

    assert!(off.status.success() && on.status.success(), "{off:?} {on:?}");
    assert_eq!(refused.status, 401);
    assert_eq!(ada.ask("{ viewer { name } }").await.status, 401, "the session has ended");
    served.signed_in(&email, process::PASSWORD).await;
}

async fn operators_keep_the_last_administrator_too(place: &Place) {
    let email = place.hires("Ada", "ADMIN").await;

    let demoted = user(place, &["role", &email, "EDITOR"]).await;
    let off = user(place, &["disable", &email]).await;

    assert!(!demoted.status.success() && demoted.stderr.contains("last active account"), "{demoted:?}");
    assert!(!off.status.success() && off.stderr.contains("last active account"), "{off:?}");
}

async fn an_account_that_is_not_there_is_not_changed(place: &Place) {
    let said = user(place, &["disable", "nobody@charity.example"]).await;

    assert_eq!(said.status.code(), Some(1), "{said:?}");
    assert!(said.stderr.contains("no such account"), "{said:?}");
}
