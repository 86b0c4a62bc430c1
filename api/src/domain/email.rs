//! E-mail addresses.

use unicode_normalization::UnicodeNormalization;

use super::edit::Parsed;
use super::problem::ProblemCode;

/// Longest address that SMTP carries (RFC 5321 §4.5.3.1, erratum 1690), in bytes.
const MAX_BYTES: usize = 254;
/// Longest part before the `@`.
const MAX_LOCAL_BYTES: usize = 64;

/// An address that looks like one. Whether it exists, only a message to it can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// As it was given, without white space around it.
    pub address: String,
    /// Folded, so that two ways of writing one address are equal.
    pub key: String,
}

/// Reads an address.
///
/// # Errors
/// Code and words for the person who typed it.
pub fn parse(text: &str) -> Parsed<Email> {
    let address = text.trim();
    if address.is_empty() {
        return Err((ProblemCode::Required, "An e-mail address is needed.".to_owned()));
    }
    if address.len() > MAX_BYTES {
        return Err((ProblemCode::TooLong, format!("An e-mail address has at most {MAX_BYTES} bytes.")));
    }
    let looks_right =
        address.rsplit_once('@').is_some_and(|(local, domain)| is_local(local) && is_domain(domain));
    if !looks_right {
        return Err((ProblemCode::Invalid, "This is no e-mail address such as ada@example.org.".to_owned()));
    }
    Ok(Email { address: address.to_owned(), key: key(address) })
}

/// The folded form of any text: compatible characters and cases are one.
#[must_use]
pub fn key(text: &str) -> String {
    text.trim().nfkc().flat_map(char::to_lowercase).collect()
}

fn is_local(local: &str) -> bool {
    let is_refused = |c: char| c.is_control() || c.is_whitespace() || r#"()<>[]:;@\,""#.contains(c);
    let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    (1..=MAX_LOCAL_BYTES).contains(&local.len()) && !dots && !local.contains(is_refused)
}

fn is_domain(domain: &str) -> bool {
    domain.split('.').all(|label| {
        let hyphens = label.starts_with('-') || label.ends_with('-');
        (1..=63).contains(&label.len()) && !hyphens && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_one_key() {
        let key = |text| parse(text).map(|email| email.key).unwrap_or_default();
        assert_eq!(key(" Ada@Example.ORG "), "ada@example.org");
        assert_eq!(key("ÉLAN@example.org"), key("e\u{301}lan@example.org"));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "ada",
            "ada@",
            "@example.org",
            "a b@example.org",
            "a\0@example.org",
            "a..b@example.org",
            "a@-x.org",
            "a@b@c",
        ] {
            assert_eq!(parse(text).map_err(|(code, _)| code), Err(ProblemCode::Invalid), "{text:?}");
        }
        let long = format!("ada@{}.org", "x".repeat(300));
        assert_eq!(parse(&long).map_err(|(code, _)| code), Err(ProblemCode::TooLong));
        assert_eq!(parse(" ").map_err(|(code, _)| code), Err(ProblemCode::Required));
    }
}
