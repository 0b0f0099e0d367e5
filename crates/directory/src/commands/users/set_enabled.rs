//! Enabling and disabling a user.

use super::{create::subject, last_administrator, last_operator};
use crate::{Command, Context, policy, user_by_number::locked_user};
use provost_model::{Action, Result, UserNumber};
use provost_store::{
    Change, Recorded, Tx,
    tables::{group_counts, users},
};

/// Enables or disables a user. A disabled one cannot log in, and its tokens hold no longer from the next request on.
///
/// # Errors
/// [`provost_model::Noun::User`] unknown or out of reach; [`provost_model::Denial::OwnAccount`]; the last administrator or operator.
#[derive(Clone, Copy, Debug)]
pub struct SetUserEnabled {
    /// The user.
    pub user: UserNumber,
    /// Whether it is to be enabled.
    pub enabled: bool,
}

impl Command for SetUserEnabled {
    type Outcome = ();

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        policy::other_account(context, tx, self.user).await?;
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let mut user = locked_user(context, change, self.user).await?;
        if user.enabled == self.enabled {
            return change.unchanged(());
        }
        if !self.enabled {
            last_administrator(change, &user).await?;
            last_operator(change, &user).await?;
        }
        user.enabled = self.enabled;
        user.changed_at = context.now;
        users::update(change, &user).await?;
        group_counts::shift_disabled(change, &user, if self.enabled { -1 } else { 1 }).await?;
        let action = if self.enabled {
            Action::UserEnabled
        } else {
            Action::UserDisabled
        };
        change
            .record(context.entry(action, subject(&user)), ())
            .await
    }
}
