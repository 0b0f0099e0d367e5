//! All that is done around a dialect, in its order.

use super::{
    AnswerObserver, Failure, FailureAnswer, RequestId, SourceSettings, access_log::Asked,
    request_id,
};
use axum::{extract::Request, response::Response};
use futures_util::FutureExt as _;
use std::{panic::AssertUnwindSafe, time::Duration};
use tokio::{task::yield_now, time::timeout};

/// What is done around every dialect: the request gets its id and its source, its answer is told to the observer, a panic costs it alone, and it
/// does not wait for ever.
///
/// One future of two steps rather than one for each concern: each would carry the request, and be copied into the next.
pub struct Layers {
    /// Which proxies are believed.
    pub sources: SourceSettings,
    /// Who is told of each answer.
    pub observer: AnswerObserver,
    /// What is answered where no handler could.
    pub failure: FailureAnswer,
    /// How long a handler may take, from the request's head to the head of the answer; a streamed answer may then take its time.
    pub patience: Duration,
}

impl Layers {
    /// The answer of `next`, or of the failure.
    ///
    /// Where a handler takes too long its future is dropped; a command that it has already handed to the store's writer may still be carried
    /// out, so callers must read the failure as "unknown", not as "undone".
    pub async fn answer<F: Future<Output = Response>>(
        &self,
        mut request: Request,
        next: impl FnOnce(Request) -> F,
    ) -> Response {
        let id = RequestId::of(request.headers());
        self.sources.look_through_proxies(&mut request);
        request_id::known(id, self.answer_in_time(request, next)).await
    }

    async fn answer_in_time<F: Future<Output = Response>>(
        &self,
        request: Request,
        next: impl FnOnce(Request) -> F,
    ) -> Response {
        let asked = Asked::of(&request);
        // The handler's own state goes with its panic, and what is shared (the store) rolls back by itself.
        let answering = AssertUnwindSafe(async { next(request).await }).catch_unwind();
        let response = match timeout(self.patience, answering).await {
            Ok(Ok(response)) => response,
            // the client learns nothing of it; the process's panic hook has told the log
            Ok(Err(_)) => {
                let request = &asked.request;
                tracing::error!(method = %request.method, path = request.uri.path(), "a handler panicked");
                (self.failure)(Failure::Panicked, request)
            }
            Err(_) => {
                let request = &asked.request;
                tracing::warn!(method = %request.method, path = request.uri.path(), "a handler took too long");
                (self.failure)(Failure::TimedOut, request)
            }
        };
        asked.answered(&self.observer, &response);
        // so that answers are sent one after another, while their receiver is awake
        yield_now().await;
        response
    }
}
