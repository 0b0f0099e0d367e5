//! `provost key list`.

use crate::{
    cli::{output::Output, session::Session, tokens},
    failure::Result,
};
use clap::Args;

/// Lists the API keys of a tenant, without the keys themselves, which nobody can see again.
#[derive(Args, Debug)]
#[command(
    name = "list",
    after_help = "Example:\n  provost key list --tenant acme"
)]
pub(super) struct ListKeys {
    /// The tenant
    #[arg(long, value_name = "SLUG")]
    tenant: String,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

impl ListKeys {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let tenant = session.tenant(&self.tenant).await?;
        tokens::list(session, output, tenant.id, None, self.json).await
    }
}
