//! `provost group appoint` and `dismiss`.

use super::Which;
use crate::{
    cli::{output::Output, session::Session},
    failure::Result,
};
use clap::Args;
use provost_directory::commands::groups::{AppointGroupAdministrator, DismissGroupAdministrator};

/// Appoints a user as administrator of a group: it may manage the group's members.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost group appoint staff ada --tenant acme")]
pub(super) struct Appoint {
    #[command(flatten)]
    which: Which,
    /// The user
    login: String,
}

/// Dismisses a user as administrator of a group.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost group dismiss staff ada --tenant acme")]
pub(super) struct Dismiss {
    #[command(flatten)]
    which: Which,
    /// The user
    login: String,
}

impl Appoint {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let (tenant, group) = self.which.find(session).await?;
        let user = session.user(&tenant, &self.login).await?;
        let command = AppointGroupAdministrator {
            group: group.id.clone(),
            user: Some(user.number),
        };
        session.execute(&tenant, &self.login, command).await?;
        output.line(format_args!(
            "user {} administers group {}",
            user.login, group.id
        ))
    }
}

impl Dismiss {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let (tenant, group) = self.which.find(session).await?;
        let user = session.user(&tenant, &self.login).await?;
        let command = DismissGroupAdministrator {
            group: group.id.clone(),
            user: Some(user.number),
        };
        session.execute(&tenant, &self.login, command).await?;
        output.line(format_args!(
            "user {} no longer administers group {}",
            user.login, group.id
        ))
    }
}
