//! The sides of a copy that are PostgreSQL's.

use std::{io::Cursor, pin::pin};

use futures_util::SinkExt as _;
use provost_model::{Error, Result};
use tokio_postgres::{Config, config::Host};

use super::{Session, fault, hosts::Purpose, migrate, pool::Connections, session};
use crate::{Sql, StoreSettings, Value, fault::Fault, migrate::MIGRATIONS};

/// One state of the database, however long it takes to read it.
const LOOK: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Other sessions of Provost, as far as the server tells of them and nobody named them otherwise.
const OTHERS: &str = "SELECT COUNT(*) FROM pg_stat_activity \
    WHERE datname = current_database() AND application_name = 'provost' AND pid <> pg_backend_pid()";

/// The search's index costs more than all other rows together where it is kept up with each user, and little where it is made at once.
const DROP_SEARCH: &str = "DROP INDEX IF EXISTS user_search_by_grams";

/// As in the migration that made it.
const MAKE_SEARCH: &str = "CREATE INDEX IF NOT EXISTS user_search_by_grams ON user_search USING GIN (grams) WITH (fastupdate = off)";

/// Where the database is, without the user and the password.
pub(crate) fn identity(url: &str) -> Result<String> {
    let config: Config = url
        .parse()
        .map_err(|cause| Error::Internal(format!("the database URL is wrong: {cause}")))?;
    let hosts: Vec<String> = config
        .get_hosts()
        .iter()
        .enumerate()
        .map(|(at, host)| {
            let ports = config.get_ports();
            let port = ports.get(at).or(ports.first()).unwrap_or(&5432);
            match host {
                Host::Tcp(name) => format!("{name}:{port}"),
                Host::Unix(folder) => format!("{}:{port}", folder.display()),
            }
        })
        .collect();
    let name = config
        .get_dbname()
        .or(config.get_user())
        .unwrap_or_default();
    Ok(format!("postgres://{}/{name}", hosts.join(",")))
}

/// A connection that sees one state of the database.
pub(crate) async fn source(url: &str) -> Result<Session> {
    let connections = connections(url)?;
    migrate::require_current(&connections, MIGRATIONS, &StoreSettings::new(url)).await?;
    let session = Session::autocommit(connections.get().await?);
    session.control(LOOK).await?;
    Ok(session)
}

/// Lets a source be seen as it is now.
pub(crate) async fn look_again(session: &Session) -> Result<()> {
    session.control("COMMIT").await?;
    Ok(session.control(LOOK).await?)
}

/// How many connections of servers and commands are open on the database beside this one.
pub(crate) async fn others(session: &Session) -> Result<i64> {
    let count = session
        .client()?
        .query_one(OTHERS, &[])
        .await
        .and_then(|row| row.try_get(0));
    count.map_err(|cause| fault::of("pg_stat_activity", &cause).into())
}

/// A connection to a database whose schema is brought up to date.
pub(crate) async fn target(url: &str) -> Result<Session> {
    let connections = connections(url)?;
    migrate::migrate(&connections, MIGRATIONS, &StoreSettings::new(url)).await?;
    Ok(Session::autocommit(connections.get().await?))
}

/// Makes a target ready to take many rows.
pub(crate) async fn loosen(session: &Session) -> Result<()> {
    Ok(session.control(DROP_SEARCH).await?)
}

/// Brings a target into the state of any other database, and tells the planner of its rows.
pub(crate) async fn settle(session: &Session) -> Result<()> {
    session.control(MAKE_SEARCH).await?;
    Ok(session.control("ANALYZE").await?)
}

fn connections(url: &str) -> Result<Connections> {
    Connections::new(
        url,
        Purpose::Writing,
        1,
        StoreSettings::new(url).connection_wait,
    )
}

impl Session {
    /// Runs a statement that controls a session in which every statement stands for itself otherwise.
    pub(crate) async fn control(&self, text: &'static str) -> Result<(), Fault> {
        self.client()?
            .batch_execute(text)
            .await
            .map_err(|cause| fault::of(text, &cause))
    }

    /// Adds rows by a statement that begins COPY.
    pub(crate) async fn copy_in<'a>(
        &self,
        sql: &'static Sql,
        rows: impl Iterator<Item = Vec<Value<'a>>>,
    ) -> Result<(), Fault> {
        let mut lines = Vec::new();
        for row in rows {
            line(&row, &mut lines);
        }
        let client = self.client()?;
        let statement = session::prepare(client, sql).await?;
        let taken = async {
            let mut sink = pin!(client.copy_in(&statement).await?);
            sink.send(Cursor::new(lines)).await?;
            sink.finish().await
        };
        taken
            .await
            .map(|_| ())
            .map_err(|cause| fault::of(sql.name(), &cause))
    }
}

/// Appends a row in the text format of COPY.
fn line(row: &[Value<'_>], out: &mut Vec<u8>) {
    for (at, value) in row.iter().enumerate() {
        if at > 0 {
            out.push(b'\t');
        }
        match value {
            Value::Null => out.extend_from_slice(b"\\N"),
            Value::Int(int) => out.extend_from_slice(int.to_string().as_bytes()),
            Value::Text(text) => escape(text, out),
            Value::Bytes(bytes) => hexadecimal(bytes, out),
            Value::Id(id) => hexadecimal(id.as_bytes(), out),
        }
    }
    out.push(b'\n');
}

/// What ends values and rows, and the escape character itself, is escaped.
fn escape(text: &str, out: &mut Vec<u8>) {
    for part in text.split_inclusive(['\\', '\t', '\n', '\r']) {
        let (plain, special) = match part.as_bytes() {
            [plain @ .., b'\\'] => (plain, &b"\\\\"[..]),
            [plain @ .., b'\t'] => (plain, &b"\\t"[..]),
            [plain @ .., b'\n'] => (plain, &b"\\n"[..]),
            [plain @ .., b'\r'] => (plain, &b"\\r"[..]),
            plain => (plain, &b""[..]),
        };
        out.extend_from_slice(plain);
        out.extend_from_slice(special);
    }
}

/// BYTEA's notation, its backslash escaped.
fn hexadecimal(bytes: &[u8], out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.extend_from_slice(b"\\\\x");
    for byte in bytes {
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_lines_of_values_between_tabs() {
        let mut out = Vec::new();
        let row = [
            Value::Int(-7),
            Value::Null,
            Value::Text("a\\b\tc\nd\re ä \\N"),
            Value::Bytes(&[0, 0xfe]),
            Value::Text(""),
        ];
        line(&row, &mut out);
        assert_eq!(
            std::str::from_utf8(&out),
            Ok("-7\t\\N\ta\\\\b\\tc\\nd\\re ä \\\\N\t\\\\x00fe\t\n")
        );
    }
}
