//! `provost check`.

use super::{output::Output, session::refuse_missing_file};
use crate::{config::Settings, failure::Result};
use clap::Args;
use provost_store::{Store, StoreSettings, tables};

/// Checks the database; the exit code is 0 only if nothing was found wrong.
///
/// What is checked today: the database opens; its schema is this program's, unaltered; it answers; every statement of the program can
/// be prepared on it. Like every command this brings an older schema up to date first. The rows themselves are not checked yet.
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  provost check --database sqlite:/var/lib/provost/provost.db && echo sound"
)]
pub(crate) struct Check;

impl Check {
    pub(crate) async fn run(self, settings: &Settings, output: &mut Output) -> Result<()> {
        refuse_missing_file(&settings.database)?;
        let store = Store::open(&StoreSettings::new(settings.database.as_str())).await?;
        store.ready().await?;
        let statements: Vec<_> = tables::statements().collect();
        store.prepare(&statements).await?;
        store.close().await;
        output.line("the database is sound, as far as it was checked")
    }
}
