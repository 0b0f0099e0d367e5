//! The schema that is printed is the one that the program makes, and it can be spread.

use super::support::TestDatabase;
use crate::{EngineKind, SchemaEngine, Store, StoreSettings, schema};
use tokio_postgres::NoTls;

/// Columns and indexes of all tables.
const CATALOG: &str = "SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' \
    || COALESCE(column_default, '') || ' ' || COALESCE(collation_name, '') FROM information_schema.columns WHERE table_schema = 'public' \
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1";

/// What Citus has, as far as it can refuse: a unique index has to hold the column by which its table is spread.
const CITUS: &str = r"
    CREATE SCHEMA citus;
    CREATE TABLE citus.placed (relation TEXT PRIMARY KEY, spread_by TEXT);
    CREATE FUNCTION create_reference_table(relation TEXT) RETURNS void LANGUAGE sql AS 'INSERT INTO citus.placed VALUES (relation, NULL)';
    CREATE FUNCTION create_distributed_table(relation TEXT, spread_by TEXT) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = CAST(relation AS regclass) AND attname = spread_by AND attnotnull) THEN
            RAISE EXCEPTION '% has no column % that is never null', relation, spread_by;
        END IF;
        IF EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = CAST(relation AS regclass) AND i.indisunique AND NOT EXISTS
            (SELECT 1 FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) AND a.attname = spread_by)) THEN
            RAISE EXCEPTION 'a unique index of % does not hold %', relation, spread_by;
        END IF;
        INSERT INTO citus.placed VALUES (relation, spread_by);
    END $$;
";
const UNPLACED: &str = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' \
    AND NOT EXISTS (SELECT 1 FROM citus.placed WHERE relation = table_name)";

async fn client(database: &TestDatabase) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(&database.settings().url, NoTls)
        .await
        .unwrap();
    tokio::spawn(connection);
    client
}

async fn lines(client: &tokio_postgres::Client, sql: &str) -> Vec<String> {
    let rows = client.query(sql, &[]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// The catalog that the program's own migrations make.
async fn migrated() -> Vec<String> {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let settings = StoreSettings::new(database.settings().url);
    Store::open(&settings).await.unwrap().close().await;
    lines(&client(&database).await, CATALOG).await
}

/// The catalog without what is left out for some engines: the byte order of texts where there is no other, and an option of indexes.
fn comparable(catalog: Vec<String>) -> Vec<String> {
    let bare = |line: String| {
        let line = line.split(" WITH (fastupdate").next().unwrap_or_default();
        line.strip_suffix('C').unwrap_or(line).to_owned()
    };
    let mut catalog: Vec<_> = catalog.into_iter().map(bare).collect();
    catalog.sort_unstable();
    catalog
}

/// Opens the database without a right to change its schema.
async fn opens(database: &TestDatabase) {
    let settings = StoreSettings {
        migrate: false,
        ..StoreSettings::new(database.settings().url)
    };
    Store::open(&settings).await.unwrap().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printed_schema_is_the_programs_own() {
    let expected = migrated().await;
    assert!(expected.len() > 200, "the catalog was not read");
    for engine in [
        SchemaEngine::Postgres,
        SchemaEngine::Citus,
        SchemaEngine::Cockroach,
        SchemaEngine::Yugabyte,
    ] {
        let database = TestDatabase::fresh(EngineKind::Postgres).await;
        let client = client(&database).await;
        client.batch_execute(CITUS).await.unwrap();
        // the one line that PostgreSQL does not know
        let text = schema(engine, 0).replace("SET yb_use_hash_splitting_by_default = off;", "");
        client
            .batch_execute(&text)
            .await
            .unwrap_or_else(|error| panic!("{engine:?}: {error:?}"));
        let made = lines(&client, CATALOG).await;
        assert_eq!(comparable(made), comparable(expected.clone()), "{engine:?}");
        opens(&database).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_has_its_place_on_citus() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let client = client(&database).await;
    client.batch_execute(CITUS).await.unwrap();
    client
        .batch_execute(&schema(SchemaEngine::Citus, 0))
        .await
        .unwrap();
    assert_eq!(lines(&client, UNPLACED).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_schema_is_brought_forward_in_print() {
    let expected = migrated().await;
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let client = client(&database).await;
    client.batch_execute(CITUS).await.unwrap();
    let whole = schema(SchemaEngine::Citus, 0);
    let later = schema(SchemaEngine::Citus, 4);
    let (earlier, _) = whole.split_once("-- Version 5:").unwrap();
    client.batch_execute(earlier).await.unwrap();
    client.batch_execute(&later).await.unwrap();
    assert_eq!(lines(&client, CATALOG).await, expected);
    // those of the first four versions have been placed before, those of the others now
    let placed = lines(&client, "SELECT relation FROM citus.placed").await;
    assert!(placed.contains(&"webmail_accounts".to_owned()));
    assert!(!placed.contains(&"users".to_owned()));
    opens(&database).await;
}
