//! Answers that need not be looked up again while the database stays as it is.

use std::{any::Any, sync::Arc};

use crate::memory::Since;

/// A state of the database, under which something that is found from then on may be remembered. Where the database cannot tell whether it
/// changed there is none, and nothing is remembered.
#[derive(Clone)]
pub struct Moment(pub(crate) Option<Since>);

impl Moment {
    /// What was remembered under a key and held at this moment still, if no change was seen since.
    pub fn recall<T: Any + Send + Sync>(&self, key: &[u8; 32]) -> Option<Arc<T>> {
        let found = self.0.as_ref()?.recall(key)?;
        found.downcast().ok()
    }

    /// Remembers what was derived from the database since this moment, and from nothing else, until the database changes. The key is a digest
    /// of the whole question, and of its kind; where it stands for a secret it is one that only this process can make.
    pub fn remember<T: Any + Send + Sync>(&self, key: [u8; 32], answer: Arc<T>) {
        if let Some(since) = &self.0 {
            since.remember(key, answer);
        }
    }
}
