//! The Hostway dialect: the mailboxes of a mail domain, their webmail accounts, and what they do with their mail.
//!
//! Specification: the page for GET of a webmail account in Hostway's API documentation, and for the rest the other pages of the same wiki.
//! Where they are silent or we differ on purpose, `docs/dialects/hostway.md` says why.
//!
//! One request flows through `gate`: path, route, tenant, credentials, access, domain, body; then through one function of `resources`,
//! which asks the directory and answers in terms of `wire`.

mod access;
mod call;
mod gate;
mod password_policy;
mod refusal;
mod resources;
mod routes;
mod values;
mod wire;

pub use gate::{HostwaySettings, failure, handler, serves};
pub use routes::{Operation, operations};
