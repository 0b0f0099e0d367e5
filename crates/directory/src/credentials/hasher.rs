//! Hashing on threads of its own, bounded at once and in its queue.

use super::scheme;
use futures_channel::oneshot;
use provost_model::{Error, Result};
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread,
};

type Job = Box<dyn FnOnce() + Send>;

/// Threads that hash passwords: as many as there are cores, so that a flood of logins leaves the rest of the server its turn.
pub(crate) struct Hasher {
    queue: SyncSender<Job>,
    count: AtomicU64,
}

impl Hasher {
    /// Starts the threads. They end when the hasher is dropped.
    pub(crate) fn start(queue: usize) -> Result<Self> {
        let (sender, receiver) = sync_channel::<Job>(queue);
        let receiver = Arc::new(Mutex::new(receiver));
        let threads = thread::available_parallelism().map_or(1, usize::from);
        for number in 0..threads {
            let receiver = Arc::clone(&receiver);
            thread::Builder::new()
                .name(format!("hash-{number}"))
                .spawn(move || work(&receiver))
                .map_err(Error::internal)?;
        }
        Ok(Self {
            queue: sender,
            count: AtomicU64::new(0),
        })
    }

    /// How many passwords were given to the threads.
    pub(crate) fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    /// Hashes a new password.
    pub(crate) async fn hash(&self, password: String, salt: [u8; 16]) -> Result<String> {
        self.run(move || scheme::hash(&password, &salt)).await?
    }

    /// Whether a password is the one that was hashed; costs the same if there is no hash.
    pub(crate) async fn verify(&self, password: String, hash: Option<String>) -> Result<bool> {
        self.run(move || match hash {
            Some(hash) => scheme::verify(&password, &hash),
            None => {
                scheme::verify_nothing(&password);
                false
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move || {
            // who asked may have gone away
            let _ = answer.send(job());
        });
        self.queue.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => Error::Unavailable("too many passwords wait to be checked"),
            TrySendError::Disconnected(_) => Error::internal("the threads that hash are gone"),
        })?;
        self.count.fetch_add(1, Ordering::Relaxed);
        answered
            .await
            .map_err(|_| Error::internal("a password was not hashed"))
    }
}

fn work(queue: &Mutex<Receiver<Job>>) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match job {
            Ok(job) => job(),
            Err(_) => return,
        }
    }
}
