//! Ending an app password whose device has cleared itself.

use super::create::subject;
use crate::{Command, Context, Via};
use provost_model::{Action, Error, Noun, Result, TokenId};
use provost_store::{Change, Recorded, Tx, tables::tokens};

/// Ends an app password whose device was told to clear itself and has done so. Only the device can ask for it, by its secret.
///
/// # Errors
/// [`Noun::Token`] unknown, also if nobody asked the device to clear itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FinishWipe;

impl FinishWipe {
    fn token(context: &Context) -> Result<TokenId> {
        match context.actor.via {
            Via::AppPassword(id) => Ok(id),
            Via::Shell | Via::Nothing | Via::Password | Via::ApiKey(_) => {
                Err(Error::Unknown(Noun::Token))
            }
        }
    }
}

impl Command for FinishWipe {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        Self::token(context).map(|_| ())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let token = tokens::by_id(change, context.tenant_id(), Self::token(context)?)
            .await?
            .filter(|token| token.wiped_at.is_some())
            .ok_or(Error::Unknown(Noun::Token))?;
        tokens::delete(change, token.tenant, token.id).await?;
        let mut entry = context.entry(Action::TokenWiped, subject(&token));
        entry
            .details
            .insert("name".to_owned(), token.name.as_str().into());
        change.record(entry, ()).await
    }
}
