//! Texts: what should not be typed into one, what leads nowhere, and what readers cannot follow.

use std::ops::Range;
use std::sync::Arc;

use entity::Id;
use entity::document::State;

use super::tokens::{places, tokens};
use super::{CheckCode, Circumstance, Context, Finding, Needs, loose_number, unbound};
use crate::domain::phone::{self, DEFAULT_COUNTRY};
use crate::domain::rich_text::{Block, Heading, Kind, Link, Mark, Position, Reference, RichText, Span};
use crate::store::check::ChannelNumber;

/// A text of a draft.
struct Text<'a> {
    /// The document that it is of.
    document_id: Id,
    /// Its language.
    language: &'a str,
    /// The input field, and the way within it.
    path: Vec<&'a str>,
    /// As it was written.
    written: &'a str,
    /// Whether it is `CommonMark` with references.
    is_markdown: bool,
    /// Whether what it is on is sensitive.
    is_sensitive: bool,
}

/// The texts of a draft, in one language or within one of its parts.
pub(super) struct Texts<'a> {
    /// The document that they are of.
    pub(super) document_id: Id,
    /// Their language.
    pub(super) language: &'a str,
    /// The way to the part that they are of; empty for the document's own.
    pub(super) within: &'a [&'a str],
    /// Whether what they are on is sensitive.
    pub(super) is_sensitive: bool,
}

impl Texts<'_> {
    /// What is found in one that is shown as it was written.
    pub(super) fn plain(&self, field: &str, written: Option<&str>, context: &Context<'_>) -> Vec<Finding> {
        self.find(field, written, false, context)
    }

    /// What is found in one that is `CommonMark` with references.
    pub(super) fn markdown(&self, field: &str, written: Option<&str>, context: &Context<'_>) -> Vec<Finding> {
        self.find(field, written, true, context)
    }

    fn find(
        &self,
        field: &str,
        written: Option<&str>,
        is_markdown: bool,
        context: &Context<'_>,
    ) -> Vec<Finding> {
        let &Self { document_id, language, within, is_sensitive } = self;
        let path = within.iter().copied().chain([field]).collect();
        let written = written.unwrap_or_default();
        find(&Text { document_id, language, path, written, is_markdown, is_sensitive }, context)
    }
}

/// Notes what the checks of a summary and a body ask.
pub(super) fn needs(summary: Option<&str>, body: Option<&str>, needs: &mut Needs) {
    let has_number = |written: &str| written.bytes().filter(u8::is_ascii_digit).nth(2).is_some();
    needs.numbers |= summary.is_some_and(has_number) || body.is_some_and(has_number);
    let Some(markdown) = body.filter(|markdown| markdown.contains("[[")) else { return };
    for reference in needs.texts.read(markdown).references() {
        let Some(kind) = reference.kind else { continue };
        needs.addresses.insert((kind.node(), reference.slug.clone()));
        if let Some(period) = &reference.period {
            needs.periods.insert((reference.slug.clone(), period.clone()));
        }
    }
}

/// What is found in a text.
fn find(text: &Text<'_>, context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let tree = text.is_markdown.then(|| context.facts.texts.read(text.written));
    let runs = match &tree {
        Some(tree) => runs(&tree.blocks),
        None => vec![Run::plain(text.written)],
    };
    for run in &runs {
        findings.extend(text.words_to_avoid(run, context));
        findings.extend(text.figures(run, context));
        findings.extend(text.numbers(run, context));
    }
    if let Some(tree) = &tree {
        findings.extend(text.headings(tree.headings()));
        findings.extend(text.links(tree, context));
        findings
            .extend(tree.references().into_iter().filter_map(|reference| text.reference(reference, context)));
    }
    findings
}

impl Text<'_> {
    fn finding(&self, code: CheckCode, position: Position, message: impl Into<String>) -> Finding {
        let place = format!("{}:{}", position.line, position.column);
        let path: Vec<&str> = self.path.iter().copied().chain([place.as_str()]).collect();
        Finding::new(code, &path, message).in_language(self.language)
    }

    fn words_to_avoid(&self, run: &Run, context: &Context<'_>) -> Vec<Finding> {
        let Some(words) = context.wordbook.of(self.language) else { return Vec::new() };
        let tokens = tokens(&run.text);
        let found = words
            .avoid
            .iter()
            .flat_map(|(phrase, instead)| places(&tokens, phrase).map(move |range| (range, instead)));
        found
            .map(|(range, instead)| {
                let message = format!("Write \"{instead}\" for \"{}\".", &run.text[range.clone()]);
                let finding = self.finding(CheckCode::LanguageToAvoid, run.position(range.start), message);
                finding.suggesting(Some(instead.clone()))
            })
            .collect()
    }

    fn figures(&self, run: &Run, context: &Context<'_>) -> Vec<Finding> {
        let figures = unbound::figures(&run.text, context.wordbook.of(self.language));
        let finding = |range: Range<usize>| {
            let message = format!(
                "\"{}\" is typed by hand and stays as it is when the figure changes: refer to a statistic, [[statistic:…]].",
                &run.text[range.clone()]
            );
            let finding = self.finding(CheckCode::UnboundFigure, run.position(range.start), message);
            finding.when(self.is_sensitive, Circumstance::Sensitive)
        };
        figures.into_iter().map(finding).collect()
    }

    fn numbers(&self, run: &Run, context: &Context<'_>) -> Vec<Finding> {
        let channels = &context.facts.numbers;
        let finding = |number: loose_number::LooseNumber| {
            let shown = &run.text[number.range.clone()];
            self.loose(shown, &number.dial_string, run.position(number.range.start), channels)
        };
        loose_number::numbers(&run.text, channels).into_iter().map(finding).collect()
    }

    fn loose(
        &self,
        shown: &str,
        dial_string: &str,
        position: Position,
        channels: &[ChannelNumber],
    ) -> Finding {
        let own = |channel: &&ChannelNumber| channel.dial_string == dial_string;
        let named = channels.iter().filter(own);
        let channel = named.clone().find(|channel| channel.language == self.language);
        let channel = channel.or_else(|| named.clone().next());
        let suggestion = channel.map(|channel| format!("[[contact:{}]]", channel.slug));
        let message = format!(
            "\"{shown}\" is typed by hand and stays as it is when the number changes: refer to the contact channel, {}.",
            suggestion.as_deref().unwrap_or("[[contact:…]]")
        );
        self.finding(CheckCode::LoosePhoneNumber, position, message).suggesting(suggestion)
    }

    fn headings<'a>(&self, headings: impl Iterator<Item = &'a Heading>) -> Vec<Finding> {
        // The title of the page is its first heading, whatever level the first of the text has.
        let mut before = 1;
        let mut findings = Vec::new();
        for heading in headings {
            if heading.level > before + 1 {
                let message = format!(
                    "A heading of level {} follows one of level {before}: none is skipped.",
                    heading.level
                );
                let right = "#".repeat(usize::from(before + 1));
                let finding = self.finding(CheckCode::HeadingSkipped, heading.position, message);
                findings.push(finding.suggesting(Some(right)));
            }
            before = heading.level;
        }
        findings
    }

    fn links(&self, tree: &RichText, context: &Context<'_>) -> Vec<Finding> {
        let mut links: Vec<(Arc<Link>, String)> = Vec::new();
        for span in tree.spans() {
            let Some(link) = &span.link else { continue };
            let words = span.reference.as_ref().map_or_else(|| span.text.clone(), Reference::written);
            match links.last_mut() {
                Some((last, text)) if Arc::ptr_eq(last, link) => text.push_str(&words),
                _ => links.push((link.clone(), words)),
            }
        }
        let mut findings = Vec::new();
        for (link, text) in links {
            let words = context.wordbook.of(self.language);
            let tokens = tokens(&text);
            if words.is_some_and(|words| tokens.iter().all(|token| words.vague.contains(&token.key))) {
                let message = format!("\"{}\" does not say where the link leads.", text.trim());
                findings.push(self.finding(CheckCode::VagueLinkText, link.position, message));
            }
            let dialled = ["tel:", "sms:"].iter().find_map(|scheme| link.href.strip_prefix(scheme));
            let dialled = dialled.and_then(|number| phone::parse(number, DEFAULT_COUNTRY, true).ok());
            // A number that is shown as well is told once, where it is shown.
            let is_shown = |number: &str| {
                let shown = loose_number::numbers(&text, &context.facts.numbers);
                shown.iter().any(|shown| shown.dial_string == number)
            };
            if let Some(number) = dialled.filter(|number| !is_shown(&number.dial_string)) {
                let channels = &context.facts.numbers;
                findings.push(self.loose(&link.href, &number.dial_string, link.position, channels));
            }
        }
        findings
    }

    /// A reference must lead to something, and should lead to what readers see. What was withdrawn shows nothing wrong:
    /// its reference is told of, and stops nothing.
    fn reference(&self, reference: &Reference, context: &Context<'_>) -> Option<Finding> {
        let broken =
            |message: String| Some(self.finding(CheckCode::BrokenReference, reference.position, message));
        let written = &reference.target;
        let Some(kind) = reference.kind else {
            return broken(format!("[[{written}]] names no kind of content: {}.", Kind::names().join(", ")));
        };
        let address = (kind.node(), reference.slug.clone());
        let Some(target) = context.facts.addresses.get(&address) else {
            return broken(format!("[[{written}]] leads to nothing."));
        };
        let figure = reference
            .period
            .as_ref()
            .filter(|_| kind == Kind::Statistic)
            .map(|period| (period, context.facts.figures.get(&(target.id, Some(period.clone())))));
        if let Some((period, None)) = figure {
            return broken(format!("[[{written}]]: there is no figure of {period}."));
        }
        // What is published with the text is seen with it.
        if target.id == self.document_id {
            return None;
        }
        let name = kind.node().as_str().to_lowercase().replace('_', " ");
        let message = match (target.state, figure) {
            (State::Published, Some((period, Some(figure)))) if !figure.is_public => {
                format!("[[{written}]]: readers do not see the figure of {period} yet.")
            }
            (State::Published, _) => return None,
            (State::Withdrawn, _) => format!("[[{written}]]: readers no longer see this {name}."),
            (State::Draft, _) => format!("[[{written}]]: readers do not see this {name} yet."),
        };
        Some(self.finding(CheckCode::ReferenceNotPublished, reference.position, message))
    }
}

/// Text that is read as one: of a paragraph, a heading or a cell.
struct Run {
    text: String,
    /// Where its parts were written, by the byte they begin at.
    starts: Vec<(usize, Position)>,
}

impl Run {
    fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), starts: vec![(0, Position { line: 1, column: 1 })] }
    }

    fn of(spans: &[Span]) -> Self {
        let mut run = Self { text: String::new(), starts: Vec::new() };
        for span in spans {
            run.starts.push((run.text.len(), span.position));
            let is_code = span.marks.contains(&Mark::Code);
            // Nothing that was typed as words, and a gap between those around it.
            if is_code || span.reference.is_some() {
                run.text.push(OBJECT);
            } else {
                run.text.push_str(&span.text);
            }
        }
        run
    }

    /// Where a byte of it was written. Escapes before it in its part are not counted.
    fn position(&self, at: usize) -> Position {
        let part = self.starts.iter().rev().find(|(start, _)| *start <= at);
        let (start, position) = part.copied().unwrap_or_default();
        let before = &self.text[start..at];
        match before.rsplit_once('\n') {
            Some((lines, last)) => Position {
                line: position.line + lines.matches('\n').count() + 1,
                column: last.chars().count() + 1,
            },
            None => Position { column: position.column + before.chars().count(), ..position },
        }
    }
}

/// Stands for something that is no text (U+FFFC, object replacement character).
const OBJECT: char = '\u{FFFC}';

/// The runs of some blocks, in order; code is none.
fn runs(blocks: &[Block]) -> Vec<Run> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Heading(heading) => found.push(Run::of(&heading.spans)),
            Block::Paragraph(spans) => found.push(Run::of(spans)),
            Block::List(list) => list.items.iter().for_each(|item| found.extend(runs(item))),
            Block::Quote(blocks) => found.extend(runs(blocks)),
            Block::Table(table) => {
                let cells = table.header.iter().chain(table.rows.iter().flatten());
                found.extend(cells.map(|cell| Run::of(cell)));
            }
            Block::Code(_) | Block::Divider | Block::Reference(_) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests;
