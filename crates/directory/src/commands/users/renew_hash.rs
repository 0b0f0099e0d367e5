//! Renewing the hash of a password.

use crate::{Command, Context, policy};
use provost_model::{Result, UserNumber};
use provost_store::{Change, Recorded, Tx, tables::users};

/// Puts a new hash of a user's password in the place of an old one of the same password. False if the user has another hash by now:
/// somebody set a password, or another login renewed it first. Asked for by the authentication alone.
#[derive(Clone, Debug)]
pub(crate) struct RenewHash {
    /// The user.
    pub(crate) user: UserNumber,
    /// The hash that the password was checked against.
    pub(crate) old: String,
    /// The new hash.
    pub(crate) new: String,
}

impl Command for RenewHash {
    type Outcome = bool;

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::server(context)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<bool>> {
        let tenant = context.tenant_id();
        let renewed = users::renew_hash(change, tenant, self.user, &self.old, &self.new).await?;
        // the password stays the same
        Ok(change.upkeep(renewed))
    }
}
