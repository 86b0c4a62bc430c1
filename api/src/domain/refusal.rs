//! Refused publications: who was kept from publishing what, and why, is on record like what was done.

use chrono::{DateTime, Utc};
use entity::Id;
use entity::change::Action;

use super::check::Severity;
use super::publication::Address;
use super::save::SaveError;
use super::view::View;
use crate::app::App;
use crate::store::Db;
use crate::store::change::{self, NewChange};

/// Puts on record that somebody was refused a publication, in a transaction of its own: that of the attempt is rolled back.
///
/// # Errors
/// The refusal; the database's, where it cannot be kept.
pub(super) async fn on_record<T>(
    app: &App,
    db: &Db,
    view: &View,
    id: Option<Address>,
    outcome: Result<T, SaveError>,
) -> Result<T, SaveError> {
    let (Err(refused), Some(viewer)) = (&outcome, &view.viewer) else { return outcome };
    let Some(entry) = entry(id, refused, viewer.actor_id, app.now()) else { return outcome };
    let tx = db.begin().await?;
    change::append(&tx, entry).await?;
    tx.commit().await?;
    outcome
}

/// What the audit trail says of a refusal; `None` for what is none: somebody else was faster, or the database is away.
pub(super) fn entry(
    id: Option<Address>,
    refused: &SaveError,
    actor_id: Id,
    at: DateTime<Utc>,
) -> Option<NewChange> {
    let reason = match refused {
        SaveError::Denied(denied) => denied.to_string(),
        SaveError::Problems(problems) => {
            problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join(" ")
        }
        // Messages of checks quote what is written.
        SaveError::Checks(checks) => {
            let errors = checks.iter().filter(|check| check.severity == Severity::Error);
            errors.map(|check| check.code.as_str()).collect::<Vec<_>>().join(", ")
        }
        SaveError::Conflict(_) | SaveError::Store(_) => return None,
    };
    let (node_kind, document_id) = id.unzip();
    Some(NewChange {
        document_id,
        node_kind,
        action: Action::PublicationRefused,
        version: None,
        fields: Vec::new(),
        reason: Some(reason),
        actor_id,
        at,
        is_public: false,
    })
}
