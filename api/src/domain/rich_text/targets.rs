//! What references lead to, for one reader: looked up when a text is read, by whichever way there is to the database.

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

use entity::Id;
use futures_util::future::BoxFuture;
use futures_util::try_join;

use super::{Block, Kind, Reference, RichText};
use crate::domain::campaign::Campaign;
use crate::domain::chart::Shown;
use crate::domain::contact_channel::ContactChannel;
use crate::domain::figure::{Figure, Wanted};
use crate::domain::post::Post;
use crate::domain::read::{Noun, Record};
use crate::domain::service::Service;
use crate::domain::source::Source;
use crate::domain::statistic::Statistic;
use crate::domain::statistic_set::{Part, StatisticSet};

/// Records by the ids of their documents.
type Records<N> = HashMap<Id, Arc<Record<N>>>;

/// A way to the database, as a reader of one scope has it: what is out of sight is not found.
pub trait Fetch: Sync {
    /// What may go wrong.
    type Error: Send;
    /// Documents of a kind.
    fn documents<N: Noun>(
        &self,
        ids: Vec<Id>,
    ) -> impl Future<Output = Result<Records<N>, Self::Error>> + Send;
    /// Figures of statistics, in the areas of their newest.
    fn figures(
        &self,
        wanted: Vec<Wanted>,
    ) -> impl Future<Output = Result<HashMap<Wanted, Arc<Figure>>, Self::Error>> + Send;
    /// The parts of statistic sets, in the order of use.
    fn parts(
        &self,
        sets: Vec<Id>,
    ) -> impl Future<Output = Result<HashMap<Id, Arc<Vec<Part>>>, Self::Error>> + Send;
}

/// What the references of a text lead to.
#[derive(Default)]
pub struct Targets {
    addresses: HashMap<(Kind, String), Id>,
    posts: Records<Post>,
    campaigns: Records<Campaign>,
    services: Records<Service>,
    channels: Records<ContactChannel>,
    statistics: Records<Statistic>,
    sets: Records<StatisticSet>,
    parts: HashMap<Id, Arc<Vec<Part>>>,
    figures: HashMap<Wanted, Arc<Figure>>,
    sources: Records<Source>,
}

/// What one reference leads to.
pub enum Target<'a> {
    /// A statistic, and the figure that is shown of it.
    Statistic(&'a Arc<Record<Statistic>>, &'a Arc<Figure>),
    /// A contact channel.
    Contact(&'a Arc<Record<ContactChannel>>),
    /// A campaign.
    Campaign(&'a Arc<Record<Campaign>>),
    /// A service.
    Service(&'a Arc<Record<Service>>),
    /// A post.
    Post(&'a Arc<Record<Post>>),
    /// A statistic set that has at least one part.
    Chart(&'a Arc<Record<StatisticSet>>),
}

impl Targets {
    /// Looks up what the references of a text lead to, by their addresses. The number of questions does not depend on the number of
    /// references.
    ///
    /// # Errors
    /// Those of the way to the database.
    pub async fn load<F: Fetch>(
        fetch: &F,
        text: &RichText,
        addresses: HashMap<(Kind, String), Id>,
    ) -> Result<Self, F::Error> {
        let of = |kind| {
            let ids = addresses.iter().filter(move |((other, _), _)| *other == kind).map(|(_, id)| *id);
            ids.collect::<Vec<Id>>()
        };
        let periods = text.references().into_iter().filter_map(|reference| {
            let key = (reference.kind?, reference.slug.clone());
            let id = addresses.get(&key).filter(|_| key.0 == Kind::Statistic)?;
            Some((*id, reference.period.clone()))
        });
        let (posts, campaigns, services, channels, mut statistics, sets, parts, mut figures) = try_join!(
            documents(fetch, of(Kind::Post)),
            documents(fetch, of(Kind::Campaign)),
            documents(fetch, of(Kind::Service)),
            documents(fetch, of(Kind::Contact)),
            documents(fetch, of(Kind::Statistic)),
            documents(fetch, of(Kind::Chart)),
            parts(fetch, of(Kind::Chart)),
            chosen(fetch, periods.collect()),
        )?;
        // What charts are drawn from.
        let drawn: Vec<Wanted> = parts
            .values()
            .flat_map(|parts| parts.iter().map(|part| (part.statistic_id, part.period.clone())))
            .collect();
        let (drawn_from, drawn) =
            try_join!(documents(fetch, drawn.iter().map(|(id, _)| *id).collect()), chosen(fetch, drawn),)?;
        statistics.extend(drawn_from);
        // Blocks name their sources.
        let blocks = text.blocks.iter().filter_map(|block| match block {
            Block::Reference(reference) => {
                let id = addresses.get(&(reference.kind?, reference.slug.clone()))?;
                figures.get(&(*id, reference.period.clone()))
            }
            _ => None,
        });
        let cited = blocks.chain(drawn.values()).map(|figure| figure.row.source_id).collect();
        let sources = documents(fetch, cited).await?;
        figures.extend(drawn);
        Ok(Self {
            addresses,
            posts,
            campaigns,
            services,
            channels,
            statistics,
            sets,
            parts,
            figures,
            sources,
        })
    }

    /// Which document a reference leads to, in sight or not.
    #[must_use]
    pub fn address(&self, reference: &Reference) -> Option<Id> {
        self.addresses.get(&(reference.kind?, reference.slug.clone())).copied()
    }

    /// What a reference shows; `None` where that is out of sight or was never there.
    #[must_use]
    pub fn find(&self, reference: &Reference) -> Option<Target<'_>> {
        let id = self.address(reference)?;
        Some(match reference.kind? {
            Kind::Statistic => {
                let figure = self.figures.get(&(id, reference.period.clone()))?;
                Target::Statistic(self.statistics.get(&id)?, figure)
            }
            Kind::Contact => Target::Contact(self.channels.get(&id)?),
            Kind::Campaign => Target::Campaign(self.campaigns.get(&id)?),
            Kind::Service => Target::Service(self.services.get(&id)?),
            Kind::Post => Target::Post(self.posts.get(&id)?),
            Kind::Chart => Target::Chart(self.sets.get(&id).filter(|set| self.drawn(set).next().is_some())?),
        })
    }

    /// The parts of a set whose statistic and figure are in sight, in the order of use.
    pub fn drawn(&self, set: &Record<StatisticSet>) -> impl Iterator<Item = Shown> {
        let parts = self.parts.get(&set.id()).into_iter().flat_map(|parts| parts.iter());
        parts.filter_map(|part| {
            let figure = self.figures.get(&(part.statistic_id, part.period.clone()))?;
            Some(Shown {
                part: part.clone(),
                statistic: self.statistics.get(&part.statistic_id)?.clone(),
                figure: figure.clone(),
                source: self.sources.get(&figure.row.source_id).cloned(),
            })
        })
    }

    /// Where a figure comes from.
    #[must_use]
    pub fn source(&self, figure: &Figure) -> Option<&Record<Source>> {
        self.sources.get(&figure.row.source_id).map(Arc::as_ref)
    }
}

/// What a question is answered with. In a box, because texts stand deep in an answer, where the stack is short.
type Answered<'a, K, V, E> = BoxFuture<'a, Result<HashMap<K, V>, E>>;

fn documents<N: Noun, F: Fetch>(fetch: &F, ids: Vec<Id>) -> Answered<'_, Id, Arc<Record<N>>, F::Error> {
    Box::pin(async { if ids.is_empty() { Ok(HashMap::new()) } else { fetch.documents::<N>(ids).await } })
}

fn parts<F: Fetch>(fetch: &F, sets: Vec<Id>) -> Answered<'_, Id, Arc<Vec<Part>>, F::Error> {
    Box::pin(async { if sets.is_empty() { Ok(HashMap::new()) } else { fetch.parts(sets).await } })
}

fn chosen<F: Fetch>(fetch: &F, wanted: Vec<Wanted>) -> Answered<'_, Wanted, Arc<Figure>, F::Error> {
    Box::pin(async { if wanted.is_empty() { Ok(HashMap::new()) } else { fetch.figures(wanted).await } })
}
