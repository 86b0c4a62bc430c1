//! Loading the parts of sets, for all siblings in one statement.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::domain::read::Db;
use crate::domain::statistic_set::{Part, parts_of};
use crate::graphql::error::{GqlError, Result};
use crate::graphql::loader::{ById, by_group};

/// Loads the parts of sets.
pub struct SetParts(pub Db);

impl Loader<ById> for SetParts {
    type Value = Arc<Vec<Part>>;
    type Error = GqlError;
    async fn load(&self, keys: &[ById]) -> Result<HashMap<ById, Self::Value>> {
        let mut found = HashMap::new();
        for (scope, ids) in by_group(keys, |ById(scope, id)| (scope.clone(), *id)) {
            let parts = parts_of(&self.0, &scope, &ids).await?;
            found.extend(parts.into_iter().map(|(id, parts)| (ById(scope.clone(), id), Arc::new(parts))));
        }
        Ok(found)
    }
}
