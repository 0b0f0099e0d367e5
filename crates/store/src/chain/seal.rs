//! A seal.

use super::{ChainHead, Digest, EntryColumns};
use provost_model::{EntryId, TenantId, Timestamp};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// What every hash begins with, so that it is that of nothing else.
const DOMAIN: &[u8] = b"provost audit seal 1\n";

/// How long an entry is in the content of a seal: its id and its digest.
const ITEM: usize = 16 + 32;

/// A row of `audit_seals`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Whose chain it is a link of.
    pub tenant: TenantId,
    /// The place of its first entry in the chain, counted from 1.
    pub first_entry: i64,
    /// How many entries it holds.
    pub entries: i64,
    /// The newest time of an entry up to here.
    pub newest_at: Timestamp,
    /// The entries, 48 bytes each; nothing once they are pruned.
    pub content: Option<Vec<u8>>,
    /// The hash of it and of all before.
    pub hash: Vec<u8>,
}

/// An entry in a seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Its id.
    pub id: EntryId,
    /// Its digest when it was sealed.
    pub digest: Digest,
}

impl Seal {
    /// The seal of no entries after this head.
    #[must_use]
    pub fn after(head: &ChainHead, tenant: TenantId) -> Self {
        Self {
            tenant,
            first_entry: head.entries + 1,
            entries: 0,
            newest_at: head.newest_at,
            content: Some(Vec::new()),
            hash: Vec::new(),
        }
    }

    /// Adds an entry. One from the future, by a clock that was wrong, counts as of `now`, lest it keeps others from being pruned.
    pub(crate) fn add(&mut self, entry: &EntryColumns<'_>, now: Timestamp) {
        let content = self.content.get_or_insert_default();
        content.extend_from_slice(entry.id.0.as_bytes());
        content.extend_from_slice(&entry.digest());
        self.entries += 1;
        self.newest_at = self.newest_at.max(entry.at.min(now));
    }

    /// Closes it behind the seal with this hash.
    pub(crate) fn close(mut self, previous: &[u8]) -> Self {
        self.hash = self.hash_after(previous).to_vec();
        self
    }

    /// The place of its last entry in the chain.
    #[must_use]
    pub const fn last_entry(&self) -> i64 {
        self.first_entry.saturating_add(self.entries) - 1
    }

    /// What its hash has to be behind the seal with this hash.
    #[must_use]
    pub fn hash_after(&self, previous: &[u8]) -> Digest {
        let mut hash = Sha256::new();
        hash.update(DOMAIN);
        hash.update((previous.len() as u64).to_be_bytes());
        hash.update(previous);
        for number in [
            self.tenant.0,
            self.first_entry,
            self.entries,
            self.newest_at.0,
        ] {
            hash.update(number.to_be_bytes());
        }
        hash.update(self.content.as_deref().unwrap_or_default());
        hash.finalize().into()
    }

    /// Whether the content is that of as many entries as it says.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.content.as_ref().is_none_or(|content| {
            content.len() % ITEM == 0 && i64::try_from(content.len() / ITEM) == Ok(self.entries)
        })
    }

    /// Its entries in their order; none once they are pruned.
    pub fn items(&self) -> impl Iterator<Item = Sealed> {
        let content = self.content.as_deref().unwrap_or_default();
        content.as_chunks::<ITEM>().0.iter().map(|item| {
            let (mut id, mut digest) = ([0; 16], Digest::default());
            id.copy_from_slice(&item[..16]);
            digest.copy_from_slice(&item[16..]);
            Sealed {
                id: EntryId(Uuid::from_bytes(id)),
                digest,
            }
        })
    }
}
