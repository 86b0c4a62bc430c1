//! What a chart shows: the parts of a set that are in sight, each with its statistic, figure and source.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use entity::Id;

use crate::domain::figure::{self, Figure};
use crate::domain::read::{self, Record};
use crate::domain::source::Source;
use crate::domain::statistic::Statistic;
use crate::domain::statistic_set::{Part, parts_of};
use crate::domain::view::Scope;
use crate::store::{Db, StoreError};

/// A part of a set as readers see it.
#[derive(Clone)]
pub struct Shown {
    /// Which part it is.
    pub part: Part,
    /// Whose figure it shows.
    pub statistic: Arc<Record<Statistic>>,
    /// That of the pinned period, else the latest.
    pub figure: Arc<Figure>,
    /// Where the figure was published.
    pub source: Option<Arc<Record<Source>>>,
}

/// The parts of sets whose statistic and figure are in sight, in the order of use; four statements, whatever the
/// number of sets.
///
/// # Errors
/// The database's.
pub async fn shown(db: &Db, scope: &Scope, sets: &[Id]) -> Result<HashMap<Id, Vec<Shown>>, StoreError> {
    let parts = parts_of(db, scope, sets).await?;
    let all = || parts.values().flatten();
    let mut wanted: Vec<figure::Wanted> =
        all().map(|part| (part.statistic_id, part.period.clone())).collect();
    wanted.sort();
    wanted.dedup();
    let mut statistic_ids: Vec<Id> = wanted.iter().map(|(id, _)| *id).collect();
    statistic_ids.dedup();
    let statistics = shared(read::by_ids::<Statistic>(db, scope, &statistic_ids).await?);
    let figures = shared(figure::chosen(db, scope, None, &wanted).await?);
    let mut source_ids: Vec<Id> = figures.values().map(|figure| figure.row.source_id).collect();
    source_ids.sort();
    source_ids.dedup();
    let sources = shared(read::referred::<Source>(db, scope, &source_ids).await?);
    let show = |part: &Part| {
        let figure = figures.get(&(part.statistic_id, part.period.clone()))?.clone();
        let source = sources.get(&figure.row.source_id).cloned();
        Some(Shown {
            part: part.clone(),
            statistic: statistics.get(&part.statistic_id)?.clone(),
            figure,
            source,
        })
    };
    Ok(parts.iter().map(|(set, parts)| (*set, parts.iter().filter_map(show).collect())).collect())
}

fn shared<K: Eq + Hash, V>(found: HashMap<K, V>) -> HashMap<K, Arc<V>> {
    found.into_iter().map(|(key, value)| (key, Arc::new(value))).collect()
}
