//! Hashing on threads of its own, bounded at once and in its queue.

use super::scheme;
use crate::HashingMetrics;
use futures_channel::oneshot;
use provost_model::{Error, Result};
use provost_store::metrics::{Counter, Gauge, Histogram, TIMES};
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

type Job = Box<dyn FnOnce() + Send>;

/// How far the threads that hash step back behind all others, as the system counts niceness. A hash takes a core for some 30 ms, which is
/// a hundred requests that hash nothing.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// How long nothing was hashed until the memory of hashes is given back.
const REST: Duration = Duration::from_secs(1);

/// Threads that hash passwords: as many as there are cores, so that a flood of logins leaves the rest of the server its turn.
pub(crate) struct Hasher {
    queue: SyncSender<Job>,
    hashing: Hashing,
    threads: usize,
    queue_length: usize,
}

/// What can be done on one of the threads alone.
#[derive(Clone)]
pub(crate) struct Hashing {
    counters: Arc<Counters>,
}

struct Counters {
    waiting: Gauge,
    running: Gauge,
    turned_away: Counter,
    times: Histogram,
}

impl Hasher {
    /// Starts the threads. They end when the hasher is dropped.
    pub(crate) fn start(queue: usize) -> Result<Self> {
        let (sender, receiver) = sync_channel::<Job>(queue);
        let receiver = Arc::new(Mutex::new(receiver));
        let hashed = Arc::new(AtomicBool::default());
        let threads = thread::available_parallelism().map_or(1, usize::from);
        for number in 0..threads {
            let (receiver, hashed) = (Arc::clone(&receiver), Arc::clone(&hashed));
            thread::Builder::new()
                .name(format!("hash-{number}"))
                .spawn(move || work(&receiver, &hashed))
                .map_err(Error::internal)?;
        }
        Ok(Self {
            queue: sender,
            hashing: Hashing {
                counters: Arc::new(Counters {
                    waiting: Gauge::default(),
                    running: Gauge::default(),
                    turned_away: Counter::default(),
                    times: Histogram::new(&TIMES),
                }),
            },
            threads,
            queue_length: queue,
        })
    }

    /// How many passwords were hashed.
    pub(crate) fn count(&self) -> u64 {
        self.hashing.counters.times.read().count()
    }

    /// What the threads have done, and what waits for them.
    pub(crate) fn metrics(&self) -> HashingMetrics {
        let counters = &self.hashing.counters;
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        HashingMetrics {
            threads: count(self.threads),
            running: counters.running.get(),
            waiting: counters.waiting.get(),
            queue_length: count(self.queue_length),
            turned_away: counters.turned_away.get(),
            times: counters.times.read(),
        }
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
            hashing.counters.waiting.leave();
            // who asked may have gone away
            let _ = answer.send(job(&hashing));
        });
        let counters = &self.hashing.counters;
        // before it is sent: a thread may take it at once
        counters.waiting.enter();
        self.queue.try_send(job).map_err(|error| {
            counters.waiting.leave();
            match error {
                TrySendError::Full(_) => {
                    counters.turned_away.count();
                    Error::Unavailable("too many passwords wait to be checked")
                }
                TrySendError::Disconnected(_) => Error::internal("the threads that hash are gone"),
            }
        })?;
        answered
            .await
            .map_err(|_| Error::internal("a password was not hashed"))
    }
}

impl Hashing {
    fn hash(&self, password: &str, salt: &[u8; 16]) -> Result<String> {
        self.timed(|| scheme::hash(password, salt))
    }

    /// Whether a password is the one that was hashed; costs the same if there is no hash.
    pub(crate) fn verify(&self, password: &str, hash: Option<&str>) -> bool {
        self.timed(|| match hash {
            Some(hash) => scheme::verify(password, hash),
            None => {
                scheme::verify_nothing(password);
                false
            }
        })
    }

    fn timed<T>(&self, hash: impl FnOnce() -> T) -> T {
        let _running = self.counters.running.presence();
        let started = Instant::now();
        let outcome = hash();
        self.counters.times.observe_time(started.elapsed());
        outcome
    }
}

fn work(queue: &Mutex<Receiver<Job>>, hashed: &AtomicBool) {
    // elsewhere than on Linux it is the whole process that would step back
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(NICENESS) {
        tracing::debug!(%error, "the threads that hash are as important as all others");
    }
    loop {
        let job = queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv_timeout(REST);
        match job {
            Ok(job) => {
                job();
                hashed.store(true, Ordering::Relaxed);
            }
            Err(RecvTimeoutError::Timeout) if hashed.swap(false, Ordering::Relaxed) => give_back(),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Lets the memory of hashes, 19 MiB each, go back to the system. An allocator that keeps what was freed for a moment, as the server's does, looks
/// whether the moment is over when it is asked for a good deal of memory, which nobody does where nothing is hashed.
fn give_back() {
    const A_GOOD_DEAL: usize = 1 << 20;
    drop(std::hint::black_box(Vec::<u8>::with_capacity(A_GOOD_DEAL)));
}

#[cfg(all(test, target_os = "linux"))]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use std::{
        pin::pin,
        task::{Context, Waker},
    };

    fn niceness() -> i32 {
        let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
        // the name in the second field may hold blanks
        let after_name = stat.rsplit_once(')').unwrap().1;
        after_name
            .split_whitespace()
            .nth(16)
            .unwrap()
            .parse()
            .unwrap()
    }

    #[test]
    fn hashing_steps_back_and_nothing_else_does() {
        let before = niceness();
        let hasher = Hasher::start(1).unwrap();
        let (tell, told) = std::sync::mpsc::channel();
        let mut asked = pin!(hasher.run(move |_| tell.send(niceness())));
        let _ = asked.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(told.recv().unwrap(), (before + NICENESS).min(19));
        assert_eq!(niceness(), before);
    }
}
