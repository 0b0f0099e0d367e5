//! `provost tenant suspend` and `resume`.

use crate::{
    cli::{output::Output, session::Session},
    failure::Result,
};
use clap::Args;
use provost_directory::commands::tenants::SetTenantSuspended;

/// Suspends a tenant: all its logins, app passwords and keys are refused from the next request on.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost tenant suspend acme")]
pub(super) struct Suspend {
    /// The tenant
    slug: String,
}

/// Resumes a suspended tenant.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost tenant resume acme")]
pub(super) struct Resume {
    /// The tenant
    slug: String,
}

impl Suspend {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        set(session, output, &self.slug, true).await
    }
}

impl Resume {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        set(session, output, &self.slug, false).await
    }
}

async fn set(session: &Session, output: &mut Output, slug: &str, suspended: bool) -> Result<()> {
    let tenant = session.tenant(slug).await?;
    session
        .execute(&tenant, slug, SetTenantSuspended { suspended })
        .await?;
    let done = if suspended { "suspended" } else { "resumed" };
    output.line(format_args!("{done} tenant {}", tenant.slug))
}
