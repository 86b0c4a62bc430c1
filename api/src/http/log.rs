//! One line per request, its id, and what happens when a handler panics.

use std::net::{IpAddr, Ipv4Addr};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::HttpBody;
use axum::extract::Request;
use axum::http::{Extensions, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use futures_util::FutureExt;
use tracing::Instrument;

use super::fault::Fault;
use super::gate::Kind;
use super::graphql::Media;
use super::metrics::Requests;
use super::rate::Left;
use super::refusal::Refusal;
use super::trace;
use crate::app::App;

/// Carries the request's id in every answer.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What a path without a route is called.
pub(super) const NO_ROUTE: &str = "other";

/// What is logged of a request: never its text, variables, tokens or addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestLine {
    /// As in the header `x-request-id` of the answer.
    pub request_id: String,
    /// The path of the route; `other` where there is none.
    pub route: &'static str,
    /// Of the operation that was chosen; `None` when it did not come to that, and outside `/graphql`.
    pub operation: Option<Kind>,
    /// The name of that operation, where its document is trusted: others are the words of a client.
    pub name: Option<Arc<str>>,
    /// Of the answer.
    pub status: u16,
    /// Until the answer's head was ready.
    pub duration: Duration,
    /// SQL statements of the operation.
    pub statements: u32,
    /// Length of the answer's body.
    pub bytes: u64,
    /// What kind of credentials were accepted: `user`, `api_client`, `preview`; else `anonymous`.
    pub viewer: &'static str,
    /// What the cache of answers did for it.
    pub cache: CacheUse,
}

/// What the cache of answers did for a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CacheUse {
    /// Nothing: the answer is for one person, no query, or refused.
    #[default]
    Passed,
    /// It had the answer.
    Hit,
    /// It had none.
    Miss,
}

impl CacheUse {
    /// As the log calls it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Hit => "hit",
            Self::Miss => "miss",
        }
    }
}

/// Sees each line as it is logged.
pub type Observer = Arc<dyn Fn(&RequestLine) + Send + Sync>;

/// What logging needs.
pub(super) struct Logging {
    pub(super) app: Arc<App>,
    pub(super) observer: Option<Observer>,
    pub(super) requests: Arc<Requests>,
}

/// Whom a request comes from, and what it is called; among its extensions.
#[derive(Clone)]
pub(super) struct Caller {
    /// The other end of the connection.
    pub(super) peer: IpAddr,
    /// As in the header `x-request-id` of the answer.
    pub(super) request_id: String,
}

impl Caller {
    /// That of a request which came in by the front; nobody for others, of which there are none.
    pub(super) fn of(extensions: &Extensions) -> &Self {
        static NOBODY: Caller = Caller { peer: IpAddr::V4(Ipv4Addr::UNSPECIFIED), request_id: String::new() };
        extensions.get().unwrap_or(&NOBODY)
    }
}

/// What a handler knows and the line wants.
#[derive(Clone, Default)]
pub(super) struct Facts {
    pub(super) operation: Option<Kind>,
    pub(super) name: Option<Arc<str>>,
    pub(super) statements: u32,
    pub(super) viewer: Option<&'static str>,
    pub(super) cache: CacheUse,
    pub(super) left: Option<Left>,
}

/// Gives a request its id, has it answered, by 500 should that panic, and logs it.
pub(super) async fn observe(
    logging: &Logging,
    peer: IpAddr,
    mut request: Request,
    answer: impl AsyncFnOnce(Request) -> (Response, Facts),
) -> Response {
    let start = Instant::now();
    let id = logging.app.ids.next().to_string();
    let route = route(request.uri().path());
    let media = Media::negotiate(request.headers()).unwrap_or_default();
    request.extensions_mut().insert(Caller { peer, request_id: id.clone() });
    let span = trace::of_request(&request, route, &id, &logging.app.config.trusted_proxies);
    let answered = AssertUnwindSafe(answer(request)).catch_unwind().instrument(span.clone()).await;
    let (mut response, facts) = answered.unwrap_or_else(|_| {
        tracing::error!(request_id = id, "a handler panicked");
        let refusal = Refusal::with(StatusCode::INTERNAL_SERVER_ERROR, Fault::internal());
        (media.refuse(refusal, &id), Facts::default())
    });
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let line = RequestLine {
        request_id: id,
        route,
        operation: facts.operation,
        name: facts.name,
        status: response.status().as_u16(),
        duration: start.elapsed(),
        statements: facts.statements,
        bytes: response.body().size_hint().exact().unwrap_or_default(),
        viewer: facts.viewer.unwrap_or("anonymous"),
        cache: facts.cache,
    };
    trace::answered(&span, line.status);
    write(&line);
    logging.requests.count(&line);
    if let Some(observer) = &logging.observer {
        observer(&line);
    }
    response
}

fn write(line: &RequestLine) {
    tracing::info!(
        request_id = line.request_id,
        route = line.route,
        operation = line.operation.map(Kind::as_str),
        name = line.name.as_deref(),
        status = line.status,
        duration_ms = u64::try_from(line.duration.as_millis()).unwrap_or(u64::MAX),
        statements = line.statements,
        bytes = line.bytes,
        cache = line.cache.as_str(),
        viewer = line.viewer,
        "request"
    );
}

/// Paths are the client's words; routes are ours.
fn route(path: &str) -> &'static str {
    const ROUTES: [&str; 8] = [
        "/",
        "/graphql",
        "/graphql/ws",
        "/graphql/stream",
        "/explorer",
        "/schema.graphql",
        "/healthz",
        "/readyz",
    ];
    match ROUTES.into_iter().find(|route| *route == path) {
        Some(route) => route,
        None if path.starts_with("/assets/") => "/assets",
        None if path.starts_with("/charts/") => "/charts",
        None => NO_ROUTE,
    }
}
