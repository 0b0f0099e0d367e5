//! The list of tables is that of the schema.

use std::collections::BTreeMap;

use super::super::support::{BOTH, TestDatabase};
use super::world::path;
use crate::{
    EngineKind, Sql, Store,
    copy::statements::WALKS,
    copy::tables::{Kind, LEFT_OUT, TABLES},
};
use tokio_postgres::NoTls;

/// Columns with their kinds, in no order, and the key in its order.
#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    columns: BTreeMap<String, String>,
    key: Vec<String>,
}

type Schema = BTreeMap<String, Found>;

#[tokio::test(flavor = "multi_thread")]
async fn every_table_is_copied_with_all_its_columns_or_left_out_on_purpose() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        let store = Store::open(&database.settings()).await.unwrap();
        store.close().await;
        let mut schema = match engine {
            EngineKind::Sqlite => sqlite(path(&database)),
            EngineKind::Postgres => postgres(&database.url).await,
        };
        for (name, why) in LEFT_OUT {
            assert!(schema.remove(*name).is_some(), "{name}: {why}");
        }
        // a part of user_search, on SQLite alone
        let places = schema.remove("user_search_places");
        assert_eq!(places.is_some(), engine == EngineKind::Sqlite);
        let listed: Schema = TABLES
            .iter()
            .map(|table| {
                let found = Found {
                    columns: table
                        .columns()
                        .map(|column| (column.name.to_owned(), spelt(column.kind).to_owned()))
                        .collect(),
                    key: table
                        .key
                        .iter()
                        .map(|column| column.name.to_owned())
                        .collect(),
                };
                (table.name.to_owned(), found)
            })
            .collect();
        assert_eq!(
            schema, listed,
            "a table of a new migration belongs into copy/tables.rs ({engine:?})"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_of_a_copy_can_be_prepared() {
    let statements: Vec<&'static Sql> = WALKS.iter().flat_map(|walk| walk.statements()).collect();
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        let store = Store::open(&database.settings()).await.unwrap();
        store.prepare(&statements).await.unwrap();
    }
}

const fn spelt(kind: Kind) -> &'static str {
    match kind {
        Kind::Int => "bigint",
        Kind::Text => "text",
        Kind::Bytes => "bytea",
    }
}

fn sqlite(path: &str) -> Schema {
    let connection = rusqlite::Connection::open(path).unwrap();
    let mut statement = connection
        .prepare(
            "SELECT t.name, c.name, LOWER(c.type), c.pk FROM pragma_table_list t JOIN pragma_table_info(t.name) c \
             WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.pk",
        )
        .unwrap();
    let mut rows = statement.query([]).unwrap();
    let mut schema = Schema::new();
    while let Some(row) = rows.next().unwrap() {
        let name: String = row.get(1).unwrap();
        let found = schema.entry(row.get(0).unwrap()).or_default();
        if row.get::<_, i64>(3).unwrap() > 0 {
            found.key.push(name.clone());
        }
        found.columns.insert(name, row.get(2).unwrap());
    }
    schema
}

async fn postgres(url: &str) -> Schema {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    let columns = "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns \
        WHERE table_schema = current_schema()";
    let mut schema = Schema::new();
    for row in client.query(columns, &[]).await.unwrap() {
        let found = schema.entry(row.get(0)).or_default();
        found.columns.insert(row.get(1), row.get(2));
    }
    let keys = "SELECT k.table_name::text, k.column_name::text FROM information_schema.key_column_usage k \
        JOIN information_schema.table_constraints c USING (constraint_schema, constraint_name) \
        WHERE c.constraint_type = 'PRIMARY KEY' AND k.table_schema = current_schema() ORDER BY k.table_name, k.ordinal_position";
    for row in client.query(keys, &[]).await.unwrap() {
        schema.entry(row.get(0)).or_default().key.push(row.get(1));
    }
    schema
}
