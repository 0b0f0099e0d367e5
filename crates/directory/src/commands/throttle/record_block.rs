//! Writing down that an address was blocked, or no longer is.

use crate::{Block, BlockPhase, Command, Context, policy};
use provost_model::{Action, Entry, Result, Subject};
use provost_store::{Change, Recorded, Tx};

/// Writes the beginning or the end of a block into the audit of the deployment: the address and a count, never a name or a password,
/// since people type the one into the field of the other. The server itself may.
#[derive(Clone, Copy, Debug)]
pub struct RecordBlock {
    /// What happened.
    pub block: Block,
}

impl Command for RecordBlock {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::server(context)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let Block {
            source,
            phase,
            at,
            failures,
        } = self.block;
        let action = match phase {
            BlockPhase::Began => Action::ThrottleBlockBegan,
            BlockPhase::Ended => Action::ThrottleBlockEnded,
        };
        let mut entry = context.entry(action, Subject::named(source.to_string()));
        entry.tenant = Entry::DEPLOYMENT;
        // the entry itself may be written later
        entry.at = at;
        entry.details.insert("failures".to_owned(), failures.into());
        change.record(entry, ()).await
    }
}
