//! `provost reseller assign` and `unassign`.

use super::find;
use crate::{
    cli::{output::Output, session::Session},
    failure::Result,
};
use clap::Args;
use provost_directory::commands::resellers::AssignTenant;

/// Gives a reseller a tenant to administer.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost reseller assign north acme")]
pub(super) struct Assign {
    /// The reseller
    name: String,
    /// The tenant
    #[arg(value_name = "SLUG")]
    tenant: String,
}

/// Takes a tenant from a reseller.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost reseller unassign north acme")]
pub(super) struct Unassign {
    /// The reseller
    name: String,
    /// The tenant
    #[arg(value_name = "SLUG")]
    tenant: String,
}

impl Assign {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        set(session, &self.name, &self.tenant, true).await?;
        output.line(format_args!(
            "reseller {} has tenant {}",
            self.name, self.tenant
        ))
    }
}

impl Unassign {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        set(session, &self.name, &self.tenant, false).await?;
        output.line(format_args!(
            "reseller {} has tenant {} no longer",
            self.name, self.tenant
        ))
    }
}

async fn set(session: &Session, name: &str, tenant: &str, assigned: bool) -> Result<()> {
    let reseller = find(session, name).await?;
    let tenant = session.tenant(tenant).await?;
    let command = AssignTenant {
        reseller: reseller.id,
        assigned,
    };
    session.execute(&tenant, name, command).await
}
