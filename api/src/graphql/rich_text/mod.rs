//! Text that editors write as `CommonMark`, with references to living content.

mod block;
pub mod loader;
mod span;

use std::sync::Arc;

use async_graphql::{Context, Object};
use tokio::sync::OnceCell;

pub use block::{Block, HeadingBlock};

use self::loader::{TextOf, TextReferences};
use super::app;
use super::content::{Doc, Sight};
use super::error::{GqlError, Result};
use super::list::List;
use super::loader::{ById, DataLoader, documents};
use super::scalar::HTML;
use super::types::Statistic;
use crate::app::App;
use crate::domain::rich_text::{self, Kind, ReadOnce, Reading, Setting, Targets};
use crate::domain::text_reference::addresses;
use crate::domain::{self, Id};

/// A text of one document as one reader reads it.
pub struct RichText {
    sight: Sight,
    from: Id,
    language: String,
    markdown: String,
    read: OnceCell<Arc<Read>>,
}

/// A text, and what its references lead to for the one who reads it.
pub(super) struct Read {
    sight: Sight,
    language: String,
    text: Arc<rich_text::RichText>,
    targets: Targets,
}

impl Read {
    fn reading<'a>(&'a self, app: &'a App) -> Reading<'a> {
        let wish = self.sight.scope.languages.first().unwrap_or(&self.language);
        Reading { app, language: &self.language, wish, targets: &self.targets }
    }
}

impl RichText {
    /// The text of a document, or of a part of one, in a language.
    #[must_use]
    pub fn new(sight: &Sight, from: Id, language: &str, markdown: &str) -> Self {
        let (language, markdown) = (language.to_owned(), markdown.to_owned());
        Self { sight: sight.clone(), from, language, markdown, read: OnceCell::new() }
    }

    /// Its plain words, as `plainText` has them.
    ///
    /// # Errors
    /// The database's.
    pub async fn words(&self, ctx: &Context<'_>) -> Result<String> {
        let read = self.read(ctx).await?;
        Ok(read.text.plain_text(&read.reading(app(ctx))))
    }

    /// Reads it once, whatever is asked of it, with what the texts beside it refer to.
    async fn read(&self, ctx: &Context<'_>) -> Result<&Arc<Read>> {
        let read = || {
            Box::pin(async {
                let text = read(ctx, &self.markdown);
                let many = text.references().len();
                let mut targets = Targets::default();
                if many > 0 {
                    super::budget::spend(ctx, many)?;
                    let key = TextOf(self.sight.scope.clone(), (self.from, self.language.clone()));
                    let rows = ctx.data_unchecked::<DataLoader<TextReferences>>().load_one(key).await?;
                    let addresses = addresses(rows.as_deref().map_or(&[], Vec::as_slice));
                    let loaders = Loaders { ctx, sight: &self.sight };
                    targets = Box::pin(Targets::load(&loaders, &text, addresses)).await?;
                }
                Ok::<_, GqlError>(Arc::new(Read {
                    sight: self.sight.clone(),
                    language: self.language.clone(),
                    text,
                    targets,
                }))
            })
        };
        self.read.get_or_try_init(read).await
    }
}

/// Text that editors write as CommonMark, with tables and strikethrough, and with references to living content:
/// `[[statistic:women-share]]`, `[[statistic:women-share@2016]]` (pinned to a period), `[[contact:safe-phone]]`, `[[campaign:SLUG]]`,
/// `[[service:SLUG]]`, `[[post:SLUG|link text]]`, `[[chart:SET-SLUG]]`. Slugs may be of any language, and old ones.
///
/// A reference in a sentence becomes text or a link; alone in a paragraph it becomes a block. Nothing of what it shows is kept with
/// the text: a figure or number that is put right is right in the next answer. What readers cannot see shows the link text that the editor gave,
/// or nothing. A figure pinned to another period than the latest says which: `49% (2016)`. Numbers follow the first language
/// asked for, words in another language than the text's carry `lang`. Raw HTML is shown as text.
#[Object]
impl RichText {
    /// As written, references unresolved.
    async fn markdown(&self) -> &str {
        &self.markdown
    }

    /// Rendered in this language and at this moment, and sanitised: one element that carries `lang` and `dir`. Headings have their
    /// anchors as `id`.
    async fn html(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "How far headings move down, 0 to 4, so that the text fits the page around it: with 1, `##` becomes `h3`. Never below `h6`.",
            default_with = "Some(0)"
        )]
        heading_offset: Option<i32>,
    ) -> Result<HTML> {
        let offset = heading_offset.unwrap_or(0);
        let offset = u8::try_from(offset).ok().filter(|offset| *offset <= 4);
        let heading_offset = offset.ok_or_else(|| {
            GqlError::bad_input(&["headingOffset"], "headingOffset must be between 0 and 4.")
        })?;
        let (read, app) = (self.read(ctx).await?, app(ctx));
        let setting = Setting::of(app, &self.language, heading_offset);
        Ok(HTML(read.text.html(&setting, &read.reading(app))))
    }

    /// Without any marks: paragraphs are separated by an empty line, list items begin with `- ` or their number, cells of a row are
    /// separated by a tab.
    async fn plain_text(&self, ctx: &Context<'_>) -> Result<String> {
        self.words(ctx).await
    }

    /// Its parts, in order: for clients that do not show HTML. A reference alone in a paragraph that shows nothing is left out.
    async fn blocks(&self, ctx: &Context<'_>) -> Result<Vec<Block>> {
        let read = self.read(ctx).await?;
        Ok(read.text.blocks.iter().filter_map(|block| Block::of(read, block)).collect())
    }

    /// Its headings, in order: for a table of contents.
    async fn headings(&self, ctx: &Context<'_>) -> Result<Vec<HeadingBlock>> {
        let read = self.read(ctx).await?;
        Ok(read.text.headings().map(|heading| HeadingBlock::of(read, heading)).collect())
    }
}

/// A text as it was written: whatever a request asks about it, and in how many places, it is read once.
pub(super) fn read(ctx: &Context<'_>, markdown: &str) -> Arc<rich_text::RichText> {
    ctx.data_unchecked::<ReadOnce>().read(markdown)
}

/// The statistics that a text refers to, in the order in which it first names them.
///
/// # Errors
/// The database's.
pub async fn statistics(
    ctx: &Context<'_>,
    sight: &Sight,
    from: Id,
    language: &str,
) -> Result<List<Statistic>> {
    let key = TextOf(sight.scope.clone(), (from, language.to_owned()));
    let rows = ctx.data_unchecked::<DataLoader<TextReferences>>().load_one(key).await?.unwrap_or_default();
    let mut ids: Vec<Id> = Vec::new();
    for row in rows.iter().filter(|row| row.node_kind == Kind::Statistic.node()) {
        ids.extend(row.to_id.filter(|id| !ids.contains(id)));
    }
    let keys = ids.iter().map(|id| ById(sight.scope.clone(), *id));
    let found = documents::<domain::statistic::Statistic>(ctx).load_many(keys).await?;
    let in_order = ids.into_iter().filter_map(|id| found.get(&ById(sight.scope.clone(), id)).cloned());
    Ok(in_order.map(|record| Doc::new(sight, record)).collect())
}

/// The loaders of a request as a way to the database.
struct Loaders<'a, 'c> {
    ctx: &'a Context<'c>,
    sight: &'a Sight,
}
