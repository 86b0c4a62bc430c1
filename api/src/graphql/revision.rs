//! Revisions: what was saved, version by version.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, ID, Object};

use super::connection::{self, Connection, Paging};
use super::editorial::Actor;
use super::error::{GqlError, Result};
use super::loader::{DataLoader, by_group};
use super::scalar::{DateTime, Json};
use super::{id, view};
use crate::domain::read::{Db, Page, Slice, Sort, SortKey};
use crate::domain::{Id, revision};

/// Newest version first.
const NEWEST: Sort = Sort { by: SortKey::Number("version"), descending: true };

/// A revision in the eyes of somebody who may read drafts.
#[derive(Clone)]
pub struct Revision(Arc<revision::Revision>);

/// A save: who and when, all that it left, and what of that it changed. Only for those with the right to read drafts; nothing
/// changes it but `contentErase`.
#[Object]
impl Revision {
    /// Opaque; names its type and never changes.
    pub async fn id(&self) -> ID {
        id::with_prefix("revision", self.0.id)
    }

    /// Its number, from 1.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was saved.
    async fn saved_at(&self) -> DateTime {
        self.0.saved_at.into()
    }

    /// By whom.
    async fn saved_by(&self) -> Actor {
        Actor::of(self.0.saved_by)
    }

    /// What was done: CREATED, SAVED, CORRECTED (`figureCorrect`, `contactChannelUrgentCorrection`) or RESTORED. More may come.
    async fn action(&self) -> &'static str {
        self.0.action.as_str()
    }

    /// The reason that was given, or what was restored; null for what speaks for itself.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// All of it, in the fields of its inputs: those that belong to a language under `translations`, editions under their
    /// years, figures under their ids. After an erasure, `{"isErased": true}`.
    async fn content(&self) -> Result<Json> {
        Ok(Json(revision::read(&self.0.content)?))
    }

    /// RFC 6902 patch from the version before; of the first, from `{}`. After an erasure, `[]`.
    async fn patch(&self) -> Result<Json> {
        Ok(Json(revision::read(&self.0.patch)?))
    }
}

/// The history of a document, for somebody who may read drafts.
///
/// # Errors
/// Those of [`Paging::page`] and of the database.
pub async fn of(ctx: &Context<'_>, document: Id, paging: Paging) -> Result<Connection<Revision>> {
    let page = paging.page(NEWEST, None, connection::MAX)?;
    let loader = ctx.data_unchecked::<DataLoader<Revisions>>();
    let counting = connection::is_counted(ctx);
    let (slice, total) = futures_util::try_join!(loader.load_one(PageOf(page.clone(), document)), async {
        if counting { loader.load_one(CountOf(document)).await } else { Ok(None) }
    })?;
    Ok(Connection::of(ctx, &slice.unwrap_or_default(), &page, total.unwrap_or(0), Revision::clone))
}

/// The same for what has no editorial state: `None` without the right to read drafts.
pub async fn if_seen(
    ctx: &Context<'_>,
    document: Id,
    paging: Paging,
) -> Option<Result<Connection<Revision>>> {
    if view(ctx).reads_drafts() { Some(of(ctx, document, paging).await) } else { None }
}

/// A revision by its id, for those with the right to read drafts.
///
/// # Errors
/// The database's.
pub async fn find(ctx: &Context<'_>, id: Id) -> Result<Option<Revision>> {
    if !view(ctx).reads_drafts() {
        return Ok(None);
    }
    ctx.data_unchecked::<DataLoader<Revisions>>().load_one(id).await
}

/// Loads revisions, for all siblings in one statement.
pub struct Revisions(pub Db);

/// A page of a document's history.
#[derive(Clone, PartialEq, Eq, Hash)]
struct PageOf(Page, Id);

/// How long it is.
#[derive(Clone, PartialEq, Eq, Hash)]
struct CountOf(Id);

impl Loader<Id> for Revisions {
    type Value = Revision;
    type Error = GqlError;
    async fn load(&self, keys: &[Id]) -> Result<HashMap<Id, Revision>> {
        let found = revision::by_ids(&self.0, keys).await?;
        Ok(found.into_iter().map(|(id, revision)| (id, Revision(Arc::new(revision)))).collect())
    }
}

impl Loader<PageOf> for Revisions {
    type Value = Arc<Slice<Revision>>;
    type Error = GqlError;
    async fn load(&self, keys: &[PageOf]) -> Result<HashMap<PageOf, Self::Value>> {
        let mut found = HashMap::new();
        for (page, ids) in by_group(keys, |PageOf(page, id)| (page.clone(), *id)) {
            let pages = revision::pages(&self.0, &ids, &page).await?;
            found.extend(pages.into_iter().map(|(id, slice)| {
                (PageOf(page.clone(), id), Arc::new(slice.map(|revision| Revision(Arc::new(revision)))))
            }));
        }
        Ok(found)
    }
}

impl Loader<CountOf> for Revisions {
    type Value = i64;
    type Error = GqlError;
    async fn load(&self, keys: &[CountOf]) -> Result<HashMap<CountOf, i64>> {
        let ids: Vec<Id> = keys.iter().map(|CountOf(id)| *id).collect();
        let counts = revision::counts(&self.0, &ids).await?;
        Ok(counts.into_iter().map(|(id, many)| (CountOf(id), many)).collect())
    }
}
