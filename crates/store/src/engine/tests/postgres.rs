//! Real conflicts, real lost connections.

use std::{
    sync::atomic::{AtomicBool, Ordering::SeqCst},
    time::Duration,
};

use provost_model::{Entry, EntryId, Result, TenantId};
use tokio::sync::{Notify, oneshot};

use super::support::{
    COUNTER, INSERT, Insert, LOCKED_COUNTER, SET_COUNTER, TestDatabase, contents, entry,
    is_internal, is_unavailable, open, with_query,
};
use crate::{
    Change, EngineKind, Read, Recorded, Store, Tx, Write,
    metrics::{EngineMetrics, PoolMetrics},
    statement::statements,
    tables::audit,
};

statements! {
    FAILS_LATE = sqlite "SELECT 1" postgres "SELECT CAST(1 / (2 - n) AS BIGINT) FROM generate_series(1, 2) AS n";
    END_CONNECTION = sqlite "SELECT 1" postgres "SELECT 1 FROM (SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(600)) AS ended";
    SLEEP = sqlite "SELECT 1" postgres "SELECT 1 FROM (SELECT pg_sleep(600)) AS slept";
}

/// Adds one to each of two counters, in an order of its own.
struct Both {
    order: [i64; 2],
    entry: Entry,
}

impl Write for Both {
    type Output = ();

    async fn run(&self, change: &mut Change) -> Result<Recorded<()>> {
        for id in self.order {
            let value = change
                .first(&LOCKED_COUNTER, &[id.into()], |row| row.int(0))
                .await?
                .unwrap();
            change
                .execute(&SET_COUNTER, &[id.into(), (value + 1).into()])
                .await?;
        }
        change.record(self.entry.clone(), ()).await
    }
}

/// Adds one without holding the row: right only where transactions are serializable.
struct Unlocked(Entry);

impl Write for Unlocked {
    type Output = ();

    async fn run(&self, change: &mut Change) -> Result<Recorded<()>> {
        let value = change
            .first(&COUNTER, &[1.into()], |row| row.int(0))
            .await?
            .unwrap();
        change
            .execute(&SET_COUNTER, &[1.into(), (value + 1).into()])
            .await?;
        change.record(self.0.clone(), ()).await
    }
}

/// Writes, and ends with a statement that fails after the row that is asked for.
struct EndsInFailure(Entry);

impl Write for EndsInFailure {
    type Output = ();

    async fn run(&self, change: &mut Change) -> Result<Recorded<()>> {
        change.execute(&INSERT, &[1.into()]).await?;
        let recorded = change.record(self.0.clone(), ()).await?;
        change.first(&FAILS_LATE, &[], |row| row.int(0)).await?;
        Ok(recorded)
    }
}

async fn at_once<W: Write>(store: &Store, commands: impl IntoIterator<Item = W>) {
    let running: Vec<_> = commands
        .into_iter()
        .map(|command| {
            let store = store.clone();
            tokio::spawn(async move { store.write(command).await })
        })
        .collect();
    for command in running {
        command.await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_that_fails_after_its_first_row_is_not_committed() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let store = database.open().await;
    let outcome = store.write(EndsInFailure(entry())).await;
    assert!(is_internal(&outcome), "{outcome:?}");
    assert_eq!(contents(&store).await, (vec![], 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn deadlocks_are_repeated() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let store = open(&{
        let mut settings = database.settings();
        settings.retry_deadline = Duration::from_secs(120);
        settings.connection_wait = Duration::from_secs(120);
        // found sooner than after the default second
        settings.url = with_query(&settings.url, "options=-c%20deadlock_timeout%3D10ms");
        settings
    })
    .await;
    let both = |order| Both {
        order,
        entry: entry(),
    };
    at_once(&store, (0..20).flat_map(|_| [both([1, 2]), both([2, 1])])).await;
    assert_eq!(contents(&store).await.1, 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_servers_own_isolation_level_holds() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let store = open(&{
        let mut settings = database.settings();
        settings.retry_deadline = Duration::from_secs(120);
        settings.url = with_query(
            &settings.url,
            "options=-c%20default_transaction_isolation%3Dserializable",
        );
        settings
    })
    .await;
    at_once(&store, (0..20).map(|_| Unlocked(entry()))).await;
    assert_eq!(contents(&store).await.1, 20);
}

/// Inserts; but at the first try the server ends the connection midway.
struct Cut(AtomicBool, Insert);

impl Write for Cut {
    type Output = i64;

    async fn run(&self, change: &mut Change) -> Result<Recorded<i64>> {
        let recorded = self.1.run(change).await?;
        if !self.0.swap(true, SeqCst) {
            change.first(&END_CONNECTION, &[], |_| Ok(())).await?;
        }
        Ok(recorded)
    }
}

impl Read for Cut {
    type Output = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if !self.0.swap(true, SeqCst) {
            tx.first(&END_CONNECTION, &[], |_| Ok(())).await?;
        }
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_the_server_ends_is_replaced() {
    let store = TestDatabase::fresh(EngineKind::Postgres).await.open().await;
    let cut = || Cut(AtomicBool::new(false), Insert::new(1));
    store.read(&cut()).await.unwrap();
    assert_eq!(store.write(cut()).await.unwrap(), 1);
    assert_eq!(contents(&store).await, (vec![1], 1));
    assert_eq!(store.metrics().repetitions, 2);
}

/// Inserts and then never ends.
struct Endless(std::sync::Mutex<Option<oneshot::Sender<()>>>);

impl Write for Endless {
    type Output = ();

    async fn run(&self, change: &mut Change) -> Result<Recorded<()>> {
        change.execute(&INSERT, &[1.into()]).await?;
        let begun = self.0.lock().unwrap().take();
        begun.unwrap().send(()).unwrap();
        change.first(&SLEEP, &[], |_| Ok(())).await?;
        change.record(entry(), ()).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_dropped_midway_leaves_no_dirty_connection() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let mut settings = database.settings();
    settings.connections = 1;
    let store = open(&settings).await;
    let (begin, begun) = oneshot::channel();
    let endless = Endless(std::sync::Mutex::new(Some(begin)));
    tokio::select! {
        _ = store.write(endless) => panic!("it never ends"),
        begun = begun => begun.unwrap(),
    }
    assert_eq!(store.write(Insert::new(2)).await.unwrap(), 1);
    assert_eq!(contents(&store).await, (vec![2], 1));
}

/// Holds its connection until told.
struct Occupying<'a>(&'a Notify);

impl Read for Occupying<'_> {
    type Output = ();

    async fn run(&self, _: &mut Tx) -> Result<()> {
        self.0.notified().await;
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exhausted_pool_is_unavailable() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let mut settings = database.settings();
    settings.connections = 1;
    settings.connection_wait = Duration::from_millis(50);
    let store = open(&settings).await;
    let done = Notify::new();
    let occupying = Occupying(&done);
    let others = async {
        assert!(is_unavailable(&store.write(Insert::new(1)).await));
        // a node that is busy is not out of service
        store.ready().await.unwrap();
        let used = PoolMetrics {
            most: 1,
            open: 1,
            idle: 0,
            waiting: 0,
            recalled: 0,
        };
        assert_eq!(store.metrics().engine, EngineMetrics::Postgres(used));
        done.notify_one();
    };
    let (occupied, ()) = tokio::join!(store.read(&occupying), others);
    occupied.unwrap();
    assert_eq!(store.write(Insert::new(1)).await.unwrap(), 1);
}

/// Writes nothing but its entry.
struct Recording(Entry);

impl Write for Recording {
    type Output = ();

    async fn run(&self, change: &mut Change) -> Result<Recorded<()>> {
        change.record(self.0.clone(), ()).await
    }
}

/// Looks up whether the entry was committed.
struct Lookup(EntryId);

impl Read for Lookup {
    type Output = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        audit::is_durable(tx, TenantId(1), self.0).await
    }
}

/// A standby that has not got a commit yet must not say that there was none; nor may a server that takes no writes any more.
#[tokio::test(flavor = "multi_thread")]
async fn only_a_server_that_takes_writes_tells_whether_a_commit_was() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let recording = Recording(entry());
    let lookup = Lookup(recording.0.id);
    let store = database.open().await;
    assert!(!store.read(&lookup).await.unwrap());
    store.write(recording).await.unwrap();
    assert!(store.read(&lookup).await.unwrap());

    let mut settings = database.settings();
    settings.url = with_query(
        &settings.url,
        "options=-c%20default_transaction_read_only%3Don",
    );
    settings.retry_deadline = Duration::from_millis(100);
    let standby = open(&settings).await;
    assert!(is_unavailable(&standby.read(&lookup).await));
}

/// As a machine that is cut off: connections are accepted, and nothing is ever said.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_says_nothing_is_passed_over() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let mut settings = database.settings();
    let host = format!("@{},", silent.local_addr().unwrap());
    settings.url = settings.url.replacen('@', &host, 1);
    let store = open(&settings).await;
    store.ready().await.unwrap();
    assert_eq!(store.write(Insert::new(1)).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_is_unavailable() {
    let mut settings = crate::StoreSettings::new("postgres://nobody@127.0.0.1:1/nothing");
    settings.retry_deadline = Duration::from_millis(50);
    assert!(is_unavailable(&Store::open(&settings).await));
}
