//! `provost group list`.

use crate::{
    cli::{
        output::{List, ListFormat, Output, Record, rfc3339},
        session::{PAGE, Session},
        user::Where,
    },
    failure::Result,
};
use clap::Args;

/// Lists the groups of a tenant in the order of their ids.
#[derive(Args, Debug)]
#[command(
    name = "list",
    after_help = "Example:\n  provost group list --tenant acme --search staff"
)]
pub(super) struct ListGroups {
    #[command(flatten)]
    tenant: Where,
    /// Only those whose id or display name holds this text
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

impl ListGroups {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let tenant = session.tenant(&self.tenant.tenant).await?;
        let directory = &session.directory;
        let columns = &["id", "display_name", "members", "created"];
        let mut list = List::new(output, ListFormat::of(self.json), columns);
        let mut after = String::new();
        loop {
            let page = directory
                .groups(tenant.id, self.search.as_deref(), &after, PAGE, 0)
                .await?;
            let Some(last) = page.last() else {
                return list.end();
            };
            after = last.id.as_str().to_owned();
            let records: Vec<Record> = directory
                .with_counts(tenant.id, page)
                .await?
                .iter()
                .map(|details| {
                    Record::new()
                        .with("id", details.group.id.as_str())
                        .with("display_name", details.group.display_name.as_str())
                        .with("members", details.count.members)
                        .with("created", rfc3339(details.group.created_at))
                })
                .collect();
            list.page(&records)?;
        }
    }
}
