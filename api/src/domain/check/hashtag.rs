//! Telling the words of a hashtag apart, so that each can begin with a capital: a screen reader then reads words.
//!
//! Words are known from the content itself (the campaign's name, theme and texts, its other hashtags) and from the
//! list of the language. A tag of one word alone is as it should be.

use std::collections::HashSet;

/// A tag without capitals and as long as this is more than one word, known or not.
const LONG: usize = 16;

/// What is wrong with a tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// Its words are known: how it should be written.
    Words(String),
    /// It is too long to be one word, and its words are not known.
    Long,
}

/// What is wrong with a tag that begins with a hash, if anything is.
pub(super) fn wrong(tag: &str, known: &HashSet<String>) -> Option<Case> {
    let word = tag.trim_start_matches('#');
    let has_capitals = word.chars().skip(1).any(char::is_uppercase);
    if has_capitals || word.contains('_') || !word.chars().any(char::is_lowercase) {
        return None;
    }
    let letters: Vec<char> = word.to_lowercase().chars().collect();
    match split(&letters, known) {
        Some(words) if words.len() > 1 => {
            let written: String = words.iter().map(|word| capitalised(word)).collect();
            Some(Case::Words(format!("#{written}"))).filter(|_| format!("#{written}") != tag)
        }
        None if letters.len() >= LONG => Some(Case::Long),
        _ => None,
    }
}

/// The words that a text has, as hashtags are split into them: its letters without accents would not be found again.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    // "16DaysOfAction" brings "days", "of" and "action".
    let mut spaced = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for c in text.chars() {
        let begins = c.is_uppercase() && before.is_lowercase() || c.is_numeric() != before.is_numeric();
        if begins {
            spaced.push(' ');
        }
        spaced.push(c);
        before = c;
    }
    let words: Vec<String> = spaced
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().nth(1).is_some())
        .map(str::to_lowercase)
        .collect();
    words.into_iter()
}

/// The fewest words that make up the letters; numbers are words.
fn split(letters: &[char], known: &HashSet<String>) -> Option<Vec<String>> {
    let mut best: Vec<Option<Vec<String>>> = vec![None; letters.len() + 1];
    best[0] = Some(Vec::new());
    for end in 1..=letters.len() {
        for start in 0..end {
            let Some(before) = &best[start] else { continue };
            let word: String = letters[start..end].iter().collect();
            let is_number = word.chars().all(char::is_numeric)
                && !letters.get(end).is_some_and(|c| c.is_numeric())
                && (start == 0 || !letters[start - 1].is_numeric());
            let is_fewer = best[end].as_ref().is_none_or(|words| words.len() > before.len() + 1);
            if is_fewer && (is_number || known.contains(&word)) {
                best[end] = Some(before.iter().cloned().chain([word]).collect());
            }
        }
    }
    best.pop().flatten()
}

fn capitalised(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(tag: &str, texts: &[&str]) -> Option<Case> {
        wrong(tag, &texts.iter().flat_map(|text| words(text)).collect())
    }

    fn suggested(tag: &str, texts: &[&str]) -> Option<String> {
        match told(tag, texts) {
            Some(Case::Words(tag)) => Some(tag),
            _ => None,
        }
    }

    #[test]
    fn words_are_found_in_the_campaign_s_own_texts() {
        let texts = ["World Day Against Trafficking in Persons", "Let us end human trafficking"];
        assert_eq!(suggested("#endhumantrafficking", &texts).as_deref(), Some("#EndHumanTrafficking"));
        assert_eq!(suggested("#Endhumantrafficking", &texts).as_deref(), Some("#EndHumanTrafficking"));
        assert_eq!(suggested("#16days", &["#16DaysOfActivism"]).as_deref(), Some("#16Days"));
        assert_eq!(
            suggested("#diwrnodyplant", &["Diwrnod", "y Plant", "yplant"]).as_deref(),
            Some("#DiwrnodYplant")
        );
        assert_eq!(suggested("#dŵrglân", &["Dŵr glân i bawb"]).as_deref(), Some("#DŵrGlân"));
    }

    #[test]
    fn a_single_word_a_camel_and_another_script_are_left_alone() {
        for tag in
            ["#trafficking", "#EndHumanTrafficking", "#endHuman", "#end_human", "#NHS", "#پایان‌قاچاق", "#16"]
        {
            assert_eq!(told(tag, &["End human trafficking"]), None, "{tag}");
        }
        assert_eq!(told("#shortunknown", &[]), None);
    }

    #[test]
    fn a_long_tag_of_unknown_words_is_told_without_a_suggestion() {
        assert_eq!(told("#somethingquitelong", &[]), Some(Case::Long));
    }
}
