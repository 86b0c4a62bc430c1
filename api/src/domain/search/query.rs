//! What somebody typed into a search field, as words that can be looked up. Anything is a valid query.
//!
//! As on the web: all words must be there, `"…"` holds words together, `or` lets either do, `-` shuts out.

use super::words::words;
use crate::store::search::{Phrase, Terms};

/// How many characters of a query are read; what follows is as good as not typed.
pub const MAX_QUERY: usize = 1_000;
/// How many of its words and phrases count.
const MAX_TERMS: usize = 32;

/// Reads a query for readers of some languages: each word in the forms that their stemmers give it.
pub(super) fn parse<'a>(query: &str, languages: impl Iterator<Item = &'a str> + Clone) -> Terms {
    let query: String = query.chars().take(MAX_QUERY).collect();
    let mut terms = Terms::default();
    let mut is_either = false;
    for Term { text, is_out, is_quoted } in split(&query).take(MAX_TERMS) {
        if !is_quoted && !is_out && text.eq_ignore_ascii_case("or") && !terms.all.is_empty() {
            is_either = true;
            continue;
        }
        let mut forms: Vec<Phrase> = Vec::new();
        for language in languages.clone() {
            let phrase: Phrase = words(language, text).map(|(_, word)| word).collect();
            if !phrase.is_empty() && !forms.contains(&phrase) {
                forms.push(phrase);
            }
        }
        if forms.is_empty() {
            continue;
        }
        match terms.all.last_mut().filter(|_| is_either && !is_out) {
            _ if is_out => terms.none.extend(forms),
            Some(group) => group.extend(forms),
            None => terms.all.push(forms),
        }
        is_either = false;
    }
    terms
}

/// A word or a quoted phrase.
struct Term<'a> {
    text: &'a str,
    is_out: bool,
    is_quoted: bool,
}

/// Splits at white space and quotes; a quote that is never closed reaches to the end.
fn split(query: &str) -> impl Iterator<Item = Term<'_>> {
    let mut rest = query;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let (is_out, after) = match rest.strip_prefix('-') {
            Some(after) if after.starts_with(|c: char| c == '"' || c.is_alphanumeric()) => (true, after),
            _ => (false, rest),
        };
        if let Some(quoted) = after.strip_prefix('"') {
            let (text, left) = quoted.split_once('"').unwrap_or((quoted, ""));
            rest = left;
            return Some(Term { text, is_out, is_quoted: true });
        }
        let end = after.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(after.len());
        let (text, left) = after.split_at(end);
        rest = left;
        Some(Term { text, is_out, is_quoted: false })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Terms {
        parse(query, ["en", "cy"].into_iter())
    }

    fn phrase(words: &[&str]) -> Phrase {
        words.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn words_come_in_the_forms_of_each_language() {
        let terms = read("Victims");
        assert_eq!(terms.all, [vec![phrase(&["victim"]), phrase(&["victims"])]]);
        assert!(terms.none.is_empty());
    }

    #[test]
    fn quotes_or_and_minus_are_understood() {
        let terms = read("\"safe team\" help or aid -\"old line\" -x");
        let all = vec![vec![phrase(&["safe", "team"])], vec![phrase(&["help"]), phrase(&["aid"])]];
        assert_eq!((terms.all, terms.none), (all, vec![phrase(&["old", "line"]), phrase(&["x"])]));
    }

    #[test]
    fn anything_can_be_typed() {
        for query in
            ["", " ", "\"", "\"\"", "*", "-", "--", "-\"", "or", "or or", "👋🏽", ")(", "\0", "' & | !"]
        {
            assert!(read(query).all.iter().flatten().all(|phrase| phrase == &["or"]), "{query:?}");
        }
        assert_eq!(read("NEAR(a b)").all.len(), 2);
        assert_eq!(read(&"a ".repeat(10_000)).all.len(), MAX_TERMS);
        assert_eq!(read(&"a".repeat(10_000)).all[0][0][0].len(), MAX_QUERY);
    }
}
