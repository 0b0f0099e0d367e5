//! What is not copied, and not opened.

use super::super::support::{BOTH, TestDatabase};
use super::world::{copied, filled, path, refused, sql, unfinish, unopened};
use crate::{
    EngineKind::{Postgres, Sqlite},
    Store, backup,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_target_with_rows_is_refused() {
    let source = filled().await;
    for engine in BOTH {
        let target = TestDatabase::fresh(engine).await;
        copied(&source, &target).await.unwrap();
        let why = refused(&source, &target).await;
        assert!(
            why.contains("not empty") && why.contains("the target"),
            "{why}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_without_a_directory_is_refused_and_no_target_is_made() {
    for engine in BOTH {
        let (source, target) = (
            TestDatabase::fresh(engine).await,
            TestDatabase::fresh(Sqlite).await,
        );
        let none = refused(&source, &target).await;
        assert!(none.contains("the source: "), "{none}");
        Store::open(&source.settings()).await.unwrap().close().await;
        let empty = refused(&source, &target).await;
        assert!(empty.contains("no tenants"), "{empty}");
        assert!(!std::path::Path::new(path(&target)).exists());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_served_file_is_refused_on_either_side() {
    let source = filled().await;
    let (target, other) = (
        TestDatabase::fresh(Sqlite).await,
        TestDatabase::fresh(Sqlite).await,
    );
    let mut settings = source.settings();
    settings.server = true;
    let server = Store::open(&settings).await.unwrap();
    let why = refused(&source, &target).await;
    assert!(why.contains("the source: a server runs on"), "{why}");
    server.close().await;
    settings = other.settings();
    settings.server = true;
    let server = Store::open(&settings).await.unwrap();
    let why = refused(&source, &other).await;
    assert!(why.contains("the target: a server runs on"), "{why}");
    server.close().await;
    copied(&source, &target).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn both_sides_may_not_be_one() {
    let source = filled().await;
    let why = refused(&source, &source).await;
    assert!(why.contains("same database"), "{why}");
    let server = TestDatabase::fresh(Postgres).await;
    copied(&source, &server).await.unwrap();
    let why = refused(&server, &server).await;
    assert!(why.contains("same database"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unfinished_copy_belongs_to_its_source_and_is_no_directory() {
    let (source, other) = (filled().await, filled().await);
    for engine in BOTH {
        let target = TestDatabase::fresh(engine).await;
        copied(&source, &target).await.unwrap();
        unfinish(&target, &source).await;
        let why = refused(&other, &target).await;
        assert!(why.contains("an unfinished copy of sqlite:"), "{why}");
        let third = TestDatabase::fresh(Sqlite).await;
        let why = refused(&target, &third).await;
        assert!(
            why.contains("the source: it is itself an unfinished copy"),
            "{why}"
        );
        let why = unopened(&target).await;
        assert!(why.contains("unfinished copy of sqlite:"), "{why}");
    }
    let target = TestDatabase::fresh(Sqlite).await;
    copied(&source, &target).await.unwrap();
    unfinish(&target, &source).await;
    let file = target.directory.path().join("backup");
    let why = backup(&target.url, &file).unwrap_err().to_string();
    assert!(why.contains("unfinished copy"), "{why}");
    assert!(!file.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_writes_to_a_file_while_it_is_copied() {
    let source = filled().await;
    let (_held, _connection) = crate::engine::sqlite::copy::source(path(&source)).unwrap();
    let late = rusqlite::Connection::open(path(&source)).unwrap();
    late.busy_timeout(std::time::Duration::ZERO).unwrap();
    assert!(late.execute("DELETE FROM apps", []).is_err());
    let apps: i64 = late
        .query_row("SELECT COUNT(*) FROM apps", [], |row| row.get(0))
        .unwrap();
    assert_eq!(apps, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_message_holds_a_password() {
    let source = filled().await;
    let database = TestDatabase::fresh(Postgres).await;
    let (user, rest) = database.url.split_once('@').unwrap();
    let with_password = TestDatabase {
        url: format!("{user}:Sesame-77@{rest}"),
        ..database
    };
    copied(&source, &with_password).await.unwrap();
    unfinish(&with_password, &source).await;
    for why in [
        refused(&with_password, &with_password).await,
        refused(&with_password, &source).await,
        refused(&filled().await, &with_password).await,
    ] {
        assert!(!why.contains("Sesame"), "{why}");
    }
    sql(&with_password, "DELETE FROM unfinished_copies").await;
    let target = TestDatabase::fresh(Sqlite).await;
    copied(&with_password, &target).await.unwrap();
    unfinish(&target, &with_password).await;
    let why = unopened(&target).await;
    assert!(
        why.contains("postgres://127.0.0.1") && !why.contains("Sesame"),
        "{why}"
    );
}
