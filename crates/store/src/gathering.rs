//! Questions that many ask at the same time, put to the database as one.
//!
//! What PostgreSQL needs for a statement that finds one row by its key is mostly to be woken, to set the statement up and to send: sixteen
//! rows cost it three times as much as one. So who asks while others are being answered is gathered with all who do the same.

use std::sync::Arc;

use provost_model::Result;
use tokio::sync::{Mutex, mpsc, oneshot};

use crate::{EngineKind, Read, Store, Tx};

/// How many are asked for at once.
const MOST: usize = 32;
/// How many statements are on their way at the same time: while the database works at one, this node makes the next.
const STATEMENTS: usize = 3;
/// How many may wait; more ask on their own.
const WAITING: usize = 4096;

/// What can be found for many keys at once.
pub trait Finding: Send + Sync + 'static {
    /// What it is found by.
    type Key: Clone + Send + Sync + 'static;
    /// What is found.
    type Found: Send + 'static;

    /// What each of these keys names, in their order, by statements that find rows by keys.
    fn find(
        tx: &mut Tx,
        keys: &[Self::Key],
    ) -> impl Future<Output = Result<Vec<Option<Self::Found>>>> + Send;
}

/// Gathers those who want to find something.
pub struct Gathering<F: Finding> {
    store: Store,
    waiting: mpsc::Sender<Asked<F>>,
}

/// Somebody who waits.
struct Asked<F: Finding> {
    key: F::Key,
    tell: oneshot::Sender<Option<F::Found>>,
}

impl<F: Finding> Gathering<F> {
    /// Over this store; none where asking costs no way to the database.
    #[must_use]
    pub fn over(store: &Store) -> Option<Self> {
        if store.engine() == EngineKind::Sqlite {
            return None;
        }
        let (waiting, asked) = mpsc::channel(WAITING);
        let asked = Arc::new(Mutex::new(asked));
        for _ in 0..STATEMENTS {
            tokio::spawn(answer(store.clone(), Arc::clone(&asked)));
        }
        Some(Self {
            store: store.clone(),
            waiting,
        })
    }

    /// What a key names, as it is when this is called or later.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn find(&self, key: F::Key) -> Result<Option<F::Found>> {
        let (tell, told) = oneshot::channel();
        let asked = Asked {
            key: key.clone(),
            tell,
        };
        if self.waiting.try_send(asked).is_ok()
            && let Ok(found) = told.await
        {
            return Ok(found);
        }
        // whatever it was that failed, perhaps it was about the others
        let alone = Together::<F> { keys: &[key] };
        Ok(self.store.read(&alone).await?.pop().flatten())
    }
}

/// Answers until nobody can ask any more. Who waits for the lock is next to gather; each is answered by a statement that begins after it came.
async fn answer<F: Finding>(store: Store, asked: Arc<Mutex<mpsc::Receiver<Asked<F>>>>) {
    let mut gathered = Vec::with_capacity(MOST);
    while asked.lock().await.recv_many(&mut gathered, MOST).await > 0 {
        gathered.retain(|asked| !asked.tell.is_closed());
        let (keys, waiting): (Vec<_>, Vec<_>) = gathered
            .drain(..)
            .map(|asked| (asked.key, asked.tell))
            .unzip();
        if let Ok(found) = store.read(&Together::<F> { keys: &keys }).await
            && found.len() == waiting.len()
        {
            for (tell, found) in waiting.into_iter().zip(found) {
                // who does not wait any more went away
                let _ = tell.send(found);
            }
        }
    }
}

struct Together<'a, F: Finding> {
    keys: &'a [F::Key],
}

impl<F: Finding> Read for Together<'_, F> {
    type Output = Vec<Option<F::Found>>;
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        if self.keys.is_empty() {
            return Ok(Vec::new());
        }
        F::find(tx, self.keys).await
    }
}
