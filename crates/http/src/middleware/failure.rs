//! Answers that the layers give where no handler could.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, Uri, header},
    response::Response,
};
use std::sync::Arc;

/// Why there is no answer of a handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The handler panicked (HTTP 500).
    Panicked,
    /// The handler took too long (HTTP 503).
    TimedOut,
}

/// Renders a failure in the envelope of the dialect that the request was for, without any detail of what went wrong.
pub type FailureAnswer = Arc<dyn Fn(Failure, &FailedRequest) -> Response + Send + Sync>;

/// What is kept of a request, to choose the dialect and the format of an answer.
#[derive(Clone, Debug)]
pub struct FailedRequest {
    /// The method.
    pub method: Method,
    /// The target.
    pub uri: Uri,
    accept: Option<HeaderValue>,
}

impl FailedRequest {
    /// Notes a request before a handler consumes it.
    pub(super) fn note(request: &Request) -> Self {
        Self {
            method: request.method().clone(),
            uri: request.uri().clone(),
            accept: request.headers().get(header::ACCEPT).cloned(),
        }
    }

    /// The headers that decide the format of an answer: `Accept` alone.
    #[must_use]
    pub fn headers(&self) -> HeaderMap {
        self.accept
            .iter()
            .map(|accept| (header::ACCEPT, accept.clone()))
            .collect()
    }
}
