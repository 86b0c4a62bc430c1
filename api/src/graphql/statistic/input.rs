//! What clients say about statistics and figures.

use async_graphql::{ID, InputObject, MaybeUndefined};

use super::StatisticUnit;
use super::figure::Qualifier;
use crate::domain::read::{Field, Filter};
use crate::domain::{figure, statistic};
use crate::graphql::area::AreaInput;
use crate::graphql::error::Result;
use crate::graphql::filter::{self, Conditions, DateTimeRange, SlugFilter, StringFilter};
use crate::graphql::lower::{Lower, inputs};
use crate::graphql::scalar::{self, Date, Decimal, LanguageTag};

inputs! {
    /// A new statistic. Name, definition, population and statement belong to the `language` of the mutation.
    StatisticCreateInput,
    /// Changes to a statistic: what is left out stays, null clears. Name, definition, population and statement belong to the
    /// `language` of the mutation; a language that is new needs the first three.
    StatisticUpdateInput => statistic::StatisticPatch {
        required {
            /// One line of at most 200 characters.
            name: String,
            /// What exactly is measured, at most 1,000 characters.
            definition: String,
            /// What its figures are measured in.
            unit: StatisticUnit,
            /// The denominator in words, and what it is easily mistaken for; at most 1,000 characters.
            population: String,
        }
        optional {
            /// Lower-case letters, digits and hyphens, at most 100. Made from the name when left out or cleared.
            slug: String,
            /// For RATE, and only there: per how many, 2 or more.
            per: i32,
            /// For CURRENCY, and only there: three capital letters of ISO 4217, `GBP`.
            currency: String,
            /// Fluent pattern, e.g. `{ $value } of detected victims were women`; must name the population. Of Fluent it
            /// may use plural selectors on `$value` besides, and nothing else. At most 500 characters.
            statement: String,
            /// Topics. At most 50.
            topic_ids: Vec<ID>,
            /// Unique among statistics, at most 100 characters; for importers, so that a second run changes nothing.
            external_reference: String,
        }
    }
}

impl Lower<statistic::StatisticUnit> for StatisticUnit {
    fn lower(self) -> statistic::StatisticUnit {
        self.into()
    }
}

/// A figure. Period label and area say which one; what is left out stays as it is there, null clears. The caveat belongs to
/// the `language` of the mutation.
#[derive(InputObject)]
pub struct FigureInput {
    /// The number, with the digits that the source has: `49` and `49.0` are not the same.
    value: Decimal,
    /// How exact it is.
    #[graphql(default_with = "Some(Qualifier::Exact)")]
    qualifier: Option<Qualifier>,
    /// Lower bound, not above the value; RANGE needs it.
    lower: MaybeUndefined<Decimal>,
    /// Upper bound, not below the value; RANGE needs it.
    upper: MaybeUndefined<Decimal>,
    /// When.
    period: PeriodInput,
    /// Where.
    area: AreaInput,
    /// The source it was published in.
    source_id: ID,
    /// Page, table or figure in the source, at most 500 characters.
    locator: MaybeUndefined<String>,
    /// The sentence in the source that carries the number, at most 1,000 characters.
    quote: MaybeUndefined<String>,
    /// Travels with every rendering, at most 1,000 characters.
    caveat: MaybeUndefined<String>,
    /// When somebody should look again; a year after the figure's first save unless said, a year after this one when cleared.
    review_due_on: MaybeUndefined<Date>,
}

/// A span of days with a name.
#[derive(InputObject)]
pub struct PeriodInput {
    /// What it is called, at most 50 characters: `2016`, `2016/17`.
    label: String,
    /// Its first day.
    start: Date,
    /// Its last day, not before the first.
    end: Date,
}

impl Lower<figure::FigurePatch> for FigureInput {
    fn lower(self) -> figure::FigurePatch {
        let Self {
            value,
            qualifier,
            lower,
            upper,
            period,
            area,
            source_id,
            locator,
            quote,
            caveat,
            review_due_on,
        } = self;
        let PeriodInput { label, start, end } = period;
        figure::FigurePatch {
            value: value.lower(),
            qualifier: qualifier.unwrap_or(Qualifier::Exact).into(),
            lower: lower.lower(),
            upper: upper.lower(),
            period: figure::PeriodInput { label, start: start.lower(), end: end.lower() },
            area: area.lower(),
            source_id: source_id.lower(),
            locator: locator.lower(),
            quote: quote.lower(),
            caveat: caveat.lower(),
            review_due_on: review_due_on.lower(),
        }
    }
}

/// Which statistics. All given conditions must hold. An explicit null is a BAD_INPUT error, never "no condition".
#[derive(Clone, InputObject)]
pub struct StatisticFilter {
    /// All of these hold. At most 100.
    and: MaybeUndefined<Vec<StatisticFilter>>,
    /// One of these holds. At most 100.
    or: MaybeUndefined<Vec<StatisticFilter>>,
    /// This does not hold.
    not: MaybeUndefined<Box<StatisticFilter>>,
    /// The slug that the reader sees.
    slug: MaybeUndefined<StringFilter>,
    /// The name that the reader sees.
    name: MaybeUndefined<StringFilter>,
    /// Its topics.
    topic: MaybeUndefined<SlugFilter>,
    /// It is measured in one of these; an empty list is met by none.
    unit: MaybeUndefined<Vec<StatisticUnit>>,
    /// The sources of its figures.
    source: MaybeUndefined<SlugFilter>,
    /// One of its latest figures is due for review before this day.
    review_due_before: MaybeUndefined<Date>,
    /// When it last changed for those who see it.
    updated_at: MaybeUndefined<DateTimeRange>,
    /// Available in this language itself, not as a fallback.
    translated_into: MaybeUndefined<LanguageTag>,
    /// The importer's own key.
    external_reference: MaybeUndefined<String>,
}

impl StatisticFilter {
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
            unit,
            source,
            review_due_before,
            updated_at,
            translated_into,
            external_reference,
        } = input;
        let mut conditions = Conditions::at(path)?;
        conditions.combine(and, or, not, Self::lower)?;
        conditions.add("slug", slug, |path, text| filter::text(path, text, Filter::Slug))?;
        conditions.add("name", name, |path, text| filter::text(path, text, Filter::Title))?;
        conditions.add("topic", topic, |path, slugs| filter::linked(path, slugs, Field::Topics))?;
        conditions.add("unit", unit, |_, units| Ok(measured_in(&units)))?;
        conditions.add("source", source, |path, slugs| filter::linked(path, slugs, Field::Source))?;
        conditions.add("reviewDueBefore", review_due_before, |path, day| {
            Ok(Filter::Before("review_due_on", scalar::read(path, &day.0, crate::domain::value::date)?))
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

/// Each unit once, however often a client names it.
fn measured_in(units: &[StatisticUnit]) -> Filter {
    let named = |unit: &statistic::StatisticUnit| units.contains(&(*unit).into());
    Filter::OneOf(
        "unit",
        statistic::StatisticUnit::ALL
            .iter()
            .copied()
            .filter(named)
            .map(statistic::StatisticUnit::as_str)
            .collect(),
    )
}
