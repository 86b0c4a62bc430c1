//! Telephone numbers that somebody typed. What a channel's number is, its channel shows: a copy stays wrong when it changes.

use std::ops::Range;

use crate::domain::phone::{self, DEFAULT_COUNTRY};
use crate::store::check::ChannelNumber;

/// A number in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LooseNumber {
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// How it is dialled.
    pub(super) dial_string: String,
}

/// The telephone numbers of a text: those that begin with a nought or a plus, numbers of social value (116), and any other
/// that is a channel's. Three digits are one only where a channel has them: "101 dalmatians".
pub(super) fn numbers(text: &str, channels: &[ChannelNumber]) -> Vec<LooseNumber> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(begins) {
        let start = at + next;
        let is_apart =
            text[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | ','));
        if let Some((dial_string, end)) = longest(text, start, channels).filter(|_| is_apart) {
            numbers.push(LooseNumber { range: start..end, dial_string });
            at = end;
        } else {
            at = text[start..].find(|c| !begins(c)).map_or(text.len(), |length| start + length);
        }
    }
    numbers
}

fn begins(c: char) -> bool {
    c.is_ascii_digit() || c == '+'
}

/// The longest number that begins here, and where it ends: another one may follow, as in "01632 960123 10 people".
fn longest(text: &str, start: usize, channels: &[ChannelNumber]) -> Option<(String, usize)> {
    let mut end = run_end(text, start);
    loop {
        if let Some(number) = number(&text[start..end], channels) {
            return Some((number, end));
        }
        let gap = text[start..end].rfind(|c: char| !c.is_ascii_digit()).filter(|gap| *gap > 0)?;
        end = start + text[start..start + gap].trim_end_matches(is_gap).len();
    }
}

/// How a number is dialled, if it is one.
fn number(text: &str, channels: &[ChannelNumber]) -> Option<String> {
    let number = phone::parse(text, DEFAULT_COUNTRY, false).ok()?.dial_string;
    let is_a_channel_s = channels.iter().any(|channel| channel.dial_string == number);
    let is_plain = text.starts_with(['0', '+']) || number.starts_with("116") && number.len() == 6;
    (is_a_channel_s || is_plain).then_some(number)
}

/// Where the digits end that begin here, grouped as people group them.
fn run_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut gaps = 0;
    for (at, c) in text[start..].char_indices() {
        if c.is_ascii_digit() || (c == '+' && at == 0) {
            end = start + at + c.len_utf8();
            gaps = 0;
        } else if is_gap(c) && gaps < 2 {
            gaps += 1;
        } else {
            break;
        }
    }
    end
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '-' | '(' | ')' | '\u{A0}' | '\u{2009}' | '\u{2011}' | '\u{202F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let channel = |dial_string: &str| ChannelNumber {
            dial_string: dial_string.into(),
            slug: "police".into(),
            language: "en".into(),
        };
        let numbers = numbers(text, &[channel("101"), channel("+441632960123")]);
        numbers.into_iter().map(|number| format!("{}={}", &text[number.range], number.dial_string)).collect()
    }

    #[test]
    fn numbers_are_found_as_people_write_them() {
        for (text, numbers) in [
            ("call 01632 960123.", "01632 960123=+441632960123"),
            (
                "(01632) 960 123, or +44 1632 960-124",
                "01632) 960 123=+441632960123|+44 1632 960-124=+441632960124",
            ),
            ("Ffoniwch 08081 570123 heddiw", "08081 570123=+448081570123"),
            ("ring 116 123 free", "116 123=116123"),
            ("01632 960123 10 people", "01632 960123=+441632960123"),
            ("dial 101 now", "101=101"),
            ("1632960123", "1632960123=+441632960123"),
        ] {
            assert_eq!(found(text).join("|"), numbers, "{text}");
        }
    }

    #[test]
    fn years_dates_counts_and_emergencies_are_none() {
        for text in [
            "in 2016 2018 and 2020-2022",
            "30 07 2026",
            "2026-07-30",
            "120 000 people",
            "ring 999",
            "0.5 and 007",
            "ref A01632960123",
            "",
            "+",
            "ÿ+ 1",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
