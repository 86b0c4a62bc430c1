//! What clients say about campaigns.

use async_graphql::{ID, InputObject, MaybeUndefined};

use super::DateStatus;
use super::observance::{ObservanceKind, Weekday};
use super::share::{ActionKind, ShareNetwork};
use crate::domain::campaign::CampaignPatch;
use crate::domain::edition::EditionPatch;
use crate::domain::read::{Field, Filter, Range};
use crate::domain::{goal, observance, share, value};
use crate::graphql::error::Result;
use crate::graphql::filter::{self, Conditions, DateRange, DateTimeRange, SlugFilter, StringFilter};
use crate::graphql::lower::{Lower, inputs};
use crate::graphql::post::SeoInput;
use crate::graphql::scalar::{self, Date, DateTime, LanguageTag, URL};

inputs! {
    /// A new campaign. Name, summary, body and SEO belong to the `language` of the mutation.
    CampaignCreateInput,
    /// Changes to a campaign: what is left out stays, null clears. Name, summary, body and SEO belong to the `language`
    /// of the mutation.
    CampaignUpdateInput => CampaignPatch {
        required {
            /// One line of at most 200 characters.
            name: String,
            /// How it comes round. Replaced whole.
            observance: ObservanceInput,
        }
        optional {
            /// Lower-case letters, digits and hyphens, at most 100. Made from the name when left out or cleared.
            slug: String,
            /// One or two sentences, at most 1,000 characters.
            summary: String,
            /// CommonMark, at most 100,000 characters: what it is about, whatever the year.
            body: String,
            /// Who runs it, where that is somebody else. At most 200 characters.
            organiser: String,
            /// The organiser's page on it.
            organiser_url: URL,
            /// Topics. At most 50.
            topic_ids: Vec<ID>,
            /// Statistics that belong to it. At most 50.
            statistic_ids: Vec<ID>,
            /// Contact channels that readers should see. At most 50.
            channel_ids: Vec<ID>,
            /// What search engines are told, where it differs.
            seo: SeoInput,
            /// Unique among campaigns, at most 100 characters; for importers, so that a second run changes nothing.
            external_reference: String,
        }
    }
}

/// How a campaign comes round. Each kind has fields that it needs; the others must be left out. Replaced whole.
#[derive(InputObject)]
pub struct ObservanceInput {
    /// In which manner.
    kind: ObservanceKind,
    /// Needed for `FIXED` and `NTH_WEEKDAY`: 1 to 12.
    month: Option<i32>,
    /// Needed for `FIXED`: a day that the month has, 29 February included.
    day: Option<i32>,
    /// Needed for `NTH_WEEKDAY`.
    weekday: Option<Weekday>,
    /// Needed for `NTH_WEEKDAY`: 1 to 5, or -1 for the last.
    nth: Option<i32>,
    /// Needed for `EASTER`: days from Western Easter Sunday, -80 to 250; -2 is Good Friday.
    easter_offset: Option<i32>,
    /// Needed for `ONCE`: its first day.
    starts_on: Option<Date>,
    /// How many days a turn lasts, 1 to 366.
    #[graphql(default_with = "Some(1)")]
    length_days: Option<i32>,
}

impl Lower<observance::ObservanceInput> for ObservanceInput {
    fn lower(self) -> observance::ObservanceInput {
        let Self { kind, month, day, weekday, nth, easter_offset, starts_on, length_days } = self;
        observance::ObservanceInput {
            kind: kind.into(),
            month,
            day,
            weekday: weekday.map(Into::into),
            nth,
            easter_offset,
            starts_on: starts_on.map(Lower::lower),
            length_days,
        }
    }
}

/// An edition, or changes to one: what is left out stays, null clears. Theme, summary, body, hashtags, actions and
/// share messages belong to the `language` of the mutation; lists are replaced whole.
#[derive(InputObject)]
pub struct CampaignEditionInput {
    /// First day, within its year. By the campaign's rule when it is new or cleared; needed where the rule gives none.
    starts_on: MaybeUndefined<Date>,
    /// Last day, inclusive, at most 366 days with the first. By the campaign's length when it is new or cleared.
    ends_on: MaybeUndefined<Date>,
    /// How sure the days are; `PROVISIONAL` when it is new or cleared.
    date_status: MaybeUndefined<DateStatus>,
    /// Where the days were announced.
    date_source: MaybeUndefined<URL>,
    /// The year's theme, one line of at most 200 characters.
    theme: MaybeUndefined<String>,
    /// One or two sentences, at most 1,000 characters.
    summary: MaybeUndefined<String>,
    /// CommonMark, at most 100,000 characters.
    body: MaybeUndefined<String>,
    /// Posts chosen for it. At most 50.
    post_ids: MaybeUndefined<Vec<ID>>,
    /// One word each, with or without the leading #, at most 100 characters. At most 30, each once whatever its case.
    hashtags: MaybeUndefined<Vec<String>>,
    /// What readers can do. At most 50.
    actions: MaybeUndefined<Vec<CallToActionInput>>,
    /// What readers can share. At most 50.
    share_messages: MaybeUndefined<Vec<ShareMessageInput>>,
    /// How far it has come. At most 50.
    goals: MaybeUndefined<Vec<GoalInput>>,
}

impl Lower<EditionPatch> for CampaignEditionInput {
    fn lower(self) -> EditionPatch {
        let Self {
            starts_on,
            ends_on,
            date_status,
            date_source,
            theme,
            summary,
            body,
            post_ids,
            hashtags,
            actions,
            share_messages,
            goals,
        } = self;
        EditionPatch {
            starts_on: starts_on.lower(),
            ends_on: ends_on.lower(),
            date_status: date_status.lower(),
            date_source: date_source.lower(),
            theme: theme.lower(),
            summary: summary.lower(),
            body: body.lower(),
            post_ids: post_ids.lower(),
            hashtags: hashtags.lower(),
            actions: actions.lower(),
            share_messages: share_messages.lower(),
            goals: goals.lower(),
        }
    }
}

impl Lower<observance::DateStatus> for DateStatus {
    fn lower(self) -> observance::DateStatus {
        self.into()
    }
}

/// Something that a reader can do.
#[derive(InputObject)]
pub struct CallToActionInput {
    /// What kind of thing.
    kind: ActionKind,
    /// What the button says, at most 200 characters.
    label: String,
    /// Where it leads; not for `GET_HELP`.
    url: Option<URL>,
    /// For `GET_HELP` only, which needs at least one: contact channels. At most 50.
    channel_ids: Option<Vec<ID>>,
}

impl Lower<share::ActionInput> for CallToActionInput {
    fn lower(self) -> share::ActionInput {
        let Self { kind, label, url, channel_ids } = self;
        share::ActionInput {
            kind: kind.into(),
            label,
            url: url.map(Lower::lower),
            channel_ids: channel_ids.map(Lower::lower),
        }
    }
}

/// A message ready to share.
#[derive(InputObject)]
pub struct ShareMessageInput {
    /// Where.
    network: ShareNetwork,
    /// The words without the URL, at most 5,000 characters.
    text: String,
    /// The page it points to.
    url: Option<URL>,
}

impl Lower<share::ShareMessage> for ShareMessageInput {
    fn lower(self) -> share::ShareMessage {
        share::ShareMessage { network: self.network.into(), text: self.text, url: self.url.map(Lower::lower) }
    }
}

/// How far an edition has come with something.
#[derive(InputObject)]
pub struct GoalInput {
    /// What is counted, such as `signatures`; at most 100 characters, unique within the edition.
    metric: String,
    /// How many are wanted, at least 1.
    target: i32,
    /// How many there are, at least 0.
    current: i32,
    /// When that was counted.
    as_of: DateTime,
}

impl Lower<goal::GoalInput> for GoalInput {
    fn lower(self) -> goal::GoalInput {
        goal::GoalInput {
            metric: self.metric,
            target: self.target,
            current: self.current,
            as_of: self.as_of.lower(),
        }
    }
}

/// Which campaigns. All given conditions must hold. An explicit null is a BAD_INPUT error, never "no condition".
#[derive(Clone, InputObject)]
pub struct CampaignFilter {
    /// All of these hold. At most 100.
    and: MaybeUndefined<Vec<CampaignFilter>>,
    /// One of these holds. At most 100.
    or: MaybeUndefined<Vec<CampaignFilter>>,
    /// This does not hold.
    not: MaybeUndefined<Box<CampaignFilter>>,
    /// The slug that the reader sees.
    slug: MaybeUndefined<StringFilter>,
    /// The name that the reader sees.
    name: MaybeUndefined<StringFilter>,
    /// Its topics.
    topic: MaybeUndefined<SlugFilter>,
    /// Has a day in this range. Days are known from last year, or the first edition, until 30 years after the last save.
    occurs_in: MaybeUndefined<DateRange>,
    /// Running on this day; days are known as for `occursIn`.
    active_on: MaybeUndefined<Date>,
    /// When it last changed for those who see it.
    updated_at: MaybeUndefined<DateTimeRange>,
    /// Available in this language itself, not as a fallback.
    translated_into: MaybeUndefined<LanguageTag>,
    /// The importer's own key.
    external_reference: MaybeUndefined<String>,
}

impl CampaignFilter {
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
            occurs_in,
            active_on,
            updated_at,
            translated_into,
            external_reference,
        } = input;
        let mut conditions = Conditions::at(path)?;
        conditions.combine(and, or, not, Self::lower)?;
        conditions.add("slug", slug, |path, text| filter::text(path, text, Filter::Slug))?;
        conditions.add("name", name, |path, text| filter::text(path, text, Filter::Title))?;
        conditions.add("topic", topic, |path, slugs| filter::linked(path, slugs, Field::Topics))?;
        conditions
            .add("occursIn", occurs_in, |path, range| Ok(Filter::OccursIn(filter::days(path, range)?)))?;
        conditions.add("activeOn", active_on, |path, day| {
            let day = scalar::read(path, &day.0, value::date)?;
            Ok(Filter::OccursIn(Range { from: Some(day), until: Some(day) }))
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
