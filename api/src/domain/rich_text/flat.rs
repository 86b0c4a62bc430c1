//! Blocks within blocks as one run of spans, for clients that show quotes and items as lines.

use super::{Block, Mark, Position, Span};

impl Block {
    /// Its spans; those of blocks within it are separated by line breaks, cells of a row by tabs.
    #[must_use]
    pub fn flat(&self) -> Vec<Span> {
        match self {
            Self::Heading(heading) => heading.spans.clone(),
            Self::Paragraph(spans) => spans.clone(),
            Self::Code(code) => vec![Span { marks: vec![Mark::Code], ..plain(code) }],
            Self::List(list) => joined(list.items.iter().map(flat), "\n"),
            Self::Quote(blocks) => flat(blocks),
            Self::Table(table) => {
                let rows = std::iter::once(&table.header).chain(&table.rows);
                joined(rows.map(|row| joined(row.iter().cloned(), "\t")), "\n")
            }
            Self::Divider => Vec::new(),
            Self::Reference(reference) => {
                vec![Span { reference: Some(reference.clone()), position: reference.position, ..plain("") }]
            }
        }
    }
}

/// The spans of several blocks, separated by line breaks.
#[must_use]
pub fn flat<'a>(blocks: impl IntoIterator<Item = &'a Block>) -> Vec<Span> {
    joined(blocks.into_iter().map(Block::flat), "\n")
}

fn joined(parts: impl Iterator<Item = Vec<Span>>, between: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        if !spans.is_empty() {
            spans.push(plain(between));
        }
        spans.extend(part);
    }
    spans
}

fn plain(text: &str) -> Span {
    Span {
        text: text.to_owned(),
        marks: Vec::new(),
        link: None,
        reference: None,
        position: Position::default(),
    }
}
