//! Documents of SQLite's index of substrings that wait for the end of their transaction.
//!
//! FTS5 gathers documents in memory, and writes all that it has as a segment of its own at each savepoint, before each statement that could
//! be undone alone, and before a document that stands before the last one. Each segment is merged with others later, several times. So a
//! transaction's documents are added in the end, in their order, and make one segment, whatever commands they are of.

use crate::{Change, Value, statement::Bound, statements};
use provost_model::Result;
use std::collections::BTreeMap;

// PostgreSQL's index is brought to each change at once: its statements are there to be prepared, and never run.
statements! {
    ADD = sqlite
        "INSERT INTO user_search (rowid, grams) VALUES ($1, $2)"
        postgres
        "SELECT 1 FROM user_search WHERE user_number = $1 AND grams @@ CAST($2 AS TSQUERY)";
    REMOVE = sqlite
        "DELETE FROM user_search WHERE rowid = $1"
        postgres
        "SELECT 1 FROM user_search WHERE user_number = $1";
}

/// What waits, in the order it was asked for.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    steps: Vec<(i64, Step)>,
}

#[derive(Debug)]
enum Step {
    Add(String),
    Remove,
}

/// What becomes of a place in the end.
#[derive(Default)]
struct Outcome<'a> {
    /// Whether it had a document before the transaction.
    had: bool,
    has: Option<&'a str>,
}

impl Documents {
    /// Adds the document of a free place.
    pub(crate) fn add(&mut self, place: i64, document: String) {
        self.steps.push((place, Step::Add(document)));
    }

    /// Removes the document of a place.
    pub(crate) fn remove(&mut self, place: i64) {
        self.steps.push((place, Step::Remove));
    }

    /// How many steps wait.
    pub(crate) const fn len(&self) -> usize {
        self.steps.len()
    }

    /// Forgets the steps after the first `length`, which are undone.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.steps.truncate(length);
    }

    /// What becomes of each place, in their order.
    fn outcomes(&self) -> BTreeMap<i64, Outcome<'_>> {
        let mut outcomes: BTreeMap<i64, Outcome<'_>> = BTreeMap::new();
        for (place, step) in &self.steps {
            let outcome = outcomes.entry(*place).or_default();
            match step {
                Step::Add(document) => outcome.has = Some(document),
                // one that was added in this transaction has not been written
                Step::Remove => outcome.had |= outcome.has.take().is_none(),
            }
        }
        outcomes
    }
}

/// Writes all that waits, before the commit.
///
/// # Errors
/// Those of the store.
pub(crate) async fn write(change: &mut Change) -> Result<()> {
    if change.documents.len() == 0 {
        return Ok(());
    }
    let documents = std::mem::take(&mut change.documents);
    let mut statements: Vec<(&_, Vec<Value<'_>>)> = Vec::with_capacity(documents.len());
    for (place, Outcome { had, has }) in documents.outcomes() {
        if had {
            statements.push((&REMOVE, vec![place.into()]));
        }
        if let Some(document) = has {
            statements.push((&ADD, vec![place.into(), document.into()]));
        }
    }
    let statements: Vec<Bound<'_>> = statements
        .iter()
        .map(|(sql, values)| (*sql, &values[..]))
        .collect();
    // the rows of the users themselves are what the audit tells of
    change.tx.execute_together(&statements).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(documents: &Documents) -> Vec<(i64, bool, Option<&str>)> {
        documents
            .outcomes()
            .into_iter()
            .map(|(place, outcome)| (place, outcome.had, outcome.has))
            .collect()
    }

    #[test]
    fn documents_stand_in_the_order_of_their_places() {
        let mut documents = Documents::default();
        documents.add(3, "c".to_owned());
        documents.add(1, "a".to_owned());
        documents.remove(2);
        assert_eq!(
            outcome(&documents),
            [
                (1, false, Some("a")),
                (2, true, None),
                (3, false, Some("c"))
            ]
        );
    }

    #[test]
    fn a_place_that_changes_hands_has_the_last_document() {
        let mut documents = Documents::default();
        documents.remove(1);
        documents.add(1, "new".to_owned());
        documents.remove(1);
        documents.add(1, "newer".to_owned());
        documents.add(2, "made".to_owned());
        documents.remove(2);
        assert_eq!(
            outcome(&documents),
            [(1, true, Some("newer")), (2, false, None)]
        );
    }

    #[test]
    fn steps_that_are_undone_are_forgotten() {
        let mut documents = Documents::default();
        documents.add(1, "kept".to_owned());
        let kept = documents.len();
        documents.remove(1);
        documents.truncate(kept);
        assert_eq!(outcome(&documents), [(1, false, Some("kept"))]);
    }
}
