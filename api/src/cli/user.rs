//! `beacon user create`: the first account, and any other.

use std::io::{self, BufRead, Write};

use clap::{Args, Subcommand};

use super::CliError;
use crate::app::{App, HashCost};
use crate::config::Config;
use crate::domain::user::{Manager, NewUser, create};
use crate::domain::view::Role;
use crate::graphql::id;

#[derive(Subcommand)]
pub(super) enum UserCommand {
    /// Makes an account and prints its id.
    Create(NewAccount),
}

#[derive(Args)]
pub(super) struct NewAccount {
    /// What they sign in with.
    #[arg(long)]
    email: String,
    /// What to call them.
    #[arg(long)]
    name: String,
    /// What they may do: VIEWER, AUTHOR, EDITOR, `SAFEGUARDING_LEAD` or ADMIN.
    #[arg(long, value_parser = role)]
    role: Role,
    /// Reads the password, of 12 to 256 characters, from the first line of standard input.
    #[arg(long, required = true)]
    password_stdin: bool,
}

/// Does what a user command says.
pub(super) async fn run(config: Config, command: &UserCommand) -> Result<(), CliError> {
    let UserCommand::Create(NewAccount { email, name, role, password_stdin: _ }) = command;
    let mut password = String::new();
    io::stdin().lock().read_line(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    let new = NewUser {
        email: email.clone(),
        name: name.clone(),
        role: *role,
        password: Some(password),
        is_active: true,
    };
    let app = App::build(config, HashCost::OWASP).await?;
    let user = create(&app, &app.db, Manager::Operator, new).await?;
    Ok(writeln!(io::stdout(), "{}", id::with_prefix("user", user.id).as_str())?)
}

fn role(text: &str) -> Result<Role, String> {
    let folded = text.to_ascii_uppercase().replace('-', "_");
    Role::ALL.iter().copied().find(|role| role.as_str() == folded).ok_or_else(|| {
        let known: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
        format!("one of {} is wanted", known.join(", "))
    })
}
