//! Loading what texts refer to, for all texts of an answer in one statement each.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use super::Loaders;
use crate::domain::Id;
use crate::domain::figure::{Figure, Wanted};
use crate::domain::read::{Db, Noun, Record};
use crate::domain::rich_text::Fetch;
use crate::domain::statistic_set::Part;
use crate::domain::text_reference::{TextKey, TextReference, of_texts};
use crate::domain::view::Scope;
use crate::graphql::error::{GqlError, Result};
use crate::graphql::loader::{ById, DataLoader, documents};
use crate::graphql::statistic::{ChosenOf, Figures};
use crate::graphql::statistic_set::SetParts;

/// Loads what texts refer to.
pub struct TextReferences(pub Db);

/// A text at a reader's stage.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TextOf(pub Scope, pub TextKey);

impl Loader<TextOf> for TextReferences {
    type Value = Arc<Vec<TextReference>>;
    type Error = GqlError;
    async fn load(&self, keys: &[TextOf]) -> Result<HashMap<TextOf, Self::Value>> {
        let mut groups: HashMap<&Scope, Vec<TextKey>> = HashMap::new();
        for TextOf(scope, key) in keys {
            groups.entry(scope).or_default().push(key.clone());
        }
        let mut found = HashMap::new();
        for (scope, keys) in groups {
            let texts = of_texts(&self.0, scope, &keys).await?;
            found.extend(texts.into_iter().map(|(key, rows)| (TextOf(scope.clone(), key), Arc::new(rows))));
        }
        Ok(found)
    }
}

impl Fetch for Loaders<'_, '_> {
    type Error = GqlError;

    async fn documents<N: Noun>(&self, ids: Vec<Id>) -> Result<HashMap<Id, Arc<Record<N>>>> {
        let keys = ids.into_iter().map(|id| ById(self.sight.scope.clone(), id));
        let found = documents::<N>(self.ctx).load_many(keys).await?;
        Ok(found.into_iter().map(|(ById(_, id), record)| (id, record)).collect())
    }

    async fn figures(&self, wanted: Vec<Wanted>) -> Result<HashMap<Wanted, Arc<Figure>>> {
        let keys = wanted.into_iter().map(|wanted| ChosenOf(self.sight.scope.clone(), None, wanted));
        let found = self.ctx.data_unchecked::<DataLoader<Figures>>().load_many(keys).await?;
        Ok(found.into_iter().map(|(ChosenOf(_, _, wanted), figure)| (wanted, figure)).collect())
    }

    async fn parts(&self, sets: Vec<Id>) -> Result<HashMap<Id, Arc<Vec<Part>>>> {
        let keys = sets.into_iter().map(|id| ById(self.sight.scope.clone(), id));
        let found = self.ctx.data_unchecked::<DataLoader<SetParts>>().load_many(keys).await?;
        Ok(found.into_iter().map(|(ById(_, id), parts)| (id, parts)).collect())
    }
}
