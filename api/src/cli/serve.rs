//! `beacon serve`: from the settings to a server that stops cleanly.

use std::io::{self, Write};
use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;

use super::CliError;
use crate::app::{App, HashCost};
use crate::config::Config;
use crate::demo::{self, SignIn};
use crate::domain::user;
use crate::domain::view::Role;
use crate::http::serve::{self, Doors};
use crate::jobs;

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
    if !is_demo {
        warn_of_single_lead(&app).await;
    }
    let public = bind("BEACON_LISTEN", app.config.listen).await?;
    let metrics = match app.config.metrics_listen {
        Some(address) => Some(bind("BEACON_METRICS_LISTEN", address).await?),
        None => None,
    };
    let mut out = io::stdout();
    for SignIn { role, email, password } in sign_ins {
        writeln!(out, "{:17}  {email:30}  {password}", role.as_str())?;
    }
    writeln!(out, "Beacon listens on http://{}/", public.local_addr()?)?;
    if let Some(metrics) = &metrics {
        writeln!(out, "Metrics are on http://{}/metrics", metrics.local_addr()?)?;
    }
    let (stop_jobs, stopped) = oneshot::channel();
    let jobs = tokio::spawn(jobs::run(app.clone(), stopped));
    let served = serve::serve(app, Doors { public, metrics }, None, stop(signals)).await;
    drop(stop_jobs);
    if let Err(error) = jobs.await {
        tracing::error!(error = %error, "the jobs ended early");
    }
    served.map_err(CliError::Serve)
}

async fn bind(setting: &'static str, address: SocketAddr) -> Result<TcpListener, CliError> {
    TcpListener::bind(address).await.map_err(|error| CliError::Bind(setting, address, error))
}

/// A lead who writes needs another one: without, what they write about something sensitive never goes out.
async fn warn_of_single_lead(app: &App) {
    match user::count_active(&app.db, Role::SafeguardingLead).await {
        Ok(0 | 1) => tracing::warn!(
            "fewer than two people have the role SAFEGUARDING_LEAD: nobody signs off what one of them writes"
        ),
        Ok(_) => {}
        Err(error) => tracing::error!(error = %error, "the leads cannot be counted"),
    }
}

/// Waits for either signal.
async fn stop((mut terminate, mut interrupt): (Signal, Signal)) {
    let name = tokio::select! {
        _ = terminate.recv() => "SIGTERM",
        _ = interrupt.recv() => "SIGINT",
    };
    tracing::info!(signal = name, "stopping");
}
