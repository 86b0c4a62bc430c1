//! The way of a draft to readers: who is asked to decide, who agrees, and where it is. docs/EDITORIAL.md has the table.
//!
//! None of this changes what a draft says, so none of it makes a version. An approval is of one version.

use std::collections::HashMap;

use entity::Id;
use entity::change::Action;
use entity::document::{Model as Document, State};

use super::access::{self, Right};
use super::problem::{Problem, ProblemCode};
use super::publication::{Address, not_allowed, open, record};
use super::save::SaveError;
use super::text;
use super::view::View;
use crate::app::App;
use crate::store::change;
use crate::store::{Connection, Db, StoreError, schedule, workflow};

pub use crate::store::schedule::Schedule;
pub use crate::store::workflow::{Approval, ApprovalKind, MAX_APPROVALS, Review};

/// Where a document is on its way to readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Never published, and nobody was asked about it.
    Draft,
    /// Somebody waits for a decision.
    InReview,
    /// Somebody agreed to this version.
    Approved,
    /// A version of it goes to readers at a moment.
    Scheduled,
    /// Readers see it, whether there is a newer draft or not.
    Published,
    /// Readers could see it once.
    Withdrawn,
}

/// What people said of a document, and when it goes to readers.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// What was asked and answered last.
    pub review: Option<Review>,
    /// Who agreed to which version, newest first, at most [`MAX_APPROVALS`].
    pub approvals: Vec<Approval>,
    /// When it goes to readers, and when it is taken from them.
    pub schedule: Option<Schedule>,
}

impl Progress {
    /// Where a document is: the first of these that holds.
    ///
    /// 1. `Scheduled`: a publication is to come, or failed and was given up.
    /// 2. `Published`: readers see the version that the draft has.
    /// 3. `Approved`: an approval of the draft's version stands.
    /// 4. `InReview`: somebody asked for a decision and has none.
    /// 5. What `document.state` says: `Draft`, `Published` with an older version, `Withdrawn`.
    #[must_use]
    pub fn status(&self, document: &Document) -> Status {
        if self.schedule.as_ref().is_some_and(|schedule| schedule.publish_at.is_some()) {
            Status::Scheduled
        } else if document.published_version == Some(document.version) {
            Status::Published
        } else if self.approvals.iter().any(|approval| is_current(approval, document)) {
            Status::Approved
        } else if self.review.as_ref().is_some_and(|review| review.submitted_at.is_some()) {
            Status::InReview
        } else {
            match document.state {
                State::Draft => Status::Draft,
                State::Published => Status::Published,
                State::Withdrawn => Status::Withdrawn,
            }
        }
    }
}

/// Whether an approval stands, and is of the version that the draft has.
#[must_use]
pub fn is_current(approval: &Approval, document: &Document) -> bool {
    approval.version == document.version && approval.ended_at.is_none()
}

/// What people said of some documents, in a number of statements that does not follow from theirs.
///
/// # Errors
/// The database's.
pub async fn progress<C: Connection>(db: &C, ids: &[Id]) -> Result<HashMap<Id, Progress>, StoreError> {
    let mut reviews = workflow::reviews(db, ids).await?;
    let mut approvals = workflow::approvals(db, ids).await?;
    let mut schedules = schedule::of_documents(db, ids).await?;
    let of = |id: &Id| Progress {
        review: reviews.remove(id),
        approvals: approvals.remove(id).unwrap_or_default(),
        schedule: schedules.remove(id),
    };
    Ok(ids.iter().copied().zip(ids.iter().map(of)).collect())
}

/// Which draft somebody decides on.
pub struct Which {
    /// The document; `None` where the id could not be read.
    pub id: Option<Address>,
    /// The version that was looked at.
    pub expected_version: i32,
}

/// Asks for a decision on a draft. Asking again is asking once.
///
/// # Errors
/// Denied, not found, a conflict, or nothing to decide on.
pub async fn submit(
    app: &App,
    db: &Db,
    view: &View,
    which: Which,
    note: Option<&str>,
) -> Result<Id, SaveError> {
    let viewer = access::require(view.viewer.as_ref(), Right::Write)?;
    let note = note.map(|note| text::said("note", note)).transpose()?;
    let tx = db.begin().await?;
    let document = open(&tx, which.id, which.expected_version).await?;
    has_changes(&document)?;
    let asked = workflow::reviews(&tx, &[document.id]).await?.remove(&document.id);
    let review = Review {
        document_id: document.id,
        submitted_at: Some(app.now()),
        submitted_by: Some(viewer.actor_id),
        note: asked.and_then(|review| review.note),
    };
    workflow::put_review(&tx, review).await?;
    let step = record(&document, Action::Submitted, note, viewer.actor_id, app.now());
    change::append(&tx, step.unseen()).await?;
    tx.commit().await?;
    Ok(document.id)
}

/// Agrees to a version of a draft, which need not have been submitted. People only, and none of those who saved any of
/// what readers do not see yet.
///
/// # Errors
/// Denied, not found, a conflict, or an author who approves.
pub async fn approve(
    app: &App,
    db: &Db,
    view: &View,
    which: Which,
    (kind, note): (ApprovalKind, Option<&str>),
) -> Result<Id, SaveError> {
    let (right, action) = match kind {
        ApprovalKind::Editorial => (Right::Review, Action::Approved),
        ApprovalKind::Safeguarding => (Right::Approve, Action::SignedOff),
    };
    let viewer = access::require(view.viewer.as_ref(), right)?;
    let note = note.map(|note| text::said("note", note)).transpose()?;
    let tx = db.begin().await?;
    let document = open(&tx, which.id, which.expected_version).await?;
    // Of a version that readers see already, those who saved that one.
    let seen = document.published_version.unwrap_or_default().min(document.version - 1);
    if workflow::savers(&tx, document.id, seen).await?.contains(&viewer.actor_id) {
        let message = "You saved some of what would go out: somebody else must approve it.";
        return Err(Problem::at(&["id"], ProblemCode::ApproverIsAuthor, message).into());
    }
    let approval = Approval {
        document_id: document.id,
        version: document.version,
        kind,
        approved_by: viewer.actor_id,
        approved_at: app.now(),
        note: note.clone(),
        ended_at: None,
    };
    workflow::put_approval(&tx, approval).await?;
    if let Some(review) = workflow::reviews(&tx, &[document.id]).await?.remove(&document.id) {
        workflow::put_review(&tx, Review { note: None, ..review }).await?;
    }
    let step = record(&document, action, note, viewer.actor_id, app.now());
    change::append(&tx, step.unseen()).await?;
    tx.commit().await?;
    Ok(document.id)
}

/// Asks for another draft, which need not have been submitted. Ends what was approved.
///
/// # Errors
/// Denied, not found, a conflict, nothing to decide on, or a reason that is missing.
pub async fn request_changes(
    app: &App,
    db: &Db,
    view: &View,
    which: Which,
    reason: &str,
) -> Result<Id, SaveError> {
    let viewer = access::require(view.viewer.as_ref(), Right::Review)?;
    let reason = text::said("reason", reason)?;
    let tx = db.begin().await?;
    let document = open(&tx, which.id, which.expected_version).await?;
    has_changes(&document)?;
    workflow::end_approvals(&tx, document.id, app.now()).await?;
    let review = Review {
        document_id: document.id,
        submitted_at: None,
        submitted_by: None,
        note: Some(reason.clone()),
    };
    workflow::put_review(&tx, review).await?;
    let step = record(&document, Action::ChangesRequested, Some(reason), viewer.actor_id, app.now());
    change::append(&tx, step.unseen()).await?;
    tx.commit().await?;
    Ok(document.id)
}

fn has_changes(document: &Document) -> Result<(), SaveError> {
    if document.published_version == Some(document.version) {
        return Err(not_allowed("Readers see this version already: there is nothing to decide on."));
    }
    Ok(())
}
