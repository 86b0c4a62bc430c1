//! The words of a text.

use std::fmt::Write;

use unicode_segmentation::UnicodeSegmentation;

use super::{Block, OwnWords, RichText, Show, Span};

/// How many characters of a script without spaces are read in the time of a word.
const CHARACTERS_OF_A_WORD: usize = 2;
/// How fast a text is read.
const WORDS_A_MINUTE: usize = 200;
/// What stands after a line, and after a paragraph.
const LINE: &str = "\n";
const PARAGRAPH: &str = "\n\n";

impl RichText {
    /// The words alone, with what a reference shows: paragraphs are separated by an empty line, list items begin with `- ` or
    /// their number, cells of a row are separated by a tab.
    #[must_use]
    pub fn plain_text(&self, show: &dyn Show) -> String {
        let mut out = String::new();
        blocks(&self.blocks, PARAGRAPH, show, &mut out);
        out.trim_end().to_owned()
    }

    /// The words as they are written: for a reference those that the editor gave, or else none.
    #[must_use]
    pub fn own_words(&self) -> String {
        self.plain_text(&OwnWords)
    }

    /// How long reading it takes, in whole minutes, at least 1.
    #[must_use]
    pub fn reading_minutes(&self) -> u32 {
        let minutes = words(&self.own_words()).div_ceil(WORDS_A_MINUTE).max(1);
        u32::try_from(minutes).unwrap_or(u32::MAX)
    }
}

impl Block {
    /// Its words alone.
    #[must_use]
    pub fn plain_text(&self, show: &dyn Show) -> String {
        let mut out = String::new();
        block(self, PARAGRAPH, show, &mut out);
        out.trim_end().to_owned()
    }
}

fn blocks(blocks: &[Block], gap: &str, show: &dyn Show, out: &mut String) {
    for inner in blocks {
        block(inner, gap, show, out);
    }
}

/// Writes a block and the gap after it.
fn block(this: &Block, gap: &str, show: &dyn Show, out: &mut String) {
    let start = out.len();
    match this {
        Block::Heading(heading) => spans(&heading.spans, show, out),
        Block::Paragraph(words) => spans(words, show, out),
        Block::Code(code) => out.push_str(code),
        Block::List(list) => {
            let within = if list.is_tight { LINE } else { PARAGRAPH };
            let mut number = list.start;
            for item in &list.items {
                let before = out.len();
                if list.is_ordered {
                    // Writing into a string does not fail.
                    let _ = write!(out, "{number}. ");
                } else {
                    out.push_str("- ");
                }
                let sign = out.len();
                blocks(item, within, show, out);
                // What it refers to was withdrawn.
                if out.len() == sign {
                    out.truncate(before);
                } else {
                    number += 1;
                }
            }
        }
        Block::Quote(inner) => blocks(inner, PARAGRAPH, show, out),
        Block::Table(table) => {
            for row in std::iter::once(&table.header).chain(&table.rows) {
                for (index, cell) in row.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "\t" });
                    spans(cell, show, out);
                }
                out.push_str(LINE);
            }
        }
        Block::Divider => {}
        Block::Reference(reference) => out.push_str(&show.block_text(reference)),
    }
    if out.len() > start {
        out.truncate(out.trim_end_matches('\n').len().max(start));
        out.push_str(gap);
    }
}

fn spans(spans: &[Span], show: &dyn Show, out: &mut String) {
    for span in spans {
        match &span.reference {
            Some(reference) => out.push_str(&show.span(reference).text),
            None => out.push_str(&span.text),
        }
    }
}

/// How many words a text has for whoever reads it (UAX #29). In scripts that put no spaces between words, two characters
/// count as a word.
#[must_use]
pub fn words(text: &str) -> usize {
    let mut words = 0;
    let mut characters = 0;
    for word in text.unicode_words() {
        match word.chars().filter(|&c| is_unspaced(c)).count() {
            0 => words += 1,
            many => characters += many,
        }
    }
    words + characters.div_ceil(CHARACTERS_OF_A_WORD)
}

/// Thai and Lao, Burmese, Khmer; Japanese and Chinese.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}
