//! What an answer is found by.

use axum::http::Method;
use axum::http::request::Parts;

use crate::http::graphql::Media;
use crate::http::viewer;

/// The longest body that is a key, in bytes: a longer one is not sent twice.
pub(super) const LONGEST: usize = 16 * 1024;

/// All that an answer depends on, compared in full: method, media type, languages, query string, body, content
/// version, and which documents are trusted. There is one path, and what a client can decompress is decided afterwards.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(in crate::http) struct Key {
    version: i64,
    trusted: i64,
    text: Vec<u8>,
}

impl Key {
    /// The key of a request at a content version and a generation of the trusted documents; `None` for a method that
    /// asks for nothing.
    pub(super) fn of(
        media: Media,
        head: &Parts,
        body: &[u8],
        (version, trusted): (i64, i64),
    ) -> Option<Self> {
        let method = match head.method {
            Method::GET => b'G',
            Method::HEAD => b'H',
            Method::POST => b'P',
            _ => return None,
        };
        let query = head.uri.query().unwrap_or_default();
        let languages = viewer::accepted_text(&head.headers);
        let mut text = Vec::with_capacity(languages.len() + query.len() + body.len() + 4);
        text.extend([method, media as u8]);
        // Neither languages nor a query string can hold a zero.
        for part in [languages.as_bytes(), query.as_bytes()] {
            text.extend_from_slice(part);
            text.push(0);
        }
        text.extend_from_slice(body);
        Some(Self { version, trusted, text })
    }

    /// The content version that the request was sent at.
    pub(super) fn version(&self) -> i64 {
        self.version
    }

    /// How many bytes it takes.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn key(method: &str, uri: &str, languages: &str, body: &str) -> Option<Key> {
        let request = Request::builder().method(method).uri(uri).header("accept-language", languages);
        let (head, ()) = request.body(()).expect("a request").into_parts();
        Key::of(Media::Json, &head, body.as_bytes(), (1, 0))
    }

    #[test]
    fn languages_that_mean_the_same_share_an_answer() {
        assert!(
            key("GET", "/graphql?query=a", "cy, en;q=0.5", "")
                == key("GET", "/graphql?query=a", "CY,en;q=0.1", "")
        );
        assert!(key("GET", "/graphql?query=a", "cy", "") != key("GET", "/graphql?query=a", "en", ""));
    }

    #[test]
    fn no_part_can_pass_for_another() {
        assert!(key("POST", "/graphql?a", "", "b") != key("POST", "/graphql", "", "ab"));
        assert!(key("POST", "/graphql", "", "query=a") != key("GET", "/graphql?query=a", "", ""));
        assert!(key("GET", "/graphql?query=a", "", "") != key("HEAD", "/graphql?query=a", "", ""));
        assert!(key("PUT", "/graphql", "", "").is_none());
    }
}
