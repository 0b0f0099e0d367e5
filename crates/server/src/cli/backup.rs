//! `provost backup`.

use super::{output::Output, session::refuse_missing_file};
use crate::{config::Settings, failure::Result};
use clap::Args;
use std::path::PathBuf;

/// Writes a backup of the SQLite database, also while a server runs on it.
///
/// The backup is one file: what was acknowledged before it began is in it, and nothing half. It holds password hashes, so its owner
/// alone may read it. An existing file is never overwritten. A PostgreSQL database is backed up with pg_dump.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost backup /var/backups/provost-$(date +%F).db")]
pub(crate) struct Backup {
    /// The file to write; it must not exist
    file: PathBuf,
}

impl Backup {
    pub(crate) fn run(self, settings: &Settings, output: &mut Output) -> Result<()> {
        refuse_missing_file(&settings.database)?;
        let bytes = provost_store::backup(settings.database.as_str(), &self.file)?;
        output.line(format_args!(
            "backup written to {}: {bytes} bytes",
            self.file.display()
        ))
    }
}
