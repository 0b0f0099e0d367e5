//! Proofs of the bytes: against the recorded server, and for any data at all.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod answers;
mod properties;
mod reading;
mod recorded;
mod recording;

use axum::body::{Body, to_bytes};
use axum::http::Response;
use futures_util::FutureExt;

/// The status, content type and body of an answer that is whole in memory.
fn parts(response: Response<Body>) -> (u16, String, String) {
    let status = response.status().as_u16();
    let content_type = response.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned();
    let body = to_bytes(response.into_body(), usize::MAX)
        .now_or_never()
        .expect("a body in memory")
        .unwrap();
    (
        status,
        content_type,
        String::from_utf8(body.into()).unwrap(),
    )
}
