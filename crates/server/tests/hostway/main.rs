//! The Hostway dialect as clients meet it: over HTTP, from the whole binary, on a database of its own.
//!
//! `docs/dialects/hostway.md` is the page that these tests hold.
#![expect(clippy::unwrap_used, reason = "tests")]

mod documents;
mod lists;
mod mail;
mod mailboxes;
mod refusals;
mod sign_on;
mod site;
mod statuses;
mod views;
mod webmail;
