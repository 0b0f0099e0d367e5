//! One of the two databases, held for a copy.

use super::{
    cell::Cell,
    page::Page,
    statements::{WALKS, Walk},
};
use crate::{
    Tx, Value,
    engine::{Session, postgres, sqlite},
    statement::Sql,
    tables::unfinished_copies,
};
use provost_model::{Error, Result};

/// How many rows are read at once, and written in one transaction.
pub(super) const PAGE: u64 = 5_000;

/// A connection to a database, with what keeps others away from it.
pub(super) struct Side {
    pub(super) tx: Tx,
    _held: Option<sqlite::copy::Held>,
}

/// The database of a URL as it is told of and recognised: without its user and password.
pub(crate) fn identity(url: &str) -> Result<String> {
    match Url::of(url)? {
        Url::Sqlite(path) => sqlite::copy::identity(path),
        Url::Postgres => postgres::copy::identity(url),
    }
}

enum Url<'a> {
    Sqlite(&'a str),
    Postgres,
}

impl<'a> Url<'a> {
    fn of(url: &'a str) -> Result<Self> {
        match url.split_once(':') {
            Some(("sqlite", path)) => Ok(Self::Sqlite(path)),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres),
            _ => Err(Error::internal(
                "a database URL is `sqlite:PATH` or `postgres://…`",
            )),
        }
    }
}

impl Side {
    /// Opens what is copied from. Nobody else writes to a file as long as this is held; on PostgreSQL it is one state of the database.
    pub(super) async fn source(url: &str) -> Result<Self> {
        let mut side = match Url::of(url)? {
            Url::Sqlite(path) => Self::file(sqlite::copy::source(path)?),
            Url::Postgres => Self::server(postgres::copy::source(url).await?),
        };
        if let Some(source) = unfinished_copies::source(&mut side.tx).await? {
            return Err(Error::Internal(format!(
                "it is itself an unfinished copy of {source}"
            )));
        }
        for walk in WALKS.iter().filter(|walk| walk.table.name == "tenants") {
            if side.count(&walk.count).await? == 0 {
                return Err(Error::internal(
                    "it has no tenants: there is nothing to copy",
                ));
            }
        }
        Ok(side)
    }

    /// Opens what is copied to, and brings its schema up to date.
    pub(super) async fn target(url: &str) -> Result<Self> {
        Ok(match Url::of(url)? {
            Url::Sqlite(path) => Self::file(sqlite::copy::target(path)?),
            Url::Postgres => Self::server(postgres::copy::target(url).await?),
        })
    }

    fn file((connection, held): (rusqlite::Connection, sqlite::copy::Held)) -> Self {
        Self {
            tx: Tx::new(Session::Sqlite(connection), None),
            _held: Some(held),
        }
    }

    fn server(session: postgres::Session) -> Self {
        Self {
            tx: Tx::new(Session::Postgres(session), None),
            _held: None,
        }
    }

    /// Looks at the source as it is now.
    pub(super) async fn look_again(&mut self) -> Result<()> {
        match &mut self.tx.session {
            // nobody wrote to it meanwhile
            Session::Sqlite(_) => Ok(()),
            Session::Postgres(session) => postgres::copy::look_again(session).await,
        }
    }

    /// How many other connections of Provost are open on a source; none where it is held alone.
    pub(super) async fn others(&mut self) -> Result<i64> {
        match &mut self.tx.session {
            Session::Sqlite(_) => Ok(0),
            Session::Postgres(session) => postgres::copy::others(session).await,
        }
    }

    /// How many rows a table has.
    pub(super) async fn count(&mut self, sql: &'static Sql) -> Result<u64> {
        let count = self.tx.first(sql, &[], |row| row.int(0)).await?;
        Ok(count.and_then(|rows| rows.try_into().ok()).unwrap_or(0))
    }

    /// The rows of a table after a key, [`PAGE`] at most.
    pub(super) async fn page(
        &mut self,
        walk: &'static Walk,
        after: Option<&[Cell]>,
    ) -> Result<Page> {
        let mut params: Vec<Value<'_>> =
            after.unwrap_or_default().iter().map(Cell::value).collect();
        params.push(Value::Int(PAGE.cast_signed()));
        let sql = if after.is_some() {
            &walk.after
        } else {
            &walk.first
        };
        let mut page = Page::new(walk.table);
        self.tx.all(sql, &params, |row| page.push(row)).await?;
        Ok(page)
    }

    /// The last key of a table, if it has rows.
    pub(super) async fn last_key(&mut self, walk: &'static Walk) -> Result<Option<Vec<Cell>>> {
        let key = walk.table.key;
        self.tx
            .first(&walk.last, &[], |row| {
                key.iter()
                    .enumerate()
                    .map(|(at, column)| Cell::read(column, row, at))
                    .collect()
            })
            .await
    }

    /// Adds rows by a statement that on PostgreSQL is COPY.
    pub(super) async fn insert<'a>(
        &mut self,
        sql: &'static Sql,
        rows: impl Iterator<Item = Vec<Value<'a>>>,
    ) -> Result<()> {
        match &mut self.tx.session {
            Session::Sqlite(_) => {
                for row in rows {
                    self.tx.execute(sql, &row).await?;
                }
                Ok(())
            }
            Session::Postgres(session) => Ok(session.copy_in(sql, rows).await?),
        }
    }

    /// Begins or ends a transaction, or sets something for the connection.
    pub(super) async fn control(&mut self, text: &'static str) -> Result<()> {
        match &mut self.tx.session {
            Session::Sqlite(connection) => Ok(sqlite::statement::control(connection, text)?),
            Session::Postgres(session) => Ok(session.control(text).await?),
        }
    }

    /// Makes a target ready to take many rows. Only the copy uses it until [`Side::settle`].
    pub(super) async fn loosen(&mut self) -> Result<()> {
        match &mut self.tx.session {
            Session::Sqlite(_) => Ok(()),
            Session::Postgres(session) => postgres::copy::loosen(session).await,
        }
    }

    /// Makes sure that the disk has all that was written, and that the database is like any other.
    pub(super) async fn settle(&mut self) -> Result<()> {
        match &mut self.tx.session {
            Session::Sqlite(connection) => sqlite::copy::settle(connection),
            Session::Postgres(session) => postgres::copy::settle(session).await,
        }
    }
}
