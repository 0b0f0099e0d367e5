//! PostgreSQL, and what speaks like it: pooled connections, and whole commands repeated.

mod fault;
mod migrate;
mod number_blocks;
mod pool;
mod session;
mod value;
mod write;

use deadpool_postgres::Pool;
use provost_model::{Error, Result};

use crate::{
    Metrics, Read, Sql, StoreSettings, Tx,
    engine::Session as EngineSession,
    fault::Fault,
    metrics::{Counters, PoolMetrics},
    migrate::Migration,
    retry::Retry,
};
pub(crate) use migrate::HISTORY;
pub(crate) use session::Session;
pub(crate) use value::Integer;

/// A database server.
pub(crate) struct Database {
    pool: Pool,
    settings: StoreSettings,
    counters: Counters,
    numbers: number_blocks::NumberBlocks,
}

impl Database {
    /// Connects, and migrates where the settings ask for it.
    pub(crate) async fn open(settings: &StoreSettings, migrations: &[Migration]) -> Result<Self> {
        let pool = pool::pool(settings)?;
        if settings.migrate {
            migrate::migrate(&pool, migrations, settings.retry_deadline).await?;
        } else {
            migrate::require_current(&pool, migrations).await?;
        }
        Ok(Self {
            pool,
            settings: settings.clone(),
            counters: Counters::new(settings),
            numbers: number_blocks::NumberBlocks::default(),
        })
    }

    /// Runs a query, each of its statements for itself, and repeats it after serialization failures and lost connections.
    pub(crate) async fn read<R: Read>(&self, query: &R) -> Result<R::Output> {
        let mut retry = Retry::within(self.settings.retry_deadline);
        loop {
            if let Some(outcome) = self.try_read(query).await {
                return outcome;
            }
            self.counters.repetitions.count();
            retry.pause().await?;
        }
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
        let client = pool::client(&self.pool).await?;
        client
            .batch_execute("SELECT 1")
            .await
            .map_err(|cause| fault::of("SELECT 1", &cause).into())
    }

    pub(crate) async fn prepare(&self, statements: &[&'static Sql]) -> Result<()> {
        let client = pool::client(&self.pool).await?;
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

    pub(crate) fn metrics(&self) -> Metrics {
        let status = self.pool.status();
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        self.counters.postgres(PoolMetrics {
            most: count(status.max_size),
            open: count(status.size),
            idle: count(status.available),
            waiting: count(status.waiting),
        })
    }

    pub(crate) fn close(&self) {
        self.pool.close();
    }

    async fn connect(
        &self,
        session: impl FnOnce(deadpool_postgres::Object) -> Session,
    ) -> Result<Tx, Fault> {
        let client = pool::client(&self.pool).await?;
        Ok(Tx::new(
            EngineSession::Postgres(session(client)),
            self.settings.injector.clone(),
        ))
    }
}
