//! The real binary, where the process itself is the promise.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::task::JoinHandle;

use super::Person;
use super::database::{Backend, TestDatabase};
use super::person::Line;

/// The password of whoever got an account on the command line.
pub(crate) const PASSWORD: &str = "ada walks by the harbour";
/// How long anything that a process does may take; nothing waits that long unless it hangs.
const PATIENCE: Duration = Duration::from_secs(40);

/// An empty data directory and an empty database.
pub(crate) struct Place {
    /// `BEACON_DATA_DIR`.
    pub(crate) data_dir: PathBuf,
    database: TestDatabase,
}

/// What a finished command said.
#[derive(Debug)]
pub(crate) struct Said {
    /// Its exit status.
    pub(crate) status: ExitStatus,
    /// Its standard output.
    pub(crate) stdout: String,
    /// Its standard error.
    pub(crate) stderr: String,
}

impl Place {
    /// Makes one.
    pub(crate) async fn begin(backend: Backend) -> Self {
        let database = TestDatabase::empty(backend).await;
        Self { data_dir: database.directory.join("data"), database }
    }

    /// Whether its database is a file.
    pub(crate) fn is_a_file(&self) -> bool {
        self.database.url.starts_with("sqlite:")
    }

    /// The bytes of all files that it has, one after the other.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut directories = vec![self.database.directory.clone()];
        while let Some(directory) = directories.pop() {
            for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
                if entry.path().is_dir() {
                    directories.push(entry.path());
                } else {
                    bytes.extend(std::fs::read(entry.path()).unwrap_or_default());
                }
            }
        }
        bytes
    }

    /// Does something to its database, past whoever serves it.
    pub(crate) async fn suffers(&self, statement: &str) {
        let mut options = ConnectOptions::new(&self.database.url);
        options.max_connections(1).sqlx_logging(false);
        let database = Database::connect(options).await.expect("the database answers");
        database.execute_unprepared(statement).await.expect("it is done");
        database.close().await.expect("nothing is left to do");
    }

    /// Removes it.
    pub(crate) async fn end(self) {
        self.database.remove().await;
    }

    /// The command line `beacon …` in this place, with nothing else in its environment that it knows.
    pub(crate) fn beacon(&self, arguments: &[&str]) -> Run {
        let mut command = bare_beacon(arguments);
        command
            .current_dir(&self.database.directory)
            .env("BEACON_DATABASE_URL", &self.database.url)
            .env("BEACON_DATA_DIR", &self.data_dir);
        Run { command, input: String::new() }
    }

    /// Gives somebody an account with a role, by `beacon user create` as an operator does; the e-mail address.
    pub(crate) async fn hires(&self, name: &str, role: &str) -> String {
        let email = format!("{}@charity.example", name.to_lowercase());
        let account =
            ["user", "create", "--email", &email, "--name", name, "--role", role, "--password-stdin"];
        let said = self.beacon(&account).told(&format!("{PASSWORD}\n")).ends().await;
        assert!(said.status.success(), "{said:?}");
        email
    }

    /// Starts `beacon serve` and waits until it is ready.
    pub(crate) async fn serves(&self) -> Served {
        self.starts(&[]).ready().await
    }

    /// Starts `beacon serve` with more in its environment, and does not wait for it.
    pub(crate) fn starts(&self, environment: &[(&str, &str)]) -> Starting {
        self.starts_as(&["serve"], environment)
    }

    /// The same with other arguments.
    pub(crate) fn starts_as(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Starting {
        let mut run = self.beacon(arguments).with("BEACON_LISTEN", "127.0.0.1:0");
        for (name, value) in environment {
            run = run.with(name, value);
        }
        let mut child = run.command.spawn().expect("the binary was built with this test");
        let stderr = drain(child.stderr.take());
        let stdout = BufReader::new(child.stdout.take().expect("it is piped"));
        Starting { child, stdout, stderr }
    }
}

/// `beacon …` that needs no place.
fn bare_beacon(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_beacon"));
    command.args(arguments).kill_on_drop(true);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for (name, _) in std::env::vars_os() {
        if ["BEACON_", "OTEL_"].iter().any(|ours| name.to_string_lossy().starts_with(ours)) {
            command.env_remove(name);
        }
    }
    command
}

/// A command that can still be changed.
pub(crate) struct Run {
    command: Command,
    input: String,
}

impl Run {
    /// With a variable in its environment.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// With this on its standard input.
    pub(crate) fn told(self, input: &str) -> Self {
        Self { input: input.to_owned(), ..self }
    }

    /// Runs it to its end.
    pub(crate) async fn ends(mut self) -> Said {
        let mut child = self.command.spawn().expect("the binary was built with this test");
        let mut input = child.stdin.take().expect("it is piped");
        // A command that does not read its input may end before it is written.
        let _ = input.write_all(self.input.as_bytes()).await;
        drop(input);
        let output = tokio::time::timeout(PATIENCE, child.wait_with_output()).await;
        let output = output.expect("it ends in time").expect("its output can be read");
        Said {
            status: output.status,
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// A server that may not be ready yet; killed when it is dropped.
pub(crate) struct Starting {
    child: Child,
    stdout: BufReader<ChildStdout>,
    stderr: JoinHandle<String>,
}

impl Starting {
    /// Waits until it says where it listens and answers `/readyz` with 200.
    pub(crate) async fn ready(mut self) -> Served {
        let Ok(address) = tokio::time::timeout(PATIENCE, self.announced()).await else {
            let _ = self.child.start_kill();
            panic!("it never listened: {}", self.stderr.await.unwrap_or_default());
        };
        let Some(address) = address else {
            panic!("it ended before it listened: {}", self.stderr.await.unwrap_or_default());
        };
        let client = reqwest::Client::builder().no_proxy().build().expect("a client can be made");
        let line = Line { address, client, observed: None, deputy: None };
        let Self { child, stdout, stderr } = self;
        let served = Served { line, child, stdout: drain(Some(stdout)), stderr };
        let answer = served.reader().get("/readyz").await.sent().await;
        assert_eq!(answer.status, 200, "it listens and is not ready: {answer:?}");
        served
    }

    /// The address in the first line of its output that has one; nothing when it ends without.
    async fn announced(&mut self) -> Option<SocketAddr> {
        let mut line = String::new();
        while self.stdout.read_line(&mut line).await.is_ok_and(|bytes| bytes > 0) {
            let address =
                line.split_once("http://").and_then(|(_, rest)| rest.split('/').next()?.trim().parse().ok());
            if address.is_some() {
                return address;
            }
            line.clear();
        }
        None
    }
}

/// A server in a process of its own; killed when it is dropped.
pub(crate) struct Served {
    line: Line,
    child: Child,
    stdout: JoinHandle<String>,
    stderr: JoinHandle<String>,
}

impl Served {
    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.line.address
    }

    /// Somebody without an account.
    pub(crate) fn reader(&self) -> Person {
        Person::anonymous(self.line.clone())
    }

    /// Somebody who signs in now.
    pub(crate) async fn signed_in(&self, email: &str, password: &str) -> Person {
        let answer = self.reader().signs_in_as(email, password).await.expect_ok();
        self.reader().with_token(answer.text("/sessionCreate/accessToken"))
    }

    /// Asks as a reader until the answer has this at a place.
    pub(crate) async fn comes_to_say(&self, query: &str, pointer: &str, expected: &Value) {
        let reader = self.reader();
        let said = async {
            while reader.ask(query).await.expect_ok().data(pointer) != expected {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE, said).await.expect("it says so in time");
    }

    /// Asks it to stop, as an operator's supervisor does.
    pub(crate) async fn is_asked_to_stop(&self) {
        let pid = self.child.id().expect("it runs").to_string();
        let status = Command::new("kill").args(["-TERM", &pid]).status().await;
        assert!(status.is_ok_and(|status| status.success()), "it could be asked");
    }

    /// Waits until it takes no new connections.
    pub(crate) async fn refuses_connections(&self) {
        let refused = async {
            while tokio::net::TcpStream::connect(self.line.address).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, refused).await.expect("it stops taking connections");
    }

    /// What it said until its end.
    pub(crate) async fn ends(mut self) -> Said {
        let status = tokio::time::timeout(PATIENCE, self.child.wait()).await;
        let status = status.expect("it ends in time").expect("its status can be read");
        let text = async |reader: JoinHandle<String>| reader.await.unwrap_or_default();
        Said { status, stdout: text(self.stdout).await, stderr: text(self.stderr).await }
    }

    /// Ends it without asking.
    pub(crate) async fn killed(mut self) -> Said {
        let _ = self.child.start_kill();
        self.ends().await
    }
}

/// Reads a stream to its end, so that the process never waits for a reader.
fn drain(stream: Option<impl AsyncReadExt + Unpin + Send + 'static>) -> JoinHandle<String> {
    tokio::spawn(async move {
        let mut text = Vec::new();
        if let Some(mut stream) = stream {
            let _ = stream.read_to_end(&mut text).await;
        }
        String::from_utf8_lossy(&text).into_owned()
    })
}
