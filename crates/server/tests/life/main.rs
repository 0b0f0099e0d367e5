//! The server's life: settings, first start, health, changes from outside, end.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod ending;
mod first_start;
mod fresh_changes;
mod health;
mod logs;
mod memory;
mod process;
mod settings;
mod slow_clients;
mod two_servers;
