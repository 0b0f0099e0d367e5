//! What commands and queries may and may not do.

use provost_model::{Error, Result};
use uuid::Uuid;

use super::support::{
    BOTH, COUNTER, INSERT, INSERT_OR_BREAK, Insert, NUMBERS, TestDatabase, contents, entry,
    is_internal,
};
use crate::{Change, EngineKind, Read, Recorded, Tx, Value, Write, statement::statements, tables};

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_can_be_prepared() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        let store = database.open().await;
        let of_tests = [
            ALL,
            super::beside::ALL,
            super::postponed::ALL,
            super::support::ALL,
            super::postgres::ALL,
        ]
        .concat();
        let mut wrong = Vec::new();
        for statement in tables::statements().chain(of_tests) {
            wrong.extend(store.prepare(&[statement]).await.err());
        }
        assert!(wrong.is_empty(), "{engine:?}: {wrong:#?}");
    }
}

struct Smuggled;

impl Write for Smuggled {
    type Output = ();

    async fn run(&self, change: &mut Change) -> Result<Recorded<()>> {
        let early = change.unchanged(());
        change.execute(&INSERT, &[1.into()]).await?;
        early
    }
}

struct Denied;

impl Write for Denied {
    type Output = ();

    async fn run(&self, change: &mut Change) -> Result<Recorded<()>> {
        change.execute(&INSERT, &[1.into()]).await?;
        change.unchanged(())
    }
}

/// Breaks a constraint, and makes light of it.
struct Light;

impl Write for Light {
    type Output = ();

    async fn run(&self, change: &mut Change) -> Result<Recorded<()>> {
        change.execute(&INSERT, &[1.into()]).await?;
        let broken = change.execute(&INSERT_OR_BREAK, &[1.into()]).await;
        assert!(is_internal(&broken));
        change
            .record(entry(), ())
            .await
            .or_else(|_| change.unchanged(()))
    }
}

struct Panicking;

impl Write for Panicking {
    type Output = ();

    async fn run(&self, change: &mut Change) -> Result<Recorded<()>> {
        change.execute(&INSERT, &[1.into()]).await?;
        panic!("on purpose");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_committed_without_its_audit_entry_or_after_a_fault() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        let store = database.open().await;
        assert!(is_internal(&store.write(Smuggled).await));
        assert!(is_internal(&store.write(Denied).await));
        assert!(is_internal(&store.write(Light).await));
        assert!(is_internal(&store.write(Panicking).await));
        assert_eq!(contents(&store).await, (vec![], 0));
        assert_eq!(store.write(Insert::new(1)).await.unwrap(), 1);
    }
}

struct Waiting;

impl Read for Waiting {
    type Output = ();

    async fn run(&self, _: &mut Tx) -> Result<()> {
        tokio::task::yield_now().await;
        Ok(())
    }
}

impl Write for Waiting {
    type Output = ();

    async fn run(&self, change: &mut Change) -> Result<Recorded<()>> {
        change.execute(&INSERT, &[1.into()]).await?;
        tokio::task::yield_now().await;
        change.record(entry(), ()).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_for_something_else_is_a_fault_on_sqlite() {
    let database = TestDatabase::fresh(EngineKind::Sqlite).await;
    let store = database.open().await;
    assert!(is_internal(&store.read(&Waiting).await));
    assert!(is_internal(&store.write(Waiting).await));
    assert_eq!(contents(&store).await, (vec![], 0));
}

struct Miscounted;

impl Read for Miscounted {
    type Output = Option<i64>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<i64>> {
        tx.first(&COUNTER, &[1.into(), 2.into()], |row| row.int(0))
            .await
    }
}

/// A refusal of a row by its reader, which says nothing against the database.
struct Unread;

impl Read for Unread {
    type Output = Vec<i64>;

    async fn run(&self, tx: &mut Tx) -> Result<Vec<i64>> {
        let refused = tx
            .all(&COUNTER, &[1.into()], |row| row.text(0).map(str::to_owned))
            .await;
        assert!(is_internal(&refused));
        tx.all(&NUMBERS, &[], |row| row.int(0)).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_and_columns_are_checked() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        let store = database.open().await;
        let Err(Error::Internal(text)) = store.read(&Miscounted).await else {
            panic!("two parameters where there is one");
        };
        assert!(
            text.contains("COUNTER takes 1 parameters and was given 2"),
            "{text}"
        );
        assert_eq!(store.read(&Unread).await.unwrap(), Vec::<i64>::new());
    }
}

statements! {
    ECHO = sqlite "SELECT $3, $2, $1, EXISTS (SELECT 1 FROM test_counter WHERE id = 1), 1"
        postgres "SELECT CAST($3 AS BIGINT), CAST($2 AS TEXT), CAST($1 AS BYTEA), EXISTS (SELECT 1 FROM test_counter WHERE id = 1), 1";
}

type Echoed = (Option<i64>, Option<String>, Option<Vec<u8>>, bool, i64);

struct Echo(Option<i64>, Option<String>, Option<Vec<u8>>);

impl Read for Echo {
    type Output = Echoed;

    async fn run(&self, tx: &mut Tx) -> Result<Echoed> {
        let params = [
            self.2.as_deref().into(),
            self.1.as_ref().into(),
            self.0.into(),
        ];
        let echoed = tx.first(&ECHO, &params, |row| {
            let (text, bytes) = (row.opt_text(1)?, row.opt_bytes(2)?);
            Ok((
                row.opt_int(0)?,
                text.map(str::to_owned),
                bytes.map(<[u8]>::to_vec),
                row.bool(3)?,
                row.int(4)?,
            ))
        });
        echoed.await?.ok_or_else(|| Error::internal("no row"))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn values_come_back_as_they_went() {
    let id = Uuid::now_v7();
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        let store = database.open().await;
        for (int, text, bytes) in [
            (None, None, None),
            (Some(i64::MIN), Some(String::new()), Some(vec![])),
            (
                Some(i64::MAX),
                Some("Ä'\\%_\u{10FFFF}".to_owned()),
                Some(vec![0, 255, b'\'']),
            ),
            (
                Some(0),
                Some("$1 ?1".to_owned()),
                Some(id.as_bytes().to_vec()),
            ),
        ] {
            let echoed = store
                .read(&Echo(int, text.clone(), bytes.clone()))
                .await
                .unwrap();
            assert_eq!(echoed, (int, text, bytes, true, 1));
        }
    }
    assert_eq!(Value::from(true), Value::Int(1));
    assert_eq!(Value::from(Some(id)), Value::Id(id));
    assert_eq!(Value::from(None::<&str>), Value::Null);
}
