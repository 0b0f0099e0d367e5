//! `provost tenant delete`.

use crate::{
    cli::{output::Output, session::Session},
    failure::{Failure, Result},
};
use clap::Args;
use provost_directory::commands::tenants::DeleteTenant;

/// Deletes a tenant with all its users, groups, domains and keys.
///
/// From the next request on nothing of it can be reached; then its rows are cleared away, in small steps. The tenant `default`, and
/// a tenant with operators among its users, cannot be deleted.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost tenant delete acme --yes")]
pub(super) struct Delete {
    /// The tenant
    slug: String,
    /// Really delete it: there is no way back
    #[arg(long)]
    yes: bool,
}

impl Delete {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let tenant = session.tenant(&self.slug).await?;
        if !self.yes {
            return Err(Failure::refused(format_args!(
                "{}: deleting a tenant deletes all it holds, and there is no way back; repeat with --yes",
                self.slug
            )));
        }
        let id = session.execute(&tenant, &self.slug, DeleteTenant).await?;
        let context = session.context(&tenant)?;
        session.directory.sweep_tenant(&context, id).await?;
        output.line(format_args!("deleted tenant {}", tenant.slug))
    }
}
