//! Carrying out statements.

use std::ops::ControlFlow;

use provost_model::Result;
use rusqlite::{
    CachedStatement, Connection, ErrorCode, ToSql,
    types::{ToSqlOutput, ValueRef},
};

use crate::{
    Row, Sql, Value,
    fault::{Failure, Fault, parameter_count},
    statement::Bound,
};

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(int) => ValueRef::Integer(*int),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
            Self::Id(id) => ValueRef::Blob(id.as_bytes()),
        }))
    }
}

/// Visits the rows of a statement until the visitor breaks off.
pub(crate) fn query(
    connection: &Connection,
    sql: &'static Sql,
    params: &[Value<'_>],
    mut visit: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>>,
) -> Result<(), Failure> {
    let mut statement = prepare(connection, sql)?;
    bind(&mut statement, sql, params)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(|cause| fault(sql.name(), &cause))? {
        if visit(&Row::sqlite(sql, row))
            .map_err(Failure::Reading)?
            .is_break()
        {
            break;
        }
    }
    Ok(())
}

/// Executes a statement and gives the number of rows that it changed.
pub(crate) fn execute(
    connection: &Connection,
    sql: &'static Sql,
    params: &[Value<'_>],
) -> Result<u64, Fault> {
    execute_prepared(&mut prepare(connection, sql)?, sql, params)
}

/// Executes statements one after another and gives how many rows they changed altogether. Each is prepared once, however often it is there.
pub(crate) fn execute_together(
    connection: &Connection,
    statements: &[Bound<'_>],
) -> Result<u64, Fault> {
    let mut prepared: Vec<(&Sql, CachedStatement<'_>)> = Vec::new();
    let mut rows = 0;
    for (sql, params) in statements {
        let known = prepared.iter().position(|(it, _)| std::ptr::eq(*it, *sql));
        let at = match known {
            Some(at) => at,
            None => {
                prepared.push((sql, prepare(connection, sql)?));
                prepared.len() - 1
            }
        };
        rows += execute_prepared(&mut prepared[at].1, sql, params)?;
    }
    Ok(rows)
}

fn execute_prepared(
    statement: &mut CachedStatement<'_>,
    sql: &'static Sql,
    params: &[Value<'_>],
) -> Result<u64, Fault> {
    bind(statement, sql, params)?;
    let rows = statement
        .raw_execute()
        .map_err(|cause| fault(sql.name(), &cause))?;
    Ok(u64::try_from(rows).unwrap_or(u64::MAX))
}

/// Prepares a statement.
pub(super) fn prepare<'c>(
    connection: &'c Connection,
    sql: &'static Sql,
) -> Result<CachedStatement<'c>, Fault> {
    connection
        .prepare_cached(sql.sqlite())
        .map_err(|cause| fault(sql.name(), &cause))
}

/// Runs a statement that controls transactions.
pub(crate) fn control(connection: &Connection, text: &'static str) -> Result<(), Fault> {
    let run = || connection.prepare_cached(text)?.raw_execute();
    run().map(|_| ()).map_err(|cause| fault(text, &cause))
}

fn bind(
    statement: &mut CachedStatement<'_>,
    sql: &'static Sql,
    params: &[Value<'_>],
) -> Result<(), Fault> {
    let wanted = statement.parameter_count();
    if wanted != params.len() {
        return Err(parameter_count(sql.name(), wanted, params.len()));
    }
    for (at, param) in params.iter().enumerate() {
        statement
            .raw_bind_parameter(at + 1, param)
            .map_err(|cause| fault(sql.name(), &cause))?;
    }
    Ok(())
}

/// What an error of SQLite means to the store.
pub(super) fn fault(statement: &str, cause: &rusqlite::Error) -> Fault {
    match cause.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Fault::Unavailable("another process holds the database")
        }
        Some(ErrorCode::DiskFull) => Fault::Unavailable("the disk is full"),
        _ => Fault::Broken(format!("{statement}: {cause}")),
    }
}
