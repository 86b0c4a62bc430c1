//! `/metrics`, on a listener of its own: numbers for those who operate the server, in OpenMetrics.
//!
//! Labels say nothing of what was asked for: the names of operations are those of trusted documents, so that neither
//! the words of a client nor its number of different documents get here.

use std::fmt;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{
    DescriptorEncoder, EncodeCounterValue, EncodeLabelSet, EncodeMetric, MetricEncoder, text,
};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::Floor;
use super::gate::Kind;
use super::log::RequestLine;

/// OpenMetrics 1.0, which Prometheus reads.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// Upper bounds of the durations, in seconds: from a kept answer to a request that is given up.
const BUCKETS: [f64; 14] =
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0];

/// What is counted of requests.
pub(super) struct Requests {
    answered: Family<Answered, Counter>,
    durations: Family<Lasted, Histogram, fn() -> Histogram>,
    /// The name of all operations that have none here.
    other: Arc<str>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: &'static str,
    operation: Arc<str>,
    r#type: &'static str,
    status: u16,
    cache: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Lasted {
    route: &'static str,
    operation: Arc<str>,
    r#type: &'static str,
    cache: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Connections {
    pool: &'static str,
    state: &'static str,
}

impl Default for Requests {
    fn default() -> Self {
        Self {
            answered: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            other: "other".into(),
        }
    }
}

impl Requests {
    /// Counts one that was answered.
    pub(super) fn count(&self, line: &RequestLine) {
        let RequestLine { route, status, .. } = *line;
        let operation = line.name.as_ref().unwrap_or(&self.other).clone();
        let r#type = line.operation.map_or("none", Kind::as_str);
        let cache = line.cache.as_str();
        let lasted = Lasted { route, operation: operation.clone(), r#type, cache };
        self.durations.get_or_create(&lasted).observe(line.duration.as_secs_f64());
        self.answered.get_or_create(&Answered { route, operation, r#type, status, cache }).inc();
    }
}

/// The route, over everything that counts.
pub(super) fn router(floor: Arc<Floor>, requests: &Requests) -> Router {
    let mut registry = Registry::with_prefix("beacon");
    registry.register("requests", "Requests answered", requests.answered.clone());
    registry.register_with_unit(
        "request_duration",
        "Until the head of the answer was ready",
        Unit::Seconds,
        requests.durations.clone(),
    );
    floor.app.rounds.register(&mut registry);
    registry.register_collector(Box::new(Present(floor)));
    Router::new().route("/metrics", get(show)).with_state(Arc::new(registry))
}

async fn show(State(registry): State<Arc<Registry>>) -> Response {
    let mut shown = String::new();
    match text::encode(&mut shown, &registry) {
        Ok(()) => ([(CONTENT_TYPE, OPEN_METRICS)], shown).into_response(),
        Err(error) => {
            tracing::error!(error = %error, "the metrics cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// What is looked up when it is asked for.
struct Present(Arc<Floor>);

impl fmt::Debug for Present {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Present")
    }
}

impl Collector for Present {
    fn encode(&self, encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let Floor { app, answers, live, room, .. } = &*self.0;
        let mut sheet = Sheet(encoder);
        let total = app.db.total();
        sheet.counter("statements", "SQL statements, of requests and jobs", total.statements)?;
        sheet.counter("statement_seconds", "Time that SQL statements took", total.time.as_secs_f64())?;
        let mut pools = sheet.family(
            "database_connections",
            "Connections to the database in use, and how many more could be",
        )?;
        for pool in app.db.pools() {
            for (state, number) in [("busy", pool.busy), ("free", pool.free)] {
                let labels = Connections { pool: pool.name, state };
                ConstGauge::new(i64::from(number)).encode(pools.encode_family(&labels)?)?;
            }
        }
        let beat = *app.pulse().borrow();
        sheet.gauge("content_version", "The content version that is known here", beat.content_version)?;
        let is_live = i64::from(beat.is_live);
        sheet.gauge("follows_database", "1 while commits of other processes are followed", is_live)?;
        let (number, bytes) = answers.size();
        sheet.gauge("cache_entries", "Answers that are kept", i64::try_from(number).unwrap_or(i64::MAX))?;
        sheet.gauge("cache_bytes", "Memory for kept answers", i64::try_from(bytes).unwrap_or(i64::MAX))?;
        let connections = i64::from(room.connections.taken());
        sheet.gauge("connections", "Connections of clients, those that stay open among them", connections)?;
        sheet.gauge("live_connections", "WebSockets and event streams", i64::from(live.open()))?;
        sheet.gauge("operations", "Operations under way", i64::from(room.operations.taken()))
    }
}

/// Metrics as they are written down, one after the other.
struct Sheet<'a>(DescriptorEncoder<'a>);

impl Sheet<'_> {
    fn counter(&mut self, name: &str, help: &str, value: impl EncodeCounterValue) -> fmt::Result {
        let counter = ConstCounter::new(value);
        let encoder = self.0.encode_descriptor(name, help, None, counter.metric_type())?;
        counter.encode(encoder)
    }

    fn gauge(&mut self, name: &str, help: &str, value: i64) -> fmt::Result {
        let gauge = ConstGauge::new(value);
        let encoder = self.0.encode_descriptor(name, help, None, gauge.metric_type())?;
        gauge.encode(encoder)
    }

    fn family<'s>(&'s mut self, name: &'s str, help: &str) -> Result<MetricEncoder<'s>, fmt::Error> {
        self.0.encode_descriptor(name, help, None, MetricType::Gauge)
    }
}
