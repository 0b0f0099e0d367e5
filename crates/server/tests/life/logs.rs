//! What the server logs.

use provost_testkit::{ADMIN_PASSWORD, Engine, Request, TestDatabase, TestServer};
use serde_json::Value;

/// The log of a server that is asked with a password and then ended.
fn log(variables: &[(&str, &str)]) -> String {
    let mut server = TestServer::start_with(
        env!("CARGO_BIN_EXE_provost"),
        TestDatabase::fresh(Engine::Sqlite),
        variables,
    );
    Request::get("/ocs/v1.php/cloud/users?search=ada")
        .header("OCS-APIRequest", "true")
        .header("X-Request-Id", "here-i-am")
        .basic("admin", ADMIN_PASSWORD)
        .send(&server);
    Request::get("/healthz").send(&server);
    server.sigterm_and_wait();
    server.log()
}

#[test]
fn json_logs_are_an_object_a_line_with_the_request_id() {
    let log = log(&[("PROVOST_LOG_FORMAT", "json")]);
    let lines: Vec<Value> = log
        .lines()
        .filter(|line| !line.starts_with("listening on"))
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    let access: Vec<&Value> = lines
        .iter()
        .filter(|line| line["target"] == "access")
        .collect();
    assert_eq!(access.len(), 1, "health checks are not logged: {log}");
    assert_eq!(access[0]["request_id"], "here-i-am");
    assert_eq!(access[0]["status"], 200);
}

#[test]
fn what_is_logged_in_a_request_has_its_id() {
    let mut server = TestServer::start_with(
        env!("CARGO_BIN_EXE_provost"),
        TestDatabase::fresh(Engine::Sqlite),
        &[("PROVOST_LOG", "debug")],
    );
    Request::post("/ocs/v2.php/cloud/users")
        .header("OCS-APIRequest", "true")
        .header("X-Request-Id", "too-large")
        .basic("admin", ADMIN_PASSWORD)
        .form(&[("userid", &"x".repeat(4 << 20))])
        .send(&server);
    server.sigterm_and_wait();
    let log = server.log();
    let line = log
        .lines()
        .find(|line| line.contains("a body was not read"));
    let line = line.unwrap_or_else(|| panic!("{log}"));
    assert!(
        line.contains(" DEBUG request{request_id=too-large}: provost_ocs"),
        "{line}"
    );
}

#[test]
fn no_log_holds_a_password_or_what_is_searched_for() {
    let log = log(&[("PROVOST_LOG", "trace")]);
    assert!(log.contains("here-i-am"), "{log}");
    assert!(!log.contains(ADMIN_PASSWORD));
    let ours: Vec<&str> = log.lines().filter(|line| line.contains("access")).collect();
    assert!(
        !ours.is_empty() && ours.iter().all(|line| !line.contains("search=")),
        "{ours:?}"
    );
}

#[test]
fn the_level_is_a_setting() {
    let log = log(&[("PROVOST_LOG", "error")]);
    assert_eq!(
        log.lines().count(),
        1,
        "the line on standard output alone: {log}"
    );
}
