//! The statements of a copy, spelt from the list of tables: the only ones that are not written out. A test prepares each on both engines.

use super::tables::{Kind, TABLES, Table};
use crate::Sql;
use std::sync::LazyLock;

/// A table with its statements. Parameters are a row's values in the order of its columns, or those of a key.
pub(crate) struct Walk {
    pub(crate) table: &'static Table,
    /// How many rows there are.
    pub(crate) count: Sql,
    /// The first $1 rows by key.
    pub(crate) first: Sql,
    /// The rows after a key, at most as many as the last parameter says.
    pub(crate) after: Sql,
    /// The last key.
    pub(crate) last: Sql,
    /// Adds a row; on PostgreSQL, begins to take rows as text.
    pub(crate) insert: Sql,
    /// Deletes all rows.
    pub(crate) clear: Sql,
}

/// Every table with its statements.
pub(crate) static WALKS: LazyLock<Vec<Walk>> =
    LazyLock::new(|| TABLES.iter().map(Walk::of).collect());

impl Walk {
    #[cfg(test)]
    pub(crate) fn statements(&self) -> [&Sql; 6] {
        [
            &self.count,
            &self.first,
            &self.after,
            &self.last,
            &self.insert,
            &self.clear,
        ]
    }

    fn of(table: &'static Table) -> Self {
        let name = table.name;
        let columns = list(table.columns().map(|column| column.name.to_owned()));
        let numbered = |count| list((1..=count).map(|nth| format!("${nth}")));
        let (keys, after) = (table.key.len(), table.key.len() + 1);
        // Both engines walk a table in the order of its bytes.
        let key = |after_each: &str| {
            let spelt = table.key.iter().map(|column| match column.kind {
                Kind::Text => format!("{}{COLLATE}{after_each}", column.name),
                Kind::Int | Kind::Bytes => format!("{}{after_each}", column.name),
            });
            list(spelt)
        };
        let (rising, falling) = (key(""), key(" DESC"));
        let key_names = list(table.key.iter().map(|column| column.name.to_owned()));
        let insert = format!(
            "INSERT INTO {name} ({columns}) VALUES ({})",
            numbered(table.width())
        );
        Self {
            table,
            count: both(table, "count", &format!("SELECT COUNT(*) FROM {name}")),
            first: both(
                table,
                "first",
                &format!("SELECT {columns} FROM {name} ORDER BY {rising} LIMIT $1"),
            ),
            after: both(
                table,
                "after",
                &format!(
                    "SELECT {columns} FROM {name} WHERE ({rising}) > ({}) ORDER BY {rising} LIMIT ${after}",
                    numbered(keys)
                ),
            ),
            last: both(
                table,
                "last",
                &format!("SELECT {key_names} FROM {name} ORDER BY {falling} LIMIT 1"),
            ),
            insert: each(
                table,
                "insert",
                &insert,
                format!("COPY {name} ({columns}) FROM STDIN"),
            ),
            clear: both(table, "clear", &format!("DELETE FROM {name}")),
        }
    }
}

/// How PostgreSQL is told to compare texts by their bytes; SQLite does anyway.
const COLLATE: &str = " COLLATE \"C\"";

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

fn both(table: &Table, verb: &str, text: &str) -> Sql {
    each(table, verb, text, text.to_owned())
}

/// The statements live as long as the program, as those do that are written out.
fn each(table: &Table, verb: &str, sqlite: &str, postgres: String) -> Sql {
    Sql::new(
        format!("copy::{}::{verb}", table.name).leak(),
        sqlite.replace(COLLATE, "").replace('$', "?").leak(),
        postgres.leak(),
    )
}
