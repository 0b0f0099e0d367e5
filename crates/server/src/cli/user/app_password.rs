//! `provost user app-password`, `app-passwords` and `revoke-app-password`.

use super::Whom;
use crate::{
    cli::{output::Output, session::Session, tokens},
    failure::Result,
};
use clap::Args;
use provost_directory::commands::tokens::CreateToken;

/// Makes an app password of a user and prints it, and nothing else, this once.
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  provost user app-password ada --tenant acme --name 'telephone'"
)]
pub(super) struct Create {
    #[command(flatten)]
    whom: Whom,
    /// What people call it
    #[arg(long, value_name = "TEXT")]
    name: String,
    #[command(flatten)]
    scopes: tokens::Scopes,
}

/// Lists a user's app passwords, without the passwords themselves, which nobody can see again.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost user app-passwords ada --tenant acme --json")]
pub(super) struct ListAppPasswords {
    #[command(flatten)]
    whom: Whom,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

/// Revokes an app password of a user: from the next request on it opens nothing.
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  provost user revoke-app-password ada 0198c0de-0000-7000-8000-000000000000 --tenant acme"
)]
pub(super) struct Revoke {
    #[command(flatten)]
    whom: Whom,
    /// The app password's id, as `provost user app-passwords` shows it
    id: String,
}

impl Create {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let scope = self.scopes.largest()?;
        let (tenant, user) = self.whom.find(session).await?;
        let command = CreateToken {
            user: Some(user.number),
            name: self.name,
            scope,
        };
        let created = session.execute(&tenant, &self.whom.login, command).await?;
        output.line(created.secret.expose())
    }
}

impl ListAppPasswords {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let (tenant, user) = self.whom.find(session).await?;
        tokens::list(session, output, tenant.id, Some(user.number), self.json).await
    }
}

impl Revoke {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let (tenant, user) = self.whom.find(session).await?;
        tokens::revoke(session, &tenant, Some(user.number), &self.id).await?;
        output.line(format_args!(
            "revoked app password {} of user {}",
            self.id, user.login
        ))
    }
}
