//! Taking a welcome mail to send it.

use crate::{Command, Context};
use provost_model::{Result, Timestamp};
use provost_store::{
    Change, Recorded, Tx,
    tables::welcome_mails::{self, WaitingMail},
};
use std::time::Duration;

/// Takes a waiting mail to send it; none if another node has taken it. Whoever took it and died leaves it due again after the time.
#[derive(Clone, Copy, Debug)]
pub struct ClaimWelcomeMail {
    /// The mail as it was found.
    pub mail: WaitingMail,
    /// How long it is kept from others.
    pub time: Duration,
}

impl Command for ClaimWelcomeMail {
    type Outcome = Option<WaitingMail>;

    async fn check(&self, _context: &Context, _tx: &mut Tx) -> Result<()> {
        Ok(())
    }

    async fn run(
        &self,
        context: &Context,
        change: &mut Change,
    ) -> Result<Recorded<Option<WaitingMail>>> {
        let until = later(context.now, self.time);
        if !welcome_mails::claim(change, &self.mail, until).await? {
            return change.unchanged(None);
        }
        Ok(change.upkeep(Some(WaitingMail {
            attempts: self.mail.attempts.saturating_add(1),
            due_at: until,
            ..self.mail
        })))
    }
}

/// The moment this much later.
pub(super) fn later(now: Timestamp, time: Duration) -> Timestamp {
    Timestamp(
        now.0
            .saturating_add(i64::try_from(time.as_micros()).unwrap_or(i64::MAX)),
    )
}
