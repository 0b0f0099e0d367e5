//! What Prometheus reads: counts of requests, and what the directory counts. On a listener of its own, since it is not for the public.

mod exposition;
mod process;
mod requests;
mod scrape;

pub(super) use scrape::handler;

use std::sync::Arc;

use provost_http::middleware::Answered;
use provost_store::metrics::Gauge;
pub(super) use requests::method_name;
use requests::{Kind, NO_ROUTE, Requests};

/// What is counted of connections and requests.
pub(super) struct Instruments {
    /// Connections of clients that are open.
    pub(super) connections: Arc<Gauge>,
    requests: Requests,
}

impl Instruments {
    /// Nothing is counted yet.
    pub(super) fn new() -> Self {
        process::start_seconds();
        Self {
            connections: Arc::default(),
            requests: Requests::new(),
        }
    }

    /// Counts a request of a dialect.
    pub(super) fn observe(&self, dialect: &'static str, answered: &Answered<'_>) {
        let kind = Kind {
            dialect,
            route: answered.route.map_or(NO_ROUTE, |label| label.0),
            method: method_name(answered.method),
            status: answered.status.as_u16(),
        };
        self.requests.observe(kind, answered.duration);
    }
}
