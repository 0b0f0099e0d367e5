//! Giving a reseller a tenant, or taking it away.

use super::create::entry;
use crate::{Command, Context, policy};
use provost_model::{Action, Error, Noun, ResellerId, Result};
use provost_store::{Change, Recorded, Tx, tables::resellers};

/// Gives a reseller the context's tenant, or takes it away; either is fine if it is so already. Operators may.
///
/// # Errors
/// [`Noun::Reseller`] unknown.
#[derive(Clone, Copy, Debug)]
pub struct AssignTenant {
    /// The reseller.
    pub reseller: ResellerId,
    /// Whether the tenant is to be its.
    pub assigned: bool,
}

impl Command for AssignTenant {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::operator(context)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let reseller = resellers::by_id(change, self.reseller)
            .await?
            .ok_or(Error::Unknown(Noun::Reseller))?;
        let changed = if self.assigned {
            resellers::assign(change, reseller.id, context.tenant_id()).await?
        } else {
            resellers::unassign(change, reseller.id, context.tenant_id()).await?
        };
        if !changed {
            return change.unchanged(());
        }
        let mut entry = entry(context, Action::ResellerAssigned, &reseller.name);
        entry
            .details
            .insert("tenant".to_owned(), context.tenant.slug.as_str().into());
        entry
            .details
            .insert("assigned".to_owned(), self.assigned.into());
        change.record(entry, ()).await
    }
}
