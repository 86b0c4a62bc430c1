//! Figures that somebody typed: percentages, ratios, and counts of ten or more before a noun.
//!
//! Years, dates, times, ages, ordinals, numbers that only name something ("page 12") and telephone numbers are none. Which
//! words tell them apart is data, language by language; where a language has none, percentages alone are found.

use std::ops::Range;

use super::tokens::{Token, tokens};
use super::wordbook::{Phrase, Words};

/// The figures of a text.
pub(super) fn figures(text: &str, words: Option<&Words>) -> Vec<Range<usize>> {
    let tokens = tokens(text);
    let reading = Reading { text, tokens: &tokens };
    let mut figures: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reading.figure(at, words) {
            Some(end) => {
                figures.push(reading.from(at)..end);
                at = tokens.partition_point(|token| token.range.start < end).max(at + 1);
            }
            None => at += 1,
        }
    }
    figures
}

/// A text and its words.
struct Reading<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl Reading<'_> {
    /// Where the figure that begins at a word ends, if one does.
    fn figure(&self, at: usize, words: Option<&Words>) -> Option<usize> {
        let number_end = self.number_end(at);
        if let Some(last) = number_end
            && let Some(end) = self.percent_sign(at, last)
        {
            return Some(end);
        }
        let words = words?;
        if let Some(end) = self.ratio(at, words) {
            return Some(end);
        }
        let last = number_end?;
        if let Some(end) = words.percent.iter().find_map(|phrase| self.phrase(last + 1, phrase)) {
            return Some(end);
        }
        let noun = self.tokens.get(last + 1)?;
        if words.magnitudes.contains(&noun.key) && self.is_apart(last) {
            return Some(noun.range.end);
        }
        self.is_count(at, last, words).then_some(self.tokens[last].range.end)
    }

    /// The last word of the number that begins at a word: `1,234.5` is three words.
    fn number_end(&self, at: usize) -> Option<usize> {
        let is_digits =
            |at: usize| self.tokens.get(at).is_some_and(|token| token.key.chars().all(char::is_numeric));
        if !is_digits(at) || self.continues(at) {
            return None;
        }
        let mut last = at;
        while is_digits(last + 1) && matches!(self.gap(last), "," | "." | "\u{66B}" | "\u{66C}" | "\u{202F}")
        {
            last += 1;
        }
        Some(last)
    }

    /// Whether a word goes on with what stands before it: `12` in `2026-07-12`, in `17:12` and in `12,12`.
    fn continues(&self, at: usize) -> bool {
        at > 0
            && matches!(
                self.gap(at - 1),
                "-" | "/" | ":" | "," | "." | "–" | "+" | "_" | "\u{66B}" | "\u{66C}"
            )
            && self.tokens[at - 1].key.chars().all(char::is_numeric)
    }

    fn percent_sign(&self, at: usize, last: usize) -> Option<usize> {
        let start = self.tokens[at].range.start;
        let end = self.tokens[last].range.end;
        let rest = &self.text[end..];
        let sign = rest.trim_start_matches([' ', '\u{A0}', '\u{202F}']);
        if let Some(first) = sign.chars().next().filter(|c| matches!(c, '%' | '٪')) {
            return Some(end + (rest.len() - sign.len()) + first.len_utf8());
        }
        self.text[..start].ends_with(['%', '٪']).then_some(end)
    }

    /// `1 in 4`, `one in four`, `1 out of every 10`.
    fn ratio(&self, at: usize, words: &Words) -> Option<usize> {
        let first = self.small_number(at, words)?;
        words.ratio.iter().rev().find_map(|phrase| {
            self.phrase(at + 1, phrase)?;
            let second_at = at + 1 + phrase.len();
            let second = self.small_number(second_at, words)?;
            (second > first).then(|| self.tokens[second_at].range.end)
        })
    }

    /// A whole number that is no year, in digits or as a word.
    fn small_number(&self, at: usize, words: &Words) -> Option<u32> {
        let token = self.tokens.get(at)?;
        if let Some(place) = words.numbers.iter().position(|word| *word == token.key) {
            return u32::try_from(place + 1).ok();
        }
        let is_alone = self.number_end(at) == Some(at);
        token.key.parse().ok().filter(|number| is_alone && (1..1_900).contains(number))
    }

    /// Whether a number of ten or more counts what is named behind it.
    fn is_count(&self, at: usize, last: usize, words: &Words) -> bool {
        let whole = &self.tokens[at].key;
        let is_large = whole.chars().count() > 1 && !whole.starts_with('0') || self.is_grouped(at, last);
        let is_year = last == at && whole.parse::<u32>().is_ok_and(|year| (1_900..=2_100).contains(&year));
        if !is_large || is_year || !self.is_apart(last) {
            return false;
        }
        let before = at.checked_sub(1).map(|before| &self.tokens[before]);
        let follows_name = before.is_some_and(|token| {
            let is_close = self.gap(at - 1).trim().is_empty() || self.gap(at - 1).trim() == ".";
            is_close
                && (words.labels.contains(&token.key)
                    || words.months.contains(&token.key)
                    || token.key.chars().any(char::is_numeric))
        });
        // Money, hashtags and the like are glued to what they are.
        let is_glued = self.text[..self.tokens[at].range.start]
            .chars()
            .next_back()
            .is_some_and(|c| !c.is_whitespace() && !"([“‘\"'—".contains(c));
        if follows_name || is_glued {
            return false;
        }
        let Some(mut noun) = self.tokens.get(last + 1) else { return false };
        if words.of.contains(&noun.key) {
            let Some(next) = self.tokens.get(last + 2) else { return false };
            noun = next;
        }
        let is_word =
            noun.key.chars().all(|c| c.is_alphabetic() || c == '\'') && noun.key.chars().count() >= 3;
        is_word
            && [&words.small, &words.units, &words.months].iter().all(|others| !others.contains(&noun.key))
    }

    /// Where a phrase ends that begins at a word.
    fn phrase(&self, at: usize, phrase: &Phrase) -> Option<usize> {
        let found = self.tokens.get(at..at + phrase.len())?;
        let is_same = found.iter().map(|token| &token.key).eq(phrase);
        found.last().filter(|_| is_same).map(|token| token.range.end)
    }

    /// Whether a number has its thousands set apart: `1,234`.
    fn is_grouped(&self, at: usize, last: usize) -> bool {
        last > at && self.gap(at) != "." && self.tokens[at + 1].key.chars().count() == 3
    }

    /// Whether a word and the next are apart by white space alone.
    fn is_apart(&self, at: usize) -> bool {
        !self.gap(at).is_empty() && self.gap(at).trim().is_empty()
    }

    /// What stands between a word and the next.
    fn gap(&self, at: usize) -> &str {
        match self.tokens.get(at + 1) {
            Some(next) => &self.text[self.tokens[at].range.end..next.range.start],
            None => &self.text[self.tokens[at].range.end..],
        }
    }

    /// Where a figure begins that begins at a word: a sign before it belongs to it.
    fn from(&self, at: usize) -> usize {
        let start = self.tokens[at].range.start;
        let before = &self.text[..start];
        if before.ends_with('%') {
            start - 1
        } else if before.ends_with('٪') {
            start - '٪'.len_utf8()
        } else {
            start
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::wordbook::Wordbook;
    use super::*;

    fn found(language: &str, text: &str) -> Vec<String> {
        let book = Wordbook::shipped();
        figures(text, book.of(language)).into_iter().map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn percentages_ratios_and_counts_are_figures() {
        for (text, figures) in [
            ("72% of victims", "72%"),
            ("(49 %)", "49 %"),
            ("38.7 per cent were girls", "38.7 per cent"),
            ("a rise of 12 percentage points", "12 percentage points"),
            ("1 in 4 women", "1 in 4"),
            ("One in four women", "One in four"),
            ("3 out of every 10", "3 out of every 10"),
            ("They helped 120 people last year.", "120"),
            ("There were 12,345 referrals and 1.5 million calls", "12,345|1.5 million"),
            ("In 2016, 45 victims came forward", "45"),
            ("1500 victims", "1500"),
            ("%49 kadın", "%49"),
        ] {
            assert_eq!(found("en", text).join("|"), figures, "{text}");
        }
    }

    #[test]
    fn years_dates_times_ordinals_names_and_numbers_to_call_are_none() {
        for text in [
            "the 2016 report",
            "30 July 2026",
            "on July 30 people meet",
            "2026-07-30 events",
            "30/07/2026",
            "from 17:00 to 19:30 daily",
            "at 10.30 am, or 11 pm",
            "24 hours a day, 365 days a year",
            "16 days of activism",
            "children aged 16 can",
            "18 years old, 11-year-olds",
            "the 21st century, 12th place",
            "page 12 says, step 10 asks, section 45 notices",
            "call 01632 960123 today",
            "call 116 123 free",
            "ring 999 straight away",
            "+44 1632 960123 works",
            "7 victims",
            "there were 12.",
            "£500 grants",
            "in 12 of the",
            "COVID-19 rules",
            "2 in 2016",
            "one in London",
        ] {
            assert_eq!(found("en", text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn welsh_has_its_own_words() {
        for (text, figures) in [
            ("Roedd 72% yn fenywod", "72%"),
            ("49 y cant o’r dioddefwyr", "49 y cant"),
            ("1 o bob 4 menyw", "1 o bob 4"),
            ("Un o bob pedwar", "Un o bob pedwar"),
            ("Cafodd 120 o bobl help", "120"),
            ("adroddiad 2016", ""),
            ("30 Gorffennaf 2026", ""),
            ("tudalen 12 yn", ""),
            ("24 awr y dydd", ""),
            ("18 oed", ""),
            ("ffoniwch 01632 960123 heddiw", ""),
        ] {
            assert_eq!(found("cy", text).join("|"), figures, "{text}");
        }
    }

    #[test]
    fn other_languages_have_their_percentages() {
        assert_eq!(found("fa", "۷۲٪ از قربانیان"), ["۷۲٪"]);
        assert_eq!(found("de", "49 % der Opfer, 120 Menschen"), ["49 %"]);
    }
}
