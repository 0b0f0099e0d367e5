//! `provost group add-member` and `remove-member`.

use super::Which;
use crate::{
    cli::{output::Output, session::Session},
    failure::Result,
};
use clap::Args;
use provost_directory::commands::groups::{AddMember, RemoveMember};

/// Makes a user a member of a group. Members of the group `admin` administer the tenant.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost group add-member staff ada --tenant acme")]
pub(super) struct Add {
    #[command(flatten)]
    which: Which,
    /// The user
    login: String,
}

/// Takes a user out of a group. The last administrator of a tenant stays in the group `admin`.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost group remove-member staff ada --tenant acme")]
pub(super) struct Remove {
    #[command(flatten)]
    which: Which,
    /// The user
    login: String,
}

impl Add {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let (tenant, group) = self.which.find(session).await?;
        let user = session.user(&tenant, &self.login).await?;
        let command = AddMember {
            group: group.id.clone(),
            user: Some(user.number),
        };
        session.execute(&tenant, &self.login, command).await?;
        output.line(format_args!(
            "user {} is a member of group {}",
            user.login, group.id
        ))
    }
}

impl Remove {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let (tenant, group) = self.which.find(session).await?;
        let user = session.user(&tenant, &self.login).await?;
        let command = RemoveMember {
            group: group.id.clone(),
            user: Some(user.number),
        };
        session.execute(&tenant, &self.login, command).await?;
        output.line(format_args!(
            "user {} is no member of group {}",
            user.login, group.id
        ))
    }
}
