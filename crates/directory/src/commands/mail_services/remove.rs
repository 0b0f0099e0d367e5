//! Forgetting a user that goes.

use provost_model::{Result, User};
use provost_store::{
    Change,
    tables::{external_ids, mail_services, msisdns},
};

/// Removes what mail services know of a user, and the ids that others gave it.
pub(crate) async fn remove(change: &mut Change, user: &User) -> Result<()> {
    let (tenant, number) = (user.tenant, user.number);
    if let Some(msisdn) = mail_services::get(change, tenant, number).await?.msisdn {
        msisdns::release(change, &msisdn, tenant, number).await?;
    }
    mail_services::delete(change, tenant, number).await?;
    external_ids::delete_of_user(change, tenant, number).await
}
