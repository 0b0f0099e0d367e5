//! Traces for OpenTelemetry: a span of each request.

mod collector;

use crate::{
    config::Collector,
    failure::{Failure, Result},
};
use axum::http::HeaderValue;
use collector::Connection;
use opentelemetry::{
    Context, KeyValue,
    propagation::{Extractor, TextMapPropagator as _},
    trace::{Span as _, SpanKind, Status, Tracer as _, TracerProvider as _},
};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::{
    Resource,
    propagation::TraceContextPropagator,
    trace::{SdkTracer, SdkTracerProvider},
};
use provost_http::middleware::Answered;
use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

/// How long the last spans may take to be sent at the end.
const ENDING: Duration = Duration::from_secs(3);

/// Where a caller tells which span of its own a request belongs to, as the W3C wrote it down.
const TRACEPARENT: &str = "traceparent";

/// The way of spans to a collector. They wait in a queue of bounded length; where it is full further ones are dropped.
pub(super) struct Traces {
    provider: SdkTracerProvider,
    tracer: SdkTracer,
}

impl Traces {
    /// Begins to send spans to a collector, which need not be there yet.
    ///
    /// # Errors
    /// What OpenTelemetry's own variables say makes no sense.
    pub(super) fn start(collector: &Collector) -> Result<Self> {
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Connection::of_this_runtime())
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(format!("{}/v1/traces", collector.0))
            .build()
            .map_err(|error| Failure::refused(format_args!("PROVOST_OTLP_ENDPOINT: {error}")))?;
        let resource = Resource::builder()
            .with_service_name("provost")
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .build();
        let provider = SdkTracerProvider::builder()
            .with_resource(resource)
            .with_batch_exporter(exporter)
            .build();
        Ok(Self {
            tracer: provider.tracer("provost"),
            provider,
        })
    }

    /// Makes the span of a request, now that it is answered: names of ours, and the request's id, nothing else that a client or user wrote.
    pub(super) fn observe(&self, dialect: &'static str, answered: &Answered<'_>) {
        let ended = SystemTime::now();
        let began = ended.checked_sub(answered.duration).unwrap_or(ended);
        let parent = answered.trace_parent.map_or_else(Context::new, |header| {
            TraceContextPropagator::new().extract_with_context(&Context::new(), &Caller(header))
        });
        let method = super::metrics::method_name(answered.method);
        let mut attributes = vec![
            KeyValue::new("http.request.method", method),
            KeyValue::new(
                "http.response.status_code",
                i64::from(answered.status.as_u16()),
            ),
            KeyValue::new("provost.dialect", dialect),
            KeyValue::new("provost.request_id", answered.request_id.to_owned()),
        ];
        let name = match answered.route {
            Some(route) => {
                attributes.push(KeyValue::new("http.route", route.0));
                format!("{method} {}", route.0)
            }
            None => method.to_owned(),
        };
        let mut span = self
            .tracer
            .span_builder(name)
            .with_kind(SpanKind::Server)
            .with_start_time(began)
            .with_attributes(attributes)
            .start_with_context(&self.tracer, &parent);
        if answered.status.is_server_error() {
            span.set_status(Status::error(""));
        }
        span.end_with_timestamp(ended);
    }

    /// Sends what waits, if the collector takes it in time.
    pub(super) async fn end(self: Arc<Self>) {
        // it blocks its thread
        let ended =
            tokio::task::spawn_blocking(move || self.provider.shutdown_with_timeout(ENDING));
        if let Ok(Err(error)) = ended.await {
            tracing::warn!(%error, "the last spans were not sent");
        }
    }
}

/// The caller's header.
struct Caller<'a>(&'a HeaderValue);

impl Extractor for Caller<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        (key == TRACEPARENT).then(|| self.0.to_str().ok()).flatten()
    }

    fn keys(&self) -> Vec<&str> {
        vec![TRACEPARENT]
    }
}
