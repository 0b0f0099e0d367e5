//! What earlier lines of an import want for themselves.

use sha2::{Digest as _, Sha256};
use std::collections::HashSet;

/// Names, addresses, phone login aliases and groups that lines before ask for. Digests stand for them, so that a million take little room.
#[derive(Clone, Debug, Default)]
pub struct Claims(HashSet<[u8; 16]>);

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Claimed<'a> {
    /// A folded login or address, as a name in the tenant.
    Name(&'a str),
    /// A folded address.
    Address(&'a str),
    /// The digits of a phone login alias.
    Msisdn(&'a str),
    /// A group's id.
    Group(&'a str),
}

impl Claims {
    /// Takes note that a group is going to be made.
    pub fn add_group(&mut self, id: &str) {
        self.add(Claimed::Group(id));
    }

    /// Adds the claims of further lines.
    pub fn extend(&mut self, later: Self) {
        self.0.extend(later.0);
    }

    pub(crate) fn add(&mut self, claimed: Claimed<'_>) {
        self.0.insert(claimed.digest());
    }

    pub(crate) fn has(&self, claimed: Claimed<'_>) -> bool {
        !self.0.is_empty() && self.0.contains(&claimed.digest())
    }
}

impl Claimed<'_> {
    fn digest(self) -> [u8; 16] {
        let (kind, text) = match self {
            Self::Name(text) => (0, text),
            Self::Address(text) => (1, text),
            Self::Msisdn(text) => (2, text),
            Self::Group(text) => (3, text),
        };
        let digest = Sha256::new()
            .chain_update([kind])
            .chain_update(text)
            .finalize();
        let mut short = [0; 16];
        short.copy_from_slice(&digest[..16]);
        short
    }
}
