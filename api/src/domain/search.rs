//! Search over what is published.
//!
//! ```text
//! index: published words ──► words (folded, stemmed) ──► the store's index, in the transaction that publishes them
//! find:  what was typed ──► query ──► the store ──► snippet
//! ```

mod index;
mod query;
mod snippet;
mod words;

use std::collections::HashMap;

use entity::Id;
use entity::document::NodeKind;

use super::contents::KINDS;
use super::view::Scope;
use crate::app::App;
use crate::store::search::{self as store, Question};
use crate::store::{Db, StoreError};

pub use index::{rebuild, refresh};
pub use query::MAX_QUERY;

/// The last result that can be asked for.
pub const MAX_OFFSET: u32 = 100_000;

/// What is asked.
pub struct Asked {
    /// As it was typed.
    pub query: String,
    /// Of which kinds, each once.
    pub kinds: Vec<NodeKind>,
    /// Only what has the topic with this slug.
    pub topic: Option<String>,
    /// How many results come before.
    pub offset: u32,
    /// At most how many.
    pub limit: u32,
}

/// What was found.
pub struct Found {
    /// What it is.
    pub kind: NodeKind,
    /// Which.
    pub id: Id,
    /// What it is called in the language it was found in.
    pub title: String,
    /// HTML in which nothing but `<mark>` is markup.
    pub snippet: String,
}

/// A page of results, best match first, and whether there are more.
///
/// # Errors
/// The database's, here and below.
pub async fn page(
    app: &App,
    db: &Db,
    scope: &Scope,
    asked: &Asked,
) -> Result<(Vec<Found>, bool), StoreError> {
    let question = question(app, scope, asked, asked.kinds.clone());
    let found = store::page(db, scope, &question).await?;
    let has_more = found.len() > asked.limit as usize;
    let shown = found.into_iter().take(asked.limit as usize).map(|found| Found {
        snippet: snippet::snippet(&found.language, &found.text, &question.terms),
        kind: found.kind,
        id: found.id,
        title: found.title,
    });
    Ok((shown.collect(), has_more))
}

/// How many results there are of each kind of content, whichever kinds were asked for.
pub async fn counts(
    app: &App,
    db: &Db,
    scope: &Scope,
    asked: &Asked,
) -> Result<HashMap<NodeKind, i64>, StoreError> {
    store::counts(db, scope, &question(app, scope, asked, KINDS.to_vec())).await
}

fn question(app: &App, scope: &Scope, asked: &Asked, kinds: Vec<NodeKind>) -> Question {
    // Whatever language the reader sees something in, its words are looked for in their forms there.
    let mut languages: Vec<&str> = scope.languages.iter().map(String::as_str).collect();
    for language in &app.config.languages {
        if !languages.contains(&language.as_str()) {
            languages.push(language.as_str());
        }
    }
    Question {
        terms: query::parse(&asked.query, languages.iter().copied()),
        kinds,
        topic: asked.topic.clone(),
        offset: asked.offset,
        limit: asked.limit,
    }
}
