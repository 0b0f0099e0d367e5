//! Rows of an answer.

use provost_model::{Error, Result};
use rusqlite::types::ValueRef;
use tokio_postgres::types::FromSql;
use uuid::Uuid;

use crate::{Sql, engine::postgres::Integer};

/// A row, read where the engine's driver holds it. Columns are numbered from 0; a wrong type is an internal fault.
pub struct Row<'a> {
    sql: &'static Sql,
    cells: Cells<'a>,
}

enum Cells<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

impl<'a> Row<'a> {
    pub(crate) const fn sqlite(sql: &'static Sql, row: &'a rusqlite::Row<'a>) -> Self {
        Self {
            sql,
            cells: Cells::Sqlite(row),
        }
    }

    pub(crate) const fn postgres(sql: &'static Sql, row: &'a tokio_postgres::Row) -> Self {
        Self {
            sql,
            cells: Cells::Postgres(row),
        }
    }

    /// An integer.
    pub fn int(&self, column: usize) -> Result<i64> {
        self.opt_int(column)?.ok_or_else(|| self.null(column))
    }

    /// An integer or NULL.
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>> {
        match self.cells {
            Cells::Sqlite(row) => self.sqlite_cell(row, column, |cell| match cell {
                ValueRef::Integer(int) => Some(int),
                _ => None,
            }),
            Cells::Postgres(row) => Ok(self
                .postgres_cell::<Integer>(row, column)?
                .map(|Integer(int)| int)),
        }
    }

    /// A boolean: an integer that is not 0, or PostgreSQL's own, as from EXISTS.
    pub fn bool(&self, column: usize) -> Result<bool> {
        Ok(self.int(column)? != 0)
    }

    /// A text.
    pub fn text(&self, column: usize) -> Result<&'a str> {
        self.opt_text(column)?.ok_or_else(|| self.null(column))
    }

    /// A text or NULL.
    pub fn opt_text(&self, column: usize) -> Result<Option<&'a str>> {
        match self.cells {
            Cells::Sqlite(row) => self.sqlite_cell(row, column, |cell| cell.as_str().ok()),
            Cells::Postgres(row) => self.postgres_cell(row, column),
        }
    }

    /// Bytes.
    pub fn bytes(&self, column: usize) -> Result<&'a [u8]> {
        self.opt_bytes(column)?.ok_or_else(|| self.null(column))
    }

    /// Bytes or NULL.
    pub fn opt_bytes(&self, column: usize) -> Result<Option<&'a [u8]>> {
        match self.cells {
            Cells::Sqlite(row) => self.sqlite_cell(row, column, |cell| cell.as_blob().ok()),
            Cells::Postgres(row) => self.postgres_cell(row, column),
        }
    }

    /// An id of 16 bytes.
    pub fn uuid(&self, column: usize) -> Result<Uuid> {
        self.opt_uuid(column)?.ok_or_else(|| self.null(column))
    }

    /// An id of 16 bytes or NULL.
    pub fn opt_uuid(&self, column: usize) -> Result<Option<Uuid>> {
        let Some(bytes) = self.opt_bytes(column)? else {
            return Ok(None);
        };
        Uuid::from_slice(bytes)
            .map(Some)
            .map_err(|cause| self.unreadable(column, &cause))
    }

    fn sqlite_cell<T>(
        &self,
        row: &'a rusqlite::Row<'a>,
        column: usize,
        read: impl FnOnce(ValueRef<'a>) -> Option<T>,
    ) -> Result<Option<T>> {
        match row
            .get_ref(column)
            .map_err(|cause| self.unreadable(column, &cause))?
        {
            ValueRef::Null => Ok(None),
            cell => {
                let found = cell.data_type();
                read(cell)
                    .map(Some)
                    .ok_or_else(|| self.unreadable(column, &format_args!("found {found}")))
            }
        }
    }

    fn postgres_cell<T: FromSql<'a>>(
        &self,
        row: &'a tokio_postgres::Row,
        column: usize,
    ) -> Result<Option<T>> {
        row.try_get(column)
            .map_err(|cause| self.unreadable(column, &cause))
    }

    fn null(&self, column: usize) -> Error {
        self.unreadable(column, &"it is NULL")
    }

    fn unreadable(&self, column: usize, cause: &dyn std::fmt::Display) -> Error {
        Error::Internal(format!("column {column} of {}: {cause}", self.sql.name()))
    }
}
