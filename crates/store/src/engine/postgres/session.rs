//! A connection in use.

use std::{ops::ControlFlow, pin::pin};

use futures_util::{
    TryStreamExt as _,
    future::{join, join_all},
};
use provost_model::Result;
use tokio_postgres::{RowStream, Statement};

use super::{fault, pool::Connection};
use crate::{
    Row, Sql, Value,
    fault::{Failure, Fault, parameter_count},
    statement::Bound,
};

/// A connection from the pool, with at most one transaction. If the transaction is still open when the session is dropped, the
/// connection is closed instead of going back to the pool.
pub(crate) struct Session {
    client: Option<Connection>,
    transaction: Transaction,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Transaction {
    /// Every statement for itself.
    None,
    /// Begins with the first statement, in the same round trip.
    Announced,
    /// Begun, perhaps not yet confirmed.
    Open,
}

impl Session {
    /// A session in which every statement stands for itself.
    pub(super) const fn autocommit(client: Connection) -> Self {
        Self {
            client: Some(client),
            transaction: Transaction::None,
        }
    }

    /// A session in which the first statement begins a transaction.
    pub(super) const fn transaction(client: Connection) -> Self {
        Self {
            client: Some(client),
            transaction: Transaction::Announced,
        }
    }

    /// Visits the rows of a statement until the visitor breaks off.
    pub(crate) async fn query(
        &mut self,
        sql: &'static Sql,
        params: &[Value<'_>],
        mut visit: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>> + Send,
    ) -> Result<(), Failure> {
        let begins = self.transaction == Transaction::Announced;
        if begins {
            self.transaction = Transaction::Open;
        }
        let client = self.client()?;
        let rows = if begins {
            // Both are on their way before the first answer comes. A statement that only reads does no harm should BEGIN fail.
            let (begun, rows) = join(begin(client), ask(client, sql, params)).await;
            begun?;
            rows?
        } else {
            ask(client, sql, params).await?
        };
        let mut rows = pin!(rows);
        let mut wanted = true;
        while let Some(row) = rows
            .try_next()
            .await
            .map_err(|cause| fault::of(sql.name(), &cause))?
        {
            if wanted {
                wanted = visit(&Row::postgres(sql, &row))
                    .map_err(Failure::Reading)?
                    .is_continue();
            }
            // A statement can fail after its last row. In a transaction that has to be heard: COMMIT would answer as if all were well.
            if !wanted && self.transaction == Transaction::None {
                break;
            }
        }
        Ok(())
    }

    /// Executes a statement and gives the number of rows that it changed.
    pub(crate) async fn execute(
        &mut self,
        sql: &'static Sql,
        params: &[Value<'_>],
    ) -> Result<u64, Fault> {
        if self.transaction == Transaction::Announced {
            self.transaction = Transaction::Open;
            begin(self.client()?).await?;
        }
        let client = self.client()?;
        let statement = prepared(client, sql, params).await?;
        client
            .execute_raw(&statement, params)
            .await
            .map_err(|cause| fault::of(sql.name(), &cause))
    }

    /// Executes statements one after another in one round trip, and gives how many rows they changed altogether.
    pub(crate) async fn execute_together(
        &mut self,
        statements: &[Bound<'_>],
    ) -> Result<u64, Fault> {
        if self.transaction == Transaction::Announced {
            self.transaction = Transaction::Open;
            begin(self.client()?).await?;
        }
        let client = self.client()?;
        let mut ready = Vec::with_capacity(statements.len());
        for (sql, params) in statements {
            ready.push((*sql, prepared(client, sql, params).await?, *params));
        }
        let answers = join_all(ready.iter().map(|(sql, statement, params)| async move {
            client
                .execute_raw(statement, *params)
                .await
                .map_err(|cause| fault::of(sql.name(), &cause))
        }));
        // the first refusal is the cause of those after it
        answers.await.into_iter().sum()
    }

    /// Commits.
    pub(super) async fn commit(&mut self) -> Result<(), CommitFault> {
        if self.transaction != Transaction::Open {
            return Ok(());
        }
        let client = self.client().map_err(|_| CommitFault::Doubtful)?;
        match client.batch_execute("COMMIT").await {
            Ok(()) => {
                self.transaction = Transaction::None;
                Ok(())
            }
            Err(cause) if fault::is_doubtful(&cause) => {
                self.give_up();
                Err(CommitFault::Doubtful)
            }
            Err(cause) => {
                self.transaction = Transaction::None;
                Err(CommitFault::Refused(fault::of("COMMIT", &cause)))
            }
        }
    }

    /// Rolls back, so that the connection can go back to the pool. If that fails it is closed, which rolls back too.
    pub(super) async fn roll_back(&mut self) {
        if self.transaction == Transaction::Open
            && let Ok(client) = self.client()
            && client.batch_execute("ROLLBACK").await.is_ok()
        {
            self.transaction = Transaction::None;
        }
    }

    /// Closes the connection, whatever is on its way.
    pub(crate) fn abandon(&mut self) {
        if let Some(client) = self.client.take() {
            client.close();
        }
    }

    /// Closes the connection, which was lost, and lets nobody use those that are as old.
    pub(crate) fn give_up(&mut self) {
        if let Some(client) = self.client.take() {
            client.give_up();
        }
    }

    pub(super) fn client(&self) -> Result<&Connection, Fault> {
        self.client.as_ref().ok_or(Fault::ConnectionLost)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.transaction == Transaction::Open {
            self.abandon();
        }
    }
}

/// Why a commit was not confirmed.
pub(super) enum CommitFault {
    /// The server refused: nothing is committed.
    Refused(Fault),
    /// The connection was lost: it may be committed or not.
    Doubtful,
}

/// The statement in this connection's cache.
pub(super) async fn prepare(client: &Connection, sql: &'static Sql) -> Result<Statement, Fault> {
    client
        .prepare_cached(sql.postgres())
        .await
        .map_err(|cause| fault::of(sql.name(), &cause))
}

async fn prepared(
    client: &Connection,
    sql: &'static Sql,
    params: &[Value<'_>],
) -> Result<Statement, Fault> {
    let statement = prepare(client, sql).await?;
    let wanted = statement.params().len();
    if wanted != params.len() {
        return Err(parameter_count(sql.name(), wanted, params.len()));
    }
    Ok(statement)
}

async fn begin(client: &Connection) -> Result<(), Fault> {
    client
        .batch_execute("BEGIN")
        .await
        .map_err(|cause| fault::of("BEGIN", &cause))
}

async fn ask(
    client: &Connection,
    sql: &'static Sql,
    params: &[Value<'_>],
) -> Result<RowStream, Fault> {
    let statement = prepared(client, sql, params).await?;
    client
        .query_raw(&statement, params)
        .await
        .map_err(|cause| fault::of(sql.name(), &cause))
}
