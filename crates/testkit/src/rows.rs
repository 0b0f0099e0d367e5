//! A look into a database past the program.

use rusqlite::types::ValueRef;
use tokio_postgres::{NoTls, SimpleQueryMessage};

use crate::{Engine, TestDatabase};

impl TestDatabase {
    /// The rows that these statements give, one after another, each value as text; the empty one for NULL.
    /// Semicolons stand between statements alone.
    ///
    /// # Panics
    /// If the database refuses a statement.
    pub fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        match self.engine() {
            Engine::Sqlite => sqlite(self.url().trim_start_matches("sqlite:"), sql)
                .unwrap_or_else(|error| panic!("{error}: {sql}")),
            // on a thread of its own: a runtime cannot be entered from inside another, and tests call this from both sides
            Engine::Postgres => std::thread::scope(|scope| {
                let thread = scope.spawn(|| crate::run(postgres(self.url(), sql)));
                let rows = thread.join().expect("the statement's thread ends");
                rows.unwrap_or_else(|error| panic!("{error:?}: {sql}"))
            }),
        }
    }
}

fn sqlite(path: &str, sql: &str) -> rusqlite::Result<Vec<Vec<String>>> {
    let connection = rusqlite::Connection::open(path)?;
    let mut all = Vec::new();
    for sql in sql.split(';') {
        let mut statement = connection.prepare(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            let values = (0..columns).map(|column| row.get_ref(column).map(text));
            all.push(values.collect::<rusqlite::Result<_>>()?);
        }
    }
    Ok(all)
}

fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => format!("{bytes:?}"),
    }
}

async fn postgres(url: &str, sql: &str) -> Result<Vec<Vec<String>>, tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    let driver = tokio::spawn(connection);
    let messages = client.simple_query(sql).await?;
    drop(client);
    let _ = driver.await;
    let rows = messages.into_iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => {
            let values = (0..row.len()).map(|column| row.get(column).unwrap_or_default());
            Some(values.map(str::to_owned).collect())
        }
        _ => None,
    });
    Ok(rows.collect())
}

#[cfg(test)]
mod tests {
    use crate::{TestDatabase, on_both_engines};

    on_both_engines! {
        async fn rows_come_as_text(database: TestDatabase) {
            let rows = database.rows("SELECT 7, 'ä', NULL; SELECT 1 WHERE 1 = 2; SELECT 8");
            assert_eq!(rows, [vec!["7", "ä", ""], vec!["8"]]);
        }
    }
}
