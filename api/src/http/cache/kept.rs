//! An answer for everybody, and how it is sent.

use std::fmt::Write;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

use super::coding::{self, Coding};
use crate::app::hex;
use crate::domain::caching::Lasting;
use crate::domain::view::Read;
use crate::graphql::id;
use crate::http::graphql::{DEPENDS_ON, Media};

/// Fastly and others purge by it; separated by spaces.
const SURROGATE_KEY: HeaderName = HeaderName::from_static("surrogate-key");
/// Cloudflare and others purge by it; separated by commas.
const CACHE_TAG: HeaderName = HeaderName::from_static("cache-tag");
const UNLASTING: HeaderValue = HeaderValue::from_static("public, max-age=0, must-revalidate");
/// Hexadecimal digits of a document's tag.
const TAG_DIGITS: usize = 16;
/// Headers of an answer, those included that are put on afterwards.
const HEADERS: usize = 16;
/// What an entry takes beside its bytes.
const OVERHEAD: usize = 1024;

/// An answer without errors to a query of nobody in particular.
pub(in crate::http) struct Kept {
    /// The name of the operation that it answers, where its document is trusted.
    pub(in crate::http) operation: Option<Arc<str>>,
    media: Media,
    body: Bytes,
    /// By [`Coding::place`], made when first asked for. `None` where compressing does not make it smaller.
    compressed: [OnceCell<Option<Bytes>>; 2],
    /// Of the body as it is, without quotes.
    tag: String,
    lasting: Lasting,
    max_age: u32,
    /// While nothing ends it.
    cache_control: HeaderValue,
    surrogate_key: HeaderValue,
    cache_tag: HeaderValue,
}

impl Kept {
    /// An answer in a media type; others may show it for `max_age` seconds where nothing speaks against it.
    pub(in crate::http) fn new(media: Media, body: Vec<u8>, lasting: Lasting, max_age: u32) -> Self {
        let tags = tags(&lasting.read);
        let max_age = if lasting.is_delicate { 0 } else { max_age };
        let header =
            |text: String| HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(EVERYTHING));
        Self {
            operation: None,
            media,
            tag: URL_SAFE_NO_PAD.encode(&Sha256::digest(&body)[..16]),
            body: body.into(),
            compressed: Default::default(),
            max_age,
            cache_control: cache_control(max_age, i64::MAX),
            lasting,
            surrogate_key: header(tags.join(" ")),
            cache_tag: header(tags.join(",")),
        }
    }

    /// The same as the answer to an operation of this name.
    pub(in crate::http) fn of_operation(self, name: Option<Arc<str>>) -> Self {
        Self { operation: name, ..self }
    }

    /// Whether it is the answer at a moment too, while the content stays as it is.
    pub(super) fn holds_at(&self, now: DateTime<Utc>) -> bool {
        self.lasting.holds_at(now)
    }

    /// Whether it holds for longer than the moment it was made for.
    pub(super) fn lasts(&self) -> bool {
        self.lasting.holds_at(self.lasting.from)
    }

    /// How many bytes it takes, with its compressed forms, which are at most as long.
    pub(super) fn weight(&self) -> usize {
        2 * self.body.len() + self.surrogate_key.len() + self.cache_tag.len() + OVERHEAD
    }

    /// The answer to a request at a moment: as the client reads it, or 304 where it has it.
    pub(in crate::http) async fn respond(&self, head: &Parts, now: DateTime<Utc>) -> Response {
        let coding = Coding::negotiate(&head.headers).filter(|_| self.body.len() >= coding::SMALLEST);
        let coded = match coding {
            Some(coding) => self.coded(coding).await.map(|bytes| (coding, bytes)),
            None => None,
        };
        let mut response = Response::new(Body::empty());
        let headers = response.headers_mut();
        headers.reserve(HEADERS);
        headers.insert(VARY, HeaderValue::from_static(DEPENDS_ON));
        headers.insert(CACHE_CONTROL, self.cache_control(now));
        headers.insert(SURROGATE_KEY, self.surrogate_key.clone());
        headers.insert(CACHE_TAG, self.cache_tag.clone());
        if head.method != Method::POST {
            let tag = coded.as_ref().map_or_else(
                || format!("\"{}\"", self.tag),
                |(coding, _)| format!("\"{}-{}\"", self.tag, coding.name()),
            );
            headers.extend(HeaderValue::try_from(tag).map(|tag| (ETAG, tag)));
            if self.is_known(&head.headers) {
                *response.status_mut() = StatusCode::NOT_MODIFIED;
                return response;
            }
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media.content_type()));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        let body = match coded {
            Some((coding, bytes)) => {
                headers.insert(CONTENT_ENCODING, coding.header());
                bytes
            }
            None => self.body.clone(),
        };
        *response.body_mut() = Body::from(body);
        response
    }

    /// Whether a client has these bytes, compressed or not.
    fn is_known(&self, headers: &HeaderMap) -> bool {
        let lines = headers.get_all(IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
        lines.flat_map(|line| line.split(',')).map(str::trim).any(|known| {
            let known = known.strip_prefix("W/").unwrap_or(known);
            known == "*"
                || known
                    .strip_prefix('"')
                    .and_then(|known| known.strip_suffix('"'))
                    .and_then(|known| known.strip_prefix(self.tag.as_str()))
                    .is_some_and(|coding| {
                        let name = coding.strip_prefix('-');
                        coding.is_empty() || Coding::ALL.iter().any(|coding| name == Some(coding.name()))
                    })
        })
    }

    /// The compressed bytes, away from the threads that serve.
    async fn coded(&self, coding: Coding) -> Option<Bytes> {
        let make = || async {
            let body = self.body.clone();
            let made = tokio::task::spawn_blocking(move || coding.compress(&body)).await;
            made.ok()?.ok().filter(|made| made.len() < self.body.len()).map(Bytes::from)
        };
        self.compressed[coding.place()].get_or_init(make).await.clone()
    }

    /// For how long others may show it: what it says must not become wrong meanwhile. A publication that is planned is no
    /// reason, since that would tell of it.
    fn cache_control(&self, now: DateTime<Utc>) -> HeaderValue {
        match self.lasting.until {
            Some(until) => cache_control(self.max_age, (until - now).num_seconds().max(0)),
            None => self.cache_control.clone(),
        }
    }
}

/// What is said of an answer that others may show for `max_age` seconds, and that holds for as many as are `left`.
fn cache_control(max_age: u32, left: i64) -> HeaderValue {
    let max_age = left.min(max_age.into());
    if max_age == 0 {
        return UNLASTING;
    }
    let mut text = format!("public, max-age={max_age}");
    let meanwhile = max_age.min(left - max_age);
    if meanwhile > 0 {
        // Writing to a string cannot fail.
        let _ = write!(text, ", stale-while-revalidate={meanwhile}");
    }
    HeaderValue::try_from(text).unwrap_or(UNLASTING)
}

/// The tag of every answer.
const EVERYTHING: &str = "content";
/// The tag of answers with more content than is named.
const OVERFLOW: &str = "overflow";

/// What the answer was made of: everything; the kinds that were asked for; the documents, by the first 16 digits of the
/// SHA-256 of their `id`; and whether there were more.
fn tags(read: &Read) -> Vec<String> {
    let kinds = read.kinds.iter().map(|kind| id::prefix(*kind).to_owned());
    let documents = read.documents.iter().map(|(kind, document)| {
        let digest = Sha256::digest(id::of(*kind, *document).as_bytes());
        hex(&digest[..TAG_DIGITS / 2])
    });
    let overflow = read.is_cut.then(|| OVERFLOW.to_owned());
    std::iter::once(EVERYTHING.to_owned()).chain(kinds).chain(documents).chain(overflow).collect()
}
