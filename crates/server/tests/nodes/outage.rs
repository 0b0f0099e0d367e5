//! The database is gone for a while, or takes no writes.

use crate::{Cluster, as_administrator, node_on};
use provost_testkit::{ADMIN_PASSWORD, Request, TestServer};
use serde_json::json;
use std::{thread, time::Duration};

fn status(node: &TestServer, path: &str) -> u16 {
    Request::get(path).send(node).status
}

fn make(login: &str) -> Request {
    as_administrator(
        Request::post("/ocs/v2.php/cloud/users?format=json")
            .form(&[("userid", login), ("email", "somebody@example.com")]),
    )
}

/// A request that comes while the database restarts is answered late, and once.
#[test]
fn a_restart_is_waited_for() {
    let cluster = Cluster::new();
    let node = node_on(&cluster.url(), &[]);
    assert_eq!(make("before").send(&node).ocs_code(), 200);
    assert_eq!(status(&node, "/readyz"), 200);
    cluster.stop();
    assert_eq!(
        (status(&node, "/healthz"), status(&node, "/readyz")),
        (200, 503)
    );
    thread::scope(|scope| {
        let during = scope.spawn(|| make("during").send(&node));
        thread::sleep(Duration::from_millis(500));
        cluster.start();
        assert_eq!(during.join().unwrap().ocs_code(), 200);
    });
    assert_eq!(status(&node, "/readyz"), 200);
    assert_eq!(make("after").send(&node).ocs_code(), 200);
    let made = cluster.sql(
        "SELECT COUNT(*) FROM audit_entries WHERE action = 'user.created' AND subject = 'during'",
    );
    assert_eq!(made, "1");
}

/// A server that was turned into one that takes no writes is none to be served from, though it answers.
#[test]
fn a_database_that_takes_no_writes_is_not_ready() {
    let cluster = Cluster::new();
    let node = node_on(&cluster.url(), &[]);
    assert_eq!(status(&node, "/readyz"), 200);
    cluster.sql("ALTER SYSTEM SET default_transaction_read_only = on");
    cluster.sql("SELECT pg_reload_conf()");
    while status(&node, "/readyz") != 503 {
        thread::sleep(Duration::from_millis(20));
    }
    cluster.sql("ALTER SYSTEM RESET default_transaction_read_only");
    cluster.sql("SELECT pg_reload_conf()");
    while status(&node, "/readyz") != 200 {
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(make("late").send(&node).ocs_code(), 200);
}

/// When the time for repetitions is over each dialect says so in its own words.
#[test]
fn an_outage_is_told_in_every_dialects_envelope() {
    let cluster = Cluster::new();
    let node = node_on(&cluster.url(), &[]);
    cluster.kill();
    let oneoffice = Request::post("/oneoffice")
        .header("x-api-key", "pvk_0123456789abcdef")
        .json(&json!({ "method": "getUserByEmail", "params": { "email": "a@example.com" } }));
    let hostway =
        Request::get("/accounts/default/email/example.com").basic("admin", ADMIN_PASSWORD);
    let open_xchange = Request::get("/oxaas/v1/admin/oxuser?search=admin&field=UIDNAME")
        .basic("admin@@", ADMIN_PASSWORD);
    let asked = [make("nobody"), oneoffice, hostway, open_xchange];
    let [ocs, oneoffice, hostway, open_xchange] = thread::scope(|scope| {
        asked
            .each_ref()
            .map(|request| scope.spawn(|| request.send(&node)))
            .map(|thread| thread.join().unwrap())
    });
    assert_eq!((ocs.status, ocs.ocs_code()), (503, 503));
    assert_eq!(oneoffice.status, 503);
    assert_eq!(
        oneoffice.json(),
        "service unavailable, please try again later"
    );
    assert_eq!(
        (hostway.status, hostway.header("Retry-After")),
        (503, Some("1"))
    );
    assert_eq!(open_xchange.status, 503);
    assert_eq!(open_xchange.json(), json!({ "error": "Try again later" }));
}
