//! `provost tenant show`.

use super::setting::Setting;
use crate::{
    cli::{
        output::{Output, Record, rfc3339},
        session::{PAGE, Session},
    },
    failure::Result,
};
use clap::Args;
use provost_model::TenantId;

/// Shows a tenant with its hosts, mail domains and settings.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost tenant show acme --json")]
pub(super) struct Show {
    /// The tenant
    slug: String,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

impl Show {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let tenant = session.tenant(&self.slug).await?;
        let mut record = Record::new()
            .with("slug", tenant.slug.as_str())
            .with("name", tenant.name.as_str())
            .with("context_id", tenant.context_id.get())
            .with("suspended", tenant.suspended)
            .with("hosts", session.directory.hosts_of(tenant.id).await?)
            .with("domains", domains(session, tenant.id).await?);
        for setting in Setting::ALL {
            record = record.with(setting.name(), setting.value(&tenant.settings));
        }
        let record = record.with("created", rfc3339(tenant.created_at));
        output.show(&record, self.json)
    }
}

async fn domains(session: &Session, tenant: TenantId) -> Result<Vec<String>> {
    let mut all: Vec<String> = Vec::new();
    loop {
        let after = all.last().map_or("", String::as_str);
        let page = session.directory.domains(Some(tenant), after, PAGE).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page.into_iter().map(|(domain, _)| domain.to_string()));
    }
}
