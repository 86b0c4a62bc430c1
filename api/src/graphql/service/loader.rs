//! What services have, for many of them in one statement.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::domain::contact_channel::{self, ContactChannel};
use crate::domain::read::Db;
use crate::domain::service::{self, CoveredArea};
use crate::graphql::error::{GqlError, Result};
use crate::graphql::loader::{ById, Shared, by_group};

/// Loads where services work.
pub struct Coverage(pub Db);

impl Loader<ById> for Coverage {
    type Value = Arc<Vec<CoveredArea>>;
    type Error = GqlError;
    async fn load(&self, keys: &[ById]) -> Result<HashMap<ById, Self::Value>> {
        let mut found = HashMap::new();
        for (scope, ids) in by_group(keys, |ById(scope, id)| (scope.clone(), *id)) {
            let areas = service::areas(&self.0, &scope, &ids).await?;
            found.extend(areas.into_iter().map(|(id, areas)| (ById(scope.clone(), id), Arc::new(areas))));
        }
        Ok(found)
    }
}

/// Loads the channels of services.
pub struct Channels(pub Db);

impl Loader<ById> for Channels {
    type Value = Vec<Shared<ContactChannel>>;
    type Error = GqlError;
    async fn load(&self, keys: &[ById]) -> Result<HashMap<ById, Self::Value>> {
        let mut found = HashMap::new();
        for (scope, ids) in by_group(keys, |ById(scope, id)| (scope.clone(), *id)) {
            let channels = contact_channel::of_services(&self.0, &scope, &ids).await?;
            found.extend(
                channels.into_iter().map(|(id, records)| {
                    (ById(scope.clone(), id), records.into_iter().map(Arc::new).collect())
                }),
            );
        }
        Ok(found)
    }
}
