//! The changes that can be asked for: a folder for each noun, a file for each verb.

pub mod apps;
pub(crate) mod auth_tokens;
pub mod customers;
pub mod dialect_values;
pub mod domains;
pub mod forwards;
pub mod groups;
pub mod imports;
pub mod mail_services;
pub mod mailboxes;
pub mod orders;
pub mod password_links;
pub mod resellers;
pub mod shared_domains;
pub mod tenants;
pub mod throttle;
mod together;
pub mod tokens;
pub mod users;
pub mod webmail;
pub mod welcome_mails;

pub use together::Together;
