//! Adding a mail domain.

use crate::{Command, Context, commands::users, policy};
use provost_model::{Action, DomainName, Error, Noun, Protection, Result, Subject};
use provost_store::{
    Change, Recorded, Tx,
    tables::{
        addresses::{self, ForeignAddress},
        domains, shared_mail_domains, users as user_rows,
    },
};

/// How many addresses of other tenants a refusal lists, and a release drops in one transaction.
const LISTED: i64 = 1000;

/// Adds a mail domain to the tenant: from then on it gives its addresses to that tenant's users alone. Operators may.
///
/// # Errors
/// [`Noun::Domain`] taken by this or another tenant.
#[derive(Clone, Debug)]
pub struct AddDomain {
    /// The domain.
    pub domain: DomainName,
    /// Whether to drop addresses of other tenants' users that merely follow their contact e-mail.
    pub release: bool,
}

/// What became of a domain that was to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddedDomain {
    /// It is the tenant's now.
    Added,
    /// Users of other tenants hold addresses in it, the first thousand of which are these. Nothing was changed.
    Held(Vec<ForeignAddress>),
}

impl Command for AddDomain {
    type Outcome = AddedDomain;

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::operator(context)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<AddedDomain>> {
        free(context, change, &self.domain).await?;
        let held = addresses::foreign(change, &self.domain, context.tenant_id(), LISTED).await?;
        let stuck = held.iter().any(|address| !address.follows_email);
        if stuck || (!self.release && !held.is_empty()) {
            return change.unchanged(AddedDomain::Held(held));
        }
        if i64::try_from(held.len()).is_ok_and(|held| held == LISTED) {
            return Err(Error::Protected(Protection::DomainInUse));
        }
        for (nth, address) in (1..).zip(&held) {
            let Some(mut user) = user_rows::locked(change, address.tenant, address.user).await?
            else {
                continue;
            };
            users::release_address(change, &mut user).await?;
            // the loss is written down where it is felt
            let mut entry = context.entry(Action::UserChanged, users::subject(&user));
            entry.id = context.further_entry_id(nth);
            entry.tenant = user.tenant;
            entry
                .details
                .insert("fields".to_owned(), vec!["address"].into());
            change.record_further(entry).await?;
        }
        add(context, change, &self.domain).await?;
        let mut entry = context.entry(Action::DomainAdded, Subject::named(self.domain.as_str()));
        if !held.is_empty() {
            entry
                .details
                .insert("released".to_owned(), held.len().into());
        }
        change.record(entry, AddedDomain::Added).await
    }
}

/// Refuses a domain that belongs to a tenant or is to stay nobody's, and keeps others from taking addresses in it until this change is made.
pub(crate) async fn free(
    context: &Context,
    change: &mut Change,
    domain: &DomainName,
) -> Result<()> {
    if domains::locked_owner(change, domain, context.now)
        .await?
        .is_none()
        && shared_mail_domains::registrant(change, domain)
            .await?
            .is_none()
    {
        Ok(())
    } else {
        Err(Error::Taken(Noun::Domain))
    }
}

/// Adds a domain that is free and that nobody holds addresses in.
pub(crate) async fn add(context: &Context, change: &mut Change, domain: &DomainName) -> Result<()> {
    if domains::take(change, domain, context.tenant_id(), context.now).await? {
        Ok(())
    } else {
        Err(Error::Taken(Noun::Domain))
    }
}
