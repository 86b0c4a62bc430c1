//! The words around a match, as HTML in which nothing but the marks is markup.

use super::words::words;
use crate::domain::html::escaped;
use crate::store::search::Terms;

/// How many characters stand before the first match at most, and how many there are.
const BEFORE: usize = 60;
const LENGTH: usize = 240;

/// A piece of a text around its first match, each match in `<mark>`; its beginning where nothing matches.
pub(super) fn snippet(language: &str, text: &str, terms: &Terms) -> String {
    let is_match = |word: &String| terms.all.iter().flatten().flatten().any(|term| term == word);
    let matches: Vec<_> =
        words(language, text).filter(|(_, word)| is_match(word)).map(|(at, _)| at).collect();
    let first = matches.first().map_or(0, |at| at.start);
    let start = back(text, first);
    let end = text[start..].char_indices().nth(LENGTH).map_or(text.len(), |(at, _)| {
        let cut = start + at;
        text[start..cut].rfind(char::is_whitespace).map_or(cut, |space| start + space)
    });
    let mut html = String::new();
    if start > 0 {
        html.push('…');
    }
    let mut at = start;
    for found in matches.iter().filter(|found| found.start >= start && found.end <= end) {
        html.push_str(&plain(&text[at..found.start]));
        html.push_str("<mark>");
        html.push_str(&plain(&text[found.clone()]));
        html.push_str("</mark>");
        at = found.end;
    }
    html.push_str(plain(&text[at..end]).trim_end());
    if end < text.len() {
        html.push('…');
    }
    html
}

/// Where to begin so that some words stand before a place.
fn back(text: &str, place: usize) -> usize {
    let Some((start, _)) = text[..place].char_indices().rev().nth(BEFORE) else { return 0 };
    text[start..place].find(char::is_whitespace).map_or(start, |space| {
        let word = start + space;
        word + text[word..].chars().next().map_or(0, char::len_utf8)
    })
}

/// Text on one line, escaped.
fn plain(text: &str) -> String {
    escaped(&text.replace(['\n', '\r', '\t'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(text: &str, word: &str) -> String {
        snippet("en", text, &Terms { all: vec![vec![vec![word.to_owned()]]], none: Vec::new() })
    }

    #[test]
    fn matches_are_marked_and_everything_else_is_escaped() {
        assert_eq!(
            around("<b>Victims</b> & a victim", "victim"),
            "&lt;b&gt;<mark>Victims</mark>&lt;/b&gt; &amp; a <mark>victim</mark>"
        );
        assert_eq!(around("Nothing\nhere", "victim"), "Nothing here");
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        let text = format!("{}victim {}", "before ".repeat(100), "after ".repeat(100));
        let html = around(&text, "victim");
        assert!(
            html.starts_with("…before ") && html.ends_with("after…") && html.contains("<mark>victim</mark>"),
            "{html}"
        );
        assert!(html.chars().count() < 300, "{html}");
        assert!(around(&"ä".repeat(1000), "x").ends_with('…'));
    }
}
