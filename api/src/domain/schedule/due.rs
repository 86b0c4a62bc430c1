//! What is due happens: together, references first, by one runner alone, and again later where it could not.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::Id;
use entity::document::{Model as Document, NodeKind};

use super::super::check::{self, Extent, Severity};
use super::super::publication::{Going, carry, hidden_targets, lock_needed, take_down, targets_are_live};
use super::super::refusal;
use super::super::save::SaveError;
use crate::app::App;
use crate::store::change;
use crate::store::schedule::{self, Schedule};
use crate::store::{Stage, StoreError, Tx, draft};

/// How long a runner has for what it took in hand, before another one may.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// How long to wait after the first failure, the second and so on, before it is tried again; after the last, a person is
/// to look.
const PATIENCE: [TimeDelta; 4] =
    [TimeDelta::minutes(1), TimeDelta::minutes(10), TimeDelta::hours(1), TimeDelta::hours(6)];
/// What the audit trail says of what was taken down at its moment.
const WITHDRAWN: &str = "As scheduled.";

/// Does what is due at the earliest moment, in one transaction. What cannot be published is left out, and tried again
/// later. Answers how much was due.
///
/// # Errors
/// The database's; then none of it happened, and it is tried again.
pub async fn run(app: &App, runner: Id) -> Result<usize, StoreError> {
    let now = app.now();
    // So that a server with nothing to do only reads.
    if !schedule::is_due(&app.db, now).await? {
        return Ok(0);
    }
    let tx = app.db.begin().await?;
    let claimed = schedule::claim(&tx, runner, now, now + LEASE).await?;
    tx.commit().await?;
    let ids: Vec<Id> = claimed.iter().map(|schedule| schedule.document_id).collect();
    if let Err(error) = together(app, runner, &ids).await {
        if let Err(further) = postpone(app, runner, &ids).await {
            tracing::error!(error = %further, "what could not be published could not be put off");
        }
        return Err(error);
    }
    Ok(ids.len())
}

async fn together(app: &App, runner: Id, ids: &[Id]) -> Result<(), StoreError> {
    let tx = app.db.begin().await?;
    let mut documents = draft::existing(&tx, ids).await?;
    documents.sort_by_key(|document| (rank(document.node_kind), document.id));
    for Document { node_kind, id, .. } in documents {
        lock_needed(&tx, Some((node_kind, id)), Stage::Scheduled).await?;
        // Somebody may have taken it back a moment ago.
        let document = draft::locked(&tx, id).await?;
        if let (Some(document), Some(schedule)) = (document, schedule::held(&tx, id, runner).await?) {
            happen(app, &tx, document, schedule).await?;
        }
    }
    tx.commit().await
}

/// What others refer to goes first.
fn rank(kind: NodeKind) -> usize {
    let order = [NodeKind::Statistic, NodeKind::StatisticSet, NodeKind::Service, NodeKind::ContactChannel];
    order.iter().position(|first| *first == kind).unwrap_or(order.len())
}

/// Publishes what is scheduled, or takes it down; of what is due both ways only the last is seen.
async fn happen(app: &App, tx: &Tx, document: Document, schedule: Schedule) -> Result<(), StoreError> {
    let (kind, id, now) = (document.node_kind, document.id, app.now());
    let outcome = match (schedule.publish_at, schedule.withdraw_at) {
        (_, Some(withdraw_at)) if withdraw_at <= now => {
            take_down(app, tx, document, None, (schedule.scheduled_by, WITHDRAWN)).await
        }
        (Some(publish_at), _) => match go_out(app, tx, document, &schedule, publish_at).await {
            Ok(()) => return schedule::end_publication(tx, (kind, id)).await,
            refused => refused,
        },
        (None, _) => Ok(()),
    };
    match outcome {
        Ok(()) => Ok(()),
        Err(SaveError::Store(error)) => Err(error),
        Err(refused) => {
            if let Some(entry) = refusal::entry(Some((kind, id)), &refused, schedule.scheduled_by, now) {
                change::append(tx, entry).await?;
            }
            schedule::put(tx, failed(schedule, reason(&refused), now)).await
        }
    }
}

/// Publishes what was set aside, unless something stops it; then nothing was written.
async fn go_out(
    app: &App,
    tx: &Tx,
    document: Document,
    schedule: &Schedule,
    publish_at: DateTime<Utc>,
) -> Result<(), SaveError> {
    let hidden = hidden_targets(tx, &document, Stage::Scheduled).await?;
    targets_are_live(&document, &hidden)?;
    let checks = check::of_scheduled(app, tx, &document, schedule.version).await?;
    if checks.iter().any(|check| check.severity == Severity::Error) {
        return Err(SaveError::Checks(checks));
    }
    let going = Going {
        stage: Stage::Scheduled,
        version: schedule.version,
        reference: schedule.external_reference.clone(),
        extent: Extent::WHOLE,
        dated: publish_at,
    };
    Ok(carry(app, tx, document, going, (schedule.scheduled_by, None)).await?)
}

/// A schedule after one more failure: tried again later, or given up, though not what is to be taken down.
fn failed(schedule: Schedule, reason: String, now: DateTime<Utc>) -> Schedule {
    let wait = usize::try_from(schedule.failures).ok().and_then(|failures| PATIENCE.get(failures));
    let again = wait.map(|wait| now + *wait);
    Schedule {
        due_at: again.into_iter().chain(schedule.withdraw_at).min(),
        failures: schedule.failures + 1,
        failure: Some(reason),
        claimed_by: None,
        claimed_until: None,
        ..schedule
    }
}

/// Why something could not be published, for the person who is to put it right.
fn reason(refused: &SaveError) -> String {
    match refused {
        SaveError::Problems(problems) => {
            problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join(" ")
        }
        SaveError::Checks(checks) => {
            let errors = checks.iter().filter(|check| check.severity == Severity::Error);
            errors.map(|check| check.message.as_str()).collect::<Vec<_>>().join(" ")
        }
        SaveError::Denied(_) | SaveError::Conflict(_) | SaveError::Store(_) => refused.to_string(),
    }
}

/// Notes that the database refused all of it.
async fn postpone(app: &App, runner: Id, ids: &[Id]) -> Result<(), StoreError> {
    let tx = app.db.begin().await?;
    let schedules: HashMap<Id, Schedule> = schedule::of_documents(&tx, ids).await?;
    // What was due together stays so: what others refer to goes out first.
    let now = app.now();
    for schedule in schedules.into_values().filter(|schedule| schedule.claimed_by == Some(runner)) {
        let reason = "The database refused it; the server's log says more.".to_owned();
        schedule::put(&tx, failed(schedule, reason, now)).await?;
    }
    tx.commit().await
}
