//! The commands of the binary.
//!
//! Results go to stdout and everything else to stderr. Exit codes: 0 done, 1 not done, 2 wrong usage.

mod audit;
mod backup;
mod client;
mod documents;
mod health;
mod key;
mod log;
mod serve;
mod settings;
mod user;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use thiserror::Error;

use crate::app::{App, BuildError, HashCost};
use crate::config::{Config, ConfigError, Origins, Sources};
use crate::demo::DemoError;
use crate::domain::account::AccountError;
use crate::domain::problem::Problem;
use crate::domain::search;
use crate::graphql;

/// One content source for charities, read and written through GraphQL.
#[derive(Parser)]
#[command(name = "beacon", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Brings the database up to date and serves it until SIGTERM or SIGINT.
    Serve {
        /// Serves demonstration content from a database of its own, to this machine only, and prints a sign-in for each role.
        #[arg(long)]
        demo: bool,
    },
    /// Brings an empty or older database up to date, and stops.
    Migrate,
    /// Makes the search index anew from what is published.
    Reindex,
    /// Writes the SQLite database to a file, while it is served.
    Backup(backup::Backup),
    /// Puts what `beacon backup` wrote in the place of the SQLite database.
    Restore(backup::Restore),
    /// Manages accounts.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Manages clients that are machines.
    #[command(subcommand)]
    Client(client::ClientCommand),
    /// Manages the trusted documents that are kept in the database.
    #[command(subcommand)]
    Documents(documents::DocumentsCommand),
    /// Manages the secret that signs access tokens.
    #[command(subcommand)]
    Key(key::KeyCommand),
    /// Asks the server of these settings whether it lives.
    Health,
    /// Prints who did what, when, and to what: every write, sign-ins and refused publications among them.
    Audit(audit::AuditCommand),
    /// Prints the GraphQL schema.
    Schema,
    /// Prints every setting, its value without secrets, and where it came from.
    Config,
}

/// Why a command was not done. Each is one line.
#[derive(Debug, Error)]
enum CliError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Build(#[from] BuildError),
    #[error("{0}")]
    Unknown(String),
    #[error("{}", refused(.0))]
    Account(#[from] AccountError),
    #[error(transparent)]
    Backup(#[from] backup::BackupError),
    #[error(transparent)]
    Documents(#[from] documents::DocumentsError),
    #[error(
        "The secret is that of BEACON_JWT_SECRET: put it into BEACON_JWT_FORMER_SECRET, a new one in its place, and restart."
    )]
    KeyIsGiven,
    #[error("The secret in {} was not replaced: {error}.", .path.display())]
    Key { path: PathBuf, error: io::Error },
    #[error("The index was not made: {0}.")]
    Index(crate::store::StoreError),
    #[error("The audit trail cannot be read: {0}.")]
    Audit(crate::store::StoreError),
    #[error("The demonstration cannot be prepared: {0}.")]
    Demo(#[from] DemoError),
    #[error(
        "--demo listens on this machine only: BEACON_LISTEN is {0}, and a loopback address such as 127.0.0.1:8080 is wanted."
    )]
    DemoListen(std::net::SocketAddr),
    #[error("{0}: {1} cannot be listened on: {2}.")]
    Bind(&'static str, std::net::SocketAddr, io::Error),
    #[error("Traces cannot be sent: {0}.")]
    Traces(#[from] opentelemetry_otlp::ExporterBuildError),
    #[error("The server on {0} does not live: {1}.")]
    Health(std::net::SocketAddr, io::Error),
    #[error("The server stopped: {0}.")]
    Serve(io::Error),
    #[error("Input or output failed: {0}.")]
    Io(#[from] io::Error),
}

/// Reads the command line, does what it says, and answers the exit code.
#[must_use]
pub fn main() -> ExitCode {
    let matches = Cli::command().args(settings::flags()).get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let demo = matches!(cli.command, Command::Serve { demo: true });
    let sources = settings::sources(&matches, demo);
    match run(&cli.command, &sources) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            drop(writeln!(io::stderr(), "beacon: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command, sources: &Sources) -> Result<(), CliError> {
    if let Command::Schema = command {
        return Ok(io::stdout().write_all(graphql::sdl().as_bytes())?);
    }
    let (config, origins) = Config::load(sources)?;
    if let Command::Config = command {
        return settings::print(&origins);
    }
    let tells_migrations = matches!(command, Command::Serve { .. } | Command::Migrate);
    let _traces = log::start(&config, tells_migrations)?;
    warn_of_unknown(&origins);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match command {
            Command::Serve { demo } => serve::serve(config, *demo).await,
            Command::Migrate => Ok(App::build(config, HashCost::OWASP).await.map(drop)?),
            Command::Reindex => reindex(config).await,
            Command::Backup(command) => backup::back_up(config, command).await,
            Command::Restore(command) => backup::restore(config, command).await,
            Command::User(command) => user::run(config, command).await,
            Command::Client(command) => client::run(config, command).await,
            Command::Documents(command) => documents::run(config, command).await,
            Command::Key(command) => key::run(&config, command),
            Command::Health => health::ask(&config).await,
            Command::Audit(command) => audit::run(config, command).await,
            Command::Schema | Command::Config => Ok(()),
        }
    })
}

async fn reindex(config: Config) -> Result<(), CliError> {
    let app = App::build(config, HashCost::OWASP).await?;
    let many = search::rebuild(&app).await.map_err(CliError::Index)?;
    Ok(writeln!(io::stdout(), "{} in the index.", documents_are(many))?)
}

/// The beginning of a sentence about some documents.
fn documents_are(many: usize) -> String {
    if many == 1 { "1 document is".into() } else { format!("{many} documents are") }
}

fn refused(error: &AccountError) -> String {
    match error {
        AccountError::Problems(problems) => explained(problems),
        AccountError::Denied(_) | AccountError::Store(_) | AccountError::Crypto(_) => {
            format!("This was not done: {error}.")
        }
    }
}

/// Problems with the path of an input, in the words of flags.
fn explained(problems: &[Problem]) -> String {
    let lines = problems.iter().map(|problem| {
        let field = problem.path.last().map_or("", String::as_str);
        format!("The {field} is not usable: {}", problem.message)
    });
    lines.collect::<Vec<_>>().join("\nbeacon: ")
}

fn warn_of_unknown(origins: &Origins) {
    for unknown in &origins.unknown {
        tracing::warn!("{unknown}");
    }
}
