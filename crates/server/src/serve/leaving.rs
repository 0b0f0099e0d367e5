//! Leaving service: what proxies and clients are told before the server ends.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Whether the server was asked to end. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaving(Arc<AtomicBool>);

impl Leaving {
    /// From now on it leaves.
    pub(super) fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it does.
    pub(super) fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
