//! `beacon audit`: who did what, for whoever has to know.

use std::io::{self, Write};

use chrono::{DateTime, NaiveTime, Utc};
use clap::{Args, ValueEnum};

use super::CliError;
use crate::app::{App, HashCost};
use crate::config::Config;
use crate::domain::{audit, value};

#[derive(Args)]
pub(super) struct AuditCommand {
    /// From when on: a moment such as 2026-07-01T09:00:00+01:00, or a day, which begins at midnight UTC.
    #[arg(long, value_parser = moment)]
    since: DateTime<Utc>,
    /// In which format.
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A JSON object on each line, in the order in which things were done.
    Jsonl,
}

/// Prints all that was done from a moment on.
pub(super) async fn run(config: Config, command: &AuditCommand) -> Result<(), CliError> {
    let AuditCommand { since, format: Format::Jsonl } = command;
    let app = App::build(config, HashCost::OWASP).await?;
    let mut out = io::stdout().lock();
    let mut last = 0;
    loop {
        let entries = audit::since(&app.db, *since, last).await.map_err(CliError::Audit)?;
        let Some(newest) = entries.last() else { return Ok(out.flush()?) };
        last = newest.sequence;
        for entry in &entries {
            serde_json::to_writer(&mut out, entry).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    }
}

fn moment(text: &str) -> Result<DateTime<Utc>, String> {
    let day = value::date(text).map(|day| day.and_time(NaiveTime::MIN).and_utc());
    day.or_else(|_| value::instant(text)).map_err(|(_, message)| message)
}
