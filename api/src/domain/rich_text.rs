//! From `CommonMark` to HTML and plain text.

use std::fmt::Write;

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, ListType, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

use super::language::LanguageTag;

/// The deepest heading of HTML.
const DEEPEST: u8 = 6;

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.render.escape = true;
    options
}

/// How deeply blocks and marks may be nested.
const MAX_DEPTH: usize = 32;

/// Whether blocks or marks are nested so deeply that rendering them would be an attack. Asked when a text is saved,
/// so that what is stored can be rendered.
#[must_use]
pub fn is_too_deep(markdown: &str) -> bool {
    let arena = Arena::new();
    let mut depth = 0;
    parse_document(&arena, markdown, &options()).traverse().any(|edge| match edge {
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

/// Sanitised HTML in one element that carries `lang` and `dir`; headings are moved down by `heading_offset`.
#[must_use]
pub fn html(markdown: &str, language: &str, heading_offset: u8) -> String {
    let (arena, options) = (Arena::new(), options());
    let root = parse_document(&arena, markdown, &options);
    for node in root.descendants() {
        if let NodeValue::Heading(heading) = &mut node.data.borrow_mut().value {
            heading.level = (heading.level + heading_offset).min(DEEPEST);
        }
    }
    let mut rendered = String::new();
    // Writing into a string does not fail.
    let _ = format_html(root, &options, &mut rendered);
    let direction = if LanguageTag::parse(language).is_some_and(|tag| tag.is_rtl()) { "rtl" } else { "ltr" };
    format!("<div lang=\"{language}\" dir=\"{direction}\">{}</div>", sanitised(&rendered))
}

/// HTML without anything that runs, loads or hides: links lead to https, mailto, tel, sms or within the site.
fn sanitised(html: &str) -> String {
    ammonia::Builder::default()
        .url_schemes(["https", "mailto", "tel", "sms"].into())
        .rm_tags(["img"])
        .link_rel(Some("noopener noreferrer"))
        .clean(html)
        .to_string()
}

/// The words alone: paragraphs are separated by an empty line, list items begin with `- ` or their number.
#[must_use]
pub fn plain_text(markdown: &str) -> String {
    let arena = Arena::new();
    let mut out = String::new();
    block(parse_document(&arena, markdown, &options()), &mut out);
    out.trim().to_owned()
}

fn block<'a>(node: &'a AstNode<'a>, out: &mut String) {
    for child in node.children() {
        match &child.data.borrow().value {
            NodeValue::Paragraph | NodeValue::Heading(_) => {
                inline(child, out);
                out.push_str(if is_in_tight_list(child) { "\n" } else { "\n\n" });
            }
            NodeValue::CodeBlock(code) => {
                let _ = write!(out, "{}\n\n", code.literal.trim_end());
            }
            NodeValue::List(list) => {
                for (number, item) in (list.start..).zip(child.children()) {
                    match list.list_type {
                        ListType::Bullet => out.push_str("- "),
                        ListType::Ordered => {
                            let _ = write!(out, "{number}. ");
                        }
                    }
                    block(item, out);
                }
                out.push('\n');
            }
            NodeValue::TableRow(_) => {
                for (index, cell) in child.children().enumerate() {
                    out.push_str(if index == 0 { "" } else { "\t" });
                    inline(cell, out);
                }
                out.push('\n');
            }
            NodeValue::Table(_) => {
                block(child, out);
                out.push('\n');
            }
            _ => block(child, out),
        }
    }
}

fn is_in_tight_list<'a>(node: &'a AstNode<'a>) -> bool {
    let list = node.parent().and_then(AstNode::parent);
    list.is_some_and(|list| matches!(&list.data.borrow().value, NodeValue::List(list) if list.tight))
}

fn inline<'a>(node: &'a AstNode<'a>, out: &mut String) {
    for child in node.children() {
        match &child.data.borrow().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::HtmlInline(html) => out.push_str(html),
            NodeValue::SoftBreak => out.push(' '),
            NodeValue::LineBreak => out.push('\n'),
            _ => inline(child, out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_move_down_and_stop_at_six() {
        assert_eq!(html("## A", "en", 1), "<div lang=\"en\" dir=\"ltr\"><h3>A</h3>\n</div>");
        assert!(html("###### A", "en", 4).contains("<h6>"));
    }

    #[test]
    fn nothing_that_runs_comes_through() {
        for hostile in [
            "<script>alert(1)</script>",
            "[a](javascript:alert(1))",
            "[a](data:text/html,x)",
            "![a](https://evil.example/x.png)",
            "<img src=x onerror=alert(1)>",
            "[a](https://x.example \"\" onclick=alert(1))",
        ] {
            let safe = html(hostile, "en", 0);
            for needle in ["<script", "href=\"javascript", "href=\"data", "<img", "<a onclick"] {
                assert!(!safe.contains(needle), "{hostile} gave {safe}");
            }
        }
    }

    #[test]
    fn deep_nesting_is_noticed() {
        assert!(!is_too_deep("> > > - quoted *and* listed"));
        assert!(is_too_deep(&format!("{} x", ">".repeat(5_000))));
        assert!(is_too_deep(&format!("{}x", "- ".repeat(40))));
    }

    #[test]
    fn persian_runs_from_right_to_left() {
        assert!(html("سلام", "fa", 0).starts_with("<div lang=\"fa\" dir=\"rtl\">"));
    }

    #[test]
    fn plain_text_keeps_the_order_of_things() {
        let text = plain_text(
            "# Title\n\nOne *two*\nthree.\n\n1. a\n2. b\n\n- c\n\n> quoted `code`\n\n| x | y |\n|---|---|\n| 1 | 2 |\n",
        );
        assert_eq!(text, "Title\n\nOne two three.\n\n1. a\n2. b\n\n- c\n\nquoted code\n\nx\ty\n1\t2");
    }
}
