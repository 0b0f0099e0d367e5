//! Where a chain ends.

use super::Digest;
use crate::chain::Seal;
use provost_model::Timestamp;

/// The end of a chain, or what was its end once: it stands for all entries up to there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainHead {
    /// How many entries were sealed; the last one's place in the chain.
    pub entries: i64,
    /// The newest time of an entry so far.
    pub newest_at: Timestamp,
    /// The hash of the last seal.
    pub hash: Vec<u8>,
}

impl ChainHead {
    /// The head of a chain without seals.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            entries: 0,
            newest_at: Timestamp(i64::MIN),
            hash: Digest::default().to_vec(),
        }
    }
}

impl From<&Seal> for ChainHead {
    fn from(seal: &Seal) -> Self {
        Self {
            entries: seal.last_entry(),
            newest_at: seal.newest_at,
            hash: seal.hash.clone(),
        }
    }
}
