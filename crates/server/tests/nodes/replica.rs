//! A standby that serves lists.

use crate::{Cluster, as_administrator, node_on};
use provost_testkit::{PASSWORD, Request, TestServer};
use std::{thread, time::Duration};

fn get(node: &TestServer, path: &str) -> serde_json::Value {
    let answer = as_administrator(Request::get(path)).send(node);
    assert_eq!(answer.ocs_code(), 200, "{path}: {}", answer.text());
    answer.ocs_data()
}

fn made(node: &TestServer, login: &str) {
    let make = Request::post("/ocs/v2.php/cloud/users?format=json")
        .form(&[("userid", login), ("password", PASSWORD)]);
    assert_eq!(as_administrator(make).send(node).ocs_code(), 200);
}

fn listed(node: &TestServer) -> serde_json::Value {
    get(node, "/ocs/v2.php/cloud/users?format=json")["users"].clone()
}

/// Lists come from it, late as it may be; who somebody is and what it may do, and what is asked by name, never.
#[test]
fn lists_come_from_the_replica_and_nothing_else_does() {
    let primary = Cluster::new();
    let standby = primary.standby(false);
    let node = node_on(
        &primary.url(),
        &[("PROVOST_DATABASE_REPLICA", &standby.url())],
    );
    let all = serde_json::json!(["admin", "late"]);

    let before = primary.sql("SELECT pg_current_wal_lsn()");
    while standby.sql(&format!("SELECT pg_last_wal_replay_lsn() >= '{before}'")) != "t" {
        thread::sleep(Duration::from_millis(5));
    }
    standby.sql("SELECT pg_wal_replay_pause()");
    while standby.sql("SELECT pg_get_wal_replay_pause_state()") != "paused" {
        thread::sleep(Duration::from_millis(5));
    }
    made(&node, "late");
    assert_eq!(
        listed(&node),
        serde_json::json!(["admin"]),
        "the list is the replica's"
    );
    assert_eq!(
        get(&node, "/ocs/v2.php/cloud/users?format=json&search=late")["users"],
        serde_json::json!([])
    );
    assert_eq!(
        get(&node, "/ocs/v2.php/cloud/users/late?format=json")["id"],
        "late"
    );
    let own = Request::get("/ocs/v2.php/cloud/user?format=json")
        .ocs()
        .basic("late", PASSWORD);
    assert_eq!(own.send(&node).status, 200, "who it is, the primary knows");

    standby.sql("SELECT pg_wal_replay_resume()");
    while listed(&node) != all {
        thread::sleep(Duration::from_millis(5));
    }

    standby.stop();
    made(&node, "later");
    assert_eq!(
        listed(&node),
        serde_json::json!(["admin", "late", "later"]),
        "without a replica the primary serves"
    );
}
