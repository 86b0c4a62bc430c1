//! Campaigns. Object here; editions, inputs, queries and mutations beside.

mod edition;
mod input;
mod loader;
mod mutation;
mod observance;
mod query;
mod share;

use async_graphql::{Context, Enum};
use chrono::{Months, NaiveDate};

pub use edition::{CampaignEdition, DateStatus, by_id as edition_by_id, of_year as edition_of_year};
pub use input::CampaignFilter;
pub use loader::Editions;
pub use mutation::CampaignMutation;
pub use observance::{Observance, Occurrence};
pub use query::CampaignQuery;

use super::app;
use super::attribution::{Seo, Told};
use super::connection::{self, Connection, Paging};
use super::content::{content_object, look};
use super::error::{GqlError, Result};
use super::list::List;
use super::mention::Linked;
use super::post::{Post, PostFilter, PostSort};
use super::rich_text::RichText;
use super::scalar::{self, Date, DateTime, URL};
use crate::domain::campaign::day_of;
use crate::domain::read::{Field, Sort, SortKey};
use crate::domain::{self, era, value};

/// The order of campaigns.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum CampaignSort {
    /// By the first day of the turn that is running or comes next, in the site's zone; those without one last.
    NextOccurrence,
    /// By name in the reader's language.
    Name,
    /// Last changed first.
    RecentlyUpdated,
}

impl CampaignSort {
    /// The sort as it is on the day at hand, which is looked for only where it matters.
    fn on(self, today: impl FnOnce() -> NaiveDate) -> Sort {
        let (by, descending) = match self {
            Self::NextOccurrence => (SortKey::NextOccurrence(today()), false),
            Self::Name => (SortKey::Title, false),
            Self::RecentlyUpdated => (SortKey::UpdatedAt, true),
        };
        Sort { by, descending }
    }
}

/// A campaign in a view.
pub type Campaign = super::content::Doc<domain::campaign::Campaign>;

/// The longest span of `occurrences`.
const SPAN: Months = Months::new(50 * 12);

content_object! {
    /// Something that comes round, such as an awareness day; each year's turn is an edition.
    "Campaign" for domain::campaign::Campaign {
        /// What it is called; the same as `title`.
        async fn name(&self) -> &str {
            &self.record.name.title
        }

        /// One or two sentences for lists and previews; null unless written.
        async fn summary(&self) -> Option<&str> {
            self.record.text.summary.as_deref()
        }

        /// Its topics, in the order the editors gave. At most 50.
        async fn topics(&self, ctx: &Context<'_>) -> Result<List<Linked<domain::topic::Topic>>> {
            self.linked(ctx, Field::Topics).await
        }

        /// The statistics that belong to it, in the order the editors gave. At most 50.
        async fn statistics(&self, ctx: &Context<'_>) -> Result<List<Linked<domain::statistic::Statistic>>> {
            self.linked(ctx, Field::Statistics).await
        }

        /// Contact channels that the editor chose for it, in order. At most 50.
        async fn channels(&self, ctx: &Context<'_>) -> Result<List<Linked<domain::contact_channel::ContactChannel>>> {
            self.linked(ctx, Field::Channels).await
        }

        /// What it is about, whatever the year.
        async fn body(&self) -> RichText {
            self.rich_text(&self.record.text.body)
        }

        /// Who runs it; null where that is the site's own organisation.
        async fn organiser(&self) -> Option<&str> {
            self.record.row.organiser.as_deref()
        }

        /// The organiser's page on it; null unless given.
        async fn organiser_url(&self) -> Option<URL> {
            self.record.row.organiser_url.clone().map(URL)
        }

        /// How it comes round.
        async fn observance(&self) -> Observance {
            Observance::of(&self.sight, &self.record.row)
        }

        /// The edition of `year`; without it the one live at `at`, else the next to come, else the last. Null when there is none.
        async fn edition(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Which year's; then `at` does not matter.")] year: Option<i32>,
            #[graphql(desc = "When, 1970 to 2200, in the site's zone; now unless said.")] at: Option<DateTime>,
        ) -> Option<Result<CampaignEdition>> {
            let find = async {
                let at = at.map(|at| scalar::read(&["at"], &at.0, value::moment)).transpose()?;
                let editions = edition::rows(ctx, self).await?;
                let index = match year {
                    Some(year) => editions.iter().position(|edition| edition.year == year),
                    None => era::at(&editions, day_of(app(ctx), &look(&self.sight, at), None)),
                };
                Ok(index.map(|index| CampaignEdition::new(self, &editions, index)))
            };
            find.await.transpose()
        }

        /// Every year's edition, newest first. At most 100.
        async fn editions(&self, ctx: &Context<'_>) -> Result<List<CampaignEdition>> {
            edition::of_campaign(ctx, self).await
        }

        /// The turns that have a day in `from`..`until`, both inclusive and at most 50 years apart, the first one first: years
        /// with an edition by the edition, the others by the rule. At most 52.
        async fn occurrences(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "First day of the span.")] from: Date,
            #[graphql(desc = "Last day of the span, at most 50 years after `from`.")] until: Date,
        ) -> Result<Vec<Occurrence>> {
            let from = scalar::read(&["from"], &from.0, value::date)?;
            let until = scalar::read(&["until"], &until.0, value::date)?;
            if until < from {
                return Err(GqlError::bad_input(&["until"], "until must not be before from."));
            }
            if until > from + SPAN {
                return Err(GqlError::bad_input(&["until"], "until must be at most 50 years after from."));
            }
            let editions = edition::rows(ctx, self).await?;
            let turns = domain::observance::between(&self.record.row, editions.iter().map(|edition| &**edition), from, until);
            Ok(turns.iter().map(Occurrence::from).collect())
        }

        /// The posts that belong to it, newest first unless sorted otherwise.
        #[expect(clippy::too_many_arguments, reason = "the contract's arguments")]
        async fn posts(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
            #[graphql(desc = "Start after this cursor.")] after: Option<String>,
            #[graphql(desc = "How many from the end, 1 to 100; not together with `first`.")] last: Option<i32>,
            #[graphql(desc = "End before this cursor.")] before: Option<String>,
            #[graphql(desc = "Which posts.")] filter: Option<PostFilter>,
            #[graphql(desc = "In which order.", default_with = "Some(PostSort::Newest)")] sort: Option<PostSort>,
        ) -> Result<Connection<Post>> {
            let filter = filter.map(|filter| PostFilter::lower(&["filter"], filter)).transpose()?;
            let page = Paging { first, after, last, before }.page(sort.unwrap_or(PostSort::Newest).into(), filter, connection::MAX)?;
            Box::pin(connection::connect_to(ctx, &self.sight, Field::Campaigns, self.document_id(), page)).await
        }

        /// What its page tells search engines and those who share it; as an event it has the days of its
        /// turn at hand: by the edition, or else by the rule.
        async fn seo(&self, ctx: &Context<'_>) -> Result<Seo> {
            let (text, row) = (&self.record.text, &self.record.row);
            let told = Told {
                title: text.seo_title.as_deref(),
                description: text.seo_description.as_deref(),
                summary: text.summary.as_deref(),
                body: self.rich_text(&text.body),
            };
            let editions = edition::rows(ctx, self).await?;
            let today = day_of(app(ctx), &self.sight.scope.at.look(), None);
            let turn = domain::observance::at_hand(row, editions.iter().map(|edition| &**edition), today);
            let days = turn.map(|turn| (turn.starts_on, turn.ends_on));
            let organiser = row.organiser.as_deref().map(|name| (name, row.organiser_url.as_deref()));
            Box::pin(Seo::of(ctx, self, told, None, |page, publisher| {
                domain::seo::event(page, days, organiser, publisher)
            }))
            .await
        }
    }
}
