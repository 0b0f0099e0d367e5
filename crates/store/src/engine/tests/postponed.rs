//! Statements that wait for the next one or the commit, and those that are counted each.

use std::time::{Duration, Instant};

use provost_model::{Entry, Result};

use super::support::{
    BOTH, COUNTER, INSERT, INSERT_OR_BREAK, TestDatabase, contents, entry, is_internal,
};
use crate::{Change, EngineKind, Recorded, Store, Write, statement::statements};

/// How long something may take that takes a moment.
const PATIENCE: Duration = Duration::from_secs(60);

statements! {
    ADD = "INSERT INTO test_counter (id, value) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET value = test_counter.value + excluded.value";
    IS_THERE = "SELECT 1 FROM test_rows WHERE number = $1";
}

/// Adds numbers and counts, and waits for none of it.
struct Later {
    numbers: Vec<i64>,
    looks: bool,
    entry: Entry,
}

impl Later {
    fn new(numbers: &[i64]) -> Self {
        Self {
            numbers: numbers.to_vec(),
            looks: false,
            entry: entry(),
        }
    }
}

impl Write for Later {
    type Output = Option<i64>;

    async fn run(&self, change: &mut Change) -> Result<Recorded<Option<i64>>> {
        // the first one begins the transaction
        assert!(!change.any(&IS_THERE, &[(-1).into()]).await?);
        for number in &self.numbers {
            change
                .execute_later(&INSERT_OR_BREAK, &[(*number).into()])
                .await?;
            change.execute_later(&ADD, &[1.into(), 1.into()]).await?;
        }
        let seen = if self.looks {
            change
                .first(&COUNTER, &[1.into()], |row| row.int(0))
                .await?
        } else {
            None
        };
        change.record(self.entry.clone(), seen).await
    }
}

/// Adds two numbers at once, after looking for a third.
struct Each(Entry);

impl Write for Each {
    type Output = Vec<u64>;

    async fn run(&self, change: &mut Change) -> Result<Recorded<Vec<u64>>> {
        let (one, two) = ([1.into()], [2.into()]);
        let counts = change
            .execute_each(&[(&IS_THERE, &two), (&INSERT, &one), (&INSERT, &two)])
            .await?;
        change.record(self.0.clone(), counts).await
    }
}

/// Waits until the server is known to be one that takes statements made of several.
async fn known(store: &Store, engine: EngineKind) {
    if engine == EngineKind::Sqlite {
        return;
    }
    let begun = Instant::now();
    loop {
        let (_, moment) = store.recall::<i64>(&[1; 32]).await.unwrap();
        if moment.0.is_some() {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "it was never known");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_committed_and_seen_by_what_follows() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        let store = database.open().await;
        for first in [0, 100] {
            store.write(Later::new(&[first + 1])).await.unwrap();
            let many: Vec<i64> = (first + 10..first + 40).collect();
            store.write(Later::new(&many)).await.unwrap();
            let looking = Later {
                looks: true,
                ..Later::new(&[first + 2, first + 3])
            };
            let seen = store.write(looking).await.unwrap();
            let (numbers, count) = contents(&store).await;
            assert_eq!(seen, Some(count), "{engine:?}");
            assert_eq!(numbers.len() as i64, count, "{engine:?}");
            assert_eq!(count, first / 100 * 33 + 33, "{engine:?}");
            // and once more, where that is done by statements made of several
            known(&store, engine).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_and_fails_undoes_all_of_it() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        let store = database.open().await;
        store.write(Later::new(&[1])).await.unwrap();
        for _ in 0..2 {
            for numbers in [&[1][..], &[2, 1], &[1, 3, 4]] {
                for looks in [false, true] {
                    let failing = Later {
                        looks,
                        ..Later::new(numbers)
                    };
                    let outcome = store.write(failing).await;
                    assert!(is_internal(&outcome), "{engine:?} {outcome:?}");
                    assert_eq!(contents(&store).await, (vec![1], 1), "{engine:?}");
                }
            }
            known(&store, engine).await;
        }
        store.write(Later::new(&[2])).await.unwrap();
        assert_eq!(contents(&store).await, (vec![1, 2], 2), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_statement_is_counted() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        let store = database.open().await;
        let counts = store.write(Each(entry())).await.unwrap();
        assert_eq!(counts, [0, 1, 1], "{engine:?}");
        let counts = store.write(Each(entry())).await.unwrap();
        assert_eq!(counts, [1, 0, 0], "{engine:?}");
        known(&store, engine).await;
        let counts = store.write(Each(entry())).await.unwrap();
        assert_eq!(counts, [1, 0, 0], "{engine:?}");
    }
}
