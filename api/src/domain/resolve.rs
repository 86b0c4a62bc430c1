//! What lives at a site path, following renames.

use entity::Id;
use entity::document::{NodeKind, Stage};

use super::path::{self, Place};
use super::view::Scope;
use crate::app::App;
use crate::store::{Db, StoreError, edition, read, resolve};

/// What became of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// It is live, here or at another path.
    Live {
        /// What.
        kind: NodeKind,
        /// Which.
        id: Id,
        /// For an edition: its year.
        year: Option<i32>,
        /// Where it lives.
        canonical_path: String,
        /// The language of that path.
        language: String,
    },
    /// Readers could see it once, or an edition of its year.
    Gone,
}

/// Looks a path up among what readers see; `None` when nothing ever lived there, as for a year that readers never saw an edition of, while they see the campaign. Drafts have no paths.
///
/// # Errors
/// The database's.
pub async fn resolve(app: &App, db: &Db, scope: &Scope, asked: &str) -> Result<Option<Resolved>, StoreError> {
    let scope = Scope { stage: Stage::Published, ..scope.clone() };
    let Some(Place { kind, language, slug, year }) = path::parse(app, asked) else {
        return moved_here(app, db, &scope, asked).await;
    };
    let owners = resolve::owners(db, kind, &slug).await?;
    // The language of the path first, then any: a slug is unique in its language only.
    let owner = owners.iter().find(|owner| owner.language == language.as_str()).or_else(|| owners.first());
    let Some(owner) = owner else { return moved_here(app, db, &scope, asked).await };
    live(app, db, &scope, kind, owner.document_id, &owner.language, year).await
}

/// A path from another system that a post took over.
async fn moved_here(app: &App, db: &Db, scope: &Scope, asked: &str) -> Result<Option<Resolved>, StoreError> {
    let trimmed = if asked.len() > 1 { asked.trim_end_matches('/') } else { asked };
    match resolve::old_path(db, trimmed).await? {
        Some(id) => live(app, db, scope, NodeKind::Post, id, app.config.languages[0].as_str(), None).await,
        None => Ok(None),
    }
}

async fn live(
    app: &App,
    db: &Db,
    scope: &Scope,
    kind: NodeKind,
    id: Id,
    language: &str,
    year: Option<i32>,
) -> Result<Option<Resolved>, StoreError> {
    if !read::is_in_sight(db, scope, kind, id).await? {
        return Ok(Some(Resolved::Gone));
    }
    if let Some(year) = year
        && !edition::exists(db, scope, id, year).await?
    {
        return Ok(edition::was_seen(db, id, year).await?.then_some(Resolved::Gone));
    }
    let mut translations = read::translations(db, scope, &[id]).await?.remove(&id).unwrap_or_default();
    let default = app.config.languages[0].as_str();
    translations.sort_by_key(|row| (row.language != language, row.language != default));
    Ok(translations.first().and_then(|row| {
        let page = path::of(app, kind, &row.language, &row.slug)?;
        let canonical_path = year.map_or(page.clone(), |year| format!("{page}/{year}"));
        Some(Resolved::Live { kind, id, year, canonical_path, language: row.language.clone() })
    }))
}
