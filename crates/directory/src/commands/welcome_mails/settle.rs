//! What becomes of a welcome mail that was taken.

use super::claim::later;
use crate::{Command, Context};
use provost_model::Result;
use provost_store::{
    Change, Recorded, Tx,
    tables::welcome_mails::{self, WaitingMail},
};
use std::time::Duration;

/// Settles a mail that was taken.
#[derive(Clone, Copy, Debug)]
pub struct SettleWelcomeMail {
    /// The mail as it was taken.
    pub mail: WaitingMail,
    /// What becomes of it.
    pub settlement: Settlement,
}

/// What becomes of a mail that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// It was sent, or never will be.
    Done,
    /// It is tried again after this time.
    Again(Duration),
}

impl Command for SettleWelcomeMail {
    type Outcome = ();

    async fn check(&self, _context: &Context, _tx: &mut Tx) -> Result<()> {
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        match self.settlement {
            Settlement::Done => {
                welcome_mails::delete(change, self.mail.tenant, self.mail.user).await?;
            }
            Settlement::Again(time) => {
                welcome_mails::postpone(change, &self.mail, later(context.now, time)).await?;
            }
        }
        Ok(change.upkeep(()))
    }
}
