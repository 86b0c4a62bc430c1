//! Erasing what must not be kept, such as a survivor's story: what it said goes from everywhere, that it was and who
//! erased it stays.

use entity::Id;
use entity::change::Action;
use entity::document::{NodeKind, State};

use super::access::{self, Right};
use super::problem::{Problem, ProblemCode};
use super::publication::{Address, is_unused};
use super::save::SaveError;
use super::text;
use super::view::View;
use crate::app::App;
use crate::store::change::{self, NewChange};
use crate::store::{Db, Stage, Tx, draft, erasure, idempotency, publication, revision, visible_change};

/// Deletes content that was withdrawn, or what is left of anything that was deleted: its rows, its words in the index, its
/// slugs, what its revisions say, what people wrote about it in the audit trail, and the answers that are kept for repeats,
/// since any of them may tell of it. In an SQLite file, the bytes too.
///
/// # Errors
/// Denied, not found, a reason that is missing, what readers may still see, or `IN_USE`.
pub async fn erase(
    app: &App,
    db: &Db,
    view: &View,
    id: Option<Address>,
    reason: &str,
) -> Result<Id, SaveError> {
    let viewer = access::require(view.viewer.as_ref(), Right::Erase)?;
    let reason = text::said("reason", reason)?;
    let tx = db.begin().await?;
    let (kind, id) = id
        .filter(|(kind, _)| *kind != NodeKind::Site)
        .ok_or_else(|| problem(ProblemCode::NotFound, NOTHING))?;
    remove(app, &tx, kind, id).await?;
    erasure::erase(&tx, id).await?;
    idempotency::forget_answers(&tx).await?;
    let change = NewChange {
        document_id: Some(id),
        node_kind: Some(kind),
        action: Action::Erased,
        version: None,
        fields: Vec::new(),
        reason: Some(reason),
        actor_id: viewer.actor_id,
        at: app.now(),
        // Its paths answered "gone", and now nothing.
        is_public: visible_change::is_told(&tx, id).await?,
    };
    change::append(&tx, change).await?;
    tx.commit().await?;
    db.truncate_log().await?;
    Ok(id)
}

const NOTHING: &str = "There is no such content, nor was there.";

/// Deletes what still is there; what was deleted has left a history at least.
async fn remove(app: &App, tx: &Tx, kind: NodeKind, id: Id) -> Result<(), SaveError> {
    let Some(document) = draft::locked(tx, id).await?.filter(|document| document.node_kind == kind) else {
        let was = revision::was(tx, kind, id).await?;
        return if was { Ok(()) } else { Err(problem(ProblemCode::NotFound, NOTHING)) };
    };
    match document.state {
        State::Withdrawn => {}
        State::Published => {
            return Err(problem(ProblemCode::NotAllowedInState, "Withdraw it first, or delete it."));
        }
        State::Draft => return Err(problem(ProblemCode::NotAllowedInState, "Delete it first.")),
    }
    for stage in [Stage::Draft, Stage::Published, Stage::Scheduled] {
        let needing = publication::dependants(tx, id, stage).await?;
        is_unused(app, tx, needing.into_iter().map(|document| document.id)).await?;
    }
    Ok(publication::delete(tx, kind, id).await?)
}

fn problem(code: ProblemCode, message: impl Into<String>) -> SaveError {
    Problem::at(&["id"], code, message).into()
}
