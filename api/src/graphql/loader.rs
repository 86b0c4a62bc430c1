//! Loaders: whatever many objects ask for at the same depth becomes one statement.
//!
//! They are made for each request and never shared between requests.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::marker::PhantomData;
use std::sync::Arc;

use async_graphql::Context;
use async_graphql::dataloader::{self, Loader};
use futures_util::future::BoxFuture;

use super::batch::{Batches, NoDelay};
use super::error::{GqlError, Result};
use crate::app::App;
use crate::domain::read::{self, Db, Field, Filter, Name, Noun, Page, Record, Slice, Translation};
use crate::domain::rich_text::ReadOnce;
use crate::domain::view::Scope;
use crate::domain::{Id, NodeKind};

/// Loads documents of one kind.
pub struct Documents<N>(Db, PhantomData<fn() -> N>);

/// One document by its id.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ById(pub Scope, pub Id);

/// One document by its id, to which what is in sight refers.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Referred(pub Scope, pub Id);

/// What a document or a part of one links to.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ByLink(pub Scope, pub Field, pub Id);

/// What a document or a part of one links to, documents of a kind, by name.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NamesByLink(pub Scope, pub Field, pub NodeKind, pub Id);

/// A page of the documents that link to one.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PageOf(pub Scope, pub Field, pub Id, pub Page);

/// How many documents link to one.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CountOf(pub Scope, pub Field, pub Id, pub Option<Filter>);

/// Shared records.
pub type Shared<N> = Arc<Record<N>>;

/// Puts keys that can be answered by one statement together.
pub fn by_group<K, G: std::hash::Hash + Eq>(
    keys: &[K],
    split: impl Fn(&K) -> (G, Id),
) -> HashMap<G, Vec<Id>> {
    let mut groups: HashMap<G, Vec<Id>> = HashMap::new();
    for key in keys {
        let (group, id) = split(key);
        groups.entry(group).or_default().push(id);
    }
    groups
}

impl<N: Noun> Loader<ById> for Documents<N> {
    type Value = Shared<N>;
    type Error = GqlError;
    async fn load(&self, keys: &[ById]) -> Result<HashMap<ById, Shared<N>>> {
        let mut found = HashMap::new();
        for (scope, ids) in by_group(keys, |ById(scope, id)| (scope.clone(), *id)) {
            let records = read::by_ids::<N>(&self.0, &scope, &ids).await?;
            found.extend(records.into_iter().map(|(id, record)| (ById(scope.clone(), id), Arc::new(record))));
        }
        Ok(found)
    }
}

impl<N: Noun> Loader<Referred> for Documents<N> {
    type Value = Shared<N>;
    type Error = GqlError;
    async fn load(&self, keys: &[Referred]) -> Result<HashMap<Referred, Shared<N>>> {
        let mut found = HashMap::new();
        for (scope, ids) in by_group(keys, |Referred(scope, id)| (scope.clone(), *id)) {
            let records = read::referred::<N>(&self.0, &scope, &ids).await?;
            let shared = |(id, record)| (Referred(scope.clone(), id), Arc::new(record));
            found.extend(records.into_iter().map(shared));
        }
        Ok(found)
    }
}

impl<N: Noun> Loader<ByLink> for Documents<N> {
    type Value = Vec<Shared<N>>;
    type Error = GqlError;
    async fn load(&self, keys: &[ByLink]) -> Result<HashMap<ByLink, Vec<Shared<N>>>> {
        let mut found = HashMap::new();
        for ((scope, field), ids) in by_group(keys, |ByLink(scope, field, id)| ((scope.clone(), *field), *id))
        {
            let lists = read::linked::<N>(&self.0, &scope, field, &ids).await?;
            found.extend(lists.into_iter().map(|(id, records)| {
                (ByLink(scope.clone(), field, id), records.into_iter().map(Arc::new).collect())
            }));
        }
        Ok(found)
    }
}

impl<N: Noun> Loader<PageOf> for Documents<N> {
    type Value = Arc<Slice<Shared<N>>>;
    type Error = GqlError;
    async fn load(&self, keys: &[PageOf]) -> Result<HashMap<PageOf, Self::Value>> {
        let mut found = HashMap::new();
        for ((scope, field, page), ids) in
            by_group(keys, |PageOf(scope, field, id, page)| ((scope.clone(), *field, page.clone()), *id))
        {
            let pages = read::pages::<N>(&self.0, &scope, field, &ids, &page).await?;
            found.extend(pages.into_iter().map(|(id, slice)| {
                (PageOf(scope.clone(), field, id, page.clone()), Arc::new(slice.map(Arc::new)))
            }));
        }
        Ok(found)
    }
}

impl<N: Noun> Loader<CountOf> for Documents<N> {
    type Value = i64;
    type Error = GqlError;
    async fn load(&self, keys: &[CountOf]) -> Result<HashMap<CountOf, i64>> {
        let mut found = HashMap::new();
        for ((scope, field, filter), ids) in
            by_group(keys, |CountOf(scope, field, id, filter)| ((scope.clone(), *field, filter.clone()), *id))
        {
            let counts = read::counts::<N>(&self.0, &scope, field, &ids, filter.as_ref()).await?;
            found.extend(
                counts
                    .into_iter()
                    .map(|(id, many)| (CountOf(scope.clone(), field, id, filter.clone()), many)),
            );
        }
        Ok(found)
    }
}

/// Fields, and the kinds that they lead to.
type Fields = BTreeMap<Field, NodeKind>;

/// Loads the names of what documents link to.
pub struct Names(Db);

impl Loader<NamesByLink> for Names {
    type Value = Vec<Arc<Name>>;
    type Error = GqlError;
    async fn load(&self, keys: &[NamesByLink]) -> Result<HashMap<NamesByLink, Self::Value>> {
        let mut fields: HashMap<(&Scope, Id), Fields> = HashMap::new();
        for NamesByLink(scope, field, kind, id) in keys {
            fields.entry((scope, *id)).or_default().insert(*field, *kind);
        }
        // Those of whom the same is asked are one statement.
        let mut groups: HashMap<(&Scope, Fields), Vec<Id>> = HashMap::new();
        for ((scope, id), fields) in fields {
            groups.entry((scope, fields)).or_default().push(id);
        }
        let mut found = HashMap::new();
        for ((scope, fields), ids) in groups {
            let names = read::named(&self.0, scope, &fields, &ids).await?;
            found.extend(names.into_iter().map(|((field, id), names)| {
                (
                    NamesByLink(scope.clone(), field, fields[&field], id),
                    names.into_iter().map(Arc::new).collect(),
                )
            }));
        }
        Ok(found)
    }
}

/// Loads the languages that documents exist in.
pub struct Translations(Db);

impl Loader<ById> for Translations {
    type Value = Arc<Vec<Translation>>;
    type Error = GqlError;
    async fn load(&self, keys: &[ById]) -> Result<HashMap<ById, Self::Value>> {
        let mut found = HashMap::new();
        for (scope, ids) in by_group(keys, |ById(scope, id)| (scope.clone(), *id)) {
            let rows = read::translations(&self.0, &scope, &ids).await?;
            found.extend(rows.into_iter().map(|(id, rows)| (ById(scope.clone(), id), Arc::new(rows))));
        }
        Ok(found)
    }
}

/// Loads those who changed something.
pub struct Actors(Db);

impl Loader<Id> for Actors {
    type Value = read::Actor;
    type Error = GqlError;
    async fn load(&self, keys: &[Id]) -> Result<HashMap<Id, read::Actor>> {
        Ok(read::actors(&self.0, keys).await?)
    }
}

/// What somebody waits for, on the heap.
type Waiting<'a, T, E> = BoxFuture<'a, std::result::Result<T, E>>;

/// A loader for one request, whose batches wait until the executor has nothing else to do.
///
/// What waits for it is on the heap: the future of every field has the size of the largest of its object, and twenty posts have
/// hundreds of fields.
pub struct DataLoader<L>(dataloader::DataLoader<L>);

impl<L: Send + Sync + 'static> DataLoader<L> {
    /// One value, in one statement with all that is asked for at the same depth.
    ///
    /// # Errors
    /// The loader's.
    pub fn load_one<K>(&self, key: K) -> Waiting<'_, Option<L::Value>, L::Error>
    where
        K: Send + Sync + Hash + Eq + Clone + 'static,
        L: Loader<K>,
    {
        Box::pin(self.0.load_one(key))
    }

    /// The same of many keys; those that are not found are left out.
    ///
    /// # Errors
    /// The loader's.
    pub fn load_many<'a, K, I>(&'a self, keys: I) -> Waiting<'a, HashMap<K, L::Value>, L::Error>
    where
        K: Send + Sync + Hash + Eq + Clone + 'static,
        I: IntoIterator<Item = K> + Send + 'a,
        I::IntoIter: Send,
        L: Loader<K>,
    {
        Box::pin(self.0.load_many(keys))
    }
}

/// The most keys of one statement: lists of ids are filled up to powers of two, and SQLite binds 32,766 values.
const MOST_KEYS: usize = 10_000;

/// A loader whose batches run together with those of others.
fn batching<L: Send + Sync + 'static>(loader: L, batches: &Batches) -> DataLoader<L> {
    let loader = dataloader::DataLoader::new(loader, batches.clone(), NoDelay);
    DataLoader(loader.max_batch_size(MOST_KEYS))
}

/// Gives a request the loaders that every kind of content shares.
#[must_use]
pub fn attach(
    request: async_graphql::Request,
    app: &Arc<App>,
    db: &Db,
    batches: &Batches,
) -> async_graphql::Request {
    request
        .data(batching(super::check::Checks { app: app.clone(), db: db.clone() }, batches))
        .data(batching(Documents::<crate::domain::post::Post>(db.clone(), PhantomData), batches))
        .data(batching(super::post::Related(db.clone()), batches))
        .data(batching(Translations(db.clone()), batches))
        .data(batching(Names(db.clone()), batches))
        .data(batching(super::rich_text::loader::TextReferences(db.clone()), batches))
        .data(ReadOnce::default())
        .data(batching(Actors(db.clone()), batches))
        .data(batching(super::workflow::Progresses(db.clone()), batches))
        .data(batching(super::revision::Revisions(db.clone()), batches))
        .data(batching(Documents::<crate::domain::topic::Topic>(db.clone(), PhantomData), batches))
        .data(batching(Documents::<crate::domain::person::Person>(db.clone(), PhantomData), batches))
        .data(batching(Documents::<crate::domain::source::Source>(db.clone(), PhantomData), batches))
        .data(batching(Documents::<crate::domain::statistic::Statistic>(db.clone(), PhantomData), batches))
        .data(batching(
            Documents::<crate::domain::statistic_set::StatisticSet>(db.clone(), PhantomData),
            batches,
        ))
        .data(batching(super::statistic::Figures(db.clone()), batches))
        .data(batching(super::statistic_set::SetParts(db.clone()), batches))
        .data(batching(super::statistic_set::Charts(db.clone()), batches))
        .data(batching(Documents::<crate::domain::service::Service>(db.clone(), PhantomData), batches))
        .data(batching(super::service::loader::Coverage(db.clone()), batches))
        .data(batching(super::service::loader::Channels(db.clone()), batches))
        .data(batching(
            Documents::<crate::domain::contact_channel::ContactChannel>(db.clone(), PhantomData),
            batches,
        ))
        .data(batching(super::contact_channel::loader::Languages(db.clone()), batches))
        .data(batching(super::contact_channel::loader::Verifications(db.clone()), batches))
        .data(batching(Documents::<crate::domain::campaign::Campaign>(db.clone(), PhantomData), batches))
        .data(batching(super::campaign::Editions::new(db.clone()), batches))
        .data(batching(super::signpost::OpenLines::new(app.clone(), db.clone()), batches))
}

/// The loader of a kind.
#[must_use]
pub fn documents<'a, N: Noun>(ctx: &Context<'a>) -> &'a DataLoader<Documents<N>> {
    ctx.data_unchecked()
}
