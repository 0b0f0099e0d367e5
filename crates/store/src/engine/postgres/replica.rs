//! A standby that serves lists, where the settings name one.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use provost_model::Result;

use super::{hosts::Purpose, pool::Connections, session::Session};
use crate::{Read, StoreSettings, Tx, engine::Session as EngineSession, fault::Fault};

/// How long a list waits for a free connection; after that the primary serves it.
const WAIT: Duration = Duration::from_millis(500);
/// For how long no list tries a standby that was not to be had.
const REST: Duration = Duration::from_secs(5);

/// Connections to standbys. Whatever they fail at is the primary's work, so nothing is repeated here.
pub(super) struct Replica {
    connections: Connections,
    resting_until: Mutex<Option<Instant>>,
}

impl Replica {
    /// The standbys that the settings name, if they name any; none is connected to yet.
    pub(super) fn of(settings: &StoreSettings) -> Result<Option<Self>> {
        let made = |url: &String| {
            Ok(Self {
                connections: Connections::new(url, Purpose::Lists, settings.connections, WAIT)?,
                resting_until: Mutex::default(),
            })
        };
        settings.replica.as_ref().map(made).transpose()
    }

    /// Runs a query; nothing if the primary has to.
    pub(super) async fn read<R: Read>(&self, query: &R) -> Option<Result<R::Output>> {
        let resting = *self.resting();
        if resting.is_some_and(|until| Instant::now() < until) {
            return None;
        }
        match self.attempt(query).await {
            Ok(outcome) => Some(outcome),
            // it cancelled the query, because that stood in the way of what it replays
            Err(Fault::Serialization) => None,
            Err(fault) => {
                tracing::warn!(?fault, "the replica does not serve lists; the primary does");
                *self.resting() = Some(Instant::now() + REST);
                None
            }
        }
    }

    pub(super) fn close(&self) {
        self.connections.close();
    }

    async fn attempt<R: Read>(&self, query: &R) -> Result<Result<R::Output>, Fault> {
        let session = Session::autocommit(self.connections.get().await?);
        let mut tx = Tx::new(EngineSession::Postgres(session), None);
        let outcome = query.run(&mut tx).await;
        tx.take_fault().map_or(Ok(outcome), Err)
    }

    fn resting(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.resting_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
