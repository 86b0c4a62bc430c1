//! `beacon serve`: from the settings to a server that stops cleanly.

use std::io::{self, Write};

use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::CliError;
use crate::app::{App, HashCost};
use crate::config::Config;
use crate::demo::{self, SignIn};
use crate::http;

/// Serves until SIGTERM or SIGINT.
pub(super) async fn serve(config: Config, is_demo: bool) -> Result<(), CliError> {
    if is_demo && !config.listen.ip().is_loopback() {
        return Err(CliError::DemoListen(config.listen));
    }
    // Before anything else, so that a signal during the start is not lost.
    let signals = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    // The demonstration's passwords are random; 19 MiB for each of its sign-ins would be spent on nothing.
    let cost = if is_demo { HashCost::CHEAP } else { HashCost::OWASP };
    let app = App::build(config, cost).await?;
    let sign_ins = if is_demo { demo::prepare(&app).await? } else { Vec::new() };
    let listen = app.config.listen;
    let listener = TcpListener::bind(listen).await.map_err(|error| CliError::Bind(listen, error))?;
    let mut out = io::stdout();
    for SignIn { role, email, password } in sign_ins {
        writeln!(out, "{:17}  {email:30}  {password}", role.as_str())?;
    }
    writeln!(out, "Beacon listens on http://{}/", listener.local_addr()?)?;
    http::serve::serve(app, listener, None, stop(signals)).await.map_err(CliError::Serve)
}

/// Waits for either signal.
async fn stop((mut terminate, mut interrupt): (Signal, Signal)) {
    let name = tokio::select! {
        _ = terminate.recv() => "SIGTERM",
        _ = interrupt.recv() => "SIGINT",
    };
    tracing::info!(signal = name, "stopping");
}
