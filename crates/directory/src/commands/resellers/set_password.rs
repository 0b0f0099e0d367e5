//! Changing a reseller's password.

use super::create::entry;
use crate::{Command, Context, NewPassword, policy};
use provost_model::{Action, Error, Noun, ResellerId, Result};
use provost_store::{Change, Recorded, Tx, tables::resellers};

/// Changes a reseller's password. Operators may.
///
/// # Errors
/// [`Noun::Reseller`] unknown; a password that breaks its policy.
#[derive(Clone, Debug)]
pub struct SetResellerPassword {
    /// The reseller.
    pub reseller: ResellerId,
    /// Its new password.
    pub password: NewPassword,
}

impl Command for SetResellerPassword {
    type Outcome = ();

    fn password(&mut self) -> Option<&mut NewPassword> {
        Some(&mut self.password)
    }

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        policy::operator(context)?;
        let reseller = resellers::by_id(tx, self.reseller)
            .await?
            .ok_or(Error::Unknown(Noun::Reseller))?;
        self.password.check(&reseller.name).map_err(Error::from)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let reseller = resellers::by_id(change, self.reseller)
            .await?
            .ok_or(Error::Unknown(Noun::Reseller))?;
        resellers::set_password(change, reseller.id, self.password.hashed()?).await?;
        change
            .record(
                entry(context, Action::ResellerPasswordChanged, &reseller.name),
                (),
            )
            .await
    }
}
