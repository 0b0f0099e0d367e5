//! Databases and commands for the tests.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::SeqCst},
        mpsc,
    },
    time::Duration,
};

use provost_model::{Action, Entry, EntryId, Error, Noun, Result, Subject, TenantId, Timestamp};
use tempfile::TempDir;
use tokio_postgres::NoTls;
use uuid::Uuid;

use crate::{
    Change, EngineKind, Injected, InjectionPoint, Injector, Read, Recorded, Store, StoreSettings,
    Tx, Write,
    migrate::{MIGRATIONS, Migration},
    statement::statements,
};

pub(super) const BOTH: [EngineKind; 2] = [EngineKind::Sqlite, EngineKind::Postgres];

/// Tables of the tests, after the program's own.
pub(super) const TEST_TABLES: Migration = Migration::new(
    9_000,
    "test_tables",
    "CREATE TABLE test_rows (number BIGINT NOT NULL PRIMARY KEY);
     CREATE TABLE test_counter (id BIGINT NOT NULL PRIMARY KEY, value BIGINT NOT NULL);
     INSERT INTO test_counter (id, value) VALUES (1, 0), (2, 0);",
);

statements! {
    pub(super) COUNTER = "SELECT value FROM test_counter WHERE id = $1";
    pub(super) LOCKED_COUNTER = locking "SELECT value FROM test_counter WHERE id = $1";
    pub(super) SET_COUNTER = "UPDATE test_counter SET value = $2 WHERE id = $1";
    pub(super) INSERT = "INSERT INTO test_rows (number) VALUES ($1) ON CONFLICT (number) DO NOTHING";
    pub(super) INSERT_OR_BREAK = "INSERT INTO test_rows (number) VALUES ($1)";
    pub(super) DOCUMENTS = sqlite
        "SELECT rowid FROM user_search ORDER BY rowid"
        postgres
        "SELECT user_number FROM user_search ORDER BY user_number";
    pub(super) NUMBERS = "SELECT number FROM test_rows ORDER BY number";
    pub(super) MAILBOX_QUOTAS = "SELECT quota FROM addresses WHERE domain = $1 ORDER BY local_part";
    pub(super) MAILBOX_COUNTS = "SELECT CAST(SUM(mailboxes) AS BIGINT), CAST(SUM(defaults) AS BIGINT), CAST(SUM(quota_mb) AS BIGINT) \
        FROM mailbox_counts WHERE domain = $1";
}

pub(super) fn migrations() -> Vec<Migration> {
    MIGRATIONS.iter().copied().chain([TEST_TABLES]).collect()
}

/// An empty database.
pub(super) struct TestDatabase {
    pub(super) directory: TempDir,
    pub(super) url: String,
}

impl TestDatabase {
    pub(super) async fn fresh(engine: EngineKind) -> Self {
        let directory = TempDir::new().unwrap();
        let url = match engine {
            EngineKind::Sqlite => {
                format!("sqlite:{}", directory.path().join("provost.db").display())
            }
            EngineKind::Postgres => fresh_postgres().await,
        };
        Self { directory, url }
    }

    pub(super) fn settings(&self) -> StoreSettings {
        StoreSettings::new(&self.url)
    }

    pub(super) async fn open(&self) -> Store {
        open(&self.settings()).await
    }

    pub(super) async fn open_with(&self, injector: Injector) -> Store {
        let mut settings = self.settings();
        settings.injector = Some(injector);
        open(&settings).await
    }
}

pub(super) async fn open(settings: &StoreSettings) -> Store {
    Store::open_with(settings, &migrations()).await.unwrap()
}

/// A database of its own on the tests' server. It goes when the server does.
async fn fresh_postgres() -> String {
    let server = std::env::var("PROVOST_TEST_POSTGRES").unwrap_or_else(|_| {
        panic!("set PROVOST_TEST_POSTGRES to the URL of a PostgreSQL server, or run ./test")
    });
    let (client, connection) = tokio_postgres::connect(&server, NoTls).await.unwrap();
    tokio::spawn(connection);
    let name = format!("provost_store_{}", Uuid::now_v7().simple());
    client
        .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template0"))
        .await
        .unwrap();
    let (address, query) = server.split_once('?').unwrap_or((&server, ""));
    let host = address.find("://").map_or(0, |scheme| scheme + 3);
    let end = address[host..]
        .find('/')
        .map_or(address.len(), |slash| host + slash);
    with_query(&format!("{}/{name}", &address[..end]), query)
}

/// The URL with a further query.
pub(super) fn with_query(url: &str, query: &str) -> String {
    match query {
        "" => url.to_owned(),
        _ if url.contains('?') => format!("{url}&{query}"),
        _ => format!("{url}?{query}"),
    }
}

pub(super) fn entry() -> Entry {
    Entry {
        id: EntryId(Uuid::now_v7()),
        at: Timestamp(0),
        tenant: TenantId(1),
        actor: "user:test".to_owned(),
        action: Action::TenantCreated,
        subject: Subject::named("test"),
        details: serde_json::Map::new(),
        request: "test".to_owned(),
    }
}

/// Inserts a number and counts it. Done twice it would count twice, or be refused as taken.
#[derive(Clone)]
pub(super) struct Insert {
    number: i64,
    entry: Entry,
}

impl Insert {
    pub(super) fn new(number: i64) -> Self {
        Self {
            number,
            entry: entry(),
        }
    }
}

impl Write for Insert {
    type Output = i64;

    async fn run(&self, change: &mut Change) -> Result<Recorded<i64>> {
        let count = change
            .first(&LOCKED_COUNTER, &[1.into()], |row| row.int(0))
            .await?;
        let count = count.unwrap() + 1;
        if change.execute(&INSERT, &[self.number.into()]).await? == 0 {
            return Err(Error::Taken(Noun::User));
        }
        change
            .execute(&SET_COUNTER, &[1.into(), count.into()])
            .await?;
        change.record(self.entry.clone(), count).await
    }
}

/// All numbers, and the counter.
pub(super) struct Contents;

impl Read for Contents {
    type Output = (Vec<i64>, i64);

    async fn run(&self, tx: &mut Tx) -> Result<(Vec<i64>, i64)> {
        let numbers = tx.all(&NUMBERS, &[], |row| row.int(0)).await?;
        let count = tx.first(&COUNTER, &[1.into()], |row| row.int(0)).await?;
        Ok((numbers, count.unwrap()))
    }
}

pub(super) async fn contents(store: &Store) -> (Vec<i64>, i64) {
    store.read(&Contents).await.unwrap()
}

/// Any command, as a function; for SQLite alone, since it may not wait.
pub(super) struct Doing<F>(pub(super) F);

impl<T, F> Write for Doing<F>
where
    T: Send + 'static,
    F: Fn(&mut Change) -> Result<Recorded<T>> + Send + Sync + 'static,
{
    type Output = T;

    async fn run(&self, change: &mut Change) -> Result<Recorded<T>> {
        (self.0)(change)
    }
}

/// A command that holds the writing thread until it is let go, so that others queue behind it.
pub(super) struct Hold {
    begun: mpsc::Receiver<()>,
    release: mpsc::Sender<()>,
}

impl Hold {
    /// Waits until the writing thread is held.
    pub(super) async fn of(store: &Store) -> Self {
        let (begin, begun) = mpsc::channel();
        let (release, released) = mpsc::channel();
        let released = Mutex::new(released);
        let holding = Doing(move |change: &mut Change| {
            begin.send(()).unwrap();
            released.lock().unwrap().recv().unwrap();
            change.unchanged(())
        });
        let store = store.clone();
        tokio::spawn(async move { store.write(holding).await });
        tokio::task::spawn_blocking(move || {
            begun.recv().unwrap();
            Self { begun, release }
        })
        .await
        .unwrap()
    }

    pub(super) fn release(self) {
        self.release.send(()).unwrap();
        drop(self.begun);
    }
}

/// Starts a write and gives way, so that it is queued when this returns.
pub(super) async fn queue<W: Write>(
    store: &Store,
    command: W,
) -> tokio::task::JoinHandle<Result<W::Output>> {
    let before = store.metrics();
    let queued = tokio::spawn({
        let store = store.clone();
        async move { store.write(command).await }
    });
    while store.metrics().writes == before.writes
        && store.metrics().turned_away == before.turned_away
    {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    queued
}

/// Raises one fault, at the `at`-th point where one can be raised, and counts the points.
pub(super) struct OneFault {
    points: Arc<AtomicUsize>,
    pub(super) injector: Injector,
}

impl OneFault {
    pub(super) fn at(
        at: usize,
        fault: Injected,
        here: impl Fn(InjectionPoint) -> bool + Send + Sync + 'static,
    ) -> Self {
        let points = Arc::new(AtomicUsize::new(0));
        let counting = Arc::clone(&points);
        let injector =
            move |point| (here(point) && counting.fetch_add(1, SeqCst) == at).then_some(fault);
        Self {
            points,
            injector: Arc::new(injector),
        }
    }

    pub(super) fn was_raised_before(&self, at: usize) -> bool {
        self.points.load(SeqCst) > at
    }
}

pub(super) fn is_internal<T>(outcome: &Result<T>) -> bool {
    matches!(outcome, Err(Error::Internal(_)))
}

pub(super) fn is_unavailable<T>(outcome: &Result<T>) -> bool {
    matches!(outcome, Err(Error::Unavailable(_)))
}
