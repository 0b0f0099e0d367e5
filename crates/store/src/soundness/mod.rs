//! Whether the rows of the tables agree with each other. Each rule is one statement, so that it sees one state of a database in use.

mod audit;
pub mod chain;
mod counts;
mod names;
mod references;
mod unique_things;
mod waiting;

use crate::{Sql, Tx};
use provost_model::Result;

pub use waiting::waiting;

/// Something that must not be found.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What each finding is.
    pub defect: &'static str,
    sql: &'static Sql,
}

/// What a rule found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// The first of them: where each is.
    pub first: Vec<String>,
    /// How many there are.
    pub total: i64,
}

/// Every rule.
pub fn rules() -> impl Iterator<Item = Rule> {
    [
        references::RULES,
        names::RULES,
        unique_things::RULES,
        counts::RULES,
        audit::RULES,
    ]
    .into_iter()
    .flatten()
    .map(|(defect, sql)| Rule { defect, sql })
}

/// Every statement of the rules.
pub(crate) fn statements() -> impl Iterator<Item = &'static Sql> {
    [
        references::ALL,
        names::ALL,
        unique_things::ALL,
        counts::ALL,
        waiting::ALL,
        audit::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
    .chain(chain::statements())
}

impl Rule {
    /// Looks for what must not be: the first `limit` findings, which is at least 1, and how many there are. It reads whole tables.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn look(self, tx: &mut Tx, limit: i64) -> Result<Findings> {
        let found = tx
            .all(self.sql, &[limit.into()], |row| {
                Ok((row.text(0)?.to_owned(), row.int(1)?))
            })
            .await?;
        Ok(Findings {
            total: found.first().map_or(0, |(_, total)| *total),
            first: found.into_iter().map(|(place, _)| place).collect(),
        })
    }
}
