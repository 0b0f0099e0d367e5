//! `provost user create`.

use super::Where;
use crate::{
    cli::{
        output::Output,
        session::{Session, login},
    },
    failure::Result,
    password,
};
use clap::Args;
use provost_directory::commands::users::CreateUser;
use provost_model::{ContactEmail, DisplayName, Group, GroupId};

/// Makes a user.
///
/// Without --password-stdin it has no password and cannot log in with one until it is given one. Its contact e-mail becomes its
/// address too, if that is free and its domain is the tenant's or nobody's.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  printf %s \"$PASSWORD\" | provost user create ada --tenant acme --email ada@acme.example --group staff --password-stdin\n  provost user create root --tenant acme --admin\n  provost user create bob --tenant acme --email bob@acme.example --invite"
)]
pub(super) struct Create {
    /// Its login; an address may be one
    login: String,
    #[command(flatten)]
    tenant: Where,
    /// The name that people see
    #[arg(long, value_name = "TEXT")]
    display_name: Option<String>,
    /// Its contact e-mail
    #[arg(long, value_name = "E-MAIL")]
    email: Option<String>,
    /// A group that it joins, which has to exist; may be repeated
    #[arg(long = "group", value_name = "GROUP")]
    groups: Vec<String>,
    /// Make it an administrator of the tenant: a member of the group `admin`
    #[arg(long)]
    admin: bool,
    /// Make it an operator, who administers the whole deployment
    #[arg(long)]
    operator: bool,
    /// Read its password from standard input
    #[arg(long)]
    password_stdin: bool,
    /// Send it the welcome mail, with a link to set its password
    #[arg(long, requires = "email", conflicts_with = "password_stdin")]
    invite: bool,
}

impl Create {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let tenant = session.tenant(&self.tenant.tenant).await?;
        let welcomer = if self.invite {
            Some(session.welcomer()?)
        } else {
            None
        };
        let mut groups = self
            .groups
            .iter()
            .map(|group| GroupId::parse(group))
            .collect::<Result<Vec<_>, _>>()?;
        if self.admin {
            groups.push(GroupId::parse(Group::ADMINISTRATORS)?);
        }
        let password = if self.password_stdin {
            Some(password::for_user(password::from_stdin()?, &tenant))
        } else {
            None
        };
        let command = CreateUser {
            password,
            display_name: self
                .display_name
                .as_deref()
                .map(DisplayName::parse)
                .transpose()?,
            email: self.email.as_deref().map(ContactEmail::parse).transpose()?,
            groups,
            operator: self.operator,
            welcome: self.invite,
            ..CreateUser::new(login(&self.login)?)
        };
        let created = session.execute(&tenant, &self.login, command).await?;
        output.line(format_args!(
            "made user {} with number {} in tenant {}",
            self.login, created.number.0, tenant.slug
        ))?;
        let Some(welcomer) = welcomer else {
            return Ok(());
        };
        match welcomer.send_waiting_for(tenant.id, created.number).await? {
            Ok(()) => output.line(format_args!("sent the welcome mail to user {}", self.login)),
            Err(reason) => output.line(format_args!(
                "the welcome mail waits for a running server to try again: {reason}"
            )),
        }
    }
}
