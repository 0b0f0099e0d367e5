//! `provost audit head`.

use super::hash;
use crate::{
    cli::{
        output::{List, ListFormat, Output, Record},
        session::{PAGE, Session},
    },
    failure::Result,
};
use clap::Args;
use provost_directory::queries::ChainHead;
use provost_model::{Entry, TenantId};

/// Prints where the audit's chains end: to be noted where nobody can write who can write to the database.
///
/// Each tenant has a chain of its own, and so has the deployment. The hash stands for all entries up to the position; `provost audit verify`
/// tells later whether the chain still goes through it.
#[derive(Args, Debug)]
#[command(
    name = "head",
    after_help = "Examples:\n  provost audit head --tenant acme\n  provost audit head --json > heads.json"
)]
pub(super) struct Heads {
    /// Only this tenant's
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

const COLUMNS: &[&str] = &["tenant", "position", "hash"];

impl Heads {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let mut list = List::new(output, ListFormat::of(self.json), COLUMNS);
        if let Some(slug) = &self.tenant {
            let tenant = session.tenant(slug).await?;
            if let Some(head) = session.directory.audit_head(tenant.id).await? {
                list.page(&[record(Some(tenant.slug.to_string()), &head)])?;
            }
            return list.end();
        }
        let mut before = TenantId(-1);
        let mut records = Vec::new();
        while let Some(tenant) = session.directory.next_audit_chain(before).await? {
            before = tenant;
            if let Some(head) = session.directory.audit_head(tenant).await? {
                let slug = match tenant {
                    Entry::DEPLOYMENT => None,
                    _ => Some(session.slug(tenant).await?),
                };
                records.push(record(slug, &head));
            }
            if i64::try_from(records.len()) == Ok(PAGE) {
                list.page(&records)?;
                records.clear();
            }
        }
        list.page(&records)?;
        list.end()
    }
}

fn record(tenant: Option<String>, head: &ChainHead) -> Record {
    Record::new()
        .with("tenant", tenant)
        .with("position", head.entries)
        .with("hash", hash::printed(&head.hash))
}
