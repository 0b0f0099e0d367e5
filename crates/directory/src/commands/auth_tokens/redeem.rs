//! Redeeming an authToken.

use crate::{ActorKind, Command, Context, commands::users::subject, credentials::AuthToken};
use provost_model::{Action, Denial, Error, Noun, Result, TokenScope, User};
use provost_store::{
    Change, Recorded, Tx,
    tables::{spent_auth_tokens, users},
};

/// How many expired tokens one redemption forgets.
const FORGOTTEN_AT_ONCE: i64 = 16;

/// Redeems an authToken that was opened: once, while it has not expired, the user is enabled and has the password that it had. API keys
/// of the tenant may. Asked for by [`Directory::redeem_auth_token`](crate::Directory::redeem_auth_token).
///
/// # Errors
/// [`Noun::AuthToken`] unknown.
#[derive(Clone, Debug)]
pub(crate) struct RedeemAuthToken {
    /// What the token says; none if it was not sealed here.
    pub(crate) token: Option<AuthToken>,
}

/// The user for whom an authToken stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthTokenOwner {
    /// The user.
    pub user: User,
}

impl Command for RedeemAuthToken {
    type Outcome = AuthTokenOwner;

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        context.require(TokenScope::Read)?;
        if matches!(context.actor.kind, ActorKind::Key { .. }) {
            Ok(())
        } else {
            Err(Error::Forbidden(Denial::NotAdministrator))
        }
    }

    async fn run(
        &self,
        context: &Context,
        change: &mut Change,
    ) -> Result<Recorded<AuthTokenOwner>> {
        let unknown = || Error::Unknown(Noun::AuthToken);
        let token = self
            .token
            .as_ref()
            .filter(|token| token.tenant == context.tenant_id() && token.expires_at > context.now)
            .ok_or_else(unknown)?;
        let user = users::locked(change, token.tenant, token.user)
            .await?
            .filter(|user| user.enabled && token.password_is(user))
            .ok_or_else(unknown)?;
        if !spent_auth_tokens::spend(change, token.tenant, &token.nonce, token.expires_at).await? {
            return Err(unknown());
        }
        spent_auth_tokens::delete_expired(change, context.now, FORGOTTEN_AT_ONCE).await?;
        let entry = context.entry(Action::AuthTokenRedeemed, subject(&user));
        change.record(entry, AuthTokenOwner { user }).await
    }
}
