//! Who reads the server's traces.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use prost::Message;
use tokio::net::TcpListener;

/// A collector that listens on this machine until the test ends.
pub(crate) struct Collector {
    address: SocketAddr,
    received: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
}

/// A span as it was received.
#[derive(Debug)]
pub(crate) struct Span {
    /// Its name.
    pub(crate) name: String,
    /// The trace that it belongs to, as it stands in `traceparent`.
    pub(crate) trace: String,
    /// The id of the span that it is part of, as it stands there; empty for the first of a trace.
    pub(crate) parent_id: String,
    /// The name of that span, where it was received.
    pub(crate) parent: Option<String>,
    /// Whether it says that something went wrong.
    pub(crate) is_error: bool,
    /// What else is said of it.
    pub(crate) attributes: HashMap<String, String>,
}

impl Collector {
    /// Begins to listen.
    pub(crate) async fn listens() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let address = listener.local_addr().expect("it is bound");
        let received = Arc::<Mutex<Vec<_>>>::default();
        let keeps = received.clone();
        let keep = async move |headers: HeaderMap, body: Bytes| {
            keeps.lock().expect("nobody panics holding it").push((headers, body));
        };
        let router = Router::new().route("/v1/traces", post(keep));
        tokio::spawn(async { axum::serve(listener, router).await });
        Self { address, received }
    }

    /// What `BEACON_OTLP_ENDPOINT` would say.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What each request said in a header.
    pub(crate) fn headers(&self, name: &str) -> Vec<String> {
        let received = self.received.lock().expect("nobody panics holding it");
        let said = received.iter().filter_map(|(headers, _)| headers.get(name)?.to_str().ok());
        said.map(ToOwned::to_owned).collect()
    }

    /// All bytes that were received, as far as they are text, in small letters.
    pub(crate) fn text(&self) -> String {
        let received = self.received.lock().expect("nobody panics holding it");
        received.iter().map(|(_, body)| String::from_utf8_lossy(body).to_lowercase()).collect()
    }

    /// All spans that were received.
    pub(crate) fn spans(&self) -> Vec<Span> {
        let received = self.received.lock().expect("nobody panics holding it");
        let requests = received.iter().map(|(_, body)| {
            ExportTraceServiceRequest::decode(body.clone()).expect("it is a request to export spans")
        });
        let scopes = requests.flat_map(|request| request.resource_spans).flat_map(|spans| spans.scope_spans);
        let spans: Vec<_> = scopes.flat_map(|scope| scope.spans).collect();
        let names: HashMap<_, _> =
            spans.iter().map(|span| (span.span_id.clone(), span.name.clone())).collect();
        let told = spans.into_iter().map(|span| Span {
            trace: hex(&span.trace_id),
            parent_id: hex(&span.parent_span_id),
            parent: names.get(&span.parent_span_id).cloned(),
            is_error: span.status.is_some_and(|status| status.code() == StatusCode::Error),
            attributes: span.attributes.into_iter().map(said).collect(),
            name: span.name,
        });
        told.collect()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn said(KeyValue { key, value, .. }: KeyValue) -> (String, String) {
    let value = match value {
        Some(AnyValue { value: Some(Value::StringValue(text)) }) => text,
        Some(AnyValue { value: Some(Value::IntValue(number)) }) => number.to_string(),
        other => format!("{other:?}"),
    };
    (key, value)
}
