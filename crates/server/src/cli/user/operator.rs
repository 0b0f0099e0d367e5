//! `provost user operator`.

use super::Whom;
use crate::{
    cli::{output::Output, session::Session},
    failure::Result,
};
use clap::Args;
use provost_directory::commands::users::SetOperator;

/// Makes a user an operator, who administers the whole deployment, or no longer one.
///
/// An operator's login is its name in the whole deployment, so no other operator or reseller may have it. The last operator stays one.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  provost user operator ada --on\n  provost user operator ada --tenant acme --off"
)]
pub(super) struct Operator {
    #[command(flatten)]
    whom: Whom,
    /// Make it an operator
    #[arg(long, required_unless_present = "off")]
    on: bool,
    /// Make it an operator no longer
    #[arg(long, conflicts_with = "on")]
    off: bool,
}

impl Operator {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let (tenant, user) = self.whom.find(session).await?;
        let command = SetOperator {
            user: user.number,
            operator: self.on,
        };
        session.execute(&tenant, &self.whom.login, command).await?;
        let now = if self.on { "now" } else { "no longer" };
        output.line(format_args!("user {} is {now} an operator", user.login))
    }
}
