//! Revoking all app passwords of a user.

use super::create::subject;
use crate::{Command, Context, policy};
use provost_model::{Action, Denial, Error, Noun, Result, TokenScope, UserNumber};
use provost_store::{
    Change, Recorded, Tx,
    tables::{tokens, users},
};

/// Revokes all app passwords of a user: from the next request on they hold no longer. The password stays as it is.
///
/// # Errors
/// [`Noun::User`] unknown or out of reach; [`Denial::OwnAccount`]; operators' devices are their own business.
#[derive(Clone, Copy, Debug)]
pub struct WipeUser {
    /// The user.
    pub user: UserNumber,
}

impl Command for WipeUser {
    type Outcome = ();

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        context.require(TokenScope::Provision)?;
        let user = users::by_number(tx, context.tenant_id(), self.user)
            .await?
            .ok_or(Error::Unknown(Noun::User))?;
        if context.actor.user_in(user.tenant) == Some(user.number) {
            return Err(Error::Forbidden(Denial::OwnAccount));
        }
        policy::reach(context, tx, &user).await?;
        policy::operator_account(context, &user)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let user = users::by_number(change, context.tenant_id(), self.user)
            .await?
            .ok_or(Error::Unknown(Noun::User))?;
        if !tokens::delete_of_user(change, user.tenant, user.number).await? {
            return change.unchanged(());
        }
        change
            .record(context.entry(Action::UserWiped, subject(&user)), ())
            .await
    }
}
