//! What the directory promises, on both engines: a file for each promise.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod addresses;
mod audit;
mod audit_chain;
mod credentials;
mod customers;
mod deeds;
mod dialect_values;
mod domains;
mod finding;
mod groups;
mod last_ones;
mod lists;
mod logins;
mod longest;
mod mail_services;
mod mailboxes;
mod nul;
mod numbers;
mod operators;
mod own_account;
mod parallel;
mod password_links;
mod policy;
mod retries;
mod statements;
mod support;
mod tenants;
mod throttle;
