//! How the dialect writes values of the directory.

pub(crate) mod locale;
pub(crate) mod megabytes;
