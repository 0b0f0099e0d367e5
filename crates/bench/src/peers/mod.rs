//! What Provost is compared with.

pub(crate) mod argon2id;
pub(crate) mod floor;
pub(crate) mod raw_sqlite;
pub(crate) mod slapd;
