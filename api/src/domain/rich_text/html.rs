//! From the tree to HTML that is safe to insert into a page.

use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use super::{Align, Block, Link, List, Mark, RichText, Show, Shown, Span, Table};
use crate::app::App;
use crate::domain::html::escaped;
use crate::domain::language::LanguageTag;
use crate::domain::{path, share};

/// The deepest heading of HTML.
const DEEPEST: u8 = 6;
/// Where a link may lead, besides places within the site.
const SCHEMES: [&str; 4] = ["https", "mailto", "tel", "sms"];
/// The elements of titles, which carry anchors.
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// How a text is set.
pub struct Setting<'a> {
    /// The language of its words.
    pub language: &'a str,
    /// How far headings move down.
    pub heading_offset: u8,
    /// The origin of the site, without a slash at the end: links to anywhere else do not tell where they come from.
    pub origin: String,
    /// What the addresses of charts begin with: no other image is shown.
    pub charts: String,
}

impl<'a> Setting<'a> {
    /// On the pages of a site.
    #[must_use]
    pub fn of(app: &App, language: &'a str, heading_offset: u8) -> Self {
        let charts = format!("{}/charts/", app.config.public_url.as_str().trim_end_matches('/'));
        Self { language, heading_offset, origin: path::url(app, ""), charts }
    }
}

impl RichText {
    /// Sanitised HTML in one element that carries `lang` and `dir`.
    #[must_use]
    pub fn html(&self, setting: &Setting<'_>, show: &dyn Show) -> String {
        whole(setting, &written(&self.blocks, setting, show))
    }
}

impl Block {
    /// Sanitised HTML in one element that carries `lang` and `dir`.
    #[must_use]
    pub fn html(&self, setting: &Setting<'_>, show: &dyn Show) -> String {
        whole(setting, &written(std::slice::from_ref(self), setting, show))
    }
}

fn whole(setting: &Setting<'_>, html: &str) -> String {
    let direction = direction(setting.language);
    format!(
        "<div lang=\"{}\" dir=\"{direction}\">{}</div>",
        setting.language,
        sanitised(html, &setting.charts)
    )
}

/// HTML without anything that runs, loads or hides; of images, charts alone.
fn sanitised(html: &str, charts: &str) -> String {
    static WORDS: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
        let mut cleaner = cleaner();
        cleaner.rm_tags(["img"]);
        cleaner
    });
    // Nobody writes this sign but charts: what editors write is escaped.
    if !html.contains("<img ") {
        return WORDS.clean(html).to_string();
    }
    let charts = charts.to_owned();
    let mut cleaner = cleaner();
    cleaner
        .add_tags(["picture", "source"])
        .add_tag_attributes("source", ["media", "srcset", "width", "height"]);
    // A site on loopback has charts by http.
    cleaner.add_url_schemes(["http"]).attribute_filter(move |element, attribute, value| {
        // In a set of sources, spaces and commas begin another.
        let is_chart = || value.starts_with(&charts) && !value.contains([' ', ',']);
        let is_allowed = match (element, attribute) {
            ("img", "src") | ("source", "srcset") => is_chart(),
            ("a", "href") => is_safe(value) || is_chart(),
            (_, "href" | "src" | "cite") => is_safe(value),
            _ => true,
        };
        is_allowed.then(|| value.into())
    });
    cleaner.clean(html).to_string()
}

fn cleaner() -> ammonia::Builder<'static> {
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .url_schemes(SCHEMES.into())
        // Written below, where a link leads elsewhere.
        .link_rel(None)
        .add_tag_attributes("a", ["rel"])
        .add_tag_attributes("figure", ["data-chart"])
        .add_generic_attributes(["dir"]);
    for heading in HEADINGS {
        cleaner.add_tag_attributes(heading, ["id"]);
    }
    cleaner
}

/// Which way a language is written.
fn direction(language: &str) -> &'static str {
    if LanguageTag::parse(language).is_some_and(|tag| tag.is_rtl()) { "rtl" } else { "ltr" }
}

/// Whether a link may lead there: by one of the schemes, or within the site.
pub(super) fn is_safe(href: &str) -> bool {
    let scheme = href.split(['/', '?', '#']).next().and_then(|start| start.split_once(':'));
    match scheme {
        Some((scheme, _)) => SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()),
        // `//host` is another site by whatever scheme the page has.
        None => !href.starts_with("//"),
    }
}

/// A paragraph of plain words; nothing without any.
pub(super) fn paragraph(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("<p>{}</p>\n", escaped(words)) }
}

/// Opens a link.
pub(super) fn open_link(out: &mut String, href: &str, title: &str, origin: &str) {
    // Writing into a string does not fail, here and below.
    let _ = write!(out, "<a href=\"{}\"", escaped(href));
    if !title.is_empty() {
        let _ = write!(out, " title=\"{}\"", escaped(title));
    }
    let is_own = href.strip_prefix(origin).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if href.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:")) && !is_own {
        out.push_str(" rel=\"noopener noreferrer\"");
    }
}

/// The attributes of words in another language than the text's.
pub(super) fn other_language(out: &mut String, language: Option<&str>) {
    if let Some(language) = language {
        let _ = write!(out, " lang=\"{language}\" dir=\"{}\"", direction(language));
    }
}

fn written(blocks: &[Block], setting: &Setting<'_>, show: &dyn Show) -> String {
    let is_rtl = direction(setting.language) == "rtl";
    let mut writer = Writer { setting, show, is_rtl, out: String::new() };
    for block in blocks {
        writer.block(block, false);
    }
    writer.out
}

struct Writer<'a> {
    setting: &'a Setting<'a>,
    show: &'a dyn Show,
    is_rtl: bool,
    out: String,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block, is_line: bool) {
        match block {
            Block::Heading(heading) => {
                let level = (heading.level + self.setting.heading_offset).min(DEEPEST);
                let open = format!("<h{level} id=\"{}\">", heading.anchor);
                self.within(&open, &format!("</h{level}>\n"), |writer| writer.spans(&heading.spans));
            }
            Block::Paragraph(spans) if is_line => self.spans(spans),
            Block::Paragraph(spans) => self.within("<p>", "</p>\n", |writer| writer.spans(spans)),
            Block::Code(code) => {
                let _ = writeln!(self.out, "<pre><code>{}</code></pre>", escaped(code));
            }
            Block::List(list) => self.list(list),
            Block::Quote(blocks) => self.within("<blockquote>\n", "</blockquote>\n", |writer| {
                for block in blocks {
                    writer.block(block, false);
                }
            }),
            Block::Table(table) => self.table(table),
            Block::Divider => self.out.push_str("<hr>\n"),
            Block::Reference(reference) => self.out.push_str(&self.show.block_html(reference)),
        }
    }

    fn list(&mut self, list: &List) {
        let element = if list.is_ordered { "ol" } else { "ul" };
        let open = match list.start {
            start if list.is_ordered && start != 1 => format!("<ol start=\"{start}\">\n"),
            _ => format!("<{element}>\n"),
        };
        self.within(&open, &format!("</{element}>\n"), |writer| {
            for item in &list.items {
                writer.within("<li>", "</li>\n", |writer| writer.item(item, list.is_tight));
            }
        });
    }

    fn item(&mut self, blocks: &[Block], is_tight: bool) {
        for (index, block) in blocks.iter().enumerate() {
            if index > 0 && is_tight {
                self.out.push('\n');
            }
            self.block(block, is_tight);
        }
    }

    /// An element with what is written into it; nothing where that is nothing, because what it refers to was withdrawn.
    fn within(&mut self, open: &str, close: &str, write: impl FnOnce(&mut Self)) {
        let start = self.out.len();
        self.out.push_str(open);
        let inner = self.out.len();
        write(self);
        if self.out.len() == inner {
            self.out.truncate(start);
        } else {
            self.out.push_str(close);
        }
    }

    fn table(&mut self, table: &Table) {
        self.out.push_str("<table>\n<thead>\n");
        self.row(table, &table.header, "th");
        self.out.push_str("</thead>\n");
        if !table.rows.is_empty() {
            self.out.push_str("<tbody>\n");
            table.rows.iter().for_each(|row| self.row(table, row, "td"));
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table>\n");
    }

    fn row(&mut self, table: &Table, cells: &[Vec<Span>], element: &str) {
        let end = if self.is_rtl { "left" } else { "right" };
        self.out.push_str("<tr>");
        for (index, cell) in cells.iter().enumerate() {
            let _ = match table.columns.get(index) {
                Some(Align::Center) => write!(self.out, "<{element} align=\"center\">"),
                Some(Align::End) => write!(self.out, "<{element} align=\"{end}\">"),
                _ => write!(self.out, "<{element}>"),
            };
            self.spans(cell);
            let _ = write!(self.out, "</{element}>");
        }
        self.out.push_str("</tr>\n");
    }

    /// Spans in the elements of their marks; neighbours share those that they have in common.
    fn spans(&mut self, spans: &[Span]) {
        let mut link: Option<&Arc<Link>> = None;
        let mut open: Vec<Mark> = Vec::new();
        for span in spans {
            let shown = span.reference.as_ref().map(|reference| self.show.span(reference));
            if shown.as_ref().is_some_and(|shown| shown.text.is_empty()) {
                continue;
            }
            let within = span.link.as_ref().filter(|link| link.target().is_some());
            if link.map(Arc::as_ptr) != within.map(Arc::as_ptr) {
                self.close(&mut open, 0);
                if link.is_some() {
                    self.out.push_str("</a>");
                }
                if let Some(link) = within {
                    open_link(&mut self.out, &link.href, &link.title, &self.setting.origin);
                    self.out.push('>');
                }
                link = within;
            }
            let shared = open.iter().zip(&span.marks).take_while(|(open, mark)| open == mark).count();
            self.close(&mut open, shared);
            for &mark in &span.marks[shared..] {
                let _ = write!(self.out, "<{}>", element(mark));
                open.push(mark);
            }
            match shown {
                Some(shown) => self.reference(&shown, link.is_some()),
                None => self.words(&span.text),
            }
        }
        self.close(&mut open, 0);
        if link.is_some() {
            self.out.push_str("</a>");
        }
    }

    fn close(&mut self, open: &mut Vec<Mark>, keep: usize) {
        for mark in open.drain(keep..).rev() {
            let _ = write!(self.out, "</{}>", element(mark));
        }
    }

    /// What a reference shows; within a link's words it leads where the link does.
    fn reference(&mut self, shown: &Shown, is_linked: bool) {
        let language = shown.language.as_deref();
        let href = shown.href.as_deref().filter(|_| !is_linked);
        let element = if href.is_some() { "a" } else { "span" };
        if let Some(href) = href {
            open_link(&mut self.out, href, "", &self.setting.origin);
        } else if language.is_some() || shown.is_number {
            self.out.push_str("<span");
        } else {
            return self.words(&shown.text);
        }
        if shown.is_number {
            self.out.push_str(" dir=\"ltr\"");
        } else {
            other_language(&mut self.out, language);
        }
        self.out.push('>');
        self.words(&shown.text);
        let _ = write!(self.out, "</{element}>");
    }

    fn words(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.out.push_str("<br>\n");
            }
            self.line(line);
        }
    }

    /// Hashtags are set apart in what is written from right to left: the `#` of a Latin one would move to its end.
    fn line(&mut self, mut line: &str) {
        while let Some(tag) = share::next_hashtag(line).filter(|_| self.is_rtl) {
            let (before, rest) = (&line[..tag.start], &line[tag.end..]);
            let _ = write!(self.out, "{}<bdi>{}</bdi>", escaped(before), &line[tag]);
            line = rest;
        }
        self.out.push_str(&escaped(line));
    }
}

fn element(mark: Mark) -> &'static str {
    match mark {
        Mark::Strong => "strong",
        Mark::Emphasis => "em",
        Mark::Code => "code",
        Mark::Strikethrough => "del",
    }
}
