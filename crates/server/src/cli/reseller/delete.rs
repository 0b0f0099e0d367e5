//! `provost reseller delete`.

use super::find;
use crate::{
    cli::{output::Output, session::Session},
    failure::Result,
};
use clap::Args;
use provost_directory::commands::resellers::DeleteReseller;

/// Deletes a reseller; its tenants stay.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost reseller delete north")]
pub(super) struct Delete {
    /// The reseller
    name: String,
}

impl Delete {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let reseller = find(session, &self.name).await?;
        let command = DeleteReseller {
            reseller: reseller.id,
        };
        session.execute_for_deployment(&self.name, command).await?;
        output.line(format_args!("deleted reseller {}", reseller.name))
    }
}
