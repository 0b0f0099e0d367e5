//! Suspending and resuming a tenant.

use crate::{Command, Context, policy};
use provost_model::{Action, Error, Noun, Result, Subject};
use provost_store::{Change, Recorded, Tx, tables::tenants};

/// Suspends a tenant, so that every login, token and key of it is refused from the next request on, or resumes it. Operators may.
#[derive(Clone, Copy, Debug)]
pub struct SetTenantSuspended {
    /// Whether it is to be suspended.
    pub suspended: bool,
}

impl Command for SetTenantSuspended {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::operator(context)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let mut tenant = tenants::locked(change, context.tenant_id())
            .await?
            .ok_or(Error::Unknown(Noun::Tenant))?;
        if tenant.suspended == self.suspended {
            return change.unchanged(());
        }
        tenant.suspended = self.suspended;
        tenants::update(change, &tenant).await?;
        let action = if self.suspended {
            Action::TenantSuspended
        } else {
            Action::TenantResumed
        };
        change
            .record(
                context.entry(action, Subject::named(tenant.slug.as_str())),
                (),
            )
            .await
    }
}
