//! Content of which nothing but its name is asked for, as lists of links mostly do: two tables are read instead of three, and
//! authors, topics and campaigns of a page together.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;

use async_graphql::parser::types::Field as Selected;
use async_graphql::registry::Registry;
use async_graphql::{
    ContainerType, Context, ContextSelectionSet, OutputType, Positioned, ServerResult, Value,
};

use super::content::{Doc, Sight, cache_key, in_words_of, is_fallback};
use super::error::Result;
use super::list::List;
use super::loader::{DataLoader, Names, NamesByLink};
use super::{app, content, id, object};
use crate::domain::read::{Field, Name, Noun};
use crate::domain::{Id, path};

/// What a document links to. To clients both are the same object.
pub enum Linked<N: Noun> {
    /// By name, where no more is asked for.
    Named(Mention<N>),
    /// Whole.
    Whole(Doc<N>),
}

/// A document's name in a view.
pub struct Mention<N: Noun> {
    sight: Sight,
    name: Arc<Name>,
    noun: PhantomData<fn() -> N>,
}

/// What a document or a part of one links to under a field, for all siblings in one statement; whole, unless nothing but names
/// is asked for.
///
/// # Errors
/// The database's.
pub async fn linked<N: Noun>(
    ctx: &Context<'_>,
    sight: &Sight,
    field: Field,
    from: Id,
) -> Result<List<Linked<N>>>
where
    Doc<N>: ContainerType,
{
    let is_named = ctx.field().selection_set().all(|field| FIELDS.contains(&field.name()));
    if !is_named || sight.scope.apart.is_some() {
        let whole = content::linked(ctx, sight, field, from).await?;
        return Ok(whole.into_iter().map(Linked::Whole).collect());
    }
    let loader = ctx.data_unchecked::<DataLoader<Names>>();
    let names =
        loader.load_one(NamesByLink(sight.scope.clone(), field, N::KIND, from)).await?.unwrap_or_default();
    let mention = |name| Mention { sight: sight.clone(), name, noun: PhantomData };
    Ok(names.into_iter().map(mention).map(Linked::Named).collect())
}

/// What can be told of a document by its name: fields that mean the same wherever a type has them.
const FIELDS: [&str; 10] =
    ["__typename", "id", "cacheKey", "title", "name", "label", "slug", "path", "language", "isFallback"];

impl<N: Noun> Mention<N> {
    /// A field of [`FIELDS`].
    fn tell(&self, ctx: &Context<'_>) -> Option<Value> {
        let Self { sight, name, .. } = self;
        let id = || id::of(N::KIND, name.document_id);
        Some(match ctx.item.node.name.node.as_str() {
            "id" => Value::from(id().0),
            "cacheKey" => Value::from(cache_key(name.stage, &id(), &in_words_of(sight, &name.language)).0),
            "title" | "name" | "label" => Value::from(name.title.as_str()),
            "slug" => Value::from(name.slug.as_str()),
            "path" => path::of(app(ctx), N::KIND, &name.language, &name.slug).into(),
            "language" => Value::from(name.language.as_str()),
            "isFallback" => Value::from(is_fallback(sight, &name.language)),
            _ => return None,
        })
    }
}

impl<N: Noun> ContainerType for Linked<N>
where
    Doc<N>: ContainerType,
{
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        match self {
            Self::Named(mention) => Ok(mention.tell(ctx)),
            Self::Whole(doc) => doc.resolve_field(ctx).await,
        }
    }
}

impl<N: Noun> OutputType for Linked<N>
where
    Doc<N>: ContainerType,
{
    fn type_name() -> Cow<'static, str> {
        Doc::<N>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Doc::<N>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Selected>) -> ServerResult<Value> {
        object::resolve(ctx, self).await
    }
}
