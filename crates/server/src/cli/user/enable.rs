//! `provost user enable` and `disable`.

use super::Whom;
use crate::{
    cli::{output::Output, session::Session},
    failure::Result,
};
use clap::Args;
use provost_directory::commands::users::SetUserEnabled;

/// Enables a user.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost user enable ada --tenant acme")]
pub(super) struct Enable {
    #[command(flatten)]
    whom: Whom,
}

/// Disables a user: its logins and app passwords are refused from the next request on.
///
/// The last administrator of a tenant and the last operator cannot be disabled.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost user disable ada --tenant acme")]
pub(super) struct Disable {
    #[command(flatten)]
    whom: Whom,
}

impl Enable {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        set(session, output, &self.whom, true).await
    }
}

impl Disable {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        set(session, output, &self.whom, false).await
    }
}

async fn set(session: &Session, output: &mut Output, whom: &Whom, enabled: bool) -> Result<()> {
    let (tenant, user) = whom.find(session).await?;
    let command = SetUserEnabled {
        user: user.number,
        enabled,
    };
    session.execute(&tenant, &whom.login, command).await?;
    let done = if enabled { "enabled" } else { "disabled" };
    output.line(format_args!("{done} user {}", user.login))
}
