//! What both engines promise, and what each promises alone.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod closing;
mod faults;
mod group_commit;
mod migrations;
mod postgres;
mod promises;
mod sqlite;
mod support;
mod upgrade;
