//! How PostgreSQL reads what it believes to be little.

use super::support::TestDatabase;
use crate::{EngineKind, Store, StoreSettings, tables};
use tokio_postgres::NoTls;

/// Some hundred entries of one tenant, and statistics that say so.
const ENTRIES: &str = "
    INSERT INTO audit_entries (tenant, id, at, actor, action, subject, details, request)
        SELECT 1, decode(lpad(to_hex(n), 32, '0'), 'hex'), n, 'a', 'b', 'c', '{}', 'r' FROM generate_series(1, 300) n;
    INSERT INTO audit_unsealed (tenant, id) SELECT tenant, id FROM audit_entries;
    INSERT INTO events (tenant, id, at, action, subject, details) SELECT tenant, id, at, action, subject, details FROM audit_entries;
    ANALYZE;
";

/// While many entries are made the statistics tell of few, and all of them would be read for each seal.
#[tokio::test(flavor = "multi_thread")]
async fn listed_audit_entries_are_read_between_the_first_and_the_last() {
    let database = TestDatabase::fresh(EngineKind::Postgres).await;
    let settings = StoreSettings::new(database.settings().url);
    Store::open(&settings).await.unwrap().close().await;
    let (client, connection) = tokio_postgres::connect(&settings.url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(ENTRIES).await.unwrap();
    let listed: Vec<_> = tables::statements()
        .filter(|sql| sql.postgres().contains("decode(value, 'hex')"))
        .collect();
    assert_eq!(listed.len(), 5);
    for sql in listed {
        let id = |n| format!("decode('{n:032x}', 'hex')");
        let text = sql
            .postgres()
            .replace("$1", "1")
            .replace("$2", &format!(r#"'["{:032x}", "{:032x}"]'"#, 7, 9))
            .replace("$3", &id(7))
            .replace("$4", &id(9));
        let plan = client
            .query(&format!("EXPLAIN {text}"), &[])
            .await
            .unwrap_or_else(|error| panic!("{text}: {error:?}"));
        let plan: Vec<String> = plan.iter().map(|row| row.get(0)).collect();
        let ranged = |line: &String| line.contains("Index Cond: ((tenant = 1) AND (id >= ");
        assert!(plan.iter().any(ranged), "{}: {plan:#?}", sql.name());
    }
}
