//! Forwarding mail no longer.

use crate::{Command, Context, policy};
use provost_model::{Action, Address, Error, Noun, Result, Subject};
use provost_store::{Change, Recorded, Tx, tables::context_forwards};

/// Forwards the mail to an address no longer. Administrators of the tenant may.
///
/// # Errors
/// [`Noun::Forward`] unknown.
#[derive(Clone, Debug)]
pub struct DeleteForward {
    /// The address whose mail was forwarded.
    pub alias: Address,
}

impl Command for DeleteForward {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::administrator(context)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        if !context_forwards::delete(change, context.tenant_id(), &self.alias).await? {
            return Err(Error::Unknown(Noun::Forward));
        }
        let entry = context.entry(Action::ForwardRemoved, Subject::named(self.alias.as_str()));
        change.record(entry, ()).await
    }
}
