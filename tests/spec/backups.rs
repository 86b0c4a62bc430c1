//! Backups of an SQLite database: taken from a running server, and put back in its place.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use serde_json::json;

use super::support::process::{PASSWORD, Said, Served};
use super::support::{Person, Place};

specs! {
    in_an_empty_place {
        a_backup_of_a_running_server_holds_all_that_it_has_answered,
        a_backup_is_for_its_owner_alone_and_never_replaces_a_file,
        nothing_is_restored_under_a_running_server,
        a_database_is_only_replaced_when_that_is_said,
        what_is_no_backup_or_is_damaged_changes_nothing,
        postgresql_is_left_to_its_own_tools,
    }
}

async fn a_backup_of_a_running_server_holds_all_that_it_has_answered(place: &Place) {
    if !place.is_a_file() {
        return; // See the last one.
    }
    let (served, ada) = with_an_editor(place).await;
    ada.publishes_post(json!({ "title": "Tea" })).await;

    let saved = backed_up(place).await;
    ada.publishes_post(json!({ "title": "Coffee" })).await;
    served.killed().await;
    let restored = restored(place, &["--replace"]).await;

    assert!(saved.status.success() && restored.status.success(), "{saved:?} {restored:?}");
    let served = place.serves().await;
    assert_eq!(titles(&served.reader()).await, json!([{ "title": "Tea" }]));
    let ada = served.signed_in("ada@charity.example", PASSWORD).await;
    ada.publishes_post(json!({ "title": "Cocoa" })).await;
}

async fn a_backup_is_for_its_owner_alone_and_never_replaces_a_file(place: &Place) {
    if !place.is_a_file() {
        return;
    }
    assert!(place.beacon(&["migrate"]).ends().await.status.success());
    assert!(backed_up(place).await.status.success());
    let before = fs::read(file(place)).expect("it is there");

    let again = backed_up(place).await;

    assert_eq!(again.status.code(), Some(1), "{again:?}");
    assert!(again.stderr.contains("cannot be written"), "{again:?}");
    assert!(fs::read(file(place)).is_ok_and(|after| after == before), "it is as it was");
    let mode = fs::metadata(file(place)).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

async fn nothing_is_restored_under_a_running_server(place: &Place) {
    if !place.is_a_file() {
        return;
    }
    let (served, ada) = with_an_editor(place).await;
    assert!(backed_up(place).await.status.success());
    ada.publishes_post(json!({ "title": "Tea" })).await;

    let refused = restored(place, &["--replace"]).await;

    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    assert!(refused.stderr.contains("is in use: stop the server first"), "{refused:?}");
    assert_eq!(titles(&served.reader()).await, json!([{ "title": "Tea" }]));
    ada.publishes_post(json!({ "title": "Coffee" })).await;
}

async fn a_database_is_only_replaced_when_that_is_said(place: &Place) {
    if !place.is_a_file() {
        return;
    }
    assert!(place.beacon(&["migrate"]).ends().await.status.success());
    assert!(backed_up(place).await.status.success());

    let refused = restored(place, &[]).await;

    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    assert!(refused.stderr.contains("Say --replace to lose it"), "{refused:?}");
}

async fn what_is_no_backup_or_is_damaged_changes_nothing(place: &Place) {
    if !place.is_a_file() {
        return;
    }
    let (served, ada) = with_an_editor(place).await;
    ada.publishes_post(json!({ "title": "Tea" })).await;
    assert!(backed_up(place).await.status.success());
    served.killed().await;
    let mut bytes = fs::read(file(place)).expect("it is there");
    let middle = bytes.len() / 2;
    bytes[middle..].fill(b'x');
    fs::write(file(place), bytes).expect("there is room");

    let damaged = restored(place, &["--replace"]).await;
    fs::write(file(place), "Dear diary").expect("there is room");
    let foreign = restored(place, &["--replace"]).await;

    assert!(damaged.stderr.contains("is no backup of Beacon's, or it is damaged"), "{damaged:?}");
    assert!(foreign.stderr.contains("is no backup of Beacon's, or it is damaged"), "{foreign:?}");
    assert_eq!(titles(&place.serves().await.reader()).await, json!([{ "title": "Tea" }]));
}

async fn postgresql_is_left_to_its_own_tools(place: &Place) {
    if place.is_a_file() {
        return;
    }
    let (saved, restored) = (backed_up(place).await, restored(place, &["--replace"]).await);

    assert!(saved.stderr.contains("use pg_dump and pg_restore"), "{saved:?}");
    assert!(restored.stderr.contains("use pg_dump and pg_restore"), "{restored:?}");
}

fn file(place: &Place) -> PathBuf {
    place.data_dir.with_file_name("backup.db")
}

async fn backed_up(place: &Place) -> Said {
    place.beacon(&["backup", &file(place).to_string_lossy()]).ends().await
}

async fn restored(place: &Place, flags: &[&str]) -> Said {
    let file = file(place).to_string_lossy().into_owned();
    place.beacon(&[&["restore", &file], flags].concat()).ends().await
}

async fn with_an_editor(place: &Place) -> (Served, Person) {
    let email = place.hires("Ada", "ADMIN").await;
    let served = place.serves().await;
    let ada = served.signed_in(&email, PASSWORD).await;
    (served, ada)
}

async fn titles(reader: &Person) -> serde_json::Value {
    let answer = reader.ask("{ posts { nodes { title } } }").await.expect_ok();
    answer.data("/posts/nodes").clone()
}
