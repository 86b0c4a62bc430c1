//! Settings on the command line: the flags, made from the table, and `beacon config`.

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Arg, ArgMatches};

use super::CliError;
use crate::config::{Origins, Sources, all};

/// A flag for each setting that is no secret, understood by every command.
pub(super) fn flags() -> impl Iterator<Item = Arg> {
    all().into_iter().filter_map(|about| {
        let help = format!("{} [default: {}] [env: {}]", about.purpose, about.default, about.name);
        let flag = Arg::new(about.name).long(about.flag()?).value_name("VALUE").help(help);
        Some(flag.global(true).help_heading("Settings"))
    })
}

/// Everything that settings are read from.
pub(super) fn sources(matches: &ArgMatches, demo: bool) -> Sources {
    let given = matches.subcommand().map_or(matches, |(_, matches)| matches);
    let flag = |name: &'static str| Some((name, given.try_get_one::<String>(name).ok()??.clone()));
    Sources {
        environment: env::vars_os().collect(),
        flags: all().into_iter().filter_map(|about| flag(about.name)).collect(),
        directory: PathBuf::from("."),
        demo,
    }
}

/// Prints a line for each setting.
///
/// # Errors
/// When a name was set that is no setting.
pub(super) fn print(origins: &Origins) -> Result<(), CliError> {
    let width = |of: fn(&crate::config::Row) -> &str| {
        origins.rows.iter().map(|row| of(row).chars().count()).max().unwrap_or(0)
    };
    let (names, values) = (width(|row| row.name), width(|row| &row.shown));
    let mut out = io::stdout().lock();
    for row in &origins.rows {
        writeln!(out, "{:names$}  {:values$}  {}", row.name, row.shown, row.origin)?;
    }
    if origins.unknown.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = origins.unknown.iter().map(ToString::to_string).collect();
    Err(CliError::Unknown(lines.join("\nbeacon: ")))
}
