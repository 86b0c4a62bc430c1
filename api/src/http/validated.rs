//! A text that is asked for again and again, and sent only where it has changed.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A text with a strong validator made from it. Caches may keep it and must ask before they show it.
pub(super) struct Validated {
    content_type: &'static str,
    text: bytes::Bytes,
    tag: String,
}

impl Validated {
    pub(super) fn new(content_type: &'static str, text: String) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(digest));
        Self { content_type, text: text.into(), tag }
    }

    /// Whether it is of this type.
    pub(super) fn is(&self, content_type: &str) -> bool {
        self.content_type == content_type
    }

    /// The text, or 304 to those who have it.
    pub(super) fn answer(&self, headers: &HeaderMap) -> Response {
        let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok()).any(|line| {
            line.split(',')
                .map(|tag| tag.trim().trim_start_matches("W/"))
                .any(|tag| tag == self.tag || tag == "*")
        });
        let validators =
            [(ETAG, self.tag.clone()), (CACHE_CONTROL, "public, max-age=0, must-revalidate".to_owned())];
        if known {
            (StatusCode::NOT_MODIFIED, validators).into_response()
        } else {
            ([(CONTENT_TYPE, self.content_type)], validators, self.text.clone()).into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn what_is_known_is_not_sent_again() {
        let text = Validated::new("text/plain", "hello".to_owned());
        let ask = |tag: &str| {
            let value = HeaderValue::from_str(tag).expect("a header");
            text.answer(&HeaderMap::from_iter([(IF_NONE_MATCH, value)])).status()
        };
        assert_eq!(ask(&format!("\"other\", W/{}", text.tag)), StatusCode::NOT_MODIFIED);
        assert_eq!(ask("\"other\""), StatusCode::OK);
    }
}
