//! Who is told of each answer.

use super::{FailedRequest, RequestId, SourceAddress};
use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode},
    response::Response,
};
use std::{
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

/// The name of the route that answered, such as `ocs users/{id}`. A handler puts it into the extensions of its
/// *response*, and it takes the place of the path in the access log: paths hold logins and addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteLabel(pub &'static str);

/// What is known of a request once the head of its answer is there.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// The method.
    pub method: &'a Method,
    /// The path, which holds logins and addresses: it is there to tell which dialect it is of, and is to be shown nowhere.
    pub path: &'a str,
    /// The route, if it led to one.
    pub route: Option<RouteLabel>,
    /// The status.
    pub status: StatusCode,
    /// From the head of the request to that of the answer.
    pub duration: Duration,
    /// The address that it came from.
    pub source: IpAddr,
    /// The request's id.
    pub request_id: &'a str,
    /// The caller's `traceparent`, by which its traces are joined to ours.
    pub trace_parent: Option<&'a HeaderValue>,
}

/// Is told of each answer, while its request's id is the current one. It is called for each request, so it waits for nothing.
pub type AnswerObserver = Arc<dyn Fn(&Answered<'_>) + Send + Sync>;

impl Answered<'_> {
    /// The route's name, or the path where there is none.
    #[must_use]
    pub fn route_or_path(&self) -> &str {
        self.route.map_or(self.path, |label| label.0)
    }
}

/// What is kept of a request until it is answered: a few reference counts, no copies.
pub(super) struct Asked {
    pub(super) request: FailedRequest,
    started: Instant,
    id: RequestId,
    source: IpAddr,
    trace_parent: Option<HeaderValue>,
}

impl Asked {
    pub(super) fn of(request: &Request) -> Self {
        Self {
            request: FailedRequest::note(request),
            started: Instant::now(),
            id: RequestId::current(),
            source: SourceAddress::of(request.extensions()),
            trace_parent: request.headers().get("traceparent").cloned(),
        }
    }

    /// Tells the observer of the answer.
    pub(super) fn answered(&self, observer: &AnswerObserver, response: &Response) {
        observer(&Answered {
            method: &self.request.method,
            path: self.request.uri.path(),
            route: response.extensions().get::<RouteLabel>().copied(),
            status: response.status(),
            duration: self.started.elapsed(),
            source: self.source,
            request_id: self.id.as_str(),
            trace_parent: self.trace_parent.as_ref(),
        });
    }
}

/// Logs an answer at info, under the target `access`: method, route, status, microseconds until the answer's head, source address, request
/// id. Never headers, query strings or bodies.
pub fn log_answer(answered: &Answered<'_>) {
    tracing::info!(
        target: "access",
        method = %answered.method,
        route = answered.route_or_path(),
        status = answered.status.as_u16(),
        duration_us = u64::try_from(answered.duration.as_micros()).unwrap_or(u64::MAX),
        source = %answered.source,
        request_id = answered.request_id,
        "request answered"
    );
}
