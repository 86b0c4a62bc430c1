//! A text word by word, with the place of each.

use std::ops::Range;

use crate::store::fold;

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// The word without case and accents.
    pub(super) key: String,
}

/// The words of a text: runs of letters and digits of any script, with the marks and apostrophes between them.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut start = None;
    let mut add = |range: Range<usize>| {
        let word = text[range.clone()].trim_end_matches(is_apostrophe);
        tokens.push(Token {
            range: range.start..range.start + word.len(),
            key: fold::key(&word.replace(is_apostrophe, "'")),
        });
    };
    for (at, c) in text.char_indices() {
        let belongs = c.is_alphanumeric()
            || unicode_normalization::char::is_combining_mark(c)
            || c == '\u{200C}'
            || (is_apostrophe(c) && start.is_some());
        match (belongs, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                add(from..at);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        add(from..text.len());
    }
    tokens
}

/// Where a phrase stands among words, each time.
pub(super) fn places<'a>(
    tokens: &'a [Token],
    phrase: &'a [String],
) -> impl Iterator<Item = Range<usize>> + 'a {
    let length = phrase.len().max(1);
    tokens
        .windows(length)
        .filter(move |window| window.iter().map(|token| &token.key).eq(phrase))
        .filter_map(|window| Some(window.first()?.range.start..window.last()?.range.end))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_have_a_place() {
        let text = "‘Tŷ’ o’r gloch, child-prostitute!";
        let keys: Vec<String> = tokens(text).into_iter().map(|token| token.key).collect();
        assert_eq!(keys, ["ty", "o'r", "gloch", "child", "prostitute"]);
        let phrase = ["child".to_owned(), "prostitute".to_owned()];
        let found: Vec<&str> = places(&tokens(text), &phrase).map(|range| &text[range]).collect();
        assert_eq!(found, ["child-prostitute"]);
    }
}
