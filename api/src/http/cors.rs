//! Pages of other origins: which may ask from a browser, and what they may say and read.

use std::sync::Arc;
use std::time::Duration;

use axum::http::header::{
    ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, ETAG, IF_NONE_MATCH, RETRY_AFTER,
};
use axum::http::{HeaderName, HeaderValue, Method};
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

use super::graphql::IDEMPOTENCY_KEY;
use super::log::REQUEST_ID;
use super::rate;
use crate::app::App;
use crate::config::AllowedOrigins;
use crate::domain::api_client;

/// How long a browser may remember that it may ask.
const REMEMBERED: Duration = Duration::from_hours(24);

/// Answers preflights and marks answers. Credentials are never allowed: there are no cookies, and a token is sent by
/// the page itself.
pub(super) fn layer(app: &Arc<App>) -> CorsLayer {
    let origins = match &app.config.allowed_origins {
        AllowedOrigins::Any => AllowOrigin::from(Any),
        AllowedOrigins::Only(_) => {
            let app = app.clone();
            AllowOrigin::async_predicate(|origin, _| async move { is_allowed(&app, &origin).await })
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
            HeaderName::from_static(IDEMPOTENCY_KEY),
        ])
        .expose_headers([ETAG, RETRY_AFTER, REQUEST_ID, rate::LEFT, rate::POLICY])
        .max_age(REMEMBERED)
}

/// Whether an origin is one of the settings or of a client that is good now. A preflight does not say which client will
/// ask, so that any will do.
pub(super) async fn is_allowed(app: &App, origin: &HeaderValue) -> bool {
    if app.config.allowed_origins.has(origin.as_bytes()) {
        return true;
    }
    match api_client::origins(&app.db, app.now()).await {
        Ok(of_clients) => AllowedOrigins::Only(of_clients).has(origin.as_bytes()),
        Err(error) => {
            tracing::error!(error = %error, "the origins of clients cannot be read");
            false
        }
    }
}
