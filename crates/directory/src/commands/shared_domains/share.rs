//! Sharing a mail domain.

use super::registrant::{registrant, told_in};
use crate::{Command, Context, commands::domains::free};
use provost_model::{Action, DomainName, Error, Noun, Result, Subject};
use provost_store::{Change, Recorded, Tx, tables::shared_mail_domains};

/// Shares a mail domain: it stays nobody's, so that users of many tenants may have addresses in it. Operators, resellers, and a tenant's
/// credential of the settings may; to share one's own again is fine.
///
/// # Errors
/// [`Noun::Domain`] taken by a tenant; [`Noun::SharedDomain`] taken by somebody else.
#[derive(Clone, Debug)]
pub struct ShareDomain {
    /// The domain.
    pub domain: DomainName,
}

impl Command for ShareDomain {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        registrant(context).map(|_| ())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let asking = registrant(context)?;
        match shared_mail_domains::registrant(change, &self.domain).await? {
            Some(registrant) if registrant == asking => return change.unchanged(()),
            Some(_) => return Err(Error::Taken(Noun::SharedDomain)),
            None => {}
        }
        // also keeps a tenant from being given it meanwhile
        free(context, change, &self.domain).await?;
        if !shared_mail_domains::claim(change, &self.domain, asking, context.now).await? {
            return Err(Error::Taken(Noun::SharedDomain));
        }
        let mut entry = context.entry(Action::DomainShared, Subject::named(self.domain.as_str()));
        entry.tenant = told_in(asking);
        change.record(entry, ()).await
    }
}
