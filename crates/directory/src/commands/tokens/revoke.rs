//! Revoking an app password or API key.

use super::create::subject;
use crate::{Command, Context, Via, policy};
use provost_model::{Action, Error, Noun, Result, TokenId, TokenKind, TokenScope};
use provost_store::{
    Change, Recorded, Tx,
    tables::{tokens, users},
};

/// Revokes an app password or API key: from the next request on it holds no longer. A token may revoke itself.
///
/// # Errors
/// [`Denial::Scope`](provost_model::Denial::Scope); [`Noun::Token`] unknown, also where the actor may not know of it; operators' tokens are their own business.
#[derive(Clone, Copy, Debug)]
pub struct RevokeToken {
    /// The token.
    pub id: TokenId,
}

impl Command for RevokeToken {
    type Outcome = ();

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        let token = tokens::by_id(tx, context.tenant_id(), self.id)
            .await?
            .ok_or(Error::Unknown(Noun::Token))?;
        if matches!(context.actor.via, Via::AppPassword(own) | Via::ApiKey(own) if own == self.id) {
            return Ok(());
        }
        let TokenKind::AppPassword(number) = token.kind else {
            policy::administrator(context)?;
            return context.require(TokenScope::Admin);
        };
        context.require(TokenScope::Provision)?;
        let user = users::by_number(tx, context.tenant_id(), number)
            .await?
            .ok_or(Error::Unknown(Noun::Token))?;
        policy::reach(context, tx, &user)
            .await
            .map_err(|_| Error::Unknown(Noun::Token))?;
        policy::operator_account(context, &user)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let token = tokens::by_id(change, context.tenant_id(), self.id)
            .await?
            .ok_or(Error::Unknown(Noun::Token))?;
        tokens::delete(change, token.tenant, token.id).await?;
        let mut entry = context.entry(Action::TokenRevoked, subject(&token));
        entry
            .details
            .insert("name".to_owned(), token.name.as_str().into());
        change.record(entry, ()).await
    }
}
