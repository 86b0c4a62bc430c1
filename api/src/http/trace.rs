//! What a trace says of a request and of its operation, by the conventions of OpenTelemetry: nothing that a client wrote.
//!
//! <https://opentelemetry.io/docs/specs/semconv/http/http-spans/>, without its `url.path`, `user_agent.original` and
//! addresses, and <https://opentelemetry.io/docs/specs/semconv/graphql/graphql-spans/>, without `graphql.document`. Where
//! nobody collects traces, no span is made, and nothing of what it would say.

use async_graphql::{Response, ServerError, Value};
use axum::extract::Request;
use axum::http::{HeaderMap, Method};
use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::{Span, field};
use tracing_opentelemetry::OpenTelemetrySpanExt;

use super::graphql::Wanted;
use super::graphql::reply::code_of_others;
use super::log::{Caller, NO_ROUTE};
use super::refusal::Refusal;
use crate::config::IpNet;
use crate::graphql::error::Code;

/// The header by which a trace goes on (W3C Trace Context).
const TRACEPARENT: &str = "traceparent";
/// The methods that the conventions know; what else a client calls a method is its own word.
const METHODS: [Method; 9] = [
    Method::GET,
    Method::POST,
    Method::HEAD,
    Method::OPTIONS,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
    Method::CONNECT,
    Method::TRACE,
];

/// The span of a request. It goes on with the trace that a trusted proxy began; a client's own is not continued, as it could
/// decide what is traced.
pub(super) fn of_request(request: &Request, route: &'static str, id: &str, trusted: &[IpNet]) -> Span {
    let span = tracing::info_span!(
        "request",
        otel.name = name(request.method(), route),
        otel.kind = "server",
        otel.status_code = field::Empty,
        error.type = field::Empty,
        http.request.method = known(request.method()).unwrap_or("_OTHER"),
        http.route = (route != NO_ROUTE).then_some(route),
        http.response.status_code = field::Empty,
        beacon.request_id = id,
    );
    if !span.is_disabled() && is_from(request, trusted) {
        let begun = TraceContextPropagator::new().extract(&Parent(request.headers()));
        // Refused only where the span has begun, or is nobody's.
        let _ = span.set_parent(begun);
    }
    span
}

/// Says of a request's span how it was answered.
pub(super) fn answered(span: &Span, status: u16) {
    span.record("http.response.status_code", status);
    if status >= 500 {
        span.record("error.type", field::display(status));
        span.record("otel.status_code", "ERROR");
    }
}

/// The span of an operation, with its name where its document is trusted.
pub(super) fn of_operation(wanted: Wanted<'_>) -> Span {
    let kind = wanted.chosen.kind.as_str();
    tracing::info_span!(
        "operation",
        otel.name = wanted.name().map_or_else(|| kind.to_owned(), |name| format!("{kind} {name}")),
        otel.status_code = field::Empty,
        error.type = field::Empty,
        graphql.operation.type = kind,
        graphql.operation.name = wanted.name().as_deref(),
    )
}

/// Says of an operation's span by which code it failed, and that it is an error where it was not the client's.
pub(super) fn ran(span: &Span, outcome: &Result<(Response, u32), Refusal>) {
    if span.is_disabled() {
        return;
    }
    let code = match outcome {
        Ok((response, _)) => response.errors.first().map(code_of),
        Err(refusal) => refusal.faults.first().map(|fault| fault.code.as_str()),
    };
    let Some(code) = code else { return };
    span.record("error.type", code);
    if [Code::Internal, Code::Unavailable].iter().any(|ours| ours.as_str() == code) {
        span.record("otel.status_code", "ERROR");
    }
}

/// By which code a client hears of an error.
fn code_of(error: &ServerError) -> &str {
    match error.extensions.as_ref().and_then(|extensions| extensions.get("code")) {
        Some(Value::String(code)) => code,
        _ => code_of_others(&error.message).as_str(),
    }
}

fn name(method: &Method, route: &'static str) -> String {
    let method = known(method).unwrap_or("HTTP");
    if route == NO_ROUTE { method.to_owned() } else { format!("{method} {route}") }
}

fn known(method: &Method) -> Option<&'static str> {
    METHODS.iter().find(|known| *known == method).map(Method::as_str)
}

/// Whether a request came from one of these.
fn is_from(request: &Request, networks: &[IpNet]) -> bool {
    let peer = Caller::of(request.extensions()).peer;
    networks.iter().any(|net| net.contains(peer))
}

/// The head of a request, as far as a trace is continued by it: in `tracestate` others may say what they like.
struct Parent<'a>(&'a HeaderMap);

impl Extractor for Parent<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).filter(|_| name == TRACEPARENT)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        vec![TRACEPARENT]
    }
}
