//! `provost group`.

mod administration;
mod create;
mod delete;
mod list;
mod membership;
mod rename;
mod show;

use super::{
    output::Output,
    session::{Session, unknown},
    user::Where,
};
use crate::failure::Result;
use clap::{Args, Subcommand};
use provost_model::{Group, Noun, Tenant};
use std::sync::Arc;

/// Groups of a tenant: their members, and the users who administer them.
#[derive(Args, Debug)]
pub(crate) struct GroupCommand {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Create(create::Create),
    List(list::ListGroups),
    Show(show::Show),
    Rename(rename::Rename),
    Delete(delete::Delete),
    AddMember(membership::Add),
    RemoveMember(membership::Remove),
    Appoint(administration::Appoint),
    Dismiss(administration::Dismiss),
}

impl GroupCommand {
    pub(crate) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        match self.verb {
            Verb::Create(verb) => verb.run(session, output).await,
            Verb::List(verb) => verb.run(session, output).await,
            Verb::Show(verb) => verb.run(session, output).await,
            Verb::Rename(verb) => verb.run(session, output).await,
            Verb::Delete(verb) => verb.run(session, output).await,
            Verb::AddMember(verb) => verb.run(session, output).await,
            Verb::RemoveMember(verb) => verb.run(session, output).await,
            Verb::Appoint(verb) => verb.run(session, output).await,
            Verb::Dismiss(verb) => verb.run(session, output).await,
        }
    }
}

/// Which group.
#[derive(Args, Debug)]
struct Which {
    /// The group's id
    group: String,
    #[command(flatten)]
    tenant: Where,
}

impl Which {
    async fn find(&self, session: &Session) -> Result<(Arc<Tenant>, Group)> {
        let tenant = session.tenant(&self.tenant.tenant).await?;
        let group = session.directory.group(tenant.id, &self.group).await?;
        let group = group.ok_or_else(|| unknown(Noun::Group, &self.group))?;
        Ok((tenant, group))
    }
}
