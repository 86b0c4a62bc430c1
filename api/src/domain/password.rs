//! What a new password may be.

use super::edit::Parsed;
use super::problem::ProblemCode;

/// Fewest characters.
const MIN: usize = 12;
/// Most characters.
const MAX: usize = 256;

/// Checks a new password. Any characters will do; only its length counts.
///
/// # Errors
/// Code and words for the person who typed it.
pub fn parse(text: &str) -> Parsed<&str> {
    let length = text.chars().take(MAX + 1).count();
    match length {
        0 => Err((ProblemCode::Required, "A password is needed.".to_owned())),
        1..MIN => Err((
            ProblemCode::TooShort,
            format!("A password has at least {MIN} characters; a few words in a row are easy to keep."),
        )),
        MIN..=MAX => Ok(text),
        _ => Err((ProblemCode::TooLong, format!("A password has at most {MAX} characters."))),
    }
}
