//! What all content has in common, written once.

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::{ContainerType, Context, Enum, ID, Interface, OutputType, SimpleObject};

use super::attribution::Attribution;
use super::editorial::Editorial;
use super::error::Result;
use super::list::List;
use super::loader::{ById, ByLink, DataLoader, Translations, documents};
use super::mention::{self, Linked};
use super::rich_text::RichText;
use super::scalar::{DateTime, LanguageTag, URL};
use super::{app, id, types, view};
use crate::domain::read::{Document, Field, Noun, Record};
use crate::domain::view::{self as domain_view, Look, View};
use crate::domain::{Id, NodeKind, language, path};

/// The view that an object was read in; its children are read in the same.
pub type Sight = Arc<View>;

/// A document in a view: the object behind `Post`, `Campaign` and the others.
pub struct Doc<N: Noun> {
    /// The view it was read in.
    pub sight: Sight,
    /// What was read.
    pub record: Arc<Record<N>>,
}

impl<N: Noun> Clone for Doc<N> {
    fn clone(&self) -> Self {
        Self { sight: self.sight.clone(), record: self.record.clone() }
    }
}

impl<N: Noun> Doc<N> {
    /// A record as an object.
    #[must_use]
    pub fn new(sight: &Sight, record: Arc<Record<N>>) -> Self {
        Self { sight: sight.clone(), record }
    }

    /// Its id inside the house.
    #[must_use]
    pub fn document_id(&self) -> Id {
        self.record.id()
    }

    /// What it links to under a field, for all siblings in one statement; whole, unless nothing but names is asked for.
    ///
    /// # Errors
    /// The database's.
    pub async fn linked<M: Noun>(&self, ctx: &Context<'_>, field: Field) -> Result<List<Linked<M>>>
    where
        Doc<M>: ContainerType,
    {
        mention::linked(ctx, &self.sight, field, self.document_id()).await
    }

    /// The same, always as records.
    ///
    /// # Errors
    /// The database's.
    pub async fn linked_whole<M: Noun>(&self, ctx: &Context<'_>, field: Field) -> Result<List<Doc<M>>>
    where
        Doc<M>: OutputType,
    {
        linked(ctx, &self.sight, field, self.document_id()).await
    }

    /// A text of it, in the language that it is read in.
    #[must_use]
    pub fn rich_text(&self, markdown: &str) -> RichText {
        RichText::new(&self.sight, self.document_id(), &self.record.name.language, markdown)
    }

    /// The key for normalised client caches.
    pub(super) fn key(&self) -> ID {
        let name = &self.record.name;
        let words = in_words_of(&self.sight, &name.language);
        cache_key(name.stage, &id::of(N::KIND, self.document_id()), &words)
    }

    /// When this version reached those who see it.
    pub(super) fn changed_at(&self) -> DateTime {
        match self.record.name.stage {
            domain_view::Stage::Published => self.record.document.updated_at.into(),
            domain_view::Stage::Draft | domain_view::Stage::Scheduled => self.record.document.saved_at.into(),
        }
    }

    /// Whether its language is not the first one asked for.
    pub(super) fn falls_back(&self) -> bool {
        is_fallback(&self.sight, &self.record.name.language)
    }

    /// Where readers find it.
    pub(super) fn page(&self, ctx: &Context<'_>) -> Option<String> {
        let name = &self.record.name;
        path::of(app(ctx), N::KIND, &name.language, &name.slug)
    }

    /// Every language it can be read in, the default language first.
    pub(super) async fn languages(&self, ctx: &Context<'_>) -> Result<Vec<Translation>> {
        let loader = ctx.data_unchecked::<DataLoader<Translations>>();
        let rows =
            loader.load_one(ById(self.sight.scope.clone(), self.document_id())).await?.unwrap_or_default();
        let default = app(ctx).config.languages[0].as_str();
        let mut translations: Vec<_> = rows.iter().map(|row| Translation::of(ctx, N::KIND, row)).collect();
        translations.sort_by_key(|translation| translation.language.0 != default);
        Ok(translations)
    }
}

/// What a document or a part of one links to under a field, for all siblings in one statement.
///
/// # Errors
/// The database's.
pub async fn linked<M: Noun>(ctx: &Context<'_>, sight: &Sight, field: Field, from: Id) -> Result<List<Doc<M>>>
where
    Doc<M>: OutputType,
{
    let records = documents::<M>(ctx).load_one(ByLink(sight.scope.clone(), field, from)).await?;
    let records = records.unwrap_or_default();
    Ok(records.into_iter().map(|record| Doc::new(sight, record)).collect())
}

/// A look at a moment that a client asks about; at the view's own unless it does.
pub fn look(sight: &Sight, at: Option<chrono::DateTime<chrono::Utc>>) -> Look {
    at.map_or_else(|| sight.scope.at.look(), Look::given)
}

/// Whether a language is not the first one asked for.
#[must_use]
pub fn is_fallback(sight: &Sight, language: &str) -> bool {
    sight.scope.languages.first().is_none_or(|first| first != language)
}

/// What a content in a language is told in. What Beacon says of a fallback itself, numbers and sentences, is in the languages that
/// were asked for.
#[must_use]
pub fn in_words_of<'a>(sight: &Sight, language: &'a str) -> Cow<'a, str> {
    if is_fallback(sight, language) { sight.scope.languages.join(",").into() } else { language.into() }
}

/// Id, language and stage in one.
#[must_use]
pub fn cache_key(stage: domain_view::Stage, id: &ID, language: &str) -> ID {
    ID(format!("{}:{language}:{}", id.as_str(), stage.as_str().to_lowercase()))
}

/// The view of a root field: the request's, in the languages that the field asks for.
///
/// # Errors
/// `BAD_INPUT` for what is no language tag.
pub fn sight(ctx: &Context<'_>, languages: Option<Vec<LanguageTag>>) -> Result<Sight> {
    let Some(languages) = languages.filter(|languages| !languages.is_empty()) else {
        return Ok(view(ctx).clone());
    };
    if languages.len() > 10 {
        return Err(super::error::GqlError::bad_input(&["languages"], "Name at most 10 languages."));
    }
    let wishes = languages
        .iter()
        .map(|tag| super::scalar::read(&["languages"], &tag.0, crate::domain::value::language))
        .collect::<Result<Vec<language::LanguageTag>>>()?;
    Ok(Arc::new(view(ctx).in_languages(app(ctx), &wishes)))
}

/// Which rows were read.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum Stage {
    /// What everybody sees.
    Published,
    /// What editors work on.
    Draft,
}

impl From<domain_view::Stage> for Stage {
    fn from(stage: domain_view::Stage) -> Self {
        match stage {
            domain_view::Stage::Published => Self::Published,
            domain_view::Stage::Draft | domain_view::Stage::Scheduled => Self::Draft,
        }
    }
}

/// Which way writing runs.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Direction {
    /// The direction of a language.
    #[must_use]
    pub fn of(language: &str) -> Self {
        let is_rtl = language::LanguageTag::parse(language).is_some_and(|tag| tag.is_rtl());
        if is_rtl { Self::Rtl } else { Self::Ltr }
    }
}

/// A language that content can be read in, and where.
#[derive(SimpleObject)]
pub struct Translation {
    /// Which language.
    pub language: LanguageTag,
    /// Which way it is written.
    direction: Direction,
    /// Its slug there.
    slug: String,
    /// Its title there.
    title: String,
    /// Where readers find it; null for content without a page of its own.
    url: Option<URL>,
    /// `url` without the origin.
    path: Option<String>,
}

impl Translation {
    fn of(ctx: &Context<'_>, kind: NodeKind, row: &crate::domain::read::Translation) -> Self {
        let page = path::of(app(ctx), kind, &row.language, &row.slug);
        Self {
            language: LanguageTag(row.language.clone()),
            direction: Direction::of(&row.language),
            slug: row.slug.clone(),
            title: row.title.clone(),
            url: page.as_deref().map(|page| URL(path::url(app(ctx), page))),
            path: page,
        }
    }
}

/// Anything with a global identity. `id` is opaque, names its type, and never changes.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Opaque; names its type and never changes."))]
pub enum Node {
    /// The site.
    Site(types::Site),
    /// An account.
    User(types::User),
    /// A client.
    ApiClient(types::ApiClient),
    /// A post.
    Post(types::Post),
    /// A topic.
    Topic(types::Topic),
    /// A person.
    Person(types::Person),
    /// A source.
    Source(types::Source),
    /// A statistic.
    Statistic(types::Statistic),
    /// A statistic set.
    StatisticSet(types::StatisticSet),
    /// A figure of a statistic.
    Figure(types::Figure),
    /// A service.
    Service(types::Service),
    /// A contact channel.
    ContactChannel(types::ContactChannel),
    /// A campaign.
    Campaign(types::Campaign),
    /// One year's turn of a campaign.
    CampaignEdition(types::CampaignEdition),
    /// A save of a document.
    Revision(types::Revision),
}

/// Content that editors write, translate and publish.
#[derive(Clone, Interface)]
#[graphql(
    field(name = "id", ty = "ID", desc = "Opaque; names its type and never changes."),
    field(
        name = "cache_key",
        ty = "ID",
        desc = "`id`, language and stage in one: the key for normalised client caches, where one content in two languages must not mix."
    ),
    field(name = "stage", ty = "Stage", desc = "Whether this is what readers see or a draft."),
    field(name = "title", ty = "String", desc = "What to call it in a list: its title, name or label."),
    field(
        name = "slug",
        ty = "String",
        desc = "Unique per type and language; kept when the content is renamed (see `Query.resolve`)."
    ),
    field(
        name = "language",
        ty = "LanguageTag",
        desc = "The language of the values below: the first of the requested languages that exists."
    ),
    field(name = "direction", ty = "Direction", desc = "Writing direction of `language`."),
    field(name = "is_fallback", ty = "bool", desc = "True when `language` is not the first one asked for."),
    field(
        name = "translations",
        ty = "Vec<Translation>",
        desc = "Every language this content can be read in, the default language first."
    ),
    field(name = "updated_at", ty = "DateTime", desc = "When it last changed for those who see it."),
    field(
        name = "url",
        ty = "Option<URL>",
        desc = "Where readers find it; null for content without a page of its own."
    ),
    field(name = "path", ty = "Option<String>", desc = "`url` without the origin, for routers."),
    field(
        name = "attribution",
        ty = "Attribution",
        desc = "Whose it is, where it is at home, and under which licence others may use it."
    ),
    field(
        name = "editorial",
        ty = "Option<Editorial>",
        desc = "Editorial state; null without the right to read drafts."
    )
)]
pub enum Content {
    /// A post.
    Post(types::Post),
    /// A statistic.
    Statistic(types::Statistic),
    /// A statistic set.
    StatisticSet(types::StatisticSet),
    /// A service.
    Service(types::Service),
    /// A contact channel.
    ContactChannel(types::ContactChannel),
    /// A campaign.
    Campaign(types::Campaign),
}

impl Content {
    /// Identity, version and state of its document.
    pub(super) fn document(&self) -> &Document {
        match self {
            Self::Post(doc) => &doc.record.document,
            Self::Statistic(doc) => &doc.record.document,
            Self::StatisticSet(doc) => &doc.record.document,
            Self::Service(doc) => &doc.record.document,
            Self::ContactChannel(doc) => &doc.record.document,
            Self::Campaign(doc) => &doc.record.document,
        }
    }
}

/// Declares the object of a kind of content: the fields that all content has, and its own.
macro_rules! content_object {
    ($(#[$meta:meta])* $name:literal for $noun:ty { $($own:tt)* }) => {
        $(#[$meta])*
        #[async_graphql::Object(name = $name, crate = "crate::graphql::object::told")]
        impl $crate::graphql::content::Doc<$noun> {
            /// Opaque; names its type and never changes.
            pub async fn id(&self) -> async_graphql::ID {
                $crate::graphql::id::of(<$noun as $crate::domain::read::Noun>::KIND, self.document_id())
            }

            /// `id`, language and stage in one, of a fallback the languages asked for: the key for normalised client caches, where one content
            /// in two languages must not mix.
            pub async fn cache_key(&self) -> async_graphql::ID {
                self.key()
            }

            /// Whether this is what readers see or a draft.
            pub async fn stage(&self) -> $crate::graphql::content::Stage {
                self.record.name.stage.into()
            }

            /// What to call it in a list: its title, name or label.
            pub async fn title(&self) -> String {
                self.record.name.title.clone()
            }

            /// Unique per type and language; kept when the content is renamed (see `Query.resolve`).
            pub async fn slug(&self) -> String {
                self.record.name.slug.clone()
            }

            /// The language of the values here: the first of the requested languages that exists.
            pub async fn language(&self) -> $crate::graphql::scalar::LanguageTag {
                $crate::graphql::scalar::LanguageTag(self.record.name.language.clone())
            }

            /// Writing direction of `language`.
            pub async fn direction(&self) -> $crate::graphql::content::Direction {
                $crate::graphql::content::Direction::of(&self.record.name.language)
            }

            /// True when `language` is not the first one asked for.
            pub async fn is_fallback(&self) -> bool {
                self.falls_back()
            }

            /// Every language this content can be read in, the default language first.
            pub async fn translations(&self, ctx: &async_graphql::Context<'_>) -> $crate::graphql::error::Result<Vec<$crate::graphql::content::Translation>> {
                self.languages(ctx).await
            }

            /// When it last changed for those who see it.
            pub async fn updated_at(&self) -> $crate::graphql::scalar::DateTime {
                self.changed_at()
            }

            /// Where readers find it; null for content without a page of its own.
            pub async fn url(&self, ctx: &async_graphql::Context<'_>) -> Option<$crate::graphql::scalar::URL> {
                self.page(ctx).map(|page| $crate::graphql::scalar::URL($crate::domain::path::url($crate::graphql::app(ctx), &page)))
            }

            /// `url` without the origin, for routers.
            pub async fn path(&self, ctx: &async_graphql::Context<'_>) -> Option<String> {
                self.page(ctx)
            }

            /// Whose it is, where it is at home, and under which licence others may use it.
            pub async fn attribution(&self, ctx: &async_graphql::Context<'_>) -> $crate::graphql::error::Result<$crate::graphql::attribution::Attribution> {
                Box::pin($crate::graphql::attribution::Attribution::of(ctx, self)).await
            }

            /// Editorial state; null without the right to read drafts.
            pub async fn editorial(&self) -> Option<$crate::graphql::editorial::Editorial> {
                $crate::graphql::editorial::Editorial::of(&self.sight, &self.record.document)
            }

            $($own)*
        }
    };
}
pub(crate) use content_object;
