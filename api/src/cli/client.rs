//! `beacon client`: clients from the server's own machine.

use std::io::{self, Write};

use clap::{Args, Subcommand};

use super::CliError;
use crate::app::{App, HashCost};
use crate::config::Config;
use crate::domain::access::Scope;
use crate::domain::account::AccountError;
use crate::domain::api_client::{ApiClient, ClientPatch, Maker, all, create, revoke};
use crate::domain::edit::Patch;
use crate::domain::user::Manager;
use crate::graphql::api_client::PREFIX;
use crate::graphql::id;

#[derive(Subcommand)]
pub(super) enum ClientCommand {
    /// Makes a client, and prints its id and its secret, which is shown this once.
    Create(NewClient),
    /// Prints every client: id, prefix, state, scopes, last day of use, name.
    List,
    /// Ends a client for good.
    Revoke {
        /// Its id, as `list` prints it.
        id: String,
    },
}

#[derive(Args)]
pub(super) struct NewClient {
    /// The e-mail address of the account whose rights it is lent.
    #[arg(long)]
    owner: String,
    /// What to call it.
    #[arg(long)]
    name: String,
    /// What it may do: `CONTENT_READ`, `DRAFT_READ`, `CONTENT_WRITE` or `CONTENT_PUBLISH`; may be repeated.
    #[arg(long = "scope", required = true, value_parser = scope)]
    scopes: Vec<Scope>,
    /// An origin whose pages may ask from a browser; may be repeated.
    #[arg(long = "origin")]
    origins: Vec<String>,
    /// From when on it is refused, such as 2027-01-31T00:00:00Z; never unless said.
    #[arg(long)]
    expires_at: Option<String>,
}

/// Does what a client command says.
pub(super) async fn run(config: Config, command: &ClientCommand) -> Result<(), CliError> {
    let app = App::build(config, HashCost::OWASP).await?;
    let mut out = io::stdout();
    match command {
        ClientCommand::Create(NewClient { owner, name, scopes, origins, expires_at }) => {
            let patch = ClientPatch {
                name: Patch::Set(name.clone()),
                scopes: Patch::Set(scopes.clone()),
                origins: Patch::Set(origins.clone()),
                expires_at: expires_at.clone().map_or(Patch::Absent, Patch::Set),
            };
            let issued = create(&app, &app.db, Maker::Operator { owner }, patch).await?;
            writeln!(out, "{}\n{}", shown(&issued.client), issued.secret)?;
        }
        ClientCommand::List => {
            for client in all(&app.db).await.map_err(AccountError::from)? {
                writeln!(out, "{}", row(&client))?;
            }
        }
        ClientCommand::Revoke { id } => {
            let id = id::part(&async_graphql::ID(id.clone()), PREFIX);
            revoke(&app, &app.db, Manager::Operator, id).await?;
        }
    }
    Ok(())
}

fn shown(client: &ApiClient) -> String {
    id::with_prefix(PREFIX, client.id).0
}

fn row(client: &ApiClient) -> String {
    let state = if client.revoked_at.is_some() { "ended" } else { "good" };
    let scopes: Vec<&str> = client.scopes.0.iter().map(|scope| scope.as_str()).collect();
    let used = client.last_used_on.map_or("never".to_owned(), |day| day.to_string());
    [&shown(client), &client.prefix, state, &scopes.join(","), &used, &client.name].join("\t")
}

fn scope(text: &str) -> Result<Scope, String> {
    let folded = text.to_ascii_uppercase().replace('-', "_");
    Scope::ALL.iter().copied().find(|scope| scope.as_str() == folded).ok_or_else(|| {
        let known: Vec<&str> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
        format!("one of {} is wanted", known.join(", "))
    })
}
