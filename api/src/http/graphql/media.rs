//! Which media type the answer has.

use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, HeaderValue, StatusCode};

use crate::domain::language;

/// A media type of answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Media {
    /// `application/graphql-response+json`: the status tells a request error from an answer.
    GraphqlResponse,
    /// `application/json`: the status tells only whether the request was well formed. What a client without wishes gets.
    #[default]
    Json,
}

impl Media {
    /// The best of what a request accepts (RFC 9110 §12.5.1): by weight, then by how exactly it is named, then
    /// `application/graphql-response+json` where both are named. `None` when it accepts neither.
    pub(crate) fn negotiate(headers: &HeaderMap) -> Option<Self> {
        let mut lines = headers.get_all(ACCEPT).iter().map(HeaderValue::as_bytes);
        match (lines.next(), lines.next()) {
            // What nearly all clients say.
            (None, _) | (Some(b"application/json" | b"*/*"), None) => Some(Self::Json),
            (Some(b"application/graphql-response+json"), None) => Some(Self::GraphqlResponse),
            _ => Self::best(headers),
        }
    }

    fn best(headers: &HeaderMap) -> Option<Self> {
        let lines: Vec<&str> = headers.get_all(ACCEPT).iter().filter_map(|line| line.to_str().ok()).collect();
        if lines.iter().all(|line| line.trim().is_empty()) {
            return Some(Self::default());
        }
        let accept = lines.join(",");
        let graphql = weight(&accept, "graphql-response+json");
        let json = weight(&accept, "json");
        match (graphql, json) {
            ((0, _), (0, _)) => None,
            // A wildcard is no wish: such clients expect what JSON clients always got.
            ((weight, NAMED), json) if (weight, NAMED) >= json => Some(Self::GraphqlResponse),
            ((weight, _), (json, _)) if weight > json => Some(Self::GraphqlResponse),
            _ => Some(Self::Json),
        }
    }

    /// The header's value. The encoding is said outright for clients that would guess another.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    /// The status of a well-formed request whose document or variables are wrong.
    pub(crate) fn status_of_document_errors(self) -> StatusCode {
        match self {
            Self::GraphqlResponse => StatusCode::BAD_REQUEST,
            Self::Json => StatusCode::OK,
        }
    }
}

/// How exactly a media type is named in full.
const NAMED: u8 = 2;

/// The weight of `application/<subtype>` in thousandths, and how exactly it is named: 2 in full, 1 as `application/*`,
/// 0 as `*/*`. The most exact range decides.
fn weight(accept: &str, subtype: &str) -> (u16, u8) {
    let mut best: Option<(u8, u16)> = None;
    for range in accept.split(',') {
        let mut pieces = range.split(';').map(str::trim);
        let name = pieces.next().unwrap_or_default().to_ascii_lowercase();
        let exact = match name.split_once('/') {
            Some(("application", named)) if named == subtype => NAMED,
            Some(("application", "*")) => 1,
            Some(("*", "*")) => 0,
            _ => continue,
        };
        let mut quality = 1000;
        for piece in pieces {
            let (name, value) =
                piece.split_once('=').map_or((piece, ""), |(name, value)| (name.trim(), value.trim()));
            if name.eq_ignore_ascii_case("q") {
                quality = language::thousandths(value).unwrap_or(0);
            } else if name.eq_ignore_ascii_case("charset")
                && !value.trim_matches('"').eq_ignore_ascii_case("utf-8")
            {
                quality = 0;
            }
        }
        if best.is_none_or(|(known, weight)| exact > known || (exact == known && quality > weight)) {
            best = Some((exact, quality));
        }
    }
    best.map_or((0, 0), |(exact, quality)| (quality, exact))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accept: &'static str) -> Option<Media> {
        Media::negotiate(&HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(accept))]))
    }

    #[test]
    fn clients_without_wishes_get_json() {
        assert_eq!(Media::negotiate(&HeaderMap::new()), Some(Media::Json));
        for accept in
            ["", "*/*", "application/*", "text/html,application/xhtml+xml,*/*;q=0.8", "application/json, */*"]
        {
            assert_eq!(chosen(accept), Some(Media::Json), "{accept}");
        }
    }

    #[test]
    fn clients_that_know_the_graphql_type_get_it() {
        for accept in [
            "application/graphql-response+json",
            "application/graphql-response+json, application/json",
            "application/json, application/graphql-response+json; charset=utf-8",
            "application/graphql-response+json, application/json;q=0.9, */*;q=0.1",
            "APPLICATION/GraphQL-Response+JSON;q=0.5",
            "application/json;q=0, */*",
        ] {
            assert_eq!(chosen(accept), Some(Media::GraphqlResponse), "{accept}");
        }
    }

    #[test]
    fn weights_decide_first() {
        assert_eq!(
            chosen("application/graphql-response+json;q=0.4, application/json;q=0.5"),
            Some(Media::Json)
        );
        assert_eq!(chosen("application/graphql-response+json;q=0, */*"), Some(Media::Json));
    }

    #[test]
    fn what_is_not_to_be_had_is_refused() {
        for accept in [
            "text/html",
            "application/xml",
            "application/json;q=0",
            "application/json; charset=latin1",
            "nonsense",
        ] {
            assert_eq!(chosen(accept), None, "{accept}");
        }
    }
}
