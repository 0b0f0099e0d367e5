//! The operations, a file for each resource.

pub(crate) mod anti_phishing;
pub(crate) mod class_of_service;
pub(crate) mod custom;
pub(crate) mod delivery_status;
pub(crate) mod forwards;
pub(crate) mod legacy_ref;
pub(crate) mod msisdn;
pub(crate) mod search;
pub(crate) mod sessions;
pub(crate) mod shared_mail_domains;
pub(crate) mod spam_level;
pub(crate) mod uidname;
mod user;
