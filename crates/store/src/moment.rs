//! Answers that need not be looked up again while the database stays as it is.

use std::{any::Any, sync::Arc};

use crate::engine::sqlite::moment;

/// A state of the database, under which something that is found from then on may be remembered. On PostgreSQL there is none: other nodes
/// write there, and to ask it whether they did costs as much as to look up what is wanted.
#[derive(Clone)]
pub struct Moment(pub(crate) Option<moment::Moment>);

impl Moment {
    /// What was remembered under a key and held at this moment still, if no change was seen since.
    pub fn recall<T: Any + Send + Sync>(&self, key: &[u8; 32]) -> Option<Arc<T>> {
        let found = self.0.as_ref()?.recall(key)?;
        found.downcast().ok()
    }

    /// Remembers what was derived from the database since this moment, and from nothing else, until the database changes. The key is a digest
    /// of the whole question, and of its kind; where it stands for a secret it is one that only this process can make.
    pub fn remember<T: Any + Send + Sync>(&self, key: [u8; 32], answer: Arc<T>) {
        if let Some(moment) = &self.0 {
            moment.remember(key, answer);
        }
    }
}
