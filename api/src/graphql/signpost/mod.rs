//! Who can help now, for whoever asks and for the readers of a post.

mod gather;
mod loader;
mod query;

use std::ops::Range;

use async_graphql::{Context, Enum, Object, SimpleObject};

pub use loader::OpenLines;
pub use query::SignpostQuery;

use super::area::AreaInput;
use super::contact_channel::{ContactChannel, moment};
use super::content::{Doc, Sight};
use super::error::Result;
use super::list::List;
use super::scalar::{DateTime, HTML};
use super::service::Service;
use super::{app, area};
use crate::domain::area as areas;
use crate::domain::emergency;
use crate::domain::message::Voice;
use crate::domain::service::AudienceRole;
use crate::domain::signpost::words::Words;
use crate::domain::signpost::{self, Asker, Item, Reason};

/// Why a service is named.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Reason")]
pub enum SignpostReason {
    /// An editor chose it for this post.
    Chosen,
    /// It belongs to a campaign of the post.
    Campaign,
    /// It belongs to the topic: the service is about it, or the topic names the channel.
    Topic,
    /// It is there for everybody on this site.
    SiteDefault,
    /// It is the line that is open now, since none of the others is.
    OpenNow,
}

/// A service, and how to reach it.
pub struct SignpostItem {
    service: Service,
    channels: List<ContactChannel>,
    reason: SignpostReason,
}

/// A service, and how to reach it.
#[Object]
impl SignpostItem {
    /// Which service.
    async fn service(&self) -> &Service {
        &self.service
    }

    /// Its channels that fit, best first. 1 to 10.
    async fn channels(&self) -> &List<ContactChannel> {
        &self.channels
    }

    /// Why it is here.
    async fn reason(&self) -> SignpostReason {
        self.reason
    }
}

/// Whom to call when somebody is in danger.
#[derive(SimpleObject)]
pub struct Emergency {
    /// The country whose number it is, by two letters (ISO 3166-1): that of the area asked about, else the site's.
    country: String,
    /// The number, `999`. 112 for countries that Beacon does not know: mobile phones connect it to the local service.
    voice: String,
    /// The same as a link, `tel:999`.
    action_url: String,
    /// What deaf and speech-impaired people dial from a text relay app, `18000`; null where there is no number of its own.
    text_relay: Option<String>,
    /// In words: `In an emergency, call 999, or 18000 by text relay.`
    sentence: String,
}

/// Where somebody can turn. Its words are in the first of the wished languages that Beacon speaks (en, cy, de, fr, pl, ar,
/// fa), else in English; names and labels are in the reader's language where they exist in it.
pub struct Signpost {
    message: String,
    items: List<SignpostItem>,
    emergency: Emergency,
    html: HTML,
    plain_text: String,
    valid_until: DateTime,
}

/// Where somebody can turn. Its words are in the first of the wished languages that Beacon speaks (en, cy, de, fr, pl, ar,
/// fa), else in English; names and labels are in the reader's language where they exist in it.
#[Object]
impl Signpost {
    /// One or two sentences above the items, for readers who may be young, hurt or afraid.
    async fn message(&self) -> &str {
        &self.message
    }

    /// Whom to turn to. Each service once; none that is suspended, withdrawn or not active.
    async fn items(&self) -> &List<SignpostItem> {
        &self.items
    }

    /// Whom to call in danger. Always there, whatever was asked for.
    async fn emergency(&self) -> &Emergency {
        &self.emergency
    }

    /// All of it as a `section` with links (`tel:`, `sms:`, `mailto:`, `https:`), its language and direction.
    async fn html(&self) -> &HTML {
        &self.html
    }

    /// All of it as lines of text: numbers, and when they are open.
    async fn plain_text(&self) -> &str {
        &self.plain_text
    }

    /// When another answer is possible: the first moment at which one of the lines that were looked at opens, closes or changes;
    /// a day later where none does.
    async fn valid_until(&self) -> &DateTime {
        &self.valid_until
    }
}

/// Where an asker is: the code checked, and whatever it lies in.
struct Place {
    country: String,
    around: Vec<(usize, areas::Area)>,
}

impl Place {
    fn of(ctx: &Context<'_>, input: Option<AreaInput>) -> Result<Self> {
        let area = input.map(|input| area::read(&["area"], &input)).transpose()?;
        let country = area.as_ref().and_then(areas::country_of).unwrap_or(&app(ctx).config.country);
        Ok(Self { country: country.to_owned(), around: area.as_ref().map(areas::around).unwrap_or_default() })
    }
}

impl Signpost {
    /// The items for a reader, as they are from a moment until another.
    fn of(
        sight: &Sight,
        items: Vec<Item>,
        country: &str,
        holds: Range<chrono::DateTime<chrono::Utc>>,
    ) -> Self {
        let voice = Voice::of(sight.scope.languages.iter());
        let words = Words::new(&voice, holds.start);
        let emergency = emergency::Emergency::of(country);
        let (html, plain_text) = (words.html(&items, &emergency), words.plain_text(&items, &emergency));
        let message = words.message(&items);
        let item = |Item { channels, reason }: Item| SignpostItem {
            service: Doc::new(sight, channels[0].service.clone()),
            channels: channels.into_iter().map(|one| Doc::new(sight, one.channel)).collect(),
            reason: reason.into(),
        };
        Self {
            message,
            items: items.into_iter().map(item).collect(),
            emergency: Emergency {
                sentence: emergency.sentence(&voice),
                action_url: format!("tel:{}", emergency.voice),
                country: emergency.country,
                voice: emergency.voice,
                text_relay: emergency.relay,
            },
            html: HTML(html),
            plain_text,
            valid_until: holds.end.into(),
        }
    }
}

/// The signpost of a post.
///
/// # Errors
/// What cannot be read of the arguments, and the database's.
pub async fn of_post(
    ctx: &Context<'_>,
    sight: &Sight,
    post: crate::domain::Id,
    area: Option<AreaInput>,
    at: Option<DateTime>,
) -> Result<Signpost> {
    let look = moment(sight, at)?;
    let (place, at) = (Place::of(ctx, area)?, look.at());
    let asker = asker(sight, at, place.around);
    let mut looked_at = gather::of_post(ctx, sight, post, &look).await?;
    let open = looked_at.open(ctx, sight, &look).await?;
    let valid_until = looked_at.valid_until(at);
    look.until(Some(valid_until));
    let items = signpost::chosen(looked_at.candidates, open, &asker);
    Ok(Signpost::of(sight, items, &place.country, at..valid_until))
}

fn asker(sight: &Sight, at: chrono::DateTime<chrono::Utc>, areas: Vec<(usize, areas::Area)>) -> Asker {
    Asker { at, languages: sight.scope.languages.clone(), areas, age: None, role: None::<AudienceRole> }
}
