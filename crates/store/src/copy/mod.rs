//! Moving a whole database to another one, of the same engine or the other.
//!
//! The tables are walked by their keys, a page at a time, and each page is written in one transaction. So where a copy was
//! interrupted is told by the last key of each table of the target, and nothing else has to be kept. A mark keeps everybody else from the
//! target until both sides were read once more and found equal.

mod cell;
mod digest;
mod page;
mod side;
pub(crate) mod statements;
pub(crate) mod tables;
mod target;

#[cfg(test)]
pub(crate) use side::identity;

use digest::TableDigest;
use provost_model::{Error, Result};
use side::{PAGE, Side};
use statements::{WALKS, Walk};

/// How often tables that came out different are copied anew before the copy gives up: what an interrupted copy left may be older than the
/// source, but what this one wrote may not.
const ROUNDS: usize = 2;

/// What a copy is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyStep {
    /// Writing the rows that the target lacks.
    Copying,
    /// Reading both sides again.
    Comparing,
}

/// Is told how far a copy is.
pub trait CopyObserver {
    /// A step begins, in which so many rows of the source are to be met.
    fn begin(&mut self, step: CopyStep, rows: u64);
    /// So many more of them are done.
    fn advance(&mut self, rows: u64);
}

/// A copy that is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// How many tables there are.
    pub tables: usize,
    /// How many rows they have altogether.
    pub rows: u64,
    /// The SHA-256 over all rows of both sides, in hexadecimal digits.
    pub sha256: String,
    /// The tables that an earlier run had left different from the source, and that were copied anew.
    pub renewed: Vec<&'static str>,
}

/// Copies all rows of one database into another, which is empty or an unfinished copy of the same source, and compares both sides. An
/// interrupted copy goes on where it was.
///
/// # Errors
/// [`Error::Internal`] with the reason if one of them must not or cannot be used, or the source was changed meanwhile; the target is
/// unfinished then. Those of the store.
pub async fn copy(from: &str, to: &str, observer: &mut dyn CopyObserver) -> Result<Copied> {
    let name = side::identity(from).map_err(|error| about("the source", error))?;
    if side::identity(to).map_err(|error| about("the target", error))? == name {
        return Err(Error::Internal(format!(
            "source and target are the same database, {name}"
        )));
    }
    let mut source = Side::source(from)
        .await
        .map_err(|error| about("the source", error))?;
    let mut target = Side::target(to)
        .await
        .map_err(|error| about("the target", error))?;
    target::claim(&mut target, &name)
        .await
        .map_err(|error| about("the target", error))?;
    let mut renewed = Vec::new();
    for _ in 0..ROUNDS {
        transfer(&mut source, &mut target, observer).await?;
        source.look_again().await?;
        let comparison = compare(&mut source, &mut target, observer).await?;
        for walk in &comparison.differing {
            target::clear(&mut target, walk).await?;
        }
        refuse_others(&mut source, &comparison).await?;
        if comparison.differing.is_empty() {
            refuse_news(&mut source, &comparison.tables).await?;
            target::finish(&mut target).await?;
            return Ok(Copied {
                tables: comparison.tables.len(),
                rows: comparison.tables.iter().map(|(_, table)| table.rows).sum(),
                sha256: digest::of_all(&comparison.tables),
                renewed,
            });
        }
        renewed.extend(comparison.differing.iter().map(|walk| walk.table.name));
    }
    Err(changed(&renewed))
}

/// Writes the rows of each table that follow the target's last.
async fn transfer(
    source: &mut Side,
    target: &mut Side,
    observer: &mut dyn CopyObserver,
) -> Result<()> {
    let (mut total, mut done) = (0, 0);
    for walk in WALKS.iter() {
        total += source.count(&walk.count).await?;
        done += target.count(&walk.count).await?;
    }
    observer.begin(CopyStep::Copying, total);
    observer.advance(done);
    for walk in WALKS.iter() {
        let mut after = target.last_key(walk).await?;
        loop {
            let page = source.page(walk, after.as_deref()).await?;
            if page.len() > 0 {
                target::put(target, walk, &page).await?;
                observer.advance(page.len());
            }
            if page.len() < PAGE {
                break;
            }
            after = page.last_key();
        }
    }
    Ok(())
}

/// What reading both sides gave.
struct Comparison {
    /// Each table of the source.
    tables: Vec<(&'static Walk, TableDigest)>,
    /// Those that are not the same on the target.
    differing: Vec<&'static Walk>,
}

async fn compare(
    source: &mut Side,
    target: &mut Side,
    observer: &mut dyn CopyObserver,
) -> Result<Comparison> {
    let mut total = 0;
    for walk in WALKS.iter() {
        total += source.count(&walk.count).await? + target.count(&walk.count).await?;
    }
    observer.begin(CopyStep::Comparing, total);
    let mut comparison = Comparison {
        tables: Vec::new(),
        differing: Vec::new(),
    };
    for walk in WALKS.iter() {
        let wanted = TableDigest::of(source, walk, |rows| observer.advance(rows)).await?;
        let found = TableDigest::of(target, walk, |rows| observer.advance(rows)).await?;
        let searchable = target::is_searchable(target, walk).await?;
        if found != wanted || !searchable {
            comparison.differing.push(walk);
        }
        comparison.tables.push((walk, wanted));
    }
    Ok(comparison)
}

/// Refuses to call a copy whole while servers may still write to its source.
async fn refuse_others(source: &mut Side, comparison: &Comparison) -> Result<()> {
    let others = source.others().await?;
    if others == 0 {
        return Ok(());
    }
    let state = if comparison.differing.is_empty() {
        "both sides are equal now".to_owned()
    } else {
        format!("{} changed meanwhile", names(&comparison.differing))
    };
    Err(Error::Internal(format!(
        "the copy is not finished: Provost has {others} other connections to the source, and {state}; \
         stop its servers and run the same command again"
    )))
}

/// Refuses a source that has other rows than those compared. Each change adds an entry to the audit, so counting is enough.
async fn refuse_news(source: &mut Side, tables: &[(&'static Walk, TableDigest)]) -> Result<()> {
    source.look_again().await?;
    let mut news = Vec::new();
    for (walk, table) in tables {
        if source.count(&walk.count).await? != table.rows {
            news.push(walk.table.name);
        }
    }
    if news.is_empty() {
        return Ok(());
    }
    Err(changed(&news))
}

fn changed(tables: &[&str]) -> Error {
    Error::Internal(format!(
        "the copy is not finished: the source was changed meanwhile ({}); stop what writes to it and run the same command again",
        tables.join(", ")
    ))
}

fn names(walks: &[&Walk]) -> String {
    let names: Vec<_> = walks.iter().map(|walk| walk.table.name).collect();
    names.join(", ")
}

/// The error, with the side that it is about.
fn about(side: &str, error: Error) -> Error {
    match error {
        Error::Internal(cause) => Error::Internal(format!("{side}: {cause}")),
        other => other,
    }
}
