//! `provost key create`.

use crate::{
    cli::{output::Output, session::Session, tokens},
    failure::Result,
};
use clap::Args;
use provost_directory::commands::tokens::CreateToken;

/// Makes an API key of a tenant and prints the key, and nothing else, this once.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  KEY=$(provost key create --tenant acme --name shop)")]
pub(super) struct Create {
    /// The tenant that it opens
    #[arg(long, value_name = "SLUG")]
    tenant: String,
    /// What people call it
    #[arg(long, value_name = "TEXT", default_value = "")]
    name: String,
    #[command(flatten)]
    scopes: tokens::Scopes,
}

impl Create {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let scope = self.scopes.largest()?;
        let tenant = session.tenant(&self.tenant).await?;
        let command = CreateToken {
            user: None,
            name: self.name,
            scope,
        };
        let created = session.execute(&tenant, &self.tenant, command).await?;
        output.line(created.secret.expose())
    }
}
