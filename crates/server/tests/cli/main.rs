//! The command line: every command, on both engines, beside a running server and without one.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod audit;
mod audit_chain;
mod check;
mod domains;
mod events;
mod groups;
mod keys;
mod new_database;
mod output;
mod place;
mod resellers;
mod schema;
mod secrets;
mod tenants;
mod usage;
mod users;
