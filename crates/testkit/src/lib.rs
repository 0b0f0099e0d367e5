//! What the tests of all crates share: databases of both engines, the `provost` binary as a running server, and an HTTP
//! client that changes nothing on the way.
//!
//! Everything here panics where a test should fail; none of it is for use outside tests.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod engines;
mod http;
mod log;
mod postgres;
mod runtime;
mod server;

pub use engines::{Engine, TestDatabase};
pub use http::{Connection, Request, Response};
pub use postgres::{PostgresDatabase, TestPostgres};
pub use runtime::run;
pub use server::{ADMIN_PASSWORD, TestServer};
