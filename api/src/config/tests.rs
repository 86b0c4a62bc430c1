//! What settings promise.

use std::path::Path;
use std::{env, fs};

use super::*;

fn sources(environment: &[(&str, &str)]) -> Sources {
    Sources {
        environment: environment.iter().map(|&(name, value)| (name.into(), value.into())).collect(),
        directory: "/nowhere".into(),
        ..Sources::default()
    }
}

/// The one line that a wrong setting stops the start with.
fn refused(sources: &Sources) -> String {
    Config::load(sources).err().map(|error| error.to_string()).unwrap_or_default()
}

fn temporary(name: &str) -> PathBuf {
    let path = env::temp_dir().join(format!("beacon-config-{}-{name}", std::process::id()));
    drop(fs::remove_dir_all(&path));
    fs::create_dir_all(&path).expect("the temporary directory is writable");
    path
}

#[test]
fn without_any_settings_it_starts_on_this_machine_with_sqlite() {
    let (config, origins) =
        Config::load(&sources(&[("BEACON_DATA_DIR", "/var/lib/beacon")])).expect("defaults are right");
    assert_eq!(config.database_url.as_str(), "sqlite:///var/lib/beacon/beacon.db?mode=rwc");
    assert_eq!(config.database_url.sqlite_file().as_deref(), Some(Path::new("/var/lib/beacon/beacon.db")));
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.site_url.as_str(), "http://127.0.0.1:8080/");
    assert_eq!(config.languages.len(), 1);
    assert!(origins.unknown.is_empty() && origins.rows.len() == all().len());
}

#[test]
fn flags_beat_the_environment_and_that_beats_the_file() {
    let directory = temporary("layers");
    fs::write(
        directory.join("beacon.toml"),
        "site_name = \"File\"\nlicence = \"CC0-1.0\"\nlanguages = [\"cy\", \"en\"]\n",
    )
    .expect("the file is writable");
    let mut sources = sources(&[("BEACON_SITE_NAME", "Environment"), ("BEACON_LICENCE", "MIT")]);
    sources.flags = vec![("BEACON_SITE_NAME", "Flag".to_owned())];
    sources.directory = directory;
    let (config, origins) = Config::load(&sources).expect("all are right");
    let origin = |name| origins.rows.iter().find(|row| row.name == name).map(|row| row.origin.to_string());
    assert_eq!((config.site_name.as_str(), config.licence.as_str()), ("Flag", "MIT"));
    assert_eq!(config.languages[0].as_str(), "cy");
    assert_eq!(origin("BEACON_SITE_NAME").as_deref(), Some("the flag --site-name"));
    assert_eq!(origin("BEACON_LICENCE").as_deref(), Some("the environment"));
    assert!(origin("BEACON_LANGUAGES").is_some_and(|origin| origin.ends_with("beacon.toml")));
}

#[test]
fn a_wrong_value_is_named_with_its_source_and_what_would_be_right() {
    let line = refused(&sources(&[("BEACON_LISTEN", "abc")]));
    assert_eq!(
        line,
        "BEACON_LISTEN from the environment is \"abc\": an address and port such as 127.0.0.1:8080 is wanted."
    );
    for (name, value) in [
        ("BEACON_LANGUAGES", "en,cy,EN"),
        ("BEACON_LANGUAGES", ""),
        ("BEACON_TIME_ZONE", "BST"),
        ("BEACON_PUBLIC_URL", "ftp://example.org"),
        ("BEACON_DATABASE_URL", "mysql://localhost/beacon"),
        ("BEACON_DATABASE_URL", "sqlite::memory:"),
        ("BEACON_TRUSTED_PROXIES", "10.0.0.0/33"),
        ("BEACON_LOG_FORMAT", "xml"),
        ("BEACON_LOG", "api=loud"),
    ] {
        let line = refused(&sources(&[(name, value)]));
        assert!(line.starts_with(name) && !line.contains('\n'), "{name}={value}: {line}");
    }
}

#[test]
fn secrets_are_never_shown() {
    let line = refused(&sources(&[("BEACON_JWT_SECRET", "too short")]));
    assert!(line.contains("(hidden)") && !line.contains("too short"), "{line}");
    let url = "postgres://beacon:open-sesame@db.example.org/beacon";
    let secret = "0123456789abcdef0123456789abcdef";
    let headers = "authorization=Bearer open-sesame, X-Tenant=charity";
    let given =
        [("BEACON_DATABASE_URL", url), ("BEACON_JWT_SECRET", secret), ("BEACON_OTLP_HEADERS", headers)];
    let (config, origins) = Config::load(&sources(&given)).expect("all are right");
    let shown: String = origins.rows.into_iter().map(|row| row.shown + "\n").collect();
    let all = format!("{config:?}{shown}");
    assert!(!all.contains("open-sesame") && !all.contains(secret) && shown.contains("beacon:***@"), "{all}");
}

#[test]
fn headers_have_a_name_and_something_to_say() {
    let headers = |text: &str| Config::load(&sources(&[("BEACON_OTLP_HEADERS", text)])).ok();
    let (config, _) = headers("Authorization=Bearer a=b, x-tenant = charity").expect("they are right");
    let said: Vec<_> =
        config.otlp_headers.iter().map(|(name, value)| (name.as_str(), value.0.as_str())).collect();
    assert_eq!(said, [("authorization", "Bearer a=b"), ("x-tenant", "charity")]);
    for wrong in ["", "authorization", "=Bearer", "a=", "a=b,", "a b=c", "a=b\nc"] {
        assert!(headers(wrong).is_none(), "{wrong:?}");
    }
}

#[test]
fn a_password_in_the_query_is_hidden_too() {
    let url = DatabaseUrl::parse("postgres:///beacon?host=/run&password=open-sesame").expect("it is right");
    assert_eq!(url.to_string(), "postgres:///beacon?host=%2Frun&password=***");
}

#[test]
fn an_unknown_name_is_reported_with_the_nearest_known_one() {
    let (_, origins) = Config::load(&sources(&[("BEACON_LISTN", "127.0.0.1:1"), ("BEACON_QUX", "")]))
        .expect("not an error here");
    let lines: Vec<_> = origins.unknown.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "BEACON_LISTN from the environment is no setting; did you mean BEACON_LISTEN?",
            "BEACON_QUX from the environment is no setting; `beacon config` lists them all.",
        ]
    );
}

#[test]
fn a_file_that_is_named_must_be_there_and_be_toml() {
    let directory = temporary("file");
    let path = directory.join("own.toml");
    let named = path.display().to_string();
    let named = sources(&[("BEACON_CONFIG", named.as_str())]);
    assert!(refused(&named).contains("cannot be read"));
    fs::write(&path, "listen = \"127.0.0.1:1\"\njwt_secret = open-sesame\n").expect("the file is writable");
    let line = refused(&named);
    assert!(line.contains("line 2") && !line.contains("open-sesame") && !line.contains('\n'), "{line}");
}

#[test]
fn the_demonstration_has_a_database_of_its_own_whatever_is_set() {
    let mut sources =
        sources(&[("BEACON_DATABASE_URL", "postgres://db.example.org/beacon"), ("BEACON_DATA_DIR", "/d")]);
    sources.demo = true;
    let (config, _) = Config::load(&sources).expect("all are right");
    assert_eq!(config.database_url.as_str(), "sqlite:///d/demo.db?mode=rwc");
    assert_eq!(config.languages.len(), 3);
}

#[test]
fn processes_that_start_together_agree_on_a_secret() {
    use std::os::unix::fs::PermissionsExt;
    let directory = temporary("secret");
    let secrets: Vec<Secrets> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| kept(&directory))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic").expect("it is writable")).collect()
    });
    assert!(secrets.iter().all(|secret| *secret == secrets[0] && secret.current.0.len() >= 32));
    let mode = fs::metadata(directory.join("jwt-secret")).expect("it is kept").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(fs::read_dir(&directory).expect("readable").count(), 1);
}

#[test]
fn a_range_of_addresses_knows_its_own() {
    let net = |text| IpNet::parse(text).expect("a range");
    let ip = |text: &str| text.parse().expect("an address");
    assert!(net("10.0.0.0/8").contains(ip("10.9.8.7")) && !net("10.0.0.0/8").contains(ip("11.0.0.1")));
    assert!(net("10.0.0.0/8").contains(ip("::ffff:10.0.0.1")) && net("0.0.0.0/0").contains(ip("192.0.2.1")));
    assert!(
        net("2001:db8::/32").contains(ip("2001:db8:1::1"))
            && !net("2001:db8::/32").contains(ip("2001:db9::1"))
    );
    assert!(net("127.0.0.1").contains(ip("127.0.0.1")) && !net("127.0.0.1").contains(ip("127.0.0.2")));
}

#[test]
fn the_operations_manual_lists_every_setting() {
    let manual = include_str!("../../../docs/OPERATIONS.md");
    for about in all() {
        let flag = about.flag().map_or_else(|| "none".to_owned(), |flag| format!("`--{flag}`"));
        let row = format!("| `{}` | {flag} | {} | {} |", about.name, about.default, about.purpose);
        assert!(manual.contains(&row), "docs/OPERATIONS.md lacks this row:\n{row}");
    }
}

#[test]
fn origins_are_all_or_some_without_paths() {
    let only = |list: &[&str]| Some(AllowedOrigins::Only(list.iter().map(ToString::to_string).collect()));
    assert_eq!(AllowedOrigins::parse("*"), Some(AllowedOrigins::Any));
    assert_eq!(
        AllowedOrigins::parse("https://www.example.org/, http://localhost:3000"),
        only(&["https://www.example.org", "http://localhost:3000"])
    );
    assert_eq!(AllowedOrigins::parse("https://www.example.org/page"), None);
    assert_eq!(AllowedOrigins::parse("https://a.example,*"), None);
}
