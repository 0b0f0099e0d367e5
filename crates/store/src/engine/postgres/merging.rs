//! Several statements as one, so that the server sets up and answers one.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use crate::Sql;

/// How many statements become one at most.
const MOST: usize = 12;

/// What became of statements that were met together before, by their addresses.
type Texts = Mutex<HashMap<Vec<usize>, Option<Arc<str>>>>;

/// Texts that were made so far; there are no more than ways in which the program brings a few statements together.
#[derive(Default)]
pub(crate) struct Merging {
    additions: Texts,
    counted: Texts,
}

impl Merging {
    /// One statement that carries out all of these, in no order, with their parameters one after another; none if they are not additions to
    /// tables of which each is another's.
    pub(super) fn additions(&self, statements: &[&'static Sql]) -> Option<Arc<str>> {
        remembered(&self.additions, statements, additions)
    }

    /// One statement that carries out all of these and gives in a row how many rows each of them found or added.
    pub(super) fn counted(&self, statements: &[&'static Sql]) -> Option<Arc<str>> {
        remembered(&self.counted, statements, counted)
    }
}

fn remembered(
    texts: &Texts,
    statements: &[&'static Sql],
    make: fn(&[&'static Sql]) -> Option<String>,
) -> Option<Arc<str>> {
    if statements.len() > MOST {
        return None;
    }
    let key: Vec<usize> = statements
        .iter()
        .map(|sql| std::ptr::from_ref::<Sql>(sql).addr())
        .collect();
    let mut texts = texts.lock().unwrap_or_else(PoisonError::into_inner);
    let made = texts.entry(key);
    made.or_insert_with(|| make(statements).map(Arc::from))
        .clone()
}

fn additions(statements: &[&'static Sql]) -> Option<String> {
    let mut tables = HashSet::new();
    for sql in statements {
        let table = addition(sql.postgres())?.split(' ').next()?;
        if !tables.insert(table) {
            return None;
        }
    }
    let mut numbered = Numbered::default();
    let mut parts: Vec<String> = statements
        .iter()
        .map(|sql| numbered.next(sql.postgres()))
        .collect();
    let last = parts.pop()?;
    Some(if parts.is_empty() {
        last
    } else {
        format!("{} {last}", with(&parts))
    })
}

fn counted(statements: &[&'static Sql]) -> Option<String> {
    let mut numbered = Numbered::default();
    let parts: Vec<String> = statements
        .iter()
        .map(|sql| {
            let text = numbered.next(sql.postgres());
            match addition(sql.postgres()) {
                Some(_) => format!("{text} RETURNING 1"),
                None => text,
            }
        })
        .collect();
    let counts: Vec<String> = (0..parts.len())
        .map(|at| format!("(SELECT COUNT(*) FROM part{at})"))
        .collect();
    Some(format!("{} SELECT {}", with(&parts), counts.join(", ")))
}

/// What follows on `INSERT INTO`, if that is how a statement begins.
fn addition(text: &str) -> Option<&str> {
    text.strip_prefix("INSERT INTO ")
}

fn with(parts: &[String]) -> String {
    let named: Vec<String> = parts
        .iter()
        .enumerate()
        .map(|(at, text)| format!("part{at} AS ({text})"))
        .collect();
    format!("WITH {}", named.join(", "))
}

/// Counts parameters on from one statement to the next.
#[derive(Default)]
struct Numbered(usize);

impl Numbered {
    /// A statement with its parameters counted behind those of the ones before.
    fn next(&mut self, text: &str) -> String {
        let mut pieces = text.split('$');
        let mut out = pieces.next().unwrap_or_default().to_owned();
        let mut most = 0;
        for piece in pieces {
            let digits = piece.len() - piece.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, rest) = piece.split_at(digits);
            out.push('$');
            match number.parse::<usize>() {
                Ok(number) => {
                    most = most.max(number);
                    out.push_str(&(self.0 + number).to_string());
                }
                Err(_) => out.push_str(number),
            }
            out.push_str(rest);
        }
        self.0 += most;
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statements;

    statements! {
        ONE = "INSERT INTO one (a, b) VALUES ($1, $2)";
        TWO = "INSERT INTO two (a, b, c) VALUES ($2, $1, '$') ON CONFLICT (a) DO NOTHING";
        MORE = "INSERT INTO one (a) VALUES ($1)";
        FOUND = "SELECT 1 FROM three WHERE a = $1";
    }

    #[test]
    fn additions_to_different_tables_are_one_statement() {
        assert_eq!(ALL.len(), 4);
        let merging = Merging::default();
        let merged = merging.additions(&[&ONE, &TWO]);
        assert_eq!(
            merged.as_deref(),
            Some(
                "WITH part0 AS (INSERT INTO one (a, b) VALUES ($1, $2)) \
                 INSERT INTO two (a, b, c) VALUES ($4, $3, '$') ON CONFLICT (a) DO NOTHING"
            )
        );
        assert_eq!(merging.additions(&[&ONE, &TWO]), merged);
        assert_eq!(merging.additions(&[&ONE, &TWO, &MORE]), None);
        assert_eq!(merging.additions(&[&ONE, &FOUND]), None);
    }

    #[test]
    fn what_each_did_is_counted() {
        let merged = Merging::default().counted(&[&TWO, &FOUND]);
        assert_eq!(
            merged.as_deref(),
            Some(
                "WITH part0 AS (INSERT INTO two (a, b, c) VALUES ($2, $1, '$') ON CONFLICT (a) DO NOTHING RETURNING 1), \
                 part1 AS (SELECT 1 FROM three WHERE a = $3) \
                 SELECT (SELECT COUNT(*) FROM part0), (SELECT COUNT(*) FROM part1)"
            )
        );
    }
}
