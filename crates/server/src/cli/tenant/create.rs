//! `provost tenant create`.

use crate::{
    cli::{output::Output, session::Session},
    failure::{Failure, Result},
};
use clap::Args;
use provost_directory::commands::tenants::CreateTenant;
use provost_model::{ContextId, DomainName, Error, HostName, Slug, Violation};

/// Makes a tenant.
///
/// It begins with the group `admin` and without users: make its first administrator with `provost user create --admin`.
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  provost tenant create acme --name 'Acme Ltd' --domain acme.example --host cloud.acme.example"
)]
pub(super) struct Create {
    /// Its short name in paths and commands: letters, digits and hyphens
    slug: String,
    /// The name that people see; without one the slug
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// Its number for Open-Xchange clients; without one the next that was never used
    #[arg(long, value_name = "N")]
    context_id: Option<i64>,
    /// A mail domain whose addresses are its users' alone; may be repeated
    #[arg(long = "domain", value_name = "DOMAIN")]
    domains: Vec<String>,
    /// A host name under which clients reach it; may be repeated
    #[arg(long = "host", value_name = "HOST")]
    hosts: Vec<String>,
}

impl Create {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let command = CreateTenant {
            slug: Slug::parse(&self.slug)?,
            name: self.name,
            context_id: self.context_id.map(ContextId::new).transpose()?,
            domains: all(&self.domains, DomainName::parse)?,
            hosts: all(&self.hosts, HostName::parse)?,
        };
        let tenant = session.execute_for_deployment(&self.slug, command).await?;
        output.line(format_args!(
            "made tenant {} with context id {}",
            tenant.slug, tenant.context_id
        ))
    }
}

/// All texts, read; a refusal names the text.
fn all<T>(texts: &[String], parse: impl Fn(&str) -> Result<T, Violation>) -> Result<Vec<T>> {
    texts
        .iter()
        .map(|text| {
            parse(text).map_err(|violation| Failure::from(Error::from(violation).about(text)))
        })
        .collect()
}
