//! `provost reseller list`.

use crate::{
    cli::{
        output::{List, ListFormat, Output, Record, rfc3339},
        session::{PAGE, Session},
    },
    failure::Result,
};
use clap::Args;

/// Lists all resellers in the order they were made.
#[derive(Args, Debug)]
#[command(name = "list", after_help = "Example:\n  provost reseller list --json")]
pub(super) struct ListResellers {
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

impl ListResellers {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let mut list = List::new(output, ListFormat::of(self.json), &["name", "created"]);
        let mut after = None;
        loop {
            let page = session.directory.resellers(after, PAGE).await?;
            let Some(last) = page.last() else {
                return list.end();
            };
            after = Some(last.id);
            let records: Vec<Record> = page
                .iter()
                .map(|reseller| {
                    Record::new()
                        .with("name", reseller.name.as_str())
                        .with("created", rfc3339(reseller.created_at))
                })
                .collect();
            list.page(&records)?;
        }
    }
}
