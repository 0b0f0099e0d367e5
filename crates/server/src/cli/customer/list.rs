//! `provost customer list`.

use crate::{
    cli::{
        output::{List, ListFormat, Output, Record, rfc3339},
        session::{PAGE, Session},
    },
    failure::Result,
};
use clap::Args;

/// Lists the customers of a partner, in the order of the partner's own ids.
#[derive(Args, Debug)]
#[command(
    name = "list",
    after_help = "Example:\n  provost customer list --tenant shop"
)]
pub(super) struct ListCustomers {
    /// The partner: the tenant that its keys are of
    #[arg(long, value_name = "SLUG")]
    tenant: String,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

impl ListCustomers {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let partner = session.tenant(&self.tenant).await?.id;
        let columns = &["id", "tenant", "created"];
        let mut list = List::new(output, ListFormat::of(self.json), columns);
        let mut after = String::new();
        loop {
            let page = session.directory.customers(partner, &after, PAGE).await?;
            let Some((last, _)) = page.last() else {
                break;
            };
            after = last.remote_id.as_str().to_owned();
            let records: Vec<Record> = page
                .iter()
                .map(|(customer, slug)| {
                    Record::new()
                        .with("id", customer.remote_id.as_str())
                        .with("tenant", slug.as_str())
                        .with("created", rfc3339(customer.created_at))
                })
                .collect();
            list.page(&records)?;
        }
        list.end()
    }
}
