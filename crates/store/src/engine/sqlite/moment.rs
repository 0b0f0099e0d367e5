//! What was derived from the database and holds until it changes.

use std::{
    any::Any,
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use provost_model::Result;
use rusqlite::Connection;

use super::statement;

/// How many answers a connection remembers. Beyond, it begins anew: whoever asks for more different things is served by the database.
const ANSWERS: usize = 1024;

/// A digest that no two different questions have.
pub(crate) type Key = [u8; 32];
pub(crate) type Answer = Arc<dyn Any + Send + Sync>;

/// The answers that one connection remembers. They are true as long as SQLite's data version, which each commit of another connection
/// changes, also one of another process, is the one that was seen before they were found.
#[derive(Clone, Default)]
pub(super) struct Memory(Arc<Mutex<Answers>>);

#[derive(Default)]
struct Answers {
    version: i64,
    answers: HashMap<Key, Answer>,
}

/// A state of the database.
#[derive(Clone)]
pub(crate) struct Moment {
    memory: Memory,
    version: i64,
}

impl Memory {
    /// What is remembered under a key and true now, and now.
    pub(super) fn recall(
        &self,
        connection: &Connection,
        key: &Key,
    ) -> Result<(Option<Answer>, Moment)> {
        let version = statement::data_version(connection)?;
        let found = self.with(|answers| {
            if answers.version != version {
                answers.version = version;
                answers.answers.clear();
            }
            answers.answers.get(key).cloned()
        });
        let moment = Moment {
            memory: self.clone(),
            version,
        };
        Ok((found, moment))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Answers) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Moment {
    /// What is remembered under a key, if no change was seen since this moment.
    pub(crate) fn recall(&self, key: &Key) -> Option<Answer> {
        self.memory.with(|answers| {
            let same = answers.version == self.version;
            same.then(|| answers.answers.get(key).cloned())?
        })
    }

    /// Remembers what was found since this moment, unless a change was seen meanwhile; one that was not yet seen makes it be forgotten.
    pub(crate) fn remember(&self, key: Key, answer: Answer) {
        self.memory.with(|answers| {
            if answers.version != self.version {
                return;
            }
            if answers.answers.len() >= ANSWERS {
                answers.answers.clear();
            }
            answers.answers.insert(key, answer);
        });
    }
}
