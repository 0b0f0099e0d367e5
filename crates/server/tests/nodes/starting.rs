//! Nodes that start at the same moment on an empty database.

use crate::{as_administrator, node};
use provost_testkit::{Engine, Request, TestDatabase};
use std::{sync::Arc, thread};

#[test]
fn one_of_them_sets_the_database_up_and_all_serve() {
    let database = Arc::new(TestDatabase::fresh(Engine::Postgres));
    let starting: Vec<_> = (0..4)
        .map(|_| {
            let database = Arc::clone(&database);
            thread::spawn(move || node(&database, &[]))
        })
        .collect();
    for node in starting {
        let node = node.join().unwrap();
        let list =
            as_administrator(Request::get("/ocs/v2.php/cloud/users?format=json")).send(&node);
        assert_eq!(list.ocs_data()["users"], serde_json::json!(["admin"]));
    }
    let applied = database
        .rows("SELECT version, CAST(COUNT(*) AS TEXT) FROM schema_migrations GROUP BY version");
    assert!(applied.iter().all(|row| row[1] == "1"), "{applied:?}");
}
