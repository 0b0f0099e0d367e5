//! Noting that a user signed in.

use super::create::subject;
use crate::{Command, Context, user_by_number::user_by_number};
use provost_model::{Action, Result, UserNumber};
use provost_store::{Change, Recorded, Tx, tables::users};

/// Notes that the actor signed in. Asked for by the authentication alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordSignIn {
    /// The user.
    pub(crate) user: UserNumber,
}

impl Command for RecordSignIn {
    type Outcome = ();

    async fn check(&self, _context: &Context, _tx: &mut Tx) -> Result<()> {
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let user = user_by_number(context, change, self.user).await?;
        users::sign_in(change, user.tenant, user.number, context.now).await?;
        change
            .record(context.entry(Action::UserSignedIn, subject(&user)), ())
            .await
    }
}
