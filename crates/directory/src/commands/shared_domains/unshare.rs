//! Ending the sharing of a mail domain.

use super::registrant::{registrant, told_in};
use crate::{Command, Context};
use provost_model::{Action, DomainName, Error, Noun, Result, Subject};
use provost_store::{
    Change, Recorded, Tx,
    tables::shared_mail_domains::{self, Registrant},
};

/// Ends the sharing of a mail domain: from then on it may be given to a tenant. Whoever asked for it may, and operators.
///
/// # Errors
/// [`Noun::SharedDomain`] unknown, also if somebody else shares it.
#[derive(Clone, Debug)]
pub struct UnshareDomain {
    /// The domain.
    pub domain: DomainName,
}

impl Command for UnshareDomain {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        registrant(context).map(|_| ())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let asking = registrant(context)?;
        shared_mail_domains::registrant(change, &self.domain)
            .await?
            .filter(|registrant| asking == Registrant::Deployment || asking == *registrant)
            .ok_or(Error::Unknown(Noun::SharedDomain))?;
        shared_mail_domains::delete(change, &self.domain).await?;
        let mut entry = context.entry(Action::DomainUnshared, Subject::named(self.domain.as_str()));
        entry.tenant = told_in(asking);
        change.record(entry, ()).await
    }
}
