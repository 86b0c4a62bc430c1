//! What sessions promise.

use std::net::IpAddr;

use chrono::TimeDelta;

use super::*;
use crate::app::testing::{HOME, PASSWORD, World};
use crate::domain::access::Denied;
use crate::domain::edit::Patch;
use crate::domain::problem::ProblemCode;
use crate::domain::user::{Manager, UserPatch, update};
use crate::domain::view::Role;

async fn is_let_in(world: &World, signed_in: &SignedIn) -> bool {
    authenticate(&world.app, &signed_in.access_token).await.is_ok()
}

async fn exchange(world: &World, signed_in: &SignedIn) -> Result<SignedIn, RefreshError> {
    refresh(&world.app, &world.app.db, &signed_in.refresh_token).await
}

#[tokio::test]
async fn an_access_token_speaks_for_its_account_for_fifteen_minutes() {
    let world = World::new().await;
    let ada = world.user("ada", Role::Editor).await;
    let signed_in = world.sign_in("ada").await;
    let viewer = authenticate(&world.app, &signed_in.access_token).await.expect("it is fresh");
    assert_eq!((viewer.actor_id, viewer.role(), viewer.name.as_str()), (ada.id, Some(Role::Editor), "ada"));
    world.pass(TimeDelta::minutes(15));
    assert!(!is_let_in(&world, &signed_in).await);
}

#[tokio::test]
async fn authentication_is_one_statement() {
    let world = World::new().await;
    world.user("ada", Role::Viewer).await;
    let signed_in = world.sign_in("ada").await;
    let before = world.app.db.statements();
    assert!(is_let_in(&world, &signed_in).await);
    assert_eq!(world.app.db.statements() - before, 1);
}

#[tokio::test]
async fn a_wrong_password_an_unknown_account_and_one_switched_off_are_answered_alike() {
    let world = World::new().await;
    let root = world.user("root", Role::Admin).await;
    let ada = world.user("ada", Role::Editor).await;
    let admin =
        authenticate(&world.app, &world.sign_in("root").await.access_token).await.expect("root is let in");
    let patch = UserPatch { is_active: Patch::Set(false), ..UserPatch::default() };
    let manager = Manager::Viewer(Some(&admin));
    update(&world.app, &world.app.db, manager, Some(ada.id), patch).await.expect("ada is switched off");
    for (name, password) in
        [("root", "not the password"), ("nobody", PASSWORD), ("ada", PASSWORD), ("a\0b", PASSWORD)]
    {
        let refused = world.try_sign_in(name, password, HOME).await;
        assert!(matches!(refused, Err(SignInError::InvalidCredentials)), "{name}");
    }
    assert_eq!(admin.actor_id, root.id);
}

#[tokio::test]
async fn refresh_tokens_rotate_and_a_used_one_that_comes_back_ends_the_session() {
    let world = World::new().await;
    world.user("ada", Role::Author).await;
    let first = world.sign_in("ada").await;
    assert!(first.refresh_token.starts_with("brt_"));
    let second = exchange(&world, &first).await.expect("the first is good once");
    let third = exchange(&world, &second).await.expect("so is the second");
    assert!(is_let_in(&world, &third).await);
    assert!(matches!(exchange(&world, &first).await, Err(RefreshError::InvalidCredentials)));
    assert!(!is_let_in(&world, &third).await, "the access token ended with its session");
    assert!(matches!(exchange(&world, &third).await, Err(RefreshError::InvalidCredentials)));
}

#[tokio::test]
async fn of_two_exchanges_at_once_one_wins_and_the_session_ends() {
    let world = World::new().await;
    world.user("ada", Role::Author).await;
    let first = world.sign_in("ada").await;
    let (one, other) = tokio::join!(exchange(&world, &first), exchange(&world, &first));
    assert!(one.is_ok() != other.is_ok());
    let winner = one.or(other).expect("one of them won");
    assert!(!is_let_in(&world, &winner).await);
}

#[tokio::test]
async fn a_refresh_token_expires_after_thirty_idle_days() {
    let world = World::new().await;
    world.user("ada", Role::Author).await;
    let first = world.sign_in("ada").await;
    world.pass(TimeDelta::days(30) - TimeDelta::seconds(1));
    let second = exchange(&world, &first).await.expect("just in time");
    world.pass(TimeDelta::days(30));
    assert!(matches!(exchange(&world, &second).await, Err(RefreshError::TokenExpired)));
}

#[tokio::test]
async fn no_session_lasts_longer_than_ninety_days() {
    let world = World::new().await;
    world.user("ada", Role::Author).await;
    let mut latest = world.sign_in("ada").await;
    for _ in 0..4 {
        world.pass(TimeDelta::days(20));
        latest = exchange(&world, &latest).await.expect("in use");
    }
    world.pass(TimeDelta::days(10));
    assert!(matches!(exchange(&world, &latest).await, Err(RefreshError::TokenExpired)));
}

#[tokio::test]
async fn a_session_is_revoked_once_and_an_unknown_token_revokes_nothing() {
    let world = World::new().await;
    world.user("ada", Role::Author).await;
    let signed_in = world.sign_in("ada").await;
    let end =
        async |token: &str| revoke(&world.app, &world.app.db, token).await.expect("the database is there");
    assert!(!end("brt_unknown").await);
    assert!(end(&signed_in.refresh_token).await);
    assert!(!end(&signed_in.refresh_token).await);
    assert!(!is_let_in(&world, &signed_in).await);
}

#[tokio::test]
async fn ten_failures_stop_one_address_with_one_account_and_nobody_else() {
    let world = World::new().await;
    world.user("ada", Role::Editor).await;
    for _ in 0..10 {
        let refused = world.try_sign_in("ada", "a stranger's guess", HOME).await;
        assert!(matches!(refused, Err(SignInError::InvalidCredentials)));
    }
    let stopped = world.try_sign_in("ada", PASSWORD, HOME).await;
    assert!(matches!(stopped, Err(SignInError::TooManyAttempts)), "even with the right password");
    let elsewhere: IpAddr = "192.0.2.7".parse().expect("an address");
    assert!(world.try_sign_in("ada", PASSWORD, elsewhere).await.is_ok());
    world.pass(TimeDelta::minutes(15));
    assert!(world.try_sign_in("ada", PASSWORD, HOME).await.is_ok());
}

#[tokio::test]
async fn success_forgives_the_failures_before_it() {
    let world = World::new().await;
    world.user("ada", Role::Editor).await;
    for _ in 0..2 {
        for _ in 0..9 {
            assert!(world.try_sign_in("ada", "a typing error", HOME).await.is_err());
        }
        assert!(world.try_sign_in("ada", PASSWORD, HOME).await.is_ok());
    }
}

#[tokio::test]
async fn a_hundred_failures_stop_an_address_whatever_the_account_and_a_household_counts_as_one() {
    let world = World::new().await;
    world.user("ada", Role::Editor).await;
    for guess in 0..100u16 {
        let address = IpAddr::from([0x2001, 0xdb8, 0, 1, guess, 0, 0, 1]);
        assert!(world.try_sign_in(&format!("guess{guess}"), PASSWORD, address).await.is_err());
    }
    let same_household = IpAddr::from([0x2001, 0xdb8, 0, 1, 9, 9, 9, 9]);
    assert!(matches!(
        world.try_sign_in("ada", PASSWORD, same_household).await,
        Err(SignInError::TooManyAttempts)
    ));
    let next_door = IpAddr::from([0x2001, 0xdb8, 0, 2, 0, 0, 0, 1]);
    assert!(world.try_sign_in("ada", PASSWORD, next_door).await.is_ok());
}

#[tokio::test]
async fn many_guesses_at_once_get_no_further_than_one_after_the_other() {
    let world = World::new().await;
    world.user("ada", Role::Editor).await;
    let guesses = (0..30).map(|_| world.try_sign_in("ada", "a stranger's guess", HOME));
    let answers = futures_util::future::join_all(guesses).await;
    let refused =
        answers.iter().filter(|answer| matches!(answer, Err(SignInError::InvalidCredentials))).count();
    assert_eq!(refused, 10);
}

#[tokio::test]
async fn changing_the_password_ends_the_other_sessions_and_renews_this_one() {
    let world = World::new().await;
    world.user("ada", Role::Editor).await;
    let (this, other) = (world.sign_in("ada").await, world.sign_in("ada").await);
    let wish =
        NewPassword { current: PASSWORD.to_owned(), new: "another good one".to_owned(), address: HOME };
    let renewed =
        change_password(&world.app, &world.app.db, Some(&this.viewer), wish).await.expect("both are right");
    assert!(is_let_in(&world, &renewed).await && is_let_in(&world, &this).await);
    assert!(!is_let_in(&world, &other).await);
    assert!(exchange(&world, &renewed).await.is_ok());
    assert!(world.try_sign_in("ada", PASSWORD, HOME).await.is_err());
    assert!(world.try_sign_in("ada", "another good one", HOME).await.is_ok());
}

#[tokio::test]
async fn all_that_is_wrong_with_a_change_of_password_is_said_at_once() {
    let world = World::new().await;
    world.user("ada", Role::Editor).await;
    let viewer = world.sign_in("ada").await.viewer;
    let wish = || NewPassword { current: "wrong".to_owned(), new: "short".to_owned(), address: HOME };
    let Err(PasswordError::Problems(problems)) =
        change_password(&world.app, &world.app.db, Some(&viewer), wish()).await
    else {
        panic!("it is refused")
    };
    let told: Vec<_> = problems.iter().map(|problem| (problem.code, problem.path.join("."))).collect();
    let expected =
        [(ProblemCode::InvalidCredentials, "current".to_owned()), (ProblemCode::TooShort, "new".to_owned())];
    assert_eq!(told, expected);
    let anonymous = change_password(&world.app, &world.app.db, None, wish()).await;
    assert!(matches!(anonymous, Err(PasswordError::Denied(Denied::Unauthenticated))));
}
