//! Statements whose answers nobody waits for: they go along with the next one that somebody does.

use std::time::Instant;

use deadpool_postgres::ClientWrapper;
use futures_util::future::join_all;
use tokio_postgres::Statement;

use super::{fault, merging::Merging, session, value};
use crate::{
    Sql, Value,
    fault::{Fault, parameter_count},
    tx::note_together,
    value::Kept,
};

/// How many wait at most.
const MOST: usize = 24;

/// Statements that wait to be sent.
#[derive(Default)]
pub(super) struct Postponed(Vec<(&'static Sql, Vec<Kept>)>);

impl Postponed {
    pub(super) fn add(&mut self, sql: &'static Sql, params: &[Value<'_>]) {
        self.0
            .push((sql, params.iter().copied().map(Kept::from).collect()));
    }

    /// Whether no more should wait: many would not all be sent before what they are to go ahead of.
    pub(super) const fn is_full(&self) -> bool {
        self.0.len() >= MOST
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Prepares them, as one where that can be, so that nothing can fail any more on this side.
    pub(super) async fn ready(
        &self,
        client: &ClientWrapper,
        merging: Option<&Merging>,
    ) -> Result<Ready<'_>, Fault> {
        let statements: Vec<&'static Sql> = self.0.iter().map(|(sql, _)| *sql).collect();
        let mut parts: Vec<(&'static Sql, Statement, Vec<Value<'_>>)> = Vec::new();
        match merging.and_then(|merging| merging.additions(&statements)) {
            Some(text) => {
                let statement = client
                    .prepare_cached(&text)
                    .await
                    .map_err(|cause| fault::of(&text, &cause))?;
                let params = self.0.iter().flat_map(|(_, kept)| kept.iter());
                let params = params.map(Kept::value).collect();
                parts.push((self.0[0].0, statement, params));
            }
            None => {
                for (sql, kept) in &self.0 {
                    let statement = session::prepare(client, sql).await?;
                    parts.push((*sql, statement, kept.iter().map(Kept::value).collect()));
                }
            }
        }
        for (sql, statement, params) in &parts {
            fit(sql, statement, params)?;
        }
        Ok(Ready { statements, parts })
    }
}

/// Statements that can be sent.
pub(super) struct Ready<'a> {
    statements: Vec<&'static Sql>,
    parts: Vec<(&'static Sql, Statement, Vec<Value<'a>>)>,
}

impl Ready<'_> {
    /// Sends them when it is polled first, and hears what became of them.
    pub(super) async fn run(&self, client: &ClientWrapper) -> Result<(), Fault> {
        let started = Instant::now();
        let answers = join_all(
            self.parts
                .iter()
                .map(|(sql, statement, params)| async move {
                    client
                        .execute_raw(statement, params)
                        .await
                        .map_err(|cause| fault::of(sql.name(), &cause))
                }),
        );
        // the first refusal is the cause of those after it
        let outcome = answers
            .await
            .into_iter()
            .try_for_each(|answer| answer.map(drop));
        note_together(self.statements.iter().copied(), started);
        outcome
    }
}

/// Whether parameters are what a statement takes: one that was refused on this side would not be missed by the ones after it.
fn fit(sql: &Sql, statement: &Statement, params: &[Value<'_>]) -> Result<(), Fault> {
    let wanted = statement.params();
    if wanted.len() != params.len() {
        return Err(parameter_count(sql.name(), wanted.len(), params.len()));
    }
    match wanted
        .iter()
        .zip(params)
        .find(|(kind, param)| !value::fits(param, kind))
    {
        Some((kind, _)) => Err(Fault::Broken(format!(
            "{}: a value of another type was given for {kind}",
            sql.name()
        ))),
        None => Ok(()),
    }
}
