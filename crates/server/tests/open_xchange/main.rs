//! The Open-Xchange dialect as its clients meet it: over HTTP, from the whole binary, on a database of its own.
//!
//! `docs/dialects/open_xchange.md` is the page that these tests hold.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod access;
mod announced;
mod documents;
mod fields;
mod forwards;
mod msisdn_race;
mod round_trip;
mod search;
mod sessions;
mod shared_mail_domains;
mod walk;
mod world;
mod wrong_bodies;
