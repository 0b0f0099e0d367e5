//! `provost group delete`.

use super::Which;
use crate::{
    cli::{output::Output, session::Session},
    failure::Result,
};
use clap::Args;
use provost_directory::commands::groups::DeleteGroup;

/// Deletes a group; its members stay. The group `admin` cannot be deleted.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost group delete staff --tenant acme")]
pub(super) struct Delete {
    #[command(flatten)]
    which: Which,
}

impl Delete {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let (tenant, group) = self.which.find(session).await?;
        let command = DeleteGroup {
            group: group.id.clone(),
        };
        if let Some(left) = session.execute(&tenant, &self.which.group, command).await? {
            let context = session.context(&tenant)?;
            session.directory.sweep_group(&context, left).await?;
        }
        output.line(format_args!("deleted group {}", group.id))
    }
}
