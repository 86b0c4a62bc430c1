//! Where everything stands, in whole pixels from the top of the side on which reading starts.
//!
//! Values stay exact decimals until they become a length; no number of the content passes through a float.

use entity::Decimal;

use super::letters::{width, wrap};
use super::{Bar, Caveat, Chart, Kind, Note};

/// What lies around everything.
const MARGIN: i32 = 16;
/// Between a bar or a square and its text.
const GAP: i32 = 8;
/// From this width on, labels stand beside what they name; below it, above.
const WIDE: i32 = 520;
const BAR_HEIGHT: i32 = 22;
/// Between two bars.
const BAR_GAP: i32 = 12;
/// The longest side of the field of squares.
const MAX_FIELD: i32 = 320;
/// Squares in a row, and rows.
const SQUARES: i32 = 10;
/// Between two squares.
const SQUARE_GAP: i32 = 2;
/// The side of the square that explains a colour and a mark.
const SWATCH: i32 = 18;

/// A chart with everything in its place.
pub(super) struct Drawing {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) lines: Vec<Line>,
    pub(super) shapes: Vec<Shape>,
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Title,
    Text,
    Value,
    Quiet,
}

/// A line of text on its baseline.
pub(super) struct Line {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) tone: Tone,
    pub(super) text: String,
    /// Its language, where that is not the chart's.
    pub(super) language: Option<String>,
}

/// What is not text.
pub(super) enum Shape {
    /// A bar.
    Bar { x: i32, y: i32, width: i32, height: i32 },
    /// Where bars begin.
    Zero { x: i32, y: i32, height: i32 },
    /// The squares of a part, by their corners; those of no part have none.
    Squares { part: Option<usize>, side: i32, corners: Vec<(i32, i32)> },
}

impl Tone {
    /// The size of its letters, which its lines are apart by, and how wide it is measured: bold letters are wider.
    const fn metrics(self) -> (i32, i32, i32) {
        match self {
            Self::Title => (18, 24, 20),
            Self::Text => (14, 20, 14),
            Self::Value => (14, 20, 16),
            Self::Quiet => (12, 17, 12),
        }
    }

    /// The size of its letters.
    pub(super) const fn size(self) -> i32 {
        self.metrics().0
    }
}

/// Places a chart on a width.
pub(super) fn of(chart: &Chart, width: i32) -> Drawing {
    let mut pen = Pen { width, y: MARGIN, lines: Vec::new(), shapes: Vec::new() };
    let inner = width - 2 * MARGIN;
    pen.write(MARGIN, inner, Tone::Title, &chart.title);
    pen.y += 2;
    pen.write(MARGIN, inner, Tone::Text, &chart.subtitle);
    pen.y += 14;
    match (chart.kind, chart.whole) {
        (Kind::Waffle, Some(whole)) => waffle(&mut pen, &chart.bars, whole),
        _ => bars(&mut pen, &chart.bars),
    }
    let notes = chart.caveats.iter().flat_map(Caveat::notes).chain(chart.source().map(Note::from));
    for Note { words, language } in notes {
        pen.write_in(language.as_deref(), MARGIN, inner, Tone::Quiet, &words);
        pen.y += 4;
    }
    let Pen { y, lines, shapes, .. } = pen;
    Drawing { width, height: y + MARGIN - 4, lines, shapes }
}

/// What has been drawn so far, and how far down.
struct Pen {
    width: i32,
    y: i32,
    lines: Vec<Line>,
    shapes: Vec<Shape>,
}

impl Pen {
    /// Writes a text in as many lines as it takes, and moves below it.
    fn write(&mut self, x: i32, most: i32, tone: Tone, text: &str) {
        self.write_in(None, x, most, tone, text);
    }

    /// The same in another language than the chart's.
    fn write_in(&mut self, language: Option<&str>, x: i32, most: i32, tone: Tone, text: &str) {
        let (size, apart, measured) = tone.metrics();
        let language = language.map(str::to_owned);
        for text in wrap(text, measured, most) {
            self.lines.push(Line { x, y: self.y + size, tone, text, language: language.clone() });
            self.y += apart;
        }
    }
}

/// A bar for each part: its label beside it where there is room, else above; its value after it.
fn bars(pen: &mut Pen, bars: &[Bar]) {
    let inner = pen.width - 2 * MARGIN;
    let (_, apart, measured) = Tone::Value.metrics();
    let widest =
        |text: fn(&Bar) -> &str, size| bars.iter().map(|bar| width(text(bar), size)).max().unwrap_or(0);
    let values = widest(|bar| &bar.written, measured);
    let labels = widest(|bar| &bar.label, Tone::Text.metrics().2).min(inner * 36 / 100);
    let is_beside = pen.width >= WIDE && values <= inner * 30 / 100;
    let start = if is_beside { MARGIN + labels + GAP } else { MARGIN };
    // A value that would leave no room for its bar stands above it.
    let is_after = values <= inner * 45 / 100;
    let track = pen.width - MARGIN - start - if is_after { values + GAP } else { 0 };
    let scale = Scale::of(bars, track);
    let top = pen.y;
    for bar in bars {
        if is_beside {
            let lines = wrap(&bar.label, Tone::Text.metrics().2, labels);
            let text = i32::try_from(lines.len()).unwrap_or(0) * apart;
            let row = text.max(BAR_HEIGHT);
            let below = pen.y + row;
            pen.y += (row - text) / 2;
            pen.write(MARGIN, labels, Tone::Text, &bar.label);
            pen.y = below - row + (row - BAR_HEIGHT) / 2;
            place(pen, bar, start, &scale, true);
            pen.y = below + BAR_GAP;
        } else {
            pen.write(start, inner, Tone::Text, &bar.label);
            if !is_after {
                pen.write(start, inner, Tone::Value, &bar.written);
            }
            place(pen, bar, start, &scale, is_after);
            pen.y += BAR_HEIGHT + BAR_GAP;
        }
    }
    if is_beside && !bars.is_empty() {
        let height = pen.y - BAR_GAP - top + 8;
        pen.shapes.push(Shape::Zero { x: start + scale.zero, y: top - 4, height });
    }
    pen.y += 4;
}

/// Draws a bar at the pen's height, and its value after it.
fn place(pen: &mut Pen, bar: &Bar, start: i32, scale: &Scale, with_value: bool) {
    let (from, to) = scale.ends(bar.value);
    pen.shapes.push(Shape::Bar { x: start + from, y: pen.y, width: to - from, height: BAR_HEIGHT });
    if with_value {
        let text = bar.written.clone();
        let (x, y) = (start + to + GAP, pen.y + 16);
        pen.lines.push(Line { x, y, tone: Tone::Value, text, language: None });
    }
}

/// How values become lengths.
struct Scale {
    least: rust_decimal::Decimal,
    span: rust_decimal::Decimal,
    track: i32,
    zero: i32,
}

impl Scale {
    fn of(bars: &[Bar], track: i32) -> Self {
        let zero = rust_decimal::Decimal::ZERO;
        let values = || bars.iter().map(|bar| bar.value.0);
        let (least, most) = (values().fold(zero, Ord::min), values().fold(zero, Ord::max));
        let mut scale = Self { least, span: most.saturating_sub(least), track: track.max(1), zero: 0 };
        scale.zero = scale.at(zero);
        scale
    }

    /// Where a value lies on the track.
    fn at(&self, value: rust_decimal::Decimal) -> i32 {
        let share = value.checked_sub(self.least).and_then(|above| above.checked_div(self.span));
        share.map_or(0, |share| whole_number(share * rust_decimal::Decimal::from(self.track)))
    }

    /// Where a bar begins and ends: from zero to its value, and something to see wherever there is a value.
    fn ends(&self, value: Decimal) -> (i32, i32) {
        let end = self.at(value.0);
        match (value.0.is_zero(), value.0.is_sign_negative()) {
            (true, _) => (self.zero, self.zero),
            (_, true) => (end.min(self.zero - 1).max(0), self.zero),
            _ => (self.zero, end.max(self.zero + 1)),
        }
    }
}

/// A hundred squares, row by row, and what their colours and marks stand for.
fn waffle(pen: &mut Pen, bars: &[Bar], whole: Decimal) {
    let inner = pen.width - 2 * MARGIN;
    let is_beside = pen.width >= WIDE;
    let side = (inner.min(MAX_FIELD) - (SQUARES - 1) * SQUARE_GAP) / SQUARES;
    let field = side * SQUARES + (SQUARES - 1) * SQUARE_GAP;
    let top = pen.y;
    let corner = |square: i32| {
        let step = side + SQUARE_GAP;
        (MARGIN + square % SQUARES * step, top + square / SQUARES * step)
    };
    let mut next = 0;
    for (part, count) in shares(bars, whole).into_iter().enumerate() {
        let corners = (next..next + count).map(corner).collect();
        pen.shapes.push(Shape::Squares { part: Some(part), side, corners });
        next += count;
    }
    let corners = (next..SQUARES * SQUARES).map(corner).collect();
    pen.shapes.push(Shape::Squares { part: None, side, corners });

    let x = if is_beside { MARGIN + field + 24 } else { MARGIN };
    if !is_beside {
        pen.y += field + 14;
    }
    for (part, bar) in bars.iter().enumerate() {
        let top = pen.y;
        pen.shapes.push(Shape::Squares { part: Some(part), side: SWATCH, corners: vec![(x, top)] });
        let text = x + SWATCH + GAP;
        pen.write(text, pen.width - MARGIN - text, Tone::Text, &format!("{} {}", bar.label, bar.written));
        pen.y = pen.y.max(top + SWATCH) + 6;
    }
    if is_beside {
        pen.y = pen.y.max(top + field);
    }
    pen.y += 12;
}

/// How many of a hundred squares each part has: whole squares, and what is left over to the largest remainders.
fn shares(bars: &[Bar], whole: Decimal) -> Vec<i32> {
    let hundred = rust_decimal::Decimal::ONE_HUNDRED;
    let exact = |bar: &Bar| {
        let share = bar.value.0.checked_div(whole.0).unwrap_or_default();
        share.checked_mul(hundred).unwrap_or_default()
    };
    let exact: Vec<rust_decimal::Decimal> = bars.iter().map(exact).collect();
    let mut counts: Vec<i32> = exact.iter().map(|share| whole_number(share.floor())).collect();
    let all = whole_number(exact.iter().sum()).min(SQUARES * SQUARES);
    let mut left = all - counts.iter().sum::<i32>();
    let mut by_remainder: Vec<usize> = (0..exact.len()).collect();
    by_remainder.sort_by_key(|&part| std::cmp::Reverse(exact[part].fract()));
    for part in by_remainder {
        if left <= 0 {
            break;
        }
        counts[part] += 1;
        left -= 1;
    }
    counts
}

/// The nearest whole number.
fn whole_number(value: rust_decimal::Decimal) -> i32 {
    value.round().try_into().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use entity::statistic::Qualifier;

    use super::*;

    fn bars(values: &[&str]) -> Vec<Bar> {
        let bar = |value: &&str| Bar {
            label: String::new(),
            value: value.parse().expect("a decimal"),
            qualifier: Qualifier::Exact,
            lower: None,
            upper: None,
            written: String::new(),
            unit: String::new(),
            period: String::new(),
            area: String::new(),
            source: String::new(),
        };
        values.iter().map(bar).collect()
    }

    fn hundred() -> Decimal {
        Decimal(rust_decimal::Decimal::ONE_HUNDRED)
    }

    #[test]
    fn squares_are_shared_by_the_largest_remainders() {
        assert_eq!(shares(&bars(&["49", "23", "21", "7"]), hundred()), [49, 23, 21, 7]);
        assert_eq!(shares(&bars(&["33.4", "33.3", "33.3"]), hundred()), [34, 33, 33]);
        assert_eq!(shares(&bars(&["0.4", "59"]), hundred()), [0, 59]);
        assert_eq!(shares(&bars(&["1", "2"]), "3".parse().expect("a decimal")), [33, 67]);
    }

    #[test]
    fn lengths_grow_from_zero_to_both_sides() {
        let (up, down) = (bars(&["49", "0", "98"]), bars(&["-5", "15"]));
        let scale = Scale::of(&up, 200);
        assert_eq!(
            up.iter().map(|bar| scale.ends(bar.value)).collect::<Vec<_>>(),
            [(0, 100), (0, 0), (0, 200)]
        );
        let scale = Scale::of(&down, 200);
        assert_eq!(down.iter().map(|bar| scale.ends(bar.value)).collect::<Vec<_>>(), [(0, 50), (50, 200)]);
    }

    #[test]
    fn the_longest_numbers_still_have_a_length() {
        let long = bars(&["99999999999999999999", "-99999999999999999999", "0.00000000000000000001"]);
        let scale = Scale::of(&long, 1000);
        assert_eq!(
            long.iter().map(|bar| scale.ends(bar.value)).collect::<Vec<_>>(),
            [(500, 1000), (0, 500), (500, 501)]
        );
    }
}
