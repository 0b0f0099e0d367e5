//! Making a link by which a user sets its password.

use crate::{
    Command, Context, Secret,
    commands::users::subject,
    policy,
    user_by_number::{locked_user, user_by_number},
};
use provost_model::{Action, Result, Timestamp, TokenScope, User, UserNumber};
use provost_store::{
    Change, Recorded, Tx,
    tables::{
        password_links::{self, PasswordLink},
        welcome_mails,
    },
};
use std::time::Duration;

/// Makes a link by which a user sets its password, in the place of any before. Whoever may set the user's password may.
///
/// # Errors
/// [`provost_model::Noun::User`] unknown or out of reach; [`provost_model::Denial::Scope`]; [`provost_model::Denial::OperatorAccount`].
#[derive(Clone, Copy, Debug)]
pub struct IssuePasswordLink {
    /// The user.
    pub user: UserNumber,
    /// How long it holds.
    pub lifetime: Duration,
}

/// A link that was made.
#[derive(Clone, Debug)]
pub struct IssuedPasswordLink {
    /// Its secret, which nobody can see again.
    pub secret: Secret,
    /// From when on it holds no longer.
    pub expires_at: Timestamp,
    /// The user as it was then.
    pub user: User,
}

impl IssuePasswordLink {
    fn expires_at(&self, now: Timestamp) -> Timestamp {
        let micros = i64::try_from(self.lifetime.as_micros()).unwrap_or(i64::MAX);
        Timestamp(now.0.saturating_add(micros))
    }
}

impl Command for IssuePasswordLink {
    type Outcome = IssuedPasswordLink;

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        context.require(TokenScope::Provision)?;
        let user = user_by_number(context, tx, self.user).await?;
        let reach = policy::reach(context, tx, &user).await?;
        policy::operator_account(context, &user)?;
        if !reach.own {
            policy::administrator_account(context, tx, &user).await?;
        }
        Ok(())
    }

    async fn run(
        &self,
        context: &Context,
        change: &mut Change,
    ) -> Result<Recorded<IssuedPasswordLink>> {
        // the user's row is kept from others, so that two links made at once leave one
        let user = locked_user(context, change, self.user).await?;
        let secret = Secret::from_random(context.secret());
        let link = PasswordLink {
            tenant: user.tenant,
            user: user.number,
            expires_at: self.expires_at(context.now),
        };
        let hash = Secret::hash(secret.expose());
        password_links::replace(change, &link, &hash, context.now).await?;
        let mut entry = context.entry(Action::PasswordLinkIssued, subject(&user));
        entry
            .details
            .insert("expires_at".to_owned(), link.expires_at.0.into());
        let issued = IssuedPasswordLink {
            secret,
            expires_at: link.expires_at,
            user,
        };
        change.record(entry, issued).await
    }
}

/// Makes every link of a user void, and calls off the welcome mail that would bring it another: what they are for is done or has changed.
pub(crate) async fn void_links(change: &mut Change, user: &User) -> Result<()> {
    password_links::delete_of_user(change, user.tenant, user.number).await?;
    welcome_mails::delete(change, user.tenant, user.number).await
}
