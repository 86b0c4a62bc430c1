//! What happens at its time, without anybody asking: schedules, learning which documents are trusted, and forgetting
//! what need not be kept.
//!
//! Every instance of the server runs them. What only one of them may do is claimed in the database.

mod pace;

use std::sync::Arc;

use chrono::TimeDelta;
use tokio::sync::oneshot::Receiver;
use tokio::time::sleep;

use self::pace::Pace;
use crate::app::App;
use crate::domain::read::StoreError;
use crate::domain::{Id, idempotency, preview, schedule, session, trusted_document};

/// How often to forget what need not be kept.
const SWEEP_EVERY: TimeDelta = TimeDelta::hours(1);

/// How often SQLite counts what its tables hold: soon after much was imported.
const GATHER_EVERY: TimeDelta = TimeDelta::minutes(10);

/// Does what is due, at the start what was missed, until `stop` is dropped. What is being done then is done first.
pub async fn run(app: Arc<App>, mut stop: Receiver<()>) {
    let runner = app.ids.next();
    let mut pace = Pace::new();
    let mut sweep_at = app.now();
    // The start has gathered them already.
    let mut gather_at = app.now() + GATHER_EVERY;
    loop {
        match run_due(&app, runner).await {
            Ok(()) if pace.went_well() => tracing::info!("what is due is done again"),
            Err(error) if pace.failed() => {
                tracing::error!(error = %error, "what is due cannot be done; it is tried again");
            }
            Ok(()) | Err(_) => {}
        }
        if app.now() >= sweep_at {
            sweep_at = app.now() + SWEEP_EVERY;
            sweep(&app).await;
        }
        if app.now() >= gather_at {
            gather_at = app.now() + GATHER_EVERY;
            gather_statistics(&app).await;
        }
        tokio::select! {
            _ = &mut stop => return,
            () = sleep(pace.wait()) => {}
        }
    }
}

/// Does everything that is scheduled and due, the earliest first, and learns which documents are trusted by now.
///
/// # Errors
/// The database's; what is left is tried again later.
pub async fn run_due(app: &App, runner: Id) -> Result<(), StoreError> {
    let scheduled = async {
        while schedule::run(app, runner).await? > 0 {}
        Ok(())
    };
    let scheduled = scheduled.await;
    app.rounds.ended("schedules", &scheduled);
    let trusted = trusted_document::follow(app).await;
    app.rounds.ended("trusted documents", &trusted);
    scheduled.and(trusted)
}

/// Keeps the database's idea of itself fresh, so that it reads in a good order.
async fn gather_statistics(app: &App) {
    let outcome = app.db.gather_statistics().await;
    app.rounds.ended("statistics", &outcome);
    if let Err(error) = outcome {
        tracing::error!(error = %error, "the database could not count what it holds");
    }
}

/// Forgets what need not be kept any more; docs/OPERATIONS.md says how long that is. One that fails holds up no other.
pub async fn sweep(app: &App) {
    let swept = [
        ("sessions", session::sweep(app).await),
        ("previews", preview::sweep(app).await),
        ("idempotency keys", idempotency::sweep(app).await),
    ];
    for (what, outcome) in swept {
        app.rounds.ended(what, &outcome);
        if let Err(error) = outcome {
            tracing::error!(error = %error, what, "what is old could not be forgotten");
        }
    }
}
