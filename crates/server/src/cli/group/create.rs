//! `provost group create`.

use super::Which;
use crate::{
    cli::{output::Output, session::Session},
    failure::Result,
};
use clap::Args;
use provost_directory::commands::groups::CreateGroup;
use provost_model::{DisplayName, GroupId};

/// Makes a group.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost group create staff --name 'All staff' --tenant acme")]
pub(super) struct Create {
    #[command(flatten)]
    which: Which,
    /// The name that people see; without one the id
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
}

impl Create {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let tenant = session.tenant(&self.which.tenant.tenant).await?;
        let id = &self.which.group;
        let command = CreateGroup {
            id: GroupId::parse(id)?,
            display_name: DisplayName::parse(self.name.as_deref().unwrap_or(id))?,
        };
        session.execute(&tenant, id, command).await?;
        output.line(format_args!("made group {id} in tenant {}", tenant.slug))
    }
}
