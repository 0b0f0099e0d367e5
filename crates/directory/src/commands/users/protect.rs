//! What must always hold: a tenant keeps an enabled administrator, the deployment an enabled operator.

use provost_model::{Error, Group, Protection, Result, TenantId, User};
use provost_store::{
    Change,
    tables::{groups, memberships, tenants, users},
};

/// The first tenant, whose row stands for the deployment where two changes must not meet.
const FIRST_TENANT: TenantId = TenantId(1);

/// Refuses to lose the last enabled administrator of a tenant. The group's row is kept from others, so that two cannot go at once.
pub(crate) async fn last_administrator(change: &mut Change, user: &User) -> Result<()> {
    let Some(group) = groups::locked(change, user.tenant, Group::ADMINISTRATORS).await? else {
        return Ok(());
    };
    if user.enabled
        && memberships::is_member(change, user.tenant, group.number, user.number).await?
        && !memberships::has_other_enabled(change, user.tenant, group.number, user.number).await?
    {
        return Err(Error::Protected(Protection::LastAdministrator));
    }
    Ok(())
}

/// Refuses to lose the last enabled operator of the deployment.
pub(crate) async fn last_operator(change: &mut Change, user: &User) -> Result<()> {
    if !user.operator || !user.enabled {
        return Ok(());
    }
    tenants::locked(change, FIRST_TENANT).await?;
    if users::has_other_operator(change, user.tenant, user.number).await? {
        Ok(())
    } else {
        Err(Error::Protected(Protection::LastOperator))
    }
}
