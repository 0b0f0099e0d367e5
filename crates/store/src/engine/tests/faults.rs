//! Repetition after faults, at every point where they can come.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use tokio::runtime::Handle;

use super::support::{
    BOTH, Insert, LOCKED_COUNTER, OneFault, TestDatabase, contents, is_internal, is_unavailable,
    open,
};
use crate::{EngineKind, Injected, InjectionPoint, Store};

/// Raises a fault at the first point, the second, and so on, until the command has no further one, and gives how many there were.
async fn at_every_point(
    database: &TestDatabase,
    fault: Injected,
    check: impl AsyncFn(&Store, Insert, i64, usize),
) -> usize {
    for at in 0.. {
        let one = OneFault::at(at, fault, |_| true);
        let store = database.open_with(one.injector.clone()).await;
        let number = i64::try_from(at).unwrap();
        check(&store, Insert::new(number), number, at).await;
        let raised = one.was_raised_before(at);
        store.close().await;
        if !raised {
            return at;
        }
    }
    unreachable!()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_serialization_failure_anywhere_is_repeated() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        let points = at_every_point(
            &database,
            Injected::Serialization,
            async |store, insert, number, _| {
                assert_eq!(store.write(insert).await.unwrap(), number + 1);
            },
        )
        .await;
        assert!(
            points >= 6,
            "three statements, the entry's two and the commit"
        );
        let rows = i64::try_from(points).unwrap() + 1;
        assert_eq!(
            contents(&database.open().await).await,
            ((0..rows).collect(), rows)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_lost_anywhere_is_repeated() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    for fault in [Injected::ConnectionLost, Injected::AnswerLost] {
        let before = contents(&database.open().await).await.1;
        let points = at_every_point(&database, fault, async |store, _, number, _| {
            let answer = store.write(Insert::new(before + number)).await;
            assert_eq!(answer.unwrap(), before + number + 1);
        })
        .await;
        assert!(points >= 6);
        let rows = before + i64::try_from(points).unwrap() + 1;
        assert_eq!(
            contents(&database.open().await).await,
            ((0..rows).collect(), rows)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_io_error_anywhere_undoes_the_command() {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let points = at_every_point(
        &database,
        Injected::ConnectionLost,
        async |store, insert, _, _| {
            let outcome = store.write(insert).await;
            // the last one, to which no fault comes any more, passes
            assert!(is_internal(&outcome) || outcome.unwrap() == 1);
        },
    )
    .await;
    assert!(points >= 6);
    assert_eq!(contents(&database.open().await).await.1, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_without_an_answer_is_looked_up_and_not_repeated() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let fault = OneFault::at(0, Injected::AnswerLost, |point| {
        point == InjectionPoint::Commit
    });
    let store = database.open_with(fault.injector.clone()).await;
    assert_eq!(store.write(Insert::new(1)).await.unwrap(), 1);
    assert_eq!(contents(&store).await, (vec![1], 1));
    let metrics = store.metrics();
    assert_eq!((metrics.doubtful_commits, metrics.repetitions), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn endless_faults_end_with_the_deadline() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        drop(database.open().await);
        for point in [
            InjectionPoint::Commit,
            InjectionPoint::Statement(super::support::INSERT.name()),
        ] {
            let mut settings = database.settings();
            settings.retry_deadline = Duration::from_millis(50);
            settings.injector = Some(Arc::new(move |here| {
                (here == point).then_some(Injected::Serialization)
            }));
            let store = open(&settings).await;
            assert!(
                is_unavailable(&store.write(Insert::new(1)).await),
                "{engine:?} {point:?}"
            );
            assert!(store.metrics().repetitions > 0);
            assert_eq!(contents(&store).await, (vec![], 0));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn queries_are_repeated() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        database.open().await.write(Insert::new(7)).await.unwrap();
        for at in 0..2 {
            let fault = OneFault::at(at, Injected::Serialization, |_| true);
            let store = database.open_with(fault.injector.clone()).await;
            assert_eq!(contents(&store).await, (vec![7], 1));
            assert_eq!(store.metrics().repetitions, 1);
            assert_eq!(
                store.read_long(super::support::Contents).await.unwrap(),
                (vec![7], 1)
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_comes_through_after_it_was_looked_up_is_not_repeated() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let late = Arc::new(database.open().await);
    let command = Insert::new(1);
    let (same, tries, commits) = (command.clone(), AtomicUsize::new(0), AtomicUsize::new(0));
    let store = database
        .open_with(Arc::new(move |point| match point {
            // the commit is on its way when the connection is lost …
            InjectionPoint::Commit => {
                (commits.fetch_add(1, SeqCst) == 0).then_some(Injected::ConnectionLost)
            }
            // … and arrives when it has been looked up and the command is about to be repeated
            InjectionPoint::Statement(name) => {
                if name == LOCKED_COUNTER.name() && tries.fetch_add(1, SeqCst) == 1 {
                    let arrives = late.write(same.clone());
                    tokio::task::block_in_place(|| Handle::current().block_on(arrives)).unwrap();
                }
                None
            }
        }))
        .await;
    assert_eq!(store.write(command).await.unwrap(), 1);
    assert_eq!(contents(&store).await, (vec![1], 1));
    let metrics = store.metrics();
    assert_eq!(
        (
            metrics.commits,
            metrics.doubtful_commits,
            metrics.repetitions
        ),
        (0, 1, 1)
    );
}
