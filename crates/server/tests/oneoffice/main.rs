//! The OneOffice dialect as clients meet it: over HTTP, from the whole binary, on both engines.
//!
//! `docs/dialects/oneoffice.md` is the page that these tests hold.
#![expect(clippy::unwrap_used, reason = "tests")]

mod at_once;
mod customers;
mod documents;
mod keys;
mod lists;
mod office;
mod refusals;
mod round_trips;
mod updates;
