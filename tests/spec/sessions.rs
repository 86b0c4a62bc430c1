//! Signing in, staying signed in, and losing access at once.

use serde_json::{Value, json};

use super::support::database::Backend;
use super::support::session::Session;
use super::support::{Answer, World};

specs! {
    in_a_world {
        an_editor_signs_in_with_address_and_password,
        the_case_of_an_address_does_not_matter,
        a_wrong_password_is_answered_like_an_unknown_account,
        an_anonymous_reader_has_no_viewer,
        a_refresh_token_is_exchanged_for_new_tokens,
        a_used_refresh_token_ends_the_whole_session,
        an_unknown_refresh_token_is_refused,
        a_refresh_token_rests_for_thirty_days_at_most,
        a_session_lasts_ninety_days_at_most,
        a_revoked_session_loses_access_at_once,
        a_session_is_revoked_once,
        an_access_token_expires_after_fifteen_minutes,
        a_malformed_token_is_never_treated_as_anonymous,
        a_token_of_another_signer_is_refused,
        session_mutations_do_not_look_at_the_token,
        a_user_who_is_switched_off_loses_access_at_once,
        a_user_who_is_switched_off_cannot_sign_in_or_refresh,
        the_role_is_read_from_the_database,
        ten_failures_are_too_many_attempts,
        attempts_are_forgiven_after_fifteen_minutes,
        a_stranger_at_another_address_cannot_lock_an_editor_out,
        addresses_of_one_network_are_counted_together,
        a_client_cannot_choose_its_address,
        a_new_password_ends_other_sessions,
        a_wrong_current_password_changes_nothing,
        a_short_password_is_refused,
    }
}

const WHO: &str = "{ viewer { kind name role } }";
const EMAIL: &str = "ben@charity.example";
const PASSWORD: &str = "ben walks by the harbour";

fn ben() -> Value {
    json!({ "email": EMAIL, "name": "Ben", "role": "EDITOR", "password": PASSWORD })
}

async fn an_editor_signs_in_with_address_and_password(world: &World) {
    let ada = world.editor("ada").await;

    let answer = ada.signs_in().await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "sessionCreate": {
          "accessToken": "[secret 1]",
          "expiresAt": "2026-07-01T09:15:00Z",
          "refreshToken": "[secret 2]",
          "viewer": {
            "kind": "USER",
            "name": "ada",
            "role": "EDITOR"
          },
          "userErrors": []
        }
      }
    }
    "#);
}

async fn the_case_of_an_address_does_not_matter(world: &World) {
    let ada = world.editor("ada").await;

    let answer = world.reader().signs_in_as(" Ada@Charity.example ", ada.password()).await;

    assert_eq!(answer.expect_ok().data("/sessionCreate/viewer/name"), "ada");
}

async fn a_wrong_password_is_answered_like_an_unknown_account(world: &World) {
    let ada = world.editor("ada").await;

    let wrong = world.reader().signs_in_as(ada.email(), "not the password").await;
    let unknown = world.reader().signs_in_as("nobody@charity.example", "not the password").await;

    assert_eq!(wrong.user_errors(), ["INVALID_CREDENTIALS"]);
    assert_eq!(wrong.body, unknown.body);
    assert_eq!(wrong.statements, unknown.statements);
}

async fn an_anonymous_reader_has_no_viewer(world: &World) {
    let answer = world.reader().ask(WHO).await;

    assert_eq!(answer.expect_ok().data("/viewer"), &json!(null));
}

async fn a_refresh_token_is_exchanged_for_new_tokens(world: &World) {
    let ada = world.editor("ada").await;
    let first = ada.opens_session().await;
    world.clock.advance(20);

    let second = world.reader().renews(&first).await;

    assert_ne!(first.refresh, second.refresh);
    let answer = world.reader().with_token(&second.access).ask(WHO).await;
    assert_eq!(answer.expect_ok().data("/viewer/name"), "ada");
}

async fn a_used_refresh_token_ends_the_whole_session(world: &World) {
    let ada = world.editor("ada").await;
    let stolen = ada.opens_session().await;
    let renewed = world.reader().renews(&stolen).await;

    let replayed = world.reader().refreshes(&stolen.refresh).await;

    assert_eq!(replayed.user_errors(), ["INVALID_CREDENTIALS"]);
    let next = world.reader().refreshes(&renewed.refresh).await;
    assert_eq!(next.user_errors(), ["INVALID_CREDENTIALS"]);
    unauthenticated(&world.reader().with_token(&renewed.access).ask(WHO).await);
}

async fn an_unknown_refresh_token_is_refused(world: &World) {
    let answer = world.reader().refreshes("no such token").await;

    assert_eq!(answer.user_errors(), ["INVALID_CREDENTIALS"]);
}

async fn a_refresh_token_rests_for_thirty_days_at_most(world: &World) {
    let ada = world.editor("ada").await;
    let session = ada.opens_session().await;
    world.clock.set("2026-07-31T08:59:59Z");
    let renewed = world.reader().renews(&session).await;

    world.clock.set("2026-08-30T08:59:59Z");

    let answer = world.reader().refreshes(&renewed.refresh).await;
    assert_eq!(answer.user_errors(), ["TOKEN_EXPIRED"]);
}

async fn a_session_lasts_ninety_days_at_most(world: &World) {
    let ada = world.editor("ada").await;
    let session = ada.opens_session().await;
    world.clock.set("2026-07-30T09:00:00Z");
    let session = world.reader().renews(&session).await;
    world.clock.set("2026-08-28T09:00:00Z");
    let session = world.reader().renews(&session).await;
    world.clock.set("2026-09-26T09:00:00Z");
    let session = world.reader().renews(&session).await;

    world.clock.set("2026-09-29T09:00:00Z");

    let answer = world.reader().refreshes(&session.refresh).await;
    assert_eq!(answer.user_errors(), ["TOKEN_EXPIRED"]);
}

async fn a_revoked_session_loses_access_at_once(world: &World) {
    let ada = world.editor("ada").await;
    let session = ada.opens_session().await;

    let revoked = world.reader().tries("sessionRevoke", json!({ "refreshToken": session.refresh })).await;

    assert_eq!(revoked.expect_ok().data("/sessionRevoke/revoked"), &json!(true));
    unauthenticated(&world.reader().with_token(&session.access).ask(WHO).await);
}

async fn a_session_is_revoked_once(world: &World) {
    let ada = world.editor("ada").await;
    let session = ada.opens_session().await;
    world.reader().tries("sessionRevoke", json!({ "refreshToken": session.refresh })).await.expect_ok();

    let again = world.reader().tries("sessionRevoke", json!({ "refreshToken": session.refresh })).await;

    assert_eq!(again.data("/sessionRevoke/revoked"), &json!(false));
}

async fn an_access_token_expires_after_fifteen_minutes(world: &World) {
    let ada = world.editor("ada").await;
    let device = world.reader().with_token(&ada.opens_session().await.access);
    world.clock.set("2026-07-01T09:14:59Z");
    device.ask(WHO).await.expect_ok();

    world.clock.set("2026-07-01T09:15:00Z");

    unauthenticated(&device.ask(WHO).await);
}

async fn a_malformed_token_is_never_treated_as_anonymous(world: &World) {
    let answer = world.reader().with_token("nonsense").ask("{ site { name } }").await;

    unauthenticated(&answer);
}

async fn a_token_of_another_signer_is_refused(world: &World) {
    let elsewhere =
        World::begin(world.backend, &[("BEACON_JWT_SECRET", "a secret of some other place, as long")]).await;
    let token = elsewhere.editor("ada").await.opens_session().await.access;
    elsewhere.end().await;
    world.editor("ada").await.opens_session().await;

    unauthenticated(&world.reader().with_token(&token).ask(WHO).await);
}

async fn session_mutations_do_not_look_at_the_token(world: &World) {
    let ada = world.editor("ada").await;
    let session = ada.opens_session().await;
    let device = world.reader().with_token(&session.access);
    world.clock.advance(20);

    let answer = device.tries("sessionRefresh", json!({ "refreshToken": session.refresh })).await;

    answer.expect_ok();
}

async fn a_user_who_is_switched_off_loses_access_at_once(world: &World) {
    let root = world.admin("root").await;
    let user = root.does("userCreate", json!({ "input": ben() })).await;
    let session =
        Session::in_answer(&world.reader().signs_in_as(EMAIL, PASSWORD).await.expect_ok(), "sessionCreate");

    root.does("userUpdate", json!({ "id": user.id, "input": { "isActive": false } })).await;

    unauthenticated(&world.reader().with_token(&session.access).ask(WHO).await);
}

async fn a_user_who_is_switched_off_cannot_sign_in_or_refresh(world: &World) {
    let root = world.admin("root").await;
    let user = root.does("userCreate", json!({ "input": ben() })).await;
    let session =
        Session::in_answer(&world.reader().signs_in_as(EMAIL, PASSWORD).await.expect_ok(), "sessionCreate");
    root.does("userUpdate", json!({ "id": user.id, "input": { "isActive": false } })).await;

    let refreshed = world.reader().refreshes(&session.refresh).await;
    let signed_in = world.reader().signs_in_as(EMAIL, PASSWORD).await;

    assert_eq!(refreshed.user_errors(), ["INVALID_CREDENTIALS"]);
    assert_eq!(signed_in.user_errors(), ["INVALID_CREDENTIALS"]);
}

async fn the_role_is_read_from_the_database(world: &World) {
    let root = world.admin("root").await;
    let user = root.does("userCreate", json!({ "input": ben() })).await;
    let session =
        Session::in_answer(&world.reader().signs_in_as(EMAIL, PASSWORD).await.expect_ok(), "sessionCreate");

    root.does("userUpdate", json!({ "id": user.id, "input": { "role": "VIEWER" } })).await;

    let answer = world.reader().with_token(&session.access).ask(WHO).await;
    assert_eq!(answer.expect_ok().data("/viewer/role"), "VIEWER");
}

async fn ten_failures_are_too_many_attempts(world: &World) {
    let ada = world.editor("ada").await;
    let guesser = world.reader().at_address("198.51.100.7");
    guesser.fails_to_sign_in_as(ada.email(), 10).await;

    let answer = guesser.signs_in_as(ada.email(), ada.password()).await;

    assert_eq!(answer.user_errors(), ["TOO_MANY_ATTEMPTS"]);
}

async fn attempts_are_forgiven_after_fifteen_minutes(world: &World) {
    let ada = world.editor("ada").await;
    let ada = ada.at_address("198.51.100.7");
    ada.fails_to_sign_in_as(ada.email(), 10).await;

    world.clock.advance(16);

    ada.signs_in().await.expect_ok();
}

async fn a_stranger_at_another_address_cannot_lock_an_editor_out(world: &World) {
    let ada = world.editor("ada").await;
    let stranger = world.reader().at_address("198.51.100.7");
    stranger.fails_to_sign_in_as(ada.email(), 10).await;

    let answer = ada.at_address("203.0.113.20").signs_in().await;

    answer.expect_ok();
}

async fn addresses_of_one_network_are_counted_together(world: &World) {
    let ada = world.editor("ada").await;
    world.reader().at_address("2001:db8:1:2::1").fails_to_sign_in_as(ada.email(), 5).await;
    world.reader().at_address("2001:db8:1:2:ffff::9").fails_to_sign_in_as(ada.email(), 5).await;

    let same = world.reader().at_address("2001:db8:1:2::77").signs_in_as(ada.email(), ada.password()).await;
    let other = world.reader().at_address("2001:db8:1:3::1").signs_in_as(ada.email(), ada.password()).await;

    assert_eq!(same.user_errors(), ["TOO_MANY_ATTEMPTS"]);
    other.expect_ok();
}

async fn a_client_cannot_choose_its_address(_: &World) {
    let direct = World::begin(Backend::Sqlite, &[("BEACON_TRUSTED_PROXIES", "")]).await;
    let ada = direct.editor("ada").await;
    direct.reader().at_address("198.51.100.7").fails_to_sign_in_as(ada.email(), 10).await;

    let answer = direct.reader().at_address("203.0.113.20").signs_in_as(ada.email(), ada.password()).await;
    direct.end().await;

    assert_eq!(answer.user_errors(), ["TOO_MANY_ATTEMPTS"]);
}

async fn a_new_password_ends_other_sessions(world: &World) {
    let ada = world.editor("ada").await;
    let (here, elsewhere) = (ada.opens_session().await, ada.opens_session().await);
    let device = world.reader().with_token(&here.access);

    let changed = device.changes_password(ada.password(), "a longer walk by the river").await.expect_ok();

    unauthenticated(&world.reader().with_token(&elsewhere.access).ask(WHO).await);
    let fresh = Session::in_answer(&changed, "passwordChange");
    world.reader().with_token(&fresh.access).ask(WHO).await.expect_ok();
    assert_eq!(ada.signs_in().await.user_errors(), ["INVALID_CREDENTIALS"]);
    world.reader().signs_in_as(ada.email(), "a longer walk by the river").await.expect_ok();
}

async fn a_wrong_current_password_changes_nothing(world: &World) {
    let ada = world.editor("ada").await;

    let refused = ada.changes_password("not the password", "a longer walk by the river").await;

    assert_eq!(refused.user_errors(), ["INVALID_CREDENTIALS current"]);
    ada.signs_in().await.expect_ok();
}

async fn a_short_password_is_refused(world: &World) {
    let ada = world.editor("ada").await;

    let refused = ada.changes_password(ada.password(), "short").await;

    assert_eq!(refused.user_errors(), ["TOO_SHORT new"]);
}

/// Credentials that are not good: 401, the code, and no data.
#[track_caller]
fn unauthenticated(answer: &Answer) {
    assert_eq!((answer.status, answer.error_code()), (401, "UNAUTHENTICATED"), "{answer:?}");
    assert!(answer.json.get("data").is_none(), "{answer:?}");
    assert!(answer.header("www-authenticate").starts_with("Bearer"), "{answer:?}");
}
