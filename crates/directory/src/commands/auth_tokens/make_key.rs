//! Making the key that authTokens are sealed with.

use crate::{Command, Context};
use provost_model::Result;
use provost_store::{Change, Recorded, Tx, tables::server_keys};

/// Makes the deployment's key with this name unless it is there. Asked for by the directory itself, at the key's first need; of several
/// nodes that need it at once one makes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MakeSealingKey {
    /// The key's name.
    pub(crate) name: &'static str,
}

impl Command for MakeSealingKey {
    type Outcome = ();

    async fn check(&self, _context: &Context, _tx: &mut Tx) -> Result<()> {
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        server_keys::make(change, self.name, &context.secret(), context.now).await?;
        Ok(change.upkeep(()))
    }
}
