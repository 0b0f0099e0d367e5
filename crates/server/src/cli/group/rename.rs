//! `provost group rename`.

use super::Which;
use crate::{
    cli::{output::Output, session::Session},
    failure::Result,
};
use clap::Args;
use provost_directory::commands::groups::RenameGroup;
use provost_model::DisplayName;

/// Gives a group another display name. Its id stays.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost group rename staff --name 'Everybody' --tenant acme")]
pub(super) struct Rename {
    #[command(flatten)]
    which: Which,
    /// Its new display name
    #[arg(long, value_name = "TEXT")]
    name: String,
}

impl Rename {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let (tenant, group) = self.which.find(session).await?;
        let command = RenameGroup {
            group: group.id.clone(),
            display_name: DisplayName::parse(&self.name)?,
        };
        session.execute(&tenant, &self.which.group, command).await?;
        output.line(format_args!("renamed group {}", group.id))
    }
}
