//! Services: object here, inputs, queries and mutations beside.

mod input;
pub mod loader;
mod mutation;
mod query;

use async_graphql::{Context, Enum, SimpleObject};

pub use input::{
    AudienceInput, ConfidentialityInput, ServiceAlertInput, ServiceCreateInput, ServiceFilter,
    ServiceUpdateInput,
};
pub use mutation::{ServiceMutation, ServicePayload};
pub use query::ServiceQuery;

use super::area::Area;
use super::contact_channel::{ContactChannel, moment};
use super::content::{Doc, content_object};
use super::error::Result;
use super::list::List;
use super::loader::{ById, DataLoader};
use super::lower::Lower;
use super::mention::Linked;
use super::rich_text::RichText;
use super::scalar::DateTime;
use crate::domain;
use crate::domain::read::{Field, Sort, SortKey};

/// Whether a service can be turned to.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::service::ServiceStatus")]
pub enum ServiceStatus {
    /// It can.
    Active,
    /// Not at the moment; it will be back.
    TemporarilyClosed,
    /// Not any more, for now.
    Inactive,
    /// Never again.
    Defunct,
}

impl Lower<domain::service::ServiceStatus> for ServiceStatus {
    fn lower(self) -> domain::service::ServiceStatus {
        self.into()
    }
}

/// Whom a service is for.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::service::AudienceRole")]
pub enum AudienceRole {
    /// Children.
    Child,
    /// Young people.
    YoungPerson,
    /// People it happened to.
    Survivor,
    /// Parents and carers.
    ParentCarer,
    /// People who meet it in their work, such as teachers.
    Professional,
    /// Anybody else who worries about somebody.
    WorriedOther,
}

/// What a service keeps to itself.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::service::ConfidentialityLevel")]
pub enum ConfidentialityLevel {
    /// It does not know who asks.
    Anonymous,
    /// It tells nobody.
    Confidential,
    /// It tells nobody unless somebody is in danger.
    ConfidentialWithLimits,
    /// It may tell others.
    NotConfidential,
}

/// Something to know for a time, such as "phones are down today".
#[derive(SimpleObject)]
pub struct ServiceAlert {
    /// In words, in the service's language.
    text: String,
    /// When it began to apply.
    from: DateTime,
    /// When it ends, exclusive; null while that is not known.
    until: Option<DateTime>,
}

/// Whom a service is for.
#[derive(SimpleObject)]
pub struct Audience {
    /// Youngest age in years, 0 to 120; null where there is none.
    min_age: Option<i32>,
    /// Oldest age in years, inclusive, 0 to 120; null where there is none.
    max_age: Option<i32>,
    /// Which people; empty where it is not stated. Each at most once.
    roles: Vec<AudienceRole>,
}

/// What a service keeps to itself.
#[derive(SimpleObject)]
pub struct Confidentiality {
    /// In a word, the same in every language.
    level: ConfidentialityLevel,
    /// In a sentence or two, in the service's language.
    statement: String,
}

/// The order of services.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum ServiceSort {
    /// By name in the reader's language.
    Name,
    /// Last changed first.
    RecentlyUpdated,
}

impl From<ServiceSort> for Sort {
    fn from(sort: ServiceSort) -> Self {
        match sort {
            ServiceSort::Name => Self { by: SortKey::Title, descending: false },
            ServiceSort::RecentlyUpdated => Self { by: SortKey::UpdatedAt, descending: true },
        }
    }
}

/// A service in a view.
pub type Service = Doc<domain::service::Service>;

content_object! {
    /// A team or project that helps people, e.g. the Safe team.
    "Service" for domain::service::Service {
        /// What it is called; the same as `title`.
        async fn name(&self) -> &str {
            &self.record.name.title
        }

        /// What it helps with, in the order the editors gave. At most 50.
        async fn topics(&self, ctx: &Context<'_>) -> Result<List<Linked<domain::topic::Topic>>> {
            self.linked(ctx, Field::Topics).await
        }

        /// One or two sentences for lists and previews; null unless written.
        async fn summary(&self) -> Option<&str> {
            self.record.text.summary.as_deref()
        }

        /// What it does and how.
        async fn body(&self) -> RichText {
            self.rich_text(&self.record.text.body)
        }

        /// Whether it can be turned to; while it is not ACTIVE the `openState` of its channels is CLOSED, whatever their hours.
        async fn status(&self) -> ServiceStatus {
            self.record.row.status.into()
        }

        /// What readers should know at that moment, such as "phones are down today"; null when nothing applies or it is not
        /// written in this language.
        async fn alert(
            &self,
            #[graphql(desc = "The moment asked about, from 1970 to 2200; now unless said.")] at: Option<DateTime>,
        ) -> Option<Result<ServiceAlert>> {
            let look = match moment(&self.sight, at) {
                Ok(look) => look,
                Err(error) => return Some(Err(error)),
            };
            look.until(domain::service::alert_turns_at(&self.record.row, look.at()));
            let alert = domain::service::alert(&self.record.row, &self.record.text, look.at())?;
            Some(Ok(ServiceAlert { text: alert.text.to_owned(), from: alert.from.into(), until: alert.until.map(DateTime::from) }))
        }

        /// Whom it is for.
        async fn audience(&self) -> Audience {
            let row = &self.record.row;
            let roles = row.roles.0.iter().map(|&role| role.into()).collect();
            Audience { min_age: row.min_age, max_age: row.max_age, roles }
        }

        /// Where it works; empty means not stated, not everywhere. At most 50.
        async fn coverage(&self, ctx: &Context<'_>) -> Result<Vec<Area>> {
            let loader = ctx.data_unchecked::<DataLoader<loader::Coverage>>();
            let areas = loader.load_one(ById(self.sight.scope.clone(), self.document_id())).await?.unwrap_or_default();
            Ok(areas.iter().map(|area| Area::of(area.scheme, &area.code)).collect())
        }

        /// What it keeps to itself; null where it is not stated in this language.
        async fn confidentiality(&self) -> Option<Confidentiality> {
            let statement = self.record.text.confidentiality_statement.clone()?;
            Some(Confidentiality { level: self.record.row.confidentiality?.into(), statement })
        }

        /// The ways to reach it, smallest `priority` first, then by label. At most 50: the first.
        async fn channels(&self, ctx: &Context<'_>) -> Result<List<ContactChannel>> {
            let loader = ctx.data_unchecked::<DataLoader<loader::Channels>>();
            let records = loader.load_one(ById(self.sight.scope.clone(), self.document_id())).await?.unwrap_or_default();
            Ok(records.into_iter().map(|record| Doc::new(&self.sight, record)).collect())
        }
    }
}
