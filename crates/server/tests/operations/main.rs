//! What the people who run a server rely on: metrics, certificates, traces, and that the pages tell the truth.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod certificates;
mod documents;
mod metrics;
mod process;
mod scrape;
mod tls;
mod traces;
