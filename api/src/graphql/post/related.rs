//! Posts that have something in common with one.

use std::collections::HashMap;

use async_graphql::Context;
use async_graphql::dataloader::Loader;

use super::Post;
use crate::domain;
use crate::domain::read::{self, Db};
use crate::domain::value;
use crate::graphql::content::Doc;
use crate::graphql::error::{GqlError, Result};
use crate::graphql::list::List;
use crate::graphql::loader::{ById, DataLoader, Shared, by_group};

/// How many there are unless it is said.
const DEFAULT: i32 = 3;
/// The most.
const MAX: i32 = 10;

/// Loads related posts.
pub struct Related(pub Db);

/// The posts related to one, at most so many.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RelatedTo(ById, u32);

impl Loader<RelatedTo> for Related {
    type Value = Vec<Shared<domain::post::Post>>;
    type Error = GqlError;
    async fn load(&self, keys: &[RelatedTo]) -> Result<HashMap<RelatedTo, Self::Value>> {
        let mut found = HashMap::new();
        for ((scope, most), ids) in
            by_group(keys, |RelatedTo(ById(scope, id), most)| ((scope.clone(), *most), *id))
        {
            let lists = read::related(&self.0, &scope, &ids, most).await?;
            found.extend(lists.into_iter().map(|(id, records)| {
                (RelatedTo(ById(scope.clone(), id), most), records.into_iter().map(Into::into).collect())
            }));
        }
        Ok(found)
    }
}

/// The posts related to one.
///
/// # Errors
/// `BAD_INPUT` for a count out of bounds, or the database's.
pub(super) async fn of(ctx: &Context<'_>, post: &Post, first: Option<i32>) -> Result<List<Post>> {
    let first = value::between(first.unwrap_or(DEFAULT), 1, MAX)
        .map_err(|(_, message)| GqlError::bad_input(&["first"], message))?;
    let key = RelatedTo(ById(post.sight.scope.clone(), post.document_id()), first.unsigned_abs());
    let records = ctx.data_unchecked::<DataLoader<Related>>().load_one(key).await?.unwrap_or_default();
    Ok(records.into_iter().map(|record| Doc::new(&post.sight, record)).collect())
}
