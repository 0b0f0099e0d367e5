//! One file, several processes.

use std::{os::unix::fs::PermissionsExt as _, sync::Mutex};

use provost_model::Result;

use super::support::{Hold, Insert, TestDatabase, contents, is_unavailable, open, queue};
use crate::{EngineKind, Read, Store, StoreSettings, Tx};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_server_is_refused_until_the_first_has_closed() {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let mut settings = database.settings();
    settings.server = true;
    let first = open(&settings).await;
    let text = Store::open(&settings).await.err().unwrap().to_string();
    assert!(text.contains("another server runs on"), "{text}");
    first.close().await;
    open(&settings).await.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_works_beside_a_server() {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let mut settings = database.settings();
    settings.server = true;
    let server = open(&settings).await;
    let command_line = database.open().await;
    for number in 0..20 {
        let (one, other) = tokio::join!(
            server.write(Insert::new(number)),
            command_line.write(Insert::new(100 + number))
        );
        assert_eq!(one.unwrap() + other.unwrap(), 4 * number + 3);
    }
    assert_eq!(contents(&server).await, contents(&command_line).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_sees_what_is_committed_while_the_writer_works() {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let store = database.open().await;
    store.write(Insert::new(1)).await.unwrap();
    let hold = Hold::of(&store).await;
    let waiting = queue(&store, Insert::new(2)).await;
    assert_eq!(contents(&store).await, (vec![1], 1));
    store.ready().await.unwrap();
    hold.release();
    waiting.await.unwrap().unwrap();
    assert_eq!(contents(&store).await, (vec![1, 2], 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_held_by_another_process_is_unavailable() {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let mut settings = database.settings();
    settings.busy_timeout = std::time::Duration::from_millis(20);
    let (one, other) = (open(&settings).await, open(&settings).await);
    let hold = Hold::of(&one).await;
    assert!(is_unavailable(&other.write(Insert::new(1)).await));
    hold.release();
    one.write(Insert::new(2)).await.unwrap();
    assert_eq!(contents(&other).await, (vec![2], 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn others_may_not_read_the_files() {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let mut settings = database.settings();
    settings.server = true;
    let store = open(&settings).await;
    store.write(Insert::new(1)).await.unwrap();
    let mut files = 0;
    for file in database.directory.path().read_dir().unwrap() {
        let file = file.unwrap();
        assert_eq!(
            file.metadata().unwrap().permissions().mode() & 0o077,
            0,
            "{file:?}"
        );
        files += 1;
    }
    assert_eq!(
        files, 4,
        "the database, its log, the log's index and the lock"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_url_needs_a_file() {
    for url in [
        "sqlite:",
        "sqlite::memory:",
        "sqlite:/nowhere/at/all.db",
        "mysql://host/db",
        "provost.db",
    ] {
        assert!(
            Store::open(&StoreSettings::new(url)).await.is_err(),
            "{url}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_sees_each_commit_of_each_process() {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let (one, other) = (database.open().await, database.open().await);
    for number in 1..20 {
        let writer = if number % 2 == 0 { &one } else { &other };
        writer.write(Insert::new(number)).await.unwrap();
        for reader in [&one, &other] {
            assert_eq!(contents(reader).await.1, number);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_begins_anew_although_readers_stay_in_their_snapshots() {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let store = database.open().await;
    let log = database.directory.path().join("provost.db-wal");
    let mut longest = 0;
    for number in 0..3_000 {
        store.write(Insert::new(number)).await.unwrap();
        assert_eq!(contents(&store).await.1, number + 1);
        longest = longest.max(log.metadata().unwrap().len());
    }
    // it is checkpointed at 4,000 pages, of which a commit writes a handful
    assert!(longest < 5_000 * 4096, "{longest}");
}

/// Notes when it runs.
struct Noted<'a>(&'a Mutex<Vec<&'static str>>);

impl Read for Noted<'_> {
    type Output = ();

    async fn run(&self, _: &mut Tx) -> Result<()> {
        self.0.lock().unwrap().push("reads");
        Ok(())
    }
}

#[tokio::test]
async fn all_who_are_about_to_read_do_so_one_after_another() {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let store = database.open().await;
    let notes = Mutex::new(Vec::new());
    let reader = || async {
        notes.lock().unwrap().push("comes");
        store.read(&Noted(&notes)).await.unwrap();
        notes.lock().unwrap().push("goes");
    };
    tokio::join!(reader(), reader(), reader());
    assert_eq!(
        *notes.lock().unwrap(),
        [
            "comes", "comes", "comes", "reads", "reads", "reads", "goes", "goes", "goes"
        ]
    );
}
