//! What commands print: lines, lists and single records, as text or as JSON.

mod cell;
mod list;
mod record;
mod time;

pub(crate) use list::{List, ListFormat};
pub(crate) use record::Record;
pub(crate) use time::{rfc3339, since};

use crate::failure::Result;
use std::{
    fmt,
    io::{BufWriter, Stdout, Write, stdout},
};

/// Standard output, buffered.
pub(crate) struct Output(BufWriter<Stdout>);

impl Output {
    /// Standard output.
    pub(crate) fn new() -> Self {
        Self(BufWriter::new(stdout()))
    }

    /// Prints a line.
    pub(crate) fn line(&mut self, line: impl fmt::Display) -> Result<()> {
        Ok(writeln!(self.0, "{line}")?)
    }

    /// Prints what is no text of ours, as it is.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.0.write_all(bytes)?)
    }

    /// Prints one record: as an aligned field a line, or as a JSON object.
    pub(crate) fn show(&mut self, record: &Record, json: bool) -> Result<()> {
        if json {
            serde_json::to_writer_pretty(&mut self.0, record).map_err(std::io::Error::from)?;
            return self.line("");
        }
        let width = record.names().map(str::len).max().unwrap_or_default();
        for (name, cell) in record.names().zip(record.cells()) {
            self.line(format_args!("{name:width$}  {cell}"))?;
        }
        Ok(())
    }

    /// Hands on what is buffered.
    pub(crate) fn flush(&mut self) -> Result<()> {
        Ok(self.0.flush()?)
    }
}
