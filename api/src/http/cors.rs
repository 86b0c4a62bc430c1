//! Pages of other origins: which may ask from a browser, and what they may say and read.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::http::header::{
    ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, ETAG, IF_NONE_MATCH, ORIGIN, RETRY_AFTER,
};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::response::Response;
use futures_util::FutureExt;
use tower::{Layer, ServiceExt, service_fn};
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

/// What the layer puts on the answers to requests whose origin it need not look at.
pub(super) struct Marks {
    headers: Vec<(HeaderName, HeaderValue)>,
    any_origin: bool,
}

impl Marks {
    /// As the layer itself has them.
    pub(super) fn new(app: &Arc<App>) -> Self {
        let service =
            layer(app).layer(service_fn(async |_: Request| Ok::<_, Infallible>(Response::default())));
        // It waits for nothing but the origins of clients, and there is no origin.
        let marked = service.oneshot(Request::default()).now_or_never();
        let headers =
            marked.map(|Ok::<Response, _>(response)| response.into_parts().0.headers).unwrap_or_default();
        let headers = headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        Self { headers, any_origin: matches!(app.config.allowed_origins, AllowedOrigins::Any) }
    }

    /// Whether they are those of a request that is no preflight.
    pub(super) fn are_of(&self, request: &Request) -> bool {
        self.any_origin || !request.headers().contains_key(ORIGIN)
    }

    /// Puts them on an answer.
    pub(super) fn put(&self, response: &mut Response) {
        for (name, value) in &self.headers {
            response.headers_mut().append(name.clone(), value.clone());
        }
    }
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
