//! What was written before a server was killed is sealed after it came up again.

use crate::{clients::Clients, server};
use provost_testkit::{Engine, TestServer};
use std::{thread, time::Duration};

fn all_is_sealed_after_kills(engine: Engine) {
    let mut server = server(engine);
    for round in 0..3 {
        let clients = Clients::start(&server, round);
        // long enough to be killed while it seals, too
        while clients.count() < 20 || sealed(&server) <= round {
            thread::sleep(Duration::from_millis(20));
        }
        server.sigkill();
        clients.acknowledged();
        assert!(server.cli(&["check"]).status.success());
        server.restart();
        assert!(server.cli(&["check"]).status.success());
    }
    while waiting(&server) != "0" {
        thread::sleep(Duration::from_millis(50));
    }
    let checked = server.cli(&["check"]);
    assert_eq!(
        String::from_utf8_lossy(&checked.stdout),
        "the database is sound\n"
    );

    let altered = "UPDATE audit_entries SET actor = 'user:eve' WHERE action = 'user.created'";
    server.database().rows(altered);
    let checked = server.cli(&["check"]);
    let told = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(!checked.status.success());
    assert!(
        told.contains("an audit entry that was changed after it was sealed: tenant 1, entry "),
        "{told}"
    );
}

fn sealed(server: &TestServer) -> usize {
    let rows = server.database().rows("SELECT COUNT(*) FROM audit_seals");
    rows[0][0].parse().unwrap()
}

fn waiting(server: &TestServer) -> String {
    let mut rows = server
        .database()
        .rows("SELECT COUNT(*) FROM audit_unsealed");
    rows.remove(0).remove(0)
}

#[test]
fn all_is_sealed_after_kills_on_sqlite() {
    all_is_sealed_after_kills(Engine::Sqlite);
}

#[test]
fn all_is_sealed_after_kills_on_postgres() {
    all_is_sealed_after_kills(Engine::Postgres);
}

#[test]
fn a_server_that_ends_in_order_leaves_nothing_unsealed() {
    let mut server = server(Engine::Sqlite);
    server.sigterm_and_wait();
    assert_eq!(waiting(&server), "0");
    assert_eq!(
        server.database().rows("SELECT COUNT(*) FROM leases"),
        [["0"]]
    );
}
