//! `/metrics`.

use super::{Instruments, exposition::Snapshot, process::Process};
use axum::{
    http::{Method, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use prometheus_client::{encoding::text::encode, registry::Registry};
use provost_directory::Directory;
use provost_http::Handler;
use provost_store::metrics::statement_times;
use std::sync::Arc;

/// The format that is written: OpenMetrics, which Prometheus asks for and all that read Prometheus's format read too.
const FORMAT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// How far waiting mails are counted: the count must not become work of its own.
const MOST_MAILS: i64 = 10_000;

#[derive(Clone)]
struct Sources {
    directory: Directory,
    instruments: Arc<Instruments>,
}

/// Answers `/metrics` with what was counted.
pub(in crate::serve) fn handler(directory: Directory, instruments: Arc<Instruments>) -> Handler {
    let sources = Sources {
        directory,
        instruments,
    };
    Handler::new(move |request| {
        let sources = sources.clone();
        async move {
            match (request.uri().path(), request.method()) {
                ("/metrics", &Method::GET | &Method::HEAD) => scrape(sources).await,
                ("/metrics", _) => {
                    let allowed = [(header::ALLOW, "GET,HEAD")];
                    (StatusCode::METHOD_NOT_ALLOWED, allowed).into_response()
                }
                _ => StatusCode::NOT_FOUND.into_response(),
            }
        }
    })
}

async fn scrape(sources: Sources) -> Response {
    let Sources {
        directory,
        instruments,
    } = sources;
    let snapshot = Snapshot {
        requests: instruments.requests.read(),
        connections: instruments.connections.get(),
        statements: statement_times().collect(),
        directory: directory.metrics(),
        // a database that is away is told of by its absence, and must not hide all the rest
        welcome_mails: directory.count_welcome_mails(MOST_MAILS).await.ok(),
        process: Process::read(),
    };
    let mut registry = Registry::default();
    registry.register_collector(Box::new(snapshot));
    let mut text = String::new();
    match encode(&mut text, &registry) {
        Ok(()) => ([(header::CONTENT_TYPE, FORMAT)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "the metrics cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
