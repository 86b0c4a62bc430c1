//! Slugs: the last path segment of a page, made from its title in any script.

use super::problem::ProblemCode;

/// The most characters of a slug.
pub const MAX: usize = 100;

/// A slug that somebody chose: lower-case Latin letters, digits and single hyphens between them, 1 to 100.
///
/// # Errors
/// Code and words for the person who typed it.
pub fn parse(text: &str) -> Result<String, (ProblemCode, String)> {
    let text = text.trim();
    if text.len() > MAX {
        return Err((ProblemCode::TooLong, format!("A slug may have at most {MAX} characters.")));
    }
    let is_segment =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if text.split('-').all(is_segment) {
        Ok(text.to_owned())
    } else {
        let message = format!(
            "A slug has lower-case letters, digits and single hyphens only, such as \"{}\".",
            from_title(text)
        );
        Err((ProblemCode::Invalid, message))
    }
}

/// The slug of a title: transliterated, cut at a word within 80 characters. What has no letters becomes `untitled`.
#[must_use]
pub fn from_title(title: &str) -> String {
    let latin = deunicode::deunicode(title).to_lowercase();
    let mut slug = String::new();
    // An apostrophe stands inside a word: "don't" becomes "dont".
    for word in
        latin.replace('\'', "").split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
    {
        if slug.len() + word.len() >= 80 {
            if slug.is_empty() {
                slug.push_str(&word[..80.min(word.len())]);
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    if slug.is_empty() { "untitled".into() } else { slug }
}

/// The candidates for a title's slug, in order of preference: `name`, `name-2` … `name-50`.
#[must_use]
pub fn candidates(base: &str) -> Vec<String> {
    std::iter::once(base.to_owned()).chain((2..=50).map(|n| format!("{base}-{n}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_in_any_script_have_slugs() {
        assert_eq!(
            from_title("World Day Against Trafficking in Persons"),
            "world-day-against-trafficking-in-persons"
        );
        assert_eq!(from_title("Don't panic — Straße"), "dont-panic-strasse");
        assert_eq!(from_title("Привет, мир"), "privet-mir");
        assert!(!from_title("روز جهانی").is_empty() && from_title("روز جهانی") != "untitled");
        assert_eq!(from_title("!!!"), "untitled");
        assert_eq!(from_title(&"x".repeat(300)).len(), 80);
    }

    #[test]
    fn a_made_slug_is_always_one_that_may_be_chosen() {
        for title in ["A  b--c", "Ünïcödé!", "日本語", "💙"] {
            assert_eq!(parse(&from_title(title)).ok(), Some(from_title(title)), "{title}");
        }
    }

    #[test]
    fn what_is_no_slug_is_refused_with_a_better_one() {
        let (code, message) = parse("Hello World").expect_err("capitals and a space");
        assert_eq!(code, ProblemCode::Invalid);
        assert!(message.contains("\"hello-world\""));
    }
}
