//! `provost user`.

mod app_password;
mod create;
mod delete;
mod enable;
mod invite;
mod list;
mod operator;
mod password;
mod show;

use super::{output::Output, session::Session};
use crate::failure::Result;
use clap::{Args, Subcommand};
use provost_model::{Tenant, User};
use std::sync::Arc;

/// Users of a tenant.
#[derive(Args, Debug)]
pub(crate) struct UserCommand {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Create(create::Create),
    List(list::ListUsers),
    Show(show::Show),
    Password(password::Password),
    Invite(invite::Invite),
    Enable(enable::Enable),
    Disable(enable::Disable),
    Delete(delete::Delete),
    Operator(operator::Operator),
    AppPassword(app_password::Create),
    AppPasswords(app_password::ListAppPasswords),
    RevokeAppPassword(app_password::Revoke),
}

impl UserCommand {
    pub(crate) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        match self.verb {
            Verb::Create(verb) => verb.run(session, output).await,
            Verb::List(verb) => verb.run(session, output).await,
            Verb::Show(verb) => verb.run(session, output).await,
            Verb::Password(verb) => verb.run(session, output).await,
            Verb::Invite(verb) => verb.run(session, output).await,
            Verb::Enable(verb) => verb.run(session, output).await,
            Verb::Disable(verb) => verb.run(session, output).await,
            Verb::Delete(verb) => verb.run(session, output).await,
            Verb::Operator(verb) => verb.run(session, output).await,
            Verb::AppPassword(verb) => verb.run(session, output).await,
            Verb::AppPasswords(verb) => verb.run(session, output).await,
            Verb::RevokeAppPassword(verb) => verb.run(session, output).await,
        }
    }
}

/// Which user.
#[derive(Args, Debug)]
struct Whom {
    /// The user: its login, else its address, else a contact e-mail that no other user of the tenant has
    login: String,
    #[command(flatten)]
    tenant: Where,
}

/// In which tenant.
#[derive(Args, Debug)]
pub(crate) struct Where {
    /// The tenant
    #[arg(long, value_name = "SLUG", default_value = Tenant::DEFAULT)]
    pub(crate) tenant: String,
}

impl Whom {
    async fn find(&self, session: &Session) -> Result<(Arc<Tenant>, User)> {
        let tenant = session.tenant(&self.tenant.tenant).await?;
        let user = session.user(&tenant, &self.login).await?;
        Ok((tenant, user))
    }
}
