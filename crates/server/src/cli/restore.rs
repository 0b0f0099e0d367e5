//! `provost restore`.

use super::output::Output;
use crate::{config::Settings, failure::Result};
use clap::Args;
use std::path::PathBuf;

/// Makes the SQLite database of the settings from a backup.
///
/// An existing database is never overwritten: move it away first, with the server stopped. A backup of an older version is taken; the
/// next `provost serve` brings its schema up to date.
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  provost restore /var/backups/provost-2026-11-01.db --database sqlite:/var/lib/provost/provost.db"
)]
pub(crate) struct Restore {
    /// The backup
    file: PathBuf,
}

impl Restore {
    pub(crate) fn run(self, settings: &Settings, output: &mut Output) -> Result<()> {
        let bytes = provost_store::restore(settings.database.as_str(), &self.file)?;
        output.line(format_args!(
            "database restored from {}: {bytes} bytes; `provost check` verifies it",
            self.file.display()
        ))
    }
}
