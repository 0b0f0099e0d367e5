//! What every request meets first.

use super::{dialects::Dialects, health::Health, leaving::Leaving};
use axum::{
    extract::Request,
    http::{HeaderValue, Version, header},
    response::Response,
};
use provost_http::Handler;
use std::sync::Arc;

/// Everything that is served to clients.
pub(super) struct Front {
    pub(super) health: Health,
    pub(super) dialects: Dialects,
    pub(super) leaving: Leaving,
}

impl Front {
    pub(super) fn handler(self) -> Handler {
        let front = Arc::new(self);
        Handler::new(move |request| {
            let front = Arc::clone(&front);
            async move { front.answer(request).await }
        })
    }

    async fn answer(&self, request: Request) -> Response {
        // HTTP/2 has a way of its own
        let kept_open = request.version() < Version::HTTP_2;
        let mut response = match Health::question(request.uri().path()) {
            Some(question) => self.health.answer(question, request.method()).await,
            None => self.dialects.answer(request).await,
        };
        // Clients that keep a connection open make a new one for their next request, while nothing is lost by it: when the server ends, a
        // request may be on its way on a connection that is closed at the same moment.
        if kept_open && self.leaving.has_begun() {
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(header::CONNECTION, close);
        }
        response
    }
}
