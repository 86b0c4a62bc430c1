//! Whose content it is, and what it tells search engines.

use async_graphql::{Context, SimpleObject};

use super::contact_channel::in_service;
use super::content::{Doc, linked};
use super::error::Result;
use super::rich_text::RichText;
use super::scalar::{HTML, Json, URL};
use super::{app, site};
use crate::domain::attribution::{self, licence_url};
use crate::domain::contact::dialled;
use crate::domain::contact_channel::ContactChannel;
use crate::domain::read::{Field, Noun};
use crate::domain::seo::{self, Page, Publisher};
use crate::domain::view::Stage;
use crate::domain::{path, site as domain_site};

/// Whose content it is, and under which licence others may use it.
#[derive(SimpleObject)]
pub struct Attribution {
    /// One line to put beside it, in its language: `A day against trafficking by Example Trust (CC-BY-4.0)`.
    text: String,
    /// The same with links to the content, the organisation and the licence; safe to insert into a page.
    html: HTML,
    /// SPDX identifier of the licence, as the site is set up: `CC-BY-4.0`.
    licence: String,
    /// Where the licence can be read; null for one that no public list has.
    licence_url: Option<URL>,
    /// Where it is at home: its page; the site's front page for content without a page of its own.
    canonical_url: URL,
    /// For `<meta name="robots">`: `index, follow`, or `noindex, nofollow` for drafts.
    robots: String,
}

/// What a page tells search engines and those who share it.
#[derive(SimpleObject)]
pub struct Seo {
    /// The editors' title for search engines, else the title.
    title: String,
    /// The editors' description, else the summary, else the first words of the text, about 155 characters. Empty without any of them.
    description: String,
    /// Elements of the page's head: title, description, canonical link, robots and Open Graph, in this order.
    tags: Vec<MetaTag>,
    /// JSON-LD by schema.org: an `Article` for posts, an `Event` for campaigns, with the publishing `Organization` and its telephone lines
    /// as `ContactPoint`. It holds no `<` (‹ stands for it), so that it can be written into a script element as it is.
    json_ld: Json,
}

/// An element of a page's head.
#[derive(SimpleObject)]
pub struct MetaTag {
    /// `title`, `meta` or `link`.
    tag: String,
    /// Its attributes, names and values as text, not escaped.
    attributes: Json,
    /// Its text, not escaped; null for elements without.
    content: Option<String>,
}

/// What its editors want search engines to be told.
pub struct Told<'a> {
    /// Instead of the title.
    pub title: Option<&'a str>,
    /// Instead of the summary.
    pub description: Option<&'a str>,
    /// One or two sentences.
    pub summary: Option<&'a str>,
    /// The text, read where nothing shorter says what it is about.
    pub body: RichText,
}

impl Attribution {
    /// Of content in a view.
    ///
    /// # Errors
    /// The database's.
    pub async fn of<N: Noun>(ctx: &Context<'_>, doc: &Doc<N>) -> Result<Self> {
        let settings = site::settings(ctx).await?;
        let (config, canonical_url) = (&app(ctx).config, canonical(ctx, doc));
        let attribution = attribution::Attribution {
            language: &doc.record.name.language,
            title: &doc.record.name.title,
            canonical_url: &canonical_url,
            organisation: settings.organisation_name.as_deref().unwrap_or(&config.site_name),
            organisation_url: settings.organisation_url.as_deref(),
            licence: &config.licence,
        };
        Ok(Self {
            text: attribution.text(),
            html: HTML(attribution.html()),
            licence: config.licence.clone(),
            licence_url: licence_url(&config.licence).map(URL),
            canonical_url: URL(canonical_url),
            robots: robots(doc).to_owned(),
        })
    }
}

impl Seo {
    /// Of content in a view; `json_ld` makes the structured data of its kind.
    ///
    /// # Errors
    /// The database's.
    pub async fn of<N: Noun>(
        ctx: &Context<'_>,
        doc: &Doc<N>,
        told: Told<'_>,
        dates: Option<(Option<chrono::DateTime<chrono::Utc>>, chrono::DateTime<chrono::Utc>)>,
        json_ld: impl FnOnce(&Page<'_>, &Publisher<'_>) -> serde_json::Value,
    ) -> Result<Self> {
        let config = &app(ctx).config;
        let settings = site::settings(ctx).await?;
        let lines = linked::<ContactChannel>(ctx, &doc.sight, Field::Channels, domain_site::ID).await?;
        let lines = in_service(ctx, lines.into_iter().collect()).await?;
        let contacts = lines.iter().filter_map(|line| {
            let row = &line.record.row;
            Some((line.record.name.title.as_str(), dialled(row)?))
        });
        let publisher = Publisher {
            name: settings.organisation_name.as_deref().unwrap_or(&config.site_name),
            url: settings.organisation_url.as_deref().unwrap_or(config.site_url.as_str()),
            contacts: contacts.collect(),
        };
        let description = match told.description.or(told.summary) {
            Some(description) => description.to_owned(),
            None => seo::excerpt(&told.body.words(ctx).await?),
        };
        let url = canonical(ctx, doc);
        let page = Page {
            title: told.title.unwrap_or(&doc.record.name.title),
            description: &description,
            url: &url,
            language: &doc.record.name.language,
            site: &config.site_name,
            robots: robots(doc),
            dates,
        };
        let tags = seo::tags(&page).into_iter().map(|tag| MetaTag {
            tag: tag.name.to_owned(),
            attributes: Json(tag.attributes),
            content: tag.content,
        });
        Ok(Self {
            title: page.title.to_owned(),
            tags: tags.collect(),
            json_ld: Json(json_ld(&page, &publisher)),
            description: description.clone(),
        })
    }
}

fn canonical<N: Noun>(ctx: &Context<'_>, doc: &Doc<N>) -> String {
    doc.page(ctx).map_or_else(|| app(ctx).config.site_url.to_string(), |page| path::url(app(ctx), &page))
}

fn robots<N: Noun>(doc: &Doc<N>) -> &'static str {
    match doc.record.name.stage {
        Stage::Published => "index, follow",
        Stage::Draft | Stage::Scheduled => "noindex, nofollow",
    }
}
