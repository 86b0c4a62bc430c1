//! `beacon user`: accounts from the server's own machine, the first one and those who are locked out above all.

use std::io::{self, BufRead, Write};

use async_graphql::ID;
use clap::{Args, Subcommand};

use super::CliError;
use crate::app::{App, HashCost};
use crate::config::Config;
use crate::domain::account::AccountError;
use crate::domain::edit::Patch;
use crate::domain::user::{Manager, NewUser, User, UserPatch, all, by_email, create, update};
use crate::domain::view::Role;
use crate::graphql::id;
use crate::graphql::user::PREFIX;

#[derive(Subcommand)]
pub(super) enum UserCommand {
    /// Makes an account and prints its id.
    Create(NewAccount),
    /// Prints every account: id, role, state, e-mail address, name.
    List,
    /// Gives an account another role.
    Role {
        /// Its e-mail address, or its id as `list` prints it.
        account: String,
        /// VIEWER, AUTHOR, EDITOR, `SAFEGUARDING_LEAD` or ADMIN.
        #[arg(value_parser = role)]
        role: Role,
    },
    /// Gives an account another password, and signs it out everywhere.
    Password {
        /// Its e-mail address, or its id as `list` prints it.
        account: String,
        /// Reads the password, of 12 to 256 characters, from the first line of standard input.
        #[arg(long, required = true)]
        password_stdin: bool,
    },
    /// Switches an account off: it is refused at its next request, and its sessions, clients and previews end.
    Disable {
        /// Its e-mail address, or its id as `list` prints it.
        account: String,
    },
    /// Switches an account on again.
    Enable {
        /// Its e-mail address, or its id as `list` prints it.
        account: String,
    },
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
    let app = App::build(config, HashCost::OWASP).await?;
    let none = UserPatch::default();
    let (account, patch) = match command {
        UserCommand::Create(new) => return make(&app, new).await,
        UserCommand::List => return list(&app).await,
        UserCommand::Role { account, role } => (account, UserPatch { role: Patch::Set(*role), ..none }),
        UserCommand::Password { account, password_stdin: _ } => {
            (account, UserPatch { password: Patch::Set(password()?), ..none })
        }
        UserCommand::Disable { account } => (account, UserPatch { is_active: Patch::Set(false), ..none }),
        UserCommand::Enable { account } => (account, UserPatch { is_active: Patch::Set(true), ..none }),
    };
    let id = match id::part(&ID(account.clone()), PREFIX) {
        Some(id) => Some(id),
        None => by_email(&app.db, account).await.map_err(AccountError::from)?.map(|user| user.id),
    };
    update(&app, &app.db, Manager::Operator, id, patch).await?;
    Ok(())
}

async fn make(app: &App, new: &NewAccount) -> Result<(), CliError> {
    let NewAccount { email, name, role, password_stdin: _ } = new;
    let new = NewUser {
        email: email.clone(),
        name: name.clone(),
        role: *role,
        password: Some(password()?),
        is_active: true,
    };
    let user = create(app, &app.db, Manager::Operator, new).await?;
    Ok(writeln!(io::stdout(), "{}", shown(&user))?)
}

async fn list(app: &App) -> Result<(), CliError> {
    let mut out = io::stdout();
    for user in all(&app.db).await.map_err(AccountError::from)? {
        let state = if user.is_active { "active" } else { "disabled" };
        writeln!(out, "{}", [&shown(&user), user.role.as_str(), state, &user.email, &user.name].join("\t"))?;
    }
    Ok(())
}

fn shown(user: &User) -> String {
    id::with_prefix(PREFIX, user.id).0
}

/// The first line of standard input.
fn password() -> io::Result<String> {
    let mut password = String::new();
    io::stdin().lock().read_line(&mut password)?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}

fn role(text: &str) -> Result<Role, String> {
    let folded = text.to_ascii_uppercase().replace('-', "_");
    Role::ALL.iter().copied().find(|role| role.as_str() == folded).ok_or_else(|| {
        let known: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
        format!("one of {} is wanted", known.join(", "))
    })
}
