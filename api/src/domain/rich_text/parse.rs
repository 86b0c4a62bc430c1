//! From `CommonMark` to the tree.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, ListType, NodeValue, TableAlignment};
use comrak::{Arena, Options, parse_document};

use super::{Align, Block, Heading, Link, List, Mark, Position, Reference, RichText, Span, Table};
use crate::domain::slug;

/// How deeply blocks and marks may be nested.
const MAX_DEPTH: usize = 32;
/// The most references of a text.
pub const MAX_REFERENCES: usize = 100;

static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.wikilinks_title_after_pipe = true;
    options.extension.wikilinks_ignore_embeds = true;
    // A bracket that was escaped begins no reference.
    options.render.escaped_char_spans = true;
    options
});

/// Why a text is not kept: it is nested so deeply that rendering it would be an attack, or has more references than
/// are looked up. Asked when a text is saved.
#[must_use]
pub fn fault(markdown: &str) -> Option<String> {
    let arena = Arena::new();
    let root = nodes(&arena, markdown);
    if is_too_deep(root) {
        return Some(format!("Quotes, lists and marks may be nested {MAX_DEPTH} deep."));
    }
    let references = read(root).references().len();
    (references > MAX_REFERENCES).then(|| format!("A text may have at most {MAX_REFERENCES} references."))
}

/// The nodes of a text, whose columns count characters. There is an option for that, which counts the characters before each node
/// anew, so that a long line would take the square of its length.
fn nodes<'a>(arena: &'a Arena<'a>, markdown: &str) -> &'a AstNode<'a> {
    let root = parse_document(arena, markdown, &OPTIONS);
    let lines: Vec<&str> = markdown.lines().collect();
    let mut beginnings: HashMap<usize, Vec<usize>> = HashMap::new();
    for node in root.descendants() {
        let start = &mut node.data.borrow_mut().sourcepos.start;
        let Some(line) = lines.get(start.line.wrapping_sub(1)) else { continue };
        let beginnings =
            beginnings.entry(start.line).or_insert_with(|| line.char_indices().map(|(at, _)| at).collect());
        // Behind the last one there is one more place.
        let beyond = usize::from(start.column > line.len());
        start.column = beginnings.partition_point(|at| *at < start.column) + beyond;
    }
    root
}

fn is_too_deep<'a>(root: &'a AstNode<'a>) -> bool {
    let mut depth = 0;
    root.traverse().any(|edge| match edge {
        NodeEdge::Start(_) => {
            depth += 1;
            depth > MAX_DEPTH
        }
        NodeEdge::End(_) => {
            depth -= 1;
            false
        }
    })
}

pub(super) fn parse(markdown: &str) -> RichText {
    let arena = Arena::new();
    let root = nodes(&arena, markdown);
    // Nothing that is kept is so deep; what is not kept is not worth the stack.
    if is_too_deep(root) {
        return RichText { blocks: vec![Block::Code(markdown.to_owned())] };
    }
    read(root)
}

fn read<'a>(root: &'a AstNode<'a>) -> RichText {
    let mut blocks = blocks(root);
    let mut anchors = HashMap::new();
    for block in &mut blocks {
        match block {
            Block::Heading(heading) => heading.anchor = anchor(&heading.spans, &mut anchors),
            Block::Paragraph(spans) => {
                if let [Span { marks, link: None, reference: Some(reference), .. }] = spans.as_slice()
                    && marks.is_empty()
                {
                    *block = Block::Reference(reference.clone());
                }
            }
            _ => {}
        }
    }
    RichText { blocks }
}

fn blocks<'a>(parent: &'a AstNode<'a>) -> Vec<Block> {
    parent.children().filter_map(block).collect()
}

fn block<'a>(node: &'a AstNode<'a>) -> Option<Block> {
    let data = node.data.borrow();
    Some(match &data.value {
        NodeValue::Heading(heading) => Block::Heading(Heading {
            level: heading.level,
            anchor: String::new(),
            spans: spans(node),
            position: position(node),
        }),
        NodeValue::Paragraph => Block::Paragraph(spans(node)),
        NodeValue::HtmlBlock(html) => {
            let text = html.literal.trim_end().to_owned();
            let position = position(node);
            Block::Paragraph(vec![Span { text, marks: Vec::new(), link: None, reference: None, position }])
        }
        NodeValue::CodeBlock(code) => Block::Code(code.literal.trim_end().to_owned()),
        NodeValue::List(list) => Block::List(List {
            is_ordered: list.list_type == ListType::Ordered,
            start: list.start,
            is_tight: list.tight,
            items: node.children().map(blocks).collect(),
        }),
        NodeValue::BlockQuote => Block::Quote(blocks(node)),
        NodeValue::Table(table) => {
            let cells = |row: &'a AstNode<'a>| row.children().map(spans).collect();
            let mut rows = node.children().map(cells);
            Block::Table(Table {
                columns: table.alignments.iter().copied().map(align).collect(),
                header: rows.next().unwrap_or_default(),
                rows: rows.collect(),
            })
        }
        NodeValue::ThematicBreak => Block::Divider,
        _ => return None,
    })
}

fn align(alignment: TableAlignment) -> Align {
    match alignment {
        TableAlignment::None | TableAlignment::Left => Align::Start,
        TableAlignment::Center => Align::Center,
        TableAlignment::Right => Align::End,
    }
}

fn position<'a>(node: &'a AstNode<'a>) -> Position {
    let start = node.data.borrow().sourcepos.start;
    Position { line: start.line, column: start.column }
}

/// The anchor of a heading, unlike all before it.
fn anchor(spans: &[Span], taken: &mut HashMap<String, usize>) -> String {
    let words: String = spans
        .iter()
        .map(|span| span.reference.as_ref().map_or_else(|| span.text.clone(), Reference::written))
        .collect();
    let base = slug::from_title(&words);
    let mut number = taken.get(&base).copied().unwrap_or(0);
    let anchor = loop {
        number += 1;
        let anchor = if number == 1 { base.clone() } else { format!("{base}-{number}") };
        if number == 1 || !taken.contains_key(&anchor) {
            break anchor;
        }
    };
    taken.insert(base, number);
    taken.entry(anchor.clone()).or_insert(1);
    anchor
}

fn spans<'a>(parent: &'a AstNode<'a>) -> Vec<Span> {
    let mut inline = Inline::default();
    inline.children(parent);
    inline.spans
}

/// The spans of a block under construction.
#[derive(Default)]
struct Inline {
    spans: Vec<Span>,
    marks: Vec<Mark>,
    link: Option<Arc<Link>>,
}

impl Inline {
    fn children<'a>(&mut self, parent: &'a AstNode<'a>) {
        // Text comes in pieces, and a reference within a link's words is several.
        let mut text = String::new();
        let mut start = Position::default();
        for node in parent.children() {
            let data = node.data.borrow();
            let piece = match &data.value {
                NodeValue::Text(text) => text.as_ref(),
                NodeValue::SoftBreak => " ",
                _ => {
                    self.text(&std::mem::take(&mut text), start);
                    self.node(node, &data.value);
                    continue;
                }
            };
            if text.is_empty() {
                start = position(node);
            }
            text.push_str(piece);
        }
        self.text(&text, start);
    }

    fn node<'a>(&mut self, node: &'a AstNode<'a>, value: &NodeValue) {
        match value {
            NodeValue::Code(code) => {
                self.marked(Mark::Code, |inline| inline.words(&code.literal, position(node)));
            }
            NodeValue::HtmlInline(html) => self.words(html, position(node)),
            NodeValue::LineBreak => self.words("\n", position(node)),
            NodeValue::Escaped => self.words(&node.collect_text(), position(node)),
            NodeValue::Strong => self.marked(Mark::Strong, |inline| inline.children(node)),
            NodeValue::Emph => self.marked(Mark::Emphasis, |inline| inline.children(node)),
            NodeValue::Strikethrough => self.marked(Mark::Strikethrough, |inline| inline.children(node)),
            NodeValue::Link(link) => {
                let (href, title) = (encoded(&link.url), link.title.clone());
                let outer = self.link.replace(Arc::new(Link { href, title, position: position(node) }));
                self.children(node);
                self.link = outer;
            }
            NodeValue::WikiLink(link) => {
                let label = node.collect_text();
                let text = (label != link.url).then_some(label);
                self.bracketed(&link.url, text, position(node));
            }
            // Of an image the words that stand for it are shown.
            _ => self.children(node),
        }
    }

    fn marked(&mut self, mark: Mark, within: impl FnOnce(&mut Self)) {
        self.marks.push(mark);
        within(self);
        self.marks.pop();
    }

    /// Text that may have references in it: comrak looks for none where a bracket is open, as in the words of a link.
    fn text(&mut self, text: &str, start: Position) {
        let mut rest = text;
        while let Some((before, inner, after)) = next_reference(rest) {
            let at = |rest: &str| {
                let column = start.column + text[..text.len() - rest.len()].chars().count();
                Position { column, ..start }
            };
            self.words(before, at(rest));
            let (target, label) = match inner.split_once('|') {
                Some((target, label)) => (target, Some(label.to_owned())),
                None => (inner, None),
            };
            self.bracketed(target, label, at(&rest[before.len()..]));
            rest = after;
        }
        let column = start.column + text[..text.len() - rest.len()].chars().count();
        self.words(rest, Position { column, ..start });
    }

    /// A reference, or the words and brackets that are none.
    fn bracketed(&mut self, target: &str, text: Option<String>, position: Position) {
        match Reference::parse(target, text.clone(), position) {
            Some(reference) => self.spans.push(Span {
                text: String::new(),
                marks: self.marks.clone(),
                link: self.link.clone(),
                reference: Some(reference),
                position,
            }),
            None => match text {
                Some(text) => self.words(&format!("[[{target}|{text}]]"), position),
                None => self.words(&format!("[[{target}]]"), position),
            },
        }
    }

    fn words(&mut self, text: &str, position: Position) {
        if text.is_empty() {
            return;
        }
        let shares_link = |last: &Span| match (&last.link, &self.link) {
            (None, None) => true,
            (Some(last), Some(link)) => Arc::ptr_eq(last, link),
            _ => false,
        };
        match self.spans.last_mut() {
            Some(last) if last.reference.is_none() && last.marks == self.marks && shares_link(last) => {
                last.text.push_str(text);
            }
            _ => self.spans.push(Span {
                text: text.to_owned(),
                marks: self.marks.clone(),
                link: self.link.clone(),
                reference: None,
                position,
            }),
        }
    }
}

/// What stands before the first double brackets, between them, and behind them.
fn next_reference(text: &str) -> Option<(&str, &str, &str)> {
    let first = text.find("[[")?;
    let end = first + text[first..].find("]]")?;
    let start = text[..end].rfind("[[")?;
    Some((&text[..start], &text[start + 2..end], &text[end + 2..]))
}

/// An address in which nothing but the signs of addresses is left as it is (RFC 3986); the rest is percent-encoded.
fn encoded(url: &str) -> String {
    use std::fmt::Write;
    let mut encoded = String::with_capacity(url.len());
    for byte in url.trim().bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
