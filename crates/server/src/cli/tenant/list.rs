//! `provost tenant list`.

use crate::{
    cli::{
        output::{List, ListFormat, Output, Record, rfc3339},
        session::{PAGE, Session},
    },
    failure::Result,
};
use clap::Args;

/// Lists all tenants in the order of their slugs.
#[derive(Args, Debug)]
#[command(
    name = "list",
    after_help = "Example:\n  provost tenant list --json | jq -r '.[].slug'"
)]
pub(super) struct ListTenants {
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

impl ListTenants {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let columns = &["slug", "name", "context_id", "suspended", "created"];
        let mut list = List::new(output, ListFormat::of(self.json), columns);
        let mut after = String::new();
        loop {
            let page = session.directory.tenants(&after, PAGE).await?;
            let Some(last) = page.last() else {
                return list.end();
            };
            after = last.slug.as_str().to_owned();
            let records: Vec<Record> = page
                .iter()
                .map(|tenant| {
                    Record::new()
                        .with("slug", tenant.slug.as_str())
                        .with("name", tenant.name.as_str())
                        .with("context_id", tenant.context_id.get())
                        .with("suspended", tenant.suspended)
                        .with("created", rfc3339(tenant.created_at))
                })
                .collect();
            list.page(&records)?;
        }
    }
}
