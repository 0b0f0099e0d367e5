//! The thread that writes, and its queue.

use std::{
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
    time::Duration,
};

use provost_model::{Error, Result};

use super::{batch::Committer, file_lock::ServerLock, job::Job};
use crate::metrics::Counters;

/// After so long without a command the readers leave their transactions.
const REST: Duration = Duration::from_secs(1);

/// The way to the writing thread.
pub(super) struct Writer {
    queue: SyncSender<Message>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

enum Message {
    Command(Box<dyn Job>),
    Close,
}

impl Writer {
    /// Starts the thread. It holds the server's lock until it has closed the database.
    pub(super) fn start(
        committer: Committer,
        length: usize,
        lock: Option<ServerLock>,
    ) -> Result<Self> {
        let (queue, messages) = sync_channel(length);
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || {
                write(committer, &messages);
                drop(lock);
            })
            .map_err(Error::internal)?;
        Ok(Self {
            queue,
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Queues a command, or turns it away at once if the queue is full.
    pub(super) fn submit(&self, job: Box<dyn Job>, counters: &Counters) -> Result<()> {
        // before it is sent: the thread may take it at once
        counters.waiting_writes.enter();
        self.queue
            .try_send(Message::Command(job))
            .map_err(|refused| {
                counters.waiting_writes.leave();
                match refused {
                    TrySendError::Full(_) => {
                        counters.turned_away.count();
                        Error::Unavailable("too many changes are waiting")
                    }
                    TrySendError::Disconnected(_) => closed(),
                }
            })
    }

    /// Whether the thread runs.
    pub(super) fn ready(&self) -> Result<()> {
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        thread
            .as_ref()
            .filter(|thread| !thread.is_finished())
            .map(|_| ())
            .ok_or_else(closed)
    }

    /// Waits until everything that is queued has been carried out and the database is closed.
    pub(super) async fn close(&self) {
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(thread) = thread else { return };
        let queue = self.queue.clone();
        let end = move || {
            // fails only if the thread has ended already
            let _ = queue.send(Message::Close);
            thread.join()
        };
        if !matches!(tokio::task::spawn_blocking(end).await, Ok(Ok(()))) {
            tracing::error!("the writing thread panicked");
        }
    }
}

/// Carries out what is queued until told to close, or until nobody can queue anything any more.
fn write(mut committer: Committer, messages: &Receiver<Message>) {
    let mut closing = false;
    while !closing {
        let first = match messages.recv_timeout(REST) {
            Ok(Message::Command(job)) => job,
            Ok(Message::Close) | Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                committer.rest();
                continue;
            }
        };
        committer.carry_out(first, || match messages.try_recv() {
            Ok(Message::Command(job)) => Some(job),
            Ok(Message::Close) => {
                closing = true;
                None
            }
            Err(_) => None,
        });
    }
    committer.finish();
}

fn closed() -> Error {
    Error::Unavailable("the server is shutting down")
}
