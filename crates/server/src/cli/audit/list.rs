//! `provost audit list`.

use crate::{
    cli::{
        journals::{Journal, Journals},
        output::{List, ListFormat, Output, Record, rfc3339, since},
        session::{PAGE, Session},
    },
    failure::{Failure, Result},
};
use clap::Args;
use provost_directory::Directory;
use provost_model::{EntryId, StoredEntry, Timestamp};
use serde_json::Value;

/// Lists audit entries, oldest first.
///
/// Without --tenant those of the deployment come first, such as the making of resellers, then those of one tenant after another.
#[derive(Args, Debug)]
#[command(
    name = "list",
    after_help = "Examples:\n  provost audit list --tenant acme --since 2h\n  provost audit list --since 2026-01-31T12:00:00Z --json"
)]
pub(super) struct ListEntries {
    /// Only this tenant's
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    /// Only those from this time on: RFC 3339, or an age such as 15m, 2h or 3d
    #[arg(long, value_name = "T")]
    since: Option<String>,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

const COLUMNS: &[&str] = &[
    "time", "tenant", "actor", "action", "subject", "details", "request", "id",
];

impl ListEntries {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let start = match &self.since {
            Some(text) => since(text, session.directory.now()).map_err(Failure::refused)?,
            None => Timestamp(0),
        };
        let start = Directory::before(start);
        let mut journals = Journals::of(session, self.tenant.as_deref()).await?;
        let mut list = List::new(output, ListFormat::of(self.json), COLUMNS);
        loop {
            let some = journals.next(session).await?;
            if some.is_empty() {
                return list.end();
            }
            for journal in &some {
                print(session, &mut list, journal, start).await?;
            }
        }
    }
}

async fn print(
    session: &Session,
    list: &mut List<'_>,
    journal: &Journal,
    mut after: EntryId,
) -> Result<()> {
    loop {
        let page = session.directory.audit(journal.tenant, after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.id;
        let records: Vec<Record> = page.iter().map(|entry| record(journal, entry)).collect();
        list.page(&records)?;
    }
}

fn record(journal: &Journal, entry: &StoredEntry) -> Record {
    // what is no JSON is shown as it stands
    let details = serde_json::from_str(&entry.details)
        .unwrap_or_else(|_| Value::String(entry.details.clone()));
    Record::new()
        .with("time", rfc3339(entry.at))
        .with("tenant", journal.slug.as_deref())
        .with("actor", entry.actor.as_deref())
        .with("action", entry.action.as_str())
        .with("subject", entry.subject.as_str())
        .with("details", details)
        .with("request", entry.request.as_deref())
        .with("id", entry.id.0.to_string())
}
