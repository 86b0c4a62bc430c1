//! Schedules: a version that was looked at goes to readers at a moment, and is taken from them at another.
//!
//! What goes out is set aside when it is scheduled, so that later saves neither travel with it nor cancel it.

mod due;

use chrono::{DateTime, SecondsFormat, Utc};
use entity::Id;
use entity::change::Action;
use entity::document::{Model as Document, State};

use super::access::{self, Right};
use super::check::{self, Check, Extent, Severity};
use super::problem::{Problem, ProblemCode};
use super::publication::{hidden_targets, lock_needed, not_allowed, open, record, targets_are_live};
use super::refusal;
use super::save::{SaveError, Saved};
use super::view::View;
use super::workflow::Which;
use crate::app::App;
use crate::store::change;
use crate::store::schedule::{self, Schedule};
use crate::store::{Db, Stage, Tx, publication};

pub use due::run;

/// What is to happen.
pub struct Plan {
    /// When the version goes to readers.
    pub publish_at: Option<DateTime<Utc>>,
    /// When it is taken from them.
    pub withdraw_at: Option<DateTime<Utc>>,
}

/// Schedules a version in place of what was scheduled before. It must be fit to be published now already.
///
/// # Errors
/// Denied, not found, a conflict, moments that are past or in the wrong order, or what would stop a publication.
pub async fn schedule(app: &App, db: &Db, view: &View, which: Which, plan: Plan) -> Result<Saved, SaveError> {
    let id = which.id;
    let outcome = attempt(app, db, view, which, plan).await;
    refusal::on_record(app, db, view, id, outcome).await
}

async fn attempt(app: &App, db: &Db, view: &View, which: Which, plan: Plan) -> Result<Saved, SaveError> {
    let viewer = access::require(view.viewer.as_ref(), Right::Publish)?;
    let now = app.now();
    in_order(&plan, now)?;
    let Plan { publish_at, withdraw_at } = plan;
    let tx = db.begin().await?;
    lock_needed(&tx, which.id, Stage::Draft).await?;
    let document = open(&tx, which.id, which.expected_version).await?;
    let (kind, id) = (document.node_kind, document.id);
    let mut checks = Vec::new();
    schedule::end(&tx, (kind, id)).await?;
    if let Some(publish_at) = publish_at {
        checks = fit(app, &tx, &document, publish_at).await?;
        publication::set_aside(&tx, kind, id).await?;
    } else if document.state != State::Published {
        return Err(not_allowed("Readers do not see this: there is nothing to take from them."));
    }
    let schedule = Schedule {
        document_id: id,
        version: document.version,
        external_reference: document.external_reference.clone(),
        publish_at,
        withdraw_at,
        scheduled_by: viewer.actor_id,
        scheduled_at: now,
        due_at: publish_at.or(withdraw_at),
        failures: 0,
        failure: None,
        claimed_by: None,
        claimed_until: None,
    };
    schedule::insert(&tx, schedule).await?;
    let moment = |verb, at: Option<DateTime<Utc>>| {
        at.map(|at| format!("{verb} at {}", at.to_rfc3339_opts(SecondsFormat::AutoSi, true)))
    };
    let moments: Vec<String> =
        [moment("publish", publish_at), moment("withdraw", withdraw_at)].into_iter().flatten().collect();
    let step = record(&document, Action::Scheduled, Some(moments.join(", ")), viewer.actor_id, now);
    change::append(&tx, step.unseen()).await?;
    tx.commit().await?;
    Ok(Saved { id: Some(id), checks })
}

/// Takes back what was scheduled.
///
/// # Errors
/// Denied, not found, a conflict, or nothing that was scheduled.
pub async fn unschedule(app: &App, db: &Db, view: &View, which: Which) -> Result<Id, SaveError> {
    let viewer = access::require(view.viewer.as_ref(), Right::Publish)?;
    let tx = db.begin().await?;
    let document = open(&tx, which.id, which.expected_version).await?;
    if !schedule::end(&tx, (document.node_kind, document.id)).await? {
        return Err(not_allowed("Nothing of this is scheduled."));
    }
    let step = record(&document, Action::Unscheduled, None, viewer.actor_id, app.now());
    change::append(&tx, step.unseen()).await?;
    tx.commit().await?;
    Ok(document.id)
}

/// There is a moment, it is to come, and what is taken down was up before.
fn in_order(plan: &Plan, now: DateTime<Utc>) -> Result<(), SaveError> {
    let refuse = |argument, code, message: &str| Err(Problem::at(&[argument], code, message));
    let checked = match (plan.publish_at, plan.withdraw_at) {
        (None, None) => {
            refuse("publishAt", ProblemCode::Required, "Say when it goes out, or when it is taken down.")
        }
        (Some(at), _) if at <= now => {
            refuse("publishAt", ProblemCode::OutOfRange, "This moment is past: use contentPublish.")
        }
        (None, Some(at)) if at <= now => {
            refuse("withdrawAt", ProblemCode::OutOfRange, "This moment is past: use contentWithdraw.")
        }
        (Some(up), Some(down)) if down <= up => {
            refuse("withdrawAt", ProblemCode::OutOfRange, "It cannot be taken down before it is up.")
        }
        _ => Ok(()),
    };
    Ok(checked?)
}

/// What a draft needs is live by then, and its checks find no error; what they warn of.
async fn fit(
    app: &App,
    tx: &Tx,
    document: &Document,
    publish_at: DateTime<Utc>,
) -> Result<Vec<Check>, SaveError> {
    let mut hidden = hidden_targets(tx, document, Stage::Draft).await?;
    let ids: Vec<Id> = hidden.iter().map(|target| target.id).collect();
    let others = schedule::of_documents(tx, &ids).await?;
    let is_in_time = |other: &Schedule| other.publish_at.is_some_and(|at| at <= publish_at);
    hidden.retain(|target| !others.get(&target.id).is_some_and(is_in_time));
    targets_are_live(document, &hidden)?;
    let found = check::of_publications(app, tx, (document.node_kind, &[document.id]), Extent::WHOLE).await?;
    let checks: Vec<Check> = found.into_values().flatten().collect();
    if checks.iter().any(|check| check.severity == Severity::Error) {
        return Err(SaveError::Checks(checks));
    }
    Ok(checks)
}
