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
    hashing: Hashing,
}

/// What can be done on one of the threads alone.
#[derive(Clone, Default)]
pub(crate) struct Hashing {
    count: Arc<AtomicU64>,
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
            hashing: Hashing::default(),
        })
    }

    /// How many passwords were hashed.
    pub(crate) fn count(&self) -> u64 {
        self.hashing.count.load(Ordering::Relaxed)
    }

    /// Hashes a new password.
    pub(crate) async fn hash(&self, password: String, salt: [u8; 16]) -> Result<String> {
        self.run(move |hashing| hashing.hash(&password, &salt))
            .await?
    }

    /// Does something on one of the threads, as soon as one is free.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Hashing) -> T + Send + 'static,
    ) -> Result<T> {
        let hashing = self.hashing.clone();
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move || {
            // who asked may have gone away
            let _ = answer.send(job(&hashing));
        });
        self.queue.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => Error::Unavailable("too many passwords wait to be checked"),
            TrySendError::Disconnected(_) => Error::internal("the threads that hash are gone"),
        })?;
        answered
            .await
            .map_err(|_| Error::internal("a password was not hashed"))
    }
}

impl Hashing {
    fn hash(&self, password: &str, salt: &[u8; 16]) -> Result<String> {
        self.count.fetch_add(1, Ordering::Relaxed);
        scheme::hash(password, salt)
    }

    /// Whether a password is the one that was hashed; costs the same if there is no hash.
    pub(crate) fn verify(&self, password: &str, hash: Option<&str>) -> bool {
        self.count.fetch_add(1, Ordering::Relaxed);
        match hash {
            Some(hash) => scheme::verify(password, hash),
            None => {
                scheme::verify_nothing(password);
                false
            }
        }
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
