//! Leaving service: what proxies and clients are told before the server ends.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, Version, header},
    middleware::Next,
    response::Response,
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Whether the server was asked to end. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaving(Arc<AtomicBool>);

impl Leaving {
    /// From now on it leaves.
    pub(super) fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it does.
    pub(super) fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Asks clients that keep a connection open to make a new one for their next request, while nothing is lost by it: when the server
/// ends, a request may be on its way on a connection that is closed at the same moment.
pub(super) async fn close_connections(
    State(leaving): State<Leaving>,
    request: Request,
    next: Next,
) -> Response {
    // HTTP/2 has a way of its own
    let kept_open = request.version() < Version::HTTP_2;
    let mut response = next.run(request).await;
    if kept_open && leaving.has_begun() {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}
