//! The OCS dialect as clients meet it: over HTTP, from the whole binary, on a database of its own.
//!
//! `docs/dialects/ocs.md` is the page that these tests hold.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod credentials;
mod documents;
mod ids;
mod life;
mod lists;
mod parameters;
mod properties;
mod slashes;
mod statuses;
mod wire;
