//! A connection in use.

use std::{mem, ops::ControlFlow, pin::pin, sync::Arc};

use deadpool_postgres::ClientWrapper;
use futures_util::{
    TryStreamExt as _,
    future::{join, join_all},
};
use provost_model::Result;
use tokio_postgres::{RowStream, Statement};

use super::{fault, lanes::Shared, merging::Merging, pool::Connection, postponed::Postponed};
use crate::{
    Row, Sql, Value,
    fault::{Failure, Fault, parameter_count},
    statement::Bound,
};

/// A connection from the pool, with at most one transaction, or one that is shared, with none. If the transaction is still open when the
/// session is dropped, the connection is closed instead of going back to the pool.
pub(crate) struct Session {
    client: Option<Client>,
    transaction: Transaction,
    postponed: Postponed,
    /// How statements become one, where the server is known to take that.
    merging: Option<Arc<Merging>>,
}

enum Client {
    Own(Box<Connection>),
    Shared(Arc<Shared>),
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
    fn of(client: Client, transaction: Transaction) -> Self {
        Self {
            client: Some(client),
            transaction,
            postponed: Postponed::default(),
            merging: None,
        }
    }

    /// A session in which every statement stands for itself.
    pub(super) fn autocommit(client: Connection) -> Self {
        Self::of(Client::Own(Box::new(client)), Transaction::None)
    }

    /// The same on a connection on which others ask too.
    pub(super) fn shared(client: Arc<Shared>) -> Self {
        Self::of(Client::Shared(client), Transaction::None)
    }

    /// A session in which the first statement begins a transaction.
    pub(super) fn transaction(client: Connection, merging: Option<Arc<Merging>>) -> Self {
        let mut session = Self::of(Client::Own(Box::new(client)), Transaction::Announced);
        session.merging = merging;
        session
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
        let postponed = mem::take(&mut self.postponed);
        let client = self.client()?;
        let rows = if !postponed.is_empty() {
            let before = postponed.ready(client, self.merging.as_deref()).await?;
            let statement = prepared(client, sql, params).await?;
            let (done, rows) = join(before.run(client), client.query_raw(&statement, params)).await;
            done?;
            rows.map_err(|cause| fault::of(sql.name(), &cause))?
        } else if begins {
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
        let postponed = mem::take(&mut self.postponed);
        let client = self.client()?;
        let before = postponed.ready(client, self.merging.as_deref()).await?;
        let statement = prepared(client, sql, params).await?;
        let (done, rows) = join(before.run(client), client.execute_raw(&statement, params)).await;
        done?;
        rows.map_err(|cause| fault::of(sql.name(), &cause))
    }

    /// Executes a statement before the next one that is waited for, in the same round trip.
    pub(crate) async fn execute_later(
        &mut self,
        sql: &'static Sql,
        params: &[Value<'_>],
    ) -> Result<(), Fault> {
        if self.transaction != Transaction::Open {
            return self.execute(sql, params).await.map(drop);
        }
        self.postponed.add(sql, params);
        if self.postponed.is_full() {
            self.send_before().await?;
        }
        Ok(())
    }

    /// Executes statements that do not build upon each other, in one round trip, and gives how many rows each of them changed or found.
    pub(crate) async fn execute_each(
        &mut self,
        statements: &[Bound<'_>],
    ) -> Result<Vec<u64>, Fault> {
        let all: Vec<&'static Sql> = statements.iter().map(|(sql, _)| *sql).collect();
        let merged = self
            .merging
            .as_ref()
            .and_then(|merging| merging.counted(&all));
        match (merged, &all[..]) {
            (Some(text), [first, _, ..]) => self.count_merged(first, &text, statements).await,
            _ => self.execute_all(statements).await,
        }
    }

    async fn count_merged(
        &mut self,
        first: &'static Sql,
        text: &str,
        statements: &[Bound<'_>],
    ) -> Result<Vec<u64>, Fault> {
        let fault = |cause| fault::of(first.name(), &cause);
        self.send_before().await?;
        let client = self.client()?;
        let statement = client.prepare_cached(text).await.map_err(fault)?;
        let params: Vec<Value<'_>> = statements
            .iter()
            .flat_map(|(_, params)| params.iter().copied())
            .collect();
        if statement.params().len() != params.len() {
            return Err(parameter_count(
                first.name(),
                statement.params().len(),
                params.len(),
            ));
        }
        let mut rows = pin!(client.query_raw(&statement, &params).await.map_err(fault)?);
        let mut counts = Vec::new();
        // read to the end, since a statement can fail after its last row
        while let Some(row) = rows.try_next().await.map_err(fault)? {
            for at in 0..row.len() {
                let count: i64 = row.try_get(at).map_err(fault)?;
                counts.push(u64::try_from(count).unwrap_or_default());
            }
        }
        Ok(counts)
    }

    /// Begins the transaction and sends what was postponed, where a statement is not sent along with that.
    async fn send_before(&mut self) -> Result<(), Fault> {
        if self.transaction == Transaction::Announced {
            self.transaction = Transaction::Open;
            begin(self.client()?).await?;
        }
        let postponed = mem::take(&mut self.postponed);
        let client = self.client()?;
        let before = postponed.ready(client, self.merging.as_deref()).await?;
        before.run(client).await
    }

    /// Executes statements one after another in one round trip, and gives how many rows they changed altogether.
    pub(crate) async fn execute_together(
        &mut self,
        statements: &[Bound<'_>],
    ) -> Result<u64, Fault> {
        Ok(self.execute_all(statements).await?.iter().sum())
    }

    async fn execute_all(&mut self, statements: &[Bound<'_>]) -> Result<Vec<u64>, Fault> {
        self.send_before().await?;
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
        answers.await.into_iter().collect()
    }

    /// Commits.
    pub(super) async fn commit(&mut self) -> Result<(), CommitFault> {
        if self.transaction != Transaction::Open {
            return Ok(());
        }
        let postponed = mem::take(&mut self.postponed);
        let client = self.client().map_err(|_| CommitFault::Doubtful)?;
        let before = postponed.ready(client, self.merging.as_deref());
        // nothing was sent, and the connection is closed with its transaction
        let before = before.await.map_err(CommitFault::Refused)?;
        let (done, committed) = join(before.run(client), client.batch_execute("COMMIT")).await;
        match (done, committed) {
            (Ok(()), Ok(())) => {
                self.transaction = Transaction::None;
                Ok(())
            }
            (_, Err(cause)) if fault::is_doubtful(&cause) => {
                self.give_up();
                Err(CommitFault::Doubtful)
            }
            // what was refused before it made a rollback of it
            (Err(fault), _) => {
                self.transaction = Transaction::None;
                if matches!(fault, Fault::ConnectionLost) {
                    self.give_up();
                }
                Err(CommitFault::Refused(fault))
            }
            (Ok(()), Err(cause)) => {
                self.transaction = Transaction::None;
                Err(CommitFault::Refused(fault::of("COMMIT", &cause)))
            }
        }
    }

    /// Rolls back, so that the connection can go back to the pool. If that fails it is closed, which rolls back too.
    pub(super) async fn roll_back(&mut self) {
        self.postponed.clear();
        if self.transaction == Transaction::Open
            && let Ok(client) = self.client()
            && client.batch_execute("ROLLBACK").await.is_ok()
        {
            self.transaction = Transaction::None;
        }
    }

    /// Closes the connection, whatever is on its way.
    pub(crate) fn abandon(&mut self) {
        match self.client.take() {
            Some(Client::Own(client)) => client.close(),
            Some(Client::Shared(client)) => client.leave(),
            None => {}
        }
    }

    /// Closes the connection, which was lost, and lets nobody use those that are as old.
    pub(crate) fn give_up(&mut self) {
        match self.client.take() {
            Some(Client::Own(client)) => client.give_up(),
            Some(Client::Shared(client)) => client.give_up(),
            None => {}
        }
    }

    pub(super) fn client(&self) -> Result<&ClientWrapper, Fault> {
        match &self.client {
            Some(Client::Own(client)) => Ok(client),
            Some(Client::Shared(client)) => Ok(client.client()),
            None => Err(Fault::ConnectionLost),
        }
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
pub(super) async fn prepare(client: &ClientWrapper, sql: &'static Sql) -> Result<Statement, Fault> {
    client
        .prepare_cached(sql.postgres())
        .await
        .map_err(|cause| fault::of(sql.name(), &cause))
}

async fn prepared(
    client: &ClientWrapper,
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

async fn begin(client: &ClientWrapper) -> Result<(), Fault> {
    client
        .batch_execute("BEGIN")
        .await
        .map_err(|cause| fault::of("BEGIN", &cause))
}

async fn ask(
    client: &ClientWrapper,
    sql: &'static Sql,
    params: &[Value<'_>],
) -> Result<RowStream, Fault> {
    let statement = prepared(client, sql, params).await?;
    client
        .query_raw(&statement, params)
        .await
        .map_err(|cause| fault::of(sql.name(), &cause))
}
