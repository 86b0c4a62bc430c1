//! Statistic sets.

mod chart;
mod input;
mod loader;
mod mutation;
mod part;
mod query;

use async_graphql::Context;

pub use chart::{Chart, ChartKind, Charts};
pub use input::{StatisticSetCreateInput, StatisticSetPartInput, StatisticSetUpdateInput};
pub use loader::SetParts;
pub use mutation::{StatisticSetMutation, StatisticSetPayload};
pub use part::StatisticSetPart;
pub use query::StatisticSetQuery;

use super::app;
use super::content::{Doc, content_object};
use super::error::Result;
use super::list::List;
use super::scalar::{Decimal, URL};
use crate::domain;

/// A set in a view.
pub type StatisticSet = Doc<domain::statistic_set::StatisticSet>;

content_object! {
    /// Figures that make up a whole, for one chart and one table.
    "StatisticSet" for domain::statistic_set::StatisticSet {
        /// Measure, place and period; the title is the message.
        async fn subtitle(&self) -> &str {
            &self.record.text.subtitle
        }

        /// What it is made of, in the order of use. A part whose statistic or figure readers cannot see is left out. At most 50.
        async fn parts(&self, ctx: &Context<'_>) -> Result<List<StatisticSetPart>> {
            Ok(part::shown(ctx, self).await?.parts.into())
        }

        /// Sum of the parts; null unless they share a unit and each is exact.
        async fn total(&self, ctx: &Context<'_>) -> Option<Result<Decimal>> {
            let sum = async { Ok(part::total(&part::shown(ctx, self).await?.parts)) };
            sum.await.transpose()
        }

        /// Whether the parts make up the whole, as editors say; never while a part is left out, their figures are of several periods, or
        /// shares add up to more than 100 and rounding.
        async fn is_complete(&self, ctx: &Context<'_>) -> Result<bool> {
            Ok(self.record.row.is_complete && part::shown(ctx, self).await?.is_whole())
        }

        /// Its parts as a picture, with the same in words and as a table; all in the language of its words.
        async fn chart(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "How the parts are drawn.", default_with = "Some(ChartKind::Bar)")] kind: Option<ChartKind>,
            #[graphql(desc = "Pixels, 240 to 1600: ask for the width it is shown at, so that its text has its size.", default_with = "Some(domain::chart::WIDTH)")]
            width: Option<i32>,
        ) -> Result<Chart> {
            Chart::of(ctx, self, kind, width).await
        }

        /// Where its parts are served as CSV (RFC 4180) once the set is published: label, value, unit, period, area, source, qualifier,
        /// lower and upper, with plain numbers, under a head in English.
        async fn csv_url(&self, ctx: &Context<'_>) -> URL {
            URL(domain::chart::url(app(ctx), &self.record, "csv", &[]))
        }
    }
}
