//! The publishing organisation, its languages and its defaults.

use async_graphql::{ComplexObject, Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};

use super::connection::{Connection, Paging};
use super::content::Direction;
use super::error::Result;
use super::list::List;
use super::lower::Lower;
use super::mention::{Linked, linked};
use super::payload::{UserError, outcome};
use super::post::{ExitLink, ExitLinkInput};
use super::revision::{self, Revision};
use super::scalar::{LanguageTag, TimeZone, URL};
use super::{app, db, id, view};
use crate::domain::read::Field;
use crate::domain::site::{self, SitePatch};
use crate::domain::{NodeKind, change, language};

/// The way off any page, as editors set it.
///
/// # Errors
/// The database's.
pub async fn exit_link(ctx: &Context<'_>) -> Result<Option<ExitLink>> {
    let settings = settings(ctx).await?;
    Ok(ExitLink::of(settings.exit_url.as_deref(), settings.exit_label.as_deref()))
}

/// The settings, read once a request and after each change.
pub(super) async fn settings(ctx: &Context<'_>) -> Result<std::sync::Arc<site::Settings>> {
    let mut known = ctx.data_unchecked::<Settings>().0.lock().await;
    if let Some(settings) = known.as_ref() {
        return Ok(settings.clone());
    }
    let settings = std::sync::Arc::new(site::find(db(ctx)).await?);
    *known = Some(settings.clone());
    Ok(settings)
}

/// The site's settings, read when first needed, and again after they were changed.
#[derive(Default)]
pub struct Settings(tokio::sync::Mutex<Option<std::sync::Arc<site::Settings>>>);

/// The publishing organisation, its languages and its defaults.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Site {
    /// What the site is called.
    name: String,
    /// The website that readers visit.
    url: URL,
    /// The languages it publishes in, the default first.
    languages: Vec<Language>,
    /// The zone in which its days begin.
    time_zone: TimeZone,
}

/// A language of the site.
#[derive(SimpleObject)]
struct Language {
    /// Which.
    tag: LanguageTag,
    /// What its speakers call it.
    name: String,
    /// Which way it is written.
    direction: Direction,
    /// Whether words without a language are in it.
    is_default: bool,
}

/// Who publishes.
#[derive(SimpleObject)]
struct Organisation {
    /// Its name; the site's where none is set.
    name: String,
    /// Its page; null unless one is set.
    url: Option<URL>,
    /// Where it is registered. At most 50.
    registrations: Vec<Registration>,
}

/// An entry in a public register, e.g. scheme `GB-CHC` (Charity Commission for England and Wales).
#[derive(SimpleObject)]
struct Registration {
    /// Which register, by the codes of org-id.guide.
    scheme: String,
    /// The number there.
    number: String,
}

impl Site {
    /// The site as it is set up.
    pub(super) fn of(ctx: &Context<'_>) -> Self {
        let config = &app(ctx).config;
        let languages = config.languages.iter().enumerate().map(|(index, tag)| Language {
            tag: LanguageTag(tag.to_string()),
            name: language::own_name(tag),
            direction: Direction::of(tag.as_str()),
            is_default: index == 0,
        });
        Self {
            name: config.site_name.clone(),
            url: URL(config.site_url.to_string()),
            languages: languages.collect(),
            time_zone: TimeZone(config.time_zone.name().to_owned()),
        }
    }
}

#[ComplexObject]
impl Site {
    /// Opaque, always the same.
    pub async fn id(&self) -> ID {
        id::of(NodeKind::Site, site::ID)
    }

    /// Who publishes.
    async fn organisation(&self, ctx: &Context<'_>) -> Result<Organisation> {
        let settings = settings(ctx).await?;
        Ok(Organisation {
            name: settings.organisation_name.clone().unwrap_or_else(|| self.name.clone()),
            url: settings.organisation_url.clone().map(URL),
            registrations: settings
                .registrations
                .0
                .iter()
                .map(|entry| Registration { scheme: entry.scheme.clone(), number: entry.number.clone() })
                .collect(),
        })
    }

    /// Shown where content, campaign and topic name none, in order. At most 50.
    async fn channels(
        &self,
        ctx: &Context<'_>,
    ) -> Result<List<Linked<crate::domain::contact_channel::ContactChannel>>> {
        linked(ctx, view(ctx), Field::Channels, site::ID).await
    }

    /// The way off any page; null unless one is set.
    async fn exit_link(&self, ctx: &Context<'_>) -> Option<Result<ExitLink>> {
        Box::pin(exit_link(ctx)).await.transpose()
    }

    /// Every change of these settings, the newest first; null without the right to read drafts.
    async fn revisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Revision>>> {
        Box::pin(revision::if_seen(ctx, site::ID, Paging { first, after, last, before })).await
    }

    /// Grows with every change a reader can see; equal numbers mean equal content.
    async fn content_version(&self, ctx: &Context<'_>) -> Result<i64> {
        Ok(site::content_version(db(ctx)).await?)
    }

    /// Where to start `changes` from when everything has just been read: ask for it first, then read.
    async fn latest_change_cursor(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(super::change::cursor(change::latest(db(ctx)).await?))
    }
}

/// Fields of `Query`.
#[derive(Default)]
pub struct SiteQuery;

#[Object]
impl SiteQuery {
    /// The publishing organisation, its languages and its defaults.
    async fn site(&self, ctx: &Context<'_>) -> Site {
        Site::of(ctx)
    }
}

/// What is said about the site. What is left out stays, null clears.
#[derive(InputObject)]
pub struct SiteInput {
    /// Channels shown where content, campaign and topic name none. At most 50.
    channel_ids: MaybeUndefined<Vec<ID>>,
    /// The way off any page.
    exit_link: MaybeUndefined<ExitLinkInput>,
    /// Who publishes, at most 200 characters.
    organisation_name: MaybeUndefined<String>,
    /// Their page.
    organisation_url: MaybeUndefined<URL>,
    /// Where they are registered. At most 50.
    registrations: MaybeUndefined<Vec<RegistrationInput>>,
}

/// An entry in a public register.
#[derive(InputObject)]
pub struct RegistrationInput {
    /// Which register, by the codes of org-id.guide: `GB-CHC`.
    scheme: String,
    /// The number there, at most 100 characters.
    number: String,
}

impl Lower<site::Registration> for RegistrationInput {
    fn lower(self) -> site::Registration {
        site::Registration { scheme: self.scheme, number: self.number }
    }
}

impl Lower<SitePatch> for SiteInput {
    fn lower(self) -> SitePatch {
        let Self { channel_ids, exit_link, organisation_name, organisation_url, registrations } = self;
        SitePatch {
            channel_ids: channel_ids.lower(),
            exit_link: exit_link.lower(),
            organisation_name: organisation_name.lower(),
            organisation_url: organisation_url.lower(),
            registrations: registrations.lower(),
        }
    }
}

/// What became of the site.
#[derive(SimpleObject)]
pub struct SitePayload {
    /// The site as it is now; null with any user error.
    site: Option<Site>,
    /// What was wrong; with any, nothing was saved.
    user_errors: Vec<UserError>,
}

/// Fields of `Mutation`.
#[derive(Default)]
pub struct SiteMutation;

#[Object]
impl SiteMutation {
    /// Changes who publishes, the channels of last resort and the way off any page; readers see it at once. Needs the role ADMIN.
    async fn site_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: SiteInput,
    ) -> Result<SitePayload> {
        let updated = site::update(app(ctx), db(ctx), view(ctx), input.lower()).await;
        let is_saved = updated.is_ok();
        let user_errors = outcome(updated.map(|()| None))?.user_errors;
        if is_saved {
            *ctx.data_unchecked::<Settings>().0.lock().await = None;
        }
        Ok(SitePayload { site: is_saved.then(|| Site::of(ctx)), user_errors })
    }
}
