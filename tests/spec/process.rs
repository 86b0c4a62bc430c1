//! The process: starting, settings, stopping, and starting again.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use chrono::{DateTime, TimeDelta};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::support::Place;
use super::support::process::PASSWORD;

specs! {
    in_an_empty_place {
        the_schema_is_printed_as_it_stands_in_the_repository,
        settings_are_printed_with_their_origins_and_without_secrets,
        a_wrong_setting_stops_the_start_with_one_line_that_names_it,
        a_database_that_cannot_be_used_is_told_of_with_its_setting,
        an_address_that_is_taken_is_told_of_with_its_setting,
        the_database_is_for_its_owner_alone,
        a_list_of_holidays_that_cannot_be_read_stops_the_start_with_one_line,
        a_secret_that_is_too_short_stops_the_start_and_is_not_shown,
        an_unknown_setting_is_an_error_in_config,
        an_unknown_setting_is_a_warning_in_serve,
        a_team_with_a_single_lead_is_a_warning_in_serve,
        sigterm_finishes_a_running_request,
        a_supervisor_asks_whether_it_lives,
        two_instances_may_start_together_on_an_empty_database,
        an_account_made_on_the_command_line_can_sign_in,
        a_password_is_never_taken_from_the_arguments,
        the_generated_secret_is_for_its_owner_alone,
        a_token_outlives_a_restart,
        a_new_key_signs_nobody_out,
        a_key_that_is_a_setting_is_not_replaced_by_a_command,
        a_client_made_on_the_command_line_asks_until_it_is_ended,
        a_client_on_no_account_is_not_made,
        a_killed_server_comes_back_with_its_data,
        migrating_twice_changes_nothing,
        only_who_asks_for_it_is_told_that_the_database_was_brought_up_to_date,
        the_demonstration_answers_with_its_page,
        the_search_index_is_made_anew_on_command,
        what_is_scheduled_goes_out_though_the_server_was_started_anew,
    }
}

async fn the_schema_is_printed_as_it_stands_in_the_repository(place: &Place) {
    let said = place.beacon(&["schema"]).ends().await;

    assert!(said.status.success(), "{said:?}");
    let file = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../schema.graphql"));
    assert!(
        said.stdout == file.expect("schema.graphql stands at the root"),
        "schema.graphql is not what the code says: cargo run -p api -- schema > schema.graphql"
    );
}

async fn settings_are_printed_with_their_origins_and_without_secrets(place: &Place) {
    let secret = "a secret that nobody may read in a terminal";

    let run = place.beacon(&["config", "--site-name", "The Charity"]).with("BEACON_JWT_SECRET", secret);
    let said = run.ends().await;

    assert!(said.status.success(), "{said:?}");
    assert!(!said.stdout.contains(secret) && !said.stderr.contains(secret), "{said:?}");
    assert!(line_with(&said.stdout, "BEACON_JWT_SECRET").contains("the environment"), "{said:?}");
    assert!(line_with(&said.stdout, "BEACON_SITE_NAME").contains("the flag --site-name"), "{said:?}");
    assert!(line_with(&said.stdout, "BEACON_LISTEN").contains("the default"), "{said:?}");
}

async fn a_wrong_setting_stops_the_start_with_one_line_that_names_it(place: &Place) {
    let said = place.beacon(&["serve"]).with("BEACON_TIME_ZONE", "GMT+1").ends().await;

    assert_eq!(said.status.code(), Some(1), "{said:?}");
    assert_eq!(said.stderr.lines().count(), 1, "{said:?}");
    assert!(said.stderr.contains("BEACON_TIME_ZONE from the environment is \"GMT+1\""), "{said:?}");
}

async fn a_database_that_cannot_be_used_is_told_of_with_its_setting(place: &Place) {
    for (url, wanted) in [
        ("sqlite:///no/such/folder/beacon.db?mode=rwc", "Its folder must be there."),
        ("sqlite://missing.db", "`?mode=rwc` at the end of the URL"),
        ("postgres://nobody:5ecret@127.0.0.1:1/beacon", "PostgreSQL must run there"),
    ] {
        let said = place.beacon(&["migrate"]).with("BEACON_DATABASE_URL", url).ends().await;

        assert_eq!(said.status.code(), Some(1), "{said:?}");
        let told = line_with(&said.stderr, "beacon: BEACON_DATABASE_URL: ");
        assert!(told.contains(wanted) && !said.stderr.contains("5ecret"), "{said:?}");
    }
}

async fn an_address_that_is_taken_is_told_of_with_its_setting(place: &Place) {
    let other = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let taken = other.local_addr().expect("it has an address").to_string();

    let said = place.beacon(&["serve"]).with("BEACON_LISTEN", &taken).ends().await;

    assert_eq!(said.status.code(), Some(1), "{said:?}");
    line_with(&said.stderr, &format!("beacon: BEACON_LISTEN: {taken} cannot be listened on"));
}

async fn the_database_is_for_its_owner_alone(place: &Place) {
    let url = "sqlite://own.db?mode=rwc";
    let said = place.beacon(&["migrate"]).with("BEACON_DATABASE_URL", url).ends().await;

    assert!(said.status.success(), "{said:?}");
    let file = fs::metadata(place.data_dir.join("own.db")).expect("it is there");
    assert_eq!(file.permissions().mode() & 0o777, 0o600);
}

async fn a_list_of_holidays_that_cannot_be_read_stops_the_start_with_one_line(place: &Place) {
    let list = place.data_dir.with_file_name("holidays.json");
    fs::write(&list, r#"{ "wales": { "division": "wales", "events": [] } }"#).expect("there is room");

    let said = place.beacon(&["serve"]).with("BEACON_HOLIDAYS_FILE", &list.to_string_lossy()).ends().await;

    assert_eq!(said.status.code(), Some(1), "{said:?}");
    assert_eq!(said.stderr.lines().filter(|line| line.starts_with("beacon:")).count(), 1, "{said:?}");
    assert!(said.stderr.contains("holidays.json cannot be used: \"wales\" is no division"), "{said:?}");
}

async fn a_secret_that_is_too_short_stops_the_start_and_is_not_shown(place: &Place) {
    let said = place.beacon(&["serve"]).with("BEACON_JWT_SECRET", "hush-hush").ends().await;

    assert_eq!(said.status.code(), Some(1), "{said:?}");
    assert!(said.stderr.contains("BEACON_JWT_SECRET"), "{said:?}");
    assert!(!said.stderr.contains("hush-hush"), "{said:?}");
}

async fn an_unknown_setting_is_an_error_in_config(place: &Place) {
    let said = place.beacon(&["config"]).with("BEACON_LISTNE", "127.0.0.1:1").ends().await;

    assert_eq!(said.status.code(), Some(1), "{said:?}");
    assert!(said.stderr.contains("BEACON_LISTNE"), "{said:?}");
}

async fn an_unknown_setting_is_a_warning_in_serve(place: &Place) {
    let served = place.starts(&[("BEACON_LISTNE", "127.0.0.1:1")]).ready().await;

    let said = served.killed().await;

    assert!(said.stderr.contains("BEACON_LISTNE"), "{said:?}");
}

async fn a_team_with_a_single_lead_is_a_warning_in_serve(place: &Place) {
    place.hires("Cara", "SAFEGUARDING_LEAD").await;
    let alone = place.serves().await.killed().await;
    place.hires("Dora", "SAFEGUARDING_LEAD").await;
    let together = place.serves().await.killed().await;

    let warning = "fewer than two people have the role SAFEGUARDING_LEAD";
    assert!(alone.stderr.contains(warning), "{alone:?}");
    assert!(!together.stderr.contains(warning), "{together:?}");
}

async fn sigterm_finishes_a_running_request(place: &Place) {
    let served = place.serves().await;
    let mut connection = TcpStream::connect(served.address()).await.expect("it listens");
    let body = br#"{"query":"{ __typename }"}"#;
    let head = "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nexpect: 100-continue\r\n";
    let head = format!("{head}content-length: {}\r\n\r\n", body.len());
    connection.write_all(head.as_bytes()).await.expect("it reads");
    // It asks for the body, so the request is running.
    let mut asked = [0; 25];
    connection.read_exact(&mut asked).await.expect("it answers");
    assert!(asked.starts_with(b"HTTP/1.1 100"), "{}", String::from_utf8_lossy(&asked));

    served.is_asked_to_stop().await;
    served.refuses_connections().await;
    connection.write_all(body).await.expect("it still reads");

    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.expect("it answers in full and closes");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("\"Query\""), "{answer}");
    let said = served.ends().await;
    assert_eq!(said.status.code(), Some(0), "{said:?}");
}

async fn a_supervisor_asks_whether_it_lives(place: &Place) {
    let served = place.serves().await;
    let address = served.address().to_string();

    let alive = place.beacon(&["health"]).with("BEACON_LISTEN", &address).ends().await;
    served.killed().await;
    let dead = place.beacon(&["health"]).with("BEACON_LISTEN", &address).ends().await;

    assert_eq!((alive.status.code(), dead.status.code()), (Some(0), Some(1)), "{alive:?} {dead:?}");
    assert!(dead.stderr.contains("does not live"), "{dead:?}");
}

async fn two_instances_may_start_together_on_an_empty_database(place: &Place) {
    let (one, other) = (place.starts(&[]), place.starts(&[]));

    let (one, other) = tokio::join!(one.ready(), other.ready());

    assert_eq!(one.reader().get("/readyz").await.sent().await.status, 200);
    assert_eq!(other.reader().get("/readyz").await.sent().await.status, 200);
}

async fn an_account_made_on_the_command_line_can_sign_in(place: &Place) {
    place.hires("Ada", "EDITOR").await;

    let served = place.serves().await;

    let ada = served.signed_in("ada@charity.example", PASSWORD).await;
    let answer = ada.ask("{ viewer { name role } }").await.expect_ok();
    assert_eq!(answer.json["data"]["viewer"], serde_json::json!({ "name": "Ada", "role": "EDITOR" }));
}

async fn a_password_is_never_taken_from_the_arguments(place: &Place) {
    let arguments = [
        "user",
        "create",
        "--email",
        "a@charity.example",
        "--name",
        "A",
        "--role",
        "EDITOR",
        "--password",
        "x",
    ];

    let said = place.beacon(&arguments).ends().await;

    assert_eq!(said.status.code(), Some(2), "{said:?}");
}

async fn the_generated_secret_is_for_its_owner_alone(place: &Place) {
    let served = place.serves().await;

    let entries = fs::read_dir(&place.data_dir).expect("it was made").flatten();
    let secrets: Vec<_> =
        entries.filter(|entry| entry.file_name().to_string_lossy().contains("secret")).collect();
    assert_eq!(secrets.len(), 1, "{secrets:?}");
    let mode = secrets[0].metadata().expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let secret = fs::read_to_string(secrets[0].path()).expect("it can be read");
    let said = served.killed().await;
    assert!(
        !said.stderr.contains(secret.trim()) && !said.stdout.contains(secret.trim()),
        "the secret is logged"
    );
}

async fn a_token_outlives_a_restart(place: &Place) {
    place.hires("Ada", "EDITOR").await;
    let served = place.serves().await;
    let session = served.reader().signs_in_as("ada@charity.example", PASSWORD).await.expect_ok();
    served.is_asked_to_stop().await;
    served.ends().await;

    let served = place.serves().await;

    let ada = served.reader().with_token(session.text("/sessionCreate/accessToken"));
    assert_eq!(ada.ask("{ viewer { name } }").await.expect_ok().data("/viewer/name"), "Ada");
}

async fn a_new_key_signs_nobody_out(place: &Place) {
    place.hires("Ada", "EDITOR").await;
    let served = place.serves().await;
    let before = served.signed_in("ada@charity.example", PASSWORD).await;

    let said = place.beacon(&["key", "rotate"]).ends().await;

    assert!(said.status.success(), "{said:?}");
    let after = served.signed_in("ada@charity.example", PASSWORD).await;
    before.ask("{ viewer { name } }").await.expect_ok();
    after.ask("{ viewer { name } }").await.expect_ok();
}

async fn a_key_that_is_a_setting_is_not_replaced_by_a_command(place: &Place) {
    let secret = "a secret that nobody may read in a terminal";

    let said = place.beacon(&["key", "rotate"]).with("BEACON_JWT_SECRET", secret).ends().await;

    assert_eq!(said.status.code(), Some(1), "{said:?}");
    assert!(said.stderr.contains("BEACON_JWT_FORMER_SECRET") && !said.stderr.contains(secret), "{said:?}");
}

async fn a_client_made_on_the_command_line_asks_until_it_is_ended(place: &Place) {
    place.hires("Ada", "EDITOR").await;
    let arguments = ["client", "create", "--owner", "ADA@charity.example", "--name", "The website", "--scope"];
    let served = place.serves().await;

    let made = place.beacon(&[&arguments[..], &["DRAFT_READ"]].concat()).ends().await;

    assert!(made.status.success(), "{made:?}");
    let (id, secret) = made.stdout.trim().split_once('\n').expect("an id and a secret");
    let website = served.reader().with_token(secret);
    assert_eq!(website.ask("{ viewer { kind } }").await.expect_ok().data("/viewer/kind"), "API_CLIENT");
    let listed = place.beacon(&["client", "list"]).ends().await;
    assert!(listed.stdout.contains(id) && !listed.stdout.contains(secret), "{listed:?}");
    let ended = place.beacon(&["client", "revoke", id]).ends().await;
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(website.ask("{ viewer { kind } }").await.status, 401);
}

async fn a_client_on_no_account_is_not_made(place: &Place) {
    let arguments =
        ["client", "create", "--owner", "nobody@charity.example", "--name", "X", "--scope", "content-read"];

    let said = place.beacon(&arguments).ends().await;

    assert_eq!(said.status.code(), Some(1), "{said:?}");
    assert!(said.stderr.contains("No active account"), "{said:?}");
}

async fn a_killed_server_comes_back_with_its_data(place: &Place) {
    place.hires("Ada", "EDITOR").await;
    let served = place.serves().await;
    let ada = served.signed_in("ada@charity.example", PASSWORD).await;
    let topic = ada.creates("topicCreate", serde_json::json!({ "name": "Modern slavery" })).await;
    served.killed().await;

    let served = place.serves().await;

    let ada = served.signed_in("ada@charity.example", PASSWORD).await.with_drafts();
    let answer = ada.ask("{ topics(first: 10) { nodes { id name } } }").await.expect_ok();
    assert_eq!(answer.data("/topics/nodes/0/id"), topic.id.as_str());
}

async fn migrating_twice_changes_nothing(place: &Place) {
    let first = place.beacon(&["migrate"]).ends().await;

    let second = place.beacon(&["migrate"]).ends().await;

    assert!(first.status.success() && second.status.success(), "{first:?} {second:?}");
}

async fn the_search_index_is_made_anew_on_command(place: &Place) {
    place.hires("Ada", "EDITOR").await;
    let served = place.serves().await;
    let ada = served.signed_in("ada@charity.example", PASSWORD).await;
    ada.publishes_post(serde_json::json!({ "title": "Wallaby", "body": "Text." })).await;
    ada.writes_post(serde_json::json!({ "title": "Wallaby draft", "body": "Text." })).await;

    let said = place.beacon(&["reindex"]).ends().await;

    assert_eq!(said.stdout, "1 document is in the index.\n", "{said:?}");
    let answer = ada.ask(r#"{ search(query: "wallaby") { nodes { title } totalCount } }"#).await.expect_ok();
    assert_eq!(answer.data("/search/totalCount"), 1);
    assert_eq!(answer.data("/search/nodes/0/title"), "Wallaby");
}

async fn what_is_scheduled_goes_out_though_the_server_was_started_anew(place: &Place) {
    place.hires("Ada", "EDITOR").await;
    let served = place.serves().await;
    let ada = served.signed_in("ada@charity.example", PASSWORD).await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    let now = ada.ask("{ __typename }").await.expect_ok();
    let now = DateTime::parse_from_rfc2822(now.header("date")).expect("an answer says when it was given");
    let moment = (now + TimeDelta::seconds(5)).to_rfc3339();
    let schedule = json!({ "id": post.id, "expectedVersion": post.version, "publishAt": moment });
    ada.does("contentSchedule", schedule).await;
    served.killed().await;

    let served = place.serves().await;

    let title = json!([{ "title": "A day" }]);
    served.comes_to_say("{ posts { nodes { title } } }", "/posts/nodes", &title).await;
}

fn line_with<'a>(text: &'a str, name: &str) -> &'a str {
    text.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("no line names {name}:\n{text}"))
}

async fn only_who_asks_for_it_is_told_that_the_database_was_brought_up_to_date(place: &Place) {
    let listed = place.beacon(&["user", "list"]).ends().await;
    let again = place.beacon(&["migrate"]).ends().await;
    place.suffers("drop table seaql_migrations").await;
    let refused = place.beacon(&["migrate"]).ends().await;

    assert_eq!((listed.status.success(), listed.stderr.as_str()), (true, ""));
    assert_eq!((again.status.success(), again.stderr.as_str()), (true, ""));
    assert!(!refused.status.success() && refused.stderr.contains("Applying migration"), "{refused:?}");
}

/// Every check holds for what is demonstrated: it is written and published as editors do it.
async fn the_demonstration_answers_with_its_page(place: &Place) {
    let demo = place.starts_as(&["serve", "--demo"], &[]).ready().await;
    let question = r#"{ post(slug: "world-day-against-trafficking-in-persons") {
        title campaigns { name } statistics { figure { formatted } }
        signpost(at: "2026-12-25T10:00:00Z") { items { service { name } } } } }"#;

    let answer = demo.reader().ask(question).await.expect_ok();

    let each = |list: &str, value: &str| {
        let items = answer.data(list).as_array().cloned().unwrap_or_default();
        items.iter().filter_map(|item| item.pointer(value)?.as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(each("/post/statistics", "/figure/formatted"), ["39%", "22%", "23%", "16%"]);
    assert_eq!(each("/post/campaigns", "/name"), ["World Day Against Trafficking in Persons"]);
    assert_eq!(each("/post/signpost/items", "/service/name"), ["Night line", "Safe team"]);
    demo.killed().await;
}
