//! Objects of which plain fields are asked, as of nearly all: told without a task on the heap for each field.

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field, Selection, SelectionSet, TypeCondition};
use async_graphql::{
    ContainerType, ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value, resolver_utils,
};
use futures_util::future::BoxFuture;

use super::together::try_together;

/// What the macros of objects write their code with, where many of a kind are told: the library, but for how fields come together.
pub mod told {
    pub use async_graphql::*;

    /// The library's, but for one.
    pub mod resolver_utils {
        pub use async_graphql::resolver_utils::*;

        pub use super::super::resolve as resolve_container;
    }
}

/// An object with the fields that are asked for. On the heap, once for each object: objects hold objects of their own kind.
///
/// # Errors
/// The first of its fields.
pub fn resolve<'r, T: ContainerType + ?Sized>(
    ctx: &'r ContextSelectionSet<'_>,
    object: &'r T,
) -> BoxFuture<'r, ServerResult<Value>> {
    Box::pin(async move {
        let Some(fields) = plain::<T>(ctx) else {
            return resolver_utils::resolve_container(ctx, object).await;
        };
        let values = try_together(fields.iter().map(|field| tell(ctx.clone(), object, field))).await?;
        Ok(of(&fields, &mut values.into_iter()))
    })
}

/// The fields that are asked of objects of a type, those of its fragments among them; `None` where it takes more to know them:
/// directives, fragments of other types, and fields with fields of their own that are asked for twice.
pub fn plain<'a, T: OutputType + ?Sized>(
    ctx: &ContextSelectionSet<'a>,
) -> Option<Vec<&'a Positioned<Field>>> {
    let selected = ctx.item;
    let mut fields = Vec::with_capacity(selected.node.items.len());
    gather(ctx, selected, &T::type_name(), &mut fields).then_some(fields)
}

/// Adds the fields of a selection to those before, and says whether that is all of it.
fn gather<'a>(
    ctx: &ContextSelectionSet<'a>,
    selected: &'a Positioned<SelectionSet>,
    of_type: &str,
    fields: &mut Vec<&'a Positioned<Field>>,
) -> bool {
    let is_of_type = |condition: &Positioned<TypeCondition>| condition.node.on.node == of_type;
    selected.node.items.iter().all(|selection| match &selection.node {
        Selection::Field(field) if !field.node.directives.is_empty() => false,
        // They are one and the same, as validation saw to.
        Selection::Field(field) if fields.iter().any(|other| key(other) == key(field)) => {
            field.node.selection_set.node.items.is_empty()
        }
        Selection::Field(field) => {
            fields.push(field);
            true
        }
        Selection::FragmentSpread(spread) => {
            let fragment = ctx.query_env.fragments.get(&spread.node.fragment_name.node);
            let fragment = fragment.filter(|fragment| is_of_type(&fragment.node.type_condition));
            spread.node.directives.is_empty()
                && fragment.is_some_and(|fragment| gather(ctx, &fragment.node.selection_set, of_type, fields))
        }
        Selection::InlineFragment(fragment) => {
            fragment.node.directives.is_empty()
                && fragment.node.type_condition.as_ref().is_none_or(is_of_type)
                && gather(ctx, &fragment.node.selection_set, of_type, fields)
        }
    })
}

/// The value of a field.
///
/// # Errors
/// Its resolver's.
pub async fn tell<T: ContainerType + ?Sized>(
    ctx: ContextSelectionSet<'_>,
    object: &T,
    field: &Positioned<Field>,
) -> ServerResult<Value> {
    if field.node.name.node == "__typename" {
        return Ok(Value::String(object.introspection_type_name().into_owned()));
    }
    Ok(object.resolve_field(&ctx.with_field(field)).await?.unwrap_or_default())
}

/// An object of the values of its fields.
pub fn of(fields: &[&Positioned<Field>], values: &mut impl Iterator<Item = Value>) -> Value {
    let mut object = IndexMap::with_capacity(fields.len());
    object.extend(fields.iter().map(|field| key(field).clone()).zip(values));
    Value::Object(object)
}

fn key(field: &Positioned<Field>) -> &Name {
    &field.node.response_key().node
}
