//! Resellers.

use crate::Timestamp;

/// A reseller's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResellerId(pub i64);

/// An account of the deployment with a set of tenants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reseller {
    /// Its id.
    pub id: ResellerId,
    /// Its name, unique among resellers and operators.
    pub name: String,
    /// Its password's hash, if it has a password.
    pub password_hash: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}
