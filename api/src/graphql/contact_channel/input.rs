//! What clients say about contact channels.

use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{CallCost, ChannelKind, HolidayRegion, ShowsOnBill};
use crate::domain::read::{Field, Filter};
use crate::domain::{contact_channel, hours, value};
use crate::graphql::error::Result;
use crate::graphql::filter::{self, Conditions, DateTimeRange, SlugFilter, StringFilter};
use crate::graphql::lower::{Lower, inputs};
use crate::graphql::scalar::{self, DateTime, LanguageTag, TimeZone};

inputs! {
    /// A new contact channel. Label, slug and safety notes belong to the `language` of the mutation; the rest is the same in
    /// every language.
    ContactChannelCreateInput,
    /// Changes to a contact channel: what is left out stays, null clears. Label, slug and safety notes belong to the `language`
    /// of the mutation; the rest is the same in every language.
    ContactChannelUpdateInput => contact_channel::ContactChannelPatch {
        required {
            /// How it is used. With another kind the value is read again, and extension, keyword, text relay and hours go where they have no meaning.
            kind: ChannelKind,
            /// One line of at most 200 characters.
            label: String,
            /// The service that it reaches. It must be published before the channel can be.
            service_id: ID,
            /// Number, address or URL, as it should be shown. Numbers keep their grouping and must be ones that can be dialled:
            /// `01632 960123`, `116 123`, `+353 1 234 5678`. Pages are https. At most 500 characters; addresses for post and in
            /// person may have lines and 1,000.
            value: String,
        }
        optional {
            /// Lower-case letters, digits and hyphens, at most 100. Made from the label when left out or cleared.
            slug: String,
            /// For numbers in national form, where they belong, by two letters (ISO 3166-1); GB unless said.
            country: String,
            /// For PHONE: what to dial after it has answered, 1 to 10 digits.
            extension: String,
            /// For SMS: the word to send first, at most 100 characters.
            keyword: String,
            /// Which languages it answers in, each once. At most 50.
            languages: Vec<ChannelLanguageInput>,
            /// What a call costs; unless said, what the prefix of the number says.
            cost: CallCost,
            /// Whether it can be seen on an itemised bill; UNKNOWN unless said.
            shows_on_bill: ShowsOnBill,
            /// What people should know to stay safe, each one line of at most 500 characters. At most 20.
            safety_notes: Vec<String>,
            /// Within how many hours an answer is promised, 1 to 720.
            response_hours: i32,
            /// When somebody answers; not for EMAIL, WEB_FORM and POST, which nobody answers at once. Replaced whole.
            hours: OpeningHoursInput,
            /// For PHONE: whether text relay reaches it; false unless said.
            text_relay: bool,
            /// Where it stands among others, 0 to 10,000, smaller first; 100 unless said.
            priority: i32,
            /// How often somebody must try it, in days, 1 to 366; 90 unless said.
            verify_every_days: i32,
            /// Not in use until then.
            suspended_until: DateTime,
            /// Unique among contact channels, at most 100 characters; for importers, so that a second run changes nothing.
            external_reference: String,
        }
    }
}

/// A language that a channel answers in.
#[derive(InputObject)]
pub struct ChannelLanguageInput {
    /// Which language.
    language: LanguageTag,
    /// Whether somebody interprets, instead of the one who answers speaking it.
    #[graphql(default_with = "Some(false)")]
    via_interpreter: Option<bool>,
}

impl Lower<contact_channel::LanguagePatch> for ChannelLanguageInput {
    fn lower(self) -> contact_channel::LanguagePatch {
        contact_channel::LanguagePatch {
            language: self.language.0,
            via_interpreter: self.via_interpreter.unwrap_or(false),
        }
    }
}

/// When somebody answers.
#[derive(InputObject)]
pub struct OpeningHoursInput {
    /// OpenStreetMap syntax, at most 500 characters: `Mo-Fr 09:00-17:00; PH off`.
    expression: String,
    /// The zone that its times are in.
    time_zone: TimeZone,
    /// Whose holidays `PH` means.
    #[graphql(default_with = "Some(HolidayRegion::None)")]
    holidays: Option<HolidayRegion>,
}

impl Lower<hours::HoursPatch> for OpeningHoursInput {
    fn lower(self) -> hours::HoursPatch {
        let holidays = self.holidays.unwrap_or(HolidayRegion::None).into();
        hours::HoursPatch { expression: self.expression, time_zone: self.time_zone.0, holidays }
    }
}

/// Which contact channels. All given conditions must hold. An explicit null is a BAD_INPUT error, never "no condition".
#[derive(Clone, InputObject)]
pub struct ContactChannelFilter {
    /// All of these hold. At most 100.
    and: MaybeUndefined<Vec<ContactChannelFilter>>,
    /// One of these holds. At most 100.
    or: MaybeUndefined<Vec<ContactChannelFilter>>,
    /// This does not hold.
    not: MaybeUndefined<Box<ContactChannelFilter>>,
    /// The slug that the reader sees.
    slug: MaybeUndefined<StringFilter>,
    /// Its kind is one of these; with an empty list, none is. At most 100.
    kind: MaybeUndefined<Vec<ChannelKind>>,
    /// The service that it reaches.
    service: MaybeUndefined<SlugFilter>,
    /// Answers in this language, without an interpreter.
    answers_in: MaybeUndefined<LanguageTag>,
    /// When it last changed for those who see it.
    updated_at: MaybeUndefined<DateTimeRange>,
    /// The importer's own key.
    external_reference: MaybeUndefined<String>,
}

impl ContactChannelFilter {
    /// The domain's filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the key.
    pub fn lower(path: &[&str], input: Self) -> Result<Filter> {
        let Self { and, or, not, slug, kind, service, answers_in, updated_at, external_reference } = input;
        let mut conditions = Conditions::at(path)?;
        conditions.combine(and, or, not, Self::lower)?;
        conditions.add("slug", slug, |path, text| filter::text(path, text, Filter::Slug))?;
        conditions.add("kind", kind, |path, any| {
            filter::one_of(path, "channel_kind", any, |kind| {
                contact_channel::ChannelKind::from(kind).as_str()
            })
        })?;
        conditions.add("service", service, |path, slugs| filter::linked(path, slugs, Field::Service))?;
        conditions.add("answersIn", answers_in, |path, language| {
            Ok(Filter::AnswersIn(scalar::read(path, &language.0, value::language)?.to_string()))
        })?;
        conditions.add("updatedAt", updated_at, |path, range| {
            Ok(Filter::UpdatedAt(filter::instants(path, range)?))
        })?;
        conditions
            .add("externalReference", external_reference, |_, key| Ok(Filter::ExternalReference(key)))?;
        Ok(conditions.filter())
    }
}
