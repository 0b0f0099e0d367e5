//! A list that is printed page by page, so that none is ever held whole.

use super::{Output, Record};
use crate::failure::Result;
use std::io::Write;

/// How a list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListFormat {
    /// A table with aligned columns.
    Table,
    /// One JSON array.
    JsonArray,
    /// A JSON object a line, for lists without an end.
    JsonLines,
}

impl ListFormat {
    /// The format that `--json` asks for.
    pub(crate) const fn of(json: bool) -> Self {
        if json { Self::JsonArray } else { Self::Table }
    }
}

/// A list on its way out. It has to be ended by [`List::end`].
pub(crate) struct List<'o> {
    output: &'o mut Output,
    format: ListFormat,
    columns: &'static [&'static str],
    widths: Vec<usize>,
    begun: bool,
}

impl<'o> List<'o> {
    /// A list with these columns, which are the names of its records' fields in their order.
    pub(crate) fn new(
        output: &'o mut Output,
        format: ListFormat,
        columns: &'static [&'static str],
    ) -> Self {
        Self {
            output,
            format,
            columns,
            widths: columns.iter().map(|column| column.len()).collect(),
            begun: false,
        }
    }

    /// Prints a page. Columns are as wide as their widest cell so far.
    pub(crate) fn page(&mut self, records: &[Record]) -> Result<()> {
        match self.format {
            ListFormat::Table => self.table(records)?,
            ListFormat::JsonArray => {
                for record in records {
                    let before = if self.begun { ",\n" } else { "[\n" };
                    self.begun = true;
                    self.output.0.write_all(before.as_bytes())?;
                    self.json(record)?;
                }
            }
            ListFormat::JsonLines => {
                for record in records {
                    self.json(record)?;
                    self.output.line("")?;
                }
            }
        }
        self.output.flush()
    }

    /// Prints what ends the list.
    pub(crate) fn end(mut self) -> Result<()> {
        match self.format {
            ListFormat::Table => self.table(&[])?,
            ListFormat::JsonArray => self.output.line(if self.begun { "\n]" } else { "[]" })?,
            ListFormat::JsonLines => {}
        }
        self.output.flush()
    }

    fn json(&mut self, record: &Record) -> Result<()> {
        serde_json::to_writer(&mut self.output.0, record).map_err(std::io::Error::from)?;
        Ok(())
    }

    fn table(&mut self, records: &[Record]) -> Result<()> {
        let rows: Vec<Vec<String>> = records
            .iter()
            .map(|record| record.cells().collect())
            .collect();
        for row in &rows {
            for (width, cell) in self.widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        if !self.begun {
            self.begun = true;
            let heads: Vec<String> = self
                .columns
                .iter()
                .map(|column| column.to_uppercase())
                .collect();
            self.row(&heads)?;
        }
        rows.iter().try_for_each(|row| self.row(row))
    }

    fn row(&mut self, cells: &[String]) -> Result<()> {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(&self.widths) {
            line.push_str(&format!("{cell:width$}  "));
        }
        self.output.line(line.trim_end())
    }
}
