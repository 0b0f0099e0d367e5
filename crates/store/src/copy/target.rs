//! Writing to the target.

use super::{
    page::Page,
    side::Side,
    statements::{WALKS, Walk},
};
use crate::{
    EngineKind, Value,
    tables::{
        grams,
        places::{self, Label},
        search, unfinished_copies,
    },
};
use provost_model::{Error, Result, TenantId};

/// The table whose rows the search knows.
const USERS: &str = "users";

/// Makes an empty database the target of a copy, or takes an unfinished copy of the same source up again.
pub(super) async fn claim(target: &mut Side, source: &str) -> Result<()> {
    target.control("BEGIN").await?;
    match unfinished_copies::source(&mut target.tx).await? {
        Some(begun) if begun == source => {}
        Some(begun) => {
            return Err(Error::Internal(format!(
                "it is an unfinished copy of {begun}: finish that one, or give an empty database"
            )));
        }
        None => {
            for walk in WALKS.iter() {
                if target.tx.any(&walk.last, &[]).await? {
                    return Err(Error::Internal(format!(
                        "it is not empty (it has rows of {}): a copy overwrites nothing",
                        walk.table.name
                    )));
                }
            }
            unfinished_copies::begin(&mut target.tx, source).await?;
        }
    }
    target.control("COMMIT").await?;
    target.loosen().await
}

/// Adds rows, and what the search needs of them, in one transaction.
pub(super) async fn put(target: &mut Side, walk: &'static Walk, page: &Page) -> Result<()> {
    target.control("BEGIN").await?;
    let rows = page
        .rows()
        .map(|row| row.iter().map(super::cell::Cell::value).collect());
    target.insert(&walk.insert, rows).await?;
    if walk.table.name == USERS {
        put_search(target, walk, page).await?;
    }
    target.control("COMMIT").await
}

/// Empties a table, and the search with the users.
pub(super) async fn clear(target: &mut Side, walk: &'static Walk) -> Result<()> {
    target.control("BEGIN").await?;
    target.tx.execute(&walk.clear, &[]).await?;
    if walk.table.name == USERS {
        target.tx.execute(&search::CLEAR, &[]).await?;
        if target.tx.engine() == EngineKind::Sqlite {
            target.tx.execute(&places::CLEAR, &[]).await?;
        }
    }
    target.control("COMMIT").await
}

/// Whether the search knows as many users as there are, if this is their table.
pub(super) async fn is_searchable(target: &mut Side, walk: &'static Walk) -> Result<bool> {
    Ok(walk.table.name != USERS
        || target.count(&search::COUNT).await? == target.count(&walk.count).await?)
}

/// Makes a directory of the database.
pub(super) async fn finish(target: &mut Side) -> Result<()> {
    target.settle().await?;
    unfinished_copies::finish(&mut target.tx).await
}

/// Adds the users of a page to the search, as a change of theirs does.
async fn put_search(target: &mut Side, walk: &'static Walk, page: &Page) -> Result<()> {
    let place = |name| {
        walk.table
            .position(name)
            .ok_or_else(|| Error::internal(name))
    };
    let names = [
        place("login_key")?,
        place("display_key")?,
        place("email_key")?,
    ];
    let login = place("login")?;
    let engine = target.tx.engine();
    let mut users: Vec<_> = page
        .rows()
        .map(|row| {
            let [login, display, _] = names.map(|at| row[at].text());
            (Label::of(display, login).first_place(), row)
        })
        .collect();
    if engine == EngineKind::Sqlite {
        // else each of them makes FTS5 write what it has gathered
        users.sort_by_key(|(first_place, _)| *first_place);
        let rows = users.iter().map(|(first_place, row)| {
            let mut values = vec![row[0].value(), row[1].value(), (*first_place).into()];
            values.push(row[login].value());
            values.extend(names.map(|at| row[at].value()));
            values
        });
        target.insert(&places::ADD, rows).await?;
    }
    let documents: Vec<String> = users
        .iter()
        .map(|(_, row)| {
            let tenant = TenantId(row[0].int());
            grams::document(engine, tenant, &names.map(|at| row[at].text()))
        })
        .collect();
    let rows = users
        .iter()
        .zip(&documents)
        .map(|((_, row), document)| vec![row[0].value(), row[1].value(), Value::Text(document)]);
    target.insert(&search::TAKE_IN, rows).await
}
