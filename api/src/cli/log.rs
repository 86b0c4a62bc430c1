//! Where log lines and traces go.

use std::env;
use std::io::{self, IsTerminal};
use std::iter;

use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{ExporterBuildError, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::resource::{EnvResourceDetector, TelemetryResourceDetector};
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::Subscriber;
use tracing_subscriber::filter::{EnvFilter, FilterExt, filter_fn};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use url::Url;

use crate::config::{Config, LogFormat, Secret};

/// What the server is called in traces, unless the environment says otherwise.
const SERVICE: &str = "beacon";

/// What tells of migrations.
const MIGRATOR: &str = "sea_orm_migration";

/// Sends traces for as long as it is there, and what is left when it is dropped.
pub(super) struct Traces(Option<SdkTracerProvider>);

/// Writes log lines to stderr, and sends spans to the collector that the settings name. That the database was brought up to
/// date on the way is told only where it is what was asked for.
///
/// # Errors
/// When nothing can be sent there, whether somebody listens or not.
pub(super) fn start(config: &Config, tells_migrations: bool) -> Result<Traces, ExporterBuildError> {
    let collector = config.otlp_endpoint.as_ref();
    let provider = collector.map(|endpoint| provider(endpoint, &config.otlp_headers)).transpose()?;
    subscriber(config, provider.as_ref(), tells_migrations).init();
    Ok(Traces(provider))
}

fn subscriber(
    config: &Config,
    provider: Option<&SdkTracerProvider>,
    tells_migrations: bool,
) -> impl Subscriber + Send + Sync + use<> {
    // Spans are for traces alone: a line says all that it has to say by itself.
    let is_told = move |target: &str| tells_migrations || !target.starts_with(MIGRATOR);
    let filter =
        EnvFilter::new(&config.log).and(filter_fn(move |about| !about.is_span() && is_told(about.target())));
    let lines =
        tracing_subscriber::fmt::layer().with_ansi(io::stderr().is_terminal()).with_writer(io::stderr);
    let lines = match config.log_format {
        LogFormat::Text => lines.with_filter(filter).boxed(),
        LogFormat::Json => lines.json().with_filter(filter).boxed(),
    };
    let spans = provider.map(|provider| {
        tracing_opentelemetry::layer()
            .with_tracer(provider.tracer(SERVICE))
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_tracked_inactivity(false)
            .with_context_activation(false)
            // Libraries have spans too, and nobody knows what they say.
            .with_filter(filter_fn(|about| about.is_span() && about.target().starts_with("api::")))
            .boxed()
    });
    // A list: a layer that may be none would count as one that wants all, and each span would be asked about anew.
    let layers: Vec<_> = iter::once(lines).chain(spans).collect();
    tracing_subscriber::registry().with(layers)
}

/// Sends spans in batches from a thread of its own. Those that it cannot keep up with are lost, and nobody waits for it.
fn provider(endpoint: &Url, headers: &[(String, Secret)]) -> Result<SdkTracerProvider, ExporterBuildError> {
    let address = format!("{}/v1/traces", endpoint.as_str().trim_end_matches('/'));
    let headers = headers.iter().map(|(name, value)| (name.clone(), value.0.clone())).collect();
    let exporter =
        SpanExporter::builder().with_http().with_endpoint(address).with_headers(headers).build()?;
    let named = env::var("OTEL_SERVICE_NAME").ok().map(|name| KeyValue::new("service.name", name));
    let resource = Resource::builder_empty()
        .with_attribute(KeyValue::new("service.name", SERVICE))
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .with_detectors(&[Box::new(TelemetryResourceDetector), Box::new(EnvResourceDetector::new())])
        .with_attributes(named)
        .build();
    Ok(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build())
}

impl Drop for Traces {
    fn drop(&mut self) {
        if let Some(provider) = &self.0
            && let Err(error) = provider.shutdown()
        {
            tracing::warn!(error = %error, "the last traces could not be sent");
        }
    }
}

#[cfg(test)]
mod tests {
    use tracing::subscriber::with_default;

    use super::*;
    use crate::config::Sources;

    #[test]
    fn without_a_collector_there_is_no_span_and_nobody_asks_again() {
        let (config, _) = Config::load(&Sources::default()).expect("the defaults are right");
        let provider = SdkTracerProvider::builder().build();
        let span = || tracing::info_span!("request");

        let traced = with_default(subscriber(&config, Some(&provider), true), span);

        let about = traced.metadata().expect("a span is made");
        assert!(!traced.is_disabled());
        assert!(subscriber(&config, None, true).register_callsite(about).is_never());
    }
}
