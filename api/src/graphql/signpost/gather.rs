//! Channels with what decides about them: service, languages, area and state. One statement for each, however many there are.

use std::sync::Arc;

use async_graphql::Context;
use chrono::{DateTime, Utc};
use futures_util::future::try_join4;

use super::loader::{LastResort, Open, OpenAt, OpenLines};
use crate::domain::campaign::Campaign;
use crate::domain::contact_channel::ContactChannel;
use crate::domain::read::Field;
use crate::domain::service::{self, Service};
use crate::domain::signpost::{self, Asked, Candidate, Reason};
use crate::domain::topic::Topic;
use crate::domain::view::Look;
use crate::domain::{Id, site};
use crate::graphql::contact_channel::loader::{Languages, Verifications};
use crate::graphql::content::Sight;
use crate::graphql::error::Result;
use crate::graphql::loader::{ById, ByLink, DataLoader, Shared, documents};
use crate::graphql::service::loader::Coverage;
use crate::graphql::{app, db};

/// What was looked at for an answer.
pub struct LookedAt {
    /// Channels that may be named.
    pub candidates: Vec<Candidate>,
    open: Option<Arc<Open>>,
}

impl LookedAt {
    fn new(candidates: Vec<Candidate>) -> Self {
        Self { candidates, open: None }
    }

    /// Lines that are open, where none of the candidates is.
    pub async fn open(&mut self, ctx: &Context<'_>, sight: &Sight, look: &Look) -> Result<Vec<Candidate>> {
        let at = look.at();
        if self.candidates.iter().any(|one| one.is_usable(at) && one.is_open()) {
            return Ok(Vec::new());
        }
        let loader = ctx.data_unchecked::<DataLoader<OpenLines>>();
        let open = loader.load_one(OpenAt(sight.scope.clone(), at)).await?.unwrap_or_default();
        look.until(open.changes_at);
        let lines = open.lines.iter().map(|line| (Reason::OpenNow, line.clone())).collect();
        self.open = Some(open);
        candidates(ctx, sight, lines, look).await
    }

    /// When another answer is possible.
    pub fn valid_until(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let states = self.candidates.iter().filter_map(|candidate| candidate.state.as_ref());
        let until = signpost::valid_until(states, at);
        let opens = self.open.as_ref().and_then(|open| open.changes_at).filter(|opens| *opens > at);
        let alerts = self.candidates.iter().filter_map(|one| service::alert_turns_at(&one.service.row, at));
        let suspended = self.candidates.iter().filter_map(|one| one.channel.row.suspended_until);
        opens
            .into_iter()
            .chain(alerts)
            .chain(suspended.filter(|until| *until > at))
            .fold(until, DateTime::min)
    }
}

/// The published channels that fit a question, by priority.
pub async fn asked(
    ctx: &Context<'_>,
    sight: &Sight,
    asked: &Asked,
    reason: Reason,
    look: &Look,
) -> Result<LookedAt> {
    let found = signpost::candidates(db(ctx), &sight.scope, asked, 0..signpost::CANDIDATES).await?;
    let channels = found.into_iter().map(|channel| (reason, Arc::new(channel))).collect();
    Ok(LookedAt::new(candidates(ctx, sight, channels, look).await?))
}

/// The channels of a post: its own, else those of its campaigns, else those of its topics, else the site's.
pub async fn of_post(ctx: &Context<'_>, sight: &Sight, post: Id, look: &Look) -> Result<LookedAt> {
    let of = |field, id| ByLink(sight.scope.clone(), field, id);
    let channels = documents::<ContactChannel>(ctx);
    let (own, campaigns, topics, general) = try_join4(
        channels.load_one(of(Field::Channels, post)),
        documents::<Campaign>(ctx).load_one(of(Field::Campaigns, post)),
        documents::<Topic>(ctx).load_one(of(Field::Topics, post)),
        channels.load_one(of(Field::Channels, site::ID)),
    )
    .await?;
    let campaigns: Vec<Id> = campaigns.unwrap_or_default().iter().map(|one| one.id()).collect();
    let topics: Vec<Id> = topics.unwrap_or_default().iter().map(|one| one.id()).collect();
    let keys = campaigns.iter().chain(&topics).map(|id| of(Field::Channels, *id));
    let mut linked = channels.load_many(keys).await?;
    let mut linked_to = |ids: &[Id], reason: Reason| {
        let lists = ids.iter().filter_map(|id| linked.remove(&of(Field::Channels, *id)));
        lists.flatten().map(|channel| (reason, channel)).collect::<Vec<_>>()
    };
    let tag = |list: Option<Vec<Shared<ContactChannel>>>, reason| {
        list.unwrap_or_default().into_iter().map(|channel| (reason, channel)).collect::<Vec<_>>()
    };
    let all = [
        tag(own, Reason::Chosen),
        linked_to(&campaigns, Reason::Campaign),
        linked_to(&topics, Reason::Topic),
        tag(general, Reason::SiteDefault),
    ];
    let all = candidates(ctx, sight, all.into_iter().flatten().collect(), look).await?;
    let first = all.iter().find(|candidate| candidate.is_usable(look.at())).map(|candidate| candidate.reason);
    if let Some(reason) = first {
        return Ok(LookedAt::new(all.into_iter().filter(|one| one.reason == reason).collect()));
    }
    // Nobody chose any: whoever else there is, so that no reader is left alone.
    let loader = ctx.data_unchecked::<DataLoader<OpenLines>>();
    let others = loader.load_one(LastResort(sight.scope.clone(), look.at())).await?.unwrap_or_default();
    look.until(others.changes_at);
    let others = tag(Some(others.lines.clone()), Reason::SiteDefault);
    Ok(LookedAt::new(candidates(ctx, sight, others, look).await?))
}

/// With what decides about them. Whatever becomes of them, the look is told when one of them changes.
async fn candidates(
    ctx: &Context<'_>,
    sight: &Sight,
    channels: Vec<(Reason, Shared<ContactChannel>)>,
    look: &Look,
) -> Result<Vec<Candidate>> {
    let by_id = |id: Id| ById(sight.scope.clone(), id);
    let channel_ids = || channels.iter().map(|(_, channel)| channel.id());
    let service_ids = || channels.iter().map(|(_, channel)| channel.row.service_id);
    let (services, coverage, languages, verified) = try_join4(
        documents::<Service>(ctx).load_many(service_ids().map(by_id)),
        ctx.data_unchecked::<DataLoader<Coverage>>().load_many(service_ids().map(by_id)),
        ctx.data_unchecked::<DataLoader<Languages>>().load_many(channel_ids().map(by_id)),
        ctx.data_unchecked::<DataLoader<Verifications>>().load_many(channel_ids()),
    )
    .await?;
    let candidate = |(reason, channel): (Reason, Shared<ContactChannel>)| {
        let (id, service_id) = (channel.id(), by_id(channel.row.service_id));
        // A service that was withdrawn meanwhile has taken its channels with it.
        let service = services.get(&service_id)?.clone();
        let (status, holidays) = (service.row.status, &app(ctx).holidays);
        let state = signpost::state(&channel, status, holidays, verified.get(&id), look.at());
        look.until(state.as_ref().map(|state| state.valid_until.to_utc()));
        look.until(channel.row.suspended_until);
        Some(Candidate {
            state,
            service,
            languages: languages.get(&by_id(id)).cloned().unwrap_or_default(),
            coverage: coverage.get(&service_id).cloned().unwrap_or_default(),
            channel,
            reason,
        })
    };
    Ok(channels.iter().cloned().filter_map(candidate).collect())
}
