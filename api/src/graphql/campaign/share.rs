//! What an edition asks of its readers, and how far it has come.

use async_graphql::{ComplexObject, Context, Enum, SimpleObject};

use crate::domain::{self, Id, goal, network, share};
use crate::graphql::contact_channel::in_service;
use crate::graphql::content::{Doc, Sight};
use crate::graphql::error::Result;
use crate::graphql::list::List;
use crate::graphql::loader::{ById, documents};
use crate::graphql::scalar::{DateTime, URL};
use crate::graphql::types::ContactChannel;

/// What a reader is asked to do.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "share::ActionKind")]
pub enum ActionKind {
    /// Get help; leads to channels, never to a typed address.
    GetHelp,
    /// Learn.
    Learn,
    /// Share.
    Share,
    /// Sign.
    Sign,
    /// Donate.
    Donate,
    /// Attend.
    Attend,
    /// Pledge.
    Pledge,
    /// Write to somebody.
    Write,
    /// Volunteer.
    Volunteer,
    /// Train.
    Train,
    /// Report.
    Report,
    /// Download.
    Download,
    /// Raise money.
    Fundraise,
    /// Subscribe.
    Subscribe,
    /// Anything else.
    Other,
}

/// Where a message is shared.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "share::ShareNetwork")]
pub enum ShareNetwork {
    /// X.
    X,
    /// Bluesky.
    Bluesky,
    /// Mastodon.
    Mastodon,
    /// Threads.
    Threads,
    /// Facebook.
    Facebook,
    /// Instagram.
    Instagram,
    /// LinkedIn.
    Linkedin,
    /// WhatsApp.
    Whatsapp,
    /// E-mail.
    Email,
    /// Text message.
    Sms,
}

/// Something that a reader can do.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct CallToAction {
    /// What kind of thing.
    kind: ActionKind,
    /// What the button says.
    label: String,
    /// Where it leads; null for `GET_HELP`, and where there is no page.
    url: Option<URL>,
    #[graphql(skip)]
    channel_ids: Vec<Id>,
    #[graphql(skip)]
    sight: Sight,
}

#[ComplexObject]
impl CallToAction {
    /// For `GET_HELP`: the living channels, never a typed address; those that cannot be seen, and those of a service that is not
    /// ACTIVE, are left out. At most 50.
    async fn channels(&self, ctx: &Context<'_>) -> Result<List<ContactChannel>> {
        let keys = self.channel_ids.iter().map(|id| ById(self.sight.scope.clone(), *id));
        let mut found = documents::<domain::contact_channel::ContactChannel>(ctx).load_many(keys).await?;
        let records =
            self.channel_ids.iter().filter_map(|id| found.remove(&ById(self.sight.scope.clone(), *id)));
        let channels = records.map(|record| Doc::new(&self.sight, record)).collect();
        Ok(in_service(ctx, channels).await?.into())
    }
}

/// A message ready to share: the words, and the URL behind them after a space.
#[derive(SimpleObject)]
pub struct ShareMessage {
    /// Where.
    pub(super) network: ShareNetwork,
    /// The words, without the URL.
    text: String,
    /// The page it points to; null where it points to none.
    url: Option<URL>,
    /// Length with the URL, as the network counts it. X weighs characters and counts 23 for any URL, as does Mastodon;
    /// Bluesky and Mastodon count what a reader sees as one character; a text message counts septets of its alphabet
    /// (GSM 03.38) where that has all its characters, else UTF-16; the others count Unicode characters.
    length: i32,
    /// The most that the network takes. X 280, Bluesky 300, Mastodon and Threads 500, Instagram 2,200, LinkedIn 3,000,
    /// Facebook 63,206, WhatsApp 65,536; SMS 160, or 70 where its alphabet lacks a character. E-mail has no limit that
    /// matters: 10,000, more than a message can have here.
    limit: i32,
    /// Whether it fits into one message.
    fits: bool,
    /// How many messages it is sent as. More than one for long text messages only, which have room for 153 each, or 67.
    parts: i32,
    /// The link that opens the message on the network, ready to be sent; `https:`, `mailto:` or `sms:`. Null for Instagram
    /// and Mastodon, and for Facebook and LinkedIn without a URL.
    share_url: Option<String>,
}

/// How far an edition has come with something.
#[derive(SimpleObject)]
pub struct Goal {
    /// What is counted, such as `signatures`; unique within the edition.
    metric: String,
    /// How many are wanted; at least 1.
    target: i32,
    /// How many there are.
    current: i32,
    /// Whole percent of the target, rounded down: 99.9 % is 99. More than the target is more than 100.
    percent: i32,
    /// When that was counted.
    as_of: DateTime,
}

impl From<&goal::Goal> for Goal {
    fn from(goal: &goal::Goal) -> Self {
        let whole = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
        Self {
            metric: goal.metric.clone(),
            target: whole(goal.target),
            current: whole(goal.current),
            percent: whole(goal::percent(goal)),
            as_of: goal.as_of.into(),
        }
    }
}

impl CallToAction {
    /// An action in a view.
    pub(super) fn of(action: &share::Action, sight: &Sight) -> Self {
        Self {
            kind: action.kind.into(),
            label: action.label.clone(),
            url: action.url.clone().map(URL),
            channel_ids: action.channel_ids.clone(),
            sight: sight.clone(),
        }
    }
}

impl From<&share::ShareMessage> for ShareMessage {
    fn from(message: &share::ShareMessage) -> Self {
        let measure = network::measure(message);
        let whole = |number| i32::try_from(number).unwrap_or(i32::MAX);
        Self {
            network: message.network.into(),
            text: message.text.clone(),
            url: message.url.clone().map(URL),
            length: whole(measure.length),
            limit: whole(measure.limit),
            fits: measure.fits(),
            parts: whole(measure.parts),
            share_url: network::share_url(message),
        }
    }
}
