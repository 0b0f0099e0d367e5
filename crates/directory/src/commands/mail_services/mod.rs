//! Changes to what mail services know of users.

mod remove;

pub(crate) use remove::remove;
