//! The words of a text as the index has them: without case and accents, and reduced to their stems where the language's
//! stemmer is known (Snowball). The databases get the result, so that both find the same.

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::language::primary;
use crate::store::fold;

/// The words of a text in a language, and where each of them stands, in bytes.
pub(super) fn words<'a>(
    language: &str,
    text: &'a str,
) -> impl Iterator<Item = (Range<usize>, String)> + use<'a> {
    let stemmer = stemmer(language);
    text.unicode_word_indices().filter_map(move |(start, word)| {
        let plain: String = fold::key(word).chars().filter(|c| c.is_alphanumeric()).collect();
        let stem = match &stemmer {
            Some(stemmer) => stemmer.stem(&plain).into_owned(),
            None => plain,
        };
        (!stem.is_empty()).then(|| (start..start + word.len(), stem))
    })
}

/// The stemmer of a language; `None` for those that Snowball does not know, Welsh, Polish and Persian among them.
fn stemmer(language: &str) -> Option<Stemmer> {
    let algorithm = match primary(language) {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    };
    Some(Stemmer::create(algorithm))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(language: &str, text: &str) -> Vec<String> {
        words(language, text).map(|(_, stem)| stem).collect()
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        assert_eq!(stems("en", "Victims, victim's VICTIM"), ["victim", "victim", "victim"]);
        assert_eq!(stems("de", "Häuser Hauses"), ["haus", "haus"]);
        assert_eq!(stems("cy", "Tŷ'r plant"), ["tyr", "plant"]);
    }

    #[test]
    fn signs_and_pictures_are_no_words() {
        assert_eq!(stems("en", "\"* NEAR( 👋🏽 -- 116 123"), ["near", "116", "123"]);
    }
}
