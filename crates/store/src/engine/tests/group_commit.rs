//! One commit for many commands, each on its own.

use provost_model::{Error, Noun};

use super::support::{
    DOCUMENTS, Doing, Hold, Insert, OneFault, TestDatabase, contents, is_internal, is_unavailable,
    open, queue,
};
use crate::{
    Change, EngineKind, Injected, InjectionPoint,
    metrics::{EngineMetrics, statement_times},
};

#[tokio::test(flavor = "multi_thread")]
async fn commands_that_wait_share_commits() {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let store = database.open().await;
    let hold = Hold::of(&store).await;
    let mut answers = Vec::new();
    for number in 0..400 {
        answers.push(queue(&store, Insert::new(number)).await);
    }
    hold.release();
    for answer in answers {
        answer.await.unwrap().unwrap();
    }
    assert_eq!(contents(&store).await, ((0..400).collect(), 400));
    let metrics = store.metrics();
    assert_eq!(metrics.writes, 401);
    assert!(metrics.commits <= 100, "{metrics:?}");
    assert!(metrics.commits >= 2, "more than 256 commands in one commit");
    assert_eq!(metrics.commit_times.count(), metrics.commits);
    let audit = statement_times().find(|it| it.name == "audit::INSERT");
    assert!(audit.is_some_and(|it| it.count >= 400), "{audit:?}");
    let EngineMetrics::Sqlite {
        waiting_writes,
        writes_per_commit,
        ..
    } = metrics.engine
    else {
        panic!("SQLite's metrics")
    };
    assert_eq!(waiting_writes, 0);
    assert_eq!(writes_per_commit.count(), metrics.commits);
    assert_eq!(writes_per_commit.sum, metrics.writes);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_or_panicking_command_undoes_itself_alone() {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let store = database.open().await;
    let hold = Hold::of(&store).await;
    let first = queue(&store, Insert::new(1)).await;
    let refused = queue(&store, Partly(2, || Err(Error::Unknown(Noun::User)))).await;
    let panicking = queue(&store, Partly(3, || panic!("on purpose"))).await;
    let taken = queue(&store, Insert::new(1)).await;
    let last = queue(&store, Insert::new(4)).await;
    hold.release();
    assert_eq!(first.await.unwrap().unwrap(), 1);
    assert!(matches!(
        refused.await.unwrap(),
        Err(Error::Unknown(Noun::User))
    ));
    assert!(is_internal(&panicking.await.unwrap()));
    assert!(matches!(
        taken.await.unwrap(),
        Err(Error::Taken(Noun::User))
    ));
    assert_eq!(last.await.unwrap().unwrap(), 2);
    assert_eq!(contents(&store).await, (vec![1, 4], 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_of_what_is_undone_are_not_written() {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let store = database.open().await;
    let hold = Hold::of(&store).await;
    let first = queue(&store, Indexed([9, 7], 8, || Ok(()))).await;
    let refused = queue(
        &store,
        Indexed([5, 6], 4, || Err(Error::Unknown(Noun::User))),
    )
    .await;
    let last = queue(&store, Indexed([2, 3], 1, || Ok(()))).await;
    hold.release();
    first.await.unwrap().unwrap();
    assert!(refused.await.unwrap().is_err());
    last.await.unwrap().unwrap();
    let found = store.read(&Documents).await.unwrap();
    assert_eq!(found, [2, 3, 7, 9]);
}

/// Adds documents, and another that it undoes, and then ends otherwise.
struct Indexed([i64; 2], i64, fn() -> provost_model::Result<()>);

impl crate::Write for Indexed {
    type Output = ();

    async fn run(&self, change: &mut Change) -> provost_model::Result<crate::Recorded<()>> {
        let recorded = Insert::new(self.1).run(change).await?;
        let [one, other] = self.0;
        change.documents.add(one, "gram".to_owned());
        let mark = change.mark().await?;
        change.documents.add(self.1, "gram".to_owned());
        change.undo(mark).await?;
        change.documents.add(other, "gram".to_owned());
        (self.2)()?;
        Ok(recorded.map(|_| ()))
    }
}

struct Documents;

impl crate::Read for Documents {
    type Output = Vec<i64>;

    async fn run(&self, tx: &mut crate::Tx) -> provost_model::Result<Vec<i64>> {
        tx.all(&DOCUMENTS, &[], |row| row.int(0)).await
    }
}

/// Inserts, and then ends otherwise.
struct Partly(i64, fn() -> provost_model::Result<()>);

impl crate::Write for Partly {
    type Output = ();

    async fn run(&self, change: &mut Change) -> provost_model::Result<crate::Recorded<()>> {
        let recorded = Insert::new(self.0).run(change).await?;
        drop(recorded);
        (self.1)()?;
        change.record(super::support::entry(), ()).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_turns_away_at_once() {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let mut settings = database.settings();
    settings.queue_length = 2;
    let store = open(&settings).await;
    let hold = Hold::of(&store).await;
    let queued = [
        queue(&store, Insert::new(1)).await,
        queue(&store, Insert::new(2)).await,
    ];
    assert!(is_unavailable(&store.write(Insert::new(3)).await));
    let metrics = store.metrics();
    assert_eq!(metrics.turned_away, 1);
    assert!(
        matches!(
            metrics.engine,
            EngineMetrics::Sqlite {
                waiting_writes: 2,
                queue_length: 2,
                ..
            }
        ),
        "{metrics:?}"
    );
    hold.release();
    for answer in queued {
        answer.await.unwrap().unwrap();
    }
    assert_eq!(contents(&store).await, (vec![1, 2], 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_commit_fails_the_whole_batch_and_no_other() {
    let fault = OneFault::at(0, Injected::ConnectionLost, |point| {
        point == InjectionPoint::Commit
    });
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let store = database.open_with(fault.injector.clone()).await;
    let mut answers = Vec::new();
    let outcome = {
        // what the held thread finds when it is let go is in one batch with the hold, or in the next
        let blocked = Doing(|change: &mut Change| change.unchanged(()));
        store.write(blocked).await
    };
    assert!(is_internal(&outcome));
    for number in 0..3 {
        answers.push(queue(&store, Insert::new(number)).await);
    }
    for answer in answers {
        answer.await.unwrap().unwrap();
    }
    assert_eq!(contents(&store).await, (vec![0, 1, 2], 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_are_void_if_their_batch_is() {
    // the first commit is the hold's
    let fault = OneFault::at(1, Injected::ConnectionLost, |point| {
        point == InjectionPoint::Commit
    });
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let store = database.open_with(fault.injector.clone()).await;
    let hold = Hold::of(&store).await;
    // longer than a batch may work, so that those behind are in the next
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    let answers = [
        queue(&store, Insert::new(1)).await,
        queue(&store, Insert::new(1)).await,
    ];
    hold.release();
    for answer in answers {
        assert!(is_internal(&answer.await.unwrap()));
    }
    assert_eq!(contents(&store).await, (vec![], 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_waits_for_any_more_is_not_begun() {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let store = database.open().await;
    let hold = Hold::of(&store).await;
    let abandoned = queue(&store, Insert::new(1)).await;
    abandoned.abort();
    assert!(abandoned.await.unwrap_err().is_cancelled());
    let last = queue(&store, Insert::new(2)).await;
    hold.release();
    last.await.unwrap().unwrap();
    assert_eq!(contents(&store).await, (vec![2], 1));
}
