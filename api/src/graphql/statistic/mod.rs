//! Statistics and their figures.

mod figure;
mod figure_mutation;
mod input;
mod loader;
mod mutation;
mod query;

use async_graphql::{Context, Enum, Object, SimpleObject};

pub use figure::{Figure, find as find_figure};
pub use figure_mutation::FigureMutation;
pub use input::{FigureInput, PeriodInput, StatisticCreateInput, StatisticFilter, StatisticUpdateInput};
pub use loader::{ChosenOf, Figures};
pub use mutation::{StatisticMutation, StatisticPayload};
pub use query::StatisticQuery;

use super::area::{self, AreaInput};
use super::connection::{self, Connection, Paging};
use super::content::{Doc, content_object};
use super::error::Result;
use super::list::List;
use super::loader::{DataLoader, PageOf, documents};
use super::mention::Linked;
use super::post::PostSort;
use super::scalar::{Decimal, HTML};
use super::statistic_set::StatisticSet;
use super::types::Post;
use crate::domain;
use crate::domain::figure::Area;
use crate::domain::figure_change;
use crate::domain::number::Measure;
use crate::domain::read::{Field, Page, Sort, SortKey};
use loader::{FigureCountOf, FigurePageOf};

/// The most sets that a statistic names.
const MAX_SETS: u32 = 50;

/// What a statistic is measured in.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::statistic::StatisticUnit")]
pub enum StatisticUnit {
    /// Per cent; more than 100 is possible.
    Percent,
    /// How many.
    Count,
    /// How many per so many, see `per`.
    Rate,
    /// Money, see `currency`.
    Currency,
    /// Years.
    Years,
    /// One in relation to another.
    Ratio,
    /// Anything else; the definition says what.
    Other,
}

/// The order of statistics.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum StatisticSort {
    /// By name in the reader's language.
    Name,
    /// Last changed first.
    RecentlyUpdated,
    /// Due for review first: by the earliest review date of the latest figures; without figures last.
    ReviewDue,
}

impl From<StatisticSort> for Sort {
    fn from(sort: StatisticSort) -> Self {
        let (by, descending) = match sort {
            StatisticSort::Name => (SortKey::Title, false),
            StatisticSort::RecentlyUpdated => (SortKey::UpdatedAt, true),
            StatisticSort::ReviewDue => (SortKey::Day("review_due_on"), false),
        };
        Self { by, descending }
    }
}

/// Newest period first.
const NEWEST_PERIOD: Sort = Sort { by: SortKey::Day("period_end"), descending: true };

/// The sentence that editors wrote around a figure, in the language of its words.
#[derive(SimpleObject)]
pub struct Statement {
    /// Plain text.
    text: String,
    /// The same as HTML that is safe to insert into a page.
    html: HTML,
}

/// What became of a figure between two periods.
pub struct FigureChange {
    from: Figure,
    to: Figure,
    change: figure_change::FigureChange,
}

/// What became of a figure between two periods.
#[Object]
impl FigureChange {
    /// The figure it is counted from.
    async fn from(&self) -> &Figure {
        &self.from
    }

    /// The figure it is counted to.
    async fn to(&self) -> &Figure {
        &self.to
    }

    /// For PERCENT in percentage points and exact, `-10`; for other units in per cent of the first value, to one decimal place.
    /// Null with a `reason` where it is not known.
    async fn difference(&self) -> Option<Decimal> {
        self.change.difference.map(|difference| Decimal(difference.to_string()))
    }

    /// In words, in the first language asked for where it has words here, else in English: `−10 percentage points`, `+12.5%`; the two
    /// figures where there is no difference.
    async fn text(&self) -> &str {
        &self.change.text
    }

    /// Why there is no difference, in English; null where there is one.
    async fn reason(&self) -> Option<&'static str> {
        self.change.reason
    }
}

/// The area in an argument of a field.
fn argument(area: Option<AreaInput>) -> Result<Option<Area>> {
    let area = area.map(|area| area::read(&["area"], &area)).transpose()?;
    Ok(area.map(|area| Area { scheme: area.scheme, code: area.code }))
}

/// A statistic in a view.
pub type Statistic = Doc<domain::statistic::Statistic>;

impl Statistic {
    /// The first language asked for: numbers are written in it, also where the words are a fallback.
    pub(super) fn wish(&self) -> &str {
        self.sight.scope.languages.first().map_or("und", String::as_str)
    }

    fn changed(&self, from: Figure, to: Figure) -> FigureChange {
        let measure = Measure::of(&self.record.row);
        let change = figure_change::between(self.wish(), measure, from.found(), to.found());
        FigureChange { from, to, change }
    }

    /// Its figure of a period, or the latest, in the area of its newest figure; for all siblings in one statement.
    pub(super) async fn chosen(
        &self,
        ctx: &Context<'_>,
        area: Option<Area>,
        period: Option<String>,
    ) -> Result<Option<Figure>> {
        let loader = ctx.data_unchecked::<DataLoader<Figures>>();
        let found =
            loader.load_one(ChosenOf(self.sight.scope.clone(), area, (self.document_id(), period))).await?;
        Ok(found.map(|found| Figure::new(self.clone(), found)))
    }
}

content_object! {
    /// A measure that keeps its identity while its figures change: the share of detected victims who are women.
    "Statistic" for domain::statistic::Statistic {
        /// What it is called; the same as `title`.
        async fn name(&self) -> &str {
            &self.record.name.title
        }

        /// What it is about, in the order the editors gave. At most 50.
        async fn topics(&self, ctx: &Context<'_>) -> Result<List<Linked<domain::topic::Topic>>> {
            self.linked(ctx, Field::Topics).await
        }

        /// What exactly is measured.
        async fn definition(&self) -> &str {
            &self.record.text.definition
        }

        /// What its figures are measured in.
        async fn unit(&self) -> StatisticUnit {
            self.record.row.unit.into()
        }

        /// For RATE: per how many, 2 or more. Null for every other unit.
        async fn per(&self) -> Option<i32> {
            self.record.row.per
        }

        /// For CURRENCY: the code of ISO 4217, `GBP`. Null for every other unit.
        async fn currency(&self) -> Option<&str> {
            self.record.row.currency.as_deref()
        }

        /// The denominator in words, and what it is easily mistaken for.
        async fn population(&self) -> &str {
            &self.record.text.population
        }

        /// The latest figure, or the one whose period label is `period`; in `area`, else in the area of the statistic's
        /// newest figure (where several are as new, of the one that was added first). Null where there is none.
        async fn figure(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "The label of a period, `2016`; the latest when left out.")] period: Option<String>,
            #[graphql(desc = "Where; the area of the newest figure when left out.")] area: Option<AreaInput>,
        ) -> Option<Result<Figure>> {
            let find = async { Box::pin(self.chosen(ctx, argument(area)?, period)).await };
            find.await.transpose()
        }

        /// Newest period first; those that end on the same day in the order in which they were added.
        async fn figures(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
            #[graphql(desc = "Start after this cursor.")] after: Option<String>,
            #[graphql(desc = "How many from the end, 1 to 100; not together with `first`.")] last: Option<i32>,
            #[graphql(desc = "End before this cursor.")] before: Option<String>,
            #[graphql(desc = "Where; everywhere when left out.")] area: Option<AreaInput>,
        ) -> Result<Connection<Figure>> {
            let area = argument(area)?;
            let page = Paging { first, after, last, before }.page(NEWEST_PERIOD, None, connection::MAX)?;
            let loader = ctx.data_unchecked::<DataLoader<Figures>>();
            let (scope, id, counting) = (&self.sight.scope, self.document_id(), connection::is_counted(ctx));
            let (slice, total) = futures_util::try_join!(
                loader.load_one(FigurePageOf(scope.clone(), area.clone(), page.clone(), id)),
                async {
                    if !counting {
                        return Ok(None);
                    }
                    loader.load_one(FigureCountOf(scope.clone(), area.clone(), id)).await
                }
            )?;
            let slice = slice.unwrap_or_default();
            Ok(Connection::of(ctx, &slice, &page, total.unwrap_or(0), |found| Figure::new(self.clone(), found.clone())))
        }

        /// The sentence that editors wrote for it, with the figure in it: `49% of detected victims were women`. Sentence and number are in
        /// `language`. The figure is chosen as by `figure`; null where there is none, and where no sentence was written.
        async fn statement(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "The label of a period, `2016`; the latest when left out.")] period: Option<String>,
            #[graphql(desc = "Where; the area of the newest figure when left out.")] area: Option<AreaInput>,
        ) -> Option<Result<Statement>> {
            let find = async {
                let figure = Box::pin(self.chosen(ctx, argument(area)?, period)).await?;
                Ok(figure.and_then(|figure| figure.sentence()))
            };
            find.await.transpose()
        }

        /// What became of it between two periods: in percentage points for PERCENT, relative for other units. Null when one of the
        /// figures is missing.
        async fn change(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "The label of the period to count from.")] from: String,
            #[graphql(desc = "The label of the period to count to.")] to: String,
            #[graphql(desc = "Where; the area of the newest figure when left out.")] area: Option<AreaInput>,
        ) -> Option<Result<FigureChange>> {
            let find = async {
                let area = argument(area)?;
                let figures = futures_util::try_join!(
                    Box::pin(self.chosen(ctx, area.clone(), Some(from))),
                    Box::pin(self.chosen(ctx, area, Some(to)))
                )?;
                let (Some(from), Some(to)) = figures else { return Ok(None) };
                Ok(Some(self.changed(from, to)))
            };
            find.await.transpose()
        }

        /// The Fluent pattern of its sentence; null unless one was written, and without the right to read drafts.
        async fn statement_pattern(&self) -> Option<&str> {
            self.record.text.statement_pattern.as_deref().filter(|_| self.sight.reads_drafts())
        }

        /// Posts whose text refers to it in any language, newest first.
        async fn posts(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
            #[graphql(desc = "Start after this cursor.")] after: Option<String>,
            #[graphql(desc = "How many from the end, 1 to 100; not together with `first`.")] last: Option<i32>,
            #[graphql(desc = "End before this cursor.")] before: Option<String>,
        ) -> Result<Connection<Post>> {
            let page = Paging { first, after, last, before }.page(PostSort::Newest.into(), None, connection::MAX)?;
            Box::pin(connection::connect_to(ctx, &self.sight, Field::References, self.document_id(), page)).await
        }

        /// The sets that it is part of, by title. At most 50.
        async fn sets(&self, ctx: &Context<'_>) -> Result<List<StatisticSet>> {
            let sort = Sort { by: SortKey::Title, descending: false };
            let page = Page { sort, limit: MAX_SETS, backward: false, after: None, before: None, filter: None };
            let loader = documents::<domain::statistic_set::StatisticSet>(ctx);
            let slice = loader.load_one(PageOf(self.sight.scope.clone(), Field::Statistics, self.document_id(), page)).await?;
            Ok(slice.unwrap_or_default().items.iter().map(|(_, record)| Doc::new(&self.sight, record.clone())).collect())
        }
    }
}
