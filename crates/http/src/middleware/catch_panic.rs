//! A handler's panic costs its own request alone.

use super::{FailedRequest, Failure, FailureAnswer};
use axum::{extract::Request, response::Response};
use futures_util::FutureExt as _;
use std::panic::AssertUnwindSafe;

/// Answers for a handler that panicked. The client learns nothing of it; the process's panic hook has told the log.
pub async fn catch_panic<F: Future<Output = Response>>(
    answer: &FailureAnswer,
    request: Request,
    next: impl FnOnce(Request) -> F,
) -> Response {
    let noted = FailedRequest::note(&request);
    // The handler's own state goes with it, and what is shared (the store) rolls back by itself.
    match AssertUnwindSafe(async { next(request).await })
        .catch_unwind()
        .await
    {
        Ok(response) => response,
        Err(_) => {
            tracing::error!(method = %noted.method, path = noted.uri.path(), "a handler panicked");
            answer(Failure::Panicked, &noted)
        }
    }
}
