//! `provost domain remove`.

use crate::{
    cli::{output::Output, session::Session},
    failure::Result,
};
use clap::Args;
use provost_directory::commands::domains::RemoveDomain;
use provost_model::DomainName;

/// Takes a mail domain away from its tenant. Refused while users of the tenant hold addresses in it.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost domain remove acme.example --tenant acme")]
pub(super) struct Remove {
    /// The domain
    domain: String,
    /// The tenant
    #[arg(long, value_name = "SLUG")]
    tenant: String,
}

impl Remove {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let tenant = session.tenant(&self.tenant).await?;
        let command = RemoveDomain {
            domain: DomainName::parse(&self.domain)?,
        };
        session.execute(&tenant, &self.domain, command).await?;
        output.line(format_args!(
            "removed domain {} from tenant {}",
            self.domain, tenant.slug
        ))
    }
}
