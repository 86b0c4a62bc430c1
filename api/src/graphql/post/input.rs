//! What clients say about posts.

use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{NoteStrength, SensitiveTopic};
use crate::domain::read::{Field, Filter};
use crate::domain::{NodeKind, post};
use crate::graphql::error::Result;
use crate::graphql::filter::{self, Conditions, DateTimeRange, SlugFilter, StringFilter};
use crate::graphql::lower::{Lower, inputs};
use crate::graphql::scalar::{Date, DateTime, LanguageTag, URL};

inputs! {
    /// A new post. Title, summary, body, content notes, exit link and SEO belong to the `language` of the mutation.
    PostCreateInput,
    /// Changes to a post: what is left out stays, null clears. Title, summary, body, content notes, exit link and SEO
    /// belong to the `language` of the mutation.
    PostUpdateInput => post::PostPatch {
        required {
            /// One line of at most 200 characters.
            title: String,
        }
        optional {
            /// Lower-case letters, digits and hyphens, at most 100. Made from the title when left out or cleared.
            slug: String,
            /// One or two sentences, at most 1,000 characters.
            summary: String,
            /// CommonMark, at most 100,000 characters.
            body: String,
            /// People, in the order of their names on the page. At most 50.
            author_ids: Vec<ID>,
            /// Topics. At most 50.
            topic_ids: Vec<ID>,
            /// Campaigns. At most 50.
            campaign_ids: Vec<ID>,
            /// Contact channels that readers should see. At most 50.
            channel_ids: Vec<ID>,
            /// What a reader may want to know before reading. At most 50.
            content_notes: Vec<ContentNoteInput>,
            /// A way off the page; without one, the site's.
            exit_link: ExitLinkInput,
            /// When somebody should read it again; a year after the save unless said.
            review_due_on: Date,
            /// What search engines are told, where it differs.
            seo: SeoInput,
            /// Unique among posts, at most 100 characters; for importers, so that a second run changes nothing.
            external_reference: String,
            /// The date shown to readers, for content published elsewhere before.
            published_at: DateTime,
            /// Paths it had elsewhere; `resolve` sends them here. At most 50.
            old_paths: Vec<String>,
        }
    }
}

/// What a reader may want to know before reading.
#[derive(InputObject)]
pub struct ContentNoteInput {
    /// What of.
    topic: SensitiveTopic,
    /// How closely.
    strength: NoteStrength,
    /// In words, at most 500 characters.
    text: String,
}

impl Lower<post::ContentNote> for ContentNoteInput {
    fn lower(self) -> post::ContentNote {
        post::ContentNote { topic: self.topic.into(), strength: self.strength.into(), text: self.text }
    }
}

/// A way off the page.
#[derive(InputObject)]
pub struct ExitLinkInput {
    /// Where to.
    url: URL,
    /// What it is called, at most 200 characters.
    label: String,
}

impl Lower<post::ExitLink> for ExitLinkInput {
    fn lower(self) -> post::ExitLink {
        post::ExitLink { url: self.url.0, label: self.label }
    }
}

/// What search engines are told, where it differs. Replaced whole.
#[derive(InputObject)]
pub struct SeoInput {
    /// Instead of the title, at most 200 characters.
    title: Option<String>,
    /// Instead of the summary, at most 1,000 characters.
    description: Option<String>,
}

impl Lower<post::SeoPatch> for SeoInput {
    fn lower(self) -> post::SeoPatch {
        post::SeoPatch { title: self.title, description: self.description }
    }
}

/// Which posts. All given conditions must hold. An explicit null is a BAD_INPUT error, never "no condition".
#[derive(Clone, InputObject)]
pub struct PostFilter {
    /// All of these hold. At most 100.
    and: MaybeUndefined<Vec<PostFilter>>,
    /// One of these holds. At most 100.
    or: MaybeUndefined<Vec<PostFilter>>,
    /// This does not hold.
    not: MaybeUndefined<Box<PostFilter>>,
    /// The slug that the reader sees.
    slug: MaybeUndefined<StringFilter>,
    /// The title that the reader sees.
    title: MaybeUndefined<StringFilter>,
    /// Its topics.
    topic: MaybeUndefined<SlugFilter>,
    /// Its campaigns.
    campaign: MaybeUndefined<SlugFilter>,
    /// The statistics that its text refers to, in any language.
    statistic: MaybeUndefined<SlugFilter>,
    /// Its authors.
    author: MaybeUndefined<SlugFilter>,
    /// When it was published.
    published_at: MaybeUndefined<DateTimeRange>,
    /// When it last changed for those who see it.
    updated_at: MaybeUndefined<DateTimeRange>,
    /// Available in this language itself, not as a fallback.
    translated_into: MaybeUndefined<LanguageTag>,
    /// The importer's own key.
    external_reference: MaybeUndefined<String>,
}

impl PostFilter {
    /// The domain's filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the key.
    pub fn lower(path: &[&str], input: Self) -> Result<Filter> {
        let Self {
            and,
            or,
            not,
            slug,
            title,
            topic,
            campaign,
            statistic,
            author,
            published_at,
            updated_at,
            translated_into,
            external_reference,
        } = input;
        let mut conditions = Conditions::at(path)?;
        conditions.combine(and, or, not, Self::lower)?;
        conditions.add("slug", slug, |path, text| filter::text(path, text, Filter::Slug))?;
        conditions.add("title", title, |path, text| filter::text(path, text, Filter::Title))?;
        conditions.add("topic", topic, |path, slugs| filter::linked(path, slugs, Field::Topics))?;
        conditions.add("campaign", campaign, |path, slugs| filter::linked(path, slugs, Field::Campaigns))?;
        conditions
            .add("statistic", statistic, |path, slugs| filter::referred(path, slugs, NodeKind::Statistic))?;
        conditions.add("author", author, |path, slugs| filter::linked(path, slugs, Field::Authors))?;
        conditions.add("publishedAt", published_at, |path, range| {
            Ok(Filter::Instant("published_at", filter::instants(path, range)?))
        })?;
        conditions.add("updatedAt", updated_at, |path, range| {
            Ok(Filter::UpdatedAt(filter::instants(path, range)?))
        })?;
        conditions
            .add("translatedInto", translated_into, |path, language| filter::translated(path, &language))?;
        conditions
            .add("externalReference", external_reference, |_, key| Ok(Filter::ExternalReference(key)))?;
        Ok(conditions.filter())
    }
}
