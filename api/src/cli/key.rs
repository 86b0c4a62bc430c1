//! `beacon key`: the secret that signs access tokens.

use clap::Subcommand;

use super::CliError;
use crate::app::{Clock, SystemClock, rotate};
use crate::config::{Config, SECRET_FILE};

#[derive(Subcommand)]
pub(super) enum KeyCommand {
    /// Signs access tokens with a new secret from now on, on running servers too. Nobody is signed out: tokens under the
    /// present one are good until they expire.
    Rotate,
}

/// Does what a key command says.
pub(super) fn run(config: &Config, command: &KeyCommand) -> Result<(), CliError> {
    let KeyCommand::Rotate = command;
    if config.jwt_secret.is_some() {
        return Err(CliError::KeyIsGiven);
    }
    let path = config.data_dir.join(SECRET_FILE);
    rotate(&config.data_dir, SystemClock.now()).map_err(|error| CliError::Key { path, error })
}
