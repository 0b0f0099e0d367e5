//! What the tests of all crates share: databases of both engines, a directory with builders, the `provost` binary as a running
//! server, and an HTTP client that changes nothing on the way.
//!
//! Everything here panics where a test should fail; none of it is for use outside tests.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod at_once;
mod clock;
mod directory;
mod engines;
mod entropy;
mod http;
mod log;
mod postgres;
mod rows;
mod runtime;
mod server;
mod sleeper;

pub use at_once::at_once;
pub use clock::TestClock;
pub use directory::{PASSWORD, Seat, TestDirectory, email, group_id, login, password};
pub use engines::{Engine, TestDatabase};
pub use entropy::CountingEntropy;
pub use http::{Connection, Request, Response};
pub use postgres::{PostgresDatabase, TestPostgres};
pub use runtime::run;
pub use server::{ADMIN_PASSWORD, TestServer};
pub use sleeper::TestSleeper;
