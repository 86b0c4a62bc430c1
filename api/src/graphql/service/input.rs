//! What clients say about services.

use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{AudienceRole, ConfidentialityLevel, ServiceStatus};
use crate::domain::read::{Field, Filter};
use crate::domain::{area as areas, service, value};
use crate::graphql::area::{self, AreaInput};
use crate::graphql::error::{GqlError, Result};
use crate::graphql::filter::{self, Conditions, DateTimeRange, SlugFilter, StringFilter};
use crate::graphql::lower::{Lower, inputs};
use crate::graphql::scalar::{DateTime, LanguageTag};

inputs! {
    /// A new service. Name, slug, summary, body and the texts of alert and confidentiality belong to the `language` of the
    /// mutation; the rest is the same in every language.
    ServiceCreateInput,
    /// Changes to a service: what is left out stays, null clears. Name, slug, summary, body and the texts of alert and
    /// confidentiality belong to the `language` of the mutation; the rest is the same in every language.
    ServiceUpdateInput => service::ServicePatch {
        required {
            /// One line of at most 200 characters.
            name: String,
        }
        optional {
            /// Lower-case letters, digits and hyphens, at most 100. Made from the name when left out or cleared.
            slug: String,
            /// One or two sentences, at most 1,000 characters.
            summary: String,
            /// CommonMark, at most 100,000 characters.
            body: String,
            /// Whether it can be turned to; ACTIVE unless said.
            status: ServiceStatus,
            /// What readers should know for a time. Replaced whole; null takes it away in every language.
            alert: ServiceAlertInput,
            /// Whom it is for. Replaced whole.
            audience: AudienceInput,
            /// Topics. At most 50.
            topic_ids: Vec<ID>,
            /// Where it works, each area once. At most 50.
            coverage: Vec<AreaInput>,
            /// What it keeps to itself. Replaced whole; null takes it away in every language.
            confidentiality: ConfidentialityInput,
            /// Unique among services, at most 100 characters; for importers, so that a second run changes nothing.
            external_reference: String,
        }
    }
}

/// Something to know for a time. An alert that begins after the one before has ended is a new one: its text in the
/// other languages is empty until it is translated.
#[derive(InputObject)]
pub struct ServiceAlertInput {
    /// One line of at most 500 characters.
    text: String,
    /// When it begins to apply, the same in every language.
    from: DateTime,
    /// When it ends, exclusive, the same in every language; open-ended when left out.
    until: Option<DateTime>,
}

impl Lower<service::AlertPatch> for ServiceAlertInput {
    fn lower(self) -> service::AlertPatch {
        service::AlertPatch { text: self.text, from: self.from.0, until: self.until.map(|until| until.0) }
    }
}

/// Whom a service is for.
#[derive(InputObject)]
pub struct AudienceInput {
    /// Youngest age in years, 0 to 120; no bound when left out.
    min_age: Option<i32>,
    /// Oldest age in years, inclusive, 0 to 120 and not below `minAge`; no bound when left out.
    max_age: Option<i32>,
    /// Which people, each once.
    roles: Vec<AudienceRole>,
}

impl Lower<service::AudiencePatch> for AudienceInput {
    fn lower(self) -> service::AudiencePatch {
        let roles = self.roles.into_iter().map(Into::into).collect();
        service::AudiencePatch { min_age: self.min_age, max_age: self.max_age, roles }
    }
}

/// What a service keeps to itself. With another level the statement in the other languages is empty until it is translated.
#[derive(InputObject)]
pub struct ConfidentialityInput {
    /// In a word, the same in every language.
    level: ConfidentialityLevel,
    /// In a sentence or two, at most 1,000 characters.
    statement: String,
}

impl Lower<service::ConfidentialityPatch> for ConfidentialityInput {
    fn lower(self) -> service::ConfidentialityPatch {
        service::ConfidentialityPatch { level: self.level.into(), statement: self.statement }
    }
}

/// Which services. All given conditions must hold. An explicit null is a BAD_INPUT error, never "no condition".
#[derive(Clone, InputObject)]
pub struct ServiceFilter {
    /// All of these hold. At most 100.
    and: MaybeUndefined<Vec<ServiceFilter>>,
    /// One of these holds. At most 100.
    or: MaybeUndefined<Vec<ServiceFilter>>,
    /// This does not hold.
    not: MaybeUndefined<Box<ServiceFilter>>,
    /// The slug that the reader sees.
    slug: MaybeUndefined<StringFilter>,
    /// The name that the reader sees.
    name: MaybeUndefined<StringFilter>,
    /// Its topics.
    topic: MaybeUndefined<SlugFilter>,
    /// Its status is one of these; with an empty list, none is. At most 100.
    status: MaybeUndefined<Vec<ServiceStatus>>,
    /// For people of this age in years, 0 to 120; a service that states no age is for all.
    audience_age: MaybeUndefined<i32>,
    /// Says that it works in this area, or in one that this lies in: a service for England and Wales covers Wales.
    covers_area: MaybeUndefined<AreaInput>,
    /// When it last changed for those who see it.
    updated_at: MaybeUndefined<DateTimeRange>,
    /// Available in this language itself, not as a fallback.
    translated_into: MaybeUndefined<LanguageTag>,
    /// The importer's own key.
    external_reference: MaybeUndefined<String>,
}

impl ServiceFilter {
    /// The domain's filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the key.
    pub fn lower(path: &[&str], input: Self) -> Result<Filter> {
        let Self {
            and,
            or,
            not,
            slug,
            name,
            topic,
            status,
            audience_age,
            covers_area,
            updated_at,
            translated_into,
            external_reference,
        } = input;
        let mut conditions = Conditions::at(path)?;
        conditions.combine(and, or, not, Self::lower)?;
        conditions.add("slug", slug, |path, text| filter::text(path, text, Filter::Slug))?;
        conditions.add("name", name, |path, text| filter::text(path, text, Filter::Title))?;
        conditions.add("topic", topic, |path, slugs| filter::linked(path, slugs, Field::Topics))?;
        conditions.add("status", status, |path, any| {
            filter::one_of(path, "status", any, |status| service::ServiceStatus::from(status).as_str())
        })?;
        conditions.add("audienceAge", audience_age, |path, age| {
            let age = value::between(age, 0, service::MAX_AGE)
                .map_err(|(_, message)| GqlError::bad_input(path, message))?;
            Ok(Filter::AudienceAge(age))
        })?;
        conditions.add("coversArea", covers_area, |path, area| {
            let around = areas::around(&area::read(path, &area)?).into_iter();
            Ok(Filter::Covers(around.map(|(_, area)| (area.scheme, area.code)).collect()))
        })?;
        conditions.add("updatedAt", updated_at, |path, range| {
            Ok(Filter::UpdatedAt(filter::instants(path, range)?))
        })?;
        conditions
            .add("translatedInto", translated_into, |path, language| filter::translated(path, &language))?;
        conditions
            .add("externalReference", external_reference, |_, key| Ok(Filter::ExternalReference(key)))?;
        Ok(conditions.filter())
    }
}
