//! What both engines promise, and what each promises alone.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod beside;
mod closing;
mod copy;
mod faults;
mod group_commit;
mod migrations;
mod moments;
mod plans;
mod portable;
mod postgres;
mod postponed;
mod promises;
mod schema;
mod sqlite;
mod support;
mod upgrade;
