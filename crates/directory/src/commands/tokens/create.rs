//! Making an app password or API key.

use crate::{
    Command, Context, Secret, Via, policy, text::storable, user_by_number::user_by_number,
};
use provost_model::{
    Action, Denial, Error, Field, Noun, Result, Subject, Token, TokenId, TokenKind, TokenScope,
    UserNumber,
};
use provost_store::{Change, Recorded, Tx, tables::tokens};

/// Makes an app password of a user, or an API key of the tenant. Users make their own; administrators make keys; operators all.
///
/// # Errors
/// [`Noun::User`] unknown or out of reach; [`Denial::Scope`] for a scope beyond the actor's; app passwords make no app passwords.
#[derive(Clone, Debug)]
pub struct CreateToken {
    /// The user, for an app password; none for an API key.
    pub user: Option<UserNumber>,
    /// What people call it.
    pub name: String,
    /// What it may do.
    pub scope: TokenScope,
}

/// A token that was made.
#[derive(Clone, Debug)]
pub struct CreatedToken {
    /// Its id.
    pub id: TokenId,
    /// Its secret, which nobody can see again.
    pub secret: Secret,
}

impl Command for CreateToken {
    type Outcome = CreatedToken;

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        if matches!(context.actor.via, Via::AppPassword(_) | Via::ApiKey(_)) {
            return Err(Error::Forbidden(Denial::Scope));
        }
        storable(Field::Name, &self.name)?;
        // what only operators may do, only operators hand out
        if matches!(self.scope, TokenScope::Operator | TokenScope::Partner) && self.user.is_none() {
            policy::operator(context)?;
        }
        match self.user {
            None => policy::administrator(context),
            Some(number) => {
                let user = user_by_number(context, tx, number).await?;
                let own = context.actor.user_in(user.tenant) == Some(number);
                if context.actor.is_operator() {
                    Ok(())
                } else if own {
                    may_hold(context, self.scope)
                } else {
                    Err(Error::OutOfReach(Noun::User))
                }
            }
        }
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<CreatedToken>> {
        let secret = Secret::from_random(context.secret());
        let token = Token {
            id: TokenId(context.new_id()),
            tenant: context.tenant_id(),
            kind: self.user.map_or(TokenKind::ApiKey, TokenKind::AppPassword),
            name: self.name.clone(),
            scope: self.scope,
            created_at: context.now,
            wiped_at: None,
        };
        tokens::insert(change, &token, &Secret::hash(secret.expose())).await?;
        let mut entry = context.entry(Action::TokenCreated, subject(&token));
        entry
            .details
            .insert("name".to_owned(), self.name.as_str().into());
        entry
            .details
            .insert("scope".to_owned(), self.scope.name().into());
        change
            .record(
                entry,
                CreatedToken {
                    id: token.id,
                    secret,
                },
            )
            .await
    }
}

/// Refuses a scope beyond what the account itself may: it would widen when the account's rights do.
fn may_hold(context: &Context, scope: TokenScope) -> Result<()> {
    match scope {
        TokenScope::Read | TokenScope::Provision => Ok(()),
        TokenScope::Admin => {
            if context.actor.is_administrator(context.tenant_id()) {
                Ok(())
            } else {
                Err(Error::Forbidden(Denial::NotAdministrator))
            }
        }
        TokenScope::Operator | TokenScope::Partner => policy::operator(context),
    }
}

/// A token as the subject of an entry: its id, and its user's number if it has one.
pub(super) fn subject(token: &Token) -> Subject {
    Subject {
        name: token.id.0.to_string(),
        number: match token.kind {
            TokenKind::AppPassword(user) => Some(user.0),
            TokenKind::ApiKey => None,
        },
    }
}
