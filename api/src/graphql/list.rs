//! Lists of objects, which a request may have so many of, and whose errors keep their path.

use std::borrow::Cow;
use std::ops::Deref;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContainerType, ContextSelectionSet, Error, OutputType, Positioned, ServerResult, Value};

use super::budget;
use super::object::{self, plain};
use super::together::try_together;

/// A list of objects. However lists are put inside each other, they hold no more together than the request's budget.
///
/// The executor's own lists end the path of whatever fails within an item at the item, and so do fields of a struct at the field; this
/// one, and a resolver that is `async`, leave it as it is: `["posts", "nodes", 0, "topics"]` (GraphQL specification, errors).
pub struct List<T>(Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self(items)
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl<T> Deref for List<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T: ContainerType> OutputType for List<T> {
    fn type_name() -> Cow<'static, str> {
        Vec::<T>::type_name()
    }

    fn qualified_type_name() -> String {
        Vec::<T>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Vec::<T>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        budget::spend(ctx, self.len()).map_err(|error| {
            let error = Error::from(error).into_server_error(field.pos);
            ctx.set_error_path(error)
        })?;
        let Some(fields) = plain::<T>(ctx) else {
            let items = self.iter().enumerate().map(|(place, item)| {
                let ctx = ctx.with_index(place);
                async move { item.resolve(&ctx, field).await }
            });
            return try_together(items).await.map(Value::List);
        };
        let width = fields.len();
        let cells = (0..self.len() * width).map(|cell| {
            let (row, column) = (cell / width, cell % width);
            object::tell(ctx.with_index(row), &self[row], fields[column])
        });
        let mut values = try_together(cells).await?.into_iter();
        let objects = self.iter().map(|_| object::of(&fields, &mut values));
        Ok(Value::List(objects.collect()))
    }
}
