//! What was derived from the database and holds until it changes.

use std::{
    any::Any,
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// A digest that no two different questions have.
pub(crate) type Key = [u8; 32];
pub(crate) type Answer = Arc<dyn Any + Send + Sync>;

/// Answers that are true as long as the database's version is the one that was seen before they were found. What makes two versions the same
/// is the engine's to know.
#[derive(Clone)]
pub(crate) struct Memory {
    answers: Arc<Mutex<Answers>>,
    /// How many answers are remembered. Beyond, it begins anew: whoever asks for more different things is served by the database.
    most: usize,
}

#[derive(Default)]
struct Answers {
    version: i64,
    answers: HashMap<Key, Answer>,
    /// How many were told from here.
    told: u64,
}

/// A version, for what is found from then on.
#[derive(Clone)]
pub(crate) struct Since {
    memory: Memory,
    version: i64,
}

impl Memory {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            answers: Arc::default(),
            most,
        }
    }

    /// What is remembered under a key and true at this version, which is the database's now, and now.
    pub(crate) fn recall(&self, version: i64, key: &Key) -> (Option<Answer>, Since) {
        let found = self.with(|answers| {
            answers.turn_to(version);
            answers.tell(key)
        });
        (found, self.since(version))
    }

    /// Begins with this version, which is the database's now.
    pub(crate) fn begin(&self, version: i64) -> Since {
        self.with(|answers| answers.turn_to(version));
        self.since(version)
    }

    /// How many answers were told from here.
    pub(crate) fn told(&self) -> u64 {
        self.with(|answers| answers.told)
    }

    fn since(&self, version: i64) -> Since {
        Since {
            memory: self.clone(),
            version,
        }
    }

    fn with<T>(&self, work: impl FnOnce(&mut Answers) -> T) -> T {
        work(&mut self.answers.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Answers {
    fn tell(&mut self, key: &Key) -> Option<Answer> {
        let found = self.answers.get(key).cloned();
        self.told += u64::from(found.is_some());
        found
    }

    fn turn_to(&mut self, version: i64) {
        if self.version != version {
            self.version = version;
            self.answers.clear();
        }
    }
}

impl Since {
    /// What is remembered under a key, if the version was not seen to change.
    pub(crate) fn recall(&self, key: &Key) -> Option<Answer> {
        self.memory.with(|answers| {
            let same = answers.version == self.version;
            same.then(|| answers.tell(key))?
        })
    }

    /// Remembers what was found since, unless the version was seen to change; a change that was not yet seen makes it be forgotten.
    pub(crate) fn remember(&self, key: Key, answer: Answer) {
        self.memory.with(|answers| {
            if answers.version != self.version {
                return;
            }
            if answers.answers.len() >= self.memory.most {
                answers.answers.clear();
            }
            answers.answers.insert(key, answer);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(found: Option<Answer>) -> Option<i32> {
        found.and_then(|found| found.downcast_ref().copied())
    }

    #[test]
    fn answers_hold_for_their_version_alone() {
        let (memory, key) = (Memory::new(10), [1; 32]);
        let since = memory.begin(1);
        since.remember(key, Arc::new(1));
        assert_eq!(answer(since.recall(&key)), Some(1));
        assert_eq!(answer(memory.recall(1, &key).0), Some(1));
        let later = memory.begin(2);
        assert_eq!(answer(since.recall(&key)), None);
        assert_eq!(answer(later.recall(&key)), None);
        // what was found before the change and told after it
        since.remember(key, Arc::new(1));
        assert_eq!(answer(later.recall(&key)), None);
        assert_eq!(answer(memory.recall(1, &key).0), None);
    }

    #[test]
    fn only_so_many_are_remembered() {
        let memory = Memory::new(10);
        let since = memory.begin(1);
        for key in 0..25 {
            since.remember([key; 32], Arc::new(1));
        }
        let held = (0..25).filter(|key| since.recall(&[*key; 32]).is_some());
        assert_eq!(held.count(), 5);
    }
}
