//! What channels have, for many of them in one statement.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::domain::Id;
use crate::domain::contact_channel::{self, AnswerLanguage};
use crate::domain::read::Db;
use crate::domain::verification::{self, Verification};
use crate::graphql::error::{GqlError, Result};
use crate::graphql::loader::{ById, by_group};

/// Loads which languages channels answer in.
pub struct Languages(pub Db);

impl Loader<ById> for Languages {
    type Value = Arc<Vec<AnswerLanguage>>;
    type Error = GqlError;
    async fn load(&self, keys: &[ById]) -> Result<HashMap<ById, Self::Value>> {
        let mut found = HashMap::new();
        for (scope, ids) in by_group(keys, |ById(scope, id)| (scope.clone(), *id)) {
            let languages = contact_channel::languages(&self.0, &scope, &ids).await?;
            found.extend(
                languages.into_iter().map(|(id, languages)| (ById(scope.clone(), id), Arc::new(languages))),
            );
        }
        Ok(found)
    }
}

/// Loads when channels were last tried; that has no stage.
pub struct Verifications(pub Db);

impl Loader<Id> for Verifications {
    type Value = Verification;
    type Error = GqlError;
    async fn load(&self, keys: &[Id]) -> Result<HashMap<Id, Verification>> {
        Ok(verification::verifications(&self.0, keys).await?)
    }
}
