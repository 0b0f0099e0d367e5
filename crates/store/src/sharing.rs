//! The same question, asked by many at the same time, put to the database once.

use std::{
    collections::{HashMap, hash_map::Entry},
    hash::Hash,
    mem,
    sync::{Arc, Mutex, PoisonError},
};

use provost_model::Result;
use tokio::sync::oneshot;

use crate::{EngineKind, Read, Store};

/// Shares the answers of one kind of question.
pub struct Sharing<Q: Read> {
    store: Store,
    questions: Questions<Q>,
}

/// Those that are on their way, with who came after they were sent, for whom they are no answer.
type Questions<Q> = Arc<Mutex<HashMap<Q, Vec<oneshot::Sender<<Q as Read>::Output>>>>>;

impl<Q> Sharing<Q>
where
    Q: Read + Clone + Eq + Hash + Send + 'static,
    Q::Output: Clone + 'static,
{
    /// Over this store; none where asking costs no way to the database.
    #[must_use]
    pub fn over(store: &Store) -> Option<Self> {
        (store.engine() == EngineKind::Postgres).then(|| Self {
            store: store.clone(),
            questions: Arc::default(),
        })
    }

    /// The answer to a question, as it is when this is called or later.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn read(&self, question: &Q) -> Result<Q::Output> {
        let (tell, told) = oneshot::channel();
        match locked(&self.questions).entry(question.clone()) {
            Entry::Occupied(mut sent) => sent.get_mut().push(tell),
            Entry::Vacant(sent) => {
                sent.insert(Vec::new());
                let asked = Asked {
                    question: question.clone(),
                    questions: Arc::clone(&self.questions),
                    is_open: true,
                };
                tokio::spawn(asked.answer(self.store.clone(), vec![tell]));
            }
        }
        match told.await {
            Ok(answer) => Ok(answer),
            // it failed, and everybody is told by an own question why
            Err(_) => self.store.read(question).await,
        }
    }
}

/// A question on its way.
struct Asked<Q: Read + Eq + Hash> {
    question: Q,
    questions: Questions<Q>,
    /// Whether others still count on it.
    is_open: bool,
}

impl<Q> Asked<Q>
where
    Q: Read + Clone + Eq + Hash + Send + 'static,
    Q::Output: Clone + 'static,
{
    /// Asks until nobody came meanwhile. It does so for itself, so that others are not left alone by one that goes away.
    async fn answer(mut self, store: Store, mut waiting: Vec<oneshot::Sender<Q::Output>>) {
        while !waiting.is_empty() {
            if let Ok(answer) = store.read(&self.question).await {
                for tell in waiting.drain(..) {
                    // who does not wait any more went away
                    let _ = tell.send(answer.clone());
                }
            }
            waiting = self.next();
        }
    }

    /// Those who came meanwhile; without any the question is closed.
    fn next(&mut self) -> Vec<oneshot::Sender<Q::Output>> {
        let mut questions = locked(&self.questions);
        let next = questions.get_mut(&self.question).map(mem::take);
        let next = next.unwrap_or_default();
        if next.is_empty() {
            questions.remove(&self.question);
            self.is_open = false;
        }
        next
    }
}

impl<Q: Read + Eq + Hash> Drop for Asked<Q> {
    fn drop(&mut self) {
        // nobody answers any more: who waits asks alone
        if self.is_open {
            locked(&self.questions).remove(&self.question);
        }
    }
}

fn locked<T>(questions: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    questions.lock().unwrap_or_else(PoisonError::into_inner)
}
