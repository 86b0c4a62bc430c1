//! Documents that the operator trusts and keeps in the database, where every server finds them without a restart.
//!
//! Ids are promises to clients that are deployed: under one that is taken nothing else is imported.

use std::collections::HashMap;
use std::fmt;

use chrono::{DateTime, Utc};
use entity::change::{Action, OPERATOR};
use entity::trusted_document::Model;
use thiserror::Error;

use super::user::event;
use crate::app::{App, Manifest};
use crate::store::change::{self, NewChange};
use crate::store::trusted_document as store;
use crate::store::{Db, StoreError, Tx};

pub use entity::trusted_document::Model as TrustedDocument;

/// The longest id, in bytes.
pub const LONGEST_ID: usize = 200;

/// What came of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// How many were not there before.
    pub new: usize,
    /// How many there are now.
    pub all: usize,
}

/// A document that is not imported.
#[derive(Debug)]
pub struct Misfit {
    /// Its id.
    pub id: String,
    /// Why not, in a line.
    pub why: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.id, self.why)
    }
}

/// Why nothing was imported.
#[derive(Debug, Error)]
pub enum ImportError {
    /// Some documents, in the order of their ids.
    #[error("some documents cannot be trusted")]
    Misfits(Vec<Misfit>),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why nothing was removed.
#[derive(Debug, Error)]
pub enum RemoveError {
    /// These ids have no document in the database.
    #[error("{} not there", listed(.0))]
    Unknown(Vec<String>),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn listed(ids: &[String]) -> String {
    let shown: Vec<String> = ids.iter().map(|id| format!("{id:?}")).collect();
    format!("{} {}", shown.join(", "), if ids.len() == 1 { "is" } else { "are" })
}

/// Imports the documents of a manifest, all or none. What is there already with the same text is left as it is. `fits`
/// says whether a text can be run, or else why not.
///
/// # Errors
/// See [`ImportError`].
pub async fn import(
    app: &App,
    manifest: &Manifest,
    fits: impl Fn(&str) -> Result<(), String>,
) -> Result<Imported, ImportError> {
    let misfit = |(id, why): (&String, String)| Misfit { id: id.clone(), why };
    let unusable = manifest.iter().filter_map(|(id, text)| {
        let why = usable(id).map_err(str::to_owned).and_then(|()| fits(text)).err();
        why.map(|why| misfit((id, why)))
    });
    refuse(unusable.collect())?;
    let tx = app.db.begin().await?;
    store::change(&tx).await?;
    let there: HashMap<String, String> =
        store::all(&tx).await?.into_iter().map(|document| (document.id, document.text)).collect();
    let taken = manifest.iter().filter(|(id, text)| there.get(*id).is_some_and(|other| **other != ***text));
    let why = "another document has this id, which clients may use; remove that first.";
    refuse(taken.map(|(id, _)| misfit((id, why.to_owned()))).collect())?;
    let now = app.now();
    let new: Vec<Model> = manifest
        .iter()
        .filter(|(id, _)| !there.contains_key(*id))
        .map(|(id, text)| Model { id: id.clone(), text: text.as_ref().to_owned(), imported_at: now })
        .collect();
    let imported = Imported { new: new.len(), all: there.len() + new.len() };
    if imported.new > 0 {
        let ids = new.iter().map(|document| document.id.clone()).collect();
        store::insert(&tx, new).await?;
        record(&tx, Action::DocumentsImported, ids, now).await?;
        tx.commit().await?;
    }
    Ok(imported)
}

/// Whether an id can be sent, and shown in a line.
fn usable(id: &str) -> Result<(), &'static str> {
    if id.is_empty() || id.len() > LONGEST_ID || id.chars().any(char::is_control) {
        return Err("an id has 1 to 200 bytes and no control characters.");
    }
    Ok(())
}

fn refuse(misfits: Vec<Misfit>) -> Result<(), ImportError> {
    if misfits.is_empty() { Ok(()) } else { Err(ImportError::Misfits(misfits)) }
}

/// Those of the database, by their ids.
///
/// # Errors
/// The database's.
pub async fn all(db: &Db) -> Result<Vec<TrustedDocument>, StoreError> {
    store::all(db).await
}

/// Removes some by their ids, all or none.
///
/// # Errors
/// See [`RemoveError`].
pub async fn remove(app: &App, ids: &[String]) -> Result<(), RemoveError> {
    let tx = app.db.begin().await?;
    store::change(&tx).await?;
    let there = store::all(&tx).await?;
    let is_there = |id: &String| there.iter().any(|document| document.id == *id);
    let unknown: Vec<String> = ids.iter().filter(|id| !is_there(id)).cloned().collect();
    if !unknown.is_empty() {
        return Err(RemoveError::Unknown(unknown));
    }
    store::delete(&tx, ids).await?;
    record(&tx, Action::DocumentsRemoved, ids.to_vec(), app.now()).await?;
    Ok(tx.commit().await?)
}

/// Puts into the audit trail that the operator changed which documents are trusted.
async fn record(tx: &Tx, action: Action, ids: Vec<String>, at: DateTime<Utc>) -> Result<(), StoreError> {
    change::append(tx, NewChange { fields: ids, ..event(action, OPERATOR, at) }).await
}

/// Learns what was imported and removed since the last time: one statement where nothing was, otherwise two.
///
/// # Errors
/// The database's.
pub async fn follow(app: &App) -> Result<(), StoreError> {
    if store::generation(&app.db).await? > app.trusted.now().generation() {
        let (generation, documents) = store::set(&app.db).await?;
        app.trusted.learn(generation, documents);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_can_be_sent_and_shown_in_a_line() {
        let longest = "x".repeat(LONGEST_ID);
        for id in ["site", "4f2a", "a b", "é", longest.as_str()] {
            assert!(usable(id).is_ok(), "{id:?}");
        }
        let longer = "é".repeat(LONGEST_ID / 2 + 1);
        for id in ["", "a\tb", "a\nb", "a\0", longer.as_str()] {
            assert!(usable(id).is_err(), "{id:?}");
        }
    }
}
