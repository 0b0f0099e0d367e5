//! One node seals the audit for all; when it dies another one goes on.

use crate::{as_administrator, node};
use provost_testkit::{Engine, Request, TestDatabase, TestServer};
use std::{sync::Arc, thread, time::Duration};

/// Makes a group on a node and waits until its entry is sealed, by whom ever.
fn is_sealed(node: &TestServer, name: &str) {
    let request = Request::post("/ocs/v2.php/cloud/groups?format=json").form(&[("groupid", name)]);
    assert_eq!(as_administrator(request).send(node).ocs_code(), 200);
    while node.database().rows("SELECT COUNT(*) FROM audit_unsealed") != [["0"]] {
        thread::sleep(Duration::from_millis(50));
    }
}

fn holder(node: &TestServer) -> String {
    let mut rows = node
        .database()
        .rows("SELECT encode(holder, 'hex') FROM leases");
    rows.remove(0).remove(0)
}

#[test]
fn another_node_goes_on_when_the_one_that_seals_dies() {
    let database = Arc::new(TestDatabase::fresh(Engine::Postgres));
    let mut nodes = [node(&database, &[]), node(&database, &[])];
    is_sealed(&nodes[0], "one");
    let first = holder(&nodes[0]);
    is_sealed(&nodes[1], "two");

    // one of them held the lease
    nodes[0].sigkill();
    is_sealed(&nodes[1], "three");
    nodes[0].restart();
    nodes[1].sigkill();
    is_sealed(&nodes[0], "four");
    assert_ne!(holder(&nodes[0]), first);
    let checked = nodes[0].cli(&["check"]);
    assert_eq!(
        String::from_utf8_lossy(&checked.stdout),
        "the database is sound\n"
    );
}
