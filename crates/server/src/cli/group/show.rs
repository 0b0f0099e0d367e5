//! `provost group show`.

use super::Which;
use crate::{
    cli::{
        output::{Output, Record, rfc3339},
        session::Session,
    },
    failure::Result,
};
use clap::Args;

/// Shows a group with its administrators. `provost user list --group` lists its members.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost group show staff --tenant acme --json")]
pub(super) struct Show {
    #[command(flatten)]
    which: Which,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

impl Show {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let (tenant, group) = self.which.find(session).await?;
        let directory = &session.directory;
        let administrators = directory.administrators_of(tenant.id, group.number).await?;
        for details in directory.with_counts(tenant.id, vec![group]).await? {
            let record = Record::new()
                .with("id", details.group.id.as_str())
                .with("tenant", tenant.slug.as_str())
                .with("display_name", details.group.display_name.as_str())
                .with("members", details.count.members)
                .with("disabled_members", details.count.disabled)
                .with("administrators", administrators.as_slice())
                .with("created", rfc3339(details.group.created_at));
            output.show(&record, self.json)?;
        }
        Ok(())
    }
}
