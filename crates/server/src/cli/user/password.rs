//! `provost user password`.

use super::Whom;
use crate::{
    cli::{output::Output, session::Session},
    failure::Result,
    password,
};
use clap::Args;
use provost_directory::commands::users::{EditUser, UserPatch};

/// Changes a user's password to the one on standard input. Its app passwords stay.
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  printf %s \"$PASSWORD\" | provost user password ada --tenant acme --password-stdin"
)]
pub(super) struct Password {
    #[command(flatten)]
    whom: Whom,
    /// Read the password from standard input: the one way to give it, since arguments are seen by other users of the machine
    #[arg(long, required = true)]
    password_stdin: bool,
}

impl Password {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let (tenant, user) = self.whom.find(session).await?;
        let patch = UserPatch {
            password: Some(password::for_user(password::from_stdin()?, &tenant)),
            ..UserPatch::default()
        };
        let command = EditUser {
            user: user.number,
            patch,
        };
        session.execute(&tenant, &self.whom.login, command).await?;
        output.line(format_args!("changed the password of user {}", user.login))
    }
}
