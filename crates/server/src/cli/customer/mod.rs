//! `provost customer`.

mod list;

use super::{output::Output, session::Session};
use crate::failure::Result;
use clap::{Args, Subcommand};

/// Customers of partners: tenants that were made by keys with the scope `partner`.
#[derive(Args, Debug)]
pub(crate) struct CustomerCommand {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    List(list::ListCustomers),
}

impl CustomerCommand {
    pub(crate) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        match self.verb {
            Verb::List(verb) => verb.run(session, output).await,
        }
    }
}
