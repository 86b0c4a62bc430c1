//! Whether a sentence names the population of its figure.
//!
//! It does if it has every significant word of the population's head: what comes before the first comma, bracket or
//! other mark, and before the first word that begins a description (`of`, `aged`, `who`; in Welsh `o`, `sydd`, `yn`).
//! "Detected victims, not all victims" has the head "detected victims", and so has "Detected victims of trafficking".
//! Words are the same if they begin alike: "victim" and "victims", "woman" and "women"; in Welsh also when the first
//! letter is mutated, "dioddefwyr" and "ddioddefwyr".

use super::tokens::tokens;
use crate::domain::language::primary;

/// Words that begin a description, and end the head.
const DESCRIBE: &[&str] = &[
    "aged", "among", "as", "at", "between", "by", "during", "for", "from", "in", "living", "not", "of", "on",
    "over", "that", "to", "under", "where", "which", "who", "whose", "with", "within", "without",
];
const DESCRIBE_CY: &[&str] = &[
    "a", "ac", "ag", "ar", "dan", "dros", "gan", "gyda", "heb", "i", "mewn", "na", "nad", "nid", "o", "oed",
    "rhwng", "sy", "sydd", "ymhlith", "ymysg", "yn",
];
/// Words that name nobody.
const EMPTY: &[&str] =
    &["a", "all", "an", "and", "any", "each", "every", "of", "or", "the", "their", "these", "those"];
const EMPTY_CY: &[&str] = &["holl", "pob", "r", "unrhyw", "y", "yr"];

/// The significant words of a population's head that a sentence lacks.
pub(super) fn missing(language: &str, population: &str, sentence: &str) -> Vec<String> {
    let is_welsh = primary(language) == "cy";
    let said = words(sentence);
    let mut head = head(population, if is_welsh { DESCRIBE_CY } else { DESCRIBE });
    let empty = if is_welsh { EMPTY_CY } else { EMPTY };
    head.retain(|word| !empty.contains(&word.as_str()));
    head.retain(|word| {
        let radicals: Vec<String> = if is_welsh { mutations(word) } else { vec![word.clone()] };
        !radicals.iter().any(|radical| said.iter().any(|other| begin_alike(radical, other)))
    });
    head
}

fn head(population: &str, describe: &[&str]) -> Vec<String> {
    let is_mark =
        |c: char| !(c.is_alphanumeric() || c.is_whitespace() || matches!(c, '-' | '\'' | '’' | '\u{200C}'));
    let first = population.split(is_mark).find(|part| !part.trim().is_empty()).unwrap_or_default();
    let all = words(first);
    let end = all.iter().skip(1).position(|word| describe.contains(&word.as_str()));
    all[..end.map_or(all.len(), |end| end + 1)].to_vec()
}

/// Words without case and accents; what stands before an apostrophe is one of its own: `o’r`.
fn words(text: &str) -> Vec<String> {
    let tokens = tokens(text).into_iter();
    tokens.flat_map(|token| token.key.split('\'').map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Whether two words are forms of one: they differ in an ending of two letters, or of three when they are long.
fn begin_alike(word: &str, other: &str) -> bool {
    if word == other {
        return true;
    }
    let (word, other): (Vec<char>, Vec<char>) = (word.chars().collect(), other.chars().collect());
    let longer = word.len().max(other.len());
    let alike = word.iter().zip(&other).take_while(|(a, b)| a == b).count();
    alike >= 3 && alike + if longer > 6 { 3 } else { 2 } >= longer
}

/// How Welsh changes the first letter of a word: soft, nasal and aspirate mutation.
const MUTATIONS: &[(&str, &[&str])] = &[
    ("ll", &["l"]),
    ("rh", &["r"]),
    ("p", &["b", "mh", "ph"]),
    ("t", &["d", "nh", "th"]),
    ("c", &["g", "ngh", "ch"]),
    ("b", &["f", "m"]),
    ("d", &["dd", "n"]),
    ("g", &["", "ng"]),
    ("m", &["f"]),
];

/// A Welsh word as it is and as it may be after another, whether or not it is mutated itself.
fn mutations(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    for (radical, mutated) in MUTATIONS {
        if let Some(rest) = word.strip_prefix(radical) {
            forms.extend(mutated.iter().map(|letter| format!("{letter}{rest}")));
        }
        for letter in mutated.iter().filter(|letter| !letter.is_empty()) {
            forms.extend(word.strip_prefix(letter).map(|rest| format!("{radical}{rest}")));
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_names_the_head_of_its_population() {
        for (population, sentence) in [
            ("Detected victims, not all victims", "{ $value } of detected victims were women"),
            ("Detected victims of trafficking", "{ $value } of detected victims were women"),
            ("All detected victims (world)", "{ $value } of victims who were detected were women"),
            ("Women aged 16 and over in England", "{ $value } of women were abused"),
            ("Every woman", "{ $value } of women were abused"),
            (
                "Children under 18",
                "{ $value ->\n[one] { $value } child was\n*[other] { $value } children were\n} found",
            ),
            ("16- to 24-year-olds", "{ $value } of 16- to 24-year-olds were asked"),
            ("Police-recorded offences", "Of offences recorded by the police, { $value } led to a charge"),
            ("", "{ $value } of nobody"),
        ] {
            assert_eq!(missing("en", population, sentence), Vec::<String>::new(), "{population}: {sentence}");
        }
    }

    #[test]
    fn what_a_sentence_lacks_is_told() {
        for (population, sentence, lacking) in [
            ("Detected victims, not all victims", "{ $value } of victims were women", "detected"),
            ("Detected victims", "{ $value } were women", "detected victims"),
            ("Men", "{ $value } of mental health patients", "men"),
            ("Women aged 16 and over", "{ $value } were abused", "women"),
        ] {
            assert_eq!(missing("en", population, sentence).join(" "), lacking, "{population}: {sentence}");
        }
    }

    #[test]
    fn welsh_words_change_their_first_letter() {
        for (population, sentence) in [
            (
                "Dioddefwyr a ganfuwyd, nid pob dioddefwr",
                "Roedd { $value } o ddioddefwyr a ganfuwyd yn fenywod",
            ),
            ("Menywod dros 16 oed", "Cafodd { $value } o fenywod eu cam-drin"),
            ("Plant", "Cafodd { $value } o blant help"),
            ("Pob grŵp", "{ $value } o’r grwpiau"),
        ] {
            assert_eq!(missing("cy", population, sentence), Vec::<String>::new(), "{population}: {sentence}");
        }
        assert_eq!(missing("cy", "Dioddefwyr a ganfuwyd", "Roedd { $value } yn fenywod"), ["dioddefwyr"]);
        assert_eq!(missing("cy", "Plant", "Roedd { $value } o bobl yno"), ["plant"]);
    }

    #[test]
    fn other_languages_are_held_to_the_whole_head() {
        assert_eq!(missing("pl", "Wykryte ofiary", "{ $value } wykrytych ofiar"), Vec::<String>::new());
        assert_eq!(missing("de", "Erkannte Opfer", "{ $value } der Opfer waren Frauen"), ["erkannte"]);
        assert_eq!(
            missing("fa", "قربانیان شناسایی‌شده", "{ $value } از قربانیان شناسایی‌شده زن بودند"),
            Vec::<String>::new()
        );
    }
}
