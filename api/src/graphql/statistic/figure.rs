//! The object of a figure.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};

use super::loader::{CorrectionsOf, Figures};
use super::{Statement, Statistic};
use crate::domain::campaign::day_of;
use crate::domain::html::escaped;
use crate::domain::number::{self, Measure};
use crate::domain::{self, Id, freshness, value};
use crate::graphql::area::Area;
use crate::graphql::content::{Doc, Sight, cache_key, look};
use crate::graphql::error::{GqlError, Result};
use crate::graphql::freshness::Freshness;
use crate::graphql::loader::{ById, DataLoader, Referred, documents};
use crate::graphql::scalar::{self, Date, DateTime, Decimal, HTML, LanguageTag};
use crate::graphql::source::CitationStyle;
use crate::graphql::types::Source;
use crate::graphql::{app, id};

/// How exact a figure is.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::figure::Qualifier")]
pub enum Qualifier {
    /// As the source says.
    Exact,
    /// About this.
    About,
    /// This or more.
    AtLeast,
    /// More than this.
    Over,
    /// This or less.
    UpTo,
    /// Less than this.
    Under,
    /// Between `lower` and `upper`; the value is the source's best estimate.
    Range,
}

/// A span of days with a name.
#[derive(SimpleObject)]
pub struct Period {
    /// What it is called, unique among a statistic's figures of one area: `2016`, `2016/17`.
    label: String,
    /// Its first day.
    start: Date,
    /// Its last day.
    end: Date,
}

/// A value that a figure was published with before, and why it was put right.
#[derive(SimpleObject)]
pub struct Correction {
    /// What it said.
    previous_value: Decimal,
    /// Why that was wrong.
    reason: String,
    /// When it was put right.
    corrected_at: DateTime,
}

/// A figure of a statistic in a view.
#[derive(Clone)]
pub struct Figure {
    statistic: Statistic,
    found: Arc<domain::figure::Figure>,
}

/// A figure by its id, if its statistic is in sight.
///
/// # Errors
/// The database's.
pub async fn find(ctx: &Context<'_>, sight: &Sight, id: Id) -> Result<Option<Figure>> {
    let loader = ctx.data_unchecked::<DataLoader<Figures>>();
    let Some(found) = loader.load_one(ById(sight.scope.clone(), id)).await? else { return Ok(None) };
    let statistics = documents::<domain::statistic::Statistic>(ctx);
    let statistic = statistics.load_one(ById(sight.scope.clone(), found.row.document_id)).await?;
    Ok(statistic.map(|statistic| Figure::new(Doc::new(sight, statistic), found)))
}

impl Figure {
    /// A figure of a statistic.
    #[must_use]
    pub fn new(statistic: Statistic, found: Arc<domain::figure::Figure>) -> Self {
        Self { statistic, found }
    }

    /// What was read.
    #[must_use]
    pub fn found(&self) -> &domain::figure::Figure {
        &self.found
    }

    /// The statistic's sentence with this figure in it, number and words in the language of the words.
    pub(super) fn sentence(&self) -> Option<Statement> {
        let text = domain::statistic::sentence(&self.statistic.record, &self.found.row)?;
        Some(Statement { html: HTML(escaped(&text)), text })
    }

    async fn publication(&self, ctx: &Context<'_>) -> Result<Source> {
        let sight = &self.statistic.sight;
        let key = Referred(sight.scope.clone(), self.found.row.source_id);
        let record = documents::<domain::source::Source>(ctx).load_one(key).await?;
        record.map(|record| Doc::new(sight, record)).ok_or_else(GqlError::internal)
    }
}

/// One value of a statistic, for a period and an area, with its source.
#[Object(crate = "crate::graphql::object::told")]
impl Figure {
    /// Opaque, names its type, and never changes.
    pub async fn id(&self) -> ID {
        id::with_prefix("figure", self.found.row.id)
    }

    /// `id`, the languages asked for and stage in one: the key for normalised client caches.
    pub async fn cache_key(&self) -> ID {
        let sight = &self.statistic.sight;
        cache_key(
            self.found.row.stage,
            &id::with_prefix("figure", self.found.row.id),
            &sight.scope.languages.join(","),
        )
    }

    /// What it is a figure of.
    pub async fn statistic(&self) -> &Statistic {
        &self.statistic
    }

    /// The number, with exactly the digits that were published.
    pub async fn value(&self) -> Decimal {
        Decimal(self.found.row.value.to_string())
    }

    /// Number with unit in the first language asked for, by Unicode CLDR: `49%`, `49 %`, `۴۹٪`; never other digits than were
    /// published. Money has its symbol or its code, years are counted in words, rates say per how many; whether it is
    /// exact says `qualifier`.
    pub async fn formatted(&self) -> String {
        let measure = Measure::of(&self.statistic.record.row);
        number::formatted(self.statistic.wish(), self.found.row.value, measure)
    }

    /// The statistic's sentence with this figure in it, and how exact it is by a sign: `>50,000`, `≈1,200`, `40,000 (30,000–60,000)`.
    /// Null where no sentence was written.
    pub async fn statement(&self) -> Option<Statement> {
        self.sentence()
    }

    /// How its source is named beside it; FULL with the locator.
    pub async fn citation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How much it says.", default_with = "Some(CitationStyle::Short)")] style: Option<
            CitationStyle,
        >,
    ) -> Result<String> {
        let source = self.publication(ctx).await?;
        Ok(style.unwrap_or(CitationStyle::Short).cite(&source, self.found.row.locator.as_deref()))
    }

    /// How exact it is.
    pub async fn qualifier(&self) -> Qualifier {
        self.found.row.qualifier.into()
    }

    /// Lower bound; never null for RANGE.
    pub async fn lower(&self) -> Option<Decimal> {
        self.found.row.lower.map(|lower| Decimal(lower.to_string()))
    }

    /// Upper bound; never null for RANGE.
    pub async fn upper(&self) -> Option<Decimal> {
        self.found.row.upper.map(|upper| Decimal(upper.to_string()))
    }

    /// When.
    pub async fn period(&self) -> Period {
        let row = &self.found.row;
        Period { label: row.period_label.clone(), start: row.period_start.into(), end: row.period_end.into() }
    }

    /// Where.
    pub async fn area(&self) -> Area {
        Area::of(self.found.row.area_scheme, &self.found.row.area_code)
    }

    /// The publication it comes from.
    pub async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        self.publication(ctx).await
    }

    /// Page, table or figure in the source; null unless one is named.
    pub async fn locator(&self) -> Option<&str> {
        self.found.row.locator.as_deref()
    }

    /// The sentence in the source that carries the number; null unless it was kept.
    pub async fn quote(&self) -> Option<&str> {
        self.found.row.quote.as_deref()
    }

    /// Travels with every rendering; in the first wished language that has one, else in any. Null where there is none.
    pub async fn caveat(&self) -> Option<&str> {
        self.found.caveat.as_deref()
    }

    /// The language of `caveat`, which may be another than the statistic's; null where there is none.
    pub async fn caveat_language(&self) -> Option<LanguageTag> {
        self.found.caveat.as_ref().and(self.found.caveat_language.clone()).map(LanguageTag)
    }

    /// Whether no figure of the same statistic and area has a later period.
    pub async fn is_latest(&self) -> bool {
        self.found.row.is_latest
    }

    /// Every value it was published with before, newest first. At most 50.
    pub async fn corrections(&self, ctx: &Context<'_>) -> Result<Vec<Correction>> {
        let loader = ctx.data_unchecked::<DataLoader<Figures>>();
        let rows = loader.load_one(CorrectionsOf(self.found.row.id)).await?.unwrap_or_default();
        let corrections = rows.iter().map(|row| Correction {
            previous_value: Decimal(row.previous_value.to_string()),
            reason: row.reason.clone(),
            corrected_at: row.corrected_at.into(),
        });
        Ok(corrections.collect())
    }

    /// When somebody should look again.
    pub async fn review_due_on(&self) -> Date {
        self.found.row.review_due_on.into()
    }

    /// How far it can be trusted: SUPERSEDED where its area has a figure of a later period, whatever the moment; else FRESH through
    /// `reviewDueOn`, then DUE, and STALE more than half a year after it. Days are those of the site's time zone.
    pub async fn freshness(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "When, 1970 to 2200; now unless said.")] at: Option<DateTime>,
    ) -> Result<Freshness> {
        let at = at.map(|at| scalar::read(&["at"], &at.0, value::moment)).transpose()?;
        let day = day_of(app(ctx), &look(&self.statistic.sight, at), None);
        Ok(freshness::of_figure(&self.found, day).into())
    }
}
