//! Removing a mail domain.

use crate::{Command, Context, policy};
use provost_model::{Action, DomainName, Error, Noun, Protection, Result, Subject};
use provost_store::{
    Change, Recorded, Tx,
    tables::{addresses, context_forwards, domains},
};

/// Removes a mail domain from the tenant. Operators may.
///
/// # Errors
/// [`Noun::Domain`] unknown; [`Protection::DomainInUse`] while users of the tenant hold addresses in it, or mail to such is forwarded.
#[derive(Clone, Debug)]
pub struct RemoveDomain {
    /// The domain.
    pub domain: DomainName,
}

impl Command for RemoveDomain {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::operator(context)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        if !domains::delete(change, &self.domain, context.tenant_id()).await? {
            return Err(Error::Unknown(Noun::Domain));
        }
        if addresses::any_in_domain(change, &self.domain, context.tenant_id()).await?
            || context_forwards::any_in_domain(change, context.tenant_id(), &self.domain).await?
        {
            return Err(Error::Protected(Protection::DomainInUse));
        }
        let entry = context.entry(Action::DomainRemoved, Subject::named(self.domain.as_str()));
        change.record(entry, ()).await
    }
}
