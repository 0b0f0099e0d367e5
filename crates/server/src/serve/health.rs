//! Whether the server lives, and whether it can serve. For no tenant, without credentials, tiny.

use super::leaving::Leaving;
use axum::{
    http::{Method, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use provost_directory::Directory;

/// Answers `/healthz` and `/readyz`.
pub(super) struct Health {
    pub(super) directory: Directory,
    pub(super) leaving: Leaving,
}

/// What is asked.
#[derive(Clone, Copy)]
pub(super) enum Question {
    /// `/healthz`: whether the process answers.
    Lives,
    /// `/readyz`: whether the database takes writes, and the server is not about to end.
    Ready,
}

impl Health {
    /// What a path asks, if it is one of these two.
    pub(super) fn question(path: &str) -> Option<Question> {
        match path {
            "/healthz" => Some(Question::Lives),
            "/readyz" => Some(Question::Ready),
            _ => None,
        }
    }

    pub(super) async fn answer(&self, question: Question, method: &Method) -> Response {
        if !matches!(*method, Method::GET | Method::HEAD) {
            let allowed = [(header::ALLOW, "GET,HEAD")];
            return (StatusCode::METHOD_NOT_ALLOWED, allowed).into_response();
        }
        match question {
            Question::Lives => "ok".into_response(),
            Question::Ready => self.ready().await.into_response(),
        }
    }

    async fn ready(&self) -> (StatusCode, &'static str) {
        if self.leaving.has_begun() {
            return (StatusCode::SERVICE_UNAVAILABLE, "leaving");
        }
        match self.directory.ready().await {
            Ok(()) => (StatusCode::OK, "ok"),
            Err(error) => {
                tracing::warn!(%error, "not ready");
                (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
            }
        }
    }
}
