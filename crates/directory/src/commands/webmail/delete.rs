//! Taking a webmail account away.

use crate::{Command, Context, commands::users::subject, policy, user_by_number::locked_user};
use provost_model::{Action, Error, Noun, Result, User, UserNumber};
use provost_store::{
    Change, Recorded, Tx,
    tables::{mailboxes, webmail_accounts, webmail_counts},
};

/// Deletes the webmail account of a user; the user and its address stay. Administrators of the tenant may.
///
/// # Errors
/// [`Noun::User`] unknown or out of reach; [`Noun::Webmail`] unknown.
#[derive(Clone, Copy, Debug)]
pub struct DeleteWebmail {
    /// The user.
    pub user: UserNumber,
}

impl Command for DeleteWebmail {
    type Outcome = ();

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        policy::administered_user(context, tx, self.user).await?;
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let user = locked_user(context, change, self.user).await?;
        if !remove_account(change, &user).await? {
            return Err(Error::Unknown(Noun::Webmail));
        }
        change
            .record(context.entry(Action::WebmailDeleted, subject(&user)), ())
            .await
    }
}

/// Removes a user's webmail account and counts it no longer; false if there is none.
async fn remove_account(change: &mut Change, user: &User) -> Result<bool> {
    let Some(account) = webmail_accounts::locked(change, user.tenant, user.number).await? else {
        return Ok(false);
    };
    webmail_accounts::delete(change, user.tenant, user.number).await?;
    webmail_counts::release(change, &account.domain, &account.kind).await?;
    Ok(true)
}

/// Removes the webmail account and mailbox of a user that goes.
pub(crate) async fn remove(change: &mut Change, user: &User) -> Result<()> {
    remove_account(change, user).await?;
    mailboxes::delete(change, user.tenant, user.number).await
}
