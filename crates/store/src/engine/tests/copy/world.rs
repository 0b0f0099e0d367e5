//! A database with rows in every table, and looks into databases past the program.

use super::super::support::TestDatabase;
use crate::{
    Copied, CopyObserver, CopyStep, EngineKind,
    copy::tables::{Kind, TABLES, Table},
    copy::{copy, statements::WALKS},
};
use provost_model::Result;
use rusqlite::types::Value;
use tokio_postgres::NoTls;

/// More than one page, so that keys are gone on from.
const USERS: i64 = 5_100;

/// Counts what it is told.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) steps: Vec<(CopyStep, u64, u64)>,
}

impl CopyObserver for Seen {
    fn begin(&mut self, step: CopyStep, rows: u64) {
        self.steps.push((step, rows, 0));
    }

    fn advance(&mut self, rows: u64) {
        self.steps.last_mut().unwrap().2 += rows;
    }
}

pub(super) async fn copied(from: &TestDatabase, to: &TestDatabase) -> Result<Copied> {
    copy(&from.url, &to.url, &mut Seen::default()).await
}

/// The one line of a copy that is refused.
pub(super) async fn refused(from: &TestDatabase, to: &TestDatabase) -> String {
    copied(from, to).await.unwrap_err().to_string()
}

/// Why a database is not opened.
pub(super) async fn unopened(database: &TestDatabase) -> String {
    let refused = crate::Store::open(&database.settings()).await;
    refused.err().unwrap().to_string()
}

/// A SQLite database with some rows in each table, of which the columns that may be NULL are so in some, and the texts hold whatever has
/// a meaning to some engine.
pub(super) async fn filled() -> TestDatabase {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    crate::Store::open(&database.settings())
        .await
        .unwrap()
        .close()
        .await;
    let mut connection = rusqlite::Connection::open(path(&database)).unwrap();
    let transaction = connection.transaction().unwrap();
    for walk in WALKS.iter() {
        let required = required(&transaction, walk.table);
        let rows = if walk.table.name == "users" { USERS } else { 5 };
        let mut insert = transaction.prepare(walk.insert.sqlite()).unwrap();
        for row in 0..rows {
            insert
                .execute(rusqlite::params_from_iter(values(
                    walk.table, &required, row,
                )))
                .unwrap();
        }
    }
    transaction.commit().unwrap();
    database
}

fn required(connection: &rusqlite::Connection, table: &Table) -> Vec<String> {
    connection
        .prepare("SELECT name FROM pragma_table_info(?1) WHERE \"notnull\" = 1")
        .unwrap()
        .query_map([table.name], |row| row.get(0))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap()
}

fn values(table: &Table, required: &[String], row: i64) -> Vec<Value> {
    let texts = [
        "tab\there",
        "line\nfeed\r",
        "back\\slash\\N",
        "ä 'q' \"é\"",
        "",
    ];
    table
        .columns()
        .zip(0..)
        .map(|(column, at)| {
            let nullable = !required.iter().any(|name| name == column.name);
            match column.kind {
                _ if nullable && (row + at) % 3 == 0 => Value::Null,
                Kind::Int => Value::Integer(row + 1),
                Kind::Text => {
                    let text = texts[usize::try_from((row + at) % 5).unwrap()];
                    Value::Text(format!("{text}{row}"))
                }
                Kind::Bytes => Value::Blob(vec![
                    0,
                    0xff,
                    u8::try_from(row % 256).unwrap(),
                    u8::try_from(row / 256).unwrap(),
                ]),
            }
        })
        .collect()
}

/// Runs statements on a database.
pub(super) async fn sql(database: &TestDatabase, sql: &str) {
    if database.url.starts_with("sqlite:") {
        let connection = rusqlite::Connection::open(path(database)).unwrap();
        connection.execute_batch(sql).unwrap();
    } else {
        let (client, connection) = tokio_postgres::connect(&database.url, NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute(sql).await.unwrap();
    }
}

/// Makes an unfinished copy of a finished one.
pub(super) async fn unfinish(database: &TestDatabase, source: &TestDatabase) {
    let source = crate::copy::identity(&source.url).unwrap();
    let mark = format!("INSERT INTO unfinished_copies VALUES (1, '{source}', 0)");
    sql(database, &mark).await;
}

pub(super) fn path(database: &TestDatabase) -> &str {
    database.url.strip_prefix("sqlite:").unwrap()
}

/// How many rows [`filled`] has.
pub(super) fn rows() -> u64 {
    let tables = u64::try_from(TABLES.len()).unwrap();
    (tables - 1) * 5 + USERS.unsigned_abs()
}
