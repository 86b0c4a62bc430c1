//! The parts of a set as readers see them.

use async_graphql::{Context, Object};

use super::{SetParts, StatisticSet};
use crate::domain;
use crate::domain::figure::total as total_of;
use crate::domain::statistic_set::{Part, is_whole, label};
use crate::graphql::content::Doc;
use crate::graphql::error::Result;
use crate::graphql::loader::{ById, DataLoader, documents};
use crate::graphql::scalar::Decimal;
use crate::graphql::statistic::{Figure, Statistic};

/// One part of a whole.
pub struct StatisticSetPart {
    label: String,
    statistic: Statistic,
    figure: Figure,
    period: Option<String>,
}

/// One part of a whole.
#[Object]
impl StatisticSetPart {
    /// What it is called here.
    async fn label(&self) -> &str {
        &self.label
    }

    /// Whose figure it shows.
    async fn statistic(&self) -> &Statistic {
        &self.statistic
    }

    /// That of the pinned period, or else the latest, in the area of the statistic's newest figure.
    async fn figure(&self) -> &Figure {
        &self.figure
    }

    /// The pinned period; null follows the latest.
    async fn period(&self) -> Option<&str> {
        self.period.as_deref()
    }
}

/// The parts of a set that a reader sees.
pub(super) struct Shown {
    /// In the order of use.
    pub(super) parts: Vec<StatisticSetPart>,
    /// Whether there are no others.
    is_all: bool,
}

impl Shown {
    /// Whether they can make up a whole.
    pub(super) fn is_whole(&self) -> bool {
        let parts = self.parts.iter();
        let parts: Vec<_> =
            parts.map(|part| (part.statistic.record.row.unit, &part.figure.found().row)).collect();
        self.is_all && is_whole(&parts)
    }
}

/// The parts of a set whose statistic and figure are in sight.
///
/// # Errors
/// The database's.
pub(super) async fn shown(ctx: &Context<'_>, set: &StatisticSet) -> Result<Shown> {
    let loader = ctx.data_unchecked::<DataLoader<SetParts>>();
    let parts = loader.load_one(ById(set.sight.scope.clone(), set.document_id())).await?.unwrap_or_default();
    let shown = futures_util::future::try_join_all(parts.iter().map(|part| show(ctx, set, part))).await?;
    let is_all = shown.iter().all(Option::is_some);
    Ok(Shown { parts: shown.into_iter().flatten().collect(), is_all })
}

async fn show(ctx: &Context<'_>, set: &StatisticSet, part: &Part) -> Result<Option<StatisticSetPart>> {
    let statistics = documents::<domain::statistic::Statistic>(ctx);
    let Some(record) = statistics.load_one(ById(set.sight.scope.clone(), part.statistic_id)).await? else {
        return Ok(None);
    };
    let statistic: Statistic = Doc::new(&set.sight, record);
    let Some(figure) = statistic.chosen(ctx, None, part.period.clone()).await? else { return Ok(None) };
    let label = label(&set.record.text.labels.0, part).unwrap_or(&statistic.record.name.title).to_owned();
    Ok(Some(StatisticSetPart { label, statistic, figure, period: part.period.clone() }))
}

/// The sum of parts that share a unit, where each is exact.
pub(super) fn total(parts: &[StatisticSetPart]) -> Option<Decimal> {
    let unit = |part: &StatisticSetPart| {
        let row = &part.statistic.record.row;
        (row.unit, row.per, row.currency.clone())
    };
    let first = unit(parts.first()?);
    if parts.iter().any(|part| unit(part) != first) {
        return None;
    }
    total_of(parts.iter().map(|part| &part.figure.found().row)).map(|total| Decimal(total.to_string()))
}
