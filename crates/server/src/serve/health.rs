//! Whether the server lives, and whether it can serve. For no tenant, without credentials, tiny.

use axum::{Router, extract::State, http::StatusCode, routing::get};
use provost_directory::Directory;

use super::leaving::Leaving;

/// `/healthz`: the process answers. `/readyz`: the database takes writes, and the server is not about to end.
pub(super) fn router(directory: Directory, leaving: Leaving) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(ready))
        .with_state((directory, leaving))
}

async fn ready(
    State((directory, leaving)): State<(Directory, Leaving)>,
) -> (StatusCode, &'static str) {
    if leaving.has_begun() {
        return (StatusCode::SERVICE_UNAVAILABLE, "leaving");
    }
    match directory.ready().await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
        }
    }
}
