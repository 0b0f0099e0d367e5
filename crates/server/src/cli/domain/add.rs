//! `provost domain add`.

use crate::{
    cli::{
        output::{List, ListFormat, Output, Record},
        session::Session,
    },
    failure::{Failure, Result},
};
use clap::Args;
use provost_directory::{
    commands::domains::{AddDomain, AddedDomain},
    queries::ForeignAddress,
};
use provost_model::DomainName;

/// Gives a mail domain to a tenant.
///
/// While users of other tenants hold addresses in the domain this is refused, and the addresses are listed. Those that merely follow
/// a contact e-mail are dropped with --release; the e-mail stays. Others have to be changed or deleted first.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost domain add acme.example --tenant acme")]
pub(super) struct Add {
    /// The domain
    domain: String,
    /// The tenant
    #[arg(long, value_name = "SLUG")]
    tenant: String,
    /// Drop addresses of other tenants' users that merely follow their contact e-mail
    #[arg(long)]
    release: bool,
}

impl Add {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let tenant = session.tenant(&self.tenant).await?;
        let command = AddDomain {
            domain: DomainName::parse(&self.domain)?,
            release: self.release,
        };
        match session.execute(&tenant, &self.domain, command).await? {
            AddedDomain::Added => output.line(format_args!(
                "added domain {} to tenant {}",
                self.domain, tenant.slug
            )),
            AddedDomain::Held(addresses) => {
                print(session, output, &addresses).await?;
                Err(refusal(&self.domain, &addresses))
            }
        }
    }
}

async fn print(session: &Session, output: &mut Output, addresses: &[ForeignAddress]) -> Result<()> {
    let mut records = Vec::with_capacity(addresses.len());
    for held in addresses {
        let slug = session.slug(held.tenant).await?;
        records.push(
            Record::new()
                .with("address", held.address.as_str())
                .with("tenant", slug)
                .with("follows_email", held.follows_email),
        );
    }
    let columns = &["address", "tenant", "follows_email"];
    let mut list = List::new(output, ListFormat::Table, columns);
    list.page(&records)?;
    list.end()
}

fn refusal(domain: &str, addresses: &[ForeignAddress]) -> Failure {
    let advice = if addresses.iter().all(|held| held.follows_email) {
        "--release drops them"
    } else {
        "those that follow no contact e-mail have to be changed first"
    };
    Failure::refused(format_args!(
        "{domain}: users of other tenants hold addresses there, listed above; {advice}"
    ))
}
