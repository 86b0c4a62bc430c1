//! What accounts promise.

use super::*;
use crate::app::testing::{PASSWORD, World};
use crate::domain::access::Lack;
use crate::domain::edit::Patch;
use crate::domain::session::authenticate;
use crate::domain::view::Role;

fn told(result: Result<User, AccountError>) -> Vec<(ProblemCode, String)> {
    match result {
        Err(AccountError::Problems(problems)) => {
            problems.into_iter().map(|problem| (problem.code, problem.path.join("."))).collect()
        }
        Ok(_) => Vec::new(),
        Err(error) => panic!("{error}"),
    }
}

async fn viewer(world: &World, name: &str) -> Viewer {
    world.sign_in(name).await.viewer
}

#[tokio::test]
async fn all_that_is_wrong_with_a_new_account_is_said_at_once() {
    let world = World::new().await;
    let new = NewUser {
        email: "nobody".to_owned(),
        name: "a\0b".to_owned(),
        role: Role::Author,
        password: Some("short".to_owned()),
        is_active: true,
    };
    let problems = told(create(&world.app, &world.app.db, Manager::Operator, new).await);
    let expected = [
        (ProblemCode::Invalid, "input.email"),
        (ProblemCode::Invalid, "input.name"),
        (ProblemCode::TooShort, "input.password"),
    ];
    assert_eq!(problems, expected.map(|(code, path)| (code, path.to_owned())));
}

#[tokio::test]
async fn one_address_has_one_account_however_it_is_written() {
    let world = World::new().await;
    world.user("ada", Role::Author).await;
    let new = NewUser {
        email: "ADA@Example.org".to_owned(),
        name: "Ada".to_owned(),
        role: Role::Author,
        password: None,
        is_active: true,
    };
    let problems = told(create(&world.app, &world.app.db, Manager::Operator, new).await);
    assert_eq!(problems, [(ProblemCode::Taken, "input.email".to_owned())]);
}

#[tokio::test]
async fn only_administrators_manage_accounts() {
    let world = World::new().await;
    let lead = world.user("lead", Role::SafeguardingLead).await;
    let lead_viewer = viewer(&world, "lead").await;
    for (viewer, denied) in
        [(None, Denied::Unauthenticated), (Some(&lead_viewer), Denied::Forbidden(Lack::Role(Role::Admin)))]
    {
        let refused =
            update(&world.app, &world.app.db, Manager::Viewer(viewer), Some(lead.id), UserPatch::default())
                .await;
        assert!(matches!(refused, Err(AccountError::Denied(found)) if found == denied));
    }
}

#[tokio::test]
async fn another_role_counts_from_the_next_request_on() {
    let world = World::new().await;
    world.user("root", Role::Admin).await;
    let ada = world.user("ada", Role::Author).await;
    let signed_in = world.sign_in("ada").await;
    let root = viewer(&world, "root").await;
    let patch = UserPatch { role: Patch::Set(Role::Editor), ..UserPatch::default() };
    update(&world.app, &world.app.db, Manager::Viewer(Some(&root)), Some(ada.id), patch)
        .await
        .expect("root may");
    let seen = authenticate(&world.app, &signed_in.access_token).await.expect("still signed in");
    assert_eq!(seen.role(), Some(Role::Editor));
}

#[tokio::test]
async fn an_account_switched_off_loses_access_at_once_and_does_not_get_it_back_by_being_switched_on() {
    let world = World::new().await;
    world.user("root", Role::Admin).await;
    let ada = world.user("ada", Role::Author).await;
    let signed_in = world.sign_in("ada").await;
    let root = viewer(&world, "root").await;
    for is_active in [false, true] {
        let patch = UserPatch { is_active: Patch::Set(is_active), ..UserPatch::default() };
        update(&world.app, &world.app.db, Manager::Viewer(Some(&root)), Some(ada.id), patch)
            .await
            .expect("root may");
        assert!(authenticate(&world.app, &signed_in.access_token).await.is_err());
    }
    assert!(world.try_sign_in("ada", PASSWORD, crate::app::testing::HOME).await.is_ok());
}

#[tokio::test]
async fn the_last_administrator_stays_one() {
    let world = World::new().await;
    let root = world.user("root", Role::Admin).await;
    let me = viewer(&world, "root").await;
    let demote = || UserPatch { role: Patch::Set(Role::Editor), ..UserPatch::default() };
    let off = || UserPatch { is_active: Patch::Set(false), ..UserPatch::default() };
    let change = async |patch| {
        told(update(&world.app, &world.app.db, Manager::Viewer(Some(&me)), Some(root.id), patch).await)
    };
    assert_eq!(change(demote()).await, [(ProblemCode::NotAllowedInState, "input.role".to_owned())]);
    assert_eq!(change(off()).await, [(ProblemCode::NotAllowedInState, "input.isActive".to_owned())]);
    world.user("second", Role::Admin).await;
    assert_eq!(change(demote()).await, []);
}

#[tokio::test]
async fn null_is_refused_where_there_must_be_a_value() {
    let world = World::new().await;
    let root = world.user("root", Role::Admin).await;
    let me = viewer(&world, "root").await;
    let patch =
        UserPatch { email: Patch::Clear, name: Patch::Clear, role: Patch::Clear, ..UserPatch::default() };
    let problems =
        told(update(&world.app, &world.app.db, Manager::Viewer(Some(&me)), Some(root.id), patch).await);
    assert_eq!(problems.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [ProblemCode::Required; 3]);
    let unknown =
        told(update(&world.app, &world.app.db, Manager::Viewer(Some(&me)), None, UserPatch::default()).await);
    assert_eq!(unknown, [(ProblemCode::NotFound, "id".to_owned())]);
}
