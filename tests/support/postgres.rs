//! A PostgreSQL of our own, or the one that `BEACON_TEST_POSTGRES_URL` names.
//!
//! The cluster is made once for each run with `initdb`, listens on a socket in the run's directory and
//! nowhere else, and keeps nothing safe: it lives as long as the run. PostgreSQL refuses to run as root,
//! so root runs it as `postgres` or `nobody`.

use std::io::Write;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::{env, fs};

use api::store::Db;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use tokio::sync::OnceCell;
use url::Url;

use super::place;

/// Where a PostgreSQL can be had.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    /// A server that runs already; the URL may create databases.
    Server(Url),
    /// The programs to start one with.
    Programs(PathBuf),
}

/// Fast rather than safe, and room for many pools at once.
const SETTINGS: &str = "
listen_addresses = ''
max_connections = 500
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
shared_buffers = 64MB
";

/// Where a PostgreSQL can be had here, if anywhere.
pub(crate) fn found() -> Option<&'static Found> {
    static FOUND: OnceLock<Option<Found>> = OnceLock::new();
    FOUND
        .get_or_init(|| match env::var("BEACON_TEST_POSTGRES_URL") {
            Ok(url) => Some(Found::Server(url.parse().expect("BEACON_TEST_POSTGRES_URL is a URL"))),
            Err(_) => programs().filter(|_| !is_root() || unprivileged().is_some()).map(Found::Programs),
        })
        .as_ref()
}

/// The directory of `initdb` and its companions: from PATH, or the newest of Debian's versioned ones.
fn programs() -> Option<PathBuf> {
    let on_path =
        env::var_os("PATH").into_iter().flat_map(|path| env::split_paths(&path).collect::<Vec<_>>());
    let mut versioned: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versioned.sort_unstable();
    on_path
        .chain(versioned.into_iter().rev().map(|(_, path)| path))
        .find(|directory| ["initdb", "pg_ctl", "postgres"].iter().all(|name| directory.join(name).is_file()))
}

fn is_root() -> bool {
    number(&["-u"]) == Some(0)
}

/// User and group to run as instead of root.
fn unprivileged() -> Option<(u32, u32)> {
    ["postgres", "nobody"].iter().find_map(|user| Some((number(&["-u", user])?, number(&["-g", user])?)))
}

fn number(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// The URL of a database on the server, which is started at the first call.
pub(crate) fn url(database: &str) -> Url {
    static SERVER: OnceLock<Url> = OnceLock::new();
    let mut url = SERVER
        .get_or_init(|| match found().expect("only asked for where it was found") {
            Found::Server(url) => url.clone(),
            Found::Programs(directory) => start(directory),
        })
        .clone();
    url.set_path(database);
    url
}

/// Makes and starts a cluster.
fn start(programs: &Path) -> Url {
    let home = place::directory().join("postgres");
    let data = home.join("data");
    fs::create_dir(&home).expect("made once");
    let owner = if is_root() { unprivileged() } else { None };
    if let Some((user, group)) = owner {
        chown(&home, Some(user), Some(group)).expect("root may give away");
    }
    let run = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(programs.join(program));
        command.args(arguments).arg("-D").arg(&data).current_dir(&home).env_remove("PGDATA");
        if let Some((user, group)) = owner {
            command.uid(user).gid(group);
        }
        // Into files: what the server inherits stays open for as long as it runs.
        let log = fs::File::create(home.join(format!("{program}.log"))).expect("the directory is ours");
        command.stdout(log.try_clone().expect("a file can be shared")).stderr(log);
        let status = command.status().unwrap_or_else(|error| panic!("{program} cannot be started: {error}"));
        let said = || fs::read_to_string(home.join(format!("{program}.log"))).unwrap_or_default();
        assert!(status.success(), "{program} failed: {}", said());
    };
    run("initdb", &["--auth=trust", "--username=beacon", "--encoding=UTF8", "--locale=C", "--no-sync"]);
    let mut settings =
        fs::OpenOptions::new().append(true).open(data.join("postgresql.conf")).expect("initdb wrote it");
    writeln!(settings, "{SETTINGS}unix_socket_directories = '{}'", home.display()).expect("there is room");
    run("pg_ctl", &["start", "--wait", "--silent"]);
    let mut url = Url::parse("postgres://beacon@localhost/").expect("it is one");
    url.query_pairs_mut().append_pair("host", &home.to_string_lossy());
    url
}

/// The name of the migrated database that the others are copied from.
fn template() -> String {
    format!("beacon_spec_{}_template", std::process::id())
}

/// Makes a database: migrated, or with nothing in it.
pub(crate) async fn create(name: &str, migrated: bool) -> Url {
    static TEMPLATE: OnceCell<()> = OnceCell::const_new();
    if migrated {
        TEMPLATE
            .get_or_init(|| async {
                administer(&format!("create database {} template template0", template())).await;
                let db = Db::connect(url(&template()).as_str()).await.expect("it was made just now");
                migration::migrate(db.writer()).await.expect("an empty database can be migrated");
                db.writer().close_by_ref().await.expect("a pool can be closed");
            })
            .await;
        administer(&format!("create database {name} template {}", template())).await;
    } else {
        administer(&format!("create database {name} template template0")).await;
    }
    url(name)
}

/// Drops a database, whoever is still connected.
pub(crate) async fn remove(name: &str) {
    administer(&format!("drop database if exists {name} with (force)")).await;
}

/// Takes the template back from a server that is not ours. Our own goes as a whole.
pub(crate) fn leave() {
    if let Some(Found::Server(_)) = found() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime can be made").block_on(remove(&template()));
    }
}

/// Cuts every connection to a database.
pub(crate) async fn cut_off(name: &str) {
    administer(&format!(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{name}'"
    ))
    .await;
}

/// Says something that is not about one database's content.
pub(crate) async fn administer(statement: &str) {
    let connection = administrator().await;
    let outcome = connection.execute_unprepared(statement).await;
    let _ = connection.close().await;
    outcome.unwrap_or_else(|error| panic!("{statement}: {error}"));
}

async fn administrator() -> DatabaseConnection {
    let mut options = ConnectOptions::new(url("postgres").as_str());
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.expect("PostgreSQL answers")
}
