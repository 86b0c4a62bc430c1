//! The audit trail: who did what, when, and to what, as the spine of changes has it.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use entity::Id;
use entity::change::OPERATOR;
use serde::Serialize;

use super::{global_id, read};
use crate::store::{Db, StoreError, change};

/// Something that somebody did.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// From 1, without gaps, in the order in which it was committed.
    pub sequence: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// What was done.
    pub action: &'static str,
    /// Who did it.
    pub actor: Actor,
    /// To what; null for what is done to accounts and sessions.
    pub node_id: Option<String>,
    /// The version it made or was about.
    pub version: Option<i32>,
    /// Which input fields it changed; which documents it was about, by their ids.
    pub fields: Vec<String>,
    /// Why, or by what it was refused.
    pub reason: Option<String>,
    /// The content version that it raised; null where readers see nothing of it.
    pub content_version: Option<i64>,
}

/// Somebody who did something.
#[derive(Debug, Serialize)]
pub struct Actor {
    /// As the API names them.
    pub id: String,
    /// What they are called now; null for the operator, and for an account that is gone.
    pub name: Option<String>,
    /// `USER`, `API_CLIENT` or `OPERATOR`; null for an account that is gone.
    pub kind: Option<&'static str>,
}

/// The next entries from a moment on that come after a sequence number, at most 1,000; none at the end.
///
/// # Errors
/// The database's.
pub async fn since(db: &Db, at: DateTime<Utc>, after: i64) -> Result<Vec<Entry>, StoreError> {
    let changes = change::since(db, at, after).await?;
    let actors: BTreeSet<Id> = changes.iter().map(|change| change.actor_id).collect();
    let actors = read::actors(db, &actors.into_iter().collect::<Vec<_>>()).await?;
    Ok(changes.into_iter().map(|change| entry(change, &actors)).collect())
}

fn entry(change: change::Change, actors: &HashMap<Id, read::Actor>) -> Entry {
    let change::Change {
        sequence,
        content_version,
        document_id,
        node_kind,
        action,
        version,
        fields,
        reason,
        actor_id,
        at,
    } = change;
    let known = actors.get(&actor_id);
    let actor = Actor {
        id: global_id::with_prefix("actor", actor_id),
        name: known.map(|actor| actor.name.clone()),
        kind: match known {
            Some(actor) if actor.is_client => Some("API_CLIENT"),
            Some(_) => Some("USER"),
            None => (actor_id == OPERATOR).then_some("OPERATOR"),
        },
    };
    Entry {
        sequence,
        at,
        action: action.as_str(),
        actor,
        node_id: node_kind.zip(document_id).map(|(kind, id)| global_id::of(kind, id)),
        version,
        fields: fields.0,
        reason,
        content_version,
    }
}
