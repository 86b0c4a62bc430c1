//! Loading figures and what hangs on them, for all siblings in one statement.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::domain::Id;
use crate::domain::correction::Correction;
use crate::domain::figure::{self, Area, Figure, Wanted};
use crate::domain::read::{Db, Page, Slice};
use crate::domain::view::Scope;
use crate::graphql::error::{GqlError, Result};
use crate::graphql::loader::{ById, by_group};

/// Loads figures.
pub struct Figures(pub Db);

/// A figure of a statistic: in an area, of a period.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ChosenOf(pub Scope, pub Option<Area>, pub Wanted);

/// A page of a statistic's figures.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FigurePageOf(pub Scope, pub Option<Area>, pub Page, pub Id);

/// How many figures a statistic has.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FigureCountOf(pub Scope, pub Option<Area>, pub Id);

/// What a figure was published as before.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CorrectionsOf(pub Id);

/// Shared figures.
pub(super) type Shared = Arc<Figure>;

impl Loader<ById> for Figures {
    type Value = Shared;
    type Error = GqlError;
    async fn load(&self, keys: &[ById]) -> Result<HashMap<ById, Shared>> {
        let mut found = HashMap::new();
        for (scope, ids) in by_group(keys, |ById(scope, id)| (scope.clone(), *id)) {
            let figures = figure::by_ids(&self.0, &scope, &ids).await?;
            found.extend(figures.into_iter().map(|(id, figure)| (ById(scope.clone(), id), Arc::new(figure))));
        }
        Ok(found)
    }
}

impl Loader<ChosenOf> for Figures {
    type Value = Shared;
    type Error = GqlError;
    async fn load(&self, keys: &[ChosenOf]) -> Result<HashMap<ChosenOf, Shared>> {
        let mut groups: HashMap<(&Scope, &Option<Area>), Vec<Wanted>> = HashMap::new();
        for ChosenOf(scope, area, wanted) in keys {
            groups.entry((scope, area)).or_default().push(wanted.clone());
        }
        let mut found = HashMap::new();
        for ((scope, area), wanted) in groups {
            let figures = figure::chosen(&self.0, scope, area.as_ref(), &wanted).await?;
            found.extend(
                figures.into_iter().map(|(wanted, figure)| {
                    (ChosenOf(scope.clone(), area.clone(), wanted), Arc::new(figure))
                }),
            );
        }
        Ok(found)
    }
}

impl Loader<FigurePageOf> for Figures {
    type Value = Arc<Slice<Shared>>;
    type Error = GqlError;
    async fn load(&self, keys: &[FigurePageOf]) -> Result<HashMap<FigurePageOf, Self::Value>> {
        let mut found = HashMap::new();
        for ((scope, area, page), ids) in by_group(keys, |FigurePageOf(scope, area, page, id)| {
            ((scope.clone(), area.clone(), page.clone()), *id)
        }) {
            let pages = figure::pages(&self.0, &scope, area.as_ref(), &ids, &page).await?;
            found.extend(pages.into_iter().map(|(id, slice)| {
                (FigurePageOf(scope.clone(), area.clone(), page.clone(), id), Arc::new(slice.map(Arc::new)))
            }));
        }
        Ok(found)
    }
}

impl Loader<FigureCountOf> for Figures {
    type Value = i64;
    type Error = GqlError;
    async fn load(&self, keys: &[FigureCountOf]) -> Result<HashMap<FigureCountOf, i64>> {
        let mut found = HashMap::new();
        for ((scope, area), ids) in
            by_group(keys, |FigureCountOf(scope, area, id)| ((scope.clone(), area.clone()), *id))
        {
            let counts = figure::counts(&self.0, &scope, area.as_ref(), &ids).await?;
            found.extend(
                counts.into_iter().map(|(id, many)| (FigureCountOf(scope.clone(), area.clone(), id), many)),
            );
        }
        Ok(found)
    }
}

impl Loader<CorrectionsOf> for Figures {
    type Value = Arc<Vec<Correction>>;
    type Error = GqlError;
    async fn load(&self, keys: &[CorrectionsOf]) -> Result<HashMap<CorrectionsOf, Self::Value>> {
        let ids: Vec<Id> = keys.iter().map(|CorrectionsOf(id)| *id).collect();
        let corrections = figure::corrections(&self.0, &ids).await?;
        Ok(corrections.into_iter().map(|(id, rows)| (CorrectionsOf(id), Arc::new(rows))).collect())
    }
}
