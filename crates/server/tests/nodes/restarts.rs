//! One node of two is restarted in order, the other is killed, while clients work through a proxy.

use crate::{Load, Proxy, assert_each_is_there_once, node};
use provost_testkit::{Engine, TestDatabase, TestServer};
use std::{sync::Arc, time::Instant};

#[test]
fn no_request_fails_by_a_restart_and_no_acknowledged_change_by_a_kill() {
    let database = Arc::new(TestDatabase::fresh(Engine::Postgres));
    // longer than the proxy takes to see it
    let drained = [("PROVOST_DRAIN", "2")];
    let mut nodes = [node(&database, &drained), node(&database, &drained)];
    let addresses = nodes.each_ref().map(TestServer::address);
    let proxy = Proxy::before(&addresses);
    let load = Load::on(&[proxy.address()]);

    load.go_on_for(50);
    assert_eq!(nodes[0].sigterm_and_wait().code(), Some(0));
    load.go_on_for(50);
    nodes[0].restart_at(addresses[0]);
    load.go_on_for(50);
    let failed = load.failed();
    assert!(
        failed.is_empty(),
        "the node that ended in order made requests fail: {failed:?}"
    );

    let killed = Instant::now();
    nodes[1].sigkill();
    load.go_on_for(50);
    nodes[1].restart_at(addresses[1]);
    load.go_on_for(50);
    // what the killed node had begun, nobody knows the end of; but nothing else fails
    let failed = load.failed();
    assert!(
        failed
            .iter()
            .all(|it| it.at > killed && it.status.is_none_or(|status| status == 502)),
        "{failed:?}"
    );
    let acknowledged = load.end();
    assert_each_is_there_once(&acknowledged, |sql| {
        let rows = database.rows(sql).into_iter();
        rows.map(|row| (row[0].clone(), row[1].clone())).collect()
    });
    let checked = nodes[0].cli(&["check"]);
    assert!(checked.status.success(), "{checked:?}");
}
