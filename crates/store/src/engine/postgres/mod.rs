//! PostgreSQL, and what speaks like it: pooled connections, and whole commands repeated.

pub(crate) mod copy;
mod fault;
mod hosts;
mod lanes;
mod merging;
mod migrate;
mod number_blocks;
mod plain;
mod pool;
mod postponed;
mod readiness;
mod replica;
mod session;
mod snapshots;
mod value;
mod write;

use std::sync::Arc;

use provost_model::{Error, Result};

use crate::{
    Metrics, Read, Sql, StoreSettings, Tx, engine::Session as EngineSession, fault::Fault,
    memory::Since, metrics::Counters, migrate::Migration, retry::Retry,
};
use hosts::Purpose;
use lanes::Lanes;
use merging::Merging;
pub(crate) use migrate::HISTORY;
use pool::{Connection, Connections};
use readiness::Readiness;
use replica::Replica;
pub(crate) use session::Session;
use snapshots::Snapshots;
pub(crate) use value::Integer;

/// A database server.
pub(crate) struct Database {
    connections: Connections,
    lanes: Lanes,
    readiness: Readiness,
    replica: Option<Replica>,
    settings: StoreSettings,
    counters: Counters,
    numbers: number_blocks::NumberBlocks,
    snapshots: Snapshots,
    merging: Arc<Merging>,
}

impl Database {
    /// Connects, and migrates where the settings ask for it.
    pub(crate) async fn open(settings: &StoreSettings, migrations: &[Migration]) -> Result<Self> {
        let purpose = if settings.server {
            Purpose::Writing
        } else {
            Purpose::Any
        };
        let connections = Connections::new(
            &settings.url,
            purpose,
            settings.connections,
            settings.connection_wait,
        )?;
        if settings.migrate {
            migrate::migrate(&connections, migrations, settings).await?;
        } else {
            migrate::require_current(&connections, migrations, settings).await?;
        }
        let asking =
            connections.sharing_losses(&settings.url, purpose, 1, settings.connection_wait)?;
        let lanes = Lanes::over(&connections, &settings.url, settings.connection_wait)?;
        Ok(Self {
            connections,
            lanes,
            merging: Arc::default(),
            snapshots: Snapshots::beside(asking),
            readiness: Readiness::of(settings)?,
            replica: Replica::of(settings)?,
            settings: settings.clone(),
            counters: Counters::new(settings),
            numbers: number_blocks::NumberBlocks::default(),
        })
    }

    /// Runs a query, each of its statements for itself, and repeats it after serialization failures and lost connections.
    pub(crate) async fn read<R: Read>(&self, query: &R) -> Result<R::Output> {
        if R::BRIEF {
            let injector = self.settings.injector.clone();
            if let Some(outcome) = self.lanes.read(query, injector).await {
                return outcome;
            }
        }
        let mut retry = Retry::within(self.settings.retry_deadline);
        loop {
            if let Some(outcome) = self.try_read(query).await {
                return outcome;
            }
            self.counters.repetitions.count();
            retry.pause(self.settings.longest_pause).await?;
        }
    }

    /// Runs a query of a list, on the replica if there is one that can.
    pub(crate) async fn read_list<R: Read>(&self, query: &R) -> Result<R::Output> {
        if let Some(replica) = &self.replica
            && let Some(outcome) = replica.read(query).await
        {
            return outcome;
        }
        self.read(query).await
    }

    /// One try; nothing if it has to be repeated.
    async fn try_read<R: Read>(&self, query: &R) -> Option<Result<R::Output>> {
        let mut tx = match self.connect(Session::autocommit).await {
            Ok(tx) => tx,
            Err(Fault::ConnectionLost | Fault::Serialization) => return None,
            Err(fault) => return Some(Err(fault.into())),
        };
        let outcome = query.run(&mut tx).await;
        match tx.take_fault() {
            None => Some(outcome),
            Some(Fault::ConnectionLost | Fault::Serialization) => None,
            Some(fault) => Some(outcome.and_then(|_| Err(fault.into()))),
        }
    }

    pub(crate) async fn ready(&self) -> Result<()> {
        self.readiness.check().await
    }

    pub(crate) async fn prepare(&self, statements: &[&'static Sql]) -> Result<()> {
        let client = self.connections.get().await?;
        for sql in statements {
            let statement = session::prepare(&client, sql).await?;
            if let Some(other) = statement
                .params()
                .iter()
                .find(|kind| !value::is_parameter(kind))
            {
                return Err(Error::Internal(format!(
                    "{} takes a parameter of type {other}: cast it",
                    sql.name()
                )));
            }
        }
        Ok(())
    }

    /// The version of the database now, if it can tell.
    pub(crate) async fn moment(&self) -> Option<Since> {
        self.snapshots.moment().await
    }

    pub(crate) fn metrics(&self) -> Metrics {
        let recalled = self.snapshots.recalled();
        self.counters.postgres(self.connections.metrics(recalled))
    }

    pub(crate) fn close(&self) {
        self.connections.close();
        self.lanes.close();
        self.readiness.close();
        self.snapshots.close();
        if let Some(replica) = &self.replica {
            replica.close();
        }
    }

    async fn connect(&self, session: impl FnOnce(Connection) -> Session) -> Result<Tx, Fault> {
        let client = self.connections.get().await?;
        Ok(Tx::new(
            EngineSession::Postgres(session(client)),
            self.settings.injector.clone(),
        ))
    }
}
