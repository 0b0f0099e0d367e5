//! What was derived from the database is told again while nobody changed anything, and never after somebody did.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio_postgres::{Client, NoTls};

use super::support::{BOTH, Insert, TestDatabase, open, with_query};
use crate::{EngineKind, Moment, Store, metrics::EngineMetrics};

const KEY: [u8; 32] = [7; 32];
/// How long something is waited for that others on the same server may hinder: each commit there, in any database, is a change.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is remembered now.
async fn recalled(store: &Store) -> Option<i64> {
    let (found, _) = store.recall::<i64>(&KEY).await.unwrap();
    found.map(|found| *found)
}

/// The moment that the store gives, if it gives one.
async fn moment(store: &Store) -> Option<Moment> {
    let (_, moment) = store.recall::<i64>(&KEY).await.unwrap();
    moment.0.is_some().then_some(moment)
}

/// A moment, as soon as the store gives one.
async fn any_moment(store: &Store) -> Moment {
    let begun = Instant::now();
    loop {
        if let Some(moment) = moment(store).await {
            return moment;
        }
        assert!(begun.elapsed() < PATIENCE, "the store never gave a moment");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Remembers something until it is told again.
async fn remember(store: &Store) {
    let begun = Instant::now();
    loop {
        any_moment(store).await.remember(KEY, Arc::new(1_i64));
        if recalled(store).await == Some(1) {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "nothing is ever remembered");
    }
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// A store that sees functions of the test's own in place of the server's.
async fn deceived(database: &TestDatabase, functions: &str) -> (Store, Client) {
    // the schema comes first
    database.open().await.close().await;
    let client = connect(&database.url).await;
    client
        .batch_execute(&format!("CREATE SCHEMA deceit; {functions}"))
        .await
        .unwrap();
    let mut settings = database.settings();
    settings.url = with_query(
        &settings.url,
        "options=-c%20search_path%3Ddeceit,pg_catalog,public",
    );
    settings.migrate = false;
    (open(&settings).await, client)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_told_after_anybodys_commit() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        let (here, there) = (database.open().await, database.open().await);
        for number in 0..20 {
            let writer = if number % 2 == 0 { &here } else { &there };
            remember(&here).await;
            let before = any_moment(&here).await;
            writer.write(Insert::new(number)).await.unwrap();
            assert_eq!(recalled(&here).await, None, "{engine:?} {number}");
            // found before the change, and told after it
            before.remember(KEY, Arc::new(1));
            assert_eq!(recalled(&here).await, None, "{engine:?} {number}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_recalled_is_counted() {
    let store = TestDatabase::fresh(EngineKind::Postgres).await.open().await;
    let count = || match store.metrics().engine {
        EngineMetrics::Postgres(pool) => pool.recalled,
        _ => panic!("it is PostgreSQL's"),
    };
    assert_eq!(count(), 0);
    remember(&store).await;
    assert!(count() >= 1);
}

/// A question that waits for a lock, after the server has looked at its transactions.
const SLOW_QUESTION: &str = "CREATE FUNCTION deceit.pg_current_snapshot() RETURNS pg_snapshot LANGUAGE plpgsql AS $$
    DECLARE seen pg_snapshot := pg_catalog.pg_current_snapshot();
    BEGIN PERFORM pg_advisory_lock_shared(1); PERFORM pg_advisory_unlock_shared(1); RETURN seen; END $$";

#[tokio::test(flavor = "multi_thread")]
async fn a_question_on_its_way_answers_nobody_who_comes_later() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let (store, client) = deceived(&database, SLOW_QUESTION).await;
    let begun = Instant::now();
    loop {
        assert!(begun.elapsed() < PATIENCE, "no question was slow");
        any_moment(&store).await;
        client
            .batch_execute("SELECT pg_advisory_lock(1)")
            .await
            .unwrap();
        let ask = || {
            let store = store.clone();
            tokio::spawn(async move { moment(&store).await })
        };
        let early = ask();
        let waits = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted \
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        while client.query(waits, &[]).await.unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        client
            .batch_execute("UPDATE test_counter SET value = value + 1")
            .await
            .unwrap();
        let late: Vec<_> = (0..10).map(|_| ask()).collect();
        tokio::time::sleep(Duration::from_millis(20)).await;
        client
            .batch_execute("SELECT pg_advisory_unlock(1)")
            .await
            .unwrap();
        // on a busy machine the question may have been given up
        let Some(early) = early.await.unwrap() else {
            continue;
        };
        early.remember(KEY, Arc::new(1_i64));
        let mut answered = 0;
        for late in late {
            if let Some(late) = late.await.unwrap() {
                assert!(late.recall::<i64>(&KEY).is_none());
                answered += 1;
            }
        }
        if answered == 10 {
            return;
        }
    }
}

/// A server that can be told to say always the same.
const STANDING_STILL: &str = "CREATE TABLE deceit.said (seen TEXT);
    CREATE FUNCTION deceit.pg_current_snapshot() RETURNS pg_snapshot LANGUAGE sql AS
    'SELECT COALESCE((SELECT CAST(seen AS pg_snapshot) FROM deceit.said), pg_catalog.pg_current_snapshot())'";

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_says_the_same_after_a_commit_is_not_believed_again() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let (store, client) = deceived(&database, STANDING_STILL).await;
    remember(&store).await;
    client
        .batch_execute("INSERT INTO deceit.said (seen) VALUES ('10:10:')")
        .await
        .unwrap();
    any_moment(&store).await.remember(KEY, Arc::new(1_i64));
    assert_eq!(recalled(&store).await, Some(1), "it stands still");
    store.write(Insert::new(1)).await.unwrap();
    assert_eq!(recalled(&store).await, None);
    client
        .batch_execute("DELETE FROM deceit.said")
        .await
        .unwrap();
    for _ in 0..100 {
        assert!(moment(&store).await.is_none());
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_postgresql_itself_is_believed() {
    let standing_still =
        format!("{STANDING_STILL}; INSERT INTO deceit.said (seen) VALUES ('10:10:')");
    for functions in [
        "CREATE FUNCTION deceit.version() RETURNS TEXT LANGUAGE sql AS $$SELECT 'CockroachDB CCL v24.1.0'$$",
        "CREATE FUNCTION deceit.version() RETURNS TEXT LANGUAGE sql AS $$SELECT 'PostgreSQL 11.2-YB-2.19 on x86_64'$$",
        "CREATE TABLE deceit.pg_extension AS SELECT CAST('citus' AS TEXT) AS extname",
        "CREATE FUNCTION deceit.pg_is_in_recovery() RETURNS BOOLEAN LANGUAGE sql AS 'SELECT TRUE'",
        &standing_still,
    ] {
        let database = TestDatabase::fresh(EngineKind::Postgres).await;
        let (store, _client) = deceived(&database, functions).await;
        let begun = Instant::now();
        // one that is believed is long before that
        while begun.elapsed() < Duration::from_millis(1500) {
            assert!(moment(&store).await.is_none(), "{functions}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_remembered_goes_with_the_connection_that_vouched_for_it() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let store = database.open().await;
    let client = connect(&database.url).await;
    for _ in 0..3 {
        remember(&store).await;
        let ended = client
            .query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() \
                 AND query LIKE '%pg_current_snapshot%' AND pid <> pg_backend_pid()",
                &[],
            )
            .await
            .unwrap();
        assert_eq!(ended.len(), 1);
        // no request notices but by the time it takes
        assert_eq!(recalled(&store).await, None);
        let moment = any_moment(&store).await;
        assert!(moment.recall::<i64>(&KEY).is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_store_asks_nobody() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let store = database.open().await;
    any_moment(&store).await;
    store.clone().close().await;
    let begun = Instant::now();
    while moment(&store).await.is_some() {
        assert!(begun.elapsed() < PATIENCE, "it is never closed");
    }
}
