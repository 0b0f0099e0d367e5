//! Deleting a tenant.

use crate::{Command, Context, commands::users::remove_user, policy};
use provost_model::{Action, Entry, Error, Noun, Protection, Result, Subject, Tenant, TenantId};
use provost_store::{
    Change, Recorded, Tx,
    tables::{customers, orders, resellers, sweep, tenants, user_lists, users},
};

/// How many users one transaction sweeps.
const SWEPT_AT_ONCE: i64 = 100;

/// Deletes a tenant: from the next request on nothing of it can be reached. Its rows are swept after. Operators may.
///
/// # Errors
/// [`Protection::DefaultTenant`]; [`Protection::LastOperator`] if it holds operators.
#[derive(Clone, Copy, Debug)]
pub struct DeleteTenant;

impl Command for DeleteTenant {
    type Outcome = TenantId;

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        policy::operator(context)?;
        if context.tenant.slug.key() == Tenant::DEFAULT {
            return Err(Error::Protected(Protection::DefaultTenant));
        }
        if users::has_operator(tx, context.tenant_id()).await? {
            return Err(Error::Protected(Protection::LastOperator));
        }
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<TenantId>> {
        let tenant = tenants::locked(change, context.tenant_id())
            .await?
            .ok_or(Error::Unknown(Noun::Tenant))?;
        tenants::delete(change, &tenant).await?;
        resellers::unassign_tenant(change, tenant.id).await?;
        customers::delete_of_tenant(change, tenant.id).await?;
        sweep::domains(change, tenant.id).await?;
        let mut entry = context.entry(Action::TenantDeleted, Subject::named(tenant.slug.as_str()));
        entry.tenant = Entry::DEPLOYMENT;
        change.record(entry, tenant.id).await
    }
}

/// Sweeps users of a deleted tenant, then its other rows; tells whether more are left.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SweepTenant {
    /// The deleted tenant.
    pub(crate) tenant: TenantId,
}

impl Command for SweepTenant {
    type Outcome = bool;

    async fn check(&self, _context: &Context, _tx: &mut Tx) -> Result<()> {
        Ok(())
    }

    async fn run(&self, _context: &Context, change: &mut Change) -> Result<Recorded<bool>> {
        let some = user_lists::by_login(
            change,
            self.tenant,
            &user_lists::Walk::All,
            "",
            SWEPT_AT_ONCE,
        )
        .await?;
        for listed in &some {
            if let Some(user) = users::locked(change, self.tenant, listed.number).await? {
                remove_user(change, &user).await?;
            }
        }
        if some.is_empty() {
            customers::delete_of_partner(change, self.tenant).await?;
            orders::delete_of_partner(change, self.tenant).await?;
            orders::delete_of_customer(change, self.tenant).await?;
            sweep::rest(change, self.tenant).await?;
        }
        Ok(change.upkeep(!some.is_empty()))
    }
}
