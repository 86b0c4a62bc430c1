//! Posts: the exemplary room. Object here, inputs, queries and mutations beside.

mod input;
mod mutation;
mod query;

use async_graphql::{Context, Enum, SimpleObject};

pub use input::{ContentNoteInput, ExitLinkInput, PostFilter, SeoInput};
pub use mutation::PostMutation;
pub use query::PostQuery;

use super::content::content_object;
use super::error::Result;
use super::rich_text::RichText;
use super::scalar::{Date, DateTime, URL};
use super::types::{Campaign, ContactChannel, Person, Topic};
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
            RichText { markdown: self.record.text.body.clone(), language: self.record.translation.language.clone() }
        }

        /// Who wrote it, in the order of their names on the page. At most 50.
        async fn authors(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
            self.linked(ctx, Field::Authors).await
        }

        /// What it is about, in the order the editors gave. At most 50.
        async fn topics(&self, ctx: &Context<'_>) -> Result<Vec<Topic>> {
            self.linked(ctx, Field::Topics).await
        }

        /// The campaigns it belongs to, in the order the editors gave. At most 50.
        async fn campaigns(&self, ctx: &Context<'_>) -> Result<Vec<Campaign>> {
            self.linked(ctx, Field::Campaigns).await
        }

        /// Contact channels that the editor chose for its readers, in order. At most 50.
        async fn channels(&self, ctx: &Context<'_>) -> Result<Vec<ContactChannel>> {
            self.linked(ctx, Field::Channels).await
        }

        /// What a reader may want to know before reading; never null, often empty. At most 50.
        async fn content_notes(&self) -> Vec<ContentNote> {
            let notes = self.record.text.content_notes.0.iter();
            notes.map(|note| ContentNote { topic: note.topic.into(), strength: note.strength.into(), text: note.text.clone() }).collect()
        }

        /// A fast, unremarkable way off the page, for readers who may be watched: the post's own, else the site's.
        async fn exit_link(&self, ctx: &Context<'_>) -> Option<Result<ExitLink>> {
            let text = &self.record.text;
            match ExitLink::of(text.exit_url.as_deref(), text.exit_label.as_deref()) {
                Some(link) => Some(Ok(link)),
                None => super::site::exit_link(ctx).await.transpose(),
            }
        }

        /// The date shown to readers. Null only in a draft view.
        async fn published_at(&self) -> Option<DateTime> {
            self.record.row.published_at.map(DateTime::from)
        }

        /// When somebody should read it again; null without the right to read drafts.
        async fn review_due_on(&self) -> Option<Date> {
            self.sight.reads_drafts().then(|| self.record.row.review_due_on.into())
        }
    }
}
