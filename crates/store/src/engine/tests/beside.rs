//! Those who ask at the same time: on connections that are shared, and by statements that are shared.

use std::time::{Duration, Instant};

use provost_model::{Error, Result};

use super::support::{Insert, NUMBERS, TestDatabase};
use crate::{
    EngineKind, Finding, Gathering, Injected, InjectionPoint, Read, Sharing, Store, Tx,
    statement::statements,
};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

/// How long something may take that takes a moment.
const PATIENCE: Duration = Duration::from_secs(60);

statements! {
    BACKEND = sqlite "SELECT 1" postgres "SELECT pg_backend_pid()";
    NAPPING = sqlite "SELECT 1" postgres "SELECT pg_backend_pid() FROM (SELECT pg_sleep(3)) AS slept";
    ENDED = sqlite "SELECT 1" postgres "SELECT CAST(pg_terminate_backend(CAST(CAST($1 AS BIGINT) AS INT)) AS INT)";
}

/// Which backend answers; perhaps after a nap.
struct Backend {
    naps: bool,
}

impl Read for Backend {
    type Output = i64;
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        let sql = if self.naps { &NAPPING } else { &BACKEND };
        let backend = tx.first(sql, &[], |row| row.int(0)).await?;
        Ok(backend.unwrap())
    }
}

struct End(i64);

impl Read for End {
    type Output = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let ended = tx.first(&ENDED, &[self.0.into()], |row| row.int(0)).await?;
        assert_eq!(ended, Some(1));
        Ok(())
    }
}

/// Looks whether numbers are there; a negative one breaks it for all.
struct Numbers;

impl Finding for Numbers {
    type Key = i64;
    type Found = i64;

    async fn find(tx: &mut Tx, keys: &[i64]) -> Result<Vec<Option<i64>>> {
        if keys.iter().any(|key| *key < 0) {
            return Err(Error::internal("a key that breaks it"));
        }
        let numbers = tx.all(&NUMBERS, &[], |row| row.int(0)).await?;
        Ok(keys
            .iter()
            .map(|key| numbers.contains(key).then_some(*key))
            .collect())
    }
}

async fn backend(store: &Store) -> i64 {
    store.read(&Backend { naps: false }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn brief_queries_share_a_connection_and_outlive_it() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let store = database.open().await;
    let first = backend(&store).await;
    for _ in 0..3 {
        assert_eq!(backend(&store).await, first);
    }
    store.read(&End(first)).await.unwrap();
    // nobody is refused meanwhile
    let begun = Instant::now();
    while backend(&store).await == first {
        assert!(begun.elapsed() < PATIENCE);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_brief_after_all_is_answered_elsewhere() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let store = database.open().await;
    let first = backend(&store).await;
    let napping = store.read(&Backend { naps: true }).await.unwrap();
    assert_ne!(napping, first);
    // the connection is left to whoever naps there
    assert_ne!(backend(&store).await, first);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_is_given_up_leaves_the_connection_to_others() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let store = database.open().await;
    let first = backend(&store).await;
    for _ in 0..100 {
        let given_up = Backend { naps: false };
        let asked = tokio::time::timeout(Duration::ZERO, store.read(&given_up)).await;
        drop(asked);
        assert_eq!(backend(&store).await, first);
    }
}

/// A store, and how often it was asked for the numbers.
async fn counting(database: &TestDatabase) -> (Store, Arc<AtomicUsize>) {
    let statements = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&statements);
    let store = database.open_with(Arc::new(move |point| {
        if point == InjectionPoint::Statement(NUMBERS.name()) {
            counted.fetch_add(1, SeqCst);
        }
        None
    }));
    (store.await, statements)
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_told_what_was_asked_for() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let (store, statements) = counting(&database).await;
    for number in [2, 4, 6] {
        store.write(Insert::new(number)).await.unwrap();
    }
    let numbers = Arc::new(Gathering::<Numbers>::over(&store).unwrap());
    let asked: Vec<_> = (0..500)
        .map(|number| {
            let numbers = Arc::clone(&numbers);
            tokio::spawn(async move { numbers.find(number % 7).await })
        })
        .collect();
    for (number, asked) in (0..500).zip(asked) {
        let expected = [2, 4, 6].contains(&(number % 7)).then_some(number % 7);
        assert_eq!(asked.await.unwrap().unwrap(), expected);
    }
    assert!(statements.load(SeqCst) < 500, "nobody was gathered");
    // what was committed before somebody asks is found
    for number in 10..30 {
        assert_eq!(numbers.find(number).await.unwrap(), None);
        store.write(Insert::new(number)).await.unwrap();
        assert_eq!(numbers.find(number).await.unwrap(), Some(number));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_for_one_breaks_for_nobody_else() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let store = database.open().await;
    store.write(Insert::new(1)).await.unwrap();
    let numbers = Arc::new(Gathering::<Numbers>::over(&store).unwrap());
    let asked: Vec<_> = (0..200)
        .map(|nth| {
            let numbers = Arc::clone(&numbers);
            tokio::spawn(async move { numbers.find(if nth % 5 == 0 { -1 } else { 1 }).await })
        })
        .collect();
    for (nth, asked) in (0..200).zip(asked) {
        let answer = asked.await.unwrap();
        assert_eq!(answer.is_err(), nth % 5 == 0, "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_on_a_shared_connection_are_nobodys() {
    for fault in [
        Injected::Serialization,
        Injected::ConnectionLost,
        Injected::AnswerLost,
    ] {
        let database = TestDatabase::fresh(EngineKind::Postgres).await;
        let asked = AtomicUsize::new(0);
        let store = database
            .open_with(Arc::new(move |point| {
                let hit = point == InjectionPoint::Statement(BACKEND.name())
                    && asked.fetch_add(1, SeqCst).is_multiple_of(2);
                hit.then_some(fault)
            }))
            .await;
        for _ in 0..10 {
            assert!(backend(&store).await > 0);
        }
    }
}

/// Whether a number is there.
#[derive(Clone, PartialEq, Eq, Hash)]
struct IsThere(i64);

impl Read for IsThere {
    type Output = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        if self.0 < 0 {
            return Err(Error::internal("a question that breaks"));
        }
        let numbers = tx.all(&NUMBERS, &[], |row| row.int(0)).await?;
        Ok(numbers.contains(&self.0))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_question_is_asked_once_and_never_before_somebody_came() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let (store, statements) = counting(&database).await;
    let sharing = Arc::new(Sharing::<IsThere>::over(&store).unwrap());
    let asked: Vec<_> = (0..500)
        .map(|nth| {
            let sharing = Arc::clone(&sharing);
            tokio::spawn(async move { sharing.read(&IsThere(nth % 3 - 1)).await })
        })
        .collect();
    for (nth, asked) in (0..500).zip(asked) {
        let answer = asked.await.unwrap();
        assert_eq!(answer.ok(), (nth % 3 > 0).then_some(false));
    }
    assert!(statements.load(SeqCst) < 300, "nothing was shared");
    for number in 1..30 {
        let others: Vec<_> = (0..10)
            .map(|_| {
                let sharing = Arc::clone(&sharing);
                tokio::spawn(async move { sharing.read(&IsThere(number)).await })
            })
            .collect();
        store.write(Insert::new(number)).await.unwrap();
        assert!(sharing.read(&IsThere(number)).await.unwrap());
        for other in others {
            other.await.unwrap().unwrap();
        }
    }
}
