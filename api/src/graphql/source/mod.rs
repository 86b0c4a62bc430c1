//! Sources: object here, inputs, queries and mutations beside.

mod input;
mod mutation;
mod query;

use async_graphql::{Context, Enum};

pub use mutation::SourceMutation;
pub use query::SourceQuery;

use super::connection::{self, Connection, Paging};
use super::error::Result;
use super::id;
use super::live::live_object;
use super::lower::Lower;
use super::scalar::{Date, Json, URL};
use super::statistic::StatisticSort;
use super::types::Statistic;
use crate::domain::read::Field;
use crate::domain::{self, citation};

/// What kind of publication a source is.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::source::SourceKind")]
pub enum SourceKind {
    /// A statistics office or ministry.
    OfficialStatistics,
    /// A body of several states, such as an agency of the United Nations.
    InternationalBody,
    /// An article in a journal that has its articles reviewed.
    PeerReviewed,
    /// Records that were kept for another purpose, such as case files.
    AdministrativeData,
    /// A charity's own research.
    CharityResearch,
    /// Answers of a sample of people.
    Survey,
    /// The press.
    Media,
    /// Anything else.
    Other,
}

/// How much a citation says.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum CitationStyle {
    /// Publisher and year: "UNODC, 2018". A publisher of three or more capitalised words is called by their initials, or by the
    /// abbreviation in brackets after its name; "n.d." stands for a year that is not known.
    Short,
    /// Publisher, title, date, locator and URL; what is not known is left out, but for the date ("n.d.").
    Full,
}

impl CitationStyle {
    /// The citation of a place in a source.
    pub(super) fn cite(self, source: &Source, locator: Option<&str>) -> String {
        match self {
            Self::Short => citation::short(&source.record),
            Self::Full => citation::full(&source.record, locator),
        }
    }
}

impl Lower<domain::source::SourceKind> for SourceKind {
    fn lower(self) -> domain::source::SourceKind {
        self.into()
    }
}

/// A source in a view.
pub type Source = super::content::Doc<domain::source::Source>;

live_object! {
    /// A publication that figures come from, with its words in its own language. Readers see it while a published figure is from it.
    "Source" for domain::source::Source {
        /// Its title.
        async fn title(&self) -> &str {
            &self.record.name.title
        }

        /// Who published it.
        async fn publisher(&self) -> &str {
            &self.record.text.publisher
        }

        /// What kind of publication it is.
        async fn kind(&self) -> SourceKind {
            self.record.row.source_kind.into()
        }

        /// Where it is; null when it is not known to be anywhere on the web.
        async fn url(&self) -> Option<URL> {
            self.record.row.url.clone().map(URL)
        }

        /// Its Digital Object Identifier without a resolver, `10.1000/182`; null when it has none.
        async fn doi(&self) -> Option<&str> {
            self.record.row.doi.as_deref()
        }

        /// When it came out; null when that is not known.
        async fn issued_on(&self) -> Option<Date> {
            self.record.row.issued_on.map(Date::from)
        }

        /// When an editor last looked at it; null when that was not noted.
        async fn accessed_on(&self) -> Option<Date> {
            self.record.row.accessed_on.map(Date::from)
        }

        /// A copy that stays when the original goes; null when there is none.
        async fn archived_url(&self) -> Option<URL> {
            self.record.row.archived_url.clone().map(URL)
        }

        /// Under what terms it may be used, `CC BY 4.0`; null when that is not known.
        async fn licence(&self) -> Option<&str> {
            self.record.text.licence.as_deref()
        }

        /// How it is named where it is referred to, in its own words.
        async fn citation(
            &self,
            #[graphql(desc = "How much it says.", default_with = "Some(CitationStyle::Short)")] style: Option<CitationStyle>,
        ) -> String {
            style.unwrap_or(CitationStyle::Short).cite(self, None)
        }

        /// The source as an item of CSL-JSON, for reference managers; `id` there is the `id` here.
        async fn csl(&self) -> Json {
            Json(citation::csl(&self.record, &id::of(domain::NodeKind::Source, self.document_id())))
        }

        /// Statistics with a figure from it, by name.
        async fn statistics(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
            #[graphql(desc = "Start after this cursor.")] after: Option<String>,
            #[graphql(desc = "How many from the end, 1 to 100; not together with `first`.")] last: Option<i32>,
            #[graphql(desc = "End before this cursor.")] before: Option<String>,
        ) -> Result<Connection<Statistic>> {
            let page = Paging { first, after, last, before }.page(StatisticSort::Name.into(), None, connection::MAX)?;
            Box::pin(connection::connect_to(ctx, &self.sight, Field::Source, self.document_id(), page)).await
        }

        /// When its next issue is expected; null when none is.
        async fn next_expected_on(&self) -> Option<Date> {
            self.record.row.next_expected_on.map(Date::from)
        }
    }
}
