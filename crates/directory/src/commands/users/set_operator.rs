//! Making a user an operator, or no longer one.

use super::{create::subject, last_operator};
use crate::{Command, Context, policy, user_by_number::locked_user};
use provost_model::{Action, Error, Noun, Result, User, UserNumber, fold};
use provost_store::{
    Change, Recorded, Tx,
    tables::{
        account_names::{self, Account},
        users,
    },
};

/// Makes a user an operator of the deployment, or no longer one. Its login becomes a name of the deployment. The command line alone may.
///
/// # Errors
/// [`Noun::User`] unknown; [`Noun::AccountName`] taken by a reseller or another operator; the last operator.
#[derive(Clone, Copy, Debug)]
pub struct SetOperator {
    /// The user.
    pub user: UserNumber,
    /// Whether it is to be an operator.
    pub operator: bool,
}

impl Command for SetOperator {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::command_line(context)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let mut user = locked_user(context, change, self.user).await?;
        if user.operator == self.operator {
            return change.unchanged(());
        }
        if self.operator {
            claim_name(change, &user).await?;
        } else {
            last_operator(change, &user).await?;
            account_names::release(change, &fold(user.login.as_str())).await?;
        }
        user.operator = self.operator;
        user.changed_at = context.now;
        users::update(change, &user).await?;
        let mut entry = context.entry(Action::OperatorChanged, subject(&user));
        entry
            .details
            .insert("operator".to_owned(), self.operator.into());
        change.record(entry, ()).await
    }
}

/// Takes an operator's login as its name in the deployment.
pub(crate) async fn claim_name(change: &mut Change, user: &User) -> Result<()> {
    let account = Account::Operator(user.tenant, user.number);
    if account_names::claim(change, &fold(user.login.as_str()), account).await? {
        Ok(())
    } else {
        Err(Error::Taken(Noun::AccountName))
    }
}
