//! What the checks know of words, language by language: `api/data/words.toml`, and a file of the operator's that adds to it.

use crate::domain::language::primary;
use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use crate::store::fold;

const DATA: &str = include_str!("../../../data/words.toml");

/// What is known of words.
#[derive(Clone, Debug, Default)]
pub struct Wordbook(BTreeMap<String, Words>);

/// What is known of the words of a language. All are folded: small letters without accents.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// What to avoid, word by word, and what to write instead.
    pub(super) avoid: Vec<(Phrase, String)>,
    /// Words that make a topic likely to be sensitive.
    pub(super) sensitive: Vec<Phrase>,
    /// Words that say nothing of where a link leads.
    pub(super) vague: HashSet<String>,
    /// Words of hashtags, with their accents.
    pub(super) hashtag: HashSet<String>,
    /// Names of months.
    pub(super) months: HashSet<String>,
    /// What numbers count that is no figure.
    pub(super) units: HashSet<String>,
    /// Words that a number only names.
    pub(super) labels: HashSet<String>,
    /// Words for the numbers from one.
    pub(super) numbers: Vec<String>,
    /// What stands between the numbers of a ratio.
    pub(super) ratio: Vec<Phrase>,
    /// Words for per cent.
    pub(super) percent: Vec<Phrase>,
    /// Words that make any number before them a large one.
    pub(super) magnitudes: HashSet<String>,
    /// Words between a number and its noun.
    pub(super) of: HashSet<String>,
    /// Words that no count stands before.
    pub(super) small: HashSet<String>,
}

/// One word or several.
pub(super) type Phrase = Vec<String>;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Entry {
    avoid: Vec<Avoid>,
    sensitive: Vec<String>,
    vague: Vec<String>,
    hashtag: Vec<String>,
    months: Vec<String>,
    units: Vec<String>,
    labels: Vec<String>,
    numbers: Vec<String>,
    ratio: Vec<String>,
    percent: Vec<String>,
    magnitudes: Vec<String>,
    of: Vec<String>,
    small: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Avoid {
    words: Vec<String>,
    instead: String,
}

impl Wordbook {
    /// The words that come with the product. The file is part of the binary, and a test reads it: should it be broken
    /// after all, nothing is known.
    #[must_use]
    pub fn shipped() -> Self {
        let mut book = Self::default();
        // Nothing was added before a failure but whole languages.
        let _ = book.add(DATA);
        book
    }

    /// Adds the words of a file.
    ///
    /// # Errors
    /// What is wrong with it, in a line or two.
    pub fn add(&mut self, toml: &str) -> Result<(), String> {
        let entries: BTreeMap<String, Entry> = toml::from_str(toml).map_err(|error| error.to_string())?;
        for (language, entry) in entries {
            self.0.entry(language).or_default().add(entry);
        }
        Ok(())
    }

    /// The words of a language: of `en` for `en-GB`. None are known of others.
    pub(super) fn of(&self, language: &str) -> Option<&Words> {
        self.0.get(language).or_else(|| self.0.get(primary(language)))
    }
}

impl Words {
    fn add(&mut self, entry: Entry) {
        let Entry {
            avoid,
            sensitive,
            vague,
            hashtag,
            months,
            units,
            labels,
            numbers,
            ratio,
            percent,
            magnitudes,
            of,
            small,
        } = entry;
        for Avoid { words, instead } in avoid {
            self.avoid.extend(words.iter().map(|words| (phrase(words), instead.clone())));
        }
        self.sensitive.extend(sensitive.iter().map(|words| phrase(words)));
        self.hashtag.extend(hashtag.iter().map(|word| word.to_lowercase()));
        self.numbers.extend(numbers.iter().map(|word| fold::key(word)));
        self.ratio.extend(ratio.iter().map(|words| phrase(words)));
        self.percent.extend(percent.iter().map(|words| phrase(words)));
        for (set, words) in [
            (&mut self.vague, vague),
            (&mut self.months, months),
            (&mut self.units, units),
            (&mut self.labels, labels),
            (&mut self.magnitudes, magnitudes),
            (&mut self.of, of),
            (&mut self.small, small),
        ] {
            set.extend(words.iter().map(|word| fold::key(word)));
        }
    }
}

/// The words of a text, folded, as phrases are compared.
fn phrase(text: &str) -> Phrase {
    super::tokens::tokens(text).into_iter().map(|token| token.key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_can_be_read_and_has_english_and_welsh() {
        let mut book = Wordbook::default();
        book.add(DATA).unwrap_or_else(|error| panic!("{error}"));
        for language in ["en", "cy", "en-GB"] {
            let words = book.of(language).unwrap_or_else(|| panic!("{language}"));
            assert_eq!(words.numbers.len(), 10, "{language}");
            assert!(
                !words.avoid.is_empty() && !words.vague.is_empty() && words.months.len() >= 12,
                "{language}"
            );
        }
        assert!(book.of("fa").is_none());
    }

    #[test]
    fn an_operator_s_file_adds_to_it() {
        let mut book = Wordbook::shipped();
        let before = book.of("en").map(|words| words.avoid.len()).unwrap_or_default();
        book.add("[en]\navoid = [{ words = [\"Problem Family\"], instead = \"family\" }]\n[fa]\nvague = [\"اینجا\"]")
            .unwrap_or_else(|error| panic!("{error}"));
        let english = book.of("en").expect("English");
        assert_eq!(english.avoid.len(), before + 1);
        assert_eq!(english.avoid.last().map(|(words, _)| words.join(" ")).as_deref(), Some("problem family"));
        assert!(book.of("fa").is_some_and(|words| words.vague.contains("اینجا")));
        assert!(book.add("[en]\navoided = []").is_err());
    }
}
