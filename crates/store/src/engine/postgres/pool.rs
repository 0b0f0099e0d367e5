//! Connections in a pool. One that is lost makes those of its age suspicious: they are not used again.

use std::{
    ops::{Deref, DerefMut},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, QueueMode, RecyclingMethod,
    Runtime, TimeoutType, Timeouts,
};
use provost_model::{Error, Result};

use super::{
    fault,
    hosts::{Hosts, Purpose},
    lanes::Shared,
};
use crate::{fault::Fault, metrics::PoolMetrics};

/// A pool of connections to a database. Clones share it.
#[derive(Clone)]
pub(super) struct Connections {
    pool: Pool,
    losses: Losses,
}

impl Connections {
    /// At most so many connections for a purpose; none is made yet. Who wants one waits for it so long.
    pub(super) fn new(url: &str, purpose: Purpose, most: usize, wait: Duration) -> Result<Self> {
        Self::with(Losses::default(), url, purpose, most, wait)
    }

    /// Others, of which none is used any more that is as old as one that was lost here, and the other way round.
    pub(super) fn sharing_losses(
        &self,
        url: &str,
        purpose: Purpose,
        most: usize,
        wait: Duration,
    ) -> Result<Self> {
        Self::with(self.losses.clone(), url, purpose, most, wait)
    }

    fn with(
        losses: Losses,
        url: &str,
        purpose: Purpose,
        most: usize,
        wait: Duration,
    ) -> Result<Self> {
        let hosts = Hosts::of(url, purpose)?;
        let patience = hosts.patience();
        let seen = losses.clone();
        let config = ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        };
        let pool = Pool::builder(Manager::from_connect(hosts.config(), hosts, config))
            .max_size(most)
            .timeouts(Timeouts {
                wait: Some(wait),
                create: Some(patience),
                recycle: Some(patience),
            })
            // the connection used last has the warmest statement cache
            .queue_mode(QueueMode::Lifo)
            .pre_recycle(Hook::sync_fn(move |_, metrics| {
                if seen.is_after(metrics.created) {
                    return Err(HookError::message("another of its age was lost"));
                }
                Ok(())
            }))
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(Error::internal)?;
        Ok(Self { pool, losses })
    }

    /// A connection from the pool.
    pub(super) async fn get(&self) -> Result<Connection, Fault> {
        let client = self.pool.get().await.map_err(|refused| match refused {
            PoolError::Timeout(TimeoutType::Wait) => {
                Fault::Unavailable("all connections to the database are in use")
            }
            PoolError::Timeout(_) => Fault::ConnectionLost,
            PoolError::Backend(cause) => fault::of("connecting", &cause),
            PoolError::Closed => Fault::Unavailable("the server is shutting down"),
            PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_) => {
                Fault::Broken(refused.to_string())
            }
        })?;
        Ok(Connection {
            client,
            losses: self.losses.clone(),
        })
    }

    /// How the pool stands, beside what was recalled instead of asked.
    pub(super) fn metrics(&self, recalled: u64) -> PoolMetrics {
        let status = self.pool.status();
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        PoolMetrics {
            most: count(status.max_size),
            open: count(status.size),
            idle: count(status.available),
            waiting: count(status.waiting),
            recalled,
        }
    }

    pub(super) fn close(&self) {
        self.pool.close();
    }
}

/// A connection from the pool. It goes back there when it is dropped.
pub(super) struct Connection {
    client: Object,
    losses: Losses,
}

impl Connection {
    /// Whether one that is as old was lost, so that this one is not to be used any more.
    pub(super) fn is_suspicious(&self) -> bool {
        self.losses.is_after(Object::metrics(&self.client).created)
    }

    /// Takes it out of the pool, to be used by many at once.
    pub(super) fn share(self) -> Shared {
        let made = Object::metrics(&self.client).created;
        Shared::new(Object::take(self.client), made, self.losses)
    }

    /// Closes it instead, whatever is on its way.
    pub(super) fn close(self) {
        drop(Object::take(self.client));
    }

    /// Closes it because its server is gone or takes no writes any more, and with it those that are as old: a command that met one of them
    /// after the other would use up its time.
    pub(super) fn give_up(self) {
        let Self { client, losses } = self;
        let pool = Object::pool(&client);
        if losses.note(Object::metrics(&client).created)
            && let Some(pool) = pool
        {
            pool.retain(|_, metrics| !losses.is_after(metrics.created));
        }
        drop(Object::take(client));
    }
}

impl Deref for Connection {
    type Target = Object;

    fn deref(&self) -> &Object {
        &self.client
    }
}

impl DerefMut for Connection {
    fn deref_mut(&mut self) -> &mut Object {
        &mut self.client
    }
}

/// When a connection was last lost that was younger than the loss before.
#[derive(Clone, Default)]
pub(super) struct Losses(Arc<Mutex<Option<Instant>>>);

impl Losses {
    /// Notes the loss of a connection that was made at a moment; whether that was news: of those as old as an earlier loss nothing else
    /// was to be expected.
    pub(super) fn note(&self, made: Instant) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let news = last.is_none_or(|last| made > last);
        if news {
            *last = Some(Instant::now());
        }
        news
    }

    /// Whether a connection that was made at a moment is as old as one that was lost.
    pub(super) fn is_after(&self, made: Instant) -> bool {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_some_and(|last| last >= made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_is_news_once_for_all_that_are_as_old() {
        let losses = Losses::default();
        let (old, older) = (Instant::now(), Instant::now());
        assert!(!losses.is_after(old));
        assert!(losses.note(old));
        assert!(losses.is_after(older) && !losses.note(older));
        let young = Instant::now() + Duration::from_millis(1);
        assert!(!losses.is_after(young));
        assert!(losses.note(young));
    }
}
