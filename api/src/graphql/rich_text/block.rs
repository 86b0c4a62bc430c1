//! The parts of a text.

use std::sync::Arc;

use async_graphql::{Context, Enum, Interface, Object, SimpleObject};

use super::Read;
use super::span::{Span, shown};
use crate::domain::rich_text::{self, Heading, Setting, Show, Target, flat};
use crate::graphql::app;
use crate::graphql::content::Doc;
use crate::graphql::scalar::HTML;
use crate::graphql::types::{Campaign, ContactChannel, Figure, Post, Service, Statistic, StatisticSet};

/// A part of a text. Every kind can be shown through `html` and `plainText`, also kinds that a client does not know yet.
#[derive(Interface)]
#[graphql(
    field(name = "html", ty = "HTML", desc = "Sanitised, in one element that carries `lang` and `dir`."),
    field(name = "plain_text", ty = "String", desc = "Its words alone.")
)]
pub enum Block {
    /// A title of what follows.
    Heading(HeadingBlock),
    /// Running text.
    Paragraph(ParagraphBlock),
    /// A list.
    List(ListBlock),
    /// Words of somebody else.
    Quote(QuoteBlock),
    /// Rows and columns.
    Table(TableBlock),
    /// A figure.
    Statistic(StatisticBlock),
    /// A chart.
    Chart(ChartBlock),
    /// A contact channel.
    Contact(ContactBlock),
    /// A service.
    Service(ServiceBlock),
    /// A campaign.
    Campaign(CampaignBlock),
    /// A post.
    Post(PostBlock),
    /// A change of subject.
    Divider(DividerBlock),
}

impl Block {
    /// A block as it is read; `None` for a reference that shows nothing.
    pub(super) fn of(read: &Arc<Read>, block: &rich_text::Block) -> Option<Self> {
        let part = Part { read: read.clone(), block: block.clone() };
        Some(match block {
            rich_text::Block::Heading(_) => Self::Heading(HeadingBlock(part)),
            rich_text::Block::Paragraph(_) | rich_text::Block::Code(_) => {
                Self::Paragraph(ParagraphBlock(part))
            }
            rich_text::Block::List(_) => Self::List(ListBlock(part)),
            rich_text::Block::Quote(_) => Self::Quote(QuoteBlock(part)),
            rich_text::Block::Table(_) => Self::Table(TableBlock(part)),
            rich_text::Block::Divider => Self::Divider(DividerBlock(part)),
            rich_text::Block::Reference(reference) => {
                let sight = &read.sight;
                match read.targets.find(reference) {
                    Some(Target::Statistic(statistic, figure)) => {
                        let statistic = Doc::new(sight, statistic.clone());
                        let figure = Figure::new(statistic.clone(), figure.clone());
                        Self::Statistic(StatisticBlock(part, statistic, figure))
                    }
                    Some(Target::Contact(channel)) => {
                        Self::Contact(ContactBlock(part, Doc::new(sight, channel.clone())))
                    }
                    Some(Target::Campaign(campaign)) => {
                        Self::Campaign(CampaignBlock(part, Doc::new(sight, campaign.clone())))
                    }
                    Some(Target::Service(service)) => {
                        Self::Service(ServiceBlock(part, Doc::new(sight, service.clone())))
                    }
                    Some(Target::Post(post)) => Self::Post(PostBlock(part, Doc::new(sight, post.clone()))),
                    Some(Target::Chart(set)) => Self::Chart(ChartBlock(part, Doc::new(sight, set.clone()))),
                    None => {
                        reference.text.as_ref()?;
                        Self::Paragraph(ParagraphBlock(part))
                    }
                }
            }
        })
    }
}

/// A block of a text.
struct Part {
    read: Arc<Read>,
    block: rich_text::Block,
}

impl Part {
    fn html(&self, ctx: &Context<'_>) -> HTML {
        let app = app(ctx);
        let setting = Setting::of(app, &self.read.language, 0);
        HTML(self.block.html(&setting, &self.read.reading(app)))
    }

    fn plain_text(&self, ctx: &Context<'_>) -> String {
        self.block.plain_text(&self.read.reading(app(ctx)) as &dyn Show)
    }

    fn spans(&self, ctx: &Context<'_>) -> Vec<Span> {
        shown(ctx, &self.read, self.block.flat())
    }
}

impl HeadingBlock {
    /// A heading as it is read.
    pub(super) fn of(read: &Arc<Read>, heading: &Heading) -> Self {
        Self(Part { read: read.clone(), block: rich_text::Block::Heading(heading.clone()) })
    }
}

/// Declares the object of a kind of block: the fields that all blocks have, and its own.
macro_rules! block_object {
    ($(#[$meta:meta])* $name:ident $(($shown:ty $(, $also:ty)?))? { $($own:tt)* }) => {
        $(#[$meta])*
        pub struct $name(Part $(, $shown $(, $also)?)?);

        $(#[$meta])*
        #[Object]
        impl $name {
            /// Sanitised, in one element that carries `lang` and `dir`.
            pub async fn html(&self, ctx: &Context<'_>) -> HTML {
                self.0.html(ctx)
            }

            /// Its words alone.
            pub async fn plain_text(&self, ctx: &Context<'_>) -> String {
                self.0.plain_text(ctx)
            }

            $($own)*
        }
    };
}

block_object! {
    /// A title of what follows.
    HeadingBlock {
        /// 1 to 6, as written; `RichText.html` moves it down by its `headingOffset`.
        async fn level(&self) -> u8 {
            self.heading().map_or(1, |heading| heading.level)
        }

        /// The `id` of the heading in `RichText.html`, for `#anchor` links: made from its words, unique within the text, and the same
        /// whatever its references show.
        async fn anchor(&self) -> &str {
            self.heading().map_or("", |heading| &heading.anchor)
        }

        /// Its words.
        async fn spans(&self, ctx: &Context<'_>) -> Vec<Span> {
            self.0.spans(ctx)
        }
    }
}

impl HeadingBlock {
    fn heading(&self) -> Option<&Heading> {
        match &self.0.block {
            rich_text::Block::Heading(heading) => Some(heading),
            _ => None,
        }
    }
}

block_object! {
    /// Running text. Code that stands alone is a paragraph of one span with the mark CODE.
    ParagraphBlock {
        /// Its words.
        async fn spans(&self, ctx: &Context<'_>) -> Vec<Span> {
            self.0.spans(ctx)
        }
    }
}

block_object! {
    /// A list.
    ListBlock {
        /// Whether its items are numbered.
        async fn ordered(&self) -> bool {
            matches!(&self.0.block, rich_text::Block::List(list) if list.is_ordered)
        }

        /// Its items, in order.
        async fn items(&self) -> Vec<ListItem> {
            let rich_text::Block::List(list) = &self.0.block else { return Vec::new() };
            let items = list.items.iter();
            items.map(|item| ListItem { read: self.0.read.clone(), blocks: item.clone() }).collect()
        }
    }
}

/// One item of a list.
pub struct ListItem {
    read: Arc<Read>,
    blocks: Vec<rich_text::Block>,
}

impl ListItem {
    fn inner(&self) -> Option<usize> {
        self.blocks.iter().position(|block| matches!(block, rich_text::Block::List(_)))
    }
}

/// One item of a list.
#[Object]
impl ListItem {
    /// Its words; paragraphs, and all else that is no list, are separated by line breaks.
    async fn spans(&self, ctx: &Context<'_>) -> Vec<Span> {
        let inner = self.inner();
        let others = self.blocks.iter().enumerate().filter(|(index, _)| Some(*index) != inner);
        shown(ctx, &self.read, flat(others.map(|(_, block)| block)))
    }

    /// The first list within it; null for most.
    async fn list(&self) -> Option<ListBlock> {
        let block = self.blocks.get(self.inner()?)?.clone();
        Some(ListBlock(Part { read: self.read.clone(), block }))
    }
}

block_object! {
    /// Words of somebody else.
    QuoteBlock {
        /// Its words; paragraphs are separated by line breaks.
        async fn spans(&self, ctx: &Context<'_>) -> Vec<Span> {
            self.0.spans(ctx)
        }
    }
}

block_object! {
    /// Rows and columns.
    TableBlock {
        /// The cells of the first row.
        async fn header(&self, ctx: &Context<'_>) -> Vec<TableCell> {
            self.table().map_or_else(Vec::new, |table| self.cells(ctx, table, &table.header))
        }

        /// The cells of the other rows; as many in each as in the header.
        async fn rows(&self, ctx: &Context<'_>) -> Vec<Vec<TableCell>> {
            let rows = self.table().into_iter().flat_map(|table| table.rows.iter().map(move |row| (table, row)));
            rows.map(|(table, row)| self.cells(ctx, table, row)).collect()
        }
    }
}

impl TableBlock {
    fn table(&self) -> Option<&rich_text::Table> {
        match &self.0.block {
            rich_text::Block::Table(table) => Some(table),
            _ => None,
        }
    }

    fn cells(
        &self,
        ctx: &Context<'_>,
        table: &rich_text::Table,
        row: &[Vec<rich_text::Span>],
    ) -> Vec<TableCell> {
        let cells = row.iter().enumerate().map(|(index, spans)| TableCell {
            spans: shown(ctx, &self.0.read, spans.clone()),
            align: table.columns.get(index).copied().unwrap_or(rich_text::Align::Start).into(),
        });
        cells.collect()
    }
}

/// How a cell is aligned, in the direction of writing.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rich_text::Align")]
pub enum CellAlign {
    /// Where lines begin.
    Start,
    /// In the middle.
    Center,
    /// Where lines end.
    End,
}

/// One cell of a table.
#[derive(SimpleObject)]
pub struct TableCell {
    /// Its words.
    spans: Vec<Span>,
    /// How it is aligned, as its column is.
    align: CellAlign,
}

block_object! {
    /// A figure: the statistic's sentence, with its source and caveat.
    StatisticBlock(Statistic, Figure) {
        /// What it is a figure of.
        async fn statistic(&self) -> &Statistic {
            &self.1
        }

        /// The figure that is shown: that of the pinned period, or else the latest.
        async fn figure(&self) -> &Figure {
            &self.2
        }
    }
}

block_object! {
    /// The chart of a statistic set. Its `html` is a `<figure>` that names the set in `data-chart`: the picture from where charts are served,
    /// and a table of the same. In a draft view it is the table alone.
    ChartBlock(StatisticSet) {
        /// What it is drawn from.
        async fn statistic_set(&self) -> &StatisticSet {
            &self.1
        }
    }
}

block_object! {
    /// A contact channel with its label and the way to it; never whether it is open, since a rendered text may be kept.
    ContactBlock(ContactChannel) {
        /// The channel; ask it for its `openState`.
        async fn channel(&self) -> &ContactChannel {
            &self.1
        }
    }
}

block_object! {
    /// A service, as a link to its page.
    ServiceBlock(Service) {
        /// The service.
        async fn service(&self) -> &Service {
            &self.1
        }
    }
}

block_object! {
    /// A campaign, as a link to its page.
    CampaignBlock(Campaign) {
        /// The campaign.
        async fn campaign(&self) -> &Campaign {
            &self.1
        }
    }
}

block_object! {
    /// A post, as a link to its page.
    PostBlock(Post) {
        /// The post.
        async fn post(&self) -> &Post {
            &self.1
        }
    }
}

block_object! {
    /// A change of subject. Its `plainText` is empty.
    DividerBlock {}
}
