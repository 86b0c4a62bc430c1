//! Posts: the exemplary room. Object here, inputs, queries and mutations beside.

mod input;
mod mutation;
mod query;
mod related;

use async_graphql::{Context, Enum, SimpleObject};

pub use input::{ContentNoteInput, ExitLinkInput, PostFilter, SeoInput};
pub use mutation::PostMutation;
pub use query::PostQuery;
pub use related::Related;

use super::app;
use super::area::AreaInput;
use super::attribution::{Seo, Told};
use super::content::content_object;
use super::error::Result;
use super::list::List;
use super::mention::Linked;
use super::rich_text::{self, RichText};
use super::scalar::{Date, DateTime, URL};
use super::signpost::{self, Signpost};
use super::types::Statistic;
use crate::domain;
use crate::domain::read::{Field, Sort, SortKey};

/// What a reader may want to be warned of.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::post::SensitiveTopic")]
pub enum SensitiveTopic {
    /// Rape and sexual assault.
    SexualViolence,
    /// Any abuse of a child.
    ChildAbuse,
    /// Using somebody for another's gain.
    Exploitation,
    /// Slavery and servitude.
    Slavery,
    /// Abuse by a partner or relative.
    DomesticAbuse,
    /// Suicide.
    Suicide,
    /// Self-harm.
    SelfHarm,
    /// Anything else.
    Other,
}

/// How closely a text looks at something.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::post::NoteStrength")]
pub enum NoteStrength {
    /// In passing.
    Mentions,
    /// As a subject.
    Discusses,
    /// In detail.
    Describes,
}

/// What a reader may want to know before reading.
#[derive(SimpleObject)]
pub struct ContentNote {
    /// What of.
    topic: SensitiveTopic,
    /// How closely.
    strength: NoteStrength,
    /// In words, in the post's language.
    text: String,
}

/// A fast, unremarkable way off the page, for readers who may be watched.
#[derive(SimpleObject)]
pub struct ExitLink {
    /// Where to.
    pub url: URL,
    /// What it is called.
    pub label: String,
}

impl ExitLink {
    /// A link of both halves.
    #[must_use]
    pub fn of(url: Option<&str>, label: Option<&str>) -> Option<Self> {
        Some(Self { url: URL(url?.to_owned()), label: label?.to_owned() })
    }
}

/// The order of posts.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum PostSort {
    /// Last published first.
    Newest,
    /// First published first.
    Oldest,
    /// Last changed first.
    RecentlyUpdated,
    /// By title in the reader's language.
    Title,
}

impl From<PostSort> for Sort {
    fn from(sort: PostSort) -> Self {
        let (by, descending) = match sort {
            PostSort::Newest => (SortKey::Instant("sorted_at"), true),
            PostSort::Oldest => (SortKey::Instant("sorted_at"), false),
            PostSort::RecentlyUpdated => (SortKey::UpdatedAt, true),
            PostSort::Title => (SortKey::Title, false),
        };
        Self { by, descending }
    }
}

/// A post in a view.
pub type Post = super::content::Doc<domain::post::Post>;

content_object! {
    /// An article.
    "Post" for domain::post::Post {
        /// One or two sentences for lists and previews; null unless written.
        async fn summary(&self) -> Option<&str> {
            self.record.text.summary.as_deref()
        }

        /// The text itself.
        async fn body(&self) -> RichText {
            self.rich_text(&self.record.text.body)
        }

        /// Who wrote it, in the order of their names on the page. At most 50.
        async fn authors(&self, ctx: &Context<'_>) -> Result<List<Linked<domain::person::Person>>> {
            self.linked(ctx, Field::Authors).await
        }

        /// What it is about, in the order the editors gave. At most 50.
        async fn topics(&self, ctx: &Context<'_>) -> Result<List<Linked<domain::topic::Topic>>> {
            self.linked(ctx, Field::Topics).await
        }

        /// The campaigns it belongs to, in the order the editors gave. At most 50.
        async fn campaigns(&self, ctx: &Context<'_>) -> Result<List<Linked<domain::campaign::Campaign>>> {
            self.linked(ctx, Field::Campaigns).await
        }

        /// Contact channels that the editor chose for its readers, in order. At most 50.
        async fn channels(&self, ctx: &Context<'_>) -> Result<List<Linked<domain::contact_channel::ContactChannel>>> {
            self.linked(ctx, Field::Channels).await
        }

        /// Statistics that the text refers to, in the order in which it first names them. At most 100.
        async fn statistics(&self, ctx: &Context<'_>) -> Result<List<Statistic>> {
            rich_text::statistics(ctx, &self.sight, self.document_id(), &self.record.name.language).await
        }

        /// What a reader may want to know before reading; never null, often empty. At most 50.
        async fn content_notes(&self) -> Vec<ContentNote> {
            let notes = self.record.text.content_notes.0.iter();
            notes.map(|note| ContentNote { topic: note.topic.into(), strength: note.strength.into(), text: note.text.clone() }).collect()
        }

        /// Where a reader can turn: the post's own channels, else its campaigns', else its topics', else the site's, in that order but
        /// open ones first; plus a line that is open at `at` when none of those is (reason OPEN_NOW). Where nobody chose any, the
        /// first of all published channels. Empty only on a site that has published no channel that can be used; `emergency` is
        /// always there.
        async fn signpost(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Where the reader is: decides the emergency number, and services that say they work elsewhere come last.")]
            area: Option<AreaInput>,
            #[graphql(desc = "When, 1970 to 2200; now unless said.")] at: Option<DateTime>,
        ) -> Result<Signpost> {
            Box::pin(signpost::of_post(ctx, &self.sight, self.document_id(), area, at)).await
        }

        /// A fast, unremarkable way off the page, for readers who may be watched: the post's own, else the site's.
        async fn exit_link(&self, ctx: &Context<'_>) -> Option<Result<ExitLink>> {
            let text = &self.record.text;
            match ExitLink::of(text.exit_url.as_deref(), text.exit_label.as_deref()) {
                Some(link) => Some(Ok(link)),
                None => Box::pin(super::site::exit_link(ctx)).await.transpose(),
            }
        }

        /// The date shown to readers. Null only in a draft view.
        async fn published_at(&self) -> Option<DateTime> {
            self.record.row.published_at.map(DateTime::from)
        }

        /// How long reading the text takes, in whole minutes, at least 1: by 200 words a minute, where in scripts without spaces
        /// between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) two characters count as a word. A reference counts by its link text.
        async fn reading_minutes(&self, ctx: &Context<'_>) -> u32 {
            rich_text::read(ctx, &self.record.text.body).reading_minutes()
        }

        /// When somebody should read it again; null without the right to read drafts.
        async fn review_due_on(&self) -> Option<Date> {
            self.sight.reads_drafts().then(|| self.record.row.review_due_on.into())
        }

        /// Other posts that share the most topics, campaigns and statistics with it: the most first, then the newest. At most `first`. Of what
        /// has the same topic, campaign or statistic the 200 that were made last are looked at.
        async fn related(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "At most how many, 1 to 10.", default_with = "Some(3)")] first: Option<i32>,
        ) -> Result<List<Post>> {
            related::of(ctx, self, first).await
        }

        /// What its page tells search engines and those who share it.
        async fn seo(&self, ctx: &Context<'_>) -> Result<Seo> {
            let (text, row) = (&self.record.text, &self.record.row);
            let told = Told {
                title: text.seo_title.as_deref(),
                description: text.seo_description.as_deref(),
                summary: text.summary.as_deref(),
                body: self.rich_text(&text.body),
            };
            let authors = self.linked_whole::<domain::person::Person>(ctx, Field::Authors).await?;
            let authors: Vec<String> = authors.iter().map(|person| person.record.name.title.clone()).collect();
            let licence = domain::attribution::licence_url(&app(ctx).config.licence);
            let dates = (row.published_at, self.record.document.updated_at);
            Box::pin(Seo::of(ctx, self, told, Some(dates), |page, publisher| {
                domain::seo::article(page, &authors, publisher, licence.as_deref())
            }))
            .await
        }
    }
}
