//! Imports over HTTP.

use crate::on_both_engines;
use provost_testkit::{ADMIN_PASSWORD, Engine, Request, Response, TestServer};
use serde_json::{Value, json};

on_both_engines! {
    lines_are_taken_and_what_is_wrong_is_told
    requests_that_are_no_imports_are_refused_with_problems
}

fn started(engine: Engine) -> TestServer {
    TestServer::start(env!("CARGO_BIN_EXE_provost"), engine)
}

fn post(server: &TestServer, query: &str, kind: &str, body: &str) -> Response {
    Request::post(&format!("/api/v1/import{query}"))
        .basic("admin", ADMIN_PASSWORD)
        .body(kind, body)
        .send(server)
}

fn lines(answer: &Response) -> Vec<Value> {
    answer
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect()
}

fn lines_are_taken_and_what_is_wrong_is_told(engine: Engine) {
    let server = started(engine);
    let ndjson = "application/x-ndjson";
    let body = "{\"type\":\"group\",\"id\":\"staff\"}\n\
                {\"type\":\"user\",\"login\":\"ada\",\"groups\":[\"staff\"]}\n\
                {\"type\":\"user\",\"login\":\"bob\",\"groups\":[\"nope\"]}\n\
                {\"type\":\"user\",\"login\":\"eve\",\"operator\":true}\n\
                oops\n";
    let problems = [
        json!({"line": 3, "problem": "nope: no such group"}),
        json!({"line": 4, "problem": "only an operator may do this"}),
        json!({"line": 5, "problem": "it cannot be read as JSON at column 1: expected value"}),
    ];
    let summary = |created| json!({"summary": {"created": created, "changed": 0, "unchanged": 0, "others": 1, "refused": 3}});
    let tried = post(&server, "?dry_run=true", ndjson, body);
    assert_eq!(tried.status, 200, "{}", tried.text());
    assert_eq!(tried.header("content-type"), Some(ndjson));
    assert_eq!(lines(&tried)[..3], problems);
    assert_eq!(lines(&tried)[3], summary(1));

    let done = post(&server, "", ndjson, body);
    assert_eq!(lines(&done)[..3], problems);
    assert_eq!(lines(&done)[3], summary(1));

    let rows = "login,display_name,groups\nada,Ada,staff\ncarl,Carl,\n";
    let done = post(&server, "", "text/csv; charset=utf-8", rows);
    assert_eq!(
        lines(&done),
        [
            json!({"summary": {"created": 1, "changed": 1, "unchanged": 0, "others": 0, "refused": 0}})
        ]
    );
    let found = server.cli(&["user", "show", "carl"]);
    assert!(String::from_utf8_lossy(&found.stdout).contains("Carl"));

    // more problems than are told
    let many = "x\n".repeat(3000);
    let done = lines(&post(&server, "", ndjson, &many));
    assert_eq!(done.len(), 1002);
    assert_eq!(done[1001]["summary"]["refused"], 3000);
}

fn requests_that_are_no_imports_are_refused_with_problems(engine: Engine) {
    let server = started(engine);
    let ndjson = "application/x-ndjson";
    let anonymous = Request::post("/api/v1/import")
        .body(ndjson, "")
        .send(&server);
    let get = Request::get("/api/v1/import")
        .basic("admin", ADMIN_PASSWORD)
        .send(&server);
    let nothing = Request::get("/api/v1/nothing").send(&server);
    for (answer, status) in [
        (anonymous, 401),
        (get, 405),
        (nothing, 404),
        (post(&server, "", "application/json", "{}"), 415),
        (post(&server, "?dry_run=maybe", ndjson, ""), 400),
        (post(&server, "?colour=red", ndjson, ""), 400),
    ] {
        assert_eq!(answer.status, status, "{}", answer.text());
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json")
        );
        let problem = answer.json();
        assert_eq!(problem["status"], status);
        for key in ["type", "title", "detail"] {
            assert!(problem[key].is_string(), "{key}: {problem}");
        }
    }
}
