//! `provost user invite`.

use super::Whom;
use crate::{
    cli::{output::Output, session::Session},
    failure::{Failure, Result},
};
use clap::Args;

/// Sends a user the welcome mail, with a new link to set its password.
///
/// The link takes the place of any before. It is in the mail alone: it is not printed. PROVOST_MAIL_SERVER and the settings beside it
/// say how mails are sent; `provost help serve` lists them.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost user invite ada --tenant acme")]
pub(super) struct Invite {
    #[command(flatten)]
    whom: Whom,
}

impl Invite {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let welcomer = session.welcomer()?;
        let (tenant, user) = self.whom.find(session).await?;
        welcomer
            .send(session.context(&tenant)?, user.number)
            .await
            .map_err(|reason| Failure::refused(format_args!("{}: {reason}", user.login)))?;
        output.line(format_args!("sent the welcome mail to user {}", user.login))
    }
}
