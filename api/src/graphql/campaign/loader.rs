//! Loads editions, their words and their posts: one statement for all siblings.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::domain::Id;
use crate::domain::edition::{self, Edition, EditionText};
use crate::domain::era::{self, Era};
use crate::domain::post::Post;
use crate::domain::read::{Db, Page, Slice};
use crate::domain::view::Scope;
use crate::graphql::error::{GqlError, Result};
use crate::graphql::loader::{Shared, by_group};

/// Loads what belongs to editions.
pub struct Editions(Db);

impl Editions {
    /// A loader for one request.
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self(db)
    }
}

/// The editions of a campaign, the last year first.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct OfCampaign(pub Scope, pub Id);

/// The campaign of an edition.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CampaignOf(pub Scope, pub Id);

/// The words of an edition.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct WordsOf(pub Scope, pub Id);

/// A page of the posts of an edition.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PostsOf(pub Scope, pub Era, pub Page);

/// How many posts an edition has.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PostCountOf(pub Scope, pub Era);

impl Loader<OfCampaign> for Editions {
    type Value = Arc<[Arc<Edition>]>;
    type Error = GqlError;
    async fn load(&self, keys: &[OfCampaign]) -> Result<HashMap<OfCampaign, Self::Value>> {
        let mut found = HashMap::new();
        for (scope, ids) in by_group(keys, |OfCampaign(scope, id)| (scope.clone(), *id)) {
            let lists = edition::of_campaigns(&self.0, &scope, &ids).await?;
            found.extend(lists.into_iter().map(|(id, editions)| {
                (OfCampaign(scope.clone(), id), editions.into_iter().map(Arc::new).collect())
            }));
        }
        Ok(found)
    }
}

impl Loader<CampaignOf> for Editions {
    type Value = Id;
    type Error = GqlError;
    async fn load(&self, keys: &[CampaignOf]) -> Result<HashMap<CampaignOf, Id>> {
        let mut found = HashMap::new();
        for (scope, ids) in by_group(keys, |CampaignOf(scope, id)| (scope.clone(), *id)) {
            let campaigns = edition::campaigns_of(&self.0, &scope, &ids).await?;
            found.extend(
                campaigns.into_iter().map(|(id, campaign)| (CampaignOf(scope.clone(), id), campaign)),
            );
        }
        Ok(found)
    }
}

impl Loader<WordsOf> for Editions {
    type Value = Arc<EditionText>;
    type Error = GqlError;
    async fn load(&self, keys: &[WordsOf]) -> Result<HashMap<WordsOf, Self::Value>> {
        let mut found = HashMap::new();
        for (scope, ids) in by_group(keys, |WordsOf(scope, id)| (scope.clone(), *id)) {
            let words = edition::words(&self.0, &scope, &ids).await?;
            found.extend(words.into_iter().map(|(id, text)| (WordsOf(scope.clone(), id), Arc::new(text))));
        }
        Ok(found)
    }
}

impl Loader<PostsOf> for Editions {
    type Value = Arc<Slice<Shared<Post>>>;
    type Error = GqlError;
    async fn load(&self, keys: &[PostsOf]) -> Result<HashMap<PostsOf, Self::Value>> {
        let mut found = HashMap::new();
        for ((scope, page), eras) in
            grouped(keys, |PostsOf(scope, era, page)| ((scope.clone(), page.clone()), era))
        {
            let mut pages = era::posts(&self.0, &scope, &eras, &page).await?;
            found.extend(eras.into_iter().filter_map(|era| {
                let slice = pages.remove(&era.edition_id)?;
                Some((PostsOf(scope.clone(), era, page.clone()), Arc::new(slice.map(Arc::new))))
            }));
        }
        Ok(found)
    }
}

impl Loader<PostCountOf> for Editions {
    type Value = i64;
    type Error = GqlError;
    async fn load(&self, keys: &[PostCountOf]) -> Result<HashMap<PostCountOf, i64>> {
        let mut found = HashMap::new();
        for (scope, eras) in grouped(keys, |PostCountOf(scope, era)| (scope.clone(), era)) {
            let counts = era::post_counts(&self.0, &scope, &eras).await?;
            found.extend(eras.into_iter().filter_map(|era| {
                let many = *counts.get(&era.edition_id)?;
                Some((PostCountOf(scope.clone(), era), many))
            }));
        }
        Ok(found)
    }
}

/// Puts eras that can be answered by one statement together.
fn grouped<'a, K, G: std::hash::Hash + Eq>(
    keys: &'a [K],
    split: impl Fn(&'a K) -> (G, &'a Era),
) -> HashMap<G, Vec<Era>> {
    let mut groups: HashMap<G, Vec<Era>> = HashMap::new();
    for key in keys {
        let (group, era) = split(key);
        groups.entry(group).or_default().push(era.clone());
    }
    groups
}
