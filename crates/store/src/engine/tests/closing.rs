//! The end.

use super::support::{BOTH, Hold, Insert, TestDatabase, contents, is_unavailable, queue};
use crate::EngineKind;

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_store_refuses_writes() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        let store = database.open().await;
        store.ready().await.unwrap();
        let clone = store.clone();
        store.write(Insert::new(1)).await.unwrap();
        store.close().await;
        assert!(is_unavailable(&clone.write(Insert::new(2)).await));
        assert!(clone.ready().await.is_err());
        clone.close().await;
        assert_eq!(contents(&database.open().await).await, (vec![1], 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_carries_out_what_is_queued_and_empties_the_log() {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let store = database.open().await;
    let hold = Hold::of(&store).await;
    let mut answers = Vec::new();
    for number in 0..10 {
        answers.push(queue(&store, Insert::new(number)).await);
    }
    let closing = tokio::spawn(store.clone().close());
    hold.release();
    closing.await.unwrap();
    for answer in answers {
        answer.await.unwrap().unwrap();
    }
    drop(store);
    let left: Vec<_> = database
        .directory
        .path()
        .read_dir()
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    assert_eq!(left, ["provost.db"]);
    assert_eq!(contents(&database.open().await).await.1, 10);
}
