//! Some rows of a table.

use super::{cell::Cell, tables::Table};
use crate::Row;
use provost_model::Result;

/// Rows that follow one another, each with all columns of its table in their order.
pub(crate) struct Page {
    table: &'static Table,
    cells: Vec<Cell>,
}

impl Page {
    pub(super) const fn new(table: &'static Table) -> Self {
        Self {
            table,
            cells: Vec::new(),
        }
    }

    /// Appends a row.
    pub(super) fn push(&mut self, row: &Row<'_>) -> Result<()> {
        for (at, column) in self.table.columns().enumerate() {
            self.cells.push(Cell::read(column, row, at)?);
        }
        Ok(())
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> u64 {
        u64::try_from(self.cells.len() / self.table.width()).unwrap_or(u64::MAX)
    }

    /// The values of all rows.
    pub(super) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The rows.
    pub(crate) fn rows(&self) -> impl DoubleEndedIterator<Item = &[Cell]> {
        self.cells.chunks_exact(self.table.width())
    }

    /// The key of the last row, if there is any.
    pub(super) fn last_key(&self) -> Option<Vec<Cell>> {
        let last = self.rows().next_back()?;
        Some(last[..self.table.key.len()].to_vec())
    }
}
