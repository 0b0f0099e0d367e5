//! Having all devices of a user cleared.

use super::create::subject;
use crate::{Command, Context, policy, user_by_number::user_by_number};
use provost_model::{Action, Result, UserNumber};
use provost_store::{Change, Recorded, Tx, tables::tokens};

/// Shuts all app passwords of a user: from the next request on they open nothing, and each device that still has one is told to clear
/// itself. The password stays as it is.
///
/// # Errors
/// [`provost_model::Noun::User`] unknown or out of reach; [`provost_model::Denial::OwnAccount`]; operators' devices are their own business.
#[derive(Clone, Copy, Debug)]
pub struct WipeUser {
    /// The user.
    pub user: UserNumber,
}

impl Command for WipeUser {
    type Outcome = ();

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        policy::other_account(context, tx, self.user).await?;
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let user = user_by_number(context, change, self.user).await?;
        if !tokens::wipe_of_user(change, user.tenant, user.number, context.now).await? {
            return change.unchanged(());
        }
        change
            .record(context.entry(Action::UserWiped, subject(&user)), ())
            .await
    }
}
