//! Whether the server lives, and whether it can serve. For no tenant, without credentials, tiny.

use axum::{Router, extract::State, http::StatusCode, routing::get};
use provost_directory::Directory;

/// `/healthz`: the process answers. `/readyz`: so does the database.
pub(super) fn router(directory: Directory) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(ready))
        .with_state(directory)
}

async fn ready(State(directory): State<Directory>) -> (StatusCode, &'static str) {
    match directory.ready().await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
        }
    }
}
