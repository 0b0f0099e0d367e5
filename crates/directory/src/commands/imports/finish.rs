//! Ending an import.

use crate::{Command, Context, policy};
use provost_model::Result;
use provost_store::{Change, Recorded, Tx, tables::unfinished_imports};

/// Forgets how far an import came, since all of it was read. Administrators of the tenant may.
#[derive(Clone, Copy, Debug)]
pub struct FinishImport {
    /// What was read and how, as a digest.
    pub source: [u8; 32],
}

impl Command for FinishImport {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::administrator(context)
    }

    async fn run(&self, _context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        unfinished_imports::delete(change, &self.source).await?;
        change.unchanged(())
    }
}
