//! `provost reseller show`.

use super::find;
use crate::{
    cli::{
        output::{Output, Record, rfc3339},
        session::{PAGE, Session},
    },
    failure::Result,
};
use clap::Args;
use provost_model::{ResellerId, TenantId};

/// Shows a reseller with its tenants.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost reseller show north --json")]
pub(super) struct Show {
    /// The reseller
    name: String,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

impl Show {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let reseller = find(session, &self.name).await?;
        let record = Record::new()
            .with("name", reseller.name.as_str())
            .with("tenants", tenants(session, reseller.id).await?)
            .with("created", rfc3339(reseller.created_at));
        output.show(&record, self.json)
    }
}

async fn tenants(session: &Session, reseller: ResellerId) -> Result<Vec<String>> {
    let mut slugs = Vec::new();
    let mut after = TenantId(0);
    loop {
        let page = session
            .directory
            .tenants_of_reseller(reseller, after, PAGE)
            .await?;
        let Some(last) = page.last() else {
            slugs.sort();
            return Ok(slugs);
        };
        after = *last;
        for tenant in page {
            slugs.push(session.slug(tenant).await?);
        }
    }
}
