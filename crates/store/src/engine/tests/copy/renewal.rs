//! What an interrupted copy left is not believed.

use super::super::support::{BOTH, TestDatabase};
use super::world::{copied, filled, refused, sql, unfinish, unopened};
use crate::{EngineKind, Store};

#[tokio::test(flavor = "multi_thread")]
async fn a_target_that_was_tampered_with_is_mended() {
    let source = filled().await;
    for engine in BOTH {
        let target = TestDatabase::fresh(engine).await;
        let whole = copied(&source, &target).await.unwrap();
        unfinish(&target, &source).await;
        sql(
            &target,
            "UPDATE users SET login = 'other' WHERE tenant = 7 AND number = 7;
             DELETE FROM names WHERE tenant = 2;
             INSERT INTO apps (tenant, app, enabled) VALUES (99, 'more', 1)",
        )
        .await;
        let again = copied(&source, &target).await.unwrap();
        assert_eq!(again.renewed, ["users", "names", "apps"], "{engine:?}");
        assert_eq!(again.sha256, whole.sha256);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_lacks_a_user_is_made_anew() {
    let source = filled().await;
    let target = TestDatabase::fresh(EngineKind::Postgres).await;
    copied(&source, &target).await.unwrap();
    unfinish(&target, &source).await;
    sql(&target, "DELETE FROM user_search WHERE tenant = 5").await;
    assert_eq!(copied(&source, &target).await.unwrap().renewed, ["users"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_went_on_is_caught_up_with() {
    let first = filled().await;
    for engine in BOTH {
        let source = TestDatabase::fresh(engine).await;
        copied(&first, &source).await.unwrap();
        let target = TestDatabase::fresh(EngineKind::Sqlite).await;
        copied(&source, &target).await.unwrap();
        unfinish(&target, &source).await;
        sql(
            &source,
            "UPDATE tenants SET name = 'renamed' WHERE id = 1;
             INSERT INTO leases (name, holder, until) SELECT 'x', hash, 1 FROM audit_seals WHERE tenant = 1;
             INSERT INTO apps (tenant, app, enabled) VALUES (99, 'more', 1)",
        )
        .await;
        let again = copied(&source, &target).await.unwrap();
        // what comes after the last key is merely missing
        assert_eq!(again.renewed, ["tenants"], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_from_below_a_server_is_finished_once_it_has_ended() {
    let first = filled().await;
    let source = TestDatabase::fresh(EngineKind::Postgres).await;
    copied(&first, &source).await.unwrap();
    let server = Store::open(&source.settings()).await.unwrap();
    let target = TestDatabase::fresh(EngineKind::Sqlite).await;
    let why = refused(&source, &target).await;
    assert!(
        why.contains("not finished") && why.contains("stop its servers"),
        "{why}"
    );
    let why = unopened(&target).await;
    assert!(why.contains("unfinished copy of postgres://"), "{why}");
    server.close().await;
    server_connections_end(&source).await;
    copied(&source, &target).await.unwrap();
    Store::open(&target.settings()).await.unwrap();
}

/// A closed connection is gone from the server's list a moment later.
async fn server_connections_end(database: &TestDatabase) {
    let (client, connection) = tokio_postgres::connect(&database.url, tokio_postgres::NoTls)
        .await
        .unwrap();
    tokio::spawn(connection);
    let open = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'provost'";
    while !client.query(open, &[]).await.unwrap().is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}
