//! The life of a test server, with a script in the place of the `provost` binary.
#![expect(clippy::expect_used, reason = "tests")]

use provost_testkit::{Connection, Engine, Request, TestDatabase, TestServer};

const STAND_IN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stand_in.py");

fn server() -> TestServer {
    TestServer::start(STAND_IN, Engine::Sqlite)
}

#[test]
fn requests_arrive_as_written() {
    let server = server();
    let echoed = Request::new("PROPFIND", "/a//../%6de?x=%zz")
        .body("text/plain", "body")
        .send(&server);
    assert_eq!(echoed.status, 200);
    assert_eq!(echoed.text(), "PROPFIND /a//../%6de?x=%zz HTTP/1.1\nbody");
}

#[test]
fn a_connection_serves_several_requests() {
    let server = server();
    let mut connection = Connection::open(server.address()).expect("a connection");
    for body in ["one", "two"] {
        let request = Request::delete("/").body("", body);
        let echoed = connection.send(&request).expect("an answer");
        assert_eq!(echoed.text(), format!("DELETE / HTTP/1.1\n{body}"));
    }
}

#[test]
fn it_ends_in_order_and_starts_again() {
    let mut server = server();
    assert!(server.sigterm_and_wait().success());
    server.restart();
    let before = server.address();
    server.restart();
    assert_eq!(Request::get("/").send(&server).status, 200);
    assert_eq!(server.log().matches("listening on").count(), 3);

    server.sigkill();
    assert!(Request::get("/").send_to(before).is_err());
    server.restart();
    assert_eq!(Request::get("/").send(&server).status, 200);
}

#[test]
fn nobody_listens_once_it_is_dropped() {
    let server = server();
    let address = server.address();
    drop(server);
    assert!(Request::get("/").send_to(address).is_err());
}

#[test]
fn commands_run_on_the_same_database() {
    let server = server();
    let output = server.cli_with_input(&["user", "create"], "secret");
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        format!("user create secret {}\n", server.database().url())
    );
}

#[test]
#[should_panic(expected = "the settings are wrong")]
fn a_server_that_does_not_start_shows_its_log() {
    TestServer::start_with(
        STAND_IN,
        TestDatabase::fresh(Engine::Sqlite),
        &[("PROVOST_BROKEN", "yes")],
    );
}
