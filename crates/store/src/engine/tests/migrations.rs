//! Schemas that are missing, other or newer.

use super::support::{BOTH, Insert, TEST_TABLES, TestDatabase, contents, is_internal, migrations};
use crate::{EngineKind, Store, StoreSettings, migrate::Migration};

const LATER: Migration = Migration::new(
    9_001,
    "later",
    "CREATE TABLE test_later (number BIGINT NOT NULL PRIMARY KEY)",
);

#[tokio::test(flavor = "multi_thread")]
async fn a_database_is_migrated_once_and_further() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        database.open().await.write(Insert::new(1)).await.unwrap();
        let further: Vec<_> = migrations().into_iter().chain([LATER]).collect();
        for _ in 0..2 {
            let store = Store::open_with(&database.settings(), &further)
                .await
                .unwrap();
            assert_eq!(contents(&store).await, (vec![1], 1));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_database_is_refused() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        let newer: Vec<_> = migrations().into_iter().chain([LATER]).collect();
        Store::open_with(&database.settings(), &newer)
            .await
            .unwrap();
        let refused = Store::open_with(&database.settings(), &migrations()).await;
        let text = refused.err().unwrap().to_string();
        assert!(
            text.contains("schema version 9001") && text.contains("up to 9000"),
            "{text}"
        );
    }
}

/// The settings of a node.
fn node(database: &TestDatabase) -> StoreSettings {
    let mut settings = database.settings();
    settings.server = true;
    settings
}

/// A node of the release before, which ended while a newer one migrated, comes up again; the command line, which might copy what it does
/// not know, is refused, see [`a_newer_database_is_refused`].
#[tokio::test(flavor = "multi_thread")]
async fn a_node_starts_on_a_schema_that_only_grew() {
    const CONTRACTION: Migration = Migration::new(9_002, "contract_later", "DROP TABLE test_later");
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let newer: Vec<_> = migrations().into_iter().chain([LATER]).collect();
    Store::open_with(&node(&database), &newer).await.unwrap();
    let old = Store::open_with(&node(&database), &migrations())
        .await
        .unwrap();
    old.write(Insert::new(1)).await.unwrap();
    let mut not_migrating = node(&database);
    not_migrating.migrate = false;
    Store::open_with(&not_migrating, &migrations())
        .await
        .unwrap();

    let newest: Vec<_> = newer.into_iter().chain([CONTRACTION]).collect();
    Store::open_with(&node(&database), &newest).await.unwrap();
    old.write(Insert::new(2)).await.unwrap();
    let refused = Store::open_with(&node(&database), &migrations()).await;
    let text = refused.err().unwrap().to_string();
    assert!(text.contains("schema version 9002"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_migration_is_refused() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        drop(database.open().await);
        let mut changed = migrations();
        changed.pop();
        changed.push(Migration::new(
            TEST_TABLES.version,
            TEST_TABLES.name,
            "SELECT 1",
        ));
        let refused = Store::open_with(&database.settings(), &changed).await;
        let text = refused.err().unwrap().to_string();
        assert!(text.contains("migration 9000 (test_tables)"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_migration_leaves_nothing_behind() {
    const BROKEN: Migration = Migration::new(
        9_001,
        "later",
        "CREATE TABLE test_later (number BIGINT); SELECT nothing FROM nowhere",
    );
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        let broken: Vec<_> = migrations().into_iter().chain([BROKEN]).collect();
        assert!(is_internal(
            &Store::open_with(&database.settings(), &broken).await
        ));
        let mended: Vec<_> = migrations().into_iter().chain([LATER]).collect();
        Store::open_with(&database.settings(), &mended)
            .await
            .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_start_at_once_migrate_once() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        let nodes: Vec<_> = (0..4)
            .map(|_| {
                let settings = database.settings();
                tokio::spawn(async move { Store::open_with(&settings, &migrations()).await })
            })
            .collect();
        for (node, number) in nodes.into_iter().zip(0..) {
            let store = node.await.unwrap().unwrap();
            store.write(Insert::new(number)).await.unwrap();
        }
        assert_eq!(contents(&database.open().await).await.1, 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_does_not_migrate_beneath_a_server() {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let mut settings = database.settings();
    settings.server = true;
    let server = Store::open_with(&settings, &migrations()).await.unwrap();
    let newer: Vec<_> = migrations().into_iter().chain([LATER]).collect();
    assert!(is_internal(
        &Store::open_with(&database.settings(), &newer).await
    ));
    server.close().await;
    Store::open_with(&database.settings(), &newer)
        .await
        .unwrap();
}
