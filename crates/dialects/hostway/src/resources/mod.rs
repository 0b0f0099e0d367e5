//! The operations, a file for each resource.

pub(crate) mod aliases;
pub(crate) mod autoresponder;
pub(crate) mod domain;
pub(crate) mod forwards;
pub(crate) mod infostore;
mod listed;
pub(crate) mod mailbox;
pub(crate) mod products;
pub(crate) mod senders;
pub(crate) mod sign_on;
pub(crate) mod statistics;
pub(crate) mod usage;
pub(crate) mod username;
pub(crate) mod usernames;
pub(crate) mod webmail;
