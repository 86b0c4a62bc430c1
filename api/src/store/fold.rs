//! The folded form of text that people sort and search by, alike on both databases.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Text without case, accents and surplus white space: `"  Élan  vital"` becomes `"elan vital"`.
#[must_use]
pub fn key(text: &str) -> String {
    let folded: String = text.nfkd().filter(|&c| !is_accent(c)).flat_map(char::to_lowercase).nfc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks of scripts in which a letter without them is still the same letter to a reader who searches: Latin, Greek,
/// Cyrillic, Hebrew, Arabic. From Devanagari on they are the vowels.
fn is_accent(c: char) -> bool {
    is_combining_mark(c) && c < '\u{0900}'
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn case_accents_and_white_space_do_not_count() {
        assert_eq!(key("  Élan  vital"), "elan vital");
        assert_eq!(key("Tŷ Bach"), "ty bach");
        assert_eq!(key("خط أمان"), key("خط امان"));
        assert_ne!(key("का"), key("की"));
    }
}
