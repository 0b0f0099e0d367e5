//! `provost domain list`.

use crate::{
    cli::{
        output::{List, ListFormat, Output, Record},
        session::{PAGE, Session},
    },
    failure::Result,
};
use clap::Args;
use std::collections::HashMap;

/// Lists the mail domains of a tenant, or of all.
#[derive(Args, Debug)]
#[command(
    name = "list",
    after_help = "Example:\n  provost domain list --tenant acme"
)]
pub(super) struct ListDomains {
    /// Only this tenant's
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

impl ListDomains {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let tenant = match &self.tenant {
            Some(slug) => Some(session.tenant(slug).await?.id),
            None => None,
        };
        let format = ListFormat::of(self.json);
        let mut after = String::new();
        let mut list = List::new(output, format, &["domain", "tenant"]);
        loop {
            let page = session.directory.domains(tenant, &after, PAGE).await?;
            let Some((last, _)) = page.last() else {
                break;
            };
            after = last.as_str().to_owned();
            let mut slugs = HashMap::new();
            let mut records = Vec::with_capacity(page.len());
            for (domain, id) in &page {
                if !slugs.contains_key(id) {
                    slugs.insert(*id, session.slug(*id).await?);
                }
                records.push(
                    Record::new()
                        .with("domain", domain.as_str())
                        .with("tenant", slugs.get(id).cloned()),
                );
            }
            list.page(&records)?;
        }
        list.end()
    }
}
