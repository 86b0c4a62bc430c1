//! Pages of other origins: which may ask from a browser, and what they may say and read.

use std::time::Duration;

use axum::http::header::{
    ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, ETAG, IF_NONE_MATCH, RETRY_AFTER,
};
use axum::http::{HeaderName, HeaderValue, Method};
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

use super::log::REQUEST_ID;
use super::rate;
use crate::config::AllowedOrigins;

/// How long a browser may remember that it may ask.
const REMEMBERED: Duration = Duration::from_hours(24);

/// Answers preflights and marks answers. Credentials are never allowed: there are no cookies, and a token is sent by
/// the page itself.
pub(super) fn layer(origins: &AllowedOrigins) -> CorsLayer {
    let origins = match origins {
        AllowedOrigins::Any => AllowOrigin::from(Any),
        AllowedOrigins::Only(list) => {
            AllowOrigin::list(list.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()))
        }
    };
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            ACCEPT,
            ACCEPT_LANGUAGE,
            AUTHORIZATION,
            CONTENT_TYPE,
            IF_NONE_MATCH,
            HeaderName::from_static("x-include-drafts"),
        ])
        .expose_headers([ETAG, RETRY_AFTER, REQUEST_ID, rate::LEFT, rate::POLICY])
        .max_age(REMEMBERED)
}
