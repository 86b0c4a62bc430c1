//! Contact channels: object here, closed lists, inputs, queries and mutations beside.

mod hours;
mod input;
mod kind;
pub mod loader;
mod mutation;
mod query;

use async_graphql::{Context, SimpleObject};
use futures_util::future::try_join;

pub use hours::{OpenReason, OpenState, OpenStatus, OpeningDay, OpeningHours, OpeningInterval, moment};
pub use input::{
    ChannelLanguageInput, ContactChannelCreateInput, ContactChannelFilter, ContactChannelUpdateInput,
    OpeningHoursInput,
};
pub use kind::{CallCost, ChannelKind, ContactChannelSort, HolidayRegion, ShowsOnBill};
pub use mutation::{ContactChannelMutation, ContactChannelPayload};
pub use query::ContactChannelQuery;

use super::app;
use super::content::{Doc, content_object};
use super::error::{Code, GqlError, Result};
use super::freshness::Freshness;
use super::loader::{ById, DataLoader, Shared, documents};
use super::scalar::{DateTime, LanguageTag, URL};
use super::service::Service;
use crate::domain::service::ServiceStatus;
use crate::domain::timetable::Timetable;
use crate::domain::{self, contact, open_state, verification};

/// A language that a channel answers in.
#[derive(SimpleObject)]
pub struct ChannelLanguage {
    /// Which language.
    language: LanguageTag,
    /// Whether somebody interprets, instead of the one who answers speaking it.
    via_interpreter: bool,
}

/// A number to call or to text.
#[derive(SimpleObject)]
pub struct PhoneNumber {
    /// In its international form (E.164), `+441632960123`. Null for short numbers such as 116 123, which have none.
    e164: Option<String>,
    /// What to dial: `e164`, or for short numbers their digits, `116123`.
    dial_string: String,
    /// Where the number belongs, by two letters (ISO 3166-1): `GB`.
    country: String,
    /// What to dial after it has answered; null for most numbers.
    extension: Option<String>,
    /// A `tel:` link that calls through Relay UK, for deaf and speech-impaired people; null unless the channel says that text
    /// relay reaches it, and outside the United Kingdom.
    text_relay_url: Option<String>,
}

/// A contact channel in a view.
pub type ContactChannel = Doc<domain::contact_channel::ContactChannel>;

content_object! {
    /// One way to reach a service.
    "ContactChannel" for domain::contact_channel::ContactChannel {
        /// How it is used.
        async fn kind(&self) -> ChannelKind {
            self.record.row.channel_kind.into()
        }

        /// What it is called; the same as `title`.
        async fn label(&self) -> &str {
            &self.record.name.title
        }

        /// Whom it reaches.
        async fn service(&self, ctx: &Context<'_>) -> Result<Service> {
            service(ctx, self).await.map(|record| Doc::new(&self.sight, record))
        }

        /// What to show: the number as editors group it, the address, the URL.
        async fn display(&self) -> &str {
            &self.record.row.display
        }

        /// What to put in `href`: `tel:`, `sms:`, `mailto:` or `https:`. Null for post and in person, and for other channels
        /// that are no page.
        async fn action_url(&self) -> Option<String> {
            contact::action_url(&self.record.row)
        }

        /// The number, for PHONE, SMS and WHATSAPP; null otherwise.
        async fn phone(&self) -> Option<PhoneNumber> {
            let row = &self.record.row;
            Some(PhoneNumber {
                e164: row.e164.clone(),
                dial_string: row.dial_string.clone()?,
                country: row.country.clone()?,
                extension: row.extension.clone(),
                text_relay_url: contact::text_relay_url(row),
            })
        }

        /// The address, for EMAIL; null otherwise.
        async fn email(&self) -> Option<&str> {
            contact::email(&self.record.row)
        }

        /// The page, for WEBCHAT, WEB_FORM and VIDEO, and for OTHER where it is one; null otherwise.
        async fn web_url(&self) -> Option<URL> {
            contact::web_url(&self.record.row).map(URL)
        }

        /// The word to send first, for SMS; null unless one is needed.
        async fn keyword(&self) -> Option<&str> {
            self.record.row.keyword.as_deref()
        }

        /// Which languages it answers in, each once; empty where it is not stated. At most 50.
        #[graphql(name = "languages")]
        async fn answer_languages(&self, ctx: &Context<'_>) -> Result<Vec<ChannelLanguage>> {
            let loader = ctx.data_unchecked::<DataLoader<loader::Languages>>();
            let rows = loader.load_one(ById(self.sight.scope.clone(), self.document_id())).await?.unwrap_or_default();
            let language = |row: &domain::contact_channel::AnswerLanguage| ChannelLanguage {
                language: LanguageTag(row.answers_in.clone()),
                via_interpreter: row.via_interpreter,
            };
            Ok(rows.iter().map(language).collect())
        }

        /// What a call costs: as editors say, or else by the prefix of a number in the United Kingdom; CHARGED also for numbers of
        /// other countries that are known to cost more.
        async fn cost(&self) -> CallCost {
            self.record.row.cost.into()
        }

        /// Whether a call or text can be seen on an itemised bill. Never derived from the number.
        async fn shows_on_bill(&self) -> ShowsOnBill {
            self.record.row.shows_on_bill.into()
        }

        /// What people should know to stay safe, in this language. At most 20.
        async fn safety_notes(&self) -> &[String] {
            &self.record.text.safety_notes.0
        }

        /// For e-mail, forms and post: within how many hours an answer is promised, 1 to 720; null without a promise.
        async fn response_hours(&self) -> Option<i32> {
            self.record.row.response_hours
        }

        /// When somebody answers; null for channels that are not answered live.
        async fn hours(&self, ctx: &Context<'_>) -> Option<OpeningHours> {
            let row = &self.record.row;
            Some(OpeningHours {
                sight: self.sight.clone(),
                expression: row.hours_expression.clone()?,
                time_zone: row.hours_time_zone.clone()?,
                holidays: row.hours_holidays?.into(),
                timetable: Timetable::of(row, &app(ctx).holidays)?,
            })
        }

        /// Whether somebody answers; null for channels that are not answered live.
        async fn open_state(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "When, 1970 to 2200; now unless said. Before the last verification it counts as verified.")]
            at: Option<DateTime>,
        ) -> Option<Result<OpenState>> {
            let state = async {
                let look = hours::moment(&self.sight, at)?;
                if self.record.row.hours_expression.is_none() {
                    look.until(None);
                    return Ok(None);
                }
                let (service, verified_at) = try_join(service(ctx, self), verified_at(ctx, self)).await?;
                let (status, holidays) = (service.row.status, &app(ctx).holidays);
                let state = open_state::of(&self.record.row, status, holidays, verified_at, look.at());
                look.until(state.as_ref().map(|state| state.valid_until.to_utc()));
                Ok(state.map(|state| OpenState::of(&self.sight, state, look.at())))
            };
            state.await.transpose()
        }

        /// When somebody last tried this very number and it worked; null if nobody did since it was changed.
        async fn verified_at(&self, ctx: &Context<'_>) -> Option<Result<DateTime>> {
            verified_at(ctx, self).await.map(|at| at.map(DateTime::from)).transpose()
        }

        /// How often somebody must try it, in days, 1 to 366.
        async fn verify_every_days(&self) -> i32 {
            self.record.row.verify_every_days
        }

        /// How far the verification can be trusted: FRESH within `verifyEveryDays`, DUE up to twice as many, STALE after
        /// that or without one.
        async fn freshness(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "When, 1970 to 2200; now unless said.")] at: Option<DateTime>,
        ) -> Result<Freshness> {
            let look = hours::moment(&self.sight, at)?;
            let verified_at = verified_at(ctx, self).await?;
            look.until(verification::ages_at(&self.record.row, verified_at, look.at()));
            Ok(verification::freshness(&self.record.row, verified_at, look.at()).into())
        }

        /// Not in use until then; null while it is.
        async fn suspended_until(&self) -> Option<DateTime> {
            self.record.row.suspended_until.map(DateTime::from)
        }

        /// Whether text relay reaches it.
        async fn text_relay(&self) -> bool {
            self.record.row.text_relay
        }

        /// Where it stands among others, 0 to 10,000; smaller comes first.
        async fn priority(&self) -> i32 {
            self.record.row.priority
        }
    }
}

/// The service of a channel, for all siblings in one statement.
async fn service(ctx: &Context<'_>, channel: &ContactChannel) -> Result<Shared<domain::service::Service>> {
    let loader = documents::<domain::service::Service>(ctx);
    let record = loader.load_one(ById(channel.sight.scope.clone(), channel.record.row.service_id)).await?;
    record.ok_or_else(|| {
        let message = "The service was withdrawn while this was read, and its channels with it. Ask again.";
        GqlError::new(Code::NotFound, message)
    })
}

/// Those of some channels whose service can be turned to: nobody is sent to the others.
///
/// # Errors
/// The database's.
pub async fn in_service(ctx: &Context<'_>, channels: Vec<ContactChannel>) -> Result<Vec<ContactChannel>> {
    let key = |channel: &ContactChannel| ById(channel.sight.scope.clone(), channel.record.row.service_id);
    let services = documents::<domain::service::Service>(ctx).load_many(channels.iter().map(key)).await?;
    let is_active = |channel: &ContactChannel| {
        services.get(&key(channel)).is_some_and(|service| service.row.status == ServiceStatus::Active)
    };
    Ok(channels.into_iter().filter(is_active).collect())
}

/// When the number of a channel was last tried, for all siblings in one statement.
async fn verified_at(
    ctx: &Context<'_>,
    channel: &ContactChannel,
) -> Result<Option<chrono::DateTime<chrono::Utc>>> {
    let loader = ctx.data_unchecked::<DataLoader<loader::Verifications>>();
    let last = loader.load_one(channel.document_id()).await?;
    Ok(verification::verified_at(&channel.record.row, last.as_ref()))
}
