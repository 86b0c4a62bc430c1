//! Runs of text.

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::{Context, Enum, Object};

use super::Read;
use crate::domain::path;
use crate::domain::rich_text::{self, Show, Shown, Target};
use crate::graphql::app;
use crate::graphql::content::{Doc, Node};
use crate::graphql::scalar::LanguageTag;
use crate::graphql::types::Figure;

/// How a run of text is set off.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rich_text::Mark")]
pub enum Mark {
    /// Of importance.
    Strong,
    /// Stressed.
    Emphasis,
    /// Code.
    Code,
    /// No longer right.
    Strikethrough,
}

/// A run of text as it was written, and what it shows.
pub struct Span {
    read: Arc<Read>,
    written: rich_text::Span,
    shown: Shown,
}

/// Spans as they are read; those that show nothing are left out.
pub(super) fn shown(ctx: &Context<'_>, read: &Arc<Read>, spans: Vec<rich_text::Span>) -> Vec<Span> {
    let reading = read.reading(app(ctx));
    let spans = spans.into_iter().map(|span| {
        let shown = match &span.reference {
            Some(reference) => reading.span(reference),
            None => Shown::words(span.text.clone()),
        };
        Span { read: read.clone(), written: span, shown }
    });
    spans.filter(|span| !span.shown.text.is_empty()).collect()
}

impl Span {
    fn found(&self) -> Option<Target<'_>> {
        self.read.targets.find(self.written.reference.as_ref()?)
    }
}

/// A run of text with one set of marks; a reference keeps its target beside the text it renders to.
#[Object]
impl Span {
    /// The words, or what a reference shows; `\n` breaks the line. Never empty.
    async fn text(&self) -> &str {
        &self.shown.text
    }

    /// What it is set off by, from the outermost to the innermost.
    async fn marks(&self) -> Vec<Mark> {
        self.written.marks.iter().map(|&mark| mark.into()).collect()
    }

    /// For links: `https:`, `mailto:`, `tel:`, `sms:` or `#anchor`; pages of the site with its origin, for apps and partners. Null
    /// for text that leads nowhere.
    async fn href(&self, ctx: &Context<'_>) -> Option<Cow<'_, str>> {
        let link = self.written.link.as_ref().and_then(|link| link.target());
        let href = link.or(self.shown.href.as_deref())?;
        Some(if href.starts_with('/') { path::url(app(ctx), href).into() } else { href.into() })
    }

    /// For a reference: what it leads to; null where that cannot be seen, and for all other text.
    async fn target(&self) -> Option<Node> {
        let sight = &self.read.sight;
        Some(match self.found()? {
            Target::Statistic(statistic, _) => Node::Statistic(Doc::new(sight, statistic.clone())),
            Target::Contact(channel) => Node::ContactChannel(Doc::new(sight, channel.clone())),
            Target::Campaign(campaign) => Node::Campaign(Doc::new(sight, campaign.clone())),
            Target::Service(service) => Node::Service(Doc::new(sight, service.clone())),
            Target::Post(post) => Node::Post(Doc::new(sight, post.clone())),
            Target::Chart(set) => Node::StatisticSet(Doc::new(sight, set.clone())),
        })
    }

    /// For a reference to a statistic: the figure that the text shows.
    async fn figure(&self) -> Option<Figure> {
        match self.found()? {
            Target::Statistic(statistic, figure) => {
                Some(Figure::new(Doc::new(&self.read.sight, statistic.clone()), figure.clone()))
            }
            _ => None,
        }
    }

    /// The language of its words, where that is not the language of the text.
    async fn language(&self) -> Option<LanguageTag> {
        self.shown.language.clone().map(LanguageTag)
    }
}
