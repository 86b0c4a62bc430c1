//! The markup of a chart: one `<svg>` that is at home in a file and in a page.
//!
//! It has no ids, no links and no scripts, so that several may stand in one page and none leads out of it. Parts are told by
//! their labels and, among squares, by marks: colours only help.

use std::fmt::Write;

use super::Chart;
use super::layout::{Drawing, Line, Shape, Tone};
use crate::domain::html::escaped;
use crate::domain::language::LanguageTag;

/// How many colours there are. With [`MARKS`], which it has no divisor in common with, every part has its own pair.
const COLOURS: usize = 7;
const MARKS: usize = 12;

/// Everything is named under one class, because styles of an image inside a page are styles of the page.
/// Each colour stands out from its paper at 3 to 1, text at 7 to 1 (WCAG 2.2, 1.4.6 and 1.4.11).
const STYLE: &str = "\
.beacon-chart{--paper:#fff;--ink:#1b1c1f;--quiet:#4a4d55;--line:#8a8d95;--c0:#1f5fa8;--c1:#a8431f;--c2:#1b7a5a;--c3:#7a3fa0;--c4:#856404;--c5:#b0305f;--c6:#4b5563;\
font-family:system-ui,'Segoe UI','Noto Sans','Noto Sans Arabic',Vazirmatn,Tahoma,sans-serif}\
@media(prefers-color-scheme:dark){.beacon-chart{--paper:#16181d;--ink:#f2f3f5;--quiet:#c3c7cf;--line:#7d828c;--c0:#7fb2f0;--c1:#f0a07f;--c2:#6fcfae;--c3:#c79bea;--c4:#e0c060;--c5:#f08fb5;--c6:#a9b4c4}}\
.beacon-chart .paper{fill:var(--paper)}\
.beacon-chart text{fill:var(--ink)}\
.beacon-chart .title,.beacon-chart .value{font-weight:700}\
.beacon-chart .quiet{fill:var(--quiet)}\
.beacon-chart .zero{stroke:var(--line);stroke-width:1}\
.beacon-chart .rest{fill:none;stroke:var(--line);stroke-width:1}\
.beacon-chart .mark{fill:none;stroke:var(--paper);stroke-width:2;stroke-linecap:square}\
.beacon-chart .c0{fill:var(--c0)}.beacon-chart .c1{fill:var(--c1)}.beacon-chart .c2{fill:var(--c2)}.beacon-chart .c3{fill:var(--c3)}\
.beacon-chart .c4{fill:var(--c4)}.beacon-chart .c5{fill:var(--c5)}.beacon-chart .c6{fill:var(--c6)}";

/// A chart as an SVG document.
pub(super) fn written(chart: &Chart, drawing: &Drawing) -> String {
    let Drawing { width, height, lines, shapes } = drawing;
    let is_rtl = is_rtl(&chart.language);
    let page = Page { width: *width, is_rtl };
    let direction = direction(is_rtl);
    let mut svg = String::with_capacity(8 * 1024);
    let _ = write!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" class="beacon-chart" role="img" aria-label="{alt}" lang="{language}" direction="{direction}" width="{width}" height="{height}" viewBox="0 0 {width} {height}"><title>{title}</title><desc>{desc}</desc><style>{STYLE}</style><rect class="paper" width="{width}" height="{height}"/>"#,
        alt = text(&chart.alt()),
        language = text(&chart.language),
        title = text(&chart.title),
        desc = text(&chart.long_description()),
    );
    for shape in shapes {
        page.draw(&mut svg, shape);
    }
    for line in lines {
        page.write(&mut svg, line);
    }
    svg.push_str("</svg>\n");
    svg
}

fn is_rtl(language: &str) -> bool {
    LanguageTag::parse(language).is_some_and(|tag| tag.is_rtl())
}

fn direction(is_rtl: bool) -> &'static str {
    if is_rtl { "rtl" } else { "ltr" }
}

/// The side that reading starts on.
struct Page {
    width: i32,
    is_rtl: bool,
}

impl Page {
    /// The left edge of something that begins at `x`, counted from where reading starts.
    fn left(&self, x: i32, width: i32) -> i32 {
        if self.is_rtl { self.width - x - width } else { x }
    }

    fn write(&self, svg: &mut String, line: &Line) {
        let class = match line.tone {
            Tone::Title => "title",
            Tone::Text => "text",
            Tone::Value => "value",
            Tone::Quiet => "quiet",
        };
        let (x, y, size) = (self.left(line.x, 0), line.y, line.tone.size());
        let _ = write!(svg, r#"<text class="{class}" x="{x}" y="{y}" font-size="{size}""#);
        if let Some(language) = &line.language {
            let _ = write!(svg, r#" lang="{}""#, text(language));
            if is_rtl(language) != self.is_rtl {
                // Where reading starts on the other side, the line ends where the others begin.
                let direction = direction(!self.is_rtl);
                let _ = write!(svg, r#" direction="{direction}" text-anchor="end""#);
            }
        }
        let _ = write!(svg, ">{}</text>", text(&line.text));
    }

    fn draw(&self, svg: &mut String, shape: &Shape) {
        let _ = match shape {
            Shape::Bar { x, y, width, height } => {
                let left = self.left(*x, *width);
                write!(svg, r#"<rect class="c0" x="{left}" y="{y}" width="{width}" height="{height}"/>"#)
            }
            Shape::Zero { x, y, height } => {
                let left = self.left(*x, 0);
                write!(svg, r#"<path class="zero" d="M{left} {y}v{height}"/>"#)
            }
            Shape::Squares { corners, .. } if corners.is_empty() => return,
            Shape::Squares { part: None, side, corners } => {
                let inner = side - 2;
                write!(
                    svg,
                    r#"<path class="rest" d="{}"/>"#,
                    self.path(*side, corners, |x, y| {
                        format!("M{} {}h{inner}v{inner}h-{inner}z", x + 1, y + 1)
                    })
                )
            }
            Shape::Squares { part: Some(part), side, corners } => {
                let squares = self.path(*side, corners, |x, y| format!("M{x} {y}h{side}v{side}h-{side}z"));
                let marks = self.path(*side, corners, |x, y| mark(part % MARKS, x, y, *side));
                write!(
                    svg,
                    r#"<path class="c{}" d="{squares}"/><path class="mark" d="{marks}"/>"#,
                    part % COLOURS
                )
            }
        };
    }

    fn path(&self, side: i32, corners: &[(i32, i32)], one: impl Fn(i32, i32) -> String) -> String {
        corners.iter().map(|&(x, y)| one(self.left(x, side), y)).collect()
    }
}

/// The mark of a part inside a square; the first has none.
fn mark(kind: usize, x: i32, y: i32, side: i32) -> String {
    let (near, middle, far) = (side / 4, side / 2, side - side / 4);
    let line = |x1: i32, y1: i32, x2: i32, y2: i32| format!("M{} {}L{} {}", x + x1, y + y1, x + x2, y + y2);
    match kind {
        1 => line(near, far, far, near),
        2 => line(middle, near, middle, far) + &line(near, middle, far, middle),
        3 => line(near, middle, far, middle),
        4 => line(near, near, far, far) + &line(near, far, far, near),
        5 => line(middle, near, middle, far),
        6 => {
            line(near, near, far, near)
                + &line(far, near, far, far)
                + &line(far, far, near, far)
                + &line(near, far, near, near)
        }
        7 => line(near, near, far, far),
        8 => line(middle, near, far, far) + &line(far, far, near, far) + &line(near, far, middle, near),
        9 => line(near, near, far, near) + &line(near, far, far, far),
        10 => {
            line(middle, near, far, middle)
                + &line(far, middle, middle, far)
                + &line(middle, far, near, middle)
                + &line(near, middle, middle, near)
        }
        11 => line(near, near, near, far) + &line(far, near, far, far),
        _ => String::new(),
    }
}

/// Text as XML has it: markup is escaped, and what XML cannot hold is left out.
fn text(text: &str) -> String {
    let is_xml = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let plain: String = text.replace(['\n', '\t'], " ").chars().filter(is_xml).collect();
    escaped(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_own_colour_and_mark() {
        let pairs: std::collections::HashSet<_> =
            (0..50).map(|part| (part % COLOURS, part % MARKS)).collect();
        assert_eq!(pairs.len(), 50);
    }

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(text("a\u{0}<b>\n&\"'"), "a&lt;b&gt; &amp;&quot;&#39;");
    }
}
