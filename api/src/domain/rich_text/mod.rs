//! Text that editors write as `CommonMark`, with references to living content.
//!
//! One parse ([`RichText::parse`]) makes a small tree of blocks and spans. Everything that is shown of a text (HTML, plain
//! text, blocks, headings, word counts) and everything that is asked about it (references, links, positions) comes from
//! that tree. What a reference shows is looked up when it is read, never kept.

mod chart;
mod flat;
mod html;
mod parse;
mod plain;
mod read_once;
mod reading;
mod reference;
mod show;
mod targets;

use std::sync::Arc;

pub use flat::flat;
pub use html::Setting;
pub use parse::{MAX_REFERENCES, fault};
pub use plain::words;
pub use read_once::ReadOnce;
pub use reading::Reading;
pub use reference::{Kind, Reference};
pub use show::{OwnWords, Show, Shown};
pub use targets::{Fetch, Target, Targets};

/// A text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RichText {
    /// Its parts, in order.
    pub blocks: Vec<Block>,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A title of what follows.
    Heading(Heading),
    /// Running text.
    Paragraph(Vec<Span>),
    /// Text that is shown as it is, line by line.
    Code(String),
    /// A list.
    List(List),
    /// Words of somebody else.
    Quote(Vec<Block>),
    /// Rows and columns.
    Table(Table),
    /// A change of subject.
    Divider,
    /// A reference alone in a paragraph that is not part of a list or quote.
    Reference(Reference),
}

/// A title of what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// What `#anchor` links name it by: from its words, unique in the text, and the same whatever its references show.
    pub anchor: String,
    /// Its words.
    pub spans: Vec<Span>,
    /// Where it was written.
    pub position: Position,
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Whether its items are numbered.
    pub is_ordered: bool,
    /// The number of the first item.
    pub start: usize,
    /// Whether its items are lines rather than paragraphs.
    pub is_tight: bool,
    /// What each item is made of.
    pub items: Vec<Vec<Block>>,
}

/// Rows and columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// How each column is aligned.
    pub columns: Vec<Align>,
    /// The cells of the first row.
    pub header: Vec<Vec<Span>>,
    /// The cells of the others; as many in each as there are columns.
    pub rows: Vec<Vec<Vec<Span>>>,
}

/// How a column is aligned, in the direction of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Where lines begin.
    Start,
    /// In the middle.
    Center,
    /// Where lines end.
    End,
}

/// A run of text with one set of marks; or a reference within a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The words. `\n` breaks the line. Empty for a reference: what it shows is not written here.
    pub text: String,
    /// From the outermost to the innermost.
    pub marks: Vec<Mark>,
    /// The link that it is part of; the spans of one link share it.
    pub link: Option<Arc<Link>>,
    /// What stands here instead of words.
    pub reference: Option<Reference>,
    /// Where it was written.
    pub position: Position,
}

/// How a run of text is set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// A link as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where to, percent-encoded.
    pub href: String,
    /// What shows when it is pointed at; empty for most.
    pub title: String,
    /// Where it was written.
    pub position: Position,
}

/// A place in the written text, counted from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character within the line.
    pub column: usize,
}

impl Link {
    /// Where it leads: `https:`, `mailto:`, `tel:`, `sms:`, `#anchor` or within the site; `None` for anything else, whose words are shown alone.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        Some(self.href.as_str()).filter(|href| html::is_safe(href))
    }
}

impl RichText {
    /// Reads a text. Every text can be read; one that may be saved has no [`fault`].
    #[must_use]
    pub fn parse(markdown: &str) -> Self {
        parse::parse(markdown)
    }

    /// Its headings, in order.
    pub fn headings(&self) -> impl Iterator<Item = &Heading> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Heading(heading) => Some(heading),
            _ => None,
        })
    }

    /// All its spans, in the order in which they are read.
    #[must_use]
    pub fn spans(&self) -> Vec<&Span> {
        let mut spans = Vec::new();
        self.visit(&mut |piece| {
            if let Piece::Span(span) = piece {
                spans.push(span);
            }
        });
        spans
    }

    /// All its references, in the order in which they are read.
    #[must_use]
    pub fn references(&self) -> Vec<&Reference> {
        let mut references = Vec::new();
        self.visit(&mut |piece| match piece {
            Piece::Span(span) => references.extend(&span.reference),
            Piece::Reference(reference) => references.push(reference),
        });
        references
    }

    fn visit<'a>(&'a self, see: &mut dyn FnMut(Piece<'a>)) {
        self.blocks.iter().for_each(|block| block.visit(see));
    }
}

/// What blocks are made of.
enum Piece<'a> {
    Span(&'a Span),
    Reference(&'a Reference),
}

impl Block {
    fn visit<'a>(&'a self, see: &mut dyn FnMut(Piece<'a>)) {
        match self {
            Self::Heading(Heading { spans, .. }) | Self::Paragraph(spans) => {
                for span in spans {
                    see(Piece::Span(span));
                }
            }
            Self::List(list) => list.items.iter().flatten().for_each(|block| block.visit(see)),
            Self::Quote(blocks) => blocks.iter().for_each(|block| block.visit(see)),
            Self::Table(Table { header, rows, .. }) => {
                let cells = header.iter().chain(rows.iter().flatten());
                cells.flatten().for_each(|span| see(Piece::Span(span)));
            }
            Self::Reference(reference) => see(Piece::Reference(reference)),
            Self::Code(_) | Self::Divider => {}
        }
    }
}

#[cfg(test)]
mod tests;
