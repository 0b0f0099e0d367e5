//! `provost reseller password`.

use super::find;
use crate::{
    cli::{output::Output, session::Session},
    failure::Result,
    password,
};
use clap::Args;
use provost_directory::commands::resellers::SetResellerPassword;

/// Changes a reseller's password.
///
/// Without --password-stdin one is generated and printed, and nothing else, this once.
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  printf %s \"$PASSWORD\" | provost reseller password north --password-stdin"
)]
pub(super) struct Password {
    /// The reseller
    name: String,
    #[command(flatten)]
    source: Source,
}

/// Where a reseller's password comes from.
#[derive(Args, Debug)]
pub(super) struct Source {
    /// Read the password from standard input
    #[arg(long)]
    password_stdin: bool,
}

impl Source {
    /// The password, and whether it was generated and has to be shown.
    pub(super) fn password(&self) -> Result<(String, bool)> {
        if self.password_stdin {
            Ok((password::from_stdin()?, false))
        } else {
            Ok((password::generate()?, true))
        }
    }
}

impl Password {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let reseller = find(session, &self.name).await?;
        let (password, generated) = self.source.password()?;
        let command = SetResellerPassword {
            reseller: reseller.id,
            password: password::for_deployment(password.clone()),
        };
        session.execute_for_deployment(&self.name, command).await?;
        if generated {
            output.line(password)
        } else {
            output.line(format_args!(
                "changed the password of reseller {}",
                reseller.name
            ))
        }
    }
}
