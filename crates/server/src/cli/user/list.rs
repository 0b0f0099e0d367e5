//! `provost user list`.

use super::Where;
use crate::{
    cli::{
        output::{List, ListFormat, Output, Record},
        session::{Session, unknown},
    },
    failure::Result,
};
use clap::Args;
use provost_directory::queries::{Audience, UserDetails};
use provost_model::{Noun, Tenant, UserNumber};

/// Lists the users of a tenant in the order of their logins.
#[derive(Args, Debug)]
#[command(
    name = "list",
    after_help = "Examples:\n  provost user list --tenant acme --search ada\n  provost user list --group staff --json | jq -r '.[].login'"
)]
pub(super) struct ListUsers {
    #[command(flatten)]
    tenant: Where,
    /// Only those whose login, display name or contact e-mail holds this text
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Only the members of this group
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// Only disabled ones
    #[arg(long, conflicts_with = "group")]
    disabled: bool,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

impl ListUsers {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let tenant = session.tenant(&self.tenant.tenant).await?;
        let audience = self.audience(session, &tenant).await?;
        let directory = &session.directory;
        let mut users = directory
            .user_stream(tenant.id, audience, self.search.as_deref(), 0)
            .await?;
        let columns = &[
            "login",
            "number",
            "display_name",
            "email",
            "enabled",
            "operator",
        ];
        let mut list = List::new(output, ListFormat::of(self.json), columns);
        loop {
            let piece = users.next().await?;
            if piece.is_empty() {
                return list.end();
            }
            let numbers: Vec<UserNumber> = piece.iter().map(|user| user.number).collect();
            let details = directory.details(tenant.id, &numbers).await?;
            let records: Vec<Record> = details.iter().map(record).collect();
            list.page(&records)?;
        }
    }

    async fn audience(&self, session: &Session, tenant: &Tenant) -> Result<Audience> {
        let Some(id) = &self.group else {
            return Ok(if self.disabled {
                Audience::Disabled
            } else {
                Audience::All
            });
        };
        let group = session.directory.group(tenant.id, id).await?;
        group
            .map(|group| Audience::Group(group.number))
            .ok_or_else(|| unknown(Noun::Group, id))
    }
}

fn record(details: &UserDetails) -> Record {
    let user = &details.user;
    Record::new()
        .with("login", user.login.as_str())
        .with("number", user.number.0)
        .with(
            "display_name",
            user.display_name.as_ref().map(|name| name.as_str()),
        )
        .with("email", user.email.as_ref().map(|email| email.as_str()))
        .with("enabled", user.enabled)
        .with("operator", user.operator)
}
