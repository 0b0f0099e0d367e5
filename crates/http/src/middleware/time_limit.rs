//! No request waits for ever.

use super::{FailedRequest, Failure, FailureAnswer};
use axum::{extract::Request, response::Response};
use std::time::Duration;

/// How long a handler may take, and what is answered when it takes longer.
#[derive(Clone)]
pub struct TimeLimit {
    /// From the request's head to the head of the answer; a streamed answer may then take its time.
    pub after: Duration,
    /// The answer.
    pub answer: FailureAnswer,
}

/// Gives up on a handler that takes too long. Its future is dropped; a command that it has already handed to the store's
/// writer may still be carried out, so callers must read the failure as "unknown", not as "undone".
pub async fn time_limit<F: Future<Output = Response>>(
    limit: &TimeLimit,
    request: Request,
    next: impl FnOnce(Request) -> F,
) -> Response {
    let noted = FailedRequest::note(&request);
    match tokio::time::timeout(limit.after, next(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::warn!(method = %noted.method, path = noted.uri.path(), "a handler took too long");
            (limit.answer)(Failure::TimedOut, &noted)
        }
    }
}
