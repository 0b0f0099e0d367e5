//! Connections on which many ask at the same time: what finds a few rows by their keys does not need one of its own.
//!
//! PostgreSQL answers in the order in which it was asked, so questions can be sent before those of others are answered. It is woken
//! once for several of them then, and so is this node for their answers.

use std::{
    sync::{Arc, Mutex, PoisonError, atomic::AtomicBool, atomic::Ordering::Relaxed},
    time::{Duration, Instant},
};

use deadpool_postgres::ClientWrapper;
use provost_model::Result;
use tokio::time::timeout;

use super::{
    pool::{Connections, Losses},
    session::Session,
};
use crate::{Injector, Read, Tx, engine::Session as EngineSession};

/// How many connections are shared at most.
const LANES: usize = 4;
/// How many ask on one connection before the next is used: enough to keep a backend busy, few enough that nobody waits for many.
const CROWD: usize = 16;
/// How long an answer may take. Whoever waits asks on a connection of its own then, and this one is replaced.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long to wait after a connection could not be made before it is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// Connections that are shared.
pub(super) struct Lanes {
    connections: Connections,
    lanes: [Lane; LANES],
}

#[derive(Default)]
struct Lane {
    shared: Mutex<Option<Arc<Shared>>>,
    /// Held by the one who connects; until when to leave the server alone.
    connecting: tokio::sync::Mutex<Option<Instant>>,
}

impl Lanes {
    /// Lanes over connections that share the losses of the others. Each is made when those before it are crowded.
    pub(super) fn over(connections: &Connections, url: &str, wait: Duration) -> Result<Self> {
        use super::hosts::Purpose::Writing;
        Ok(Self {
            connections: connections.sharing_losses(url, Writing, LANES, wait)?,
            lanes: Default::default(),
        })
    }

    /// Runs a query beside others'; nothing if it has to be asked on a connection of its own, where any fault shows again.
    pub(super) async fn read<R: Read>(
        &self,
        query: &R,
        injector: Option<Injector>,
    ) -> Option<Result<R::Output>> {
        let shared = self.take().await?;
        let session = Session::shared(Arc::clone(&shared));
        let mut tx = Tx::new(EngineSession::Postgres(session), injector);
        let Ok(outcome) = timeout(PATIENCE, query.run(&mut tx)).await else {
            shared.leave();
            return None;
        };
        match tx.take_fault() {
            None => Some(outcome),
            Some(_) => None,
        }
    }

    pub(super) fn close(&self) {
        self.connections.close();
        for lane in &self.lanes {
            lane.set(None);
        }
    }

    /// The first connection that is not crowded.
    async fn take(&self) -> Option<Arc<Shared>> {
        for lane in &self.lanes {
            match lane.get() {
                // the lane holds it once and so does this; who asks does so twice
                Some(shared) if Arc::strong_count(&shared) <= 2 + 2 * CROWD => {
                    return Some(shared);
                }
                Some(_) => {}
                None => {
                    if let Some(shared) = lane.connect(&self.connections).await {
                        return Some(shared);
                    }
                }
            }
        }
        None
    }
}

impl Lane {
    /// Its connection, if that serves.
    fn get(&self) -> Option<Arc<Shared>> {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if shared.as_ref().is_some_and(|shared| !shared.serves()) {
            *shared = None;
        }
        shared.clone()
    }

    fn set(&self, made: Option<Arc<Shared>>) {
        *self.shared.lock().unwrap_or_else(PoisonError::into_inner) = made;
    }

    /// Makes its connection, unless somebody does so already.
    async fn connect(&self, connections: &Connections) -> Option<Arc<Shared>> {
        let mut paused = self.connecting.try_lock().ok()?;
        if paused.is_some_and(|until| Instant::now() < until) {
            return None;
        }
        // who gives up while it connects leaves the same pause behind
        *paused = Some(Instant::now() + PAUSE);
        let made = match connections.get().await {
            Ok(connection) => Arc::new(connection.share()),
            Err(_) => return None,
        };
        *paused = None;
        self.set(Some(Arc::clone(&made)));
        Some(made)
    }
}

/// A connection that is shared.
pub(super) struct Shared {
    client: ClientWrapper,
    made: Instant,
    losses: Losses,
    left: AtomicBool,
}

impl Shared {
    pub(super) fn new(client: ClientWrapper, made: Instant, losses: Losses) -> Self {
        Self {
            client,
            made,
            losses,
            left: AtomicBool::new(false),
        }
    }

    pub(super) const fn client(&self) -> &ClientWrapper {
        &self.client
    }

    /// Lets nobody else ask here. Those who did are answered, if it still answers.
    pub(super) fn leave(&self) {
        self.left.store(true, Relaxed);
    }

    /// Lets nobody use it, nor any that is as old: its server is gone.
    pub(super) fn give_up(&self) {
        self.leave();
        self.losses.note(self.made);
    }

    fn serves(&self) -> bool {
        !self.left.load(Relaxed) && !self.client.is_closed() && !self.losses.is_after(self.made)
    }
}
