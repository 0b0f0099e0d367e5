//! `provost events tail`.

use super::seen::Seen;
use crate::{
    cli::{
        journals::{Journal, Journals},
        output::{List, ListFormat, Output, Record, rfc3339, since},
        session::{PAGE, Session},
    },
    failure::{Failure, Result},
};
use clap::Args;
use provost_model::{StoredEntry, TenantId, Timestamp};
use serde_json::Value;
use std::{collections::HashMap, time::Duration};

/// How long to wait before looking again.
const PAUSE: Duration = Duration::from_secs(1);

/// Prints recent events, and with --follow new ones as they come, until it is interrupted.
///
/// Without --tenant those of the deployment come first, then those of one tenant after another. A change that was carried out late
/// comes after younger ones.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  provost events tail --tenant acme --since 3d\n  provost events tail --follow --json"
)]
pub(super) struct Tail {
    /// Only this tenant's
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    /// From this time on: RFC 3339, or an age such as 15m, 2h or 3d
    #[arg(long, value_name = "T", default_value = "1h")]
    since: String,
    /// Go on printing
    #[arg(long)]
    follow: bool,
    /// Print a JSON object a line
    #[arg(long)]
    json: bool,
}

const COLUMNS: &[&str] = &["time", "tenant", "action", "subject", "details", "id"];

impl Tail {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let start = since(&self.since, session.directory.now()).map_err(Failure::refused)?;
        let format = if self.json {
            ListFormat::JsonLines
        } else {
            ListFormat::Table
        };
        let mut list = List::new(output, format, COLUMNS);
        let mut seen = HashMap::new();
        loop {
            self.look(session, &mut list, &mut seen, start).await?;
            if !self.follow {
                return list.end();
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Prints what is new in every journal.
    async fn look(
        &self,
        session: &Session,
        list: &mut List<'_>,
        seen: &mut HashMap<TenantId, Seen>,
        start: Timestamp,
    ) -> Result<()> {
        let mut journals = Journals::of(session, self.tenant.as_deref()).await?;
        loop {
            let some = journals.next(session).await?;
            if some.is_empty() {
                return Ok(());
            }
            for journal in &some {
                let seen = seen
                    .entry(journal.tenant)
                    .or_insert_with(|| Seen::from(start));
                print(session, list, journal, seen).await?;
            }
        }
    }
}

async fn print(
    session: &Session,
    list: &mut List<'_>,
    journal: &Journal,
    seen: &mut Seen,
) -> Result<()> {
    let mut after = seen.start();
    loop {
        let page = session
            .directory
            .events(journal.tenant, after, PAGE)
            .await?;
        let Some(last) = page.last() else {
            seen.forget();
            return Ok(());
        };
        after = last.id;
        let records: Vec<Record> = page
            .iter()
            .filter(|event| seen.note(event))
            .map(|event| record(journal, event))
            .collect();
        if !records.is_empty() {
            list.page(&records)?;
        }
    }
}

fn record(journal: &Journal, event: &StoredEntry) -> Record {
    // what is no JSON is shown as it stands
    let details = serde_json::from_str(&event.details)
        .unwrap_or_else(|_| Value::String(event.details.clone()));
    Record::new()
        .with("time", rfc3339(event.at))
        .with("tenant", journal.slug.as_deref())
        .with("action", event.action.as_str())
        .with("subject", event.subject.as_str())
        .with("details", details)
        .with("id", event.id.0.to_string())
}
