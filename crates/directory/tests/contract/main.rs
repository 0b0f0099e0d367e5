//! What the directory promises, on both engines: a file for each promise.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod addresses;
mod audit;
mod deeds;
mod domains;
mod finding;
mod groups;
mod lists;
mod logins;
mod nul;
mod numbers;
mod own_account;
mod policy;
mod statements;
mod support;
