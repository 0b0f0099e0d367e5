//! From each engine to each.

use super::super::support::TestDatabase;
use super::world::{Seen, copied, filled, rows};
use crate::{
    CopyStep,
    EngineKind::{Postgres, Sqlite},
    Read, Sql, Store, Tx,
    copy::copy,
    copy::tables::TABLES,
    tables::search,
};
use provost_model::{Result, TenantId};
use tokio_postgres::NoTls;

#[tokio::test(flavor = "multi_thread")]
async fn all_rows_are_the_same_on_each_engine_and_back() {
    let mut source = filled().await;
    let mut sums = Vec::new();
    for engine in [Postgres, Postgres, Sqlite, Sqlite] {
        let target = TestDatabase::fresh(engine).await;
        let copied = copied(&source, &target).await.unwrap();
        assert_eq!((copied.tables, copied.rows), (TABLES.len(), rows()));
        assert_eq!(copied.renewed, Vec::<&str>::new());
        sums.push(copied.sha256);
        source = target;
    }
    sums.dedup();
    assert_eq!(sums.len(), 1, "{sums:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_is_told_with_all_its_rows() {
    let (source, target) = (filled().await, TestDatabase::fresh(Sqlite).await);
    let mut seen = Seen::default();
    copy(&source.url, &target.url, &mut seen).await.unwrap();
    assert_eq!(
        seen.steps,
        [
            (CopyStep::Copying, rows(), rows()),
            (CopyStep::Comparing, 2 * rows(), 2 * rows())
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_target_has_the_indexes_of_any_database() {
    let target = TestDatabase::fresh(Postgres).await;
    copied(&filled().await, &target).await.unwrap();
    let fresh = TestDatabase::fresh(Postgres).await;
    Store::open(&fresh.settings()).await.unwrap();
    assert_eq!(indexes(&target.url).await, indexes(&fresh.url).await);
}

async fn indexes(url: &str) -> Vec<String> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    let rows = client
        .query(
            "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY indexdef",
            &[],
        )
        .await
        .unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// How many users a search for a piece of a login finds.
struct Hits;

impl Read for Hits {
    type Output = usize;

    async fn run(&self, tx: &mut Tx) -> Result<usize> {
        // the third user's
        let login = tx
            .first(&LOGIN_KEY, &[], |row| Ok(row.text(0)?.to_owned()))
            .await?
            .unwrap();
        Ok(search::hits(tx, TenantId(3), &login, 10).await?.len())
    }
}

static LOGIN_KEY: Sql = {
    const TEXT: &str = "SELECT login_key FROM users WHERE tenant = 3 AND number = 3";
    Sql::new("LOGIN_KEY", TEXT, TEXT)
};

#[tokio::test(flavor = "multi_thread")]
async fn the_search_of_the_target_finds_its_users() {
    let source = filled().await;
    for engine in [Sqlite, Postgres] {
        let target = TestDatabase::fresh(engine).await;
        copied(&source, &target).await.unwrap();
        let store = Store::open(&target.settings()).await.unwrap();
        assert_eq!(store.read(&Hits).await.unwrap(), 1, "{engine:?}");
    }
}
