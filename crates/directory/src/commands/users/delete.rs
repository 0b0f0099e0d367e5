//! Deleting a user.

use super::{address, create::subject, last_administrator, last_operator};
use crate::{
    Command, Context,
    commands::{mail_services, password_links::void_links, webmail},
    policy,
    user_by_number::locked_user,
};
use provost_model::{Action, Result, User, UserNumber, fold};
use provost_store::{
    Change, Recorded, Tx,
    tables::{
        account_names, dialect_values, group_administrators, memberships, names, preferences,
        search, tokens, users,
    },
};

/// Deletes a user with its tokens, memberships and preferences. Its number is never given again.
///
/// # Errors
/// [`provost_model::Noun::User`] unknown or out of reach; [`provost_model::Denial::OwnAccount`]; the last administrator or operator.
#[derive(Clone, Copy, Debug)]
pub struct DeleteUser {
    /// The user.
    pub user: UserNumber,
}

impl Command for DeleteUser {
    type Outcome = ();

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        policy::other_account(context, tx, self.user).await?;
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let user = locked_user(context, change, self.user).await?;
        last_administrator(change, &user).await?;
        last_operator(change, &user).await?;
        remove_user(change, &user).await?;
        change
            .record(context.entry(Action::UserDeleted, subject(&user)), ())
            .await
    }
}

/// Removes all rows of a user.
pub(crate) async fn remove_user(change: &mut Change, user: &User) -> Result<()> {
    if let Some(address) = &user.address {
        address::release(change, user, address).await?;
    }
    names::release(change, user.tenant, &user.login.key(), user.number).await?;
    if user.operator {
        account_names::release(change, &fold(user.login.as_str())).await?;
    }
    memberships::delete_of_user(change, user).await?;
    group_administrators::delete_of_user(change, user.tenant, user.number).await?;
    tokens::delete_of_user(change, user.tenant, user.number).await?;
    void_links(change, user).await?;
    preferences::delete_of_user(change, user.tenant, user.number).await?;
    mail_services::remove(change, user).await?;
    webmail::remove(change, user).await?;
    dialect_values::delete_of_user(change, user.tenant, user.number).await?;
    search::remove(change, user.tenant, user.number).await?;
    users::delete(change, user.tenant, user.number).await
}
