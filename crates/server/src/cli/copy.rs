//! `provost copy`.

use super::{output::Output, progress::Progress};
use crate::failure::Result;
use clap::Args;
use provost_store::{CopyObserver, CopyStep};
use std::time::Instant;

/// Moves everything from one database to another, from SQLite to PostgreSQL or back, or to another of the same engine.
///
/// The target is empty, or an unfinished copy of the same source, which is taken up where it was: after an interruption run the same
/// command again. At the end both sides are read once more and compared by counts and SHA-256; only then can the target be used. A SQLite
/// source must not be served meanwhile (a backup of it may be copied instead), and nobody else can write to it. A PostgreSQL source may be:
/// the copy then says that it is not finished, and the same command, once the servers are stopped, copies the tables that changed.
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  provost copy --from sqlite:/var/lib/provost/provost.db --to postgres://provost@db.internal/provost"
)]
pub(crate) struct Copy {
    /// The database to copy from: sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME
    #[arg(
        long,
        value_name = "URL",
        env = "PROVOST_COPY_FROM",
        hide_env_values = true
    )]
    from: String,
    /// The database to copy to
    #[arg(
        long,
        value_name = "URL",
        env = "PROVOST_COPY_TO",
        hide_env_values = true
    )]
    to: String,
}

impl Copy {
    pub(crate) async fn run(self, output: &mut Output) -> Result<()> {
        let begun = Instant::now();
        let mut shown = Shown(None);
        let copied = provost_store::copy(&self.from, &self.to, &mut shown).await;
        shown.end();
        let copied = copied?;
        for table in &copied.renewed {
            output.line(format_args!(
                "{table} differed from the source and was copied anew"
            ))?;
        }
        output.line(format_args!(
            "copied and compared in {} s: {} rows of {} tables, the same on both sides\nSHA-256 of all rows: {}",
            begun.elapsed().as_secs(),
            copied.rows,
            copied.tables,
            copied.sha256,
        ))
    }
}

/// The progress of the step that is under way.
struct Shown(Option<Progress>);

impl Shown {
    fn end(&mut self) {
        if let Some(progress) = self.0.take() {
            progress.finish();
        }
    }
}

impl CopyObserver for Shown {
    fn begin(&mut self, step: CopyStep, rows: u64) {
        self.end();
        let noun = match step {
            CopyStep::Copying => "rows copied",
            CopyStep::Comparing => "rows read again",
        };
        self.0 = Some(Progress::new(Some(rows), noun));
    }

    fn advance(&mut self, rows: u64) {
        if let Some(progress) = &mut self.0 {
            progress.advance(rows);
        }
    }
}
