//! `provost check`.

use super::{
    defects::{Defects, TOLD},
    output::Output,
    session::refuse_missing_file,
};
use crate::{
    config::Settings,
    failure::{Failure, Result},
};
use clap::Args;
use provost_model::TenantId;
use provost_store::{
    Read, Store, StoreSettings, Tx,
    soundness::{
        self, Findings, Rule,
        chain::{self, Defect},
    },
    tables,
};

/// Checks the database; the exit code is 0 only if nothing was found wrong.
///
/// What is checked: the database opens; its schema is this program's, unaltered; it answers; every statement of the program can be
/// prepared on it; SQLite's pages are in order; names, addresses, memberships, administrators, tokens, preferences and all that hangs on
/// users, groups and tenants hangs on some that are there; the kept counts are right, and numbers below their counters; what is unique in
/// the deployment is whose it says; the search knows each user; each audit entry is as it was when it was sealed, in an unbroken chain of
/// its tenant (that the whole chain is still the old one is told by `provost audit verify`). Nothing is changed: a database with an older
/// schema is refused. It works beside a running server, and reads all tables.
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  provost check --database sqlite:/var/lib/provost/provost.db && echo sound"
)]
pub(crate) struct Check;

impl Check {
    pub(crate) async fn run(self, settings: &Settings, output: &mut Output) -> Result<()> {
        refuse_missing_file(&settings.database)?;
        let store = Store::open(&StoreSettings {
            migrate: false,
            ..StoreSettings::new(settings.database.as_str())
        })
        .await?;
        store.ready().await?;
        let statements: Vec<_> = tables::statements().collect();
        store.prepare(&statements).await?;
        let total = tell(&store, output).await?;
        store.close().await;
        if total > 0 {
            return Err(Failure::refused(format_args!(
                "the database is not sound: {total} defects"
            )));
        }
        output.line("the database is sound")
    }
}

/// Prints what is wrong, a line each; gives how much.
async fn tell(store: &Store, output: &mut Output) -> Result<i64> {
    let mut total = 0;
    for rule in soundness::rules() {
        let findings = store.read_long(Look(rule)).await?;
        for place in &findings.first {
            output.line(format_args!("{}: {place}", rule.defect))?;
        }
        let more = findings.total - i64::try_from(findings.first.len()).unwrap_or(i64::MAX);
        if more > 0 {
            output.line(format_args!("{}: {more} more", rule.defect))?;
        }
        total += findings.total;
    }
    total += tell_of_chains(store, output).await?;
    let waiting = store.read_long(Waiting).await?;
    if waiting > 0 {
        output.line(format_args!(
            "{waiting} rows of deleted tenants wait to be cleared, which is harmless"
        ))?;
    }
    Ok(total)
}

/// Prints what is wrong with the audit's chains; gives how much.
async fn tell_of_chains(store: &Store, output: &mut Output) -> Result<i64> {
    let mut defects = Defects::default();
    let mut waiting = 0;
    let mut before = TenantId(-1);
    while let Some(tenant) = store.read_long(NextChain(before)).await? {
        before = tenant;
        let tell = |Defect { kind, place }| defects.tell(output, kind.defect(), &place);
        let examined = chain::examine(store, tenant, None, tell).await?;
        waiting += examined.tally.waiting;
    }
    if waiting > 0 {
        output.line(format_args!(
            "{waiting} audit entries wait for a server to seal them, which is harmless"
        ))?;
    }
    defects.end(output)
}

struct NextChain(TenantId);

impl Read for NextChain {
    type Output = Option<TenantId>;

    async fn run(&self, tx: &mut Tx) -> provost_model::Result<Option<TenantId>> {
        chain::next_chain(tx, self.0).await
    }
}

struct Look(Rule);

impl Read for Look {
    type Output = Findings;

    async fn run(&self, tx: &mut Tx) -> provost_model::Result<Findings> {
        self.0.look(tx, TOLD).await
    }
}

struct Waiting;

impl Read for Waiting {
    type Output = i64;

    async fn run(&self, tx: &mut Tx) -> provost_model::Result<i64> {
        soundness::waiting(tx).await
    }
}
