//! One year's turn of a campaign.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use chrono::NaiveDate;

use super::Campaign;
use super::loader::{CampaignOf, Editions, OfCampaign, PostCountOf, PostsOf, WordsOf};
use super::share::{CallToAction, Goal, ShareMessage, ShareNetwork};
use crate::domain::campaign::day_of;
use crate::domain::edition::{Edition, EditionText};
use crate::domain::{Id, era, observance, path, value};
use crate::graphql::connection::{self, Connection, Paging, is_counted};
use crate::graphql::content::{Doc, Sight, cache_key, look};
use crate::graphql::error::Result;
use crate::graphql::list::List;
use crate::graphql::loader::{ById, DataLoader, documents};
use crate::graphql::post::{Post, PostSort};
use crate::graphql::rich_text::RichText;
use crate::graphql::scalar::{self, Date, DateTime, LanguageTag, TimeZone, URL};
use crate::graphql::{app, id};

/// What the ids of editions begin with.
const PREFIX: &str = "edition";

/// How sure a date is.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "observance::DateStatus")]
pub enum DateStatus {
    /// By the rule; the organiser may differ.
    Provisional,
    /// Announced, with a source.
    Confirmed,
}

/// Where an edition is in its time.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "era::EditionState")]
pub enum EditionState {
    /// Its first day has not begun.
    Upcoming,
    /// From its first day until the end of its last.
    Live,
    /// After its last day.
    Ended,
}

/// An edition in the view that its campaign was read in.
#[derive(Clone)]
pub struct CampaignEdition {
    campaign: Campaign,
    edition: Arc<Edition>,
    next_starts_on: Option<NaiveDate>,
}

/// The editions of a campaign, the last year first.
///
/// # Errors
/// The database's.
pub async fn of_campaign(ctx: &Context<'_>, campaign: &Campaign) -> Result<List<CampaignEdition>> {
    let editions = rows(ctx, campaign).await?;
    Ok((0..editions.len()).map(|index| CampaignEdition::new(campaign, &editions, index)).collect())
}

/// The same as bare rows.
pub(super) async fn rows(ctx: &Context<'_>, campaign: &Campaign) -> Result<Arc<[Arc<Edition>]>> {
    let key = OfCampaign(campaign.sight.scope.clone(), campaign.document_id());
    Ok(editions(ctx).load_one(key).await?.unwrap_or_default())
}

/// The edition behind a global id, if it and its campaign are in sight; none for the ids of anything else.
///
/// # Errors
/// The database's.
pub async fn by_id(ctx: &Context<'_>, sight: &Sight, id: &ID) -> Result<Option<CampaignEdition>> {
    let Some(id) = id::part(id, PREFIX) else { return Ok(None) };
    let Some(campaign_id) = editions(ctx).load_one(CampaignOf(sight.scope.clone(), id)).await? else {
        return Ok(None);
    };
    Ok(of_sight(ctx, sight, campaign_id).await?.into_iter().find(|edition| edition.edition.id == id))
}

/// The edition of a campaign's year, if both are in sight.
///
/// # Errors
/// The database's.
pub async fn of_year(
    ctx: &Context<'_>,
    sight: &Sight,
    campaign_id: Id,
    year: i32,
) -> Result<Option<CampaignEdition>> {
    Ok(of_sight(ctx, sight, campaign_id).await?.into_iter().find(|edition| edition.edition.year == year))
}

async fn of_sight(ctx: &Context<'_>, sight: &Sight, campaign_id: Id) -> Result<List<CampaignEdition>> {
    let campaign = documents(ctx).load_one(ById(sight.scope.clone(), campaign_id)).await?;
    match campaign {
        Some(campaign) => of_campaign(ctx, &Doc::new(sight, campaign)).await,
        None => Ok(List::default()),
    }
}

fn editions<'a>(ctx: &Context<'a>) -> &'a DataLoader<Editions> {
    ctx.data_unchecked()
}

impl CampaignEdition {
    /// One of a campaign's editions, which have the last year first.
    pub(super) fn new(campaign: &Campaign, editions: &[Arc<Edition>], index: usize) -> Self {
        let next_starts_on = index.checked_sub(1).map(|next| editions[next].starts_on);
        Self { campaign: campaign.clone(), edition: editions[index].clone(), next_starts_on }
    }

    async fn words(&self, ctx: &Context<'_>) -> Result<Option<Arc<EditionText>>> {
        editions(ctx).load_one(WordsOf(self.campaign.sight.scope.clone(), self.edition.id)).await
    }

    /// Something of its words, where there are any.
    async fn word<T>(
        &self,
        ctx: &Context<'_>,
        of: impl FnOnce(&EditionText) -> Option<T>,
    ) -> Option<Result<T>> {
        self.words(ctx).await.map(|words| words.as_deref().and_then(of)).transpose()
    }

    /// Something of its words, once for each.
    async fn list<T>(&self, ctx: &Context<'_>, of: impl FnOnce(&EditionText) -> Vec<T>) -> Result<Vec<T>> {
        Ok(self.words(ctx).await?.as_deref().map_or_else(Vec::new, of))
    }

    fn page(&self, ctx: &Context<'_>) -> Option<String> {
        self.campaign.page(ctx).map(|page| format!("{page}/{}", self.edition.year))
    }

    /// The day that it is judged on.
    fn day(
        &self,
        ctx: &Context<'_>,
        at: Option<&DateTime>,
        time_zone: Option<&TimeZone>,
    ) -> Result<NaiveDate> {
        let zone =
            time_zone.map(|zone| scalar::read(&["timeZone"], &zone.0, value::time_zone)).transpose()?;
        let at = at.map(|at| scalar::read(&["at"], &at.0, value::moment)).transpose()?;
        Ok(day_of(app(ctx), &look(&self.campaign.sight, at), zone))
    }
}

/// One year's turn of a campaign. What is written in words is in the first of the requested languages that this
/// edition has any words in.
#[Object]
impl CampaignEdition {
    /// Opaque; names its type and never changes.
    pub async fn id(&self) -> ID {
        id::with_prefix(PREFIX, self.edition.id)
    }

    /// `id`, languages and stage in one: the key for normalised client caches, where one edition in two languages must not mix.
    async fn cache_key(&self, ctx: &Context<'_>) -> Result<ID> {
        let page = &self.campaign.record.name.language;
        let id = id::with_prefix(PREFIX, self.edition.id);
        let language = match self.words(ctx).await? {
            Some(words) if words.language != *page => format!("{page}+{}", words.language),
            _ => page.clone(),
        };
        Ok(cache_key(self.campaign.record.name.stage, &id, &language))
    }

    /// The language of its words, which may be another than the campaign's; null where none are written.
    async fn language(&self, ctx: &Context<'_>) -> Option<Result<LanguageTag>> {
        self.word(ctx, |words| Some(LanguageTag(words.language.clone()))).await
    }

    /// The campaign it is a turn of.
    async fn campaign(&self) -> Campaign {
        self.campaign.clone()
    }

    /// The year it belongs to and starts in; a campaign has one edition a year.
    async fn year(&self) -> i32 {
        self.edition.year
    }

    /// First day.
    async fn starts_on(&self) -> Date {
        self.edition.starts_on.into()
    }

    /// Last day, inclusive.
    async fn ends_on(&self) -> Date {
        self.edition.ends_on.into()
    }

    /// How sure these days are.
    async fn date_status(&self) -> DateStatus {
        self.edition.date_status.into()
    }

    /// Where the days were announced; null unless given.
    async fn date_source(&self) -> Option<URL> {
        self.edition.date_source.clone().map(URL)
    }

    /// The year's theme; null unless there is one.
    async fn theme(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        self.word(ctx, |words| words.theme.clone()).await
    }

    /// One or two sentences for lists and previews; null unless written.
    async fn summary(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        self.word(ctx, |words| words.summary.clone()).await
    }

    /// What this year's turn is about; null unless written.
    async fn body(&self, ctx: &Context<'_>) -> Option<Result<RichText>> {
        self.word(ctx, |words| {
            Some(RichText::new(
                &self.campaign.sight,
                words.edition_id,
                &words.language,
                words.body.as_deref()?,
            ))
        })
        .await
    }

    /// The page of this year's turn; stays when the next one comes.
    async fn url(&self, ctx: &Context<'_>) -> Option<URL> {
        self.page(ctx).map(|page| URL(path::url(app(ctx), &page)))
    }

    /// `url` without the origin, for routers: the campaign's path and the year.
    async fn path(&self, ctx: &Context<'_>) -> Option<String> {
        self.page(ctx)
    }

    /// Posts chosen for it, and posts of the campaign published between this edition's start and the next one's; the
    /// newest first.
    async fn posts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Post>> {
        let sight = &self.campaign.sight;
        let page =
            Paging { first, after, last, before }.page(PostSort::Newest.into(), None, connection::MAX)?;
        let era = era::era(&self.edition, self.next_starts_on, app(ctx).config.time_zone);
        let counting = is_counted(ctx);
        let (slice, total) = futures_util::try_join!(
            editions(ctx).load_one(PostsOf(sight.scope.clone(), era.clone(), page.clone())),
            async {
                if !counting {
                    return Ok(None);
                }
                editions(ctx).load_one(PostCountOf(sight.scope.clone(), era.clone())).await
            }
        )?;
        Ok(Connection::of(ctx, &slice.unwrap_or_default(), &page, total.unwrap_or(0), |record| {
            Doc::new(sight, record.clone())
        }))
    }

    /// Where it is in its time, judged in the asker's zone.
    async fn state(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "When, 1970 to 2200; now unless said.")] at: Option<DateTime>,
        #[graphql(desc = "Where; the site's zone unless said.")] time_zone: Option<TimeZone>,
    ) -> Result<EditionState> {
        Ok(era::state(&self.edition, self.day(ctx, at.as_ref(), time_zone.as_ref())?).into())
    }

    /// How many days until it starts, in the asker's zone; 0 while it is live and after.
    async fn days_until(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From when; now unless said.")] at: Option<DateTime>,
        #[graphql(desc = "Where; the site's zone unless said.")] time_zone: Option<TimeZone>,
    ) -> Result<i32> {
        let days = era::days_until(&self.edition, self.day(ctx, at.as_ref(), time_zone.as_ref())?);
        Ok(i32::try_from(days).unwrap_or(i32::MAX))
    }

    /// With the leading #, in the order of use. At most 30.
    async fn hashtags(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        self.list(ctx, |words| words.hashtags.0.clone()).await
    }

    /// What readers can do, in the order of use. At most 50.
    async fn actions(&self, ctx: &Context<'_>) -> Result<Vec<CallToAction>> {
        self.list(ctx, |words| {
            words.actions.0.iter().map(|action| CallToAction::of(action, &self.campaign.sight)).collect()
        })
        .await
    }

    /// What readers can share, in the order of use. At most 50.
    async fn share_messages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those for this network.")] network: Option<ShareNetwork>,
    ) -> Result<Vec<ShareMessage>> {
        let mut messages =
            self.list(ctx, |words| words.share_messages.0.iter().map(ShareMessage::from).collect()).await?;
        messages.retain(|message| network.is_none_or(|network| message.network == network));
        Ok(messages)
    }

    /// How far it has come, in the order of use. At most 50.
    async fn goals(&self) -> Vec<Goal> {
        self.edition.goals.0.iter().map(Goal::from).collect()
    }
}
