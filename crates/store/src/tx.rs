//! Reading.

use std::{
    ops::ControlFlow::{self, Break, Continue},
    time::Instant,
};

use provost_model::{Error, Result};

use crate::{
    EngineKind, Injected, InjectionPoint, Injector, Row, Sql, Value,
    engine::{Session, sqlite},
    fault::{Failure, Fault},
    statement::Bound,
};

/// A connection in the hands of a [`crate::Read`] or [`crate::Write`].
pub struct Tx {
    pub(crate) session: Session,
    fault: Option<Fault>,
    injector: Option<Injector>,
}

impl Tx {
    pub(crate) const fn new(session: Session, injector: Option<Injector>) -> Self {
        Self {
            session,
            fault: None,
            injector,
        }
    }

    /// All rows of a statement, each mapped as it arrives.
    pub async fn all<T: Send>(
        &mut self,
        sql: &'static Sql,
        params: &[Value<'_>],
        mut map: impl FnMut(&Row<'_>) -> Result<T> + Send,
    ) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        let keep = |row: &Row<'_>| {
            rows.push(map(row)?);
            Ok(Continue(()))
        };
        self.query(sql, params, keep).await?;
        Ok(rows)
    }

    /// The first row of a statement, if it has any.
    pub async fn first<T: Send>(
        &mut self,
        sql: &'static Sql,
        params: &[Value<'_>],
        mut map: impl FnMut(&Row<'_>) -> Result<T> + Send,
    ) -> Result<Option<T>> {
        let mut first = None;
        let keep = |row: &Row<'_>| {
            first = Some(map(row)?);
            Ok(Break(()))
        };
        self.query(sql, params, keep).await?;
        Ok(first)
    }

    /// Whether a statement has any row.
    pub async fn any(&mut self, sql: &'static Sql, params: &[Value<'_>]) -> Result<bool> {
        let found = self.first(sql, params, |_| Ok(())).await?;
        Ok(found.is_some())
    }

    /// Which engine this is.
    #[must_use]
    pub const fn engine(&self) -> EngineKind {
        match self.session {
            Session::Sqlite(_) => EngineKind::Sqlite,
            Session::Postgres(_) => EngineKind::Postgres,
        }
    }

    /// Visits the rows of a statement until the visitor breaks off.
    pub(crate) async fn query(
        &mut self,
        sql: &'static Sql,
        params: &[Value<'_>],
        visit: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>> + Send,
    ) -> Result<()> {
        let answer_lost = self.enter(sql)?;
        let started = Instant::now();
        let answer = match &mut self.session {
            Session::Sqlite(connection) => sqlite::statement::query(connection, sql, params, visit),
            Session::Postgres(session) => session.query(sql, params, visit).await,
        };
        sql.timing().note(started.elapsed());
        self.leave(answer, answer_lost)
    }

    /// Executes a statement and gives the number of rows that it changed.
    pub(crate) async fn execute(&mut self, sql: &'static Sql, params: &[Value<'_>]) -> Result<u64> {
        let answer_lost = self.enter(sql)?;
        let started = Instant::now();
        let answer = match &mut self.session {
            Session::Sqlite(connection) => sqlite::statement::execute(connection, sql, params),
            Session::Postgres(session) => session.execute(sql, params).await,
        };
        sql.timing().note(started.elapsed());
        self.leave(answer.map_err(Failure::from), answer_lost)
    }

    /// Executes statements one after another, and gives how many rows they changed altogether. The first that fails ends it.
    pub(crate) async fn execute_together(&mut self, statements: &[Bound<'_>]) -> Result<u64> {
        let mut answer_lost = false;
        for (sql, _) in statements {
            answer_lost |= self.enter(sql)?;
        }
        let started = Instant::now();
        let answer = match &mut self.session {
            Session::Sqlite(connection) => {
                sqlite::statement::execute_together(connection, statements)
            }
            Session::Postgres(session) => session.execute_together(statements).await,
        };
        note_together(statements.iter().map(|(sql, _)| *sql), started);
        self.leave(answer.map_err(Failure::from), answer_lost)
    }

    /// Executes a statement whose count of rows nobody asks for: at the latest before the next one or the commit, along with which it is sent
    /// where the database is elsewhere.
    pub(crate) async fn execute_later(
        &mut self,
        sql: &'static Sql,
        params: &[Value<'_>],
    ) -> Result<()> {
        let Session::Postgres(_) = &self.session else {
            return self.execute(sql, params).await.map(drop);
        };
        let answer_lost = self.enter(sql)?;
        let answer = match &mut self.session {
            Session::Postgres(session) => session.execute_later(sql, params).await,
            Session::Sqlite(_) => Ok(()),
        };
        self.leave(answer.map_err(Failure::from), answer_lost)
    }

    /// Executes statements of which none builds upon another, and gives how many rows each of them changed, or found if it only looks.
    pub(crate) async fn execute_each(&mut self, statements: &[Bound<'_>]) -> Result<Vec<u64>> {
        if self.engine() == EngineKind::Sqlite {
            let mut counts = Vec::with_capacity(statements.len());
            for (sql, params) in statements {
                counts.push(if sql.sqlite().starts_with("SELECT") {
                    u64::from(self.any(sql, params).await?)
                } else {
                    self.execute(sql, params).await?
                });
            }
            return Ok(counts);
        }
        let mut answer_lost = false;
        for (sql, _) in statements {
            answer_lost |= self.enter(sql)?;
        }
        let started = Instant::now();
        let answer = match &mut self.session {
            Session::Postgres(session) => session.execute_each(statements).await,
            Session::Sqlite(_) => Ok(Vec::new()),
        };
        note_together(statements.iter().map(|(sql, _)| *sql), started);
        self.leave(answer.map_err(Failure::from), answer_lost)
    }

    /// The first fault of the database since the last call. After one nothing may be committed, whatever the command made of it.
    pub(crate) const fn take_fault(&mut self) -> Option<Fault> {
        self.fault.take()
    }

    /// The connection, on SQLite.
    pub(crate) fn sqlite(&self) -> Result<&rusqlite::Connection, Fault> {
        match &self.session {
            Session::Sqlite(connection) => Ok(connection),
            Session::Postgres(_) => Err(Fault::Broken("no connection of SQLite".to_owned())),
        }
    }

    /// The fault that a test wants at this point.
    pub(crate) fn injected(&self, point: InjectionPoint) -> Option<Injected> {
        self.injector.as_ref().and_then(|injector| injector(point))
    }

    /// Before a statement: refuses after a fault, as PostgreSQL does, and raises injected ones. Gives whether to lose the answer.
    fn enter(&mut self, sql: &'static Sql) -> Result<bool> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone().into());
        }
        let fault = match (
            self.injected(InjectionPoint::Statement(sql.name())),
            self.engine(),
        ) {
            (None, _) => return Ok(false),
            (Some(Injected::Serialization), _) => Fault::Serialization,
            (Some(Injected::ConnectionLost | Injected::AnswerLost), EngineKind::Sqlite) => {
                injected_io_error()
            }
            (Some(Injected::ConnectionLost), EngineKind::Postgres) => Fault::ConnectionLost,
            (Some(Injected::AnswerLost), EngineKind::Postgres) => return Ok(true),
        };
        Err(self.note(fault))
    }

    /// After a statement: notes its fault.
    fn leave<T>(&mut self, answer: Result<T, Failure>, answer_lost: bool) -> Result<T> {
        match answer {
            Ok(_) if answer_lost => Err(self.note(Fault::ConnectionLost)),
            Ok(answer) => Ok(answer),
            Err(Failure::Database(fault)) => Err(self.note(fault)),
            Err(Failure::Reading(error)) => Err(error),
        }
    }

    fn note(&mut self, fault: Fault) -> Error {
        if let (Fault::ConnectionLost, Session::Postgres(session)) = (&fault, &mut self.session) {
            // its driver may not know yet, and would hand it out again
            session.give_up();
        }
        self.fault = Some(fault.clone());
        fault.into()
    }
}

/// Notes the time of statements that were on their way together, so that none has a time of its own.
pub(crate) fn note_together(
    statements: impl ExactSizeIterator<Item = &'static Sql>,
    started: Instant,
) {
    let share = started.elapsed() / u32::try_from(statements.len()).unwrap_or(u32::MAX).max(1);
    for sql in statements {
        sql.timing().note(share);
    }
}

/// What an injected loss is on SQLite.
pub(crate) fn injected_io_error() -> Fault {
    Fault::Broken("disk I/O error (injected)".to_owned())
}
