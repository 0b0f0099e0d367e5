//! `provost key revoke`.

use crate::{
    cli::{output::Output, session::Session, tokens},
    failure::Result,
};
use clap::Args;

/// Revokes an API key: from the next request on it opens nothing.
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  provost key revoke 0198c0de-0000-7000-8000-000000000000 --tenant acme"
)]
pub(super) struct Revoke {
    /// The key's id, as `provost key list` shows it
    id: String,
    /// The tenant
    #[arg(long, value_name = "SLUG")]
    tenant: String,
}

impl Revoke {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let tenant = session.tenant(&self.tenant).await?;
        tokens::revoke(session, &tenant, None, &self.id).await?;
        output.line(format_args!("revoked key {}", self.id))
    }
}
