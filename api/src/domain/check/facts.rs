//! What only the database knows and rules ask: noted draft by draft, then loaded once for all of them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use entity::document::{Model as Document, NodeKind, Stage};
use entity::source::SourceKind;
use entity::statistic::StatisticUnit;
use entity::{Decimal, Id, translation};

use crate::app::App;
use crate::domain::rich_text::ReadOnce;
use crate::store::check::ChannelNumber;
use crate::store::figure::Wanted;
use crate::store::{Connection, Moment, Scope, StoreError, check, figure};

/// What the rules of some drafts ask.
#[derive(Default)]
pub struct Needs {
    /// Sources whose kind counts.
    pub(super) sources: BTreeSet<Id>,
    /// Topics that may be sensitive.
    pub(super) topics: BTreeSet<Id>,
    /// Figures whose value counts.
    pub(super) figures: BTreeSet<Wanted>,
    /// Content that texts refer to, by kind and slug.
    pub(super) addresses: BTreeSet<(NodeKind, String)>,
    /// Periods that texts pin, by the statistic's slug.
    pub(super) periods: BTreeSet<(String, String)>,
    /// Whether a text may have a telephone number in it.
    pub(super) numbers: bool,
    /// Whether it counts that readers can turn to somebody.
    pub(super) channels: bool,
    /// The texts, read for what they refer to.
    pub(super) texts: ReadOnce,
}

/// What the database answered, beside the texts that were read to ask it.
#[derive(Default)]
pub struct Facts {
    /// What kind of publication a source is.
    pub(super) sources: HashMap<Id, SourceKind>,
    /// The topics that are marked as sensitive.
    pub(super) sensitive: HashSet<Id>,
    /// What topics are called, in every language.
    pub(super) topic_names: HashMap<Id, Vec<translation::Model>>,
    /// What statistics are measured in.
    pub(super) units: HashMap<Id, StatisticUnit>,
    /// The figures that readers see, or else those of the drafts.
    pub(super) figures: HashMap<Wanted, Known>,
    /// Whether readers can see any contact channel.
    pub(super) has_channel: bool,
    /// The numbers that readers see.
    pub(super) numbers: Vec<ChannelNumber>,
    /// What references lead to.
    pub(super) addresses: HashMap<(NodeKind, String), Document>,
    /// The texts as far as they were read.
    pub(super) texts: ReadOnce,
}

/// What is known of a figure.
#[derive(Clone, Copy)]
pub struct Known {
    /// Its value.
    pub(super) value: Decimal,
    /// Whether readers see it.
    pub(super) is_public: bool,
}

impl Facts {
    /// Asks the database, at most one statement for each kind of fact.
    ///
    /// # Errors
    /// The database's.
    pub(super) async fn load<C: Connection>(app: &App, db: &C, needs: Needs) -> Result<Self, StoreError> {
        let Needs { sources, topics, mut figures, addresses, periods, numbers, channels, texts } = needs;
        let (sources, topics) = (listed(sources), listed(topics));
        let statistics: Vec<Id> = figures.iter().map(|(statistic, _)| *statistic).collect();
        let addresses = check::addresses(db, &addresses).await?;
        figures.extend(periods.into_iter().filter_map(|(slug, period)| {
            let statistic = addresses.get(&(NodeKind::Statistic, slug))?;
            Some((statistic.id, Some(period)))
        }));
        let wanted: Vec<Wanted> = figures.into_iter().collect();
        let mut facts = Self {
            sources: check::source_kinds(db, &sources).await?,
            sensitive: check::sensitive_topics(db, &topics).await?,
            topic_names: check::titles(db, &topics).await?,
            units: check::units(db, &statistics).await?,
            figures: HashMap::new(),
            has_channel: channels && check::has_channel(db).await?,
            numbers: if numbers { check::numbers(db).await? } else { Vec::new() },
            addresses,
            texts,
        };
        if !wanted.is_empty() {
            // What readers see comes last and wins.
            let languages: Arc<[String]> = [app.config.languages[0].to_string()].into();
            for stage in [Stage::Draft, Stage::Published] {
                let scope = Scope::new(stage, languages.clone(), Moment::new(app.now()));
                let found = figure::chosen(db, &scope, None, &wanted).await?;
                let is_public = stage == Stage::Published;
                facts.figures.extend(
                    found
                        .into_iter()
                        .map(|(wanted, figure)| (wanted, Known { value: figure.row.value, is_public })),
                );
            }
        }
        Ok(facts)
    }
}

fn listed(ids: BTreeSet<Id>) -> Vec<Id> {
    ids.into_iter().collect()
}
