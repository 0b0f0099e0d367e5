//! The audit's chains: what a seal is a seal of, and how each follows from the one before.

mod entry;
mod head;
mod seal;

pub use entry::EntryColumns;
pub use head::ChainHead;
pub use seal::{Seal, Sealed};

/// A SHA-256.
pub type Digest = [u8; 32];
