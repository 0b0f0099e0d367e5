//! Deleting a reseller.

use super::create::entry;
use crate::{Command, Context, policy};
use provost_model::{Action, Error, Noun, ResellerId, Result, fold};
use provost_store::{
    Change, Recorded, Tx,
    tables::{account_names, resellers, shared_mail_domains},
};

/// Deletes a reseller; its tenants stay. Operators may.
///
/// # Errors
/// [`Noun::Reseller`] unknown.
#[derive(Clone, Copy, Debug)]
pub struct DeleteReseller {
    /// The reseller.
    pub reseller: ResellerId,
}

impl Command for DeleteReseller {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::operator(context)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let reseller = resellers::by_id(change, self.reseller)
            .await?
            .ok_or(Error::Unknown(Noun::Reseller))?;
        account_names::release(change, &fold(&reseller.name)).await?;
        resellers::delete(change, reseller.id).await?;
        shared_mail_domains::delete_of_reseller(change, reseller.id).await?;
        change
            .record(entry(context, Action::ResellerDeleted, &reseller.name), ())
            .await
    }
}
