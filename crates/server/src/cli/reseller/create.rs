//! `provost reseller create`.

use super::password::Source;
use crate::{
    cli::{
        output::Output,
        session::{Session, login},
    },
    failure::Result,
    password,
};
use clap::Args;
use provost_directory::commands::resellers::CreateReseller;

/// Makes a reseller.
///
/// Without --password-stdin a password is generated and printed, and nothing else, this once. Its name is unique among resellers and
/// operators.
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  provost reseller create north && provost reseller assign north acme"
)]
pub(super) struct Create {
    /// Its name, with which it logs in
    name: String,
    #[command(flatten)]
    source: Source,
}

impl Create {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let name = login(&self.name)?;
        let (password, generated) = self.source.password()?;
        let command = CreateReseller {
            name,
            password: password::for_deployment(password.clone()),
        };
        session.execute_for_deployment(&self.name, command).await?;
        if generated {
            output.line(password)
        } else {
            output.line(format_args!("made reseller {}", self.name))
        }
    }
}
