//! `provost user delete`.

use super::Whom;
use crate::{
    cli::{output::Output, session::Session},
    failure::Result,
};
use clap::Args;
use provost_directory::commands::users::DeleteUser;

/// Deletes a user with its app passwords, memberships and preferences.
///
/// The last administrator of a tenant and the last operator cannot be deleted.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost user delete ada --tenant acme")]
pub(super) struct Delete {
    #[command(flatten)]
    whom: Whom,
}

impl Delete {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let (tenant, user) = self.whom.find(session).await?;
        let command = DeleteUser { user: user.number };
        session.execute(&tenant, &self.whom.login, command).await?;
        output.line(format_args!("deleted user {}", user.login))
    }
}
