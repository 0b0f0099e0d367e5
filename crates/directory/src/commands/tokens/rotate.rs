//! Giving an app password another secret.

use super::create::subject;
use crate::{Command, Context, Secret, Via};
use provost_model::{Action, Error, Noun, Result};
use provost_store::{Change, Recorded, Tx, tables::tokens};

/// Gives the app password that the actor shows another secret. The one in use holds on until the new one is rotated, as clients keep
/// using it while they store the new one, and may lose an answer; both are revoked together.
///
/// # Errors
/// [`Noun::Token`] unknown if the actor shows no app password.
#[derive(Clone, Copy, Debug)]
pub struct RotateAppPassword {
    in_use: [u8; 32],
}

impl RotateAppPassword {
    /// The rotation asked for with this secret in use.
    #[must_use]
    pub fn of(in_use: &str) -> Self {
        Self {
            in_use: Secret::hash(in_use),
        }
    }
}

impl Command for RotateAppPassword {
    type Outcome = Secret;

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        match context.actor.via {
            Via::AppPassword(_) => Ok(()),
            Via::Shell | Via::Nothing | Via::Password | Via::ApiKey(_) => {
                Err(Error::Unknown(Noun::Token))
            }
        }
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<Secret>> {
        let Via::AppPassword(id) = context.actor.via else {
            return Err(Error::Unknown(Noun::Token));
        };
        // it may have been wiped since its secret was checked
        let token = tokens::by_id(change, context.tenant_id(), id)
            .await?
            .filter(|token| token.wiped_at.is_none())
            .ok_or(Error::Unknown(Noun::Token))?;
        let secret = Secret::from_random(context.secret());
        tokens::rotate(change, &token, &self.in_use, &Secret::hash(secret.expose())).await?;
        let mut entry = context.entry(Action::TokenRotated, subject(&token));
        entry
            .details
            .insert("name".to_owned(), token.name.as_str().into());
        change.record(entry, secret).await
    }
}
