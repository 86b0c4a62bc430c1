//! Text that people type: what is refused, and how long it may be.

use unicode_segmentation::UnicodeSegmentation;

use super::problem::{Problem, ProblemCode};
use super::rich_text;

/// What a text may be. Lengths are in characters as a reader sees them (extended grapheme clusters, UAX #29).
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The most characters.
    pub max: usize,
    /// Whether line breaks and tabs are text.
    pub multiline: bool,
    /// Whether it is `CommonMark`, see [`rich_text::fault`].
    pub markdown: bool,
}

/// Names, titles and labels: one line of at most 200 characters.
pub const TITLE: Kind = Kind { max: 200, multiline: false, markdown: false };
/// A sentence or two: at most 1,000 characters.
pub const SUMMARY: Kind = Kind { max: 1_000, multiline: true, markdown: false };
/// `CommonMark`: at most 100,000 characters.
pub const BODY: Kind = Kind { max: 100_000, multiline: true, markdown: true };
/// One line of at most 500 characters.
pub const LINE: Kind = Kind { max: 500, multiline: false, markdown: false };
/// Codes, keys and the like: one line of at most 100 characters.
pub const CODE: Kind = Kind { max: 100, multiline: false, markdown: false };

/// What somebody says of what they do, such as a reason: a text like a summary, or the problem with the argument.
///
/// # Errors
/// As [`parse`].
pub fn said(argument: &str, words: &str) -> Result<String, Problem> {
    parse(words, SUMMARY).map_err(|(code, message)| Problem::at(&[argument], code, message))
}

/// A text without white space around it, or what is wrong with it. Text of which nothing is to be seen is refused as missing.
///
/// # Errors
/// Code and words for the person who typed it.
pub fn parse(text: &str, kind: Kind) -> Result<String, (ProblemCode, String)> {
    let text = text.trim();
    if text.chars().all(is_unseen) {
        return Err((ProblemCode::Required, "This must not be empty.".into()));
    }
    if let Some(c) = text.chars().find(|&c| is_refused(c, kind)) {
        return Err((
            ProblemCode::Invalid,
            format!("This must not contain the control character U+{:04X}.", u32::from(c)),
        ));
    }
    // Bytes bound characters: no need to count through a megabyte.
    let too_long =
        text.len() > kind.max && (text.len() > kind.max * 32 || text.graphemes(true).count() > kind.max);
    if too_long {
        return Err((ProblemCode::TooLong, format!("This may have at most {} characters.", kind.max)));
    }
    if kind.markdown
        && let Some(fault) = rich_text::fault(text)
    {
        return Err((ProblemCode::Invalid, fault));
    }
    Ok(text.to_owned())
}

/// White space, and what takes no room or leaves it blank: alone it says nothing.
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}')
        || matches!(c, '\u{2800}' | '\u{3164}' | '\u{FEFF}')
}

/// Control characters, and in one-line texts also line breaks and the controls that turn the direction of writing.
fn is_refused(c: char, kind: Kind) -> bool {
    let is_bidi = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    if kind.multiline {
        c.is_control() && !matches!(c, '\n' | '\r' | '\t')
    } else {
        c.is_control() || is_bidi
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_as_readers_see_it() {
        let family = "👨‍👩‍👧‍👦".repeat(200);
        assert!(parse(&family, TITLE).is_ok());
        assert_eq!(parse(&"a".repeat(201), TITLE).map_err(|(code, _)| code), Err(ProblemCode::TooLong));
    }

    #[test]
    fn what_cannot_be_seen_is_no_text() {
        for text in ["", " \t", "\u{200B}", "\u{FEFF} \u{2060}", "\u{3164}"] {
            assert_eq!(parse(text, TITLE).map_err(|(code, _)| code), Err(ProblemCode::Required), "{text:?}");
        }
        assert_eq!(parse("م\u{200C}ن", TITLE).as_deref(), Ok("م\u{200C}ن"));
    }

    #[test]
    fn nul_and_hidden_direction_marks_are_refused() {
        assert_eq!(parse("a\0b", BODY).map_err(|(code, _)| code), Err(ProblemCode::Invalid));
        assert_eq!(parse("a\u{202E}b", TITLE).map_err(|(code, _)| code), Err(ProblemCode::Invalid));
    }
}
